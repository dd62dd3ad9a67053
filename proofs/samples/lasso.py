"""Gradient flow of x = u v on x^2/2 - r x from u = sqrt(eps) a, v = sqrt(eps) b, a > b > 0, in
closed form: z = (u + v)/(u - v) solves z' = 2 r z - (c/2) (z^2 - 1), c = eps (a^2 - b^2), and x =
(c/4) (z - 1/z). With eps = e^(-N) and the time t = N s/2 the average of x over [0, t] is r - (log
z(t) - log z(0))/(2 t).

Reference: derived for arXiv:2509.18766v2.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

AVERAGE = Quantity(
    "the average of x over [0, t]",
    "from the closed form",
    r"\tfrac{1}{t}\int_0^t x",
)
LASSO = Quantity("r - 1/s, the lasso at penalty 1/s", "exact", r"r - \tfrac{1}{s}")
NOW = Quantity(
    "x at time t, eps = e^(-1000)", "from the closed form", r"x(t)\ (\varepsilon = e^{-1000})"
)
AT_ONCE = Quantity("r - 1/s", "exact", r"r - \tfrac{1}{s}")


def draw(size: tuple, source: Random) -> Instance:
    """r from 1/2 to 3; s r from 3/2 to 6, where the lasso is not 0; a > b."""
    r = Fraction(source.randint(10, 60), 20)
    s = Fraction(source.randint(15, 60), 10) / r
    a, b = Fraction(source.randint(25, 40), 10), Fraction(source.randint(2, 9), 20)
    values: dict[Quantity, Callable[..., Any]] = {
        AVERAGE: lambda n: _average(n, r, s, a, b),
        LASSO: lambda n: r - 1 / s,
        NOW: lambda: _output(1000, r, s, a, b),
        AT_ONCE: lambda: r - 1 / s,
    }
    return Instance(f"r = {r}, s = {s}, a = {a}, b = {b}, eps = e^(-N), t = N s/2", values)


def _quotient(n: int, r: Fraction, s: Fraction, a: Fraction, b: Fraction) -> tuple[Any, Any]:
    """z(t) and c. The right side has two roots; (z - upper)/(z - lower) falls like e^(-k t)."""
    c = ball(a**2 - b**2) * ball(-n).exp()
    k = (ball(4 * r**2) + c * c).sqrt()
    upper = (ball(2 * r) + k) / c
    lower = -1 / upper  # their product is -1
    z = ball((a + b) / (a - b))
    falling = (z - upper) / (z - lower) * (-k * ball(Fraction(n) * s / 2)).exp()
    return (upper - lower * falling) / (1 - falling), c


def _average(n: int, *known: Fraction) -> Any:
    r, s, a, b = known
    z, _ = _quotient(n, *known)
    return ball(r) - (z.log() - ball((a + b) / (a - b)).log()) / ball(n * s)


def _output(n: int, *known: Fraction) -> Any:
    z, c = _quotient(n, *known)
    return c / 4 * (z - 1 / z)


ONE_FACTOR = Family(
    "one-factor",
    "x = u v on x^2/2 - r x from u = sqrt(eps) a, v = sqrt(eps) b, eps = e^(-N), t = N s/2",
    r"\(x = u v\) on \(x^{2}/2 - r x\) from \(u = \sqrt{\varepsilon}\,a\), \(v ="
    r" \sqrt{\varepsilon}\,b\), \(\varepsilon = e^{-N}\), \(t = N s/2\)",
    (),
    (AVERAGE, LASSO, NOW, AT_ONCE),
    draw,
)
