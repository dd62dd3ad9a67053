"""Exact random points that satisfy balance, and the b of a flow on the fibre there.

Balanced: W_k = g_k D g_(k-1)^-1, W_k* = g_(k-1) D' g_k^-1, with D, D' diagonal and rectangular, the
same numbers in every layer. In the complex case W and W* are independent symbols, so that g, D and
D' are arbitrary; in the real one g is orthogonal and D' = D^T.
"""

from __future__ import annotations

from random import Random
from typing import Any

from flint import fmpq, fmpq_mat

from tests.entrywise.entries import Entries
from tests.entrywise.letters import COMPLEX
from tests.entrywise.motion import fibre_equations
from verify.theories.words.sizes import Beyond


def point(here: Entries, balance: bool, seed: int) -> list[fmpq]:
    """A value for each symbol. Raises Beyond where no b solves its equation at the random point."""
    random = Random(f"{seed} {here.sizes.d} {here.field}")
    values = [
        fmpq(random.choice((-1, 1)) * random.randint(1, 9), random.randint(1, 3))
        for _ in here.symbols.gens
    ]
    if balance:
        for layer, (x, star) in enumerate(_balanced(here, random), 1):
            for i in range(x.nrows()):
                for j in range(x.ncols()):
                    values[here.symbols.index("W", layer, i, j, True)] = star[j, i]
                    values[here.symbols.index("W", layer, i, j, False)] = x[i, j]
    if here.setting.motion.kind == "fibre-flow":
        _solve(here, values)
    return values


def _balanced(here: Entries, random: Random) -> list[tuple[fmpq_mat, fmpq_mat]]:
    d, loose = here.sizes.d, here.field == COMPLEX
    rank = min(d)
    ahead = [fmpq(random.randint(1, 9), random.randint(1, 3)) for _ in range(rank)]
    back = (
        [fmpq(random.randint(1, 9), random.randint(1, 3)) for _ in range(rank)] if loose else ahead
    )
    frames = [_invertible(n, random) if loose else _orthogonal(n, random) for n in d]
    return [
        (
            frames[k] * _diagonal(d[k], d[k - 1], ahead) * frames[k - 1].inv(),
            frames[k - 1] * _diagonal(d[k - 1], d[k], back) * frames[k].inv(),
        )
        for k in range(1, len(d))
    ]


def _diagonal(rows: int, cols: int, numbers: list[fmpq]) -> fmpq_mat:
    return fmpq_mat(
        rows,
        cols,
        [
            numbers[i] if i == j and i < len(numbers) else fmpq(0)
            for i in range(rows)
            for j in range(cols)
        ],
    )


def _invertible(n: int, random: Random) -> fmpq_mat:
    while True:
        found = fmpq_mat(n, n, [random.randint(-4, 4) for _ in range(n * n)])
        if found.det() != 0:
            return found


def _orthogonal(n: int, random: Random) -> fmpq_mat:
    """Cayley: (1 - s)(1 + s)^-1 for a skew s."""
    s = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i):
            s[i][j] = random.randint(-4, 4)
            s[j][i] = -s[i][j]
    one = fmpq_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
    skew = fmpq_mat(s)
    return (one - skew) * (one + skew).inv()


def _solve(here: Entries, values: list[fmpq]) -> None:
    """Put in a b with <w_b, w_a> = d objective(w_a) for every a: linear equations, solved
    exactly.
    """
    motion: Any = here.setting.motion
    unknown = here.symbols.of(motion.family)
    empty = list(values)
    for i in unknown:
        empty[i] = fmpq(0)
    rows = [
        [*(f.derivative(i)(*empty) for i in unknown), -f(*empty)] for f in fibre_equations(here)
    ]
    for i, x in zip(unknown, _solution(rows, len(unknown)), strict=True):
        values[i] = x


def _solution(rows: list[list[fmpq]], unknowns: int) -> list[fmpq]:
    """One solution; unknowns that stay free are 1."""
    if not rows:
        return []
    reduced, rank = fmpq_mat(rows).rref()
    leads = [next(j for j in range(unknowns + 1) if reduced[r, j] != 0) for r in range(rank)]
    if unknowns in leads:
        raise Beyond("no b solves its equation at a random point")
    found = [fmpq(int(j not in leads)) for j in range(unknowns)]
    for r in range(rank - 1, -1, -1):
        found[leads[r]] = reduced[r, unknowns] - sum(
            (reduced[r, j] for j in range(unknowns) if j not in leads), fmpq(0)
        )
    return found
