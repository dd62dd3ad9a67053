"""Linear classification where a support vector has multiplier 0: samples (1, 0) and (1, 1), w^ =
(1, 0), the second of multiplier 0: e^(w_2) + w_2 - w_1 is kept, so that w_2 grows like log log t.
"""

from fractions import Fraction

from proofs.flows.log_time_flow import log_time
from proofs.margins.non_separable import W1, W2, V
from proofs.margins.not_spanning import FIRST, PLANE
from proofs.margins.sources import SEPARABLE
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.sign import Sign
from verify.integrate.system import System
from verify.models.formula_flow import Follows
from verify.models.formulas import Formulas, Letter
from verify.models.trajectories import Trajectories
from verify.terms.expr import dot, exp

TIED_ROWS = ((Fraction(1), Fraction(0)), (Fraction(1), Fraction(1)))


def tied() -> System:
    return log_time(TIED_ROWS, FIRST, (Fraction(0), Fraction(0)))


E1, E2 = map(exp, PLANE.phi)
ZERO = Claim(
    id="soudry-zero-multiplier",
    title="a support vector of multiplier zero: what both weights keep",
    setting=Formulas.following(
        "samples (1, 0) and (1, 1), exponential loss: w = (u, v), U = exp(u), V = exp(v)",
        (Letter("u"), Letter("v"), Letter("U", ">"), Letter("V", ">")),
        (),
        Follows(PLANE, 1 / E1 + 1 / (E1 * E2), along={"U": E1, "V": E2}),
    ),
    assuming=(),
    concluding={"kept": Constant(V + W2 - W1), "rises": Sign(dot(W2), ">")},
    source=SEPARABLE,
    remarks=(Remark("soudry-zero-multiplier-bounded"),),
)
BOUNDED = ZERO.false_variant(
    id="soudry-zero-multiplier-bounded",
    title="a misreading: a support vector of multiplier zero, and what is left is below three",
    setting=Trajectories(
        flow="loss exp(-w_1) + exp(-w_1 - w_2), in the clock t = log T",
        starts={"w = 0 at T = 1": tied},
        horizon=Fraction(60),
    ),
    concluding={"bounded": Throughout("rho_2", "<", Fraction(3))},
)
