"""Rational functions, as dictionaries of exponents."""

from __future__ import annotations

from fractions import Fraction

from verify.check_mirror.base import Work, need

Poly = dict[tuple[int, ...], Fraction]


def plus(a: Poly, b: Poly, sign: int = 1) -> Poly:
    found = dict(a)
    for e, c in b.items():
        found[e] = found.get(e, Fraction(0)) + sign * c
    return {e: c for e, c in found.items() if c}


def times(a: Poly, b: Poly) -> Poly:
    Work.spend(len(a) * len(b))
    found: Poly = {}
    for e, c in a.items():
        for f, d in b.items():
            key = tuple(x + y for x, y in zip(e, f, strict=True))
            found[key] = found.get(key, Fraction(0)) + c * d
    return {e: c for e, c in found.items() if c}


class Fn:
    """top/bottom, not reduced."""

    def __init__(self, top: Poly, bottom: Poly) -> None:
        self.top, self.bottom = top, bottom

    def __add__(self, o: Fn) -> Fn:
        if not self.top or not o.top:
            return o if not self.top else self
        if self.bottom == o.bottom:
            return Fn(plus(self.top, o.top), self.bottom)
        top = plus(times(self.top, o.bottom), times(o.top, self.bottom))
        return Fn(top, times(self.bottom, o.bottom))

    def __neg__(self) -> Fn:
        return Fn({e: -c for e, c in self.top.items()}, self.bottom)

    def __sub__(self, o: Fn) -> Fn:
        return self + (-o)

    def __mul__(self, o: Fn) -> Fn:
        return Fn(times(self.top, o.top), times(self.bottom, o.bottom))

    def __truediv__(self, o: Fn) -> Fn:
        need(o.top, "a division by 0")
        return Fn(times(self.top, o.bottom), times(self.bottom, o.top))

    def partial(self, i: int) -> Fn:
        one = tuple(0 for _ in next(iter(self.bottom)))
        if set(self.bottom) == {one}:
            return Fn(slope(self.top, i), self.bottom)
        top = plus(
            times(slope(self.top, i), self.bottom), times(self.top, slope(self.bottom, i)), -1
        )
        return Fn(top, times(self.bottom, self.bottom))


def slope(a: Poly, i: int) -> Poly:
    return {tuple(x - (n == i) for n, x in enumerate(e)): c * e[i] for e, c in a.items() if e[i]}
