"""|x|, max and min of series in time: derivatives only where they exist on both sides of the
moment.
"""

from __future__ import annotations

from fractions import Fraction

from verify.exact.jets import Jet
from verify.exact.rings import Ball, Inexact


class NotSmooth(Exception):
    """A derivative of something that has none there."""


def magnitude(x: Jet, what: str) -> Jet:
    """|x|. Raises NotSmooth where a derivative is asked for and the sign changes, Inexact where the
    sign is not known.
    """
    ring = x.ring
    if len(x.c) == 1 and isinstance(ring, Ball) and ring.sign(x.c[0]) is None:
        return Jet(ring, [abs(x.c[0])])
    for s, c in enumerate(x.c):
        sign = ring.sign(c)
        if sign is None:
            raise Inexact(f"the sign inside {what} is not known")
        if sign and s % 2:
            raise NotSmooth(f"{what} is not differentiable there: it changes its side")
        if sign:
            return -x if sign < 0 else x
    return x


def larger(x: Jet, y: Jet, what: str) -> Jet:
    """max(x, y) = (x + y + |x - y|) / 2."""
    half = Jet.constant(x.ring, Fraction(1, 2), min(len(x.c), len(y.c)))
    return (x + y + magnitude(x - y, what)) * half
