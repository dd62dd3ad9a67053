"""Exact numbers and matrices at a point."""

from __future__ import annotations

from fractions import Fraction

from verify.kernel.limits import LIMITS, Refused, Work, need

TYPE_CHECKING = False  # that of typing, which costs more than it is worth here
if TYPE_CHECKING:
    from typing import Any
Matrix = tuple[tuple[Fraction, ...], ...]
Value = Fraction | Matrix


def small(x: Fraction) -> Fraction:
    """The number, if it is not longer than what is computed."""
    bits = max(x.numerator.bit_length(), x.denominator.bit_length())
    need(bits <= LIMITS["bits"], "a number of more bits than is read")
    return x


def added(a: Any, b: Any) -> Any:
    """Of the same type; matrices row by row, entry by entry."""
    if isinstance(a, Fraction):
        return small(a + b)
    return tuple(added(x, y) for x, y in zip(a, b, strict=True))


def times(a: Any, b: Any) -> Any:
    """Numbers and matrices in any order."""
    if isinstance(b, Fraction):
        a, b = b, a
    if isinstance(a, Fraction):
        return small(a * b) if isinstance(b, Fraction) else tuple(times(a, x) for x in b)
    columns = list(zip(*b, strict=True))
    return tuple(
        tuple(small(sum((x * y for x, y in zip(r, c, strict=True)), Fraction(0))) for c in columns)
        for r in a
    )


def adjoint(a: Any) -> Any:
    """The transpose: points are real."""
    return a if isinstance(a, Fraction) else tuple(zip(*a, strict=True))


def trace(a: Any) -> Any:
    """Of a square matrix."""
    return sum((row[k] for k, row in enumerate(a)), Fraction(0))


def identity(n: int) -> Matrix:
    """I of n rows."""
    return tuple(tuple(Fraction(i == j) for j in range(n)) for i in range(n))


def zeros(rows: int, columns: int) -> Matrix:
    """The zero matrix."""
    return tuple((Fraction(0),) * columns for _ in range(rows))


def vanishes(a: Any) -> bool:
    """Equal to 0."""
    return not a if isinstance(a, Fraction) else all(map(vanishes, a))


def power(a: Any, e: Fraction) -> Any:
    """a^e, where it is rational; 0^0 = 1."""
    if e.denominator == 1 and e >= 0:
        need(e <= LIMITS["exponent"], "a power beyond what is computed")
        found: Value = Fraction(1) if isinstance(a, Fraction) else identity(len(a))
        for _ in range(int(e)):
            Work.evaluate()
            found = times(found, a)
        return found
    need(a, "a negative or broken power of 0")
    if e < 0:
        return power(1 / a, -e)
    need(a > 0, "a broken power of a negative number")
    n, d = e.numerator, e.denominator
    return power(Fraction(_root(a.numerator, d), _root(a.denominator, d)), Fraction(n))


def _root(x: int, degree: int) -> int:
    low, high = 0, 1 << (x.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        if middle**degree <= x:
            low = middle
        else:
            high = middle - 1
    if low**degree != x:
        raise Refused("a root that is not rational: this point is not evaluated exactly")
    return low
