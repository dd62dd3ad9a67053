"""The potential q of depth 2 from an unbiased start, in closed form: the integral of the inverse of
its slope, x = h(u) = 2 sinh u, and h increases.

By mirror-identity-logarithms the gradient of Q stays in the row space of X, so a limit with X beta
= y is a point where a strictly convex Q has no direction of descent among interpolators: their
argmin.
"""

from proofs.bias.sources import THEOREM_1
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const, dot, num

U, X, E = letters("u x E")
Q = const("q")
ENTROPY = Formulas(
    "E = exp(u), both moving with u; u is the gradient of q at x",
    (Letter("u"), Letter("E", ">")),
    (Let("x", E - 1 / E), Let("q", 2 - E - 1 / E + X * U)),
    {"u": num(1), "E": E},
)
DIAG_D2_QALPHA = Claim(
    id="diag-d2-qalpha",
    title="depth 2: the potential, its gradient arcsinh(x/2) and its convexity, with x = 2 sinh u",
    setting=ENTROPY,
    assuming=(),
    concluding={
        "gradient": Equals(dot(Q), U * dot(X)),
        "root": Equals(4 + X**2, (E + 1 / E) ** 2),
        "convex": Sign(dot(X), ">"),
    },
    source=THEOREM_1,
    remarks=(Remark("mirror-identity-logarithms"), Remark("bregman-squares")),
    as_printed="qalpha-arcsin-printed",
)
