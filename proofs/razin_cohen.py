"""Matrix completion of a 2 x 2 matrix whose diagonal starts with a positive determinant drives every norm to infinity.

Observed: w12 = w21 = 1, w22 = 0; w11 is free. W = U V with U = V^T = I/10 at the start stays symmetric, and det W stays positive:
(det W)' = -2 w22 det W. So w11 must grow as the loss falls. In double precision det W becomes 0, then negative, and the run ends with
a finite w11.
"""

from fractions import Fraction

from verify.claim import Break, Claim, Remark, Source
from verify.conclusions import Throughout
from verify.experiments import Contrast
from verify.hypotheses_start import AtStart
from verify.settings.matrix_flow import matrix_flow
from verify.settings.system import System
from verify.settings.trajectories import Trajectories
from verify.verdict import Verdict

RAZIN_COHEN = Source("2005.06398", note="2 x 2 example; rates derived")
OBSERVED = {(0, 1): Fraction(1), (1, 0): Fraction(1), (1, 1): Fraction(0)}
TENTH = ((Fraction(1, 10), Fraction(0)), (Fraction(0), Fraction(1, 10)))
SWAPPED = (TENTH[0][::-1], TENTH[1][::-1])


def completion(first: tuple, second: tuple) -> System:
    """W = second first, entries W_i,j and det W as quantities."""
    return matrix_flow([first, second], OBSERVED)


def from_identity() -> System:
    return completion(TENTH, TENTH)


def from_swapped() -> System:
    """det W(0) = -1/10000, W symmetric with w11 = 0: it stays 0."""
    return completion(SWAPPED, TENTH)


FLOW = Trajectories(
    flow="gradient flow of J = 1/2 ((w12 - 1)^2 + (w21 - 1)^2 + w22^2), W = U V of size 2 x 2",
    starts={"U = V = I/10": from_identity},
    contrary={"positive-det": ("U = I/10, V = [[0, 1], [1, 0]]/10", from_swapped)},
    horizon=Fraction(420),
)

RAZIN_COHEN_2X2 = Claim(
    id="razin-cohen-2x2",
    title="matrix completion: the determinant stays positive, so the free entry grows without bound",
    setting=FLOW,
    assuming=(AtStart("positive-det", "det W", ">"),),
    concluding={
        "determinant": Throughout("det W", ">"),
        "grows": Throughout("W_1,1", ">", Fraction(13), after=Fraction(400)),
    },
    experiments=(Contrast("determinant"),),
    breaks=(Break("positive-det", kind="enclosure"),),
    remarks=(Remark("Reason", "(det W)' = -2 w22 det W, and det W > 0 with |w12 - 1|, |w21 - 1|, |w22| small forces w11 > w12 w21/w22"),),
    source=RAZIN_COHEN,
    expected=Verdict.ENCLOSED,
)
