"""Accuracy against scale, D = 2, exponential loss. At a given accuracy a smaller start is not
nearer to the largest l1 margin: early the coordinate of the largest mean entry grows alone; here,
with samples (1, 2) and (3, -1), the first, whose margin 1 is 5/7 of the largest one. The second
catches up where log(1/E) is of order alpha^(-2 (1 - a)/(b - 1)), a = |xbar_2/xbar_1| = 1/4 and b =
|x_12/x_11| = 2: alpha^(-3/2). At alpha = 1/40 the part 17/20 is passed between clock 87/2 and 44,
at alpha = 1/80 between 119 and 120. The exponent is of the instance, at all scales up to 1/10: see
crossover_exponent.

Along alpha^2 = mu log(N/E) beta by its margin tends to the least of mu sum q(b_i/mu) with margins
at least 1: for samples (1, 2, 1) and (3, -1, 1) and mu = 1/10 its third entry is 0.19045..., and
that of the predictor of largest l1 margin is 0.
"""

from fractions import Fraction

from proofs.flows.accuracy_flow import at_accuracy
from proofs.margins.sources import ACCURACY, CROSSED, SEED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

F = Fraction
TWO, LARGEST = ((F(1), F(2)), (F(3), F(-1))), F(7, 5)
WIDE, WIDE_LARGEST = ((F(1), F(2), F(1)), (F(3), F(-1), F(1))), F(7, 5)
PART = F(17, 20)
FIRST, OTHER = "x_1.beta/(|beta|_1 gamma)", "x_2.beta/(|beta|_1 gamma)"


def from_one() -> System:
    return at_accuracy(TWO, F(1), LARGEST)


def from_fortieth() -> System:
    return at_accuracy(TWO, F(1, 40) ** 2, LARGEST)


def from_eightieth() -> System:
    return at_accuracy(TWO, F(1, 80) ** 2, LARGEST)


def from_thousandth() -> System:
    return at_accuracy(TWO, F(1, 1000) ** 2, LARGEST)


FORTIETH, EIGHTIETH = {"alpha = 1/40": from_fortieth}, {"alpha = 1/80": from_eightieth}
BOTH = {"alpha = 1": from_one, "alpha = 1/1000": from_thousandth}


def flow(horizon: Fraction, starts: dict) -> Trajectories:
    """To a reading of log(2/E)."""
    return Trajectories("samples (1, 2), (3, -1); gamma = 7/5; t is log(2/E)", starts, horizon)


def about(name: str, title: str, setting: Trajectories, **more: object) -> Claim:
    """What is enclosed."""
    return Claim(name, title, setting, (), expected=Verdict.ENCLOSED, **more)  # type: ignore[arg-type]


CROSSOVER = about(
    "exp-crossover", "squares of weights from 1/40: the l1 margin before the crossover",
    flow(F(87, 2), FORTIETH),
    source=CROSSED,
    concluding={"before": Throughout(FIRST, "<", PART, after=F(1))},
    remarks=tuple(map(Remark, (
        "exp-crossover-after", "exp-crossover-smaller", "exp-crossover-smaller-after",
        "moroshko-scale-vs-accuracy",
    ))),
    links=(
        "exp-crossover-clock", "exp-crossover-early", "exp-crossover-behind",
        "exp-crossover-exponent",
    ),
)  # fmt: skip
AFTER = about(
    "exp-crossover-after", "squares of weights from 1/40: the l1 margin after the crossover",
    flow(F(45), FORTIETH),
    source=CROSSED,
    concluding={x: Throughout(q, ">", PART, after=F(44)) for x, q in (("a", FIRST), ("b", OTHER))},
)  # fmt: skip
SMALLER = about(
    "exp-crossover-smaller", "squares of weights from 1/80: the l1 margin before the crossover",
    flow(F(119), EIGHTIETH),
    source=CROSSED,
    concluding={"before": Throughout(FIRST, "<", PART, after=F(1))},
)  # fmt: skip
SMALLER_AFTER = about(
    "exp-crossover-smaller-after",
    "squares of weights from 1/80: the l1 margin after the crossover",
    flow(F(121), EIGHTIETH),
    source=CROSSED,
    concluding={x: Throughout(q, ">", PART, after=F(120)) for x, q in (("a", FIRST), ("b", OTHER))},
)  # fmt: skip
BETTER = Claim(
    id="exp-crossover-better",
    title="a loose sentence: small starts and the l1 margin at a given accuracy",
    setting=flow(F(20), BOTH),
    assuming=(),
    concluding={"better": Throughout(FIRST, ">", F(9, 10), after=F(19))},
    source=SEED,
    expected=Verdict.REFUTED,
    corrects="exp-crossover",
)


def along() -> System:
    """alpha^2 = 20/10, to log(2/E) = 20."""
    return at_accuracy(WIDE, F(2), WIDE_LARGEST)


ALONG = Trajectories(
    "samples (1, 2, 1), (3, -1, 1); alpha^2 = 2 = mu log(2/E) at the end; t is log(2/E)",
    {"alpha^2 = 2": along},
    F(20),
)
LATE = F(19999, 1000)
MOROSHKO = about(
    "moroshko-scale-vs-accuracy", "scale against accuracy: the third entry by the margin", ALONG,
    source=ACCURACY,
    concluding={
        "above": Throughout("beta_3/x_1.beta", ">", F(1933, 10**4), after=LATE),
        "below": Throughout("beta_3/x_1.beta", "<", F(1934, 10**4), after=LATE),
    },
    links=("diag-anytime-classification", "diag-anytime-gap"),
    remarks=(Remark("moroshko-largest-margin"), Remark("diag-anytime-classification")),
)  # fmt: skip
LARGEST_MARGIN = Claim(
    id="moroshko-largest-margin",
    title="a misreading: scale against accuracy and the third entry of the l1 predictor",
    setting=ALONG,
    assuming=(),
    concluding={"below": Throughout("beta_3/x_1.beta", "<", F(1, 10), after=LATE)},
    source=ACCURACY,
    expected=Verdict.REFUTED,
    corrects="moroshko-scale-vs-accuracy",
)
