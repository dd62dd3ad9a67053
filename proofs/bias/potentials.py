"""The potentials q_D of signed powers w_+^D - w_-^D from an unbiased start, in closed form: each is
the integral of the inverse of its slope h_D, and h_D increases. At D > 2: p = D/(D-2), a = 1 - z, b
= 1 + z, x = a^(-p) - b^(-p). At infinite depth p = 1.

By mirror-identity the gradient of Q stays in the row space of X: the limit is the argmin of Q. Here
are the links about q alone.
"""

from proofs.bias.sources import DERIVED, THEOREM_3
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Formulas, Let, Letter, Power, Root, letters
from verify.terms.expr import const, dot, num

R, A, B, X, L, S = letters("r a b x l s")
Q, Z, V, W = const("q"), const("z"), const("v"), const("w")
DIAG_DEPTHD_QD = Claim(
    id="diag-depthd-qd",
    also=("diag-depthD-qD",),
    title="depth three and more: the potential without quadrature, its gradient and its convexity",
    setting=Formulas(
        "r = p - 1, p = D/(D-2), a = 1 - z, b = 1 + z; z is the gradient of q at x",
        (Letter("a", ">"), Letter("b", ">"), Letter("r", ">")),
        (
            Power("v", A, -1 - R),
            Power("w", B, -1 - R),
            Let("x", V - W),
            Let("z", (B - A) / 2),
            Let("q", X * Z - (A * V + B * W - 2) / R),
        ),
        {"a": num(-1), "b": num(1)},
    ),
    assuming=(),
    concluding={"gradient": Equals(dot(Q), Z * dot(X)), "convex": Sign(dot(X), ">")},
    source=THEOREM_3,
    remarks=(Remark("mirror-identity"), Remark("bregman-rate")),
)
DEPTH_INFINITY_POTENTIAL = Claim(
    id="depth-infinity-potential",
    title="infinite depth: the potential in closed form",
    setting=Formulas(
        "l = log((1 + s)/2) and z is the gradient of q at x",
        (Letter("x", ">"), Letter("l")),
        (Root("s", 1 + X**2), Let("z", (S - 1) / X), Let("q", S - 1 - L)),
        {"x": num(1), "l": X / (S * (1 + S))},
    ),
    assuming=(),
    concluding={
        "log": Equals(dot(L), dot((1 + S) / 2) / ((1 + S) / 2)),
        "gradient": Equals(dot(Q), Z),
        "slope": Equals(2 * Z / (1 - Z**2), X),
    },
    source=DERIVED,
)
