"""Times of escape from a small start, w' = D c w^(D-1), c = 1, from alpha to w1: at depth D and at
depth D + 1.

Reference: derived for arXiv:2002.09277v3. From depth 2 on the time at depth D + 1 is the longer one
where w1 is small against 1: alpha^(2-D) counts, and D(D-2) does not catch up.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from verify.exact.errors import BadInput
from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

TIME = Quantity("T_D", "the closed form", "T_D")
DEEPER = Quantity("T_(D+1)", "the closed form at the next depth", "T_{D+1}")


def draw(size: tuple, source: Random) -> Instance:
    """alpha from 1/1000 to 1/10, w1 from 3 alpha to 1/2. Raises BadInput unless D >= 2 is whole."""
    if len(size) != 1 or type(size[0]) is not int or size[0] < 2:
        raise BadInput(f"escape: (D) = {size}; expected a whole number D >= 2")
    alpha = Fraction(1, source.randint(10, 1000))
    end = alpha + (Fraction(1, 2) - alpha) * Fraction(source.randint(2, 8), 8)
    values: dict[Quantity, Callable[..., Any]] = {
        TIME: lambda: time(size[0], alpha, end),
        DEEPER: lambda: time(size[0] + 1, alpha, end),
    }
    return Instance(f"D = {size[0]}, alpha = {alpha}, w1 = {end}", values)


def time(depth: int, alpha: Fraction, end: Fraction) -> Any:
    if depth == 2:
        return ball(end / alpha).log() / 2
    return ball((alpha ** (2 - depth) - end ** (2 - depth)) / (depth * (depth - 2)))


ESCAPE = Family(
    "escape",
    "times from w = alpha to w = w1 for w' = D w^(D-1) (c = 1), alpha from 1/1000 to 1/10, w1 up to"
    " 1/2",
    r"times from \(w = \alpha\) to \(w = w_1\) for \(\dot w = D w^{D-1}\) (\(c = 1\)), \(\alpha\)"
    r" from \(1/1000\) to \(1/10\), \(w_1\) up to \(1/2\)",
    ("D",),
    (TIME, DEEPER),
    draw,
)
