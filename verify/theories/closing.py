"""A search for uses: a polynomial is rewritten by facts until nothing is left.

A finder says where a fact fits inside a monomial. Each application is one use, and what the kernel
says of it is subtracted; so nothing has to be believed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from verify.kernel.affine import Affine, Index
from verify.kernel.facts import Fact, uses
from verify.kernel.letters import Base, Power
from verify.kernel.limits import Refused
from verify.kernel.read import Scope
from verify.kernel.ring import Poly
from verify.kernel.terms import opened
from verify.theories import written

Use = dict[str, object]
Factors = list[tuple[Base, Affine]]
#: indices of the fact, what is left of the monomial, bound indices that the fact sums over itself
Found = tuple[list[Affine], Factors, list[Index]] | None
#: of a monomial's bound indices and factors
Match = Callable[[list[Index], Factors], Found]
MOST, LARGEST = 400, 60  # uses, and monomials that are left meanwhile


class Finder(Protocol):
    """Where a fact fits."""

    def uses(
        self, c: Fraction, bound: list[Index], factors: Factors, word: Sequence[Power]
    ) -> Iterator[Use]:
        """Uses of the fact, each of which may take a monomial away."""
        ...


@dataclass(frozen=True)
class Rewrite:
    """`fact` holds a monomial of numbers with coefficient `sign` that `match` finds inside
    others.
    """

    fact: str
    match: Match
    sign: Fraction | int = 1

    def uses(
        self, c: Fraction, bound: list[Index], factors: Factors, word: Sequence[Power]
    ) -> Iterator[Use]:
        """At most one."""
        hit = None if word else self.match(bound, factors)
        if hit is not None:
            yield made(self.fact, c / self.sign, bound, *hit)


def made(
    fact: str,
    c: Fraction,
    bound: Sequence[Index],
    at: Sequence[Affine],
    rest: Factors,
    own: Sequence[Index],
    before: Sequence[Power] = (),
    behind: Sequence[Power] = (),
) -> Use:
    """The use of a fact at indices, times c and what is left of the monomial on both sides, summed
    over the bound indices that are not the fact's own.
    """
    use: Use = {"use": fact}
    if at:
        use["at"] = [written.affine(a) for a in at]
    left = written.cofactor(c, rest)
    if before:
        number = [] if left == "1" else [left]
        left = written.product([*number, *map(written.letter, before)])
    if left != "1":
        use["left"] = left
    if behind:
        use["right"] = written.product([written.letter(x) for x in behind])
    summed = [x for x in bound if x not in own]
    if summed:
        use["sum"] = written.ranges(summed)
    return use


def close(
    p: Poly,
    scope: Scope,
    known: Mapping[str, Fact],
    finders: Iterable[Finder],
    start: Sequence[str] = (),
    most: int = MOST,
    largest: int = LARGEST,
) -> tuple[list[Use], Poly]:
    """At most so many uses; they take p to what is returned with them, 0 where the search
    succeeds. Of facts that hold at the start only those that are named are used.
    """
    found, each = list[Use](), list(finders)
    while len(found) < most and len(p.terms) <= largest:
        hit = next(_hits(p, scope, known, each, start), None)
        if hit is None:
            break
        found.append(hit[0])
        p = hit[1]
    return found, p


def _hits(
    p: Poly,
    scope: Scope,
    known: Mapping[str, Fact],
    finders: Sequence[Finder],
    start: Sequence[str],
) -> Iterator[tuple[Use, Poly]]:
    for finder in finders:
        for mono, c in p.terms.items():
            bound, factors, word = opened(mono)
            written.named(bound, scope)
            for use in finder.uses(c, bound, factors, word):
                try:
                    ((_, made),) = uses([use], scope, known, start)
                    left = p - made
                except Refused:
                    continue
                if mono not in left.terms:
                    yield use, left
