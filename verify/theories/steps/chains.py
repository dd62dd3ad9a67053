"""Where an equation between words fits inside a word: rewriting by facts of the kernel.

A fact is used from its leading word to the rest: the left side, where that is one word, else the
longest one. Under a trace words turn. Each hit is one use, which the kernel evaluates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from verify.kernel.affine import ONE, Affine, Index, Symbol, number, single
from verify.kernel.facts import Fact
from verify.kernel.letters import Base, Power, Word, marked
from verify.theories import written
from verify.theories.closing import Factors, Use

MOST = 8  # letters side by side for one power


@dataclass(frozen=True)
class Rule:
    """A fact, the word that it replaces, its coefficient, and where alone it may be used."""

    fact: Fact
    word: Word
    c: Fraction
    only: Affine | None = None

    def uses(
        self, c: Fraction, bound: list[Index], factors: Factors, word: Sequence[Power]
    ) -> Iterator[Use]:
        """Wherever the leading word, or its adjoint, stands; under a trace after turning it."""
        return _uses(self, c, bound, factors, word)


@dataclass(frozen=True)
class Zero:
    """A fact that a number is 0."""

    fact: Fact
    base: Base
    c: Fraction

    def uses(
        self, c: Fraction, bound: list[Index], factors: Factors, word: Sequence[Power]
    ) -> Iterator[Use]:
        """Wherever the number stands by itself."""
        if (self.base, ONE) in factors:
            rest = [f for f in factors if f != (self.base, ONE)]
            yield _use(self, c, bound, rest, tuple(word), (), (), "", False)


def zeros(facts: Mapping[str, Fact]) -> Iterator[Zero]:
    """Of hypotheses about single numbers."""
    for fact in facts.values():
        if fact.rule == "hypothesis" and fact.relation == "=" and not fact.indices:
            for (kinds, factors, letters), c in fact.poly.terms.items():
                if len(fact.poly.terms) == len(factors) == 1 and not kinds and not letters:
                    yield Zero(fact, factors[0][0], c)


def rule(fact: Fact, word: Word | None = None, only: Affine | None = None) -> Rule | None:
    """The fact from its leading word; None where it has none."""
    of = fact.sides[0].poly if fact.sides and len(fact.sides[0].poly.terms) == 1 else fact.poly
    words = [m[2] for m in of.terms if not m[0] and not m[1] and m[2]]
    lead = word or max(words, key=len, default=())
    c = fact.poly.terms.get(((), (), lead))
    return Rule(fact, lead, c, only) if c else None


def rules(
    facts: Mapping[str, Fact], depth: Symbol, last: Sequence[str] = ()
) -> Sequence[Rule | Zero]:
    """Ends first, then names, the chain, and what was proved, of which some come last."""
    found = []
    if "X@" in facts:
        found = [rule(facts["X@top"]), rule(facts["X@bottom"])]
        for fact, at in (("X@left", single(depth)), ("X@right", ONE)):
            shorter = min((m[2] for m in facts[fact].poly.terms), key=len)
            found.append(rule(facts[fact], shorter, at))
    named = [f for x, f in facts.items() if x.endswith("@") and x != "X@"]
    chain = [facts[x] for x in ("X@left", "X@right", "X@") if x in facts]
    proved = [f for x, f in facts.items() if "@" not in x and f.time == "always"]
    proved.sort(key=lambda f: f.name in last)
    found += [rule(f) for f in (*named, *chain, *proved) if f.relation == "="]
    return [*zeros(facts), *(r for r in found if r is not None)]


def _uses(
    r: Rule,
    c: Fraction,
    bound: Sequence[Index],
    factors: Sequence[tuple[Base, Affine]],
    word: Sequence[Power],
) -> Iterator[Use]:
    whole, lead = _spread(word), _spread(r.word)
    letters = [*word, *(x for b, _ in factors for x in b.word)]
    for n in range(4 if any(x.star & 2 for x in letters) else 2):
        pattern, mark, other = marked(lead, n), ("", "H", "C", "T")[n], marked(r.word, n)
        if mark and (pattern == lead or any(m[2] == other for m in r.fact.poly.terms)):
            continue  # J^* = -J is used one way
        for before, at, after in _inside(whole, pattern, r):
            yield _use(r, c, bound, factors, before, after, at, mark, False)
        for k, (base, e) in enumerate(factors):
            if base.word and e == ONE:
                others = [*factors[:k], *factors[k + 1 :]]
                cycle = _spread(base.word)
                for j in range(len(cycle)):
                    turned = (*cycle[j:], *cycle[:j])
                    for before, at, after in _inside(turned, pattern, r):
                        if not before:
                            yield _use(r, c, bound, others, (), after, at, mark, True)


def _spread(word: Sequence[Power]) -> Word:
    """With powers by numbers as letters side by side."""
    found: list[Power] = []
    for x in word:
        n = x.power.number()
        found += [x] if n is None or n > MOST else [x.to(ONE)] * int(n)
    return tuple(found)


def _inside(word: Word, pattern: Word, r: Rule) -> Iterator[tuple[Word, list[Affine], Word]]:
    for j in range(len(word) - len(pattern) + 1):
        at = _matched(word[j : j + len(pattern)], pattern, r)
        if at is not None:
            yield word[:j], at, word[j + len(pattern) :]


def _matched(word: Word, pattern: Word, r: Rule) -> list[Affine] | None:
    """The indices of the fact at which its leading word is this one."""
    values: dict[Index, Affine] = {}
    for x, y in zip(word, pattern, strict=True):
        if x.letter is not y.letter or x.star != y.star:
            return None
        for a, b in [*zip(x.at, y.at, strict=True), (x.power, y.power)]:
            if not _unified(a, b, r.fact.indices, values):
                return None
    if any(i not in values for i in r.fact.indices):
        return None
    at = [values[i] for i in r.fact.indices]
    return at if r.only is None or at == [r.only] else None


def _unified(a: Affine, b: Affine, indices: Sequence[Index], values: dict[Index, Affine]) -> bool:
    """b at the values is a; a new index is solved for."""
    b = b.at({i: v for i, v in values.items()})
    new = [(i, c) for i, c in b.terms if i in indices and abs(c) == 1]
    if len(new) == 1 and isinstance(new[0][0], Index):
        i, c = new[0]
        assert isinstance(i, Index)
        values[i] = (a - b.at({i: number(0)})).times(c)
        return True
    return a == b


def _use(
    r: Rule | Zero,
    c: Fraction,
    bound: Sequence[Index],
    factors: Sequence[tuple[Base, Affine]],
    before: Word,
    after: Word,
    at: Sequence[Affine],
    mark: str,
    trace: bool,
) -> Use:
    found: Use = {"use": r.fact.name}
    if at:
        found["at"] = [written.affine(a) for a in at]
    parts = [*(written.factor(b, e) for b, e in factors), *map(written.letter, before)]
    if c / r.c != 1:
        parts.insert(0, str(c / r.c))
    if parts:
        found["left"] = written.product(parts)
    if after:
        found["right"] = written.product([written.letter(x) for x in after])
    if mark:
        found["mark"] = mark
    if trace:
        found["tr"] = True
    if bound:
        found["sum"] = written.ranges(bound)
    return found
