"""Limits of limit points: along scales kappa = N^(-e) or N^e, N a whole number, from the dual.

Three families of data: the toy x = (1, rho), y = 1; X = [[1, 0, c], [0, 1, c]], y = (1, 1), where
l1 prefers (1, 1, 0) for c < 1/2; and X rational of full size with y = X beta*. Limit points are
enclosed (verify.bias.limit_point); what they are compared with is exact, or h_D as written.

Reference: rates of arXiv:2506.01143v2 and derived ones for arXiv:2002.09277v3.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from proofs.samples.balls import power
from verify.exact.errors import BadInput
from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

DIGITS = 40  # of a limit point
ZERO = Quantity("0", "exact")
SECOND = Quantity("beta_2", "from the enclosed limit", r"\beta_2")
UNSELECTED = Quantity("beta_3", "from the enclosed limit", r"\beta_3")
PREFACTOR = Quantity(
    "beta_2/kappa^(1-rho) at D = 2, beta_2/kappa at D > 2",
    "from the enclosed limit",
    r"\beta_2/\kappa^{1-\rho}\ (D = 2),\ \beta_2/\kappa\ (D > 2)",
)
SLOPE = Quantity("1 at D = 2, h_D(rho) at D > 2", "as written", r"1\ (D = 2),\ h_D(\rho)\ (D > 2)")
FAR = Quantity(
    "kappa^2 (beta_2 - b2_2)", "from the enclosed limit", r"\kappa^{2}(\beta_2 - \beta_{\ell_2, 2})"
)
CUBES = Quantity(
    "c_D P(b2^3)_2, c_D = (D-1)(3D-4)/(12 D^2)",
    "exact; P projects onto the null space of X",
    r"c_D P(\beta_{\ell_2}^{3})_2,\ c_D = \tfrac{(D-1)(3D-4)}{12 D^{2}}",
)
LEAST = Quantity("b1_1", "certified over Q", r"\beta_{\ell_1, 1}")
FIRST = Quantity("beta_1", "from the enclosed limit", r"\beta_1")
NORM = Quantity("|beta|_1", "from the enclosed limit", r"\lVert\beta\rVert_1")
LEAST_NORM = Quantity("|b1|_1", "certified over Q", r"\lVert\beta_{\ell_1}\rVert_1")
FITTED = Quantity(
    "x_k.beta at kappa = 1/8^6", "from the enclosed limit", r"x_k\cdot\beta\ (\kappa = 8^{-6})"
)
SEEN = Quantity("y_k", "exact", "y_k")
OTHER = Quantity("|c|_1", "exact, of another interpolator c", r"\lVert c\rVert_1")
APART = Quantity(
    "|b1|_1 + (1 - max |X_j.nu|) |c|_1 off the support",
    "exact, with the multipliers nu of b1; maximum and norm off its support",
    r"\lVert\beta_{\ell_1}\rVert_1 + (1 - \max_{j \notin S} |X_j\cdot\nu|) \lVert c_{S^c}\rVert_1",
)
FIRST_L2 = Quantity("b2_1", "exact", r"\beta_{\ell_2, 1}")
QUASI = Quantity(
    "the third entry of the minimiser of sum |b_i|^(2/D)",
    "its basic solution",
    r"\text{the third entry of the minimiser of }\sum_i |b_i|^{2/D}",
)
TINY = Quantity("beta_3 at kappa = 10^(-200)", "from the enclosed limit", r"\beta_3")


def draw_toy(size: tuple, source: Random) -> Instance:
    """rho = 1 - 1/q, q from 2 to 6, at D = 2, where kappa = N^(-12 q): beta_2 is of order N^(-12);
    kappa = N^(-12) else. For the prefactor kappa = N^(-4 q) and N^(-4 p).
    """
    depth = _depth(size)
    q = 2 + source.randint(0, 4)
    rho = 1 - Fraction(1, q) if depth == 2 else Fraction(source.randint(2, 18), 20)
    p = q if depth == 2 else Fraction(depth, depth - 2)
    e = 4 * p
    if e.denominator != 1:
        raise BadInput(f"toy: D = {depth}; expected 2, or a depth with 4 D/(D-2) whole: 3, 4, 6")
    far = 12 * q if depth == 2 else 12
    second = lambda n, e: limit([[1, rho]], [1], depth, Fraction(1, n ** int(e)))[1]
    values: dict[Quantity, Callable[..., Any]] = {
        SECOND: lambda n: second(n, far),
        ZERO: lambda n: Fraction(0),
        PREFACTOR: lambda n: second(n, e) * n ** (4 if depth == 2 else int(e)),
        SLOPE: lambda n: ball(1) if depth == 2 else slope(depth, rho),
    }
    scales = f"kappa = N^(-{far}), for the prefactor N^(-{e})"
    return Instance(f"D = {depth}, x = (1, {rho}), y = 1, {scales}", values)


def draw_kernel(size: tuple, source: Random) -> Instance:
    """The toy at kappa = N."""
    depth, rho = _depth(size), Fraction(source.randint(2, 18), 20)
    first = 1 / (1 + rho**2)
    c = Fraction((depth - 1) * (3 * depth - 4), 12 * depth**2)
    values: dict[Quantity, Callable[..., Any]] = {
        FAR: lambda n: n**2 * (limit([[1, rho]], [1], depth, Fraction(n))[1] - ball(rho * first)),
        CUBES: lambda n: c * first**3 * (rho**3 - rho) / (1 + rho**2),
        SECOND: lambda n: limit([[1, rho]], [1], depth, Fraction(n))[1],
        FIRST_L2: lambda n: rho * first,
    }
    return Instance(f"D = {depth}, x = (1, {rho}), y = 1, kappa = N", values)


def draw_data(size: tuple, source: Random) -> Instance:
    """X 2 x 4 with an interpolator of least l1 norm that is alone, kappa = N^(-6), and another
    interpolator c.
    """
    from verify.bias.interpolators import least_l1

    depth = _depth(size)
    while True:
        x = [[Fraction(source.randint(-8, 8), 4) for _ in range(4)] for _ in range(2)]
        data = _usable(x, [r[0] - r[1] / 2 for r in x])
        found = None if data is None else least_l1(data)
        if data is not None and found is not None and found.unique and found.beta[0]:
            break
    known: dict[int, Any] = {}

    def points(n: int) -> Any:
        if n not in known:
            known[n] = limit(x, list(data.y), depth, Fraction(1, n**6))
        return known[n]

    off = [j for j, b in enumerate(found.beta) if not b]
    z = [sum((v * data.x[i][j] for i, v in enumerate(found.nu)), Fraction(0)) for j in off]
    other = [b + c for b, c in zip(found.beta, _null(x, source), strict=True)]
    k = 0 if data.y[0] else 1
    strict = 1 - max(map(abs, z), default=Fraction(0))
    values: dict[Quantity, Callable[..., Any]] = {
        FITTED: lambda: sum(
            (ball(a) * b for a, b in zip(data.x[k], points(8), strict=True)), ball(0)
        ),
        SEEN: lambda: data.y[k],
        OTHER: lambda: sum(map(abs, other), Fraction(0)),
        APART: lambda: found.norm + strict * sum((abs(other[j]) for j in off), Fraction(0)),
        FIRST: lambda n: points(n)[0],
        LEAST: lambda n: found.beta[0],
        NORM: lambda n: sum((abs(b) for b in points(n)), ball(0)),
        LEAST_NORM: lambda n: found.norm,
    }
    rows = "; ".join(", ".join(map(str, r)) for r in x)
    y = ", ".join(map(str, data.y))
    return Instance(
        f"D = {depth}, X = [{rows}], y = ({y}), kappa = N^(-6), c = {', '.join(map(str, other))}",
        values,
    )


def _null(x: list, source: Random) -> list[Fraction]:
    """A vector of the null space: v less its part in the row space."""
    from verify.bias.data import Data
    from verify.bias.interpolators import least_l2

    v = [Fraction(source.choice((-2, -1, 1, 2)), 8) for _ in range(4)]
    along = least_l2(Data.of(x, [sum((a * b for a, b in zip(r, v, strict=True))) for r in x]))
    return [a - b for a, b in zip(v, along, strict=True)]


def draw_counter(size: tuple, source: Random) -> Instance:
    """c between 2^(-D/2) and 1/2 at D > 2: sum |b|^(2/D) prefers (0, 0, 1/c), l1 prefers (1, 1,
    0).
    """
    depth = _depth(size)
    c = Fraction(source.randint(40, 49), 100)
    x, y = [[1, 0, c], [0, 1, c]], [1, 1]
    values: dict[Quantity, Callable[..., Any]] = {
        UNSELECTED: lambda n: limit(x, y, depth, Fraction(1, n))[2],
        ZERO: lambda n: Fraction(0),
        TINY: lambda: limit(x, y, depth, Fraction(1, 10**200))[2],
        QUASI: lambda: 1 / c if power(1 / c, Fraction(2, depth)) < 2 else Fraction(0),
    }
    return Instance(f"D = {depth}, X = [[1, 0, c], [0, 1, c]], y = (1, 1), c = {c}", values)


def limit(x: list, y: list, depth: int, kappa: Fraction) -> Any:
    """The enclosed limit point."""
    from verify.bias.data import Data
    from verify.bias.limit_point import limit_point

    return limit_point(Data.of(x, y), depth, kappa, DIGITS).beta


def slope(depth: int, z: Fraction) -> Any:
    """h_D(z) as written."""
    p = Fraction(depth, depth - 2)
    return power(1 - z, -p) - power(1 + z, -p)


def _depth(size: tuple) -> int:
    if len(size) != 1 or type(size[0]) is not int or size[0] < 2:
        raise BadInput(f"limits: (D) = {size}; expected a whole number D >= 2")
    return size[0]


def _usable(x: list, y: list) -> Any:
    from verify.bias.data import Data

    try:
        return Data.of(x, y) if any(y) else None
    except BadInput:  # dependent rows: drawn again
        return None


def _family(name: str, text: str, tex: str, quantities: tuple, draw: Any) -> Family:
    return Family(name, text, tex, ("D",), quantities, draw)


TOY = _family(
    "toy", "limit points for x = (1, rho), y = 1, as kappa = alpha^D falls",
    r"limit points for \(x = (1, \rho)\), \(y = 1\), as \(\kappa = \alpha^{D}\) falls",
    (SECOND, ZERO, PREFACTOR, SLOPE), draw_toy,
)  # fmt: skip
KERNEL_END = _family(
    "kernel-end", "limit points for x = (1, rho), y = 1, at kappa = alpha^D = N",
    r"limit points for \(x = (1, \rho)\), \(y = 1\), at \(\kappa = \alpha^{D} = N\)",
    (FAR, CUBES, SECOND, FIRST_L2), draw_kernel,
)  # fmt: skip
DATA = _family(
    "sparse-data", "X rational 2 x 4, y = X (1, -1/2, 0, 0), kappa = alpha^D falling",
    r"\(X\) rational \(2 \times 4\), \(y = X (1, -1/2, 0, 0)\), \(\kappa = \alpha^{D}\) falling",
    (FITTED, SEEN, OTHER, APART, FIRST, LEAST, NORM, LEAST_NORM), draw_data,
)  # fmt: skip
COUNTER = _family(
    "three-columns", "limit points for X = [[1, 0, c], [0, 1, c]], y = (1, 1), 2/5 <= c < 1/2",
    r"limit points for \(X = [[1, 0, c], [0, 1, c]]\), \(y = (1, 1)\), \(2/5 \le c < 1/2\)",
    (UNSELECTED, ZERO, TINY, QUASI), draw_counter,
)  # fmt: skip
