"""Linear classification when a hypothesis of soudry-main is dropped, each at an instance for hand
calculation: samples that no predictor separates; a polynomial tail; support vectors that do not
span, or have multiplier 0; a bias term.

No separator, x = 1 and -1: tanh(w/2) falls to 0, and w is bounded. Tail -l' = z^(-2), samples (1,
0) and (0, 8): w_1^3 - 8 w_2^3 is kept, so w_1/w_2 -> 2, where the exponential tail has 8. One
sample (1, 0) in the plane: w_2 stays what it was. Samples (1, 0) and (1, 1), w^ = (1, 0), the
second of multiplier 0: e^(w_2) + w_2 - w_1 is kept, so that w_2 grows like log log t.
"""

from fractions import Fraction

from proofs.flows.log_time_flow import log_time
from proofs.margins.sources import SEPARABLE
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.conclusions.sign import Sign
from verify.integrate.system import System
from verify.models.formulas import Exp, Formulas, Let, Letter, Root, letters
from verify.models.trajectories import Trajectories
from verify.terms.expr import const, dot, num

W1, W2, T = letters("u v t")
E, U, V = const("E"), const("U"), const("V")
OPPOSITE = Formulas(
    "samples 1 and -1 of one class, E = exp(w): gradient flow of exp(-w) + exp(w), w' = 1/E - E",
    (Letter("E", ">"),),
    (Let("f", (E - 1) / (E + 1)),),
    {"E": 1 - E**2},
    ({"E": 2},),
)
NOT_SEPARABLE = Claim(
    id="soudry-non-separable",
    title="samples without a separator: the hyperbolic tangent of half the weight",
    setting=OPPOSITE,
    assuming=(),
    concluding={"bounded": RateLaw(const("f"), num(-2))},
    source=SEPARABLE,
    remarks=(Remark("soudry-non-separable-grows"),),
)
NOT_SEPARABLE_GROWS = NOT_SEPARABLE.false_variant(
    id="soudry-non-separable-grows",
    title="a misreading: samples without a separator, and a weight that rises",
    concluding={"rises": Sign(dot(E), ">")},
)

TAIL = Claim(
    id="soudry-tail",
    title="a polynomial tail: what two orthogonal samples keep",
    setting=Formulas(
        "samples (1, 0) and (0, 8), -l'(z) = z^(-2): w = (u, v)",
        (Letter("u", ">"), Letter("v", ">"), Letter("t")),
        (),
        {"u": 1 / W1**2, "v": 8 / (8 * W2) ** 2, "t": num(1)},
    ),
    assuming=(),
    concluding={"kept": Constant(W1**3 - 8 * W2**3), "clock": Constant(W1**3 - 3 * T)},
    source=SEPARABLE,
    remarks=(Remark("soudry-tail-exponential"), Remark("soudry-tail-same")),
)
EXPONENTIAL = Claim(
    id="soudry-tail-exponential",
    title="an exponential tail: what the same two samples keep",
    setting=Formulas(
        "samples (1, 0) and (0, 8), -l'(z) = exp(-z): w = (u, v)",
        (Letter("u"), Letter("v"), Letter("t")),
        (Exp("U", W1), Exp("V", 8 * W2)),
        {"u": 1 / U, "v": 8 / V, "t": num(1)},
    ),
    assuming=(),
    concluding={"kept": Constant(V - 64 * U), "clock": Constant(U - T)},
    source=SEPARABLE,
)
SAME = TAIL.false_variant(
    id="soudry-tail-same",
    title="a misreading: a polynomial tail has the direction of the separator (1, 1/8)",
    setting=Formulas(
        "w = (u, v) from 0 under the polynomial tail: u^3 = 3 t, v^3 = 3 t/8",
        (Letter("t", ">"),),
        (Root("u", 3 * T, 3), Root("v", 3 * T / 8, 3)),
        points=({"t": 9},),
    ),
    concluding={"direction": Equals(8 * W2, W1)},
)

NOT_SPANNING = Claim(
    id="soudry-not-spanning",
    title="a support vector that does not span: the weight across it",
    setting=Formulas(
        "one sample (3, 4), exponential loss: w = (u, v)",
        (Letter("u"), Letter("v"), Letter("t")),
        (Exp("E", 3 * W1 + 4 * W2),),
        {"u": 3 / E, "v": 4 / E, "t": num(1)},
    ),
    assuming=(),
    concluding={"clock": Constant(E - 25 * T), "across": Constant(4 * W1 - 3 * W2)},
    source=SEPARABLE,
    remarks=(Remark("soudry-rest-whatever-start"),),
)
ONE_ROW = ((Fraction(3, 5), Fraction(4, 5)),)
FIRST, SECOND = (Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))
TIED_ROWS = ((Fraction(1), Fraction(0)), (Fraction(1), Fraction(1)))


def from_first() -> System:
    return log_time(ONE_ROW, ONE_ROW[0], FIRST)


def from_second() -> System:
    return log_time(ONE_ROW, ONE_ROW[0], SECOND)


def tied() -> System:
    return log_time(TIED_ROWS, FIRST, (Fraction(0), Fraction(0)))


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

ZERO = Claim(
    id="soudry-zero-multiplier",
    title="a support vector of multiplier zero: what both weights keep",
    setting=Formulas(
        "samples (1, 0) and (1, 1), exponential loss: w = (u, v), U = exp(u), V = exp(v)",
        (Letter("u"), Letter("v"), Letter("U", ">"), Letter("V", ">")),
        (),
        {"u": (1 + 1 / V) / U, "v": 1 / (U * V), "U": 1 + 1 / V, "V": 1 / U},
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
