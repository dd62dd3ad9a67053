"""When a quantity first crosses a value along an enclosed flow: an event, enclosed in time.

On a link the quantity less the value is a Chebyshev series that holds all over the tube. A part of
the link on which the series keeps its sign is decided; parts are halved until they are, are too
short, or change by less than the radius tells. The first crossing lies between the last time up to
which all is decided and the first time at which the quantity is on the other side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, arb_mat, arb_poly, ctx

from verify.exact.precision import precision
from verify.integrate.enclosure import Enclosure, Link, NotEnclosed, Unenclosed
from verify.integrate.stiff.chebyshev import Series, halved, restriction, spread
from verify.integrate.stiff.field import number
from verify.integrate.stiff.on_link import bits_for, held, program_of
from verify.integrate.trace import Program

HALVINGS = 48  # of a link


@dataclass(frozen=True, slots=True)
class Crossing:
    """For 0 <= clock < ``after`` the quantity is strictly on the side of its start, at ``until``
    strictly on the other.
    """

    after: Fraction
    until: Fraction


def crossing(enclosure: Enclosure, quantity: str, value: Fraction) -> Crossing | None:
    """The first crossing of a named quantity; None where it is shown that there is none up to the
    horizon. Raises Unenclosed where that is not decided (the quantity begins at the value, or
    touches it, or comes nearer than the radius tells), with the time; BadInput for a name that the
    system does not have.
    """
    program = program_of(enclosure.system, quantity)
    start, after = 0, None
    for link in enclosure.links:
        with precision(bits_for(link)):
            for low, sign in _signs(program, link, value, quantity):
                start = start or sign
                if not start:
                    raise Unenclosed(low, f"{quantity} begins at {value}, or is not told from it")
                if not sign and after is None:
                    after = low
                if sign == -start:
                    return Crossing(low if after is None else after, low)
    if after is not None:
        raise Unenclosed(after, f"{quantity} comes to {value} and is not told from it")
    return None


def _signs(
    program: Program, link: Link, value: Fraction, quantity: str
) -> Iterator[tuple[Fraction, int]]:
    """Where parts begin, in their order, and the sign of the quantity less the value on each; 0
    where a part is too short to be halved again, or halves would tell no more.
    """
    try:
        whole = held(program, link) - arb_poly([number(value)])
    except NotEnclosed as error:
        raise Unenclosed(link.begin, f"{quantity}: {error}") from None
    parts = [(link.begin, link.end - link.begin, whole)]
    shortest = (link.end - link.begin) / (1 << HALVINGS)
    while parts:
        low, length, part = parts.pop()
        sign = _sign(part)
        if sign or length <= shortest or _blurred(part):
            yield low, sign
            continue
        half = length / 2
        parts += [(low + half * k, half, _half(part, k)) for k in (1, 0)]


def _sign(a: Series) -> int:
    c = (a.coeffs() or [arb(0)])[0]
    far = spread(a)
    return 1 if c - far > 0 else -1 if c + far < 0 else 0


def _blurred(a: Series) -> bool:
    """It changes far less than it is known: where it is near the value for long, a half is as
    undecided as the whole.
    """
    exact, error = halved(a)
    return not 4 * spread(exact) > error


def _half(a: Series, k: int) -> Series:
    c = a.coeffs()
    return arb_poly((arb_mat([c]) * restriction(len(c), k, 2, ctx.prec)).entries())
