"""How far a Taylor polynomial is from solving its own equation, bounded with exact integer
arithmetic.

A step supplies a polynomial for every node of the program, in units of 2^-bits, on 0 <= tau <=
theta <= 1. Each is taken as a guess and checked against the definition of its node; what is left
over is a polynomial again, and the sum of the sizes of its terms bounds it on the interval. So
nothing of how the guesses were found needs to be believed. With ||a|| = sum_k |a_k| theta^k, all in
units,

    sum      ||c - sum a_i x_i - const||                                + sum |a_i| E_i
    product  ||c - x y||                                                + ||x|| E_y + ||y|| E_x +
    E_x E_y
    1/x      ||c|| eps/(1 - eps),    eps = ||1 - x c|| + E_x ||c||
    x^e      |c - x^e| <= sup x^e (|c_0 x_0^-e - 1| + int |x c' - e x' c| |x|^(-e-1)),   since (c
    x^-e)' = x^(-e-1) (x c' - e x' c)
    exp x    |c - exp x| <= sup e^x (|c_0 e^-x_0 - 1| + int |c' - x' c| e^-x)
    log x    |c_0 - log x_0| + int |x c' - x'| / |x|

where E_x bounds how far the guess for x is from the x that belongs to the polynomials of the
states.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, lcm
from typing import Any

from verify.exact.precision import precision
from verify.exact.rings import ball
from verify.integrate.base import Piece
from verify.integrate.enclosure import NotEnclosed
from verify.integrate.guesses import Guesses, up
from verify.integrate.trace import Program

MOST_BITS = 1 << 16  # of a bound, before the point


@dataclass(frozen=True, slots=True)
class Defect:
    """``slope`` bounds |p' - h f(p)| (Euclidean, d/dtau) on the piece, in units; ``sizes`` and
    ``errors`` belong to the nodes.
    """

    slope: int
    sizes: list[int]
    errors: list[int]


class _Checker:
    def __init__(self, program: Program, piece: Piece, astray: int = 0) -> None:
        self.astray, self.program, self.piece, self.bits = astray, program, piece, piece.bits
        self.of = Guesses(piece)
        self.one, self.poly, self.size = self.of.one, self.of.poly, self.of.size
        self.error: list[int] = []

    def run(self) -> Defect:
        for i, node in enumerate(self.program.nodes):
            self.error.append(self._error(i, node))
        if not self.program.slopes:
            return Defect(0, self.size, self.error)
        total = sum(self._slope(j) ** 2 for j in range(self.program.states))
        return Defect(isqrt(total) + 1, self.size, self.error)

    def _slope(self, j: int) -> int:
        """|p_j' - h factor node|."""
        d, factor = self.program.slopes[j]
        top, bottom = (factor * self.piece.h).as_integer_ratio()
        left = self.poly[j].derivative() * bottom - self.poly[d] * top
        return up(self.of.norm(left.coeffs()) + abs(top) * self.error[d], bottom)

    def _error(self, i: int, node: tuple) -> int:
        match node[0]:
            case "state":
                return self.astray
            case "clock":
                return self._clock(i)
            case "lin":
                return self._sum(i, (), node[1], node[2])
            case "dot":
                return self._sum(i, node[1], node[2], node[3])
            case "mul":
                return self._sum(i, ((node[1], node[2], 1),), (), 0)
            case "power":
                return (
                    self._reciprocal(i, node[1])
                    if node[2] == -1
                    else self._power(i, node[1], node[2])
                )
            case "exp":
                return self._exp(i, node[1])
            case "log":
                return self._log(i, node[1])
        raise NotEnclosed(f"no bound for a node {node[0]!r}")

    def _sum(self, i: int, products: Sequence, terms: Sequence, constant: Any) -> int:
        """c - sum a x y - sum a x - constant, over the common denominator, in units of 2^-2bits."""
        below = lcm(
            Fraction(constant).denominator,
            *(Fraction(t[-1]).denominator for t in (*products, *terms)),
        )
        shift = self.bits if products else 0
        rest = self.poly[i] * (below << shift)
        passed = 0
        for x, y, a in products:
            a = int(a * below)
            rest -= self.poly[x] * self.poly[y] * a
            passed += abs(a) * (
                self.size[x] * self.error[y]
                + self.size[y] * self.error[x]
                + self.error[x] * self.error[y]
            )
        for x, a in terms:
            a = int(a * below)
            rest -= self.poly[x] * (a << shift)
            passed += abs(a) * self.error[x] << shift
        left = self.of.norm((rest - int(constant * below) * (self.one << shift)).coeffs())
        return up(left + passed, below << shift)

    def _clock(self, i: int) -> int:
        """c - begin - h tau."""
        below = lcm(self.piece.begin.denominator, self.piece.h.denominator)
        rest = [int(x) * below for x in self.piece.nodes[i]] + [0, 0]
        for k, x in enumerate((self.piece.begin, self.piece.h)):
            rest[k] -= int(x * below) << self.bits
        return up(self.of.norm(rest), below)

    def _reciprocal(self, i: int, x: int) -> int:
        left = self.of.norm((self.poly[i] * self.poly[x] - (self.one << self.bits)).coeffs())
        eps = up(left + self.error[x] * self.size[i], self.one)
        if 2 * eps >= self.one:
            raise NotEnclosed("1/x is not separated from a pole on the step")
        return up(self.size[i] * eps, self.one - eps)

    def _power(self, i: int, x: int, e: Fraction) -> int:
        """Powers that are not -1: only of a base that stays positive on the step (or whole e and a
        base of one sign).
        """
        low = self._least(x)
        a, b = e.numerator, e.denominator
        left = self.of.norm(
            (
                self.poly[x] * self.poly[i].derivative() * b
                - self.poly[x].derivative() * self.poly[i] * a
            ).coeffs()
        )
        high = self.size[x]
        start = _relative(
            self.of.first(i) * abs(self.of.first(x)) ** (-ball(e))
            if b > 1
            else self.of.first(i) * self.of.first(x) ** (-a)
        )
        units = ball(1) / self.one
        low_, high_ = ball(low) * units, ball(high) * units
        inner = max(low_ ** (-ball(e) - 1), high_ ** (-ball(e) - 1), key=_upper)
        outer = max(low_ ** ball(e), high_ ** ball(e), key=_upper)
        own = outer * (start + ball(left) / b * units * units * inner)
        farthest = (
            ball(high + self.error[x]) * units
        )  # where the x that belongs to the states may be
        through = (
            abs(ball(e))
            * max(low_ ** (ball(e) - 1), farthest ** (ball(e) - 1), key=_upper)
            * ball(self.error[x])
            * units
        )
        return _units(own + through, self.one)

    def _exp(self, i: int, x: int) -> int:
        units = ball(1) / self.one
        left = self.of.norm(
            (
                self.poly[i].derivative() * self.one - self.poly[x].derivative() * self.poly[i]
            ).coeffs()
        )
        turn = (
            ball(self.of.norm([0, *self.piece.nodes[x][1:]])) * units
        ).exp()  # how far e^x moves from e^x_0
        first = self.of.first(x).exp()
        own = turn * (abs(self.of.first(i) - first) + ball(left) * units * units * turn)
        wide = ball(self.error[x]) * units
        if not wide < 1:
            raise NotEnclosed("exp of a number that is known to less than 1")
        return _units(own + first * turn * wide * 2, self.one)

    def _log(self, i: int, x: int) -> int:
        low, units = ball(self._least(x)) / self.one, ball(1) / self.one
        left = self.of.norm(
            (
                self.poly[x] * self.poly[i].derivative() - self.poly[x].derivative() * self.one
            ).coeffs()
        )
        own = abs(self.of.first(i) - self.of.first(x).log()) + ball(left) * units * units / low
        return _units(own + ball(self.error[x]) * units / low, self.one)

    def _least(self, x: int) -> int:
        """A lower bound of |x| on the step, errors included, in units; the sign does not change."""
        c = self.piece.nodes[x]
        low = self.of.least(x) - self.error[x]
        if low <= 0:
            raise NotEnclosed("a base or an argument is not separated from 0 on the step")
        if c[0] < 0 and any(
            n[0] == "log" or (n[0] == "power" and n[2].denominator > 1)
            for n in self.program.nodes
            if n[1:2] == (x,)
        ):
            raise NotEnclosed("a root or logarithm of a negative number")
        return low


def defect(program: Program, piece: Piece, astray: int = 0) -> Defect:
    """Bounds on a piece, which covers 0 <= tau <= 1 or less. ``astray``: how far the true states
    may be from the polynomials, in units.

    Raises NotEnclosed where a reciprocal, root or logarithm is not separated from its singularity.
    Imports python-flint and works at the piece's bits and 64 more where balls are used.
    """
    with precision(piece.bits + 64):
        return _Checker(program, piece, astray).run()


def _upper(x: Any) -> Any:
    return x.upper()


def _relative(x: Any) -> Any:
    return abs(x - 1)


def _units(x: Any, one: int) -> int:
    """An upper bound of a ball, in whole units."""
    if not (x.is_finite() and x < ball(2) ** MOST_BITS):
        raise NotEnclosed("a bound is not finite, or beyond all use")
    return int((x * one).upper().ceil().unique_fmpz())
