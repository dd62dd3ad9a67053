"""Sums of Schatten norms on a fibre: sum_k ||W_k||_(S_p) >= N ||X||_(S_(p/N))^(1/N), with equality
at balanced tuples.

Reference: arXiv:2511.01137v2, the theorem on Schatten norms; its value is derived. At p = oo the
value is right and minimisers need
not be balanced: ``draw_largest`` has tuples that attain it.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

from proofs.samples.balls import diagonal_of_balls, power, schatten, singular_values
from proofs.samples.drawing import (
    FRAMES,
    FRAMES_TEX,
    diagonal,
    distinct,
    near_identity,
    orthogonal,
    shown,
    square,
)
from verify.exact.errors import BadInput
from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

NORMS = Quantity(
    "sum_k ||W_k||_(S_p)",
    "from the eigenvalues of W_k^T W_k",
    r"\sum_{k} \lVert W_k \rVert_{S_p}",
)
LEAST = Quantity("N ||X||_(S_(p/N))^(1/N)", "from sigma", r"N\,\lVert X \rVert_{S_{p/N}}^{1/N}")
LARGER = Quantity(
    "101/100 of N ||X||_(S_(p/N))^(1/N)",
    "from sigma; a bound that is too large",
    r"\tfrac{101}{100}\,N\,\lVert X \rVert_{S_{p/N}}^{1/N}",
)
BALANCED = Quantity(
    "sum_k ||C_k||_(S_p)",
    "from the eigenvalues of C_k^T C_k",
    r"\sum_{k} \lVert C_k \rVert_{S_p}",
)
OPERATOR_NORMS = Quantity("sum_k sigma_max(W_k)", "exact", r"\sum_{k} \sigma_{\max}(W_k)")
ATTAINED = Quantity(
    "N sigma_max(X)^(1/N)",
    "exact, sigma_max(X) is an N-th power",
    r"N\,\sigma_{\max}(X)^{1/N}",
)
SMALLEST = Quantity("N sigma_min(X)^(1/N)", "exact; a wrong value", r"N\,\sigma_{\min}(X)^{1/N}")
MOMENT, ZERO = Quantity("||G||^2", "exact"), Quantity("0", "exact")


def draw(size: tuple, source: Random) -> Instance:
    """Raises BadInput unless d >= 1 and N >= 2 are whole numbers and p > 0 is exact."""
    if (
        len(size) != 3
        or type(size[0]) is not int
        or type(size[1]) is not int
        or size[0] < 1
        or size[1] < 2
    ):
        raise BadInput(f"schatten: (d, N, p) = {size}; expected whole numbers d >= 1, N >= 2")
    if not isinstance(size[2], (int, Fraction)) or not size[2] > 0:
        raise BadInput(
            f"schatten: p = {size[2]!r}; expected an exact number > 0, such as Fraction(1, 2)"
        )
    d, depth, p = size[0], size[1], Fraction(size[2])
    r, s, sigma = orthogonal(source, d), orthogonal(source, d), distinct(source, d)
    frames = [near_identity(source, d) for _ in range(depth - 1)]
    least = lambda: depth * power(schatten([ball(x) for x in sigma], p / depth), Fraction(1, depth))
    values = {
        NORMS: lambda: added(moved(balanced(r, s, sigma, depth), frames), p),
        BALANCED: lambda: added(balanced(r, s, sigma, depth), p),
        LEAST: least,
        LARGER: lambda: least() * 101 / 100,
    }
    shapes = ", ".join(f"g_{k} = {shown(g)}" for k, g in enumerate(frames, 1))
    singular = ", ".join(map(str, sigma))
    return Instance(
        f"N = {depth}, p = {p}, sigma = ({singular}), R = {shown(r)}, S = {shown(s)}, {shapes}",
        values,
    )


def balanced(r: Any, s: Any, sigma: list[Fraction], depth: int) -> list[Any]:
    """C = (Lambda S^T, Lambda, ..., Lambda, R Lambda), Lambda = Sigma^(1/N)."""
    from flint import arb_mat

    root = diagonal_of_balls([power(x, Fraction(1, depth)) for x in sigma])
    c = [root] * depth
    c[0], c[-1] = c[0] * arb_mat(s).transpose(), arb_mat(r) * c[-1]
    return c


def moved(c: list[Any], frames: list[Any]) -> list[Any]:
    from flint import arb_mat

    w = list(c)
    for k, g in enumerate(frames):
        w[k], w[k + 1] = arb_mat(g) * w[k], w[k + 1] * arb_mat(g.inv())
    return w


def added(layers: list[Any], p: Fraction) -> Any:
    return sum((schatten(singular_values(m), p) for m in layers), ball(Fraction(0)))


def draw_largest(size: tuple, source: Random) -> Instance:
    """diag(a, b_k), all b_k <= a: the largest singular values add up to N a, and a^N is the largest
    of X. Raises BadInput for N < 2.
    """
    if len(size) != 1 or type(size[0]) is not int or size[0] < 2:
        raise BadInput(f"largest: (N) = {size}; expected a whole number N >= 2")
    depth, a = size[0], Fraction(source.randint(2, 6), source.randint(1, 3))
    others = [a * Fraction(source.randint(1, 4), 5) for _ in range(depth - 1)]
    lower = [*others, a * Fraction(9, 10)]
    w = [diagonal([a, b]) for b in lower]
    moments = [x * x.transpose() - y.transpose() * y for x, y in pairwise(w)]
    values = {
        OPERATOR_NORMS: lambda: sum((max(a, b) for b in lower), Fraction(0)),
        ATTAINED: lambda: depth * a,
        SMALLEST: lambda: depth * min(lower),
        MOMENT: lambda: sum(map(square, moments)),
        ZERO: lambda: Fraction(0),
    }
    return Instance(", ".join(f"W_{k} = {shown(m)}" for k, m in enumerate(w, 1)), values)


SCHATTEN = Family(
    "schatten",
    f"W_k = g_k C_k g_(k-1)^(-1) on the fibre of X, g rational, C balanced, {FRAMES}",
    r"the layers \(W_k = g_k C_k g_{k-1}^{-1}\) on the fibre of \(X\), \(g\) rational, \(C\)"
    r" balanced, " + FRAMES_TEX,
    ("d", "N", "p"),
    (NORMS, LEAST, LARGER, BALANCED),
    draw,
)
LARGEST = Family(
    "largest",
    "diagonal rational tuples of N layers of size 2 with product X whose largest singular"
    " values add up to N ||X||^(1/N)",
    r"diagonal rational tuples of \(N\) layers of size 2 with the product \(X\) whose largest"
    r" singular values add up to \(N \sigma_{\max}(X)^{1/N}\)",
    ("N",),
    (OPERATOR_NORMS, ATTAINED, SMALLEST, MOMENT, ZERO),
    draw_largest,
    exact=True,
)
