"""Mirror descent and natural gradient differ in one step by eta^2 h''(z) g^2/2 + O(eta^3): with
h(z) = 2 kappa sinh z (depth 2) and h(z) = e^z (entropy) h'' = h, and the coefficient is b g^2/2,
here with eta = 1/N.
"""

from fractions import Fraction

from proofs.bias.sources import OF_LECTURES
from proofs.samples import mirror_steps as m
from verify.claims.claim import Claim
from verify.claims.conclusions import TendsAtOrder
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

MIRROR_NATURAL_ORDER = Claim(
    id="mirror-natural-order",
    title="mirror descent and natural gradient: the order of their difference and its coefficient",
    setting=Samples(m.STEPS, sizes=((),), each=6),
    assuming=(),
    concluding={
        "order-depth-two": TendsAtOrder(m.APART, m.ZERO, 2),
        "depth-two": TendsAtOrder(m.SCALED, m.HALF, 1),
        "entropy": TendsAtOrder(m.SCALED_ENTROPY, m.HALF_ENTROPY, 1),
    },
    experiments=(
        Compare("order-depth-two", near_miss=Fraction(21, 10)),
        Compare("depth-two", near_miss=Fraction(11, 10)),
        Compare("entropy", near_miss=Fraction(11, 10)),
    ),
    source=OF_LECTURES,
    links=("mirror-natural-cubes",),
    expected=Verdict.SUPPORTED,
)
