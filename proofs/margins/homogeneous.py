"""Homogeneous networks of order L under exponential loss E = sum exp(-q_n): the smoothed margin
log(1/E)/|w|^L rises.

R = |w|^2, l = log(1/E), h = |grad E|^2, v = sum q_n exp(-q_n). Euler: -<w, grad E> = L v, so R' = 2
L v; l' = h/E. Cauchy and Schwarz: h R = L^2 v^2 + k^2. Each q_n >= l, as exp(-q_n) <= E: v = E l +
m^2. The rate is then a sum of two terms that are not negative, and each bounds how far w is from a
point of Karush, Kuhn and Tucker: k^2 is what of the gradient lies across w, m^2 what margins exceed
l by, weighted. Without homogeneity the margin can fall: q = w^2 + b with w small.

That every limit of w/|w| is such a point is that paper's theorem. Its exact part is lyu-li-turn:
the squared speed k^2/R^2 of w/|w| is at most (log margin)' (log |w|)'/L. As the margin rises to a
limit and |w| is without bound, w/|w| moves by less and less while log |w| grows by 1, and at some
time of each such part both defects are small beside L E l v; so near every limit there are states
whose defects tend to 0. These limits are said here and are no claim.
"""

from proofs.margins.one_sample import D, Declared, Sum, constant, degree, i, loss, parameter, w
from proofs.margins.sources import HOMOGENEOUS
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Equation
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.claims.experiments import Nearby
from verify.models.formulas import Formulas, Let, Letter, Power, letters
from verify.terms.expr import const, dot
from verify.terms.indices import Index

n = Index("n", "data")
X = constant("X", n, i)
F = Sum(i, X[n, i] * w[i] ** D)
risk = loss("E", F, gradient="s")

NORM_RATE = Claim(
    id="lyu-li-norm",
    title="powers of weights: the rate of the squared norm",
    setting=Declared((w, X, degree, risk), flow=risk.here),
    assuming=(),
    concluding={"rate": Equation(dot(Sum(i, w[i] ** 2)), -2 * D * Sum(n, risk.partner[n] * F))},
    experiments=(
        Nearby("rate", Equation(dot(Sum(i, w[i] ** 2)), -D * Sum(n, risk.partner[n] * F)), "D"),
    ),
    source=HOMOGENEOUS,
)

R, M, E, L, K, S = letters("R l E L k m")
V, H, POWER, MARGIN = const("v"), const("h"), const("p"), const("margin")
WORDS = (
    "E the loss, R = |w|^2, l = log(1/E), h = |grad E|^2, v = sum q_n exp(-q_n), margin = l/|w|^L"
)


def smoothed(sign: str) -> Formulas:
    """k of a sign: 0 where w and the gradient are parallel. l > 0: all margins are positive."""
    return Formulas(
        WORDS,
        (*(Letter(x, ">") for x in ("R", "l", "E", "L")), Letter("k", sign), Letter("m")),
        (
            Let("v", E * M + S**2),
            Let("h", (L**2 * V**2 + K**2) / R),
            Power("p", R, -L / 2),
            Let("margin", M * POWER),
        ),
        {"R": 2 * L * V, "l": H / E, "E": -H},
    )


RISES = Claim(
    id="lyu-li",
    title="homogeneous networks under exponential loss: the rate of the smoothed margin",
    setting=smoothed(""),
    assuming=(),
    concluding={"rate": Equals(dot(MARGIN), POWER / (R * E) * (K**2 + L**2 * V * S**2))},
    source=HOMOGENEOUS,
    remarks=tuple(map(Remark, (
        "lyu-li-rises", "lyu-li-stationary", "lyu-li-turn", "lyu-li-norm", "lyu-li-one-sample",
        "lyu-li-three-samples",
    ))),
)  # fmt: skip
STRICTLY = Claim(
    id="lyu-li-rises",
    title="homogeneous networks under exponential loss: the smoothed margin off parallel gradients",
    setting=smoothed("!="),
    assuming=(),
    concluding={"rises": Sign(dot(MARGIN), ">")},
    source=HOMOGENEOUS,
)

SCALE = R * E / POWER
STATIONARY = Claim(
    id="lyu-li-stationary",
    title="homogeneous networks: how far weights and gradient are from parallel, by the rate",
    setting=smoothed(""),
    assuming=(),
    concluding={
        "across": Sign(SCALE * dot(MARGIN) - K**2, ">="),
        "slack": Sign(SCALE * dot(MARGIN) - L**2 * V * S**2, ">="),
    },
    source=HOMOGENEOUS,
    remarks=(Remark("lyu-li"),),
)
TURN = Claim(
    id="lyu-li-turn",
    title="homogeneous networks: the speed of the direction, by the rates of margin and length",
    setting=smoothed(""),
    assuming=(),
    concluding={"turn": Sign(dot(MARGIN) / MARGIN * dot(R) / (2 * R) - L * K**2 / R**2, ">=")},
    source=HOMOGENEOUS,
    remarks=(Remark("lyu-li-stationary"), Remark("lyu-li-direction")),
)
y, j = parameter("w", i), Index("j", "coordinates")
any_loss = loss("E", y[i], gradient="s")
OWN, SLOPE = Sum(j, y[j] ** 2), Sum(j, any_loss.partner[j] ** 2)
ALONG, HALF = Sum(j, y[j] * any_loss.partner[j]), Sum(j, y[j] * dot(y[j]))
TURNED = Sum(i, (OWN * dot(y[i]) - y[i] * HALF) ** 2)
DIRECTION = Claim(
    id="lyu-li-direction",
    title="gradient flow of any loss: the speed of the direction",
    setting=Declared((y, any_loss), flow=any_loss.here),
    assuming=(),
    concluding={"speed": Equation(TURNED, OWN * (OWN * SLOPE - ALONG**2))},
    experiments=(Nearby("speed", Equation(TURNED, OWN**2 * SLOPE), "without the part along w"),),
    source=HOMOGENEOUS,
    remarks=(Remark("lyu-li-turn"),),
)

A, B = letters("w b")
Q = A**2 + B
MIXED = Formulas(
    "one sample, q = w^2 + b, not homogeneous; E a multiple of the loss exp(-q)",
    (Letter("w"), Letter("b", ">"), Letter("E", ">")),
    (),
    {"w": 2 * A * E, "b": E, "E": -(4 * A**2 + 1) * E**2},
)
NON_HOMOGENEOUS = RISES.false_variant(
    id="lyu-li-non-homogeneous",
    title="a misreading: the margin of a sum of two degrees rises",
    setting=MIXED,
    concluding={"degree-two": Sign(dot(Q / (A**2 + B**2)), ">=")},
)
