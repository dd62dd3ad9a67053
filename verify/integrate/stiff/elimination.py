"""Gauss's elimination in doubles with row exchanges, entry by entry: the same numbers on every
machine, however many threads its linear algebra would use.
"""

from __future__ import annotations

from typing import Any

import numpy


class Singular(Exception):
    """A pivot that is 0 or not finite."""


class Factorised:
    """P A = L U of a square matrix, which is overwritten. Raises Singular."""

    def __init__(self, a: Any) -> None:
        self.a, self.order = a, numpy.arange(len(a))
        for k in range(len(a)):
            top = k + int(numpy.argmax(abs(a[k:, k])))
            if not 0 < abs(a[top, k]) < numpy.inf:
                raise Singular(f"pivot {k}")
            if top != k:
                a[[k, top]] = a[[top, k]]
                self.order[[k, top]] = self.order[[top, k]]
            a[k + 1 :, k] /= a[k, k]
            a[k + 1 :, k + 1 :] -= a[k + 1 :, k, None] * a[k, k + 1 :]

    def solve(self, b: Any) -> Any:
        """x with A x = b."""
        x = b[self.order]
        for k in range(len(x)):
            x[k + 1 :] -= self.a[k + 1 :, k] * x[k]
        for k in reversed(range(len(x))):
            x[k] /= self.a[k, k]
            x[:k] -= self.a[:k, k] * x[k]
        return x
