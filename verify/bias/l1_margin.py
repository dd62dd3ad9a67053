"""The predictor of least l1 norm with margins of at least 1, exact: min |b|_1 where x_n.b >= 1.

The largest l1 margin is 1/|b|_1. Basic solutions are tried, each solved over Q, until one is
certified by its dual: nu >= 0, |X_j.nu| <= 1 and sum nu_n = |b|_1; then |c|_1 >= nu.X c >= sum nu_n
for every c with x_n.c >= 1. It is the only one where besides |X_j.nu| < 1 off the support, nu_n > 0
on as many samples as it has entries, and these are independent there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

from flint import fmpq_mat

from verify.bias.hard_margin import Row, dot, exact_rows, none_separates, rational, values

MOST = 8  # coordinates: every basis is tried


@dataclass(frozen=True)
class L1Margin:
    """b with multipliers that prove it."""

    b: Row
    nu: Row
    unique: bool

    @property
    def margin(self) -> Fraction:
        """The largest min_n x_n.b/|b|_1."""
        return 1 / sum(map(abs, self.b), Fraction(0))


def l1_margin(rows: Sequence[Sequence[Fraction | int]]) -> L1Margin:
    """Raises BadInput for what is no small matrix of exact numbers, and for samples that no b
    separates, with the combination that shows it.
    """
    x = exact_rows(rows, MOST)
    sizes = range(1, min(len(x), len(x[0])) + 1)
    bases = ((t, s) for k in sizes for t in combinations(range(len(x)), k)
             for s in combinations(range(len(x[0])), k))  # fmt: skip
    for tight, support in bases:
        found = _on(x, tight, support)
        if found is not None:
            return found
    raise none_separates(x, "b")


def certified(x: Sequence[Row], b: Row, nu: Row) -> bool:
    """Feasible, feasible, and of one value: over Q."""
    return (
        all(dot(r, b) >= 1 for r in x)
        and all(v >= 0 for v in nu)
        and all(abs(dot(nu, column)) <= 1 for column in zip(*x, strict=True))
        and sum(nu, Fraction(0)) == sum(map(abs, b), Fraction(0))
    )


def _on(x: list[Row], tight: tuple[int, ...], support: tuple[int, ...]) -> L1Margin | None:
    square = rational([[x[n][j] for j in support] for n in tight])
    try:
        part = values(square.solve(fmpq_mat([[1] for _ in tight])))
        turned = square.transpose().inv()
    except ZeroDivisionError:
        return None
    b = _placed(len(x[0]), support, part)
    for signs in product(*(((v > 0) - (v < 0),) if v else (1, -1) for v in part)):
        duals = values(turned * fmpq_mat([[s] for s in signs]))
        nu = _placed(len(x), tight, duals)
        if certified(x, b, nu):
            off = [abs(dot(nu, c)) for j, c in enumerate(zip(*x, strict=True)) if j not in support]
            unique = all(v < 1 for v in off) and all(v > 0 for v in duals)
            return L1Margin(b, nu, unique)
    return None


def _placed(size: int, places: tuple[int, ...], found: Row) -> Row:
    known = dict(zip(places, found, strict=True))
    return tuple(known.get(k, Fraction(0)) for k in range(size))
