"""A near miss is a sentence in the language of its claim: what a conclusion may not say, it may not
say either, and an experiment of another theory measures nothing here.

The kind: a slip in an experiment that surfaces while it runs, as an error of the program
(``KeyError: 't'``, ``no attribute 'run'``). To it belong letters of another setting, constants that
are words, exponents that no term has, indices bound twice; every kind of sentence that can be
measured; every experiment in every theory.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from tests.small_claims import CUBES, MISS, NEAR, NORM, TRUE, A, I
from verify.claims.conclusions import Conserved, Equation, Inequality, LinearLaw
from verify.claims.experiments import Contrast, Drift, Late, Limit, Slope
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.terms.expr import const, num, total, u
from verify.terms.indices import Sum

SLIPS = {
    "letters of another setting": Sum(I, A[I] ** 2),
    "a constant called like the time": const("t") * NORM,
    "a constant called like a letter": const("u1") * NORM,
    "an exponent that no term has": total("i", u["l", "i"] ** const("a")),
    "an index bound twice": total("i", total("i", u["l", "i"] ** 2)),
    "an index that counts two things": u["i", 1] * u[1, "i"],
}
KINDS = {
    "conserved": Conserved,
    "equation": lambda e: Equation(e, NORM),
    "linear law": lambda e: LinearLaw(e, num(1)),
    "rate": lambda e: LinearLaw(NORM, e),
    "inequality": lambda e: Inequality(e, NORM),
}
EXPERIMENTS = {
    "drift": NEAR,
    "nearby": CUBES,
    "compare": MISS[0],
    "slope": Slope("c"),
    "limit": Limit("c", 3),
    "contrast": Contrast("c"),
    "late": Late("c", 2, "two"),
}


@pytest.mark.parametrize(("slip", "kind"), list(product(SLIPS, KINDS)))
def test_a_slip_in_a_near_miss(slip: str, kind: str) -> None:
    with pytest.raises(BadInput, match=r"claim sums-true: "):
        near = KINDS[kind](SLIPS[slip])
        replace(TRUE["sums"], experiments=(Drift("c", near, "slip"),))


@pytest.mark.parametrize(("theory", "name"), list(product(TRUE, EXPERIMENTS)))
def test_an_experiment_measures_or_is_refused(theory: str, name: str) -> None:
    """It runs through, or is refused where it is written."""
    try:
        claim = replace(TRUE[theory], experiments=(EXPERIMENTS[name],))
    except BadInput as slip:
        assert f"claim {theory}-true: " in str(slip)
        return
    assert all(m.conclusion == "c" for m in judge(claim).measured)
