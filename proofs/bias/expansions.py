"""The potential of depth 2 for small and large arguments: q(z) = z^2/4 - z^4/192 + z^6/2560 + ...,
q(z) = z log z - z + 2 - 1/z + ... The paper prints the large expansion without its linear term: the
remainder after z log z is then not O(1/z).
"""

from fractions import Fraction

from proofs.bias.sources import DERIVED, PRINTED
from proofs.samples import expansions as e
from verify.claims.claim import Claim
from verify.claims.conclusions import NeverBelow, TendsAtOrder
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

EXPANSION = Samples(e.EXPANSION, sizes=((),), each=6)
AFTER_2 = Fraction(21, 10)
Q_ASYMPTOTICS = Claim(
    id="q-asymptotics",
    title="depth 2: the potential for small and for large arguments",
    setting=EXPANSION,
    assuming=(),
    concluding={
        "large": TendsAtOrder(e.LARGE, e.MINUS_ONE, 2),
        "small": TendsAtOrder(e.SMALL, e.FOURTH, 2),
        "next": TendsAtOrder(e.NEXT, e.SIXTH, 2),
    },
    experiments=tuple(Compare(x, near_miss=AFTER_2) for x in ("large", "small", "next")),
    source=DERIVED,
    as_printed="q-asymptotics-printed",
    expected=Verdict.SUPPORTED,
)
Q_ASYMPTOTICS_PRINTED = Q_ASYMPTOTICS.false_variant(
    id="q-asymptotics-printed",
    title="as printed: the remainder after z log z is O(1/z), here with the constant 1000",
    concluding={"remainder": NeverBelow(e.PRINTED, e.GAP)},
    source=PRINTED,
)
