"""Thresholds of the initialisation scale at depth 2 (Theorem 2 and lemmas 5 and 7 of Woodworth et
al.): at them, at drawn data and points. They are worst cases over all b; for fixed data the error
is a power of alpha (depth-rich-rate).

That the potential never exceeds its kernel limit, 4 alpha^2 Q(b) <= |b|_2^2 at every scale, makes
the upper half of lemma 7 true without its threshold. Theorem 2's proof asks lemma 5 for constants
that the statement does not have; the statement has survived every test.
"""

from fractions import Fraction

from proofs.bias.bounds import bounds
from proofs.bias.sources import APPENDIX_E, DERIVED, EXACT, THEOREM_2
from proofs.samples import thresholds as t
from verify.claims.claim import Remark
from verify.claims.conclusions import NeverBelow
from verify.models.samples import Samples

EPS = Fraction(1, 20)
DATA = Samples(t.RICH, sizes=((1, 2, EPS), (2, 4, EPS)), each=4)


THM2_RICH = bounds(
    "thm2-rich", "depth 2, small scales: the l1 norm of the limit at the printed threshold", DATA,
    {"norm": NeverBelow(t.ABOVE_L1, t.LIMIT_L1)}, THEOREM_2, links=EXACT,
)  # fmt: skip
THM2_KERNEL = bounds(
    "thm2-kernel", "depth 2, large scales: the l2 norm of the limit at the printed threshold",
    Samples(t.KERNEL, sizes=DATA.sizes, each=4),
    {"norm": NeverBelow(t.ABOVE_L2, t.LIMIT_L2)}, THEOREM_2, links=EXACT,
)  # fmt: skip
LEMMA_5 = bounds(
    "lemma5", "depth 2, small scales: the potential is the l1 norm within eps",
    Samples(t.SMALL, sizes=((1, EPS), (4, EPS)), each=5),
    {"above": NeverBelow(t.SCALED, t.LOW), "below": NeverBelow(t.HIGH, t.SCALED)}, APPENDIX_E,
)  # fmt: skip
LEMMA_7 = bounds(
    "lemma7", "depth 2, large scales: the potential is the squared l2 norm within eps, from below",
    Samples(t.LARGE, sizes=((1, EPS), (4, EPS)), each=5),
    {"above": NeverBelow(t.FLAT, t.LOWER_SQUARE)}, APPENDIX_E,
    remarks=(Remark("potential-below-kernel"),),
)  # fmt: skip
POTENTIAL_BELOW_KERNEL = bounds(
    "potential-below-kernel", "depth two, every scale: the potential is below the squared norm",
    Samples(t.ANY, sizes=((1, EPS), (4, EPS)), each=6),
    {"below": NeverBelow(t.SQUARE, t.FLAT)}, DERIVED, Fraction(101, 100),
)  # fmt: skip
LEMMA_6 = bounds(
    "lemma6", "depth 2: at scales that are not small enough a vertex costs more than the middle",
    Samples(t.NEEDED, sizes=((4, EPS), (9, EPS)), each=4),
    {"dearer": NeverBelow(t.VERTEX, t.MIDDLE)}, APPENDIX_E,
)  # fmt: skip
