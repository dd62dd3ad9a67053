"""The symmetric 2 x 2 matrix completion flow in the variables (w11, w12, log of the determinant).

J = 1/2 ((w12 - 1)^2 + (w21 - 1)^2 + w22^2), W = U V with U = V^T. Then U' = -G U with G = grad
J(W), so W stays symmetric and

    W' = -(G W + W G),   w11' = 2 (1 - w12) w12,   w12' = (1 - w12)(w11 + w22) - w12 w22,   (log det
    W)' = -2 w22.

With w22 = (det W + w12^2)/w11 the determinant is followed through its logarithm: it falls below
every number that a state could hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.exact.errors import BadInput
from verify.integrate.system import PLAIN, Clock, Moment, Scalar, System


def completion_by_entries(w11: Fraction, w12: Fraction, w22: Fraction) -> System:
    """The same flow in the entries of W: what one would write first. Nothing in it keeps the sign
    of det W but exactness.
    """

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        missing = 1 - x[1]
        return [
            missing * x[1] * 2,
            missing * (x[0] + x[2]) - x[1] * x[2],
            (missing * x[1] - x[2] * x[2]) * 2,
        ]

    quantities = {
        "J": lambda x, moment: (x[1] - 1) ** 2 + x[2] ** 2 * Fraction(1, 2),
        "W_1,1": lambda x, moment: x[0],
        "det W": lambda x, moment: x[0] * x[2] - x[1] * x[1],
    }
    names = ("w11", "w12", "w22")
    return System(
        "symmetric 2 x 2 matrix completion by entries",
        names,
        (w11, w12, w22),
        field,
        quantities=quantities,
    )


FAR = 10**12


def completion_in_root(start: Fraction) -> System:
    """The same flow in U, W = U U^T, from U = start I; it is a gradient flow, so that distances do
    not grow by what the dynamics does not do. With it a reading of the determinant: z' = -2 w22 /
    FAR, z = 0 at the start, so small that it adds nothing to distances either; log det W is
    FAR z + log det W(0).
    """

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        missing, below = 1 - x[0] * x[2] - x[1] * x[3], x[2] ** 2 + x[3] ** 2
        first, second = missing * x[2], missing * x[3]
        third, fourth = missing * x[0] - below * x[2], missing * x[1] - below * x[3]
        return [first, second, third, fourth, below * Fraction(-2, FAR)]

    def log_det(x: Sequence[Scalar], moment: Moment) -> Scalar:
        return x[4] * FAR + moment.number(start**4).log()

    quantities = {
        "w11": lambda x, moment: x[0] ** 2 + x[1] ** 2,
        "det U": lambda x, moment: x[0] * x[3] - x[1] * x[2],
        "log det W": log_det,
    }
    names, zero = ("u11", "u12", "u21", "u22", "z"), Fraction(0)
    title = "symmetric 2 x 2 matrix completion in U, W = U U^T"
    begin = (start, zero, zero, start, zero)
    return System(title, names, begin, field, quantities=quantities)


def symmetric_completion(
    w11: Fraction, w12: Fraction, w22: Fraction, clock: Clock = PLAIN
) -> System:
    """From a positive definite start W(0). Raises BadInput where it is not: a determinant <= 0 has
    no logarithm.
    """
    determinant = w11 * w22 - w12 * w12
    if not (w11 > 0 and determinant > 0):
        raise BadInput(
            f"W(0) = [[{w11}, {w12}], [{w12}, {w22}]] is not positive definite; expected w11 > 0"
            " and det W > 0"
        )

    def corner(x: Sequence[Scalar]) -> Scalar:
        return (x[2].exp() * determinant + x[1] * x[1]) / x[0]

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        w22 = corner(x)
        missing = 1 - x[1]
        return [missing * x[1] * 2, missing * (x[0] + w22) - x[1] * w22, w22 * -2]

    def loss(x: Sequence[Scalar], moment: Moment) -> Scalar:
        return (x[1] - 1) ** 2 + corner(x) ** 2 * Fraction(1, 2)

    quantities = {
        "J": loss,
        "w11": lambda x, moment: x[0],
        "w12": lambda x, moment: x[1],
        "w22": lambda x, moment: corner(x),
        "w11^2 w11'": lambda x, moment: x[0] ** 2 * (1 - x[1]) * x[1] * 2,
        "w11 sqrt(J)": lambda x, moment: x[0] * loss(x, moment).power(Fraction(1, 2)),
    }
    title = "symmetric 2 x 2 matrix completion in (w11, w12, log det)"
    names = ("w11", "w12", "log(det W/det W(0))")
    return System(title, names, (w11, w12, Fraction(0)), field, clock=clock, quantities=quantities)
