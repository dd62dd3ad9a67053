"""Linear classification without a separator, samples 1 and -1 of one class: tanh(w/2) falls to 0,
and w is bounded.
"""

from proofs.margins.sources import SEPARABLE
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.conclusions.sign import Sign
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const, dot, exp, num

W1, W2, T = letters("u v t")
E, U, V = const("E"), const("U"), const("V")
NET = Weights("diagonal", (1, 1), "w")
RISES = exp(NET.phi[0])
OPPOSITE = Formulas.following(
    "samples 1 and -1 of one class, E = exp(w): gradient flow of exp(-w) + exp(w), w' = 1/E - E",
    (Letter("E", ">"),),
    (Let("f", (E - 1) / (E + 1)),),
    Follows(NET, 1 / RISES + RISES, along={"E": RISES}),
    ({"E": 2},),
)
NOT_SEPARABLE = Claim(
    id="soudry-non-separable",
    title="samples without a separator: the hyperbolic tangent of half the weight",
    setting=OPPOSITE,
    assuming=(),
    concluding={"bounded": RateLaw(const("f"), num(-2))},
    source=SEPARABLE,
    remarks=(Remark("soudry-non-separable-grows"),),
)
NOT_SEPARABLE_GROWS = NOT_SEPARABLE.false_variant(
    id="soudry-non-separable-grows",
    title="a misreading: samples without a separator, and a weight that rises",
    concluding={"rises": Sign(dot(E), ">")},
)
