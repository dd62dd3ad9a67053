"""Limit points where the interpolator of least l1 norm is not alone: x = (1, 1, c), 0 < c < 1,
where every (t, y - t, 0) with t between 0 and y has the norm y. At each scale beta_1 = beta_2.

Reference: derived for arXiv:2002.09277v3, which asks for no uniqueness.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from proofs.samples.limits import FIRST, LEAST_NORM, NORM, limit
from verify.exact.errors import BadInput
from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

MIDDLE = Quantity("y/2, the middle of the face", "exact", r"y/2,\text{ the middle of the face}")
CORNER = Quantity("y, at a corner of the face", "exact", r"y,\text{ at a corner of the face}")
NEAR = Quantity(
    "beta_1 at kappa = 10^(-200)", "from the enclosed limit", r"\beta_1\ (\kappa = 10^{-200})"
)


def draw(size: tuple, source: Random) -> Instance:
    """c from 1/10 to 9/10, y from 1/3 to 5; kappa = N^(-6). Raises BadInput unless D >= 3."""
    if len(size) != 1 or type(size[0]) is not int or size[0] < 3:
        raise BadInput(f"faces: (D) = {size}; expected a whole number D >= 3")
    c, y = Fraction(source.randint(2, 18), 20), Fraction(source.randint(20, 300), 60)
    points = lambda kappa: limit([[1, 1, c]], [y], size[0], kappa)
    small = lambda n: points(Fraction(1, n**6))
    values: dict[Quantity, Callable[..., Any]] = {
        FIRST: lambda n: small(n)[0],
        MIDDLE: lambda n: y / 2,
        NORM: lambda n: sum((abs(b) for b in small(n)), ball(0)),
        LEAST_NORM: lambda n: y,
        NEAR: lambda: points(Fraction(1, 10**200))[0],
        CORNER: lambda: y,
    }
    return Instance(f"D = {size[0]}, x = (1, 1, {c}), y = {y}, kappa = N^(-6)", values)


FACES = Family(
    "faces",
    "limit points for x = (1, 1, c), y rational, as kappa = alpha^D falls",
    r"limit points for \(x = (1, 1, c)\), \(y\) rational, as \(\kappa = \alpha^{D}\) falls",
    ("D",),
    (FIRST, MIDDLE, NORM, LEAST_NORM, NEAR, CORNER),
    draw,
)
