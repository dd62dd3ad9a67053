"""Numbers and matrices modulo the prime, side by side: a number beside a matrix stands for its
multiple of the identity.
"""

from __future__ import annotations

from typing import Any

from flint import nmod_mat

from verify.terms.matrices import Mat
from verify.theories.words.gate_points import PRIME
from verify.theories.words.sizes import Beyond

Value = Any  # a whole number modulo the prime, or a matrix over it


def is_zero(x: Value) -> bool:
    return isinstance(x, int) and x == 0


def is_own_star(e: Mat) -> bool:
    """By its shape alone; a no is always allowed."""
    if e.head == "*":
        x, y = e.args
        return y == Mat("mark", ("H", x)) or x == Mat("mark", ("H", y))
    return e.head == "G"


def added(x: Value, y: Value) -> Value:
    """Raises Beyond where the sizes do not fit."""
    if isinstance(x, int) and isinstance(y, int):
        return (x + y) % PRIME
    if isinstance(x, int) or isinstance(y, int):
        c, m = (x, y) if isinstance(x, int) else (y, x)
        n = m.nrows()
        return (
            m
            if c == 0
            else added(m, nmod_mat(n, n, [c * (i == j) for i in range(n) for j in range(n)], PRIME))
        )
    try:
        return x + y
    except ValueError as wrong:
        raise Beyond(str(wrong)) from None


def multiplied(x: Value, y: Value) -> Value:
    """Raises Beyond where the sizes do not fit."""
    if is_zero(x) or is_zero(y):
        return 0
    if isinstance(x, int) and isinstance(y, int):
        return x * y % PRIME
    try:
        return x * y
    except ValueError as wrong:
        raise Beyond(str(wrong)) from None


def raised(x: Value, n: int) -> Value:
    """Raises ZeroDivisionError where there is no inverse."""
    if n < 0 and is_zero(x):
        raise ZeroDivisionError("a negative power of zero")
    return pow(x, n, PRIME) if isinstance(x, int) else x.inv() ** -n if n < 0 else x**n


def trace(x: Value) -> int:
    if is_zero(x):
        return 0
    if isinstance(x, int) or x.nrows() != x.ncols():
        raise Beyond("the trace of something that is no square matrix")
    return sum(int(x[i, i]) for i in range(x.nrows())) % PRIME
