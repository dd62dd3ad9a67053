"""Explicit against implicit regularisation at depth 2: the real roots of the quartic of the
explicit potential, counted over Q, and whether the implicit one is a multiple of it.

Reference: Woodworth et al., arXiv:2002.09277v3; the count is derived.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

from proofs.samples.expansions import q
from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

ROOTS = Quantity("the number of real roots of p_z", "Sturm's chain over Q")
EXPECTED = Quantity("1", "exact")
IMPLICIT = Quantity("q(z1) r(z2)", "both closed forms, r by its multiplier", "q(z_1) r(z_2)")
SWAPPED = Quantity("q(z2) r(z1)", "both closed forms, r by its multiplier", "q(z_2) r(z_1)")


def draw(size: tuple, source: Random) -> Instance:
    """Two multipliers g in (0, 1), and z = (1-g)^(-2) - (1+g)^(-2) for each, rational."""
    first = Fraction(source.randint(1, 9), 20)
    second = first + Fraction(source.randint(1, 9), 20)
    z = [(1 - g) ** -2 - (1 + g) ** -2 for g in (first, second)]
    r = [(g / (1 - g)) ** 2 + (g / (1 + g)) ** 2 for g in (first, second)]
    values: dict[Quantity, Callable[..., Any]] = {
        ROOTS: lambda: Fraction(real_roots(quartic(z[0]))),
        EXPECTED: lambda: Fraction(1),
        IMPLICIT: lambda: q(ball(z[0])) * ball(r[1]),
        SWAPPED: lambda: q(ball(z[1])) * ball(r[0]),
    }
    return Instance(f"z1 = {z[0]}, z2 = {z[1]}, r(z1) = {r[0]}, r(z2) = {r[1]}", values)


def quartic(z: Fraction) -> list[Fraction]:
    """The coefficients of p_z, lowest first."""
    s = z * z
    return [s + s * s, -8 - 10 * s, 12 - 2 * s, Fraction(-6), Fraction(1)]


def real_roots(p: list[Fraction]) -> int:
    """How many real roots a polynomial without multiple ones has, by Sturm's theorem."""
    chain = [p, [k * c for k, c in enumerate(p)][1:]]
    while len(chain[-1]) > 1:
        rest = remainder(chain[-2], chain[-1])
        if not rest:
            break
        chain.append([-c for c in rest])
    ends = [[f[-1] * (-1) ** (side * (len(f) - 1)) for f in chain] for side in (1, 0)]
    changes = [sum(a * b < 0 for a, b in pairwise(x)) for x in ends]
    return changes[0] - changes[1]


def remainder(f: list[Fraction], g: list[Fraction]) -> list[Fraction]:
    """Of f by g, without leading zeros."""
    rest = list(f)
    while len(rest) >= len(g):
        factor, shift = rest[-1] / g[-1], len(rest) - len(g)
        rest = [c - factor * (g[k - shift] if k >= shift else 0) for k, c in enumerate(rest)][:-1]
        while rest and not rest[-1]:
            rest.pop()
    return rest


EXPLICIT = Family(
    "explicit",
    "p_z(u) = u^4 - 6 u^3 + (12 - 2 z^2) u^2 - (8 + 10 z^2) u + z^2 + z^4, z = (1-g)^(-2) -"
    " (1+g)^(-2), g rational; r(z) = (g/(1-g))^2 + (g/(1+g))^2",
    r"\(p_z(u) = u^{4} - 6 u^{3} + (12 - 2 z^{2}) u^{2} - (8 + 10 z^{2}) u + z^{2} + z^{4}\),"
    r" \(z = (1-g)^{-2} - (1+g)^{-2}\), \(g\) rational;"
    r" \(r(z) = (g/(1-g))^{2} + (g/(1+g))^{2}\)",
    (),
    (ROOTS, EXPECTED, IMPLICIT, SWAPPED),
    draw,
)
