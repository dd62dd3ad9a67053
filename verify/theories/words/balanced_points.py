"""Exact balanced tuples: W_k = U_k D_k U_(k-1)* with unitary U_k over Q(i) (Cayley) and one
diagonal of whole numbers.
"""

from __future__ import annotations

from random import Random

from flint import fmpq

from verify.theories.words.complex_matrix import CMat


def balanced_layers(dims: tuple[int, ...], rng: Random, real: bool) -> list[CMat]:
    """Of rank min(dims); any widths."""
    frames = [unitary(d, rng, real) for d in dims]
    diagonal = [rng.randint(1, 3) for _ in range(min(dims))]
    found = []
    for j in range(1, len(dims)):
        middle = CMat.of(
            [
                [diagonal[a] if a == b and a < len(diagonal) else 0 for b in range(dims[j - 1])]
                for a in range(dims[j])
            ]
        )
        found.append(frames[j] * middle * frames[j - 1].marked("H"))
    return found


def unitary(n: int, rng: Random, real: bool) -> CMat:
    """(I - K)(I + K)^(-1) for a skew K of small whole numbers; I + K is always invertible."""
    entries = [[(0, 0)] * n for _ in range(n)]
    for a in range(n):
        entries[a][a] = (0, 0 if real else rng.randint(-1, 1))
        for b in range(a):
            x, y = rng.randint(-2, 2), 0 if real else rng.randint(-1, 1)
            entries[a][b], entries[b][a] = (x, y), (-x, y)
    skew, one = CMat.of(entries), CMat.scalar(n, fmpq(1))
    return (one + skew.times(fmpq(-1))) * (one + skew).inverse()
