"""What is sure for all values of integers and indices: ranges, natural exponents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from verify.kernel.affine import Affine, Index, Integer, Interval, Kind, Symbol
from verify.kernel.limits import need


def sure(a: Affine) -> bool:
    """a >= 0 for all values of its integers and indices; False also means: not seen."""
    while inner := [x for x in a.symbols() if isinstance(x, Index)]:
        last = max(inner, key=lambda x: x.rank)
        if not isinstance(last.kind, Interval):
            return False
        end = last.kind.low if dict(a.terms)[last] > 0 else last.kind.high
        a = a.at({last: end})
    value = a.const
    for x, c in a.terms:
        if not isinstance(x, Integer) or c < 0:
            return False
        value += c * x.least
    return value >= 0


def whole(a: Affine) -> bool:
    """Whole for all values of its integers and indices."""
    return a.const.denominator == 1 and all(c.denominator == 1 and x.counts for x, c in a.terms)


def natural(a: Affine) -> bool:
    """One of 0, 1, 2, ... for all values of its integers and indices."""
    return whole(a) and sure(a)


def inside(a: Affine, kind: Kind) -> bool:
    """An index in its range: between the ends of an interval, or an index of the same set."""
    if isinstance(kind, Interval):
        return whole(a) and sure(a - kind.low) and sure(kind.high - a)
    x = a.index()
    return x is not None and x.kind == kind


def placed(indices: Sequence[Index], entries: Sequence[Affine]) -> dict[Symbol, Affine]:
    """Values for the indices of a fact or letter, each in its range after the ones before it are
    replaced: the complete substitution.
    """
    need(len(indices) == len(entries), f"expected {len(indices)} indices")
    values: dict[Symbol, Affine] = {}
    for x, a in zip(indices, entries, strict=True):
        kind = x.kind.at(values)
        need(inside(a, kind), f"the index {x.name} is not surely in its range")
        values[x] = a
    return values


def numeric(a: Affine, values: Mapping[Symbol, Fraction]) -> Fraction:
    """Its value where all that occurs in it has one."""
    total = a.const
    for x, c in a.terms:
        need(x in values, f"{x.name} has no value at the point")
        total += c * values[x]
    return total
