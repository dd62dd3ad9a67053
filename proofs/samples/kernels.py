"""The tangent kernel J J^T = diag(K_i) of signed powers at the limit point, and how much it and the
weights have changed: X rational 2 x 4, y = X (1, -1/2, 0, 0).

At z = X^T nu: w_+ = alpha e^(z/2), w_- = alpha e^(-z/2) at D = 2, alpha (1 - z)^(-1/(D-2)) and
alpha (1 + z)^(-1/(D-2)) else; K_i = D^2 (w_+^(2D-2) + w_-^(2D-2)).

Reference: the lazy regime of arXiv:1812.07956v5; the exponents are derived for arXiv:2002.09277v3.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from proofs.samples.balls import power
from proofs.samples.limits import DATA
from verify.exact.errors import BadInput
from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

WEIGHTS = Quantity(
    "max_i |w_i/alpha - 1|, kappa = N", "from the enclosed limit", r"\max_i|w_i/\alpha - 1|"
)
KERNEL = Quantity(
    "max_i |K_i/K_i(0) - 1|, kappa = N", "from the enclosed limit", r"\max_i|K_i/K_i(0) - 1|"
)
ZERO = Quantity("0", "exact")
INVERSE = Quantity(
    "1/cond(J J^T), alpha = N^(-6/(D-1))", "from the enclosed limit", r"1/\mathrm{cond}(J J^{T})"
)
NORM = Quantity(
    "|beta|_1 at kappa = 10^(-8), where cond(J J^T) > 10^6",
    "from the enclosed limit",
    r"\lVert\beta\rVert_1",
)
TENTH = Quantity("11/10 |b1|_1", "certified over Q", r"\tfrac{11}{10}\lVert\beta_{\ell_1}\rVert_1")


def draw(size: tuple, source: Random) -> Instance:
    """Depth D = 2, 3, 4 or 7, so that 6/(D-1) is whole. Raises BadInput for another."""
    from verify.bias.data import Data
    from verify.bias.interpolators import least_l1

    if size not in ((2,), (3,), (4,), (7,)):
        raise BadInput(f"kernels: (D) = {size}; expected 2, 3, 4 or 7: 6/(D-1) has to be whole")
    depth, far = size[0], Fraction(1, 10**8)
    while True:
        x = [[Fraction(source.randint(-8, 8), 4) for _ in range(4)] for _ in range(2)]
        try:
            data = Data.of(x, [r[0] - r[1] / 2 for r in x])
        except BadInput:  # dependent rows: drawn again
            continue
        if any(data.y) and (depth == 2 or condition(kernel(data, depth, far)) > 10**6):
            break
    e = 6 // (depth - 1)
    values: dict[Quantity, Callable[..., Any]] = {
        WEIGHTS: lambda n: max(abs(w - 1) for w in weights(data, depth, Fraction(n))),
        KERNEL: lambda n: max(abs(k / 2 - 1) for k in kernel(data, depth, Fraction(n))),
        ZERO: lambda n: Fraction(0),
        INVERSE: lambda n: 1 / condition(kernel(data, depth, Fraction(1, n ** (e * depth)))),
        NORM: lambda: norm(data, depth, far),
        TENTH: lambda: least_l1(data).norm * Fraction(11, 10),
    }
    rows = "; ".join(", ".join(map(str, r)) for r in x)
    y = ", ".join(map(str, data.y))
    return Instance(f"D = {depth}, X = [{rows}], y = ({y})", values)


def weights(data: Any, depth: int, kappa: Fraction) -> list[Any]:
    """w/alpha of all weights, w_+ before w_-."""
    from verify.bias.limit_point import limit_point

    z = limit_point(data, depth, kappa, 40).z
    if depth == 2:
        return [(sign * v / 2).exp() for sign in (1, -1) for v in z]
    return [power(1 + sign * v, Fraction(-1, depth - 2)) for sign in (-1, 1) for v in z]


def kernel(data: Any, depth: int, kappa: Fraction) -> list[Any]:
    """K_i/(D^2 alpha^(2D-2)); 2 at the start."""
    w = weights(data, depth, kappa)
    half = len(w) // 2
    return [
        a ** (2 * depth - 2) + b ** (2 * depth - 2) for a, b in zip(w[:half], w[half:], strict=True)
    ]


def condition(k: list[Any]) -> Any:
    return max(k) / min(k)


def norm(data: Any, depth: int, kappa: Fraction) -> Any:
    from verify.bias.limit_point import limit_point

    return sum((abs(b) for b in limit_point(data, depth, kappa, 40).beta), ball(0))


KERNELS = Family(
    "kernels",
    f"J J^T at the limit point; {DATA.text.removesuffix(', kappa = alpha^D falling')}",
    r"\(J J^{T}\) at the limit point; \(X\) rational \(2 \times 4\), \(y = X (1, -1/2, 0, 0)\)",
    ("D",),
    (WEIGHTS, KERNEL, ZERO, INVERSE, NORM, TENTH),
    draw,
)
