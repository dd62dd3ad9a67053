"""The limit at infinity of a sequence that is read at equal distances, with an uncertainty.

Two kinds of approach are tried, and neither is believed alone: a + b e^(-p l) with p unknown
(Aitken's process), and polynomials in variables that tend to 0, such as 1/l (Neville's scheme).
What is given is the extrapolant of the smallest uncertainty of its own, with an uncertainty that
reaches the far ends of all the others. So a slow correction, 1/log t for a power law, widens the
result, and so does noise under which such a correction could hide.

References: C. Brezinski, M. Redivo Zaglia, Extrapolation Methods: Theory and Practice,
North-Holland 1991, chapters 1 and 2.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf, isfinite

FEWEST = 5  # readings: two values of Aitken's process and one level more of Neville's scheme
_LEVELS = 4
_EPS = 2.0**-50  # readings are doubles


@dataclass(frozen=True, slots=True)
class Reading:
    """``value`` at ``place``, wrong by at most about ``noise``."""

    place: float
    value: float
    noise: float


@dataclass(frozen=True, slots=True)
class Extrapolant:
    """An estimated limit, and how far off it may be: measured, never proved."""

    value: float
    uncertainty: float


def extrapolated(readings: Sequence[Reading], variables: Sequence[Sequence[float]]) -> Extrapolant:
    """The limit of at least FEWEST readings at equally spaced places; each of ``variables`` falls
    to 0 along them.

    The uncertainty is infinite where successive differences grow: then nothing is known about a
    limit.
    """
    clean = [Reading(r.place, r.value, r.noise + _EPS * abs(r.value)) for r in readings]
    found = [geometric(clean), *(polynomial(clean, x) for x in variables)]
    best = min(found, key=lambda e: e.uncertainty)
    return Extrapolant(best.value, max(abs(e.value - best.value) + e.uncertainty for e in found))


def geometric(readings: Sequence[Reading]) -> Extrapolant:
    """Aitken's process at the end, on every k-th reading: the first k at which differences fall by
    more than their noise.
    """
    ends = (readings[::-k][::-1] for k in range(1, (len(readings) - 1) // 3 + 1))
    found = Extrapolant(readings[-1].value, inf)
    return next((e for e in map(aitken, ends) if isfinite(e.uncertainty)), found)


def aitken(readings: Sequence[Reading]) -> Extrapolant:
    """Aitken's process on the last three of at least four readings; its error from its last two
    values.

    Times 2/(1 - r), r the ratio of differences, the difference of those is the error for a + b/l as
    well, where the process takes away only half of b/l and r tends to 1. It is taken times 3/(1 -
    r), for mixtures.
    """
    (r0, r1, r2), before = readings[-3:], readings[-4:-1]
    d1, d2 = r1.value - r0.value, r2.value - r1.value
    if abs(d2) <= r1.noise + r2.noise:  # settled, as far as can be seen
        return Extrapolant(r2.value, abs(d2) + r1.noise + r2.noise)
    if abs(d2) + r1.noise + r2.noise >= abs(d1) - r0.noise - r1.noise:
        return Extrapolant(r2.value, inf)
    ratio = d2 / d1
    value = r2.value + d2 * ratio / (1 - ratio)
    noise = (r2.noise + 2 * abs(ratio) * r1.noise + ratio**2 * r0.noise) / (1 - ratio) ** 2
    return Extrapolant(value, 3 * abs(value - _aitken(before)) / (1 - ratio) + noise)


def _aitken(readings: Sequence[Reading]) -> float:
    a, b, c = (r.value for r in readings)
    bend = (c - b) - (b - a)
    return c - (c - b) ** 2 / bend if bend else c


def polynomial(readings: Sequence[Reading], x: Sequence[float]) -> Extrapolant:
    """Neville's scheme at x = 0: the level at which neighbouring entries and the noise taken along
    differ least.
    """
    rows = [[(r.value, r.noise)] for r in readings]
    for level in range(1, min(_LEVELS, len(rows) - 1) + 1):
        for i in range(len(rows) - 1, level - 1, -1):
            rows[i].append(_step(rows[i][-1], rows[i - 1][level - 1], x[i], x[i - level]))
    return min(_levels(rows[-1], rows[-2]), key=lambda e: e.uncertainty)


def _step(
    here: tuple[float, float], before: tuple[float, float], x: float, y: float
) -> tuple[float, float]:
    """The line through (x, here) and (y, before) at 0; the noises add up."""
    a, b = y / (y - x), x / (y - x)
    return a * here[0] - b * before[0], abs(a) * here[1] + abs(b) * before[1]


def _levels(
    last: Sequence[tuple[float, float]], previous: Sequence[tuple[float, float]]
) -> Iterator[Extrapolant]:
    for k in range(1, min(len(last), len(previous))):
        moved = abs(last[k][0] - last[k - 1][0]) + abs(last[k][0] - previous[k][0])
        yield Extrapolant(last[k][0], moved + last[k][1])
