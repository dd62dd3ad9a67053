"""Functions that people train with, written exactly in + - * / **, exp and log: no engine and no
reader has to know them.

Their names are those of NumPy, which calls them on arrays of symbols: ``np.tanh(x)`` is
``x.tanh()`` for each.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

HALF = Fraction(1, 2)


class Functions:
    """For a scalar that has arithmetic, ``power``, ``exp`` and ``log``."""

    __slots__ = ()

    def sqrt(self: Any) -> Any:
        return self.power(HALF)

    def square(self: Any) -> Any:
        return self * self

    def reciprocal(self: Any) -> Any:
        return self.power(Fraction(-1))

    def conjugate(self: Any) -> Any:
        """Symbols are real."""
        return self

    def tanh(self: Any) -> Any:
        """1 - 2/(1 + e^(2x))."""
        return 1 - 2 / (1 + (2 * self).exp())

    def sigmoid(self: Any) -> Any:
        """1/(1 + e^(-x))."""
        return 1 / (1 + (-self).exp())

    def softplus(self: Any) -> Any:
        """log(1 + e^x)."""
        return (1 + self.exp()).log()

    def sinh(self: Any) -> Any:
        return (self.exp() - (-self).exp()) * HALF

    def cosh(self: Any) -> Any:
        return (self.exp() + (-self).exp()) * HALF

    def expm1(self: Any) -> Any:
        return self.exp() - 1

    def exp2(self: Any) -> Any:
        return 2**self

    def log1p(self: Any) -> Any:
        return (1 + self).log()

    def log2(self: Any) -> Any:
        return self.log() / (0 * self + 2).log()

    def log10(self: Any) -> Any:
        return self.log() / (0 * self + 10).log()
