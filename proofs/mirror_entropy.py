"""The potential of the mirror flow at L = 2, in a = |w_i| on an orthant: phi = (a log a - a)/2.

a = exp(y), and d phi/da is (d phi/dy)/(da/dy); what it is at other depths: lda-mirror-potential.
"""

from proofs.blocked import NET_2
from proofs.mirror_potential import DUAL, PHI, SLOPE, A, Y
from proofs.sources import DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.models.formula_flow import Follows
from verify.models.formulas import Exp, Formulas, Let, Letter, partial
from verify.terms.expr import dot, log

ENTROPY = Formulas.following(
    "one coordinate a = |w_i| = exp(y) of the balanced flow at depth 2, g the slope of J in a;"
    " m = d phi/da",
    (Letter("y"), Letter("g")),
    (
        Exp("a", Y),
        Let("phi", (A * Y - A) / 2),
        Let("m", partial("y", PHI) / partial("y", A)),
    ),
    Follows(NET_2, SLOPE * NET_2.phi[0], along={"y": log(NET_2.phi[0])}),
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
