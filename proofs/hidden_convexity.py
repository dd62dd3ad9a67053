"""Convexity along one-parameter groups: the value 1/2 ||exp(tau a).W||^2 is convex for Hermitian a
(not for every a: dln-hidden-convexity-value).

In eigenbases of a Hermitian a the value is a sum of terms w^2 exp(2 tau (alpha - beta))/2, each
convex.
"""

from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Exp, Formulas, Let, Letter, letters
from verify.terms.expr import const, dot, num

CONVEX = Source("2511.01137v2", note="Hermitian directions; the counterexample is derived")
TAU, W, ALPHA, BETA, E, U, C, S = letters("tau w alpha beta E u C S")
VALUE = const("f")

HIDDEN_CONVEXITY = Claim(
    id="dln-hidden-convexity-term",
    title="one term of half the sum of squares along a Hermitian direction",
    setting=Formulas(
        "one term of the value, an entry w in eigenbases with eigenvalues alpha and beta",
        (Letter("tau"), Letter("w"), Letter("alpha"), Letter("beta")),
        (Exp("E", 2 * TAU * (ALPHA - BETA)), Let("f", W**2 * E / 2)),
        {"tau": num(1)},
    ),
    assuming=(),
    concluding={"convex": Sign(dot(dot(VALUE)), ">=")},
    remarks=(Remark("dln-hidden-convexity-any"),),
    source=CONVEX,
)
