"""Where a fact fits inside a monomial, whatever its letters are: a search that nobody has to
believe, since the kernel checks each use that comes of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.kernel.affine import Affine, Index, Symbol, number
from verify.kernel.facts import Fact
from verify.kernel.letters import Base, Power
from verify.kernel.terms import opened

Bound = dict[Symbol, Affine]
Factors = list[tuple[Base, Affine]]
Word = list[Power]
#: indices of the fact, what is left of the monomial, bound indices that the fact sums over itself,
#: and the words on both sides
Found = tuple[list[Affine], Factors, list[Index], Word, Word]


@dataclass(frozen=True)
class Pattern:
    """The largest monomial of an equation, with its coefficient there."""

    fact: Fact
    mono: Any
    coefficient: Fraction

    def fits(
        self, bound: list[Index], factors: Factors, word: Word, chosen: bool = False
    ) -> Found | None:
        """Where it stands inside a monomial, the first way that is found; indices of the fact that
        do not stand in its largest monomial are ``chosen`` among those of the other factors.
        """
        fact = self.fact
        own, pattern, letters = opened(self.mono)
        variables = {*own, *fact.indices}
        for start, left, right in _inside(letters, word, variables):
            for values, rest in _each(pattern, factors, start, variables):
                values = _chosen(fact, values, rest) if chosen else values
                summed = [x for v in own if v in values and (x := values[v].index()) is not None]
                at = [values[x] for x in fact.indices if x in values]
                if len(at) < len(fact.indices) or len(summed) < len(own):
                    continue
                if _fits(fact, at) and _sums(own, summed, bound, rest, [*left, *right], values):
                    return at, rest, summed, left, right
        return None


def _chosen(fact: Fact, values: Bound, rest: Factors) -> Bound:
    """With the first index of the same range in the place of each that has no value."""
    there = [a for base, _ in rest for a in base.at]
    found = dict(values)
    for x in fact.indices:
        alike = (a for a in there if (y := a.index()) is not None and y.kind == x.kind.at(found))
        if x not in found and (a := next(alike, None)) is not None:
            found[x] = a
    return found


def patterns(facts: Mapping[str, Fact], start: tuple[str, ...] = ()) -> list[Pattern]:
    """Each equation that holds always, and those of the start that are named."""
    found = []
    for name, fact in facts.items():
        if fact.relation != "=" or (fact.time == "start" and name not in start):
            continue
        heads = [(m, c) for m, c in fact.poly.terms.items() if m[1] or m[2]]
        if heads:
            found.append(Pattern(fact, *max(heads, key=_weight)))
    return found


def _weight(head: tuple) -> tuple:
    mono, _ = head
    powers = sum(abs(e.const) + sum(abs(c) for _, c in e.terms) for _, e in mono[1])
    return (
        len(mono[2]),
        powers,
        len(mono[0]),
        " ".join(b.key + e.key for b, e in mono[1]),
    )


def _fits(fact: Fact, at: list[Affine]) -> bool:
    values: Bound = {}
    for x, a in zip(fact.indices, at, strict=True):
        if not x.kind.at(values).has(a):
            return False
        values[x] = a
    return True


def _sums(
    own: list[Index],
    at: list[Index],
    bound: list[Index],
    rest: Factors,
    word: Word,
    values: Bound,
) -> bool:
    """What the fact sums over is summed over there, through the same range, and stands nowhere
    else.
    """
    free = [x for x in at if any(x is b for b in bound)]
    if len({id(x) for x in free}) < len(own):
        return False
    kinds = all(x.kind.at(values) == y.kind for x, y in zip(own, free, strict=True))
    left = {s for b, e in rest for s in (*(y for a in b.at for y in a.symbols()), *e.symbols())}
    left |= {b.head for b, _ in rest if b.head is not None}
    left |= {s for x in word for a in (*x.at, x.power) for s in a.symbols()}
    return kinds and not left & {*free}


def _inside(pattern: Word, word: Word, variables: set) -> Iterator[tuple[Bound, Word, Word]]:
    """Every place of a word inside another one, with what stands before and behind it."""
    if not pattern:
        if not word:
            yield {}, [], []
        return
    for k in range(len(word) - len(pattern) + 1):
        found: Bound | None = {}
        for x, y in zip(pattern, word[k:], strict=False):
            alike = x.letter is y.letter and x.star == y.star and x.power == y.power
            found = _placed(x.at, y.at, found, variables) if found is not None and alike else None
        if found is not None:
            yield found, word[:k], word[k + len(pattern) :]


def _each(
    pattern: Factors, factors: Factors, values: Bound, variables: set
) -> Iterator[tuple[Bound, Factors]]:
    """Every way to find the pattern among the factors: (values of the variables, what is left)."""
    if not pattern:
        yield values, factors
        return
    (base, e), *others = pattern
    for k, (other, d) in enumerate(factors):
        found = _same(base, other, values, variables)
        rest = None if found is None else _less(other, d, e.at(found))
        if found is not None and rest is not None:
            yield from _each(others, [*factors[:k], *rest, *factors[k + 1 :]], found, variables)


def _less(base: Base, d: Affine, e: Affine) -> Factors | None:
    """base^(d - e), where that is defined."""
    left = d - e
    if left == number(0):
        return []
    fits = base.sign() == ">" or left.natural()
    return [(base, left)] if fits else None


def _same(base: Base, other: Base, values: Bound, variables: set) -> Bound | None:
    if base.head is not other.head or base.word or base.size or len(base.at) != len(other.at):
        return None
    return _placed(base.at, other.at, values, variables)


def _placed(
    at: tuple[Affine, ...], there: tuple[Affine, ...], values: Bound, variables: set
) -> Bound | None:
    found = dict(values)
    for a, b in zip(at, there, strict=True):
        x = a.index()
        if x is not None and x in variables and x not in found:
            found[x] = b
        elif a.at(found) != b:
            return None
    return found
