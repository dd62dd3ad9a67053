"""Linear classification where support vectors do not span: one sample in the plane, and what lies
across it stays what it was.
"""

from fractions import Fraction

from proofs.flows.log_time_flow import log_time
from proofs.margins.non_separable import W1, W2, E, T
from proofs.margins.sources import SEPARABLE
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.conclusions.constant import Constant
from verify.integrate.system import System
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Exp, Formulas, Letter
from verify.models.trajectories import Trajectories
from verify.terms.expr import num

PLANE = Weights("diagonal", (1, 2), "u v")
NOT_SPANNING = Claim(
    id="soudry-not-spanning",
    title="a support vector that does not span: the weight across it",
    setting=Formulas.following(
        "one sample (3, 4), exponential loss: w = (u, v)",
        (Letter("u"), Letter("v"), Letter("t")),
        (Exp("E", 3 * PLANE.phi[0] + 4 * PLANE.phi[1]),),
        Follows(PLANE, 1 / E, own={"t": num(1)}),
    ),
    assuming=(),
    concluding={"clock": Constant(E - 25 * T), "across": Constant(4 * W1 - 3 * W2)},
    source=SEPARABLE,
    remarks=(Remark("soudry-rest-whatever-start"),),
)
ONE_ROW = ((Fraction(3, 5), Fraction(4, 5)),)
FIRST, SECOND = (Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))


def from_first() -> System:
    return log_time(ONE_ROW, ONE_ROW[0], FIRST)


def from_second() -> System:
    return log_time(ONE_ROW, ONE_ROW[0], SECOND)


WHATEVER_START = NOT_SPANNING.false_variant(
    id="soudry-rest-whatever-start",
    title="a misreading: what is left beside the separator, from two starts",
    setting=Trajectories(
        flow="loss exp(-x.w), x = (3, 4)/5, in the clock t = log T",
        starts={"w = (1, 0) at T = 1": from_first, "w = (0, 1) at T = 1": from_second},
        horizon=Fraction(20),
    ),
    concluding={"same": Throughout("rho_1", ">", Fraction(1, 2), after=Fraction(10))},
)
