"""Balanced layers with a pair of singular vectors u and v, and the slope of its value."""

from fractions import Fraction

from proofs.lemmas.balanced import M, S
from verify.claims.conclusions.matrix_kinds import Identity, Lemma, Use
from verify.models.matrices import Example
from verify.terms.affine import N, k, p
from verify.terms.letters import Letter
from verify.terms.matrices import A, B, P, const, inner, letter, total
from verify.terms.relation import Equal

s, u, v = const("s"), letter("u"), letter("v")
VECTORS = (Letter("u", "N", "m"), Letter("v", "0", "m"))
EIGEN = {"left": (Equal(M * u, s * u),), "right": (Equal(S * v, s * v),)}
SLOPE = inner(u, total(A[p] * A[p].H * P * B[p].H * B[p]) * v)
RATE = Identity(SLOPE, const("N") * s ** (N - 1) * inner(u, P * v))
UP = Lemma(
    "powers u", Equal(M ** (N - k) * u, s ** (N - k) * u, 0, 0), "down",
    (Use("powers u", k + 1, left=M), Use("left", left=s ** (N - k - 1))),
)  # fmt: skip
DOWN = Lemma(
    "powers v", Equal(S ** (k - 1) * v, s ** (k - 1) * v, 1, -1), "up",
    (Use("powers v", k - 1, left=S), Use("right", left=s ** (k - 2))),
)  # fmt: skip


def scalars(weights: tuple[int | Fraction, ...]) -> Example:
    """Layers of width 1 with P = 1, M = S = 1 and s = 1."""
    ones = {x: [[1]] for x in ("P", "M", "S", "u", "v")}
    depth = len(weights)
    values = {"W": tuple([[w]] for w in weights), **ones}
    return Example(values, depth, (1,) * (depth + 1), {"m": 1}, {"s": 1})
