"""Exact polynomial fields in the plane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from verify.integrate.system import Moment, Quantity, Scalar, System

Poly = Any


@dataclass(frozen=True)
class PlaneFlow:
    """w' = (first, second)/below, polynomials in w1, w2; ``words`` name it."""

    words: str
    first: Poly
    second: Poly
    below: Poly

    @property
    def keeps_product(self) -> bool:
        w1, w2 = letters()
        return bool(self.first * w2 + w1 * self.second == 0)

    @property
    def keeps_moment(self) -> bool:
        w1, w2 = letters()
        return bool(self.first * w1 - self.second * w2 == 0)

    def same_as(self, other: PlaneFlow) -> bool:
        return bool(
            self.first * other.below == other.first * self.below
            and self.second * other.below == other.second * self.below
        )

    def system(self, start: Sequence[Fraction], quantities: Mapping[str, Poly]) -> System:
        """From an exact start, with polynomials as quantities."""
        parts = [terms(p) for p in (self.first, self.second, self.below)]

        def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
            first, second, below = (at(p, x, moment) for p in parts)
            return [first, second] if len(parts[2]) == 1 else [first / below, second / below]

        return System(
            self.words,
            ("w1", "w2"),
            tuple(start),
            field,
            quantities={n: read(p) for n, p in quantities.items()},
        )


def letters() -> tuple[Poly, Poly]:
    """w1 and w2."""
    w1, w2 = fmpq_mpoly_ctx.get(("w1", "w2"), Ordering.lex).gens()
    return w1, w2


def number(value: Fraction | int) -> Poly:
    w1, _ = letters()
    return 0 * w1 + fmpq(Fraction(value).numerator, Fraction(value).denominator)


def terms(p: Poly) -> tuple[tuple[tuple[int, int], Fraction], ...]:
    """Exponents and coefficients."""
    return tuple(
        ((int(i), int(j)), Fraction(int(c.p), int(c.q)))
        for (i, j), c in sorted(p.to_dict().items())
    )


def at(
    parts: Sequence[tuple[tuple[int, int], Fraction]], x: Sequence[Scalar], moment: Moment
) -> Scalar:
    total = moment.number(Fraction(0))
    for (i, j), c in parts:
        term = moment.number(c)
        for factor in (x[0],) * i + (x[1],) * j:
            term = term * factor
        total = total + term
    return total


def read(p: Poly) -> Quantity:
    parts = terms(p)
    return lambda x, moment: at(parts, x, moment)
