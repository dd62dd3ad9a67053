"""The quasi-norm as a set: one point on each ray.

On a ray w(c) = c w(0), c = e^t, each |w_i|^(2/L) is multiplied by e^(2t/L): Q takes each positive
value exactly once there. So conservation of Q fixes a scale and excludes no direction.
"""

from proofs.sources import DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Formulas, Letter, Power, letters
from verify.terms.expr import const, dot

A, L = letters("a L")
Q = const("q")
QUASI_NORM_RAY = Claim(
    id="quasi-norm-ray",
    title="the quasi-norm on a ray, one coordinate",
    setting=Formulas(
        "a = |w_i| on the ray w(t) = e^t w(0), q = |w_i|^(2/L)",
        (Letter("a", ">"), Letter("L", ">")),
        (Power("q", A, 2 / L),),
        {"a": A},
        ({"a": 1, "L": 2},),
    ),
    assuming=(),
    concluding={"ray": RateLaw.of(Q, 2 / L), "rises": Sign(dot(Q), ">")},
    source=DERIVED,
    remarks=(Remark("quasi-norm"),),
)
