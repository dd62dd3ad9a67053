"""Depth 2 as the limit of larger depths, and the conditioning of J J^T there.

At D = 2 + 1/N, p = D/(D-2) = 2 N + 1 is whole, and h_D(z/p) = (1 - z/p)^(-p) - (1 + z/p)^(-p) is
rational. At D = 2 and one sample x = (1, rho), y = 1, K_i = 8 alpha^2 cosh(x_i nu).

Reference: derived for the setting of Woodworth et al., arXiv:2002.09277v3, Theorem 3.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from verify.exact.errors import BadInput
from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

SLOPE = Quantity("h_D(z/p), D = 2 + 1/N", "exact", r"h_D(z/p),\ D = 2 + 1/N")
SINH = Quantity("2 sinh z", "as written", r"2\sinh z")
INVERSE = Quantity(
    "1/cond(J J^T), alpha = N^(-1/(1 - rho))", "from the enclosed limit",
    r"1/\mathrm{cond}(J J^{T}),\ \alpha = N^{-1/(1 - \rho)}",
)  # fmt: skip
ZERO = Quantity("0", "exact")


def draw_towards(size: tuple, source: Random) -> Instance:
    """z from 1/4 to 2."""
    z = Fraction(source.randint(256, 2048), 1024)

    def slope(n: int) -> Fraction:
        p = 2 * n + 1
        return (1 - z / p) ** -p - (1 + z / p) ** -p

    values: dict[Quantity, Callable[..., Any]] = {
        SLOPE: slope,
        SINH: lambda n: 2 * ball(z).sinh(),
    }
    return Instance(f"z = {z}", values)


def draw_condition(size: tuple, source: Random) -> Instance:
    """rho = 1 - 1/k with k = 2, 3 or 4, and y from 1/2 to 2. Raises BadInput for another k."""
    if size not in ((2,), (3,), (4,)):
        raise BadInput(f"conditioning: (k) = {size}; expected 2, 3 or 4: rho = 1 - 1/k")
    rho, e, y = 1 - Fraction(1, size[0]), size[0], Fraction(source.randint(8, 32), 16)

    def inverse(n: int) -> Any:
        from verify.bias.data import Data
        from verify.bias.limit_point import limit_point

        z = limit_point(Data.of([[1, rho]], [y]), 2, Fraction(1, n ** (2 * e)), 40).z
        return z[1].cosh() / z[0].cosh()

    values: dict[Quantity, Callable[..., Any]] = {INVERSE: inverse, ZERO: lambda n: Fraction(0)}
    return Instance(f"rho = {rho}, y = {y}", values)


TOWARDS = Family(
    "towards-two", "h_D(z/p) = (1 - z/p)^(-p) - (1 + z/p)^(-p), p = D/(D-2), D falling to 2",
    r"\(h_D(z/p) = (1 - z/p)^{-p} - (1 + z/p)^{-p}\), \(p = D/(D-2)\), \(D\) falling to 2",
    (), (SLOPE, SINH), draw_towards,
)  # fmt: skip
CONDITION = Family(
    "conditioning-two", "J J^T at the limit point, depth 2, one sample x = (1, rho), rho = 1 - 1/k",
    r"\(J J^{T}\) at the limit point, depth 2, one sample \(x = (1, \rho)\), \(\rho = 1 - 1/k\)",
    ("k",), (INVERSE, ZERO), draw_condition,
)  # fmt: skip
