"""What a quantity does along the links of a stiff enclosure: a Chebyshev series on each holds its
values all over the tube.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, arb_poly

from verify.exact.precision import precision
from verify.integrate.enclosure import Enclosure, Link
from verify.integrate.evaluate import ends
from verify.integrate.quantity import Part, fraction
from verify.integrate.stiff.chebyshev import halved, powers
from verify.integrate.stiff.on_link import bits_for, held
from verify.integrate.system import Quantity, System
from verify.integrate.trace import measured


@dataclass(frozen=True)
class StiffCourse:
    """The quantity on one link: within ``error`` of ``polynomial``, in powers of sigma."""

    link: Link
    polynomial: Any
    error: Any

    def at(self, time: Fraction) -> tuple[Fraction, Fraction]:
        """Centre and radius at a time of the link."""
        found = self.over(time, time)
        return (found.least + found.most) / 2, (found.most - found.least) / 2

    def over(self, begin: Fraction, end: Fraction) -> Part:
        """Rigorous bounds on a part of the link, from the powers about its middle."""
        link, length = self.link, self.link.end - self.link.begin
        middle = fraction((begin + end - 2 * link.begin) / length - 1)
        with precision(2 * bits_for(link)):
            turn = arb_poly([arb(middle), arb(fraction((end - begin) / length))])
            c = self.polynomial(turn).coeffs() or [arb(0)]
            far = sum((abs(x) for x in c[1:]), arb(0)).upper() + self.error
            (low, _), (_, high) = ends(c[0] - far), ends(c[0] + far)
            blurred = ends(2 * self.error)[1] >= high - low
        return Part(low, high, blurred)


def courses(system: System, quantity: Quantity, enclosure: Enclosure) -> list[StiffCourse]:
    """One for each link. Raises NotEnclosed where the quantity is not bounded on a link."""
    program = measured(system, [quantity])
    return [_course(program, link) for link in enclosure.links]


def _course(program: Any, link: Link) -> StiffCourse:
    with precision(bits_for(link)):
        exact, error = halved(held(program, link))
    with precision(2 * bits_for(link)):
        return StiffCourse(link, powers(exact), error)
