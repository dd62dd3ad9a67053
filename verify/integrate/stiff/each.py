"""A distance for each state.

Where saddles follow one another one distance for all states multiplies what each of them does; but
what the first has spread contracts in its own states before the next one spreads others.

For e the distance from a step's polynomials |e_i|' <= sum_j M_ij |e_j| + D_i, where M_ii bounds d
slope_i / d x_i from above and M_ij, j /= i, the size of d slope_i / d x_j on the tube: what is not
on the diagonal is >= 0, so that |e| stays below the solution of r' = M r + D (E. Kamke, Acta
Mathematica 58, 1932). On each of equally long parts M is constant, and r is found by one
exponential of a matrix. On the way r is below e^(z t) s wherever s > 0, s >= r, z >= 0 and M s + D
<= z s.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy
from flint import arb, arb_mat

from verify.exact.precision import precision
from verify.integrate.enclosure import NotEnclosed
from verify.integrate.intervals import MORE, TINY, UNIT, Balls
from verify.integrate.jacobian import jacobian
from verify.integrate.logarithmic_norm import scaled
from verify.integrate.stiff.arc import Arc
from verify.integrate.stiff.chebyshev import TABLES, restriction
from verify.integrate.trace import Program

PARTS, MOST = 16, 8  # of a step; states, beyond which it is not tried
BITS, ROUNDS = 256, 8
Vector = Sequence[Any]


def comparisons(program: Program, arc: Arc, radius: float) -> list[Any]:
    """M dt for each part, where no state is farther than ``radius`` from its polynomial; in balls
    of doubles. Raises NotEnclosed.
    """
    dt = float(arc.h / PARTS) * MORE
    found = jacobian(program, _states(arc, radius), _clock(arc))
    n, size = numpy.arange(len(arc.rows)), abs(found.mid)
    size[:, n, n] = found.mid[:, n, n]
    top = (size + found.rad) * dt
    top += abs(top) * 2.0**-40 + TINY
    if not numpy.isfinite(top).all():
        raise NotEnclosed("the Jacobian is not bounded on the tube around the solution")
    return [arb_mat(m) for m in top.tolist()]


def _states(arc: Arc, radius: float) -> Balls:
    """Shape (states, parts): the polynomials over each part, widened by the radius."""
    rows = numpy.array([[scaled(x, arc.bits) for x in c] for c in arc.rows])
    length = rows.shape[1]
    parts = numpy.einsum("jk,pkl->jpl", rows, _restrictions(length))
    rounding = abs(rows).sum(axis=1)[:, None] * (8 * length**2 * UNIT)
    far = abs(parts[:, :, 1:]).sum(axis=2) * (1 + length * UNIT)
    return Balls(parts[:, :, 0], (far + rounding + radius) * MORE + TINY)


def _clock(arc: Arc) -> Balls:
    half = float(arc.h) / PARTS / 2 * MORE
    mid = float(arc.begin) + (2 * numpy.arange(PARTS) + 1) * half
    return Balls(mid, numpy.full(PARTS, half * (1 + 1e-9)) + abs(mid) * 8 * UNIT + TINY)


@lru_cache(TABLES)
def _restrictions(length: int) -> Any:
    """The matrices of ``restriction`` for all parts, to half a unit of doubles: entries up to 1."""
    bits = 64 + 2 * length
    found = [restriction(length, k, PARTS, bits).tolist() for k in range(PARTS)]
    return numpy.array([[[float(x) for x in row] for row in m] for m in found])


def carried_each(before: Vector, pushed: Vector, matrices: Sequence[Any]) -> tuple[Vector, Vector]:
    """The largest distance of each state on the step and the last one; ``pushed`` are D dt. Raises
    NotEnclosed.
    """
    within = radii = list(before)
    with precision(BITS):
        for m in matrices:
            inside = _inside(radii, pushed, m)
            end = _end(radii, pushed, m)
            radii = [x.min(y) for x, y in zip(end, inside, strict=True)]
            within = [x.max(y) for x, y in zip(within, inside, strict=True)]
            if not all(x < arb(2) ** (1 << 12) for x in within):
                raise NotEnclosed("distances grow without bound on the step")
    return within, radii


def _end(radii: Vector, pushed: Vector, m: Any) -> Vector:
    """After a part: the first entries of exp [[M dt, D dt], [0, 0]] times (r, 1), all in units of
    the largest.
    """
    unit, n = largest([*radii, *pushed]), range(len(radii))
    if unit == 0:
        return radii
    rows = [[m[i, k] for k in n] + [pushed[i] / unit] for i in n]
    whole = arb_mat([*rows, [arb(0)] * (len(rows) + 1)]).exp()
    found = whole * arb_mat([[r / unit] for r in radii] + [[1]])
    return [(found[i, 0] * unit).upper() for i in n]


def _inside(radii: Vector, pushed: Vector, m: Any) -> Vector:
    """On a part: s e^(z+), s raised where what flows in is more than what contracts."""
    n, least = range(len(radii)), largest([*radii, *pushed]) * arb(2) ** -BITS
    s = [r.max(p).max(least).upper() for r, p in zip(radii, pushed, strict=True)]
    if least == 0:
        return radii
    flows = lambda i: sum((m[i, k] * s[k] for k in n if k != i), pushed[i])
    for _ in range(ROUNDS):
        s = [s[i].max(flows(i) * 9 / (-8 * m[i, i]).max(arb(8))).upper() for i in n]
    z = largest([m[i, i] + flows(i) / s[i] for i in n]).max(arb(0))
    return [(x * z.exp()).upper() for x in s]


def largest(values: Vector) -> Any:
    """Rounded up."""
    most = values[0]
    for x in values[1:]:
        most = most.max(x)
    return most.upper()


def length(values: Vector) -> Any:
    """Euclidean, rounded up."""
    return sum((x * x for x in values), arb(0)).sqrt().upper()
