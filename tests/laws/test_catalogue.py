"""Every name of the two catalogues is a claim, or another name of one, that holds or is refuted
with the claim that corrects it.

The kind: a name that is only mentioned in a remark, or resolves to a claim about something else (an
alias of a neighbour). To it belong names in another spelling of capitals, printed errors whose
right form nobody states, and aliases that two claims own.
"""

from __future__ import annotations

import pytest

from proofs import CLAIMS
from verify.claims.verdict import Verdict

DEEP_LDA = """
diag-balance lda-direction lda-euler lda-gd-identity lda-layer-norm lda-mirror lda-mult
lda-zero-invariance quasi-norm quasi-norm-bound quasi-norm-degree-k quasi-norm-near-balance
""".split()
DEEP_LINEAR = """
ach-end-to-end ach-no-potential bah-convergence bah-integral dhl-layer-norm dln-H-spectrum dln-dim
dln-entropy dln-fast-slow dln-fiber-metric dln-fiber-orbit dln-first-variation dln-gN-kernel
dln-hidden-convexity dln-infinite-depth dln-kempf-ness dln-kirwan-ness dln-kn-dissipation
dln-kn-limit dln-kn-norm dln-kn-rate dln-kn-value dln-learning-flow dln-moment-pushforward
dln-moments-conserved dln-ou-bayes dln-reg-learning dln-regflow dln-regflow-d1 dln-regflow-energy
dln-volume dln-weight-decay hm-gramian hm-riccati lm-schatten ls-norm-balance
""".split()
ERRORS = """
err-kn-constant err-ou-density err-ou-dt err-alignment err-orbit-entry err-minimal err-coarea
err-orthogonal err-normal
""".split()
OPEN = ["amb-norm", "amb-solvable", "open-p1"]
OWNERS = {name: c for c in CLAIMS for name in (c.id, *c.also)}
#: what a name's sentence speaks of, where an alias once led to a neighbour: a word of it
SPEAKS = {
    "amb-norm": "w1 + w2",
    "dln-ou-bayes": "(w1 - w2)^2",
    "err-ou-dt": "-kappa m",
    "err-coarea": "J",
    "open-p1": "Re Tr",
}


@pytest.mark.parametrize("name", [*DEEP_LDA, *DEEP_LINEAR, *OPEN])
def test_a_name_is_a_claim_that_holds(name: str) -> None:
    assert OWNERS[name].expected is not Verdict.REFUTED


@pytest.mark.parametrize("name", ERRORS)
def test_a_printed_error_has_its_right_form(name: str) -> None:
    """Either way round: the right form names what is printed, or what is printed names it."""
    claim = OWNERS[name]
    if claim.expected is Verdict.REFUTED:
        right, printed = OWNERS[claim.corrects], claim
    else:
        right, printed = claim, OWNERS[claim.as_printed]
    assert right.expected is Verdict.PROVED and printed.expected is Verdict.REFUTED
    assert printed.corrects == right.id and printed.title.startswith("as printed")


@pytest.mark.parametrize("name", SPEAKS)
def test_an_alias_speaks_of_its_own_subject(name: str) -> None:
    said = " ".join(c.render() for c in OWNERS[name].concluding.values())
    assert SPEAKS[name] in said, said


def test_no_name_has_two_owners() -> None:
    names = [name for c in CLAIMS for name in (c.id, *c.also)]
    assert len(set(names)) == len(names)
