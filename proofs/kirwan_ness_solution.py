"""The Kirwan-Ness flow of two scalar layers from w1 = 0 decays like 1/t: w2(t) = a/sqrt(1 + 4 a^2
t), a = w2(0), so G falls like 1/(4 t): no exponential rate at every rank.
"""

from proofs.kirwan_ness_scalar import KIRWAN_NESS, W2, A, G, S, T
from verify.claims.claim import Claim
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Let, Letter, Root
from verify.terms.expr import dot, num

KN_SCALAR_SOLUTION = Claim(
    id="kn-scalar-solution",
    title="the Kirwan-Ness flow of two scalar layers from w1 = 0, solved",
    setting=Formulas(
        "Kirwan-Ness flow of two scalar layers from w1 = 0, w2 = a",
        (Letter("t", ">"), Letter("a")),
        (Root("s", 1 + 4 * A**2 * T), Let("w2", A / S), Let("G", -(W2**2))),
        {"t": num(1)},
        ({"t": 2, "a": 1},),
    ),
    assuming=(),
    concluding={
        "solves": Equals(dot(W2), 2 * W2 * G),
        "algebraic": Equals(G * (1 + 4 * A**2 * T), -(A**2)),
    },
    source=KIRWAN_NESS,
)
