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

from proofs.margins.smoothed_margin import MARGIN, POWER, E, K, L, R, S, V, smoothed
from proofs.margins.sources import HOMOGENEOUS
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Formulas, Letter, letters
from verify.terms.expr import dot

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
