"""Factors U, V of d x k at width k = N^2, one diagonal measurement x: delta = diag(U V^T) and
Delta = diag(U U^T + V V^T)/2 move by delta' = g Delta, Delta' = g delta, so that delta_i = c_i
sinh(theta_i + x_i nu), c_i^2 = Delta_i^2 - delta_i^2 at the start, and x . delta = y at the end.

The start is where Gaussian entries put it: k alpha^2 = 2 mu^2, delta_i(0) = 2 mu^2 z_i/N and
Delta_i(0) = 2 mu^2 (1 + w_i/N), z_i and w_i rational, of the size of standard deviations.

Reference: derived for Theorem 4 of arXiv:2002.09277v3.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from proofs.samples.monotone import zero
from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

WIDE = Quantity("s_1 at width N^2", "the flow in closed form", r"s_1\ (k = N^{2})")
ARGMIN = Quantity(
    "s_1 of the argmin", "arcsinh(s_i/(2 mu^2)) = x_i nu, x.s = y",
    r"s_1\ \text{of the argmin}",
)  # fmt: skip
ARGMIN_TOO = Quantity("s_1 of that argmin", "the same", r"s_1\ \text{of that argmin}")
NARROW = Quantity("s_1 at width 16", "the flow in closed form", r"s_1\ (k = 16)")


def draw(size: tuple, source: Random) -> Instance:
    """x = (1, rho), y, mu^2, z and w rational; a start of width 1 with U = V = alpha."""
    rho = Fraction(source.randint(2, 18), 20)
    y = Fraction(source.randint(10, 60), 20)
    mu2 = Fraction(source.randint(1, 12), 10)
    z, w = ([Fraction(source.choice((-3, -2, 1, 2, 3)), 2) for _ in range(2)] for _ in range(2))
    x = (Fraction(1), rho)

    def end(scales: list[Any], turned: list[Any]) -> Any:
        def seen(nu: Any) -> Any:
            parts = zip(x, scales, turned, strict=True)
            return sum(ball(a) * c * (t + ball(a) * nu).sinh() for a, c, t in parts) - ball(y)

        return scales[0] * (turned[0] + zero(seen)).sinh()

    def wide(n: int) -> Any:
        start = [(2 * mu2 * a / n, 2 * mu2 * (1 + b / n)) for a, b in zip(z, w, strict=True)]
        scales = [ball(s**2 - d**2).sqrt() for d, s in start]
        return end(scales, [ball(d / s).atanh() for d, s in start])

    def least() -> Any:
        return end([ball(2 * mu2)] * 2, [ball(Fraction(0))] * 2)

    values: dict[Quantity, Callable[..., Any]] = {
        WIDE: wide,
        ARGMIN: lambda n: least(),
        ARGMIN_TOO: least,
        NARROW: lambda: wide(4),
    }
    starts = ", ".join(f"{x} = ({a}, {b})" for x, (a, b) in (("z", z), ("w", w)))
    return Instance(f"x = (1, {rho}), y = {y}, mu^2 = {mu2}, {starts}", values)


WIDTHS = Family(
    "wide-factors",
    "limits for one diagonal measurement x = (1, rho), k alpha^2 = 2 mu^2; all numbers rational",
    r"limits for one diagonal measurement \(x = (1, \rho)\), \(k \alpha^{2} = 2 \mu^{2}\)",
    (),
    (WIDE, ARGMIN, ARGMIN_TOO, NARROW),
    draw,
)
