"""Steepest descent in a quadratic norm sum w_i^2/k_i, w_i' = -k_i (X^T s)_i for any loss of X w:
B^T (w/k) is kept where X B = 0, so that an interpolator that is reached is the projection of the
start in that norm.
"""

from proofs.margins.sources import GEOMETRY
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Conserved
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, loss, parameter
from verify.terms.indices import Index, Sum

i, n, c = Index("i", "coordinates"), Index("n", "data"), Index("c", "null")
w, k = parameter("w", i), constant("k", i, sign=">")
X, B = constant("X", n, i), constant("B", i, c)
E = loss("E", Sum(i, X[n, i] * w[i]), gradient="s")
KERNEL = Related.of("kernel", Sum(i, X[n, i] * B[i, c]), 0)
WEIGHTED = Declared((w, k, X, B, E), flow=E.here, speeds={"w": k[i]})

GEOMETRY_OF_NORM = Claim(
    id="opt-geometry",
    title="steepest descent in a weighted norm: what is kept across the data",
    setting=WEIGHTED,
    assuming=(KERNEL,),
    concluding={"across": Conserved(Sum(i, B[i, c] * w[i] / k[i]))},
    experiments=(Nearby("across", Conserved(Sum(i, B[i, c] * w[i] / k[i] ** 2)), "k^2"),),
    breaks=(Break("kernel"),),
    source=GEOMETRY,
    remarks=tuple(map(Remark, (
        "opt-geometry-mirror", "opt-geometry-length", "opt-geometry-signs",
    ))),
)  # fmt: skip
LENGTH = GEOMETRY_OF_NORM.false_variant(
    id="opt-geometry-length",
    title="a misreading: steepest descent in a weighted norm keeps what the length keeps",
    concluding={"across": Conserved(Sum(i, B[i, c] * w[i]))},
)
