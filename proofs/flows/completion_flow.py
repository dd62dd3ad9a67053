"""The symmetric 2 x 2 matrix completion flow in the variables (w11, w12, log of the determinant).

J = 1/2 ((w12 - 1)^2 + (w21 - 1)^2 + w22^2), W = U V^T with U = V, which lasts as the force F =
-grad J(W) is symmetric. What F makes of W is linear in both, W' = F W + W F, and (log det W)' = 2
tr F: these are solved for, as polynomials in U, from how the model moves.

With w22 = (det W + w12^2)/w11 the determinant is followed through its logarithm: it falls below
every number that a state could hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from proofs.flows.matrix_flow import Observed, determinant
from proofs.flows.samples import dot, total
from verify.exact.errors import BadInput
from verify.integrate.system import PLAIN, Clock, Moment, Scalar, System
from verify.models.driven import Driven
from verify.terms.polynomials import RING, Polynomial, constant, coordinate, derivative

#: w11 is free
OBSERVED: Observed = {(0, 1): Fraction(1), (1, 0): Fraction(1), (1, 1): Fraction(0)}
PLACES = tuple(product(range(2), range(2)))
HALF = Fraction(1, 2)


def _force(w: Sequence[Scalar], moment: Moment) -> list[Scalar]:
    """-grad J at the entries of W."""
    none = moment.number(Fraction(0))
    return [OBSERVED[p] - x if p in OBSERVED else none for p, x in zip(PLACES, w, strict=True)]


def _loss(w: Sequence[Scalar], moment: Moment) -> Scalar:
    return total([f * f for f in _force(w, moment)[1:]]) * HALF


class Symmetric:
    """W = U U^T, U of two columns."""

    def __init__(self) -> None:
        self.model = Driven.of("completion", 2, 2, 2)

    def moved(self, u: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        """U'."""
        w = self.model.output([*u, *u], moment.number)
        return self.model.moved([*u, *u], _force(w, moment), moment.number)[:4]

    def rates(self) -> tuple[list[list[list[Fraction]]], list[Fraction]]:
        """(k, c) with W_i' = sum k_i,j,l F_j W_l over entries, (log det W)' = sum c_j F_j."""
        u, f = ([Polynomial(coordinate(i)) for i in range(n, n + 4)] for n in (0, 4))
        w = self.model.output([*u, *u], RING.lift)
        moved = self.model.moved([*u, *u], f, RING.lift)[:4]

        def along(p: Polynomial) -> Polynomial:
            return total([Polynomial(derivative(p.terms, i)) * v for i, v in enumerate(moved)])

        det = w[0] * w[3] - w[1] * w[2]
        return [_split(along(p), f, w) for p in w], [row[0] for row in _split(along(det), f, [det])]


def _split(
    p: Polynomial, forces: Sequence[Polynomial], parts: Sequence[Polynomial]
) -> list[list[Fraction]]:
    """k with p = sum k_j,l f_j x_l; of equal x_l the first. Raises BadInput where there is none."""
    found: list[list[Fraction]] = []
    rest = p
    for f in forces:
        found.append([])
        for x in parts:
            at, c = next(iter((f * x).terms.items()))
            found[-1].append(rest.terms.get(at, Fraction(0)) / c)
            rest = rest - f * x * Polynomial(constant(found[-1][-1]))
    if rest.terms:
        raise BadInput(f"{rest.terms} is left: the output does not move by itself")
    return found


def _moved(k: list[list[list[Fraction]]], w: Sequence[Scalar], moment: Moment) -> list[Scalar]:
    """W'."""
    force = _force(w, moment)
    terms = [[f * dot(row, w) for f, row in zip(force, rows, strict=True)] for rows in k]
    return [total(row) for row in terms]


def completion_by_entries(w11: Fraction, w12: Fraction, w22: Fraction) -> System:
    """The same flow in the entries of W: what one would write first. Nothing in it keeps the sign
    of det W but exactness.
    """
    k, _ = Symmetric().rates()
    whole = lambda x: [x[0], x[1], x[1], x[2]]

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        found = _moved(k, whole(x), moment)
        return [found[0], found[1], found[3]]

    quantities = {
        "J": lambda x, moment: _loss(whole(x), moment),
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
    not grow by what the dynamics does not do. With it a reading of the determinant: z' = (log det
    W)'/FAR, z = 0 at the start, so small that it adds nothing to distances either.
    """
    model = Symmetric()
    _, c = model.rates()

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        w = model.model.output([*x[:4], *x[:4]], moment.number)
        return [*model.moved(x[:4], moment), dot(c, _force(w, moment)) * Fraction(1, FAR)]

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
    det = determinant([[w11, w12], [w12, w22]])
    if not (w11 > 0 and det > 0):
        raise BadInput(
            f"W(0) = [[{w11}, {w12}], [{w12}, {w22}]] is not positive definite; expected w11 > 0"
            " and det W > 0"
        )
    k, c = Symmetric().rates()

    def whole(x: Sequence[Scalar]) -> list[Scalar]:
        return [x[0], x[1], x[1], (x[2].exp() * det + x[1] * x[1]) / x[0]]

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        w = whole(x)
        return [*_moved(k, w, moment)[:2], dot(c, _force(w, moment))]

    def loss(x: Sequence[Scalar], moment: Moment) -> Scalar:
        return _loss(whole(x), moment)

    quantities = {
        "J": loss,
        "w11": lambda x, moment: x[0],
        "w12": lambda x, moment: x[1],
        "w22": lambda x, moment: whole(x)[3],
        "w11^2 w11'": lambda x, moment: x[0] ** 2 * field(x, moment)[0],
        "w11 sqrt(J)": lambda x, moment: x[0] * loss(x, moment).power(HALF),
    }
    title = "symmetric 2 x 2 matrix completion in (w11, w12, log det)"
    names = ("w11", "w12", "log(det W/det W(0))")
    return System(title, names, (w11, w12, Fraction(0)), field, clock=clock, quantities=quantities)
