"""Uses that take an obligation away: each fact where it fits, until nothing is left.

Each use is read by the kernel, and what it says of it is subtracted; nothing here is believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.kernel.affine import Index
from verify.kernel.facts import uses
from verify.kernel.monomials import Mono
from verify.kernel.read import Scope, under
from verify.kernel.ring import Poly
from verify.kernel.sums import Proof
from verify.kernel.terms import opened
from verify.theories import written
from verify.theories.declared.matching import Found, Pattern, patterns

Use = dict[str, object]
MOST = 200


def close(
    p: Poly, proof: Proof, indices: Sequence[Index], start: tuple[str, ...] = ()
) -> tuple[list[Use], Poly]:
    """(uses, what is left of p); of facts that hold at the start only those that are named."""
    scope, found = under(proof.scope(), indices), list[Use]()
    known = patterns(proof.facts, start)
    while len(found) < MOST and (use := _next(p, known, scope)) is not None:
        (made,) = uses([use], scope, proof.facts, "search", start)
        p = p - made.poly
        found.append(use)
    return found, p


def _next(p: Poly, known: Sequence[Pattern], scope: Scope) -> Use | None:
    for chosen in (False, True):
        for pattern in known:
            for mono, c in p.terms.items():
                use = use_of(pattern, c, mono, scope, chosen)
                if use is not None:
                    return use
    return None


def use_of(
    pattern: Pattern, c: Fraction, mono: Mono, scope: Scope, chosen: bool = False
) -> Use | None:
    """The use of a fact that takes the monomial away, where it fits."""
    bound, factors, letters = opened(mono)
    written.named(bound, scope)
    return _use(pattern, c, bound, pattern.fits(bound, factors, letters, chosen))


def _use(pattern: Pattern, c: Fraction, bound: list[Index], hit: Found | None) -> Use | None:
    if hit is None:
        return None
    at, rest, own, before, behind = hit
    use: Use = {"use": pattern.fact.name}
    if at:
        use["at"] = [written.affine(a) for a in at]
    left = written.cofactor(c / pattern.coefficient, rest)
    if before:
        number = [] if left == "1" else [left]
        left = written.product([*number, *map(written.letter, before)])
    if left != "1":
        use["left"] = left
    if behind:
        use["right"] = written.product([written.letter(x) for x in behind])
    summed = [x for x in bound if not any(x is y for y in own)]
    if summed:
        use["sum"] = written.ranges(summed)
    return use
