"""Exact tuples with a product of known singular values: rotations and changes of frame with
rational entries.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from proofs.flows.matrix_flow import Matrix, multiply, transpose
from verify.exact.errors import BadInput


def rotation(t: Fraction) -> Matrix:
    """The rotation of the plane by 2 arctan t, with rational entries."""
    t = Fraction(t)
    c, s = (1 - t * t) / (1 + t * t), 2 * t / (1 + t * t)
    return [[c, -s], [s, c]]


def diagonal(*values: Fraction) -> Matrix:
    return [
        [Fraction(x) if i == j else Fraction(0) for j in range(len(values))]
        for i, x in enumerate(values)
    ]


def inverse(a: Matrix) -> Matrix:
    """Of an invertible 2 x 2 matrix. Raises BadInput where it is singular."""
    det = a[0][0] * a[1][1] - a[0][1] * a[1][0]
    if not det:
        raise BadInput(f"{a!r} is singular; expected an invertible change of frame")
    return [
        [Fraction(a[1][1]) / det, -Fraction(a[0][1]) / det],
        [-Fraction(a[1][0]) / det, Fraction(a[0][0]) / det],
    ]


def turned_tuple(roots: Sequence[Fraction], frames: Sequence[Matrix]) -> list[Matrix]:
    """W_1, ..., W_N of size 2 x 2, N = len(frames) + 1: the balanced tuple of X = R diag(roots)^N
    S^T moved by g_k = frames[k-1].

    R and S are fixed rotations. W_k -> g_k W_k g_(k-1)^(-1) with g_0 = g_N = I leaves X as it is.
    ``roots`` may contain 0.
    """
    lamb = diagonal(*roots)
    count = len(frames) + 1
    layers = [lamb] * count
    layers[0] = multiply(layers[0], transpose(rotation(Fraction(1, 3))))
    layers[-1] = multiply(rotation(Fraction(1, 2)), layers[-1])
    for k, g in enumerate(frames):
        layers[k], layers[k + 1] = multiply(g, layers[k]), multiply(layers[k + 1], inverse(g))
    return layers
