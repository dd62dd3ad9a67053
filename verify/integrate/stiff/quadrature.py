"""Integrals of a quantity along an enclosed flow, with a radius of their own.

On a link the quantity is a Chebyshev series that holds its values all over the tube; with m its
exact part and E how far the rest is, the integral over the link is that of m, and at most E times
the length of the link away from it. Nothing that grows is involved: the radius is the sum of what
the links add, whatever the distance of the states does on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, arb_poly

from verify.exact.errors import BadInput
from verify.exact.precision import precision
from verify.integrate.defect import NotEnclosed
from verify.integrate.enclosure import Enclosure, Link, Unenclosed
from verify.integrate.stiff.chebyshev import Series, halved, product
from verify.integrate.stiff.field import number
from verify.integrate.stiff.hessian import tube
from verify.integrate.stiff.model import clock_of, over
from verify.integrate.trace import Program, measured


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
    system = enclosure.system
    if quantity not in system.quantities:
        named = ", ".join(system.quantities) or "none"
        raise BadInput(f"quantity is {quantity!r}, {system.title} has {named}: choose one of them")
    program = measured(system, [system.quantities[quantity]])
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
    with precision(link.bits + 2 * max(map(len, link.states)) + 64):
        within = arb(link.within) * arb(2) ** -link.bits
        part = number((link.end - link.begin) / link.h)
        states = [tube(_series(c, link.bits, part).coeffs(), within) for c in link.states]
        clock = clock_of(number(link.begin), number(link.end - link.begin))
        node, factor = program.values[0]
        exact, error = halved(over(program, states, clock)[node] * number(factor))
        total = number(link.end - link.begin) * (_mean(exact) + arb(0, error))
        if not total.is_finite():
            raise NotEnclosed("the quantity is not bounded")
        return _exact(total.mid()), _exact(total.rad())


def _series(c: Sequence[int], bits: int, part: Any) -> Series:
    """sum c_k tau^k 2^-bits for tau = part (sigma + 1)/2, by Horner's rule."""
    tau, unit, total = arb_poly([part / 2, part / 2]), arb(2) ** -bits, arb_poly([0])
    for x in reversed(c):
        total = product(total, tau) + arb_poly([unit * x])
    return total


def _mean(c: Series) -> Any:
    """Half the integral of a polynomial over [-1, 1]: T_k has 1/(1 - k^2) for even k, else 0."""
    return sum((x / (1 - 4 * k * k) for k, x in enumerate(c.coeffs()[::2])), arb(0))


def _exact(x: Any) -> Fraction:
    top, exponent = (int(k) for k in x.man_exp())
    return Fraction(top) * Fraction(2) ** exponent
