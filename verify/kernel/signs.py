"""What is seen to be >= 0 or > 0, by a grammar of monomials; not seen means nothing."""

from __future__ import annotations

from fractions import Fraction

from verify.kernel.affine import Affine, Interval
from verify.kernel.monomials import Mono
from verify.kernel.ring import Poly
from verify.kernel.scope import natural, sure, whole
from verify.kernel.words import Base, Word, starred, turns


def allows(base: Base, power: Affine) -> bool:
    """x^power is defined for every value that x may have: natural powers always, whole ones for
    x != 0, any for x > 0.
    """
    sign = base.sign()
    return natural(power) or sign == ">" or (sign == "!=" and whole(power))


def visibly_nonnegative(p: Poly) -> bool:
    """A sum of monomials with coefficient >= 0, each factor an even whole power, or of a base with
    sign > or >=, or Re tr v^H v.
    """
    return p.shape is None and all(c >= 0 and _nonnegative(m) for m, c in p.terms.items())


def visibly_positive(p: Poly) -> bool:
    """Besides, one monomial of positive bases, and of even powers of ones that are not 0, only,
    under sums that are surely inhabited.
    """
    return visibly_nonnegative(p) and any(c > 0 and _positive(m) for m, c in p.terms.items())


def visibly_nonzero(p: Poly) -> bool:
    """One monomial, under no sum, of bases with sign > or !=."""
    signs = [b.sign() for m in p.terms for b, _ in m[1]]
    plain = p.shape is None and len(p.terms) == 1 and not any(m[0] for m in p.terms)
    return plain and all(x in (">", "!=") for x in signs)


def _nonnegative(mono: Mono) -> bool:
    return not mono[2] and all(
        b.sign() in (">", ">=") or _even(e) or (b.word and _square(b.word)) for b, e in mono[1]
    )


def _positive(mono: Mono) -> bool:
    return all(b.sign() == ">" or (b.sign() == "!=" and _even(e)) for b, e in mono[1]) and all(
        not isinstance(k, Interval) or sure(k.high.plus(-1)) for k in mono[0]
    )


def _even(e: Affine) -> bool:
    return whole(e.times(Fraction(1, 2)))


def _square(word: Word) -> bool:
    """Re tr v^H v >= 0, also with an even power of a Hermitian letter in the middle."""
    for w in turns(word):
        half, odd = divmod(len(w), 2)
        if odd:
            middle = w[half]
            if not (middle.letter.hermitian and _even(middle.power)):
                continue
        if w[:half] == starred(w[half + odd :]):
            return True
    return False
