"""Terms: what a certificate writes, resolved, each with its normal form.

The point evaluates terms and the sentence prints them; the rules use the polynomial. One checks the
other.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.kernel.affine import ONE, ZERO, Affine, Index, Kind, Symbol, replaced, single, symbols
from verify.kernel.letters import Base, Letter, Power, Shape
from verify.kernel.limits import LIMITS, Any, need
from verify.kernel.monomials import BOUND, Factor, Mono
from verify.kernel.ring import Poly, allows, factor, monomial, product_of, unit


class Term:
    """A node: its operation, its parts, and the polynomial that it is.

    `head`: the value of a number, the letter (integer, index) of at and dd, the index of sum, the
    size of I and size; `at`: indices, the exponent of ^, the two sides of is.
    """

    def __init__(
        self,
        op: str,
        poly: Poly,
        parts: Sequence[Term] = (),
        head: Any = None,
        at: Sequence[Affine] = (),
    ) -> None:
        self.op, self.poly, self.parts, self.head, self.at = op, poly, tuple(parts), head, tuple(at)

    def any(self, *ops: str) -> bool:
        """Whether one of these operations occurs in it."""
        return self.op in ops or any(x.any(*ops) for x in self.parts)


def zero(shape: Shape) -> Term:
    """0 of any type."""
    return Term("number", Poly(shape), head=Fraction(0))


def letter_at(letter: Letter, at: Sequence[Affine] | None = None) -> Poly:
    """A letter as a polynomial, at these indices, or at its own."""
    at = letter.own() if at is None else at
    shape = letter.shape(at)
    if shape is None:
        return factor(Base(letter, tuple(at)))
    return word((Power(letter, tuple(at), 0, ONE),))


def word(letters: Sequence[Power]) -> Poly:
    """A word of at least one letter as a polynomial."""
    return monomial((letters[0].side(), letters[-1].side(1)), (), letters)


def raised(p: Poly, e: Affine) -> Poly:
    """p^e: e a number to be multiplied out; or p one monomial without coefficient or sum, each of
    whose letters allows e.
    """
    n = e.number()
    if n is not None and n.denominator == 1 and 0 <= n <= LIMITS["power"]:
        return p.power(int(n))
    need(len(p.terms) == 1, "an exponent that is no number stands on one monomial only")
    ((kinds, factors, letters), c) = next(iter(p.terms.items()))
    need(c == 1 and not kinds, "an exponent that is no number stands on no coefficient and no sum")
    if p.shape:
        need(p.shape[0] == p.shape[1], "a power of no square matrix")
        need(len(letters) <= 1 and not factors, "such a power of a word of several letters")
        new = [x.to(_product(x.power, e)) for x in letters]
        definite = e.whole() and all(x.letter.sign for x in letters)
        need(e.natural() or definite, "an exponent that is not surely natural")
        return monomial(p.shape, (), new)
    for base, d in factors:
        need(allows(base, e), "an exponent that its letter does not allow")
        need(base.sign() == ">" or d.whole(), "a power of a root")
        need(isinstance(base.head, Letter) or base.sign() == ">", "a power of an index or a trace")
    return product_of([(b, _product(d, e)) for b, d in factors])


def _product(d: Affine, e: Affine) -> Affine:
    a, b = d.number(), e.number()
    need(a is not None or b is not None, "an exponent that is no sum of multiples of constants")
    return e.times(a) if a is not None else d.times(b or Fraction(0))


def term_of(p: Poly) -> Term:
    """A polynomial as a term, for printing it and for its value at a point."""
    terms = [_term(m, c, p) for m, c in p.terms.items()] or [zero(p.shape)]
    found = Term("+", p, terms) if len(terms) > 1 else terms[0]
    found.poly = p
    return found


def _term(mono: Mono, c: Fraction, p: Poly) -> Term:
    indices, factors, letters = opened(mono)
    number = Term("number", unit(None).times(c), head=c)
    parts = [_power(_base(base), e) for base, e in factors] + [_letter(x) for x in letters]
    if p.shape and not letters:
        parts.append(Term("I", unit(p.shape), head=p.shape[0]))
    if c != 1 or not parts:
        parts = [number, *parts]
    found = parts[0] if len(parts) == 1 else Term("*", p, parts)
    for x in reversed(indices):
        found = Term("sum", p, [found], head=x)
    return found


def _base(base: Base) -> Term:
    if base.head is not None:
        return Term("at", factor(base), head=base.head, at=base.at)
    if base.word:
        parts = [_letter(x) for x in base.word]
        inner = parts[0] if len(parts) == 1 else Term("*", word(base.word), parts)
        return Term("tr", factor(base), [inner])
    if base.size:
        return Term("size", factor(base), head=base.size)
    return Term("is", factor(base), at=(base.at[0], ZERO))


def _letter(x: Power) -> Term:
    found = Term("at", letter_at(x.letter, x.at), head=x.letter, at=x.at)
    for mark, op in ((2, "C"), (1, "H")):
        found = Term(op, found.poly.star(mark), [found]) if x.star & mark else found
    return _power(found, x.power)


def _power(x: Term, e: Affine) -> Term:
    return x if e == ONE else Term("^", x.poly, [x], at=(e,))


def bind(name: str, kind: Kind, old: Symbol, values: dict[Symbol, Affine]) -> Index:
    """A new index in place of an old one, which `values` replace from then on, as they do in its
    range.
    """
    found = Index(name, kind.at(values))
    values[old] = single(found)
    return found


def opened(mono: Mono) -> tuple[list[Index], list[Factor], list[Power]]:
    """Its bound indices as new free ones, which carry their ranges."""
    values: dict[Symbol, Affine] = {}
    indices = [bind(f"@{k + 1}", kind, BOUND[k], values) for k, kind in enumerate(mono[0])]
    factors, letters = replaced(mono[1:], values)
    return indices, list(factors), list(letters)


def started(p: Poly) -> Poly:
    """At the start: every letter that moves becomes its start value."""
    letters = {x for mono in p.terms for x in symbols(mono) if isinstance(x, Letter)}
    return p.at({x: x.start() for x in letters if not x.fixed})
