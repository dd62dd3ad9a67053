"""Two answers about one flow, held against each other at the times that both give.

Two enclosures must meet: the true solution lies in both. A trajectory that nobody enclosed must
pass through an enclosure, up to its own errors; one that does not is wrong, or estimates its errors
badly.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from math import exp, isqrt
from typing import Any

from verify.exact.errors import BadInput, EnginesDisagree
from verify.integrate.base import Trajectory

Row = tuple[Fraction, ...]


def agree(enclosure: Any, other: Any) -> int:
    """The number of times at which both were compared: ``Enclosure``s, ``BallRun``s, of one system.

    Raises EnginesDisagree with the first time at which they have no point in common, and BadInput
    where the systems are not the same, or no time is common to both.
    """
    if enclosure.system is not other.system and enclosure.system != other.system:
        raise BadInput(
            f"enclosures of {enclosure.system.title!r} and {other.system.title!r}: expected two of"
            " one system"
        )
    mine, theirs = _by_time(enclosure), _by_time(other)
    common = [time for time in mine if time in theirs]
    _some(common)
    for time in common:
        (a, near), (b, far) = mine[time], theirs[time]
        apart = squared_distance(a, b)
        if apart > (near + far) ** 2:
            raise EnginesDisagree(
                f"{enclosure.engine} and {other.engine} enclose {enclosure.system.title} in sets"
                f" without a common point at {float(time):.12g}: {float(apart) ** 0.5:.3g} apart,"
                f" radii {float(near):.3g} and {float(far):.3g}"
            )
    return len(common)


def outside(
    enclosure: Any, trajectory: Trajectory, allowance: int = 1000
) -> list[tuple[Fraction, Fraction, Fraction]]:
    """(time, distance, radius) for every common time at which the trajectory has left the
    enclosure; the distance is rounded up.

    Allowed is the radius plus ``allowance`` times the trajectory's own estimate of its errors,
    times the growth of distances that an ``Enclosure`` states: local errors are carried along.
    Raises BadInput where no time is common.
    """
    known = _by_time(enclosure)
    error = (trajectory.truncation + trajectory.rounding) * allowance
    ends, grown = growths(enclosure)
    found = []
    common = [
        (time, state)
        for time, state in zip(trajectory.times, trajectory.states, strict=True)
        if time in known
    ]
    _some([time for time, _ in common])
    for time, state in common:
        centre, radius = known[time]
        apart = squared_distance(centre, _in_order(enclosure.system.layout, state.exact()))
        allowed = radius + error * Fraction(grown[min(bisect_left(ends, time), len(grown) - 1)])
        if apart > allowed**2:
            found.append((time, _root_up(apart), radius))
    return found


def growths(enclosure: Any) -> tuple[list[Fraction], list[float]]:
    """The ends of the links, and how much an error made before may have grown there: the largest
    integral of mu up to then.
    """
    ends, found, total = [Fraction(0)], [0.0], 0.0
    for link in getattr(enclosure, "links", ()):
        for mu in link.mu:
            total = max(0.0, total + float(mu * (link.end - link.begin) / len(link.mu)))
        ends.append(link.end)
        found.append(total)
    return ends, [exp(min(x, 700.0)) for x in found]


def squared_distance(a: Sequence[Fraction], b: Sequence[Fraction]) -> Fraction:
    """|a - b|^2, exact, of two vectors of one length."""
    return sum(((x - y) ** 2 for x, y in zip(a, b, strict=True)), Fraction(0))


def _by_time(enclosure: Any) -> dict[Fraction, tuple[Row, Fraction]]:
    if hasattr(enclosure, "centres"):
        layout, rows = enclosure.system.layout, enclosure.centres
        shown = [tuple(x[j] for j in sorted(_places(layout))) for x in rows]
    else:
        shown = [_in_order(enclosure.system.layout, state.exact()) for state in enclosure.states]
    return dict(zip(enclosure.times, zip(shown, enclosure.radii, strict=True), strict=True))


def _places(layout: Any) -> dict[int, tuple[int, int, int]]:
    """Where each state is shown first, and with which sign: a state that is shown twice counts
    once.
    """
    places: dict[int, tuple[int, int, int]] = {}
    for r, row in enumerate(layout):
        for k, (j, sign) in enumerate(row):
            places.setdefault(j, (r, k, sign))
    return places


def _in_order(layout: Any, rows: Sequence[Row]) -> Row:
    return tuple(rows[r][k] * sign for _, (r, k, sign) in sorted(_places(layout).items()))


def _some(times: Sequence[Fraction]) -> None:
    if not any(times):
        raise BadInput(
            "the two runs have no time after 0 in common: follow both to one horizon with the same"
            " samples"
        )


def _root_up(x: Fraction) -> Fraction:
    """The square root, up to 64 bits beyond its own size."""
    shift = 64 + max(0, x.denominator.bit_length() - x.numerator.bit_length())
    return Fraction(isqrt((x.numerator << 2 * shift) // x.denominator) + 1, 1 << shift)
