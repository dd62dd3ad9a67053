"""What stands beside a verdict unasked: other claims, by id, in words that are written from their
objects.

The kind: a static text beside a finding of the run that contradicts it ("for ever" beside "the flow
ends near t = 0.02"). A remark has
no words of its own, so it cannot contradict: it repeats another claim's sentence and the verdict
that this claim expects. To the kind belong the remarks of claims, those of losses (``Family.see``),
and prose in their place: a head, a command with options, a sentence.
"""

from __future__ import annotations

import pytest

from proofs import CLAIMS
from verify.claims.claim import Remark
from verify.exact.errors import BadInput
from verify.library.registry import Found
from verify.models.losses import FAMILIES
from verify.report.stated import remarks, sentence, titled

KNOWN = {c.id: Found(c, "proofs") for c in CLAIMS}
BESIDE = [(c, r) for c in CLAIMS for r in c.remarks]


@pytest.mark.parametrize(("claim", "remark"), BESIDE, ids=[f"{c.id}-{r.claim}" for c, r in BESIDE])
def test_a_remark_repeats_the_other_claim(claim, remark) -> None:
    other = KNOWN[remark.claim].claim
    (shown,) = [
        text for _, text, command in remarks(claim, KNOWN) if command == f"verify claim {other.id}"
    ]
    assert shown.startswith(f"{other.id}, expected {other.expected.name}: ") and shown.endswith(
        sentence(other)
    )
    assert (titled(other) in shown) is (other.setting != claim.setting), "another setting is said"
    assert all(c.render() in shown for c in other.concluding.values()) and all(
        h.prose() in shown for h in other.assuming
    )


PROSE = [
    "for ever",
    "Not true",
    "Q is constant",
    "verify claim quasi-norm",
    "quasi-norm --loss difference",
    "w -> 0",
    "",
    "a;b",
    None,
    3,
]


@pytest.mark.parametrize("text", PROSE)
def test_a_remark_has_no_words(text) -> None:
    with pytest.raises(BadInput, match="id of a claim"):
        Remark(text)


def test_a_remark_takes_nothing_else() -> None:
    with pytest.raises(TypeError):
        Remark("quasi-norm", "holds for ever")  # type: ignore[call-arg]
    assert [f.name for f in Remark.__dataclass_fields__.values()] == ["claim"]


def test_a_claim_that_is_not_installed_is_said() -> None:
    (row,) = [r for r in remarks(KNOWN["quasi-norm"].claim, {}) if "lda-layer-norm" in r[1]]
    assert "no claim of this name" in row[1] and not row[2]


def test_losses_name_claims_too() -> None:
    named = {f.see for f in FAMILIES if f.see}
    assert named and named <= set(KNOWN)
    claim = KNOWN["quasi-norm"].claim
    assert [c for *_, c in remarks(claim, KNOWN, ("quasi-norm", "lda-layer-norm"))].count(
        "verify claim lda-layer-norm"
    ) == 1
