"""A search for uses: a polynomial is rewritten by facts until nothing is left.

A rewrite says which factors a fact removes from a monomial. Each application is one use, and what
the kernel says of it is subtracted; so nothing has to be believed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from verify.kernel.affine import Affine, Index
from verify.kernel.facts import uses
from verify.kernel.names import Names
from verify.kernel.ring import Poly
from verify.kernel.sums import Proof
from verify.kernel.terms import opened
from verify.kernel.words import Base
from verify.theories.steps import written

Factors = list[tuple[Base, Affine]]
#: indices of the fact, what is left of the monomial, bound indices that the fact sums over itself
Found = tuple[list[Affine], Factors, list[Index]] | None
#: of a monomial's bound indices and factors
Match = Callable[[list[Index], Factors], Found]
MOST = 400


@dataclass(frozen=True)
class Rewrite:
    """`fact` holds a monomial with coefficient `sign` that `match` finds inside others."""

    fact: str
    match: Match
    sign: int = 1


def close(
    p: Poly,
    proof: Proof,
    indices: Sequence[Index],
    rewrites: Iterable[Rewrite],
    start: tuple[str, ...] = (),
) -> tuple[list[dict[str, object]], Poly]:
    """Uses that take p to what is returned with them, 0 where the search succeeds."""
    scope, found = proof.scope(), list[dict[str, object]]()
    for x in indices:
        scope = scope.under(x)
    rules = list(rewrites)
    while len(found) < MOST and (use := _next(p, rules, scope)) is not None:
        (made,) = uses([use], scope, proof.facts, "search", start)
        p = p - made.poly
        found.append(use)
    return found, p


def _next(p: Poly, rules: Sequence[Rewrite], scope: Names) -> dict[str, object] | None:
    for rule in rules:
        for mono, c in p.terms.items():
            bound, factors, letters = opened(mono)
            written.named(bound, scope)
            hit = None if letters else rule.match(bound, factors)
            if hit is not None:
                return _use(rule, c, bound, *hit)
    return None


def _use(
    rule: Rewrite,
    c: Fraction,
    bound: Sequence[Index],
    at: Sequence[Affine],
    rest: Factors,
    own: Sequence[Index],
) -> dict[str, object]:
    use: dict[str, object] = {"use": rule.fact}
    if at:
        use["at"] = [written.affine(a) for a in at]
    left = written.cofactor(c * rule.sign, rest)
    if left != "1":
        use["left"] = left
    summed = [x for x in bound if x not in own]
    if summed:
        use["sum"] = written.ranges(summed)
    return use
