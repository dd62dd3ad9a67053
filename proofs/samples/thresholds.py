"""Thresholds of the initialisation scale at depth 2: Q(b) = alpha^2 sum q(b_i/alpha^2) against
norms of b, and limit points against the interpolators of least l1 and l2 norm.

Reference: Woodworth et al., arXiv:2002.09277v3, Theorem 2 and its appendix E. d stands for their
number of coordinates, as in the thresholds that they print.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from verify.exact.errors import BadInput
from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

ABOVE_L1 = Quantity("(1 + eps) |b1|_1", "exact", r"(1+\epsilon)\lVert\beta_1\rVert_1")
LIMIT_L1 = Quantity("|beta_oo|_1", "from the enclosed limit", r"\lVert\beta_\infty\rVert_1")
ABOVE_L2 = Quantity("(1 + eps) |b2|_2^2", "exact", r"(1+\epsilon)\lVert\beta_2\rVert_2^2")
LIMIT_L2 = Quantity("|beta_oo|_2^2", "from the enclosed limit", r"\lVert\beta_\infty\rVert_2^2")
SCALED = Quantity("Q(b)/log(1/alpha^2)", "Q from its closed form", r"Q(b)/\log(1/\alpha^2)")
LOW = Quantity("(1 - eps) |b|_1", "exact", r"(1-\epsilon)\lVert b\rVert_1")
HIGH = Quantity("(1 + eps) |b|_1", "exact", r"(1+\epsilon)\lVert b\rVert_1")
FLAT = Quantity("4 alpha^2 Q(b)", "Q from its closed form", r"4\alpha^2 Q(b)")
SQUARE = Quantity("|b|_2^2", "exact", r"\lVert b\rVert_2^2")
VERTEX = Quantity("Q(e_1)/|e_1|_1", "Q from its closed form", r"Q(e_1)/\lVert e_1\rVert_1")
MIDDLE = Quantity(
    "(1 + eps) Q(w)/|w|_1, w = 1_d/sqrt(d)",
    "Q from its closed form",
    r"(1+\epsilon) Q(w)/\lVert w\rVert_1,\ w = 1_d/\sqrt{d}",
)
LOWER_SQUARE = Quantity("(1 - eps) |b|_2^2", "exact", r"(1-\epsilon)\lVert b\rVert_2^2")


def draw_rich(size: tuple, source: Random) -> Instance:
    """alpha at the printed threshold, rounded down. Raises BadInput unless 0 < eps < d."""
    data, eps = _data(size, source), Fraction(size[2])
    from verify.bias.interpolators import least_l1

    norm = least_l1(data).norm
    d = data.shape[1]
    first = -(2 + eps) / (2 * eps) * _log(2 * (1 + eps) * norm)
    alpha = _down(min(first, -Fraction(d) / (eps * norm)))
    values: dict[Quantity, Callable[..., Any]] = {
        ABOVE_L1: lambda: (1 + eps) * norm,
        LIMIT_L1: lambda: sum((abs(b) for b in _limit(data, alpha)), ball(0)),
    }
    return Instance(_text(data, eps, alpha), values)


def draw_kernel(size: tuple, source: Random) -> Instance:
    """alpha at the printed threshold, rounded up. Raises BadInput unless 0 < eps < d."""
    data, eps = _data(size, source), Fraction(size[2])
    from verify.bias.interpolators import least_l2

    square = sum((b * b for b in least_l2(data)), Fraction(0))
    alpha = _above(4 * (1 + eps) ** 2 * (1 + 2 / eps) ** 2 * square, 4)
    values: dict[Quantity, Callable[..., Any]] = {
        ABOVE_L2: lambda: (1 + eps) * square,
        LIMIT_L2: lambda: sum((b * b for b in _limit(data, alpha)), ball(0)),
    }
    return Instance(_text(data, eps, alpha), values)


def draw_small(size: tuple, source: Random) -> Instance:
    """b rational and alpha at the threshold of lemma 5, rounded down."""
    d, eps = _size(size)
    b = _point(d, source)
    norm = sum(map(abs, b), Fraction(0))
    logs = (
        Fraction(0),
        _log(norm) / 2,
        -_log(2 * norm) / (2 * eps),
        -Fraction(d) / (2 * eps * norm),
    )
    alpha = _down(min(*logs, Fraction(-1, 100)))
    values: dict[Quantity, Callable[..., Any]] = {
        SCALED: lambda: potential(b, alpha) / -(2 * ball(alpha).log()),
        LOW: lambda: (1 - eps) * norm,
        HIGH: lambda: (1 + eps) * norm,
    }
    return Instance(f"eps = {eps}, b = {_shown(b)}, alpha = {alpha}", values)


def draw_large(size: tuple, source: Random) -> Instance:
    """b rational and alpha at the threshold of lemma 7, rounded up."""
    d, eps = _size(size)
    b = _point(d, source)
    square = sum((v * v for v in b), Fraction(0))
    fourth = 1 / eps
    alpha = _above(square, 4) * (1 + _above(fourth, 4))
    values: dict[Quantity, Callable[..., Any]] = {
        FLAT: lambda: 4 * ball(alpha**2) * potential(b, alpha),
        SQUARE: lambda: square,
        LOWER_SQUARE: lambda: (1 - eps) * square,
    }
    return Instance(f"eps = {eps}, b = {_shown(b)}, alpha = {alpha}", values)


def draw_any(size: tuple, source: Random) -> Instance:
    """b rational and alpha from 1/10 to 12, whatever eps."""
    d, eps = _size(size)
    b, alpha = _point(d, source), Fraction(source.randint(1, 120), 10)
    square = sum((v * v for v in b), Fraction(0))
    values: dict[Quantity, Callable[..., Any]] = {
        FLAT: lambda: 4 * ball(alpha**2) * potential(b, alpha),
        SQUARE: lambda: square,
        LOWER_SQUARE: lambda: (1 - eps) * square,
    }
    return Instance(f"eps = {eps}, b = {_shown(b)}, alpha = {alpha}", values)


def draw_needed(size: tuple, source: Random) -> Instance:
    """d a square, alpha from the threshold of lemma 6, rounded up, to a twentieth more."""
    d, eps = _size(size)
    root = next((k for k in range(2, d) if k * k == d), 0)
    if not root or d < 3 or (12 ** (4 * eps.numerator)) > d**eps.denominator:
        raise BadInput(f"necessity: d = {d}, eps = {eps}; expected a square d >= 12^(4 eps)")
    least = float(ball(d).log() * ball(Fraction(1, 4) + 1 / (8 * eps)))
    alpha = 1 / Fraction(int(float(ball(Fraction(least)).exp()) * 100), 100)
    alpha *= 1 + Fraction(source.randint(0, 100), 2000)
    one, many = (Fraction(1),), (Fraction(1, root),)
    values: dict[Quantity, Callable[..., Any]] = {
        VERTEX: lambda: potential(one, alpha),
        MIDDLE: lambda: (1 + ball(eps)) * root * potential(many, alpha),
    }
    return Instance(f"eps = {eps}, d = {d}, alpha = {alpha}", values)


def potential(b: tuple[Fraction, ...], alpha: Fraction) -> Any:
    """Q(b) = alpha^2 sum q(b_i/alpha^2) at depth 2, q(z) = 2 - sqrt(4 + z^2) + z arcsinh(z/2)."""
    total = ball(0)
    for v in b:
        z = ball(v / alpha**2)
        total = total + 2 - (4 + z * z).sqrt() + z * (z / 2).asinh()
    return ball(alpha**2) * total


def _size(size: tuple) -> tuple[int, Fraction]:
    d, eps = size[-2], Fraction(size[-1])
    if type(d) is not int or d < 1 or not 0 < eps < d:
        raise BadInput(f"thresholds: d = {d}, eps = {eps}; expected a whole d and 0 < eps < d")
    return d, eps


def _data(size: tuple, source: Random) -> Any:
    from verify.bias.data import Data

    rows = size[0]
    d, _ = _size(size)
    if type(rows) is not int or not 1 <= rows < d:
        raise BadInput(f"thresholds: N = {rows}; expected a whole number from 1 to d - 1 = {d - 1}")
    while True:
        x = [[Fraction(source.randint(-8, 8), 4) for _ in range(d)] for _ in range(rows)]
        truth = [Fraction(source.choice((0, 0, 1, 2, -2)), 2) for _ in range(d)]
        y = [sum((a * b for a, b in zip(r, truth, strict=True)), Fraction(0)) for r in x]
        try:
            if any(y):
                return Data.of(x, y)
        except BadInput:  # dependent rows: drawn again
            continue


def _point(d: int, source: Random) -> tuple[Fraction, ...]:
    found = tuple(Fraction(source.randint(-12, 12), 6) for _ in range(d))
    return found if any(found) else (Fraction(1),) * d


def _limit(data: Any, alpha: Fraction) -> Any:
    from verify.bias.limit_point import limit_point

    return limit_point(data, 2, alpha**2, 60).beta


def _log(x: Fraction) -> Fraction:
    """To 1/1000, for thresholds that are rounded anyway."""
    return Fraction(round(1000 * float(ball(x).log().mid())), 1000)


def _down(log_alpha: Fraction) -> Fraction:
    """A short rational below exp(log_alpha)."""
    decades = -float(log_alpha) / float(ball(10).log().mid())
    return Fraction(9, 10) * Fraction(1, 10) ** (int(decades) + 1)


def _above(x: Fraction, degree: int) -> Fraction:
    """A rational above x^(1/degree), by about a hundredth."""
    return Fraction(int(float(x) ** (1 / degree) * 1000) + 10, 1000)


def _shown(values: tuple[Fraction, ...]) -> str:
    return "(" + ", ".join(map(str, values)) + ")"


def _text(data: Any, eps: Fraction, alpha: Fraction) -> str:
    rows = ", ".join(_shown(r) for r in data.x)
    return f"eps = {eps}, X = [{rows}], y = {_shown(data.y)}, alpha = {alpha}"


def _family(name: str, text: str, tex: str, quantities: tuple, draw: Any, rows: bool) -> Family:
    letters = ("N", "d", "eps") if rows else ("d", "eps")
    return Family(name, text, tex, letters, quantities, draw)


DATA = "X rational, y = X beta* with beta* sparse, depth 2, w0 = 1, alpha at the threshold"
DATA_TEX = (
    r"\(X\) rational, \(y = X\beta^*\) with \(\beta^*\) sparse, depth 2, \(w_0 = 1\), \(\alpha\) at"
    " the threshold"
)
POINT, POINT_TEX = (
    "b rational, alpha at the threshold",
    r"\(b\) rational, \(\alpha\) at the threshold",
)
RICH = _family("rich", DATA, DATA_TEX, (ABOVE_L1, LIMIT_L1), draw_rich, True)
KERNEL = _family("kernel", DATA, DATA_TEX, (ABOVE_L2, LIMIT_L2), draw_kernel, True)
SMALL = _family("small-scale", POINT, POINT_TEX, (SCALED, LOW, HIGH), draw_small, False)
LARGE = _family("large-scale", POINT, POINT_TEX, (FLAT, SQUARE, LOWER_SQUARE), draw_large, False)
ANY = _family(
    "any-scale", "b rational, alpha from 1/10 to 12",
    r"\(b\) rational, \(\alpha\) from \(1/10\) to 12", (FLAT, SQUARE, LOWER_SQUARE),
    draw_any, False,
)  # fmt: skip
NEEDED = _family(
    "vertex-and-middle", "e_1 and w = 1_d/sqrt(d), depth 2, alpha at the threshold and above",
    r"\(e_1\) and \(w = 1_d/\sqrt{d}\), depth 2, \(\alpha\) at the threshold and above",
    (VERTEX, MIDDLE), draw_needed, False,
)  # fmt: skip
