"""The gradient of a law as polynomials: the direction along which no output may move."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from verify.discover.laws.forms import Form
from verify.discover.laws.scalars import Poly

#: products of an expansion
EXPANDED = 60_000


class NotProved(Exception):
    """The steps end before every output is seen to stand still; it says nothing against the law."""


def direction(form: Form) -> dict[int, Poly]:
    """The gradient of a law, times what clears its denominators: by flat coordinate."""
    lowest: dict[int, int] = {}
    for m in form.terms:
        for i, e in m:
            lowest[i] = min(lowest.get(i, 0), e)
    clear = {i: 1 - e for i, e in lowest.items() if e < 0}
    under = [_poly(p) for _, p in form.logs]
    found: dict[int, Poly] = {}
    for i in sorted(form.touched):
        total: Poly = {}
        _add(total, _slope(form.terms, i, clear), under, None)
        for k, (c, p) in enumerate(form.logs):
            _add(total, {m: c * x for m, x in _slope(p, i, clear).items()}, under, k)
        found[i] = total
    return {i: p for i, p in found.items() if p}


def _add(into: Poly, poly: Poly, factors: list[Poly], but: int | None) -> None:
    for k, factor in enumerate(factors):
        poly = poly if k == but else _times(poly, factor)
    for m, x in poly.items():
        into[m] = into.get(m, Fraction(0)) + x
        if not into[m]:
            del into[m]


def _poly(terms: Mapping[tuple[tuple[int, int], ...], Fraction]) -> Poly:
    return {tuple(i for i, e in m for _ in range(e)): c for m, c in terms.items()}


def _slope(
    terms: Mapping[tuple[tuple[int, int], ...], Fraction], by: int, clear: Mapping[int, int]
) -> Poly:
    found: Poly = {}
    for m, c in terms.items():
        powers = dict(m)
        if by in powers:
            c *= powers[by]
            powers[by] -= 1
            for i, e in clear.items():
                powers[i] = powers.get(i, 0) + e
            product = tuple(sorted(i for i, e in powers.items() for _ in range(e)))
            found[product] = found.get(product, Fraction(0)) + c
    return found


def _times(a: Poly, b: Poly) -> Poly:
    found: Poly = {}
    for m, x in a.items():
        for n, y in b.items():
            product = tuple(sorted((*m, *n)))
            found[product] = found.get(product, Fraction(0)) + x * y
            if not found[product]:
                del found[product]
        if len(found) > EXPANDED:
            raise NotProved("the gradient of the law has too many products")
    return found
