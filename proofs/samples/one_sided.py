"""Gradient flow without a minus branch, beta = u^2 from u = alpha: log(beta/alpha^2) stays in the
row space of X, so for x = (1, 1/2) and a target y the limit is beta = alpha^2 (v^2, v) with alpha^2
(v^2 + v/2) = y, v > 0.

Reference: derived for arXiv:2002.09277v3.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

LARGE_1 = Quantity("beta_1, alpha = N", "the positive root v", r"\beta_1\ (\alpha = N)")
LARGE_2 = Quantity("beta_2, alpha = N", "the positive root v", r"\beta_2\ (\alpha = N)")
SMALL_1 = Quantity("beta_1, alpha = N^(-2)", "the root v", r"\beta_1\ (\alpha = N^{-2})")
FAR_1 = Quantity("beta_1, alpha^2 = 10^12", "the root v", r"\beta_1\ (\alpha^{2} = 10^{12})")
ZERO, TARGET = Quantity("0", "exact"), Quantity("y", "exact")
TWICE = Quantity("2 y", "exact", "2y")
LEAST_L2 = Quantity("4 y/5, the first entry of b2", "exact", r"\beta_{\ell_2, 1} = 4y/5")


def draw(size: tuple, source: Random) -> Instance:
    """y from 1/3 to 5."""
    y = Fraction(source.randint(20, 300), 60)
    values: dict[Quantity, Callable[..., Any]] = {
        LARGE_1: lambda n: ball(n**2) * root(Fraction(n**2), y) ** 2,
        LARGE_2: lambda n: ball(n**2) * root(Fraction(n**2), y),
        SMALL_1: lambda n: ball(Fraction(1, n**4)) * root(Fraction(1, n**4), y) ** 2,
        FAR_1: lambda: ball(10**12) * root(Fraction(10**12), y) ** 2,
        ZERO: lambda n: Fraction(0),
        TARGET: lambda n: y,
        TWICE: lambda n: 2 * y,
        LEAST_L2: lambda: 4 * y / 5,
    }
    return Instance(f"x = (1, 1/2), y = {y}", values)


def root(scale: Fraction, y: Fraction) -> Any:
    """v > 0 with v^2 + v/2 = y/scale, without cancellation."""
    c = ball(y / scale)
    return 2 * c / (ball(Fraction(1, 2)) + (ball(Fraction(1, 4)) + 4 * c).sqrt())


ONE_SIDED = Family(
    "one-sided",
    "limits for beta = u^2 from u = alpha, x = (1, 1/2), y rational",
    r"limits for \(\beta = u^{2}\) from \(u = \alpha\), \(x = (1, 1/2)\), \(y\) rational",
    (),
    (LARGE_1, LARGE_2, SMALL_1, FAR_1, ZERO, TARGET, TWICE, LEAST_L2),
    draw,
)
