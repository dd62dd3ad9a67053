"""The polynomials that a step supplies for the nodes of a program, on 0 <= tau <= theta <= 1: how
large they are there, and how far from 0, with exact integer arithmetic in units of 2^-bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from verify.exact.rings import ball
from verify.integrate.base import Piece
from verify.integrate.enclosure import NotEnclosed

FINE = 64


class Guesses:
    """``size`` bounds each node's polynomial on the piece. Raises NotEnclosed for a piece without
    terms or for no time. Imports python-flint.
    """

    def __init__(self, piece: Piece) -> None:
        from flint import fmpz_poly

        if not 0 < piece.end - piece.begin <= piece.h or not all(map(len, piece.nodes)):
            raise NotEnclosed(
                "a polynomial without terms, or for no time, or for longer than its own step"
            )
        self.piece, self.one = piece, 1 << piece.bits
        self.theta = up((piece.end - piece.begin) / piece.h * FINE, 1)  # in 1/FINE, rounded up
        self.poly = [fmpz_poly([int(x) for x in c]) for c in piece.nodes]
        self.size = [self.norm(c) for c in piece.nodes]

    def norm(self, c: Sequence) -> int:
        """sum |c_k| theta^k, rounded up."""
        if self.theta == FINE:
            return int(sum(map(abs, c)))
        from flint import fmpq, fmpq_poly

        value = fmpq_poly([abs(int(x)) for x in c])(fmpq(self.theta, FINE))
        return int(value.ceil())

    def least(self, i: int) -> int:
        """A lower bound of |p_i|; 0 or less where it may vanish."""
        return least_size(self.poly[i], self.theta, FINE)

    def first(self, i: int) -> Any:
        """Its value at tau = 0 as a ball."""
        return ball(int(self.piece.nodes[i][0])) / self.one


def up(x: Any, by: int) -> int:
    """x / by, rounded up."""
    return -(-x // by)


def least_size(p: Any, top: int, below: int, halvings: int = 8) -> int:
    """A lower bound of |p| on [0, top/below], 0 or less where p may vanish: intervals are halved
    while the terms say too little.
    """
    from flint import fmpz_poly

    m = max(0, p.degree())
    stretched = fmpz_poly([x * top**k * below ** (m - k) for k, x in enumerate(p.coeffs())])
    return _least_on_unit(stretched, halvings) // below**m


def _least_on_unit(p: Any, halvings: int) -> int:
    from flint import fmpz_poly

    first, *rest = [abs(int(x)) for x in p.coeffs()] or [0]
    low = first - sum(rest)
    if 2 * low >= first or not halvings:
        return low
    m = p.degree()
    left = fmpz_poly([x << (m - k) for k, x in enumerate(p.coeffs())])  # 2^m p(tau / 2)
    low = _least_on_unit(left, halvings - 1)
    return (
        low if low <= 0 else min(low, _least_on_unit(left(fmpz_poly([1, 1])), halvings - 1))
    ) >> m
