"""Small diagonal networks with losses on fixed exact data, and what their runs are measured by."""

from __future__ import annotations

from fractions import Fraction as F

from verify.integrate.base import Trajectory
from verify.integrate.taylor import Taylor
from verify.models.diagonal_flow import diagonal_flow
from verify.models.losses.base import Loss
from verify.models.point import Point
from verify.terms.expr import Expr, lin, log, quad

S = ((F(2), F(1, 2)), (F(1, 2), F(3)))
M = (F(1), F(-2))
DATA = {"S_W": S, "m": M, "p": (F(1), F(3, 2)), "x": (F(1), F(-1, 3))}
DATA["long"] = (F(10**18 + 9, 10**18 + 7), F(2**61 - 1, 2**61 + 15))
U = ((F(1), F(-1, 2)), (F(2, 3), F(3, 4)), (F(-1), F(5, 4)))


def loss(name: str, expr: Expr, data=None) -> Loss:
    return Loss(name, name, expr, DATA if data is None else data)


RATIO = loss("ratio", -(lin("m") ** 2) / quad("S_W"))
SQUARED = loss("squared", quad("S_W") / 2 - lin("m") + F(1, 2))
LOG_RATIO = loss("log-ratio", -log(lin("m") ** 2 / quad("S_W")))


def gap(a, b):
    """max |a - b| over two states, exactly."""
    return max(abs(x - y) for r, q in zip(a, b, strict=True) for x, y in zip(r, q, strict=True))


def size(state):
    return max(abs(x) for row in state for x in row)


def own_errors(run: Trajectory) -> F:
    """What the run says of its local errors, summed."""
    return run.truncation + run.rounding


def run(
    point: Point, horizon, digits: int, samples: int = 1, progress=None, **options
) -> Trajectory:
    return Taylor().run(
        diagonal_flow(point, **options), F(horizon), digits, samples=samples, progress=progress
    )
