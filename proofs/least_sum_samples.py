"""The least sum of squares on a fibre at samples of orbits, with any widths >= rank X: beside the
exact dln-kempf-ness.
"""

from fractions import Fraction

from proofs.samples import fibre
from proofs.sources import LM_DERIVED
from verify.claims.claim import Claim
from verify.claims.conclusions import Agrees, NeverBelow
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

WIDTHS = ((2, 3, 4, 3, 5), (2, 2, 3, 2), (1, 4, 2, 1), (3, 3, 3, 3), (2, 4, 6, 3))

DLN_KN_VALUE_SAMPLES = Claim(
    id="dln-kn-value-samples",
    title="the least sum of squares at orbit samples",
    setting=Samples(fibre.FIBRE, sizes=WIDTHS, each=40),
    assuming=(),
    concluding={
        "bound": NeverBelow(fibre.NORM, fibre.LEAST),
        "attained": Agrees(fibre.LIFTED, fibre.LEAST),
    },
    experiments=(
        Compare("bound", near_miss=Fraction(101, 100)),
        Compare("attained", near_miss=Fraction(101, 100)),
    ),
    source=LM_DERIVED,
    expected=Verdict.SUPPORTED,
)
