"""Gronwall's bound along a step: |e|' <= mu |e| + D on each of equally long parts. The bound solves
an equation with constant coefficients on a part, so that it is monotone there: with z = mu dt it
goes from r to e^z r + D dt (e^z - 1)/z.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import arb

from verify.integrate.enclosure import NotEnclosed
from verify.integrate.stiff.field import number


def carried(before: Any, slope: Any, mu: Sequence[Fraction], h: Fraction) -> tuple[Any, Any]:
    """The largest distance on the step and the last one; ``slope`` is D h. Rounded up, at the
    precision that is set.
    """
    pushed, dt = slope / len(mu), number(h) / len(mu)
    radius = within = before
    for m in mu:
        z = number(m) * dt
        factor = z.exp()
        pushes = (factor - 1) / z if z > 1 or z < -1 else _pushes(z)
        radius = (radius * factor + pushed * pushes).upper()
        within = within.max(radius)
    if not (within.is_finite() and within < arb(2) ** (1 << 12)):
        raise NotEnclosed("distances grow without bound on the step")
    return within, radius


def _pushes(z: Any) -> Any:
    """(e^z - 1)/z for |z| <= 1 or so, by its series: from z^40/41! on its terms add up to
    less than the last one that is taken.
    """
    total, term = arb(1), arb(1)
    for k in range(2, 41):
        term = term * z / k
        total += term
    return total + arb(0, abs(term).upper())
