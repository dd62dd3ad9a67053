"""The potential of the mirror flow, in a = |w_i| on an orthant: phi = L/(2(2-L)) a^(2/L), and for
L = 2 phi = (a log a - a)/2.

Balanced, a' = -L a^(2-2/L) g, where g is the slope of the loss towards larger a, and the slope of
phi in a moves at the rate -g. Each potential is a sum of such terms, so one coordinate is enough.
For L = 2, a = exp(y), and d phi/da is (d phi/dy)/(da/dy).
"""

from proofs.sources import DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Exp, Formulas, Let, Letter, Power, letters, partial
from verify.terms.expr import const, dot

A, L, SLOPE, Q, Y = letters("a L g q y")
PHI, DUAL = const("phi"), const("m")

LDA_MIRROR_POTENTIAL = Claim(
    id="lda-mirror-potential",
    title="the potential of the balanced flow, one coordinate",
    setting=Formulas(
        "one coordinate a = |w_i| of the balanced flow at depth L, g the slope of J in a",
        (Letter("a", ">"), Letter("L", ">"), Letter("g")),
        (Power("q", A, 2 / L), Let("phi", L * Q / (2 * (2 - L)))),
        {"a": -L * A**2 / Q * SLOPE},
        ({"a": 4, "L": 1, "g": 1}, {"a": 64, "L": 3, "g": 1}),
    ),
    assuming=(),
    concluding={
        "mirror": Equals(dot(partial("a", PHI)), -SLOPE),
        "convex": Sign(partial("a", partial("a", PHI)), ">"),
        "quasi-norm": Equals(Q, 2 * (2 - L) / L * PHI),
    },
    source=DERIVED,
    remarks=(Remark("lda-mirror-entropy"),),
)

ENTROPY = Formulas(
    "one coordinate a = |w_i| = exp(y) of the balanced flow at depth 2, g the slope of J in a;"
    " m = d phi/da",
    (Letter("y"), Letter("g")),
    (
        Exp("a", Y),
        Let("phi", (A * Y - A) / 2),
        Let("m", partial("y", PHI) / partial("y", A)),
    ),
    {"y": -2 * SLOPE},
    ({"y": 0, "g": 1},),
)

LDA_MIRROR_ENTROPY = Claim(
    id="lda-mirror-entropy",
    title="the potential of the balanced flow at depth 2, one coordinate",
    setting=ENTROPY,
    assuming=(),
    concluding={
        "flow": Equals(dot(A), -2 * A * SLOPE),
        "dual": Equals(DUAL, Y / 2),
        "mirror": Equals(dot(DUAL), -SLOPE),
        "convex": Sign(partial("y", DUAL) / partial("y", A), ">"),
    },
    source=DERIVED,
    remarks=(Remark("lda-mirror-entropy-multiple"),),
)

LDA_MIRROR_MULTIPLE = LDA_MIRROR_ENTROPY.false_variant(
    id="lda-mirror-entropy-multiple",
    title="a misreading: at depth 2 too the quasi-norm is a multiple of the potential",
    concluding={"multiple": Equals(dot(PHI) * A, PHI * dot(A))},
)
