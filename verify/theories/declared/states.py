"""Exact states of a sentence in declared letters: values are drawn, roots are computed, and what an
equation fixes linearly is solved for. The kernel looks at each of them again.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from verify.kernel.affine import Affine, Family, Index, Integer, Set, symbols
from verify.kernel.certificate import holds
from verify.kernel.exact import Value, power
from verify.kernel.facts import Fact, Setting
from verify.kernel.letters import Letter
from verify.kernel.limits import Refused, Work, need
from verify.kernel.points import GIVEN, Point
from verify.kernel.ring import Poly, amount
from verify.kernel.terms import letter_at, term_of
from verify.theories.declared.linear import solved
from verify.theories.declared.nested import at, entries, leaves, put
from verify.theories.declared.state import sizes_of

#: small numbers, the simplest first
NUMBERS = tuple(map(Fraction, ("1", "2", "-1", "3", "-2", "1/2", "-3", "3/2", "4", "-1/2")))
Data = dict[str, Any]


class Draw:
    """One state in the making: sizes first, then the letters in their order."""

    def __init__(
        self, proof: Setting, source: Random, plain: bool, most: int, blank: Container[str] = ()
    ) -> None:
        """``plain``: every number a 1, so that logarithms and roots are rational. Sets have
        ``most`` elements at most. ``blank`` are sizes at which no state is wanted.
        """
        self.proof, self.source, self.plain, self.blank = proof, source, plain, blank
        names = proof.names.values()
        self.data: Data = {
            "integers": {
                x.name: x.least + source.randrange(most) for x in names if isinstance(x, Integer)
            },
            "sets": {x.name: source.randint(1, most) for x in names if isinstance(x, Set)},
            "families": {x.name: {} for x in names if isinstance(x, Family)},
            "values": {},
        }
        self.whole, self.ones = _in_exponents(proof), _in_logarithms(proof)
        self.bits = _in_equations(proof)
        if self.bits and source.random() < 0.5:
            self.bits = set()

    def drawn(self) -> Data | None:
        """The state, if one is found that satisfies what the kernel asks."""
        letters = self.proof.letters(*GIVEN)
        self.data["values"] = {x.name: self._values(x, list(x.indices), {}) for x in letters}
        if sizes_of(self.data) in self.blank:
            return None
        try:
            Work.begin()
            self._roots([x for x in letters if x.role == "root"])
            here, solved = self.point(), False
            for fact in self._asked():
                if not holds(here, fact):
                    if not self._solve(fact):
                        return None
                    here, solved = self.point(), True
            if solved:
                self._roots([x for x in letters if x.role == "root"])
                here = self.point()
            for x in self.proof.letters("exp", "log", "gate"):
                for env in here.places(x.indices):
                    here.value(term_of(letter_at(x, x.own())), env)
            again = self._asked() if solved else []
            return self.data if all(holds(here, f) for f in again) else None
        except Refused:
            return None

    def point(self) -> Point:
        """The kernel's view of it."""
        return Point(self.data, self.proof)

    def _asked(self) -> list[Fact]:
        """Definitions and hypotheses."""
        return [f for f in self.proof.facts.values() if f.rule in ("setting", "hypothesis")]

    def _number(self, x: Letter) -> Fraction:
        if x.name in self.bits:
            return Fraction(self.source.randint(0, 1))
        if self.plain or x.name in self.ones:
            return Fraction(1)
        found = self.source.choice(NUMBERS)
        found = Fraction(self.source.randint(1, 4)) if x.name in self.whole else found
        return abs(found) if x.sign in (">", ">=") or x.role == "root" else found

    def _values(self, x: Letter, left: list[Index], env: dict) -> Any:
        if left:
            return [self._values(x, left[1:], env) for _ in range(self._count(left[0]))]
        if not x.size:
            return str(self._number(x))
        rows, cols = (self.data["sets"][s.of.name] for s in x.size)
        return [[str(self._number(x)) for _ in range(cols)] for _ in range(rows)]

    def _count(self, index: Index) -> int:
        kind = index.kind
        if hasattr(kind, "of"):
            return int(self.data["sets"][kind.of.name])
        low, high = (self._whole(a) for a in (kind.low, kind.high))  # type: ignore[union-attr]
        return high - low + 1

    def _whole(self, a: Affine) -> int:
        found = a.const + sum(c * self.data["integers"][x.name] for x, c in a.terms)
        return int(found)

    def _roots(self, roots: Sequence[Letter]) -> None:
        """The values of roots are computed; Refused where one is not rational."""
        for y in roots:
            at: dict[tuple[int, ...], Fraction] = {}
            here = self.point()
            for env in here.places(y.indices):
                value = here.value(y.term, env)
                degree = here.value(term_of(amount(y.degree)), env)
                at[tuple(int(env[i]) for i in y.indices)] = _root(_rational(value), degree)
            put(self.data["values"], y.name, at)

    def _solve(self, fact: Fact) -> bool:
        """Solve an equation for a letter that it contains linearly; an inequality where both sides
        are equal.
        """
        if fact.relation not in ("=", ">="):
            return False
        for x in self.proof.letters(*GIVEN):
            if x.role != "root" and _linear(fact.poly, x) and self._solved_for(fact, x):
                return True
        return False

    def _solved_for(self, fact: Fact, x: Letter) -> bool:
        before = self.data["values"][x.name]
        places, of = leaves(before), term_of(fact.poly)

        def residual(values: Sequence[Fraction]) -> list[Fraction]:
            put(self.data["values"], x.name, dict(zip(places, values, strict=True)))
            here = self.point()
            found: list[Fraction] = []
            for env in here.places(fact.indices):
                found += map(_rational, entries(here.value(of, env)))
            return found

        try:
            found = solved(residual, [at(before, p) for p in places])
            if found is not None:
                residual(found)
                return holds(self.point(), fact)
        except Refused:
            pass
        self.data["values"][x.name] = before
        return False


def _root(value: Fraction, degree: Value) -> Fraction:
    return _rational(power(value, 1 / _rational(degree))) if value else Fraction(0)


def _rational(x: Value) -> Fraction:
    need(isinstance(x, Fraction), "a value that is not rational")
    return x  # type: ignore[return-value]


def _in_exponents(proof: Setting) -> set[str]:
    """Constants that stand in exponents: whole numbers keep powers rational."""
    s = proof
    polys = [x.term.poly for x in s.letters() if x.term]
    polys += s.rates.values()
    polys += [s.objective.poly] if s.objective is not None else []
    found = set()
    for p in polys:
        for _, factors, _ in p.terms:
            found |= {y.name for _, e in factors for y in e.symbols() if isinstance(y, Letter)}
    return found


def _in_equations(proof: Setting) -> set[str]:
    """Letters without a sign of which alone an equation is supposed, such as o^2 = o: for these 0
    and 1 are tried.
    """
    found = set[str]()
    for fact in proof.facts.values():
        if fact.rule == "hypothesis" and fact.relation == "=":
            factors = [f for _, fs, _ in fact.poly.terms for f in fs]
            heads = {b.head for b, _ in factors}
            powers = any((e.number() or 0) > 1 for _, e in factors)
            x = next(iter(heads)) if len(heads) == 1 and powers else None
            found |= {x.name} if isinstance(x, Letter) and not x.sign else set()
    return found


def _in_logarithms(proof: Setting) -> set[str]:
    """Letters inside logarithms, which are rational where these are 1."""
    s = proof
    terms = [x.term.poly for x in s.letters("log")]
    return {y.name for p in terms for m in p.terms for y in symbols(m) if isinstance(y, Letter)}


def _linear(p: Poly, x: Letter) -> bool:
    """x occurs, in real factors or words once at most in each monomial, and to the power 1."""
    most = 0
    for _, factors, word in p.terms:
        times = Fraction(0)
        for base, e in factors:
            if base.head is x:
                n = e.number()
                if n != 1:
                    return False
                times += 1
            times += sum(y.letter is x for y in base.word)
        times += sum(y.letter is x for y in word)
        most = max(most, int(times))
    return most == 1
