"""The volume of the orbit of balanced tuples is c_d^(N-1) sqrt(van(Sigma^2)/van(Sigma^(2/N))).

In the basis E_ij - E_ji, i < j, of so_d the constant is c_d = 2^(d(d-1)/4), times the volume of O_d
in that basis. So not only is the
ratio the same for all X: its value is stated and compared. The formula up to a constant: Menon, Yu,
arXiv:2509.09088.
"""

from fractions import Fraction

from proofs.samples.entropy import ENTROPY, GRAM, SLIP, VOLUME
from proofs.sources import LM_BACKGROUND
from verify.claims.claim import Claim
from verify.claims.conclusions import Agrees
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

SIZES = ((2, 2), (2, 3), (3, 2), (3, 3), (3, 5))

DLN_ENTROPY = Claim(
    id="dln-entropy",
    title="the volume of the balanced orbit at X",
    setting=Samples(ENTROPY, sizes=SIZES, each=4),
    assuming=(),
    concluding={"volume": Agrees(GRAM, VOLUME)},
    experiments=(Compare("volume", near_miss=Fraction(101, 100)),),
    source=LM_BACKGROUND,
    expected=Verdict.SUPPORTED,
)

DLN_ENTROPY_EXPONENT = DLN_ENTROPY.false_variant(
    id="dln-entropy-exponent",
    title="a slip: the exponent of the Vandermonde determinant in the volume",
    setting=Samples(ENTROPY, sizes=SIZES[:1], each=2),
    concluding={"volume": Agrees(GRAM, SLIP)},
)
