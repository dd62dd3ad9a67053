"""What a quantity does along an enclosure: a polynomial on each link, and how far the true value
may be from it.

The quantity is a straight-line program of the state. Its series are found in power-series
arithmetic and then checked by ``defect``
with the states astray by the radius of the link: the bound holds for the true solution at every
time of the link.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.exact.precision import precision
from verify.exact.rings import ball
from verify.integrate.ball_series import at_node
from verify.integrate.base import Piece
from verify.integrate.defect import defect
from verify.integrate.enclosure import Enclosure, Link, NotEnclosed
from verify.integrate.evaluate import ends
from verify.integrate.gronwall import exact_value
from verify.integrate.trace import Program, measured

if TYPE_CHECKING:
    from verify.integrate.system import Quantity, System


@dataclass(frozen=True)
class Course:
    """The quantity on one link: within ``error`` of sum c_k tau^k, both in units of 2^-bits, tau
    from 0 to (end - begin)/h.
    """

    link: Link
    c: tuple[int, ...]
    error: Fraction

    def at(self, time: Fraction) -> tuple[Fraction, Fraction]:
        """Centre and radius at a time of the link."""
        return exact_value(self.c, self.link, time), self.error / (1 << self.link.bits)

    def over(self, begin: Fraction, end: Fraction) -> Part:
        """Rigorous bounds on a part of the link, from the Taylor coefficients about its middle:
        terms that cancel on the link as a whole do so there.
        """
        from flint import arb, arb_poly

        link = self.link
        with precision(link.bits + 64):
            middle, half = (
                arb(fraction(x / link.h))
                for x in ((begin + end) / 2 - link.begin, (end - begin) / 2)
            )
            c = arb_poly(list(self.c))(arb_poly([middle, 1])).coeffs() or [arb(0)]
            swing, power = arb(0), arb(1)
            for x in c[1:]:
                power = (power * half).upper()
                swing = (swing + abs(x) * power).upper()
            (low, _), (_, high) = ends(c[0] - swing), ends(c[0] + swing)
        unit = 1 << link.bits
        return Part(
            (low - self.error) / unit, (high + self.error) / unit, 2 * self.error >= high - low
        )


@dataclass(frozen=True, slots=True)
class Part:
    """The quantity lies in [least, most]; where the bounds are ``blurred`` by its error, a shorter
    part is bounded no better.
    """

    least: Fraction
    most: Fraction
    blurred: bool


def fraction(x: Fraction) -> Any:
    """The same number for python-flint."""
    from flint import fmpq

    return fmpq(x.numerator, x.denominator)


def courses(system: System, quantity: Quantity, enclosure: Enclosure) -> list[Course]:
    """One course for each link. Raises NotEnclosed where the quantity is not separated from a
    pole.
    """
    program = measured(system, [quantity])
    return [course(program, link) for link in enclosure.links]


def course(program: Program, link: Link) -> Course:
    """A quantity along one link of an enclosure: its series and bounds of what they leave out."""
    series = _series(program, link)
    piece = Piece(
        link.begin,
        link.end,
        link.h,
        link.bits,
        program.states,
        series,
        len(link.states[0]),
        Fraction(0),
        Fraction(0),
    )
    bounds = defect(program, piece, link.within)
    node, factor = program.values[0]
    top, below = factor.numerator, factor.denominator
    c = tuple(x * top // below for x in series[node])
    return Course(link, c, abs(factor) * bounds.errors[node] + (len(c) if below > 1 else 0))


def _series(program: Program, link: Link) -> list[list[int]]:
    """A guess for the series of every node: python-flint's power series, cut to the length of the
    states'.
    """
    with precision(2 * link.bits + 64, len(link.states[0])):
        return _expanded(program, link)


def _expanded(program: Program, link: Link) -> list[list[int]]:
    from flint import arb, arb_series

    length, bits = len(link.states[0]), link.bits
    try:
        unit = arb(1) / (1 << bits)
        found: list[Any] = []
        for i, node in enumerate(program.nodes):
            match node[0]:
                case "state":
                    found.append(arb_series([arb(x) * unit for x in link.states[i]], prec=length))
                case "clock":
                    found.append(arb_series([ball(link.begin), ball(link.h)], prec=length))
                case _:
                    found.append(at_node(node, found, length))
        return [
            list(link.states[i]) if i < program.states else _units(x, length, bits)
            for i, x in enumerate(found)
        ]
    except (ZeroDivisionError, ValueError):  # the latter of a series that begins with 0
        raise NotEnclosed("a quantity divides by zero on the step") from None


def _units(x: Any, length: int, bits: int) -> list[int]:
    """Middles of the coefficients in units."""
    found = []
    for k in range(length):
        c = x[k]
        if not c.is_finite():
            raise NotEnclosed("a quantity is not defined on the step")
        found.append(int((c.mid() * (1 << bits)).floor().unique_fmpz()))
    return found
