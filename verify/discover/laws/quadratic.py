"""Terms of degree 2 in arrays: of laws that touch hundreds of coordinates, where a dictionary of
monomials takes most of the time and memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

Pairs = tuple[tuple[int, int], ...]
LEAST = 64  #: pairs of coordinates
MOST = 1 << 30  #: of a coefficient


class Quadratic(Mapping[Pairs, "int | Fraction"]):
    """c x_i x_j for i <= j, each pair once, no c = 0: as a mapping what a dictionary would be."""

    def __init__(self, low: Any, high: Any, c: Any) -> None:
        self.low, self.high, self.c = low, high, c

    @classmethod
    def of(cls, parts: Iterable[tuple[int, Any, Any]]) -> Quadratic:
        """The sum of c (left . right) of flat coordinates."""
        left, right, numbers = [], [], []
        for c, one, other in parts:
            left.append(np.minimum(one, other))
            right.append(np.maximum(one, other))
            numbers.append(np.full(len(one), c, np.int64))
        low, high, size = (np.concatenate(x) for x in (left, right, numbers))
        order = np.lexsort((high, low))
        low, high, size = low[order], high[order], size[order]
        new = np.ones(len(low), bool)
        new[1:] = (np.diff(low) != 0) | (np.diff(high) != 0)
        sums = np.add.reduceat(size, np.flatnonzero(new))
        return cls(low[new][sums != 0], high[new][sums != 0], sums[sums != 0])

    @cached_property
    def groups(self) -> list[tuple[tuple[int, ...], Any, Any]]:
        """Terms of equal exponents together: exponents, coordinates, coefficients."""
        same = self.low == self.high
        made = [
            ((2,), self.low[same][:, None], self.c[same]),
            ((1, 1), np.stack([self.low, self.high], axis=1)[~same], self.c[~same]),
        ]
        return [g for g in made if len(g[2])]

    @cached_property
    def places(self) -> Any:
        """The coordinates that occur, in order."""
        if (self.low == self.high).all():
            return self.low
        return np.unique(np.concatenate([self.low, self.high]))

    @cached_property
    def _terms(self) -> dict[Pairs, int]:
        return dict(zip(self, self.c.tolist(), strict=True))

    def __getitem__(self, key: Pairs) -> int:
        return self._terms[key]

    def __iter__(self) -> Iterator[Pairs]:
        for i, j in zip(self.low.tolist(), self.high.tolist(), strict=True):
            yield ((i, 2),) if i == j else ((i, 1), (j, 1))

    def __len__(self) -> int:
        return len(self.c)
