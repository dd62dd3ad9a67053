"""Integrals of a quantity along an enclosed flow, with a radius of their own.

On a link the quantity is a Chebyshev series that holds its values all over the tube; with m its
exact part and E how far the rest is, the integral over the link is that of m, and at most E times
the length of the link away from it. Nothing that grows is involved: the radius is the sum of what
the links add, whatever the distance of the states does on the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb

from verify.exact.precision import precision
from verify.integrate.enclosure import Enclosure, Link, NotEnclosed, Unenclosed
from verify.integrate.stiff.chebyshev import Series, halved
from verify.integrate.stiff.field import number
from verify.integrate.stiff.on_link import bits_for, held, program_of
from verify.integrate.trace import Program


@dataclass(frozen=True, slots=True)
class Quadrature:
    """The integral from 0 to ``times[k]`` lies within ``radii[k]`` of ``values[k]``; the times are
    the ends of the links.
    """

    times: tuple[Fraction, ...]
    values: tuple[Fraction, ...]
    radii: tuple[Fraction, ...]


def integral(enclosure: Enclosure, quantity: str) -> Quadrature:
    """Of a named quantity of the system over its clock. Raises BadInput for a name that the system
    does not have, Unenclosed where the quantity is not bounded on a link.
    """
    program = program_of(enclosure.system, quantity)
    times, values, radii = [Fraction(0)], [Fraction(0)], [Fraction(0)]
    for link in enclosure.links:
        try:
            value, radius = _over(program, link)
        except NotEnclosed as error:
            raise Unenclosed(link.begin, f"{quantity}: {error}") from None
        times.append(link.end)
        values.append(values[-1] + value)
        radii.append(radii[-1] + radius)
    return Quadrature(tuple(times), tuple(values), tuple(radii))


def _over(program: Program, link: Link) -> tuple[Fraction, Fraction]:
    """The integral over one link, and its radius."""
    with precision(bits_for(link)):
        exact, error = halved(held(program, link))
        total = number(link.end - link.begin) * (_mean(exact) + arb(0, error))
        if not total.is_finite():
            raise NotEnclosed("the quantity is not bounded")
        return _exact(total.mid()), _exact(total.rad())


def _mean(c: Series) -> Any:
    """Half the integral of a polynomial over [-1, 1]: T_k has 1/(1 - k^2) for even k, else 0."""
    return sum((x / (1 - 4 * k * k) for k, x in enumerate(c.coeffs()[::2])), arb(0))


def _exact(x: Any) -> Fraction:
    top, exponent = (int(k) for k in x.man_exp())
    return Fraction(top) * Fraction(2) ** exponent
