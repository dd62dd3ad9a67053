"""Which summand at the end of which sum is written apart, or added, so that two sums meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from verify.kernel.affine import Index, Interval
from verify.kernel.monomials import Mono
from verify.kernel.read import Scope
from verify.kernel.ring import Poly, product_of, total
from verify.kernel.terms import opened, word
from verify.theories import written

Data = object


@dataclass(frozen=True)
class Peel:
    """c times the sum of `mono` over an interval, of which an end is written apart; what is left,
    or, where the sum is `added` to have that end, the longer one, has the normal form `other`.
    """

    mono: Mono
    c: Fraction
    over: Interval
    end: str
    other: Mono
    added: bool
    summand: Poly  # at that end

    def step(self, name: str, indices: Sequence[Index], scope: Scope) -> dict[str, Data]:
        """The step, under these indices."""
        bound, factors, letters = opened(self.mono)
        written.named(bound, scope)
        parts = [*(written.factor(b, e) for b, e in factors), *map(written.letter, letters)]
        given = {"for": written.ranges(indices)} if indices else {}
        summed = [bound[0].name, written.kind(self.over), written.product(parts)]
        return {"rule": "peel", "name": name, **given, "sum": summed, "end": self.end}


def peels(p: Poly) -> Iterator[Peel]:
    """Those whose summand vanishes, that bring a sum to one that stands there, or that another one
    becomes; then any.
    """
    every = [x for mono, c in p.terms.items() for x in _ends(mono, c)]
    yield from (x for x in every if not x.added and not x.summand.terms)
    others = {(x.other, x.mono) for x in every}
    for x in every:
        if x.other in p.terms or any(o == x.other and m != x.mono for o, m in others):
            yield x
    yield from (x for x in every if not x.added)


def _ends(mono: Mono, c: Fraction) -> Iterator[Peel]:
    bound, factors, letters = opened(mono)
    kind = bound[0].kind if len(bound) == 1 else None
    if not isinstance(kind, Interval) or not (letters or factors):
        return
    one = product_of(factors)
    one = one * word(letters) if letters else one
    low, high = kind.low, kind.high
    less, more = low.plus(1), low.plus(-1)
    for end, at, rest, longer in (
        ("first", low, Interval(less, high), Interval(more, high)),
        ("last", high, Interval(low, high.plus(-1)), Interval(low, high.plus(1))),
    ):
        for over, sums, added in ((kind, rest, False), (longer, longer, True)):
            terms = total(bound[0], sums, one).terms if (over.high - over.low).sure() else {}
            if len(terms) == 1:
                yield Peel(mono, c, over, end, next(iter(terms)), added, one.at({bound[0]: at}))
