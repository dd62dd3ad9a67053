"""Whether a depth is needed is first asked of a proof: a search can only find nothing, slowly.

The kind: a hypothesis about sizes that the sentence does not need, or that a numbered layer of the
sentence implies. It took 9 s to say that its need is not shown. To it belong every bound, and every
sentence with layers that are numbered, named by an index, or both.
"""

from __future__ import annotations

import pytest

from verify import Claim, Source
from verify.claims.conclusions import Conserved
from verify.claims.evidence import Needed
from verify.claims.hypotheses import DepthAtLeast, Homogeneous, Hypothesis
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.judge.decide import judge, settle
from verify.models import Flow
from verify.terms.expr import Expr, total, u
from verify.theories.sums import necessity

EULER: tuple[Hypothesis, ...] = (Homogeneous(),)
#: a law, what it assumes besides, and the largest layer that it names
LAWS: dict[str, tuple[Expr, tuple[Hypothesis, ...], int]] = {
    "two layers": (u["l", "i"] ** 2 - u["m", "i"] ** 2, (), 1),
    "one of them the first": (u[1, "i"] ** 2 - u["m", "i"] ** 2, (), 1),
    "the first two": (u[1, "i"] ** 2 - u[2, "i"] ** 2, (), 2),
    "the second and the third": (u[2, "i"] ** 2 - u[3, "i"] ** 2, (), 3),
    "a norm": (total("i", u["l", "i"] ** 2), EULER, 1),
    "the norm of the second": (total("i", u[2, "i"] ** 2), EULER, 2),
}


def depth_of(law: str, bound: int) -> Needed:
    quantity, besides, _ = LAWS[law]
    assuming = (DepthAtLeast(bound), *besides)
    claim = Claim("mine", "t", Flow(), assuming, {"c": Conserved(quantity)}, Source.own("x"))
    return next(n for n in judge(claim, Request(numeric=False)).needed if n.hypothesis == "depth")


CASES = [(law, b) for law, (_, _, named) in LAWS.items() for b in (2, 3, 5) if b >= named]


@pytest.mark.parametrize(("law", "bound"), CASES)
def test_a_proof_is_asked_first(law: str, bound: int, monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    found = necessity._witness

    def counting(claim: Claim, h: Hypothesis, *rest: object) -> object:
        searched.append(h.id)
        return found(claim, h, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(necessity, "_witness", counting)
    needed, named = depth_of(law, bound), LAWS[law][2]
    assert "depth" not in searched
    reach = f"every depth >= {named}" if named > 1 else "every depth, "
    assert needed.verdict == "not needed" and f"PROVED without it; {reach}" in needed.text


@pytest.mark.parametrize("bound", [4, 7])
@pytest.mark.parametrize("law", LAWS)
def test_a_depth_that_is_assumed_is_never_dropped_unasked(law: str, bound: int) -> None:
    """The states of a run had the usual depth 3, so that a bound above was dropped, and another
    sentence was judged than the author's: for every depth.
    """
    quantity, besides, named = LAWS[law]
    assuming = (DepthAtLeast(bound), *besides)
    claim = Claim("mine", "t", Flow(), assuming, {"c": Conserved(quantity)}, Source.own("x"))
    report = settle(claim, Request(numeric=False))
    assert report.dropped == () and report.verdict is Verdict.PROVED
    assert f"every depth >= {bound}" in report.outcomes["c"].scope
    if named > 1:
        return  # a search, and long
    asked = settle(claim, Request(numeric=False, depth=3))
    assert asked.dropped, "the user's own depth is the user's"
