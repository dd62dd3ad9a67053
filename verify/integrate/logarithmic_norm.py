"""An upper bound of the logarithmic 2-norm of the field's Jacobian along a tube around a Taylor
polynomial.

Two solutions at distance r part at a rate of at most mu r, where mu is the largest eigenvalue of (J
+ J^T)/2 over the tube. For a Euclidean gradient flow J is minus a Hessian and symmetric already, so
  mu is what the dynamics itself does to distances, however
large the Jacobian is: the enclosure does not wrap. The piece is cut into parts; on each the states
are balls, the Jacobian is found by forward differentiation in balls, and the eigenvalue is bounded
by a factorisation that is multiplied out again exactly.

Reference: G. Soderlind, The logarithmic norm, BIT 46 (2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from verify.integrate.base import Piece
from verify.integrate.enclosure import NotEnclosed
from verify.integrate.intervals import MORE, TINY, UNIT, Balls
from verify.integrate.jacobian import jacobian
from verify.integrate.trace import Program

QUANTUM = 2.0**20
SPREAD = (
    0.05  # parts are halved until their width costs less than this, times the length of the step
)
MOST_PARTS = 256


def growth(program: Program, piece: Piece, radius: float, parts: int = 4) -> list[float]:
    """mu for each of equally long parts of [begin, end], valid within ``radius`` of the polynomial.
    Raises NotEnclosed.

    In units of one clock unit: a distance r grows by at most exp(mu dt).
    """
    span = float((piece.end - piece.begin) / piece.h) * MORE
    length = float(piece.end - piece.begin)
    while True:
        balls = jacobian(
            program,
            states_on_parts(program, piece, radius, span, parts),
            clock_on_parts(piece, span, parts),
        )
        mu, costs = largest_eigenvalues(balls)
        if _is_bounded(mu) and (max(costs) * length < SPREAD * parts or parts >= MOST_PARTS):
            return mu
        if parts >= MOST_PARTS:
            raise NotEnclosed("the Jacobian is not bounded on the tube around the solution")
        parts *= 2


def growths(
    program: Program, pieces: Sequence[Piece], radii: Sequence[float], parts: int = 4
) -> list[list[float] | None]:
    """What ``growth`` finds for each of several pieces, in about the time that one takes; None
    where it would try more parts.
    """
    import numpy

    spans = [float((piece.end - piece.begin) / piece.h) * MORE for piece in pieces]
    rows = [
        states_on_parts(program, piece, radius, span, parts)
        for piece, radius, span in zip(pieces, radii, spans, strict=True)
    ]
    clocks = [clock_on_parts(p, span, parts) for p, span in zip(pieces, spans, strict=True)]
    joined = lambda found: Balls(
        numpy.concatenate([b.mid for b in found], axis=-1),
        numpy.concatenate([b.rad for b in found], axis=-1),
    )
    mu, costs = largest_eigenvalues(jacobian(program, joined(rows), joined(clocks)))
    answers: list[list[float] | None] = []
    for k, piece in enumerate(pieces):
        own = slice(parts * k, parts * (k + 1))
        length = float(piece.end - piece.begin)
        small = max(costs[own]) * length < SPREAD * parts
        answers.append(mu[own] if _is_bounded(mu[own]) and small else None)
    return answers


def _is_bounded(mu: Sequence[float]) -> bool:
    return all(m == m and m < float("inf") for m in mu)


def states_on_parts(
    program: Program, piece: Piece, radius: float, span: float, parts: int
) -> Balls:
    """Shape (states, parts): the polynomials over each part, widened by the radius of the tube."""
    import numpy

    rows = piece.nodes[: program.states]
    length = max(map(len, rows))
    table = numpy.array(
        [[*map(lambda x: scaled(x, piece.bits), c), *[0.0] * (length - len(c))] for c in rows]
    )
    size = abs(table).sum(axis=1, keepdims=True)
    half = span / parts / 2
    centres = (2 * numpy.arange(parts) + 1) * half
    mid = table @ (centres[None, :] ** numpy.arange(length)[:, None])
    ends = numpy.minimum(1.0, (centres + half) * MORE)
    slope = (abs(table[:, 1:]) * numpy.arange(1, length)) @ (
        ends[None, :] ** numpy.arange(length - 1)[:, None]
    )
    rounding = size * (8 * length * UNIT)
    return Balls(mid, (slope * half * (1 + 1e-9) + rounding + radius) * MORE + TINY)


def scaled(x: int, bits: int) -> float:
    """x 2^-bits as a double, also where x is longer than doubles reach."""
    x = int(x)
    excess = x.bit_length() - 64
    return float(x >> excess) * 2.0 ** (excess - bits) if excess > 900 else x / (1 << bits)


def clock_on_parts(piece: Piece, span: float, parts: int) -> Balls:
    """The times of a piece as balls in floating point, one for each of ``parts`` equal parts of
    ``span`` times its length h, rounded outwards.
    """
    import numpy

    half = float(piece.h) * span / parts / 2 * MORE
    mid = float(piece.begin) + (2 * numpy.arange(parts) + 1) * half
    return Balls(mid, numpy.full(parts, half * (1 + 1e-9)) + abs(mid) * 8 * UNIT + TINY)


def largest_eigenvalues(j: Balls) -> tuple[list[float], list[float]]:
    """An upper bound of the largest eigenvalue of (J + J^T)/2 for each part, and how much of it
    comes from the radii.
    """
    import numpy

    mid = (j.mid + j.mid.transpose(0, 2, 1)) / 2
    rad = ((j.rad + j.rad.transpose(0, 2, 1)) / 2 + abs(mid) * UNIT) * MORE + TINY
    spread = (
        rad.sum(axis=2).max(axis=1) * (1 + len(mid[0]) * UNIT) * MORE
    )  # the norm of a symmetric matrix is at most its largest row sum
    known = numpy.isfinite(mid).all(axis=(1, 2)) & numpy.isfinite(spread)
    found = zip(mid, spread.tolist(), known, strict=True)
    return [_bound(numpy, a) + s if k else float("inf") for a, s, k in found], spread.tolist()


def _bound(numpy: Any, a: Any) -> float:
    """c with c I - A >= 0, A symmetric with exact entries: L L^T is multiplied out in integers and
    compared with c I - A.
    """
    scale = float(2.0 ** numpy.ceil(numpy.log2(max(abs(a).max(), 1e-290)) + 2))
    a = a / scale  # exact; entries at most 1/4
    n = len(a)
    guess = float(numpy.linalg.eigvalsh(a)[-1])
    for margin in (2.0**-16, 2.0**-10, 2.0**-5, 1.0, float(n)):
        c = guess + margin
        try:
            factor = numpy.linalg.cholesky(c * numpy.eye(n) - a)
        except numpy.linalg.LinAlgError:
            continue
        whole = numpy.rint(factor * QUANTUM)
        square = whole.astype(numpy.int64) @ whole.astype(numpy.int64).T
        rest = (c * numpy.eye(n) - a) - square.astype(float) / QUANTUM**2
        slack = float(numpy.sqrt((rest**2).sum())) * (1 + 1e-9) + n * (abs(c) + 1) * 8 * UNIT
        return (c + slack) * scale * MORE if c + slack > 0 else (c + slack) * scale / MORE
    raise NotEnclosed("no factorisation bounds the Jacobian")
