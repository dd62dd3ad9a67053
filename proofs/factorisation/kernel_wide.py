"""Corollary 10, entries N(0, a^2), width k: mu = a^2 k. The means of |W W^* - mu I|^2 and of
(f - mu tr X)^2 are a^4 k d (d + 1) and 2 a^4 k |X|^2 (start): with a probability as near 1 as one
likes both are of the order of a^4 k (Chebyshev), and the way is of that of 1/(a sqrt k) + a (wide).
"""

from fractions import Fraction

from proofs.factorisation.kernel_regime import way
from proofs.factorisation.wide import DERIVED_9
from proofs.samples import gaussian as sampled
from verify.claims.claim import Break, Claim, Remark, Source
from verify.claims.conclusions import Agrees
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Compare, Nearby
from verify.claims.hypotheses.related import Related
from verify.claims.verdict import Verdict
from verify.models.declared import Declared, constant
from verify.models.samples import Samples

COROLLARY_10 = Source("2002.09277v3", "Corollary 10", note=DERIVED_9.note)
a, s, c, y, z, C = (constant(x, sign=">=") for x in ("a", "s", "c", "y", "z", "C"))  # k = s^2
WIDE = AtMost(a.here * s.here * way.here, C.here * y.here + C.here * c.here * a.here**2 * s.here)
COROLLARY = Claim(
    id="mf-kernel-wide",
    title="Corollary 10: the way of the weights from a wide start",
    setting=Declared((a, s, c, y, z, C, way)),
    assuming=(
        Related.of("way", C.here * (y.here + z.here), a.here * s.here * way.here, ">="),
        Related.of("output", c.here * a.here**2 * s.here, z.here, ">="),
    ),
    concluding={"wide": WIDE},
    experiments=(Nearby("wide", AtMost(2 * WIDE.left, WIDE.right), "half of it"),),
    breaks=(Break("way"), Break("output")),
    source=COROLLARY_10,
    remarks=(Remark("mf-kernel-printed"), Remark("mf-kernel-start")),
)
START = Claim(
    id="mf-kernel-start",
    title="Gaussian factors: means of the squares at the start",
    setting=Samples(sampled.STARTS, sizes=((1, 3), (2, 1), (2, 2)), each=2),
    assuming=(),
    concluding={
        "gram": Agrees(sampled.GRAM, sampled.GRAM_MEAN),
        "output": Agrees(sampled.OUTPUT, sampled.OUTPUT_MEAN),
    },
    experiments=(
        Compare("gram", near_miss=Fraction(101, 100)),
        Compare("output", near_miss=Fraction(101, 100)),
    ),
    source=COROLLARY_10,
    links=("mf-kernel-speed", "mf-kernel-way", "mf-kernel-stays", "mf-kernel-printed",
           "mf-kernel-wide"),
    remarks=(Remark("mf-kernel-wide"),),
    expected=Verdict.SUPPORTED,
)  # fmt: skip
