"""Ranks and kernels modulo a prime, and integer lattices, by python-flint."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from flint import fmpz_mat, nmod_mat

MOST_PART = 1 << 10  #: numerators and denominators that are reconstructed


def matrix(rows: Any, p: int) -> Any:
    """From an array of uint64; by way of whole numbers, which are read faster than residues."""
    height, width = rows.shape
    return nmod_mat(fmpz_mat(height, width, rows.ravel().tolist()), p)


def array(m: Any) -> Any:
    """The entries of a flint matrix."""
    entries = np.fromiter(map(int, m.entries()), np.uint64, m.nrows() * m.ncols())
    return entries.reshape(m.nrows(), m.ncols())


def rank(rows: Any, p: int) -> int:
    """Of an array of uint64."""
    return int(matrix(rows, p).rank()) if rows.size else 0


def _echelon_form(rows: Any, p: int) -> tuple[Any, list[int]]:
    """As a flint matrix, and the columns of its pivots: what is not asked for is not converted."""
    form, found = matrix(rows, p).rref()
    pivots: list[int] = []
    at = 0
    for i in range(int(found)):
        while form[i, at] == 0:
            at += 1
        pivots.append(at)
        at += 1
    return form, pivots


def pivots(rows: Any, p: int) -> list[int]:
    """The columns that are independent of those before them."""
    return _echelon_form(rows, p)[1] if rows.size else []


def reduced(rows: Any, p: int) -> tuple[Any, list[int]]:
    """The rows of the reduced echelon form that are not 0, and the columns of its pivots."""
    if not rows.size:
        return np.zeros((0, rows.shape[1]), np.uint64), []
    form, found = _echelon_form(rows, p)
    return array(form)[: len(found)], found


def kernel(rows: Any, p: int) -> Any:
    """A basis of the vectors that all rows annihilate, as columns (n, n - rank)."""
    n = rows.shape[1]
    if not rows.size:
        return np.eye(n, dtype=np.uint64)
    form, found = _echelon_form(rows, p)
    free = sorted(set(range(n)) - set(found))
    made = np.zeros((n, len(free)), np.uint64)
    made[free, range(len(free))] = 1
    if found and free:
        entries = [int(form[i, j]) for i in range(len(found)) for j in free]
        block = np.array(entries, np.uint64).reshape(len(found), len(free))
        made[found] = np.where(block == 0, block, np.uint64(p) - block)
    return made


def rational(x: int, p: int) -> Fraction | None:
    """The fraction of small parts that is x modulo p."""
    a, b, u, v = p, x % p, 0, 1
    while b > MOST_PART:
        a, b, u, v = b, a % b, v, u - a // b * v
    return Fraction(b, v) if v and abs(v) <= MOST_PART else None


def echelon(rows: Sequence[Sequence[int]]) -> tuple[list[list[int]], list[list[int]], int]:
    """(U, its inverse, r) with U unimodular: U rows is in Hermite form, r of its rows are not 0."""
    n, width = len(rows), len(rows[0]) if rows else 0
    wide = fmpz_mat([[*row, *(int(i == j) for j in range(n))] for i, row in enumerate(rows)])
    form = wide.hnf().tolist()
    u = [[int(x) for x in row[width:]] for row in form]
    r = sum(any(int(x) for x in row[:width]) for row in form)
    inverse = fmpz_mat(u).inv().tolist() if n else []
    return u, [[int(x.p) for x in row] for row in inverse], r
