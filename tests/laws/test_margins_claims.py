"""Every name of the catalogue's chapter on classification is a claim here, or says why it is not
yet one; what is loosely said beside it is refuted with the right form named.

The kind: a name that leads to a neighbour, a misreading that nobody corrects, a claim that stands
in no row, and a number of the catalogue that the toolkit would not give.
"""

from __future__ import annotations

import pytest

from proofs.margins import CLAIMS
from verify.claims.verdict import Verdict

OWN = {c.id: c for c in CLAIMS}
#: names of the catalogue, with the claims that hold what they say
CATALOGUE = {
    "exp-crossover": (
        "exp-crossover exp-crossover-after exp-crossover-smaller exp-crossover-smaller-after"
        " exp-crossover-clock exp-crossover-early exp-crossover-behind exp-crossover-exponent"
    ),
    "moroshko-scale-vs-accuracy": "moroshko-scale-vs-accuracy",
    "nacson-lexicographic": "nacson-lexicographic nacson-flow nacson-flow-degrees",
    "opt-geometry": "opt-geometry opt-geometry-mirror opt-geometry-signs",
    "soudry-main": (
        "soudry-main soudry-main-late soudry-separator soudry-one-sample soudry-losses"
        " soudry-all-data soudry-all-data-cost soudry-all-data-flow soudry-all-data-rate"
        " soudry-all-data-steep soudry-all-data-values soudry-all-data-angle"
        " soudry-all-data-direction"
    ),
    "soudry-refined": (
        "soudry-refined soudry-not-spanning soudry-zero-multiplier soudry-non-separable soudry-tail"
        " soudry-tail-exponential soudry-large-step soudry-bias"
        " soudry-bias-longer"
    ),
    "lyu-li": (
        "lyu-li lyu-li-rises lyu-li-stationary lyu-li-norm lyu-li-one-sample lyu-li-three-samples"
        " lyu-li-turn lyu-li-direction"
    ),
    "lin-nets": (
        "lin-nets lin-nets-three lin-nets-width-three lin-nets-narrow lin-nets-stationary"
    ),
    "diag-anytime-classification": "diag-anytime-classification diag-anytime-gap",
    "logistic-one-sample": (
        "logistic-one-sample logistic-one-sample-squares logistic-one-sample-clock"
        " logistic-one-sample-bounded logistic-one-sample-first"
    ),
}
#: what is false, and the claim that is right
FALSE = {
    "soudry-all-data-slack": "soudry-all-data",
    "soudry-all-data-angle-any": "soudry-all-data-angle",
    "soudry-losses-both": "soudry-losses",
    "opt-geometry-signs-own": "opt-geometry-signs",
    "opt-geometry-natural": "opt-geometry-mirror",
    "soudry-bias-widest": "soudry-bias-longer",
    "logistic-max-margin-printed": "logistic-max-margin",
    "logistic-max-margin-length": "logistic-max-margin",
    "exp-crossover-better": "exp-crossover",
    "moroshko-largest-margin": "moroshko-scale-vs-accuracy",
    "nacson-flow-path": "nacson-flow",
    "nacson-flow-degrees-path": "nacson-flow-degrees",
    "opt-geometry-length": "opt-geometry",
    "soudry-non-separable-grows": "soudry-non-separable",
    "soudry-tail-same": "soudry-tail",
    "soudry-large-step-settles": "soudry-large-step",
    "soudry-rest-whatever-start": "soudry-not-spanning",
    "soudry-zero-multiplier-bounded": "soudry-zero-multiplier",
    "max-margin-whatever-start": "logistic-one-sample-first",
    "lin-nets-real-space": "lin-nets-width-three",
    "lin-nets-narrow-frequency": "lin-nets-narrow",
    "lin-nets-stationary-length": "lin-nets-stationary",
    "lyu-li-non-homogeneous": "lyu-li",
    "diag-anytime-any-loss": "diag-anytime-classification",
}
#: what the catalogue says under these names and no claim does, with the reason
OPEN = {
    "soudry-main": "for all data that |rho| = O(log log t), and descent: enclosed at instances of"
    " the flow; its direction is proved for all data, but for limits of numbers",
    "lyu-li": "that limits of w/|w| satisfy KKT: limits are said beside the rates that are proved",
    "lin-nets": "that the direction converges; the condition at a limit point is a claim",
    "moroshko-scale-vs-accuracy": "the limit for all data; D > 2 with mu -> 0 is recalled only",
    "exp-crossover": "the exponent for all data; at the instance it is proved from both sides",
    "nacson-lexicographic": "only the abstract is known; constrained paths of two instances",
    "opt-geometry": "exponential loss, several samples, other norms: the direction of the limit",
}
#: the headline, and the claims that stand beside every chapter
HEADLINE = "logistic-max-margin"


def test_names_and_what_is_false_beside_them() -> None:
    holding = [x for row in CATALOGUE.values() for x in row.split()]
    assert all(OWN[x].expected is not Verdict.REFUTED for x in holding)
    refuted = {c.id: c.corrects for c in CLAIMS if c.expected is Verdict.REFUTED}
    assert refuted == FALSE
    assert {HEADLINE, *holding, *FALSE} == {*OWN}, "every claim stands in one of the tables"
    assert all(name in row.split() for name, row in CATALOGUE.items()), "under its own name"
    assert {*OPEN} < {*CATALOGUE}


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_name_leads_to_the_claims_beside_it(name: str) -> None:
    """From the claim of the catalogue's name a reader finds the others, true and false."""
    near = {name}
    for _ in range(3):
        near |= {y for x in near & {*OWN} for y in OWN[x].links}
        near |= {r.claim for x in near & {*OWN} for r in OWN[x].remarks}
        near |= {x for x, right in FALSE.items() if right in near}
    assert {*CATALOGUE[name].split()} <= near
