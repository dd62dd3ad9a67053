"""Signs of values at a start: of fractions, balls, and rational functions of a degree D > 2."""

from __future__ import annotations

from math import comb
from typing import Any

from flint import arb, fmpq

from verify.mirror.field import Element, Poly


def sign(x: Any) -> int | None:
    """1, -1 or 0; None where it is not known."""
    if isinstance(x, Element):
        top, bottom = _beyond_two(x.top), _beyond_two(x.bottom)
        return None if top is None or bottom is None else top * bottom
    if isinstance(x, (fmpq, arb)):
        return 1 if x > 0 else -1 if x < 0 else 0 if x == 0 else None
    return (x > 0) - (x < 0)


def _beyond_two(f: Poly) -> int | None:
    """The sign of a polynomial in one letter for all its values greater than 2."""
    if f == 0:
        return 0
    coefficients: dict[int, fmpq] = {}
    for exponents, c in f.terms():
        used = [int(e) for e in exponents if e]
        if len(used) > 1:
            return None
        n = used[0] if used else 0
        for k in range(n + 1):  # (2 + t)^n
            part = c * comb(n, k) * fmpq(2) ** (n - k)
            coefficients[k] = coefficients.get(k, fmpq(0)) + part
    signs = {1 if c > 0 else -1 for c in coefficients.values() if c != 0}
    return signs.pop() if len(signs) == 1 else None
