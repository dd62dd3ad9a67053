"""Polynomials: rational combinations of monomials, real or matrices of a size; which of them are
seen to be >= 0, > 0 or != 0, by a grammar of monomials; not seen means nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from verify.kernel.affine import ONE, Affine, Index, Interval, Kind, replaced, single, symbols
from verify.kernel.letters import Base, Letter, Power, Shape, Values, Word, marked, turns
from verify.kernel.limits import LIMITS, Refused, need
from verify.kernel.monomials import Apart, Factor, Mono, apart, insert, put


class Poly:
    """A polynomial, real or a matrix of a size; that size is the one of its identities."""

    def __init__(self, shape: Shape, terms: dict[Mono, Fraction] | None = None) -> None:
        self.shape, self.terms = shape, terms if terms is not None else {}

    def __add__(self, other: Poly) -> Poly:
        need(self.shape == other.shape, "a sum of different types (numbers, matrices, sizes)")
        found = dict(self.terms)
        for mono, c in other.terms.items():
            put(found, mono, c)
        return Poly(self.shape, found)

    def __sub__(self, other: Poly) -> Poly:
        return self + other.times(Fraction(-1))

    def times(self, c: Fraction) -> Poly:
        return Poly(self.shape, {m: c * x for m, x in self.terms.items()} if c else {})

    def __mul__(self, other: Poly) -> Poly:
        """f Sum g = Sum f g; a number times a matrix, or matrices that fit."""
        found = Poly(self.shape or other.shape)
        if self.shape and other.shape:
            need(self.shape[1] == other.shape[0], "a product of matrices that do not fit")
            found.shape = (self.shape[0], other.shape[1])
        for mono, c in self.terms.items():
            kinds, factors, word = apart(mono)
            for other_mono, d in other.terms.items():
                ks, fs, w = apart(other_mono, len(kinds))
                insert(found.terms, c * d, [*kinds, *ks], [*factors, *fs], [*word, *w])
        return found

    def power(self, n: int) -> Poly:
        need(0 <= n <= LIMITS["power"], f"a power beyond {LIMITS['power']}")
        need(self.shape is None or self.shape[0] == self.shape[1], "a power of no square matrix")
        found = unit(self.shape)
        for _ in range(n):
            found = found * self
        return found

    def changed(self, shape: Shape, change: Callable[[Apart], Apart]) -> Poly:
        """The sum of its monomials, each changed."""
        found = Poly(shape)
        for mono, c in self.terms.items():
            insert(found.terms, c, *change(apart(mono)))
        return found

    def star(self, mark: int = 1) -> Poly:
        """The conjugate transpose, or by another mark; real numbers are their own."""
        if not self.shape or not mark:
            return self
        shape = self.shape[::-1] if mark & 1 else self.shape
        return self.changed(shape, lambda m: (m[0], m[1], marked(m[2], mark)))

    def trace(self) -> Poly:
        """Re tr of a square matrix; tr I_s = |s|."""
        if not self.shape or self.shape[0] != self.shape[1]:
            raise Refused("tr of what is no square matrix")
        none = Base(size=self.shape[0])
        return self.changed(
            None, lambda m: (m[0], [*m[1], (Base(word=tuple(m[2])) if m[2] else none, ONE)], ())
        )

    def at(self, values: Values) -> Poly:
        """With free indices and letters replaced, all at once; an index may stand as a number."""
        found = Poly(replaced(self.shape, values))
        for (ks, fs, w), c in self.terms.items():
            part, stay, numbers = Poly(found.shape), [], []
            for base, e in fs:
                number, power = values.get(base.head) if base.head else None, e.number()
                if isinstance(number, Affine):
                    assert power is not None, "an index has whole powers only"
                    numbers.append(amount(number).power(int(power)))
                else:
                    stay.append((base, e))
            insert(part.terms, c, *apart((ks, tuple(stay), w), 0, values))
            for p in numbers:
                part = p * part
            found = found + part
        return found

    def mentions(self, held: Callable[[Letter], bool]) -> bool:
        """Whether a letter of this kind occurs."""
        return any(isinstance(x, Letter) and held(x) for m in self.terms for x in symbols(m))

    def fixed(self) -> bool:
        """Whether none of its letters moves."""
        return not self.mentions(lambda x: not x.fixed)

    def smooth(self) -> bool:
        """Continuous in time by the roles of its letters: no free one."""
        return not self.mentions(lambda x: not x.smooth)


def monomial(shape: Shape, factors: Iterable[Factor], word: Iterable[Power] = ()) -> Poly:
    """Real factors times a word, which has this shape; of none of them the identity, or 1."""
    found = Poly(shape)
    insert(found.terms, Fraction(1), (), factors, word)
    return found


def unit(shape: Shape) -> Poly:
    """1, or the identity of a square size."""
    return Poly(shape, {((), (), ()): Fraction(1)})


def amount(a: Affine) -> Poly:
    """An affine expression as a number."""
    found = unit(None).times(a.const)
    for x, c in a.terms:
        found += factor(Base(x)).times(c)
    return found


def product_of(factors: Iterable[Factor]) -> Poly:
    """Real factors multiplied."""
    return monomial(None, factors)


def factor(base: Base, power: Affine = ONE) -> Poly:
    """A real factor as a polynomial."""
    return product_of([(base, power)])


def total(index: Index, kind: Kind, p: Poly) -> Poly:
    """The sum over a free index; an interval is shifted so that it begins at 1."""
    sizes = p.shape or ()
    need(not any(index in s.symbols() for s in sizes), "a sum of matrices of different sizes")
    if isinstance(kind, Interval):
        p = p.at({index: single(index) + kind.low.plus(-1)})
        kind = Interval(ONE, kind.high - kind.low.plus(-1))
    found = Poly(p.shape)
    for mono, c in p.terms.items():
        bounds, factors, word = apart(mono)
        insert(found.terms, c, [(index, kind), *bounds], factors, word)
    return found


def allows(base: Base, power: Affine) -> bool:
    """x^power is defined for every value that x may have: natural powers always, whole ones for
    x != 0, any for x > 0.
    """
    sign = base.sign()
    return power.natural() or sign == ">" or (sign == "!=" and power.whole())


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
        not isinstance(k, Interval) or k.high.plus(-1).sure() for k in mono[0]
    )


def _even(e: Affine) -> bool:
    return e.times(Fraction(1, 2)).whole()


def _square(word: Word) -> bool:
    """Re tr v^H v >= 0, also with an even power of a Hermitian letter in the middle."""
    for w in turns(word):
        half, odd = divmod(len(w), 2)
        if odd:
            middle = w[half]
            if not (middle.letter.hermitian and _even(middle.power)):
                continue
        if w[:half] == marked(w[half + odd :], 1):
            return True
    return False
