"""A quantity on a link of an enclosure, as a Chebyshev series that holds its values all over the
tube around the polynomials.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import arb, arb_poly

from verify.exact.errors import BadInput
from verify.integrate.enclosure import Link
from verify.integrate.stiff.chebyshev import Series, product
from verify.integrate.stiff.field import number
from verify.integrate.stiff.hessian import tube
from verify.integrate.stiff.model import clock_of, over
from verify.integrate.system import System
from verify.integrate.trace import Program, measured


def program_of(system: System, quantity: str) -> Program:
    """Of a named quantity. Raises BadInput for a name that the system does not have."""
    if quantity not in system.quantities:
        named = ", ".join(system.quantities) or "none"
        raise BadInput(f"quantity is {quantity!r}, {system.title} has {named}: choose one of them")
    return measured(system, [system.quantities[quantity]])


def bits_for(link: Link) -> int:
    """A precision at which little is lost."""
    return link.bits + 2 * max(map(len, link.states)) + 64


def held(program: Program, link: Link) -> Series:
    """The values of a program with one output, at the precision that is set. Raises NotEnclosed."""
    within = arb(link.within) * arb(2) ** -link.bits
    part = (link.end - link.begin) / link.h
    if link.chebyshev and part == 1:
        unit = arb(2) ** -link.bits
        found = [[unit * x for x in c] for c in link.chebyshev]
    else:
        found = [_series(c, link.bits, number(part)).coeffs() for c in link.states]
    states = [tube(c, within) for c in found]
    clock = clock_of(number(link.begin), number(link.end - link.begin))
    node, factor = program.values[0]
    return over(program, states, clock)[node] * number(factor)


def _series(c: Sequence[int], bits: int, part: Any) -> Series:
    """sum c_k tau^k 2^-bits for tau = part (sigma + 1)/2, by Horner's rule."""
    tau, unit, total = arb_poly([part / 2, part / 2]), arb(2) ** -bits, arb_poly([0])
    for x in reversed(c):
        total = product(total, tau) + arb_poly([unit * x])
    return total
