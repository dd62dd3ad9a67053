"""The potential of depth 2 for small and large arguments, with general shapes of the start, and how
sharply each depth prefers a vertex: q(z) = z^2/4 - z^4/192 + z^6/2560 + ..., q(z) = z log z - z + 2
- 1/z + ...

The paper prints the large expansion without its linear term: the remainder after z log z is then
not O(1/z). The l1 limit at the order 1/log survives. With w0_i = alpha^(c_i - 1) the limit is the
l1 norm weighted by c_i, and not the plain one.
"""

from fractions import Fraction

from proofs.bias.sources import DERIVED, EXACT, PRINTED, THEOREM_1
from proofs.samples import expansions as e
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import NeverBelow, TendsAtOrder
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

EXPANSION = Samples(e.EXPANSION, sizes=((),), each=6)
AFTER_2, AFTER_4, AFTER_1 = Fraction(21, 10), Fraction(41, 10), Fraction(11, 10)

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

Q_ASYMPTOTICS_PRINTED = Claim(
    id="q-asymptotics-printed",
    title="as printed: the remainder after z log z is O(1/z), here with the constant 1000",
    setting=EXPANSION,
    assuming=(),
    concluding={"remainder": NeverBelow(e.PRINTED, e.GAP)},
    source=PRINTED,
    expected=Verdict.REFUTED,
    corrects="q-asymptotics",
)

DIAG_D2_SHAPE = Claim(
    id="diag-d2-shape",
    title="depth 2: the shape of the start counts at large scales, at small ones where it scales",
    setting=Samples(e.SHAPE, sizes=((),), each=6),
    assuming=(),
    concluding={
        "kernel": TendsAtOrder(e.FLAT, e.WEIGHTED_L2, 4),
        "rich": TendsAtOrder(e.SCALED, e.REST, 2),
        "scaling-shape": TendsAtOrder(e.SHAPED, e.PLAIN_REST, 2),
    },
    experiments=(
        Compare("kernel", near_miss=AFTER_4),
        Compare("rich", near_miss=AFTER_2),
        Compare("scaling-shape", near_miss=AFTER_2),
    ),
    links=EXACT,
    source=THEOREM_1,
    expected=Verdict.SUPPORTED,
)

DEPTH_SHARPNESS = Claim(
    id="depth-sharpness",
    title="a deeper potential prefers a vertex to the middle of a face more sharply",
    setting=Samples(e.SHARPNESS, sizes=((3,), (4,)), each=5),
    assuming=(),
    concluding={
        "deeper": NeverBelow(e.SHARP, e.SHARPER),
        "kernel": TendsAtOrder(e.KERNEL, e.ONE, 2),
        "rich": TendsAtOrder(e.RICH, e.FACE, 4),
    },
    experiments=(
        Compare("deeper", near_miss=AFTER_1),
        Compare("kernel", near_miss=AFTER_2),
        Compare("rich", near_miss=AFTER_4),
    ),
    source=DERIVED,
    remarks=(Remark("deeper-faster-in-time"),),
    expected=Verdict.SUPPORTED,
)
