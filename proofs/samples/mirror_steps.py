"""One step of mirror descent and one of natural gradient from b = h(z), slope g, eta = 1/N:
h(z - g/N) and h(z) - h'(z) g/N, with h = 2 kappa sinh (depth 2) and h = exp (entropy).

Reference: derived for arXiv:2311.15404v2.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

APART = Quantity(
    "mirror step - natural step, depth 2", "h(z - g/N) - h(z) + h'(z) g/N, h = 2 kappa sinh",
    r"\text{mirror step} - \text{natural step, depth 2}",
)  # fmt: skip
SCALED = Quantity(
    "N^2 (mirror step - natural step), depth 2", "the same times N^2",
    r"N^{2} (\text{mirror step} - \text{natural step}),\ \text{depth 2}",
)  # fmt: skip
SCALED_ENTROPY = Quantity(
    "N^2 (mirror step - natural step), entropy", "the same with h = exp",
    r"N^{2} (\text{mirror step} - \text{natural step}),\ \text{entropy}",
)  # fmt: skip
HALF = Quantity("b g^2/2, depth 2", "as written, b = h(z)", r"b g^{2}/2,\ \text{depth 2}")
HALF_ENTROPY = Quantity("b g^2/2, entropy", "as written, b = h(z)", r"b g^{2}/2,\ \text{entropy}")
ZERO = Quantity("0", "exact")


def draw(size: tuple, source: Random) -> Instance:
    """kappa from 1/4 to 2, z and g from 1/4 to 1."""
    kappa = Fraction(source.randint(1, 8), 4)
    z, g = (Fraction(source.randint(2, 8), 8) for _ in range(2))
    from verify.bias.potential import Potential  # numerics, where a value is asked for

    depth_two = Potential(2)

    def sinh(x: Any) -> tuple[Any, Any]:
        value, slope = depth_two.slope(x)
        return ball(kappa) * value, ball(kappa) * slope

    def exp(x: Any) -> tuple[Any, Any]:
        return x.exp(), x.exp()

    def apart(h: Callable[[Any], tuple[Any, Any]], n: int) -> Any:
        here, slope = h(ball(z))
        return h(ball(z - g / n))[0] - here + slope * ball(g / n)

    values: dict[Quantity, Callable[..., Any]] = {
        APART: lambda n: apart(sinh, n),
        SCALED: lambda n: apart(sinh, n) * n**2,
        SCALED_ENTROPY: lambda n: apart(exp, n) * n**2,
        HALF: lambda n: sinh(ball(z))[0] * ball(g**2 / 2),
        HALF_ENTROPY: lambda n: exp(ball(z))[0] * ball(g**2 / 2),
        ZERO: lambda n: Fraction(0),
    }
    return Instance(f"kappa = {kappa}, z = {z}, g = {g}", values)


STEPS = Family(
    "mirror-steps",
    "one step of length 1/N from b = h(z) with slope g; kappa, z and g rational",
    r"one step of length \(1/N\) from \(b = h(z)\), slope \(g\); \(\kappa, z, g\) rational",
    (),
    (APART, SCALED, SCALED_ENTROPY, HALF, HALF_ENTROPY, ZERO),
    draw,
)
