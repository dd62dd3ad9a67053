"""'For logistic loss, gradient descent converges to the max-margin separator regardless of
initialisation': whose margin, in which norm, of which network, and when?

Linear predictors: the largest margin in the l2 norm, from every start, like 1/log t. Squares of
weights (D = 2): the largest in the l1 norm, and not in the l2 norm. Cubes (D = 3): the start
decides, and neither may be reached. At D = 2 a small start needs an accuracy that it takes for ever
to reach (exp-crossover), so at any given accuracy the start decides there, too.

One sample x = (1, 4/5): the largest l1 margin is 1, the largest l2 margin |x| = 1.28.. . With cubes
from (1/2, 1) the second coordinate wins: l1 margin 4/5. With squares from (1, 1) beta tends to e_1,
whose l2 margin is 1.
"""

from fractions import Fraction

from proofs.flows.log_time_flow import log_time
from proofs.flows.one_sample_flow import one_sample
from proofs.margins.separable import ROWS, SEPARATOR
from proofs.margins.sources import LECTURES, SEED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

F = Fraction
SAMPLE = (F(1), F(4, 5))


def linear_from_zero() -> System:
    return log_time(ROWS, SEPARATOR, (F(0), F(0)), logistic=True)


def linear_from_elsewhere() -> System:
    return log_time(ROWS, SEPARATOR, (F(3), F(-2)), logistic=True)


def cubes_from_ones() -> System:
    return one_sample(3, SAMPLE, (F(1), F(1)))


def cubes_from_a_half() -> System:
    return one_sample(3, SAMPLE, (F(1, 2), F(1)))


def squares() -> System:
    return one_sample(2, SAMPLE, (F(1), F(1)))


TRUE = Claim(
    id="logistic-max-margin",
    title="linear predictors, logistic loss: the margin in log time from two starts",
    setting=Trajectories(
        flow="logistic loss, x_n = (1, 1/5), (3/10, 11/10), (2, 3/2), (1/2, 5/2), clock t = log T",
        starts={
            "w = 0 at T = 1": linear_from_zero,
            "w = (3, -2) at T = 1": linear_from_elsewhere,
        },
        horizon=F(60),
    ),
    assuming=(),
    concluding={"gap": Throughout("log(T) gap_1", "<", F(148, 10**3), after=F(50))},
    source=LECTURES,
    as_printed="logistic-max-margin-printed",
    remarks=tuple(map(Remark, (
        "logistic-max-margin-length", "max-margin-whatever-start", "logistic-one-sample",
        "soudry-main", "soudry-non-separable", "soudry-large-step",
    ))),
    expected=Verdict.ENCLOSED,
)  # fmt: skip
PRINTED = TRUE.false_variant(
    id="logistic-max-margin-printed",
    title="as printed: the margin of powers of weights at depth three, from two starts",
    setting=Trajectories(
        flow=(
            "one sample (1, 4/5), cubes, in the clock int -l' of the loss: the largest l1 margin is"
            " 1"
        ),
        starts={"w = (1, 1)": cubes_from_ones, "w = (1/2, 1)": cubes_from_a_half},
        horizon=F(33, 100),
    ),
    concluding={"margin": Throughout("x.beta/|beta|_1", ">", F(9, 10), after=F(32, 100))},
    source=SEED,
)
LENGTH = TRUE.false_variant(
    id="logistic-max-margin-length",
    title="a loose sentence: the margin of squares of weights in the l2 norm",
    setting=Trajectories(
        flow=(
            "one sample (1, 4/5), squares, in the clock int -l' of the loss: the largest l2 margin"
            " is > 5/4"
        ),
        starts={"w = (1, 1)": squares},
        horizon=F(10),
    ),
    concluding={"margin": Throughout("x.beta/|beta|_2", ">", F(5, 4), after=F(9))},
    source=SEED,
)
