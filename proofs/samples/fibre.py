"""Tuples of any widths on the fibre of X: the balanced lift, moved by changes of frame in the
hidden layers.

Reference: arXiv:2511.01137v2 for the fibre; the least value N sum sigma^(2/N) is derived. All
numbers are rational: sigma_i = lambda_i^N.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

from proofs.samples.drawing import (
    distinct,
    exact,
    near_identity,
    orthogonal,
    shown,
    square,
)
from verify.exact.errors import BadInput
from verify.models.samples import Family, Instance, Quantity

NORM = Quantity("||W||^2", "exact")
LEAST = Quantity("N sum sigma^(2/N)", "exact, from lambda", r"N \sum_{i} \sigma_i^{2/N}")
LARGER = Quantity(
    "101/100 of N sum sigma^(2/N)", "exact", r"\tfrac{101}{100}\,N \sum_{i} \sigma_i^{2/N}"
)
LIFTED = Quantity("||U||^2", "exact, at the balanced lift")


def draw(size: tuple, source: Random) -> Instance:
    """Raises BadInput where a width is smaller than the rank r: then no tuple has a product of rank
    r, and the fibre is empty.
    """
    rank, *widths = size
    if any(type(n) is not int or n < 1 for n in size) or len(widths) < 3:
        raise BadInput(
            f"fibre: (r, d_0, ..., d_N) = {size}; expected whole numbers >= 1 and N >= 2 layers"
        )
    if min(widths) < rank:
        raise BadInput(
            f"fibre: widths {tuple(widths)} and rank {rank}: the fibre is empty; expected every"
            f" width >= {rank}"
        )
    roots, lifted = lift(rank, widths, source)
    moved, depth = moved_by_frames(lifted, source), len(lifted)
    least = depth * sum(x**2 for x in roots)
    values = {
        NORM: lambda: sum(map(square, moved)),
        LEAST: lambda: least,
        LARGER: lambda: least * Fraction(101, 100),
        LIFTED: lambda: sum(map(square, lifted)),
    }
    layers = ", ".join(f"W_{k} = {shown(m)}" for k, m in enumerate(moved, 1))
    return Instance(f"{layers}; lambda = ({', '.join(map(str, roots))})", values)


def lift(rank: int, widths: list[int], source: Random) -> tuple[list[Fraction], list[Any]]:
    """lambda and the balanced tuple U_k = V_k diag(lambda) V_(k-1)^T, V_k the first r columns of an
    orthogonal matrix of size d_k.
    """
    roots = distinct(source, rank)
    frames = [orthogonal(source, n) for n in widths]
    layers = []
    for k in range(1, len(widths)):
        rows, columns = widths[k], widths[k - 1]
        middle = exact(
            [
                [roots[i] if i == j and i < rank else Fraction(0) for j in range(columns)]
                for i in range(rows)
            ]
        )
        layers.append(frames[k] * middle * frames[k - 1].transpose())
    return roots, layers


def moved_by_frames(layers: list[Any], source: Random) -> list[Any]:
    """W_k -> g_k W_k g_(k-1)^(-1), g_0 = g_N = I: the product stays as it is, which is checked."""
    moved = list(layers)
    for k in range(len(layers) - 1):
        g = near_identity(source, layers[k].nrows())
        moved[k], moved[k + 1] = g * moved[k], moved[k + 1] * g.inv()
    if product(moved) != product(layers):
        raise ArithmeticError("a change of frames moved the product")
    return moved


def product(layers: list[Any]) -> Any:
    found = layers[0]
    for layer in layers[1:]:
        found = layer * found
    return found


FIBRE = Family(
    "fibre",
    "W_k = g_k U_k g_(k-1)^(-1) on the fibre of X, g rational, U a balanced lift of X with"
    " sigma_i = lambda_i^N, i <= r",
    r"the layers \(W_k = g_k U_k g_{k-1}^{-1}\) on the fibre of \(X\), \(g\) rational, \(U\) a"
    r" balanced lift of \(X\) with \(\sigma_i = \lambda_i^{N}\), \(i \le r\)",
    ("r", "d_0", "...", "d_N"),
    (NORM, LEAST, LARGER, LIFTED),
    draw,
    exact=True,
)
