"""Uses that take an obligation away: each fact where it fits, until nothing is left.

Each use is read by the kernel, and what it says of it is subtracted; nothing here is believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from verify.kernel.affine import Index
from verify.kernel.facts import Setting
from verify.kernel.letters import Power
from verify.kernel.monomials import Mono
from verify.kernel.read import Scope
from verify.kernel.ring import Poly
from verify.kernel.terms import opened
from verify.theories import closing, written
from verify.theories.closing import Factors, Use
from verify.theories.declared.matching import Pattern, patterns

MOST, LARGEST = 200, 100_000  # uses, and monomials that are left meanwhile


@dataclass(frozen=True)
class Fits:
    """Where an equation fits, by its largest monomial; indices that do not stand there are
    ``chosen``, see ``Pattern.fits``.
    """

    pattern: Pattern
    chosen: bool = False

    def uses(
        self, c: Fraction, bound: list[Index], factors: Factors, word: Sequence[Power]
    ) -> Iterator[Use]:
        """At most one."""
        found = self.pattern
        hit = found.fits(bound, factors, list(word), self.chosen)
        if hit is not None:
            yield closing.made(found.fact.name, c / found.coefficient, bound, *hit)


def close(
    p: Poly, proof: Setting, indices: Sequence[Index], start: tuple[str, ...] = ()
) -> tuple[list[Use], Poly]:
    """(uses, what is left of p); of facts that hold at the start only those that are named."""
    scope, known = proof.scope(*indices), patterns(proof.facts, start)
    finders = [Fits(x, chosen) for chosen in (False, True) for x in known]
    return closing.close(p, scope, proof.facts, finders, start, MOST, LARGEST)


def use_of(pattern: Pattern, c: Fraction, mono: Mono, scope: Scope) -> Use | None:
    """The use of a fact that takes the monomial away, where it fits."""
    bound, factors, word = opened(mono)
    written.named(bound, scope)
    return next(Fits(pattern).uses(c, bound, factors, word), None)
