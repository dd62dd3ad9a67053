"""Matrix completion of a 2 x 2 matrix whose diagonal starts with a positive determinant drives
every norm to infinity.

Observed: w12 = w21 = 1, w22 = 0; w11 is free. W = U V with U = V^T = I/10 at the start stays
symmetric, and det W stays positive: (det W)' = -2 w22 det W. So w11 must grow as the loss falls. In
double precision det W becomes 0, then negative, and the run ends with a finite w11.
"""

from fractions import Fraction

from proofs.flows.completion_flow import OBSERVED, completion_in_root, symmetric_completion
from proofs.flows.matrix_flow import matrix_flow
from verify.claims.claim import Break, Claim, Remark, Source
from verify.claims.conclusions import Grows, Reaches, Tends, Throughout
from verify.claims.experiments import Contrast, Late
from verify.claims.hypotheses.start import AtStart
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

RAZIN_COHEN = Source("2005.06398v2", note="2 x 2 example; rates derived")
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
    title="matrix completion: the determinant and the free entry",
    setting=FLOW,
    assuming=(AtStart("positive-det", "det W", ">"),),
    concluding={
        "determinant": Throughout("det W", ">"),
        "grows": Throughout("W_1,1", ">", Fraction(13), after=Fraction(400)),
    },
    experiments=(Contrast("determinant", "BDF"), Contrast("grows", "BDF")),
    breaks=(Break("positive-det", kind="enclosure"),),
    remarks=(Remark("razin-cohen-rate"), Remark("razin-cohen-any-start")),
    source=RAZIN_COHEN,
    expected=Verdict.ENCLOSED,
)


def in_log_det() -> System:
    """The same start, det W through its logarithm."""
    return symmetric_completion(Fraction(1, 100), Fraction(0), Fraction(1, 100))


RAZIN_COHEN_RATE = Claim(
    id="razin-cohen-rate",
    title="matrix completion: the late rate of the free entry",
    setting=Trajectories(
        flow=(
            "gradient flow of J = (w12 - 1)^2 + w22^2/2, W = U U^T of size 2 x 2, in (w11, w12, log"
            " det W)"
        ),
        starts={"W = I/100": in_log_det},
        horizon=Fraction(1000),
    ),
    assuming=(),
    concluding={
        "exponent": Grows("w11", Fraction(1, 3)),
        "constant": Tends("w11^2 w11'", Fraction(2)),
    },
    experiments=(
        Late("exponent", near_miss=Fraction(1, 4), named="exponent 1/4"),
        Late("constant", near_miss=Fraction(11, 5), named="w11 ~ (33/5 t)^(1/3)"),
    ),
    source=RAZIN_COHEN,
    expected=Verdict.SUPPORTED,
)


def in_root() -> System:
    """W = I/100 at the start."""
    return completion_in_root(Fraction(1, 10))


BILLION = Fraction(10**9)

#: (6 t)^(1/3) (1 -+ 10^-5) and -3 6^(-1/3) t^(2/3) (1 +- 10^-4) at t = 10^9, rounded inwards
RAZIN_COHEN_LATE = Claim(
    id="razin-cohen-late",
    title="matrix completion: entry and determinant after a billion units of time",
    setting=Trajectories(
        flow=(
            "gradient flow of J = (w12 - 1)^2/2 + w22^2/4, W = U U^T of size 2 x 2, beside it z' ="
            " -2 w22/10^12"
        ),
        starts={"U = I/10": in_root},
        horizon=BILLION,
    ),
    assuming=(),
    concluding={
        "det": Throughout("det U", ">"),
        "entry": Throughout("w11", ">", Fraction(18171025, 10**4), after=BILLION - 1),
        "entry-below": Throughout("w11", "<", Fraction(18171387, 10**4)),
        "log-det": Throughout("log det W", "<", Fraction(-1650799), after=BILLION - 1),
        "log-det-above": Throughout("log det W", ">", Fraction(-1651128)),
    },
    experiments=(Contrast("det", "BDF"),),
    remarks=(Remark("razin-cohen-rate"),),
    source=RAZIN_COHEN,
    expected=Verdict.ENCLOSED,
)

RAZIN_COHEN_EVENT = Claim(
    id="razin-cohen-event",
    title="matrix completion: the free entry exceeds 5 within 100 units of time",
    setting=Trajectories(
        flow=FLOW.flow, starts={"U = V = I/10": from_identity}, horizon=Fraction(100)
    ),
    assuming=(),
    concluding={"exceeds": Reaches("W_1,1", ">", Fraction(5), before=Fraction(100))},
    remarks=(Remark("razin-cohen-2x2"),),
    source=RAZIN_COHEN,
    expected=Verdict.ENCLOSED,
)

RAZIN_COHEN_ANY_START = RAZIN_COHEN_2X2.false_variant(
    id="razin-cohen-any-start",
    title="a misreading: the free entry from a start with negative determinant",
    setting=Trajectories(
        flow=FLOW.flow,
        starts={"U = I/10, V = [[0, 1], [1, 0]]/10": from_swapped},
        horizon=Fraction(30),
    ),
    assuming=(),
    concluding={"grows": Throughout("W_1,1", ">", Fraction(1), after=Fraction(20))},
)
