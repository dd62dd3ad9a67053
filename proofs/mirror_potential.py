"""The potential of the mirror flow, in a = |w_i| on an orthant: phi = L/(2(2-L)) a^(2/L).

Balanced, a' = -L a^(2-2/L) g, where g is the slope of the loss towards larger a, and the slope of
phi in a moves at the rate -g. Each potential is a sum of such terms, so one coordinate is enough.
"""

from proofs.blocked import FLOW
from proofs.sources import DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Formulas, Let, Letter, Power, letters, partial
from verify.terms.expr import const, dot

A, L, SLOPE, Q, Y = letters("a L g q y")
PHI, DUAL = const("phi"), const("m")

LDA_MIRROR_POTENTIAL = Claim(
    id="lda-mirror-potential",
    title="the potential of the balanced flow, one coordinate",
    setting=Formulas.following(
        "one coordinate a = |w_i| of the balanced flow at depth L, g the slope of J in a",
        (Letter("a", ">"), Letter("L", ">"), Letter("g")),
        (Power("q", A, 2 / L), Let("phi", L * Q / (2 * (2 - L)))),
        FLOW,
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
