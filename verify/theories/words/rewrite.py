"""Reduction modulo relations, with every step written down: a certificate that needs nothing but
multiplication to re-check.

A step subtracts c * left (relation at an index) right, under a trace and inside a sum where the
term it meets stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from verify.exact.errors import NotGeneric
from verify.terms.affine import Affine, index
from verify.terms.letters import Theory
from verify.terms.relation import Equal
from verify.theories.words.element import (
    BOUND,
    FREE,
    Element,
    Key,
    Range,
    Scalars,
    Word,
    add,
    marked,
    multiply,
    narrowed,
    shrunk,
    traced,
    turned,
)
from verify.theories.words.expand import Expander
from verify.theories.words.matching import leading, matches
from verify.theories.words.sums import settled, substituted

_MOST_STEPS, _MOST_TERMS = 200, 100
_PLACE = "~"


@dataclass(frozen=True, slots=True)
class Cofactor:
    """c * scalars * left (relation[part] at ``at``, marked) right, traced or not, where the ranges
    hold.
    """

    c: Fraction
    relation: str
    part: int
    at: Affine | None = None
    mark: str = ""
    left: Word = ()
    right: Word = ()
    scalars: Scalars = ()
    trace: bool = False
    ranges: tuple[Range, ...] = ()


@dataclass(frozen=True)
class Rules:
    """Relations by name, each a list of equations, oriented from their leading word."""

    expander: Expander
    relations: Mapping[str, tuple[Equal, ...]]
    free: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    silent: str = ""  # a relation that is used only where somebody says so

    def reduced(self, x: Element) -> tuple[Element, list[Cofactor]]:
        """What is left, and the steps. Stops where nothing matches; raises NotGeneric where it does
        not come to an end.
        """
        patterns = list(self._patterns())
        steps: list[Cofactor] = []
        while True:
            key, step = next(self._steps(x, patterns), (None, None))
            if key is None or step is None:
                return x, steps
            value = self.value(step)
            share = (
                x[key] / value[key] if value.get(key) else Fraction(1)
            )  # not 1 where both sides of a relation meet under a trace
            steps.append(replace(step, c=step.c * share))
            x = settled(add(x, value, -share), self.expander.theory)
            if len(steps) > _MOST_STEPS or len(x) > _MOST_TERMS:
                raise NotGeneric(f"no end after {len(steps)} reductions, with {len(x)} terms")

    def value(self, step: Cofactor) -> Element:
        """The element that a step subtracts. Raises NotGeneric where the relation is not there."""
        theory = self.expander.theory
        equation = self.relations[step.relation][step.part]
        ranges = {name: (low + 1, high) for name, low, high, _, _ in step.ranges}
        equation.check_place(step.at, {**self.free, **ranges}, theory)
        if BOUND in ranges and _sums(self.expander.element(equation.difference(None))):
            raise NotGeneric("a relation that contains a sum used inside a sum")
        place = step.at if step.at is None else step.at.put(BOUND, index(_PLACE))
        gap = _renamed(self.expander.element(equation.difference(place)), theory)
        gap = marked(gap, step.mark, theory) if step.mark else gap
        left: Element = {(step.scalars, False, shrunk(step.left, theory), ()): step.c}
        right: Element = {((), False, shrunk(step.right, theory), ()): Fraction(1)}
        found = multiply(multiply(left, gap, theory), right, theory)
        return settled(
            _clean(narrowed(traced(found, theory) if step.trace else found, step.ranges)), theory
        )

    def _patterns(self) -> Iterator[tuple[str, int, Equal, str, Word, Fraction]]:
        theory = self.expander.theory
        for name, equations in self.relations.items():
            if name == self.silent:
                continue
            for part, equation in enumerate(equations):
                gap = self.expander.element(equation.left - equation.right)
                left = self.expander.element(equation.left)
                if len(left) == 1 and all(key[1] for key in gap):
                    (scalars, _, word, _), c = next(iter(left.items()))
                    if not scalars:
                        yield name, part, equation, "trace", word, c
                    continue
                lead = leading(gap, left)
                if lead is None:
                    continue
                word, c = lead
                back = {key[2] for key in gap} - {
                    word
                }  # x* = -x is a rule for x* alone: turned, it would undo itself
                for mark in ("", "H", "T", "C"):
                    pattern = shrunk(turned(word, mark, theory), theory) if mark else word
                    if not mark or pattern not in back:
                        yield name, part, equation, mark, pattern, c

    def _steps(self, x: Element, patterns: list) -> Iterator[tuple[Key, Cofactor]]:
        theory = self.expander.theory
        for key, c in sorted(x.items(), key=repr):
            scalars, is_trace, word, ranges = key
            known = {**self.free, **{n: (low + 1, high) for n, low, high, _, _ in ranges}}
            for name, part, equation, mark, pattern, lead in patterns:
                for left, at, right in matches(
                    word, pattern, mark, is_trace, equation.indexed, theory
                ):
                    try:
                        equation.check_place(at, known, theory)
                    except (NotGeneric, KeyError):
                        continue
                    whole = mark == "trace"
                    yield (
                        key,
                        Cofactor(
                            c / lead,
                            name,
                            part,
                            at,
                            "" if whole else mark,
                            left,
                            right,
                            scalars,
                            is_trace and not whole,
                            ranges,
                        ),
                    )


def _renamed(x: Element, theory: Theory) -> Element:
    """An index of a relation that stands inside a sum becomes the index of that sum."""
    found: Element = {}
    for key, c in x.items():
        ranges = tuple((BOUND if n == _PLACE else n, *ends) for n, *ends in key[3])
        moved = substituted((*key[:3], ()), _PLACE, index(BOUND), theory)
        found = add(found, {(*moved[:3], ranges): c})  # type: ignore[dict-item]
    return found


def _sums(x: Element) -> bool:
    return any(r[0] == BOUND for key in x for r in key[3])


def _clean(x: Element) -> Element:
    """What must exist does: the place of the relation has been checked."""
    return {
        (s, t, w, tuple((n, a, b, FREE, FREE) for n, a, b, _, _ in r)): c
        for (s, t, w, r), c in x.items()
    }
