"""Matrices of small whole numbers, of every form that a letter can have."""

from __future__ import annotations

from random import Random

from flint import fmpq

from verify.theories.words.complex_matrix import CMat


def draw(shape: tuple[int, int], rng: Random, real: bool) -> CMat:
    """Small whole numbers."""
    m, n = shape
    entries = [
        [(rng.randint(-3, 3), 0 if real else rng.randint(-2, 2)) for _ in range(n)]
        for _ in range(m)
    ]
    return CMat.of(entries, shape)


def shaped(shape: tuple[int, int], form: str, rng: Random, real: bool) -> CMat:
    """Hermitian, positive definite, or any."""
    x = draw(shape, rng, real)
    if form == "hermitian":
        return x + x.marked("H")
    if form == "positive":
        return x * x.marked("H") + CMat.scalar(shape[0], fmpq(1))
    return x
