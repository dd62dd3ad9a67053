"""The gradient of a law as polynomials: the direction along which no output may move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from verify.discover.laws.forms import Form, Monomial
from verify.discover.laws.scalars import Poly, whole

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
    parts: list[tuple[dict[int, Poly], int | None]] = [(_slopes(form.terms, clear), None)]
    for k, (c, polynomial) in enumerate(form.logs):
        scaled = {m: c * x for m, x in polynomial.items()}
        parts.append((_slopes(scaled, clear), k))
    found: dict[int, Poly] = {}
    for slopes, but in parts:
        for i, poly in slopes.items():
            _add(found.setdefault(i, {}), poly, under, but)
    return {i: found[i] for i in sorted(found) if found[i]}


def bent(start: Mapping[int, Poly], metric: Sequence[tuple[Fraction, int]]) -> dict[int, Poly]:
    """A direction by the rates c x^k of all coordinates."""
    made: dict[int, Poly] = {}
    for i, poly in start.items():
        c, k = metric[i]
        made[i] = {tuple(sorted((*m, *[i] * k))): whole(x * c) for m, x in poly.items()}
    return made


def _add(into: Poly, poly: Poly, factors: list[Poly], but: int | None) -> None:
    for k, factor in enumerate(factors):
        poly = poly if k == but else _times(poly, factor)
    for m, x in poly.items():
        into[m] = into.get(m, 0) + x
        if not into[m]:
            del into[m]


def _poly(terms: Mapping[Monomial, int | Fraction]) -> Poly:
    return {tuple(i for i, e in m for _ in range(e)): whole(c) for m, c in terms.items()}


def _slopes(terms: Mapping[Monomial, int | Fraction], clear: Mapping[int, int]) -> dict[int, Poly]:
    """The derivatives by all coordinates that occur, times the product of ``clear``."""
    found: dict[int, Poly] = {}
    for m, c in terms.items():
        for by, exponent in m:
            powers = dict(m)
            powers[by] -= 1
            for i, e in clear.items():
                powers[i] = powers.get(i, 0) + e
            product = tuple(i for i, e in sorted(powers.items()) for _ in range(e))
            slopes = found.setdefault(by, {})
            slopes[product] = slopes.get(product, 0) + whole(c * exponent)
    return found


def _times(a: Poly, b: Poly) -> Poly:
    found: Poly = {}
    for m, x in a.items():
        for n, y in b.items():
            product = tuple(sorted((*m, *n)))
            found[product] = found.get(product, 0) + x * y
            if not found[product]:
                del found[product]
        if len(found) > EXPANDED:
            raise NotProved("the gradient of the law has too many products")
    return found
