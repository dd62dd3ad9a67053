"""Data of an underdetermined linear problem X beta = y, exact.

Every number is a Fraction (a double is one), so that what is certified is about the numbers that
were given and not about their decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import isfinite
from typing import Any

from flint import fmpq, fmpq_mat, nmod, nmod_mat
from numpy import array, generic, ndarray

from verify.exact.errors import BadInput

Row = tuple[Fraction, ...]
PRIME = 2**61 - 1


@dataclass(frozen=True)
class Data:
    """X with N rows and d > N columns, and y.

    Raises BadInput where shapes do not fit, a number is not exact or not finite, X has no null
    space, its rows are dependent, or no beta satisfies X beta = y.
    """

    x: tuple[Row, ...]
    y: Row

    @classmethod
    def of(cls, x: Sequence[Sequence[Any]], y: Sequence[Any]) -> Data:
        """From numbers as they are: whole numbers, fractions, doubles (each is a fraction)."""
        rows = tuple(
            tuple(exact(v, f"X[{i}][{j}]") for j, v in enumerate(_listed(row, f"X[{i}]")))
            for i, row in enumerate(_listed(x, "X"))
        )
        return cls(rows, tuple(exact(v, f"y[{i}]") for i, v in enumerate(_listed(y, "y"))))

    def __post_init__(self) -> None:
        if any(type(v) is not Fraction for row in (*self.x, self.y) for v in row):
            raise BadInput("Data: expected rows of fractions; Data.of takes other numbers")
        if not self.x or not self.x[0]:
            raise BadInput("X is empty; expected at least one row, and more columns than rows")
        d = len(self.x[0])
        for i, row in enumerate(self.x):
            if len(row) != d:
                raise BadInput(
                    f"X: row {i} has {len(row)} numbers, row 0 has {d}; expected a matrix"
                )
        if len(self.y) != len(self.x):
            raise BadInput(
                f"y has {len(self.y)} numbers, X has {len(self.x)} rows; expected one target for"
                " each row"
            )
        self._ranks(d)

    def _ranks(self, d: int) -> None:
        if len(self.x) < d and _rank_modulo(self.x) == len(self.x):
            return  # as many independent rows over Q, for a rank modulo a prime is no larger
        rank = self.matrix.rank()
        if rank == d:
            raise BadInput(
                f"X is {len(self.x)} x {d} of rank {rank}: it has no null space, so at most one"
                " beta satisfies X beta = y and nothing is biased; expected fewer independent rows"
                " than columns"
            )
        if rank < len(self.x):
            rows = [[*r, v] for r, v in zip(_flint(self.x), _flint([self.y])[0], strict=True)]
            if fmpq_mat(rows).rank() > rank:
                raise BadInput(
                    "X beta = y has no solution: y is not in the range of X; expected feasible"
                    " data, such as y = X beta*"
                )
            raise BadInput(
                f"X has {len(self.x)} rows of rank {rank}: some repeat what others say; leave them"
                " out"
            )

    @cached_property
    def matrix(self) -> Any:
        """X over Q."""
        return fmpq_mat(_flint(self.x))

    @cached_property
    def target(self) -> Any:
        """The column y over Q."""
        return fmpq_mat([[v] for v in _flint([self.y])[0]])

    @cached_property
    def doubles(self) -> tuple[Any, Any]:
        """X and y, rounded."""
        return array([[float(v) for v in r] for r in self.x]), array([float(v) for v in self.y])

    @property
    def shape(self) -> tuple[int, int]:
        """N and d."""
        return len(self.x), len(self.x[0])


def _rank_modulo(rows: tuple[Row, ...]) -> int:
    try:
        entries = [
            [nmod(v.numerator % PRIME, PRIME) / nmod(v.denominator % PRIME, PRIME) for v in row]
            for row in rows
        ]
    except ZeroDivisionError:  # the prime divides a denominator
        return 0
    flat = [int(v) for row in entries for v in row]
    return int(nmod_mat(len(rows), len(rows[0]), flat, PRIME).rank())


def exact(value: Any, where: str) -> Fraction:
    """A whole number, a fraction or a double as the fraction that it is. Raises BadInput for what
    is no finite number, or is one that would be rounded on the way.
    """
    plain = value.item() if isinstance(value, generic) else value
    if type(plain) in (int, Fraction) or (type(plain) is float and isfinite(plain)):
        return Fraction(plain)
    raise BadInput(
        f"{where} = {value!r:.40}; expected a finite number: a whole number, a Fraction or a double"
    )


def _listed(value: Any, where: str) -> list[Any]:
    if isinstance(value, (list, tuple, ndarray)) and getattr(value, "shape", (1,)) != ():
        return [*value]
    raise BadInput(f"{where} = {value!r:.40}; expected a list of numbers, or of rows of them")


def _flint(rows: Sequence[Sequence[Fraction]]) -> list[list[Any]]:
    return [[fmpq(v.numerator, v.denominator) for v in row] for row in rows]
