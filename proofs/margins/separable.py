"""Linear classification, separable: w = w^ log t + rho, w^ the separator of least length with every
x_n.w >= 1, rho bounded; where support vectors span, exp(-x_n.rho) tends to the multiplier of x_n.

Four samples in the plane: w^ = (45, 35)/52 with multipliers 75/104 and 25/52 of the first two. That
it is the separator is an identity: with margins x_n.w = 1 + m_n, |w|^2 - |w^|^2 = |w - w^|^2 + 2
sum a_n m_n. Direction and margin are enclosed up to log t = 10^6, from a second start as well up to
100.
"""

from fractions import Fraction

from proofs.flows.log_time_flow import log_time
from proofs.margins.sources import SEPARABLE
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Exp, Formulas, Let, Letter, letters
from verify.models.trajectories import Trajectories
from verify.terms.expr import const, num

F = Fraction
ROWS = ((F(1), F(1, 5)), (F(3, 10), F(11, 10)), (F(2), F(3, 2)), (F(1, 2), F(5, 2)))
SEPARATOR = (F(45, 52), F(35, 52))
MULTIPLIERS = (F(75, 104), F(25, 52))


def from_zero() -> System:
    return log_time(ROWS, SEPARATOR, (F(0), F(0)))


def from_elsewhere() -> System:
    return log_time(ROWS, SEPARATOR, (F(3), F(-2)))


FLOW = Trajectories(
    flow=(
        "loss sum exp(-x_n.w), x_n = (1, 1/5), (3/10, 11/10), (2, 3/2), (1/2, 5/2), in the clock"
        " t = log T"
    ),
    starts={"w = 0 at T = 1": from_zero, "w = (3, -2) at T = 1": from_elsewhere},
    horizon=F(100),
)
LATE = F(50)
MAIN = Claim(
    id="soudry-main",
    title="separable samples, exponential loss: angle and margin in log time",
    setting=FLOW,
    assuming=(),
    concluding={
        "angle": Throughout("log(T)^2 (1 - cos)", "<", F(526, 10**4), after=LATE),
        "gap": Throughout("log(T) gap_1", "<", F(148, 10**3), after=LATE),
    },
    source=SEPARABLE,
    remarks=tuple(map(Remark, (
        "soudry-separator", "soudry-refined", "soudry-one-sample", "soudry-main-late",
        "soudry-losses", "soudry-all-data",
    ))),
    links=(
        "soudry-all-data", "soudry-all-data-flow", "soudry-all-data-rate", "soudry-all-data-steep",
        "soudry-all-data-values", "soudry-all-data-angle", "soudry-all-data-direction",
    ),
    expected=Verdict.ENCLOSED,
)  # fmt: skip
TINY = F(1, 10**6)
REFINED = Claim(
    id="soudry-refined",
    title="separable samples whose support vectors span: what is left beside the separator",
    setting=FLOW,
    assuming=(),
    concluding={
        f"{what}-{n}": Throughout(f"exp(-x_{n}.rho)", sign, a + shift, after=LATE)
        for n, a in enumerate(MULTIPLIERS, 1)
        for what, sign, shift in (("above", "<", TINY), ("below", ">", -TINY))
    },
    source=SEPARABLE,
    remarks=tuple(map(Remark, (
        "soudry-main", "soudry-non-separable", "soudry-tail", "soudry-tail-exponential",
        "soudry-bias", "soudry-large-step", "soudry-not-spanning", "soudry-zero-multiplier",
    ))),
    links=("soudry-separator", "soudry-all-data-flow"),
    expected=Verdict.ENCLOSED,
)  # fmt: skip

MILLION = F(10**6)
MAIN_LATE = Claim(
    id="soudry-main-late",
    title="separable samples, exponential loss: angle and margin at time exp of a million",
    setting=Trajectories(
        flow=FLOW.flow, starts={"w = (3, -2) at T = 1": from_elsewhere}, horizon=MILLION
    ),
    assuming=(),
    concluding={
        "angle": Throughout("log(T)^2 (1 - cos)", "<", F(5261, 10**5), after=MILLION - 1),
        "angle-below": Throughout("log(T)^2 (1 - cos)", ">", F(5260, 10**5), after=MILLION - 1),
        "gap": Throughout("log(T) gap_1", "<", F(14794, 10**5), after=MILLION - 1),
        "gap-below": Throughout("log(T) gap_1", ">", F(14793, 10**5), after=MILLION - 1),
    },
    source=SEPARABLE,
    links=("soudry-separator", "soudry-all-data-direction"),
    remarks=(Remark("soudry-main"),),
    expected=Verdict.ENCLOSED,
)

W1, W2, X, T = letters("u v x t")
MARGIN_1, MARGIN_2 = W1 + W2 / 5 - 1, num(F(3, 10)) * W1 + num(F(11, 10)) * W2 - 1
SEPARATED = Claim(
    id="soudry-separator",
    title="the separator of two samples by its multipliers",
    setting=Formulas(
        "w = (u, v), samples (1, 1/5) and (3/10, 11/10)",
        (Letter("u"), Letter("v")),
        (Let("first", MARGIN_1), Let("second", MARGIN_2)),
    ),
    assuming=(),
    concluding={
        "cost": Equals(
            W1**2 + W2**2 - F(125, 104),
            (W1 - F(45, 52)) ** 2 + (W2 - F(35, 52)) ** 2
            + F(75, 52) * const("first") + F(25, 26) * const("second"),
        )
    },
    source=SEPARABLE,
)  # fmt: skip
NET = Weights("diagonal", (1, 1), "w")
ONE = Claim(
    id="soudry-one-sample",
    title="one sample, exponential loss: the weight as a logarithm of time",
    setting=Formulas.following(
        "gradient flow of exp(-x w)",
        (Letter("w"), Letter("x", "!="), Letter("t")),
        (Exp("E", X * NET.phi[0]),),
        Follows(NET, 1 / const("E"), own={"t": num(1)}),
    ),
    assuming=(),
    concluding={"clock": Constant(const("E") - X**2 * T)},
    source=SEPARABLE,
)
