"""Derivations, and the motion that the kernel reads off an objective.

A derivation is given by a table. A letter without an entry, which is not fixed and not made of
others by a rule below, has no derivative: refused, never zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from verify.kernel.affine import ONE, Affine, Index, Interval, number, single
from verify.kernel.letters import Letter
from verify.kernel.limits import Refused, need
from verify.kernel.ring import Poly, factor, total, unit
from verify.kernel.scope import inside
from verify.kernel.signs import allows
from verify.kernel.terms import letter_at, opened, product_of, word
from verify.kernel.words import Base, Power


class Made:
    """Of what a letter is made: its term; the letters beside it (product: u, P; chain: W, A, B;
    loss: its gradient); the indices of a loss's argument; the degree of a root or a loss.
    """

    def __init__(
        self,
        value: Poly,
        parts: tuple[Letter, ...] = (),
        over: tuple[Index, ...] = (),
        degree: Affine = ONE,
    ) -> None:
        self.value, self.parts, self.over, self.degree = value, parts, over, degree


def around(left: Sequence[Power], p: Poly, right: Sequence[Power]) -> Poly:
    """A matrix between two words, either of which may be empty."""
    p = word(left) * p if left else p
    return p * word(right) if right else p


def summed(indices: Sequence[Index], p: Poly) -> Poly:
    """The sum over all these indices, the last innermost."""
    for x in reversed(indices):
        p = total(x, x.kind, p)
    return p


class Derivation:
    """(x^e)' = e x^(e-1) x' where x^(e-1) is defined; Leibniz; linear in sums and Re tr."""

    def __init__(
        self, made: Mapping[Letter, Made], table: dict[Letter, Poly], of_what: str = "the motion"
    ) -> None:
        self.made, self.table, self.of_what = made, table, of_what  # in the letters' own indices
        self.known: list[tuple[Poly, Poly]] = []  # what lasts says of derivatives

    def of(self, p: Poly) -> Poly:
        """The derivative of a polynomial."""
        for other, change in self.known:
            if (other.shape, other.terms) == (p.shape, p.terms):
                return change
        found = Poly(p.shape)
        for part in self.parts(p):
            found += part
        return found

    def parts(self, p: Poly) -> Iterator[Poly]:
        """The derivative by each factor of each monomial, which it is the sum of."""
        for mono, c in p.terms.items():
            indices, factors, letters = opened(mono)
            for k, (base, e) in enumerate(factors):
                rest = product_of([*factors[:k], *factors[k + 1 :]])
                part = self._factor(base, e) * rest
                part = part * (word(letters) if letters else unit(p.shape))
                yield summed(indices, part).times(c)
            for k, x in enumerate(letters):
                part = around(letters[:k], self._power(x), letters[k + 1 :])
                yield summed(indices, product_of(factors) * part).times(c)

    def _factor(self, base: Base, e: Affine) -> Poly:
        if base.word:
            inner = Poly((base.word[0].side(), base.word[0].side()))
            for k, x in enumerate(base.word):
                inner += around(base.word[:k], self._power(x), base.word[k + 1 :])
            change = inner.trace()
        elif isinstance(base.head, Letter):
            change = self.letter(base.head, base.at)
        else:
            return Poly(None)
        if not change.terms:
            return change
        need(allows(base, e.plus(-1)), f"the derivative of a power of {_name(base)} is not defined")
        return amount_of(e) * factor(base, e.plus(-1)) * change

    def _power(self, x: Power) -> Poly:
        """(M^e)' = Sum_(q=1..e) M^(q-1) M' M^(e-q)."""
        change = self.letter(x.letter, x.at)
        change = change.star() if x.star else change
        if x.power == ONE or not change.terms:
            return change
        n = x.power.number()
        if n is not None:
            found = Poly(change.shape)
            for k in range(int(n)):
                found += around([x.to(ONE)] * k, change, [x.to(ONE)] * (int(n) - 1 - k))
            return found
        q = Index("q", Interval(ONE, x.power))
        before, after = x.to(single(q).plus(-1)), x.to(x.power - single(q))
        return total(q, q.kind, word([before]) * change * word([after]))

    def letter(self, letter: Letter, at: Sequence[Affine]) -> Poly:
        """The derivative of a letter at its indices."""
        if letter not in self.table:
            self.table[letter] = self._rule(letter)
        sure = letter.fixed or not letter.ends or inside(at[0], letter.inner())
        need(sure, f"the derivative of {letter.name} where it may have ended")
        return self.table[letter].at(dict(zip(letter.indices, at, strict=True)))

    def _rule(self, letter: Letter) -> Poly:
        own = letter.own()
        if letter.fixed:
            return Poly(letter.shape(own))
        made, role = self.made.get(letter), letter.role
        if made and made.parts[1:]:
            return _layered(letter, made, self)
        if not made or (role, letter.sign) == ("root", ">="):
            raise Refused(f"{letter.name} has no derivative along {self.of_what}")
        change = self.of(made.value)
        if role == "loss":  # J' = Sum g z', or Sum Re tr g^H z'
            return paired(made, change)
        if role == "exp":
            return letter_at(letter, own) * change
        if role == "log":
            ((mono, _),) = made.value.terms.items()
            return product_of([(b, e.times(Fraction(-1))) for b, e in mono[1]]) * change
        if role == "root":
            one = Base(letter, tuple(own))
            return factor(one, ONE - made.degree) * _inverse(made.degree) * change
        return change


def stepped(p: Poly, gain: Mapping[Letter, Poly]) -> Poly:
    """NEXT: theta becomes theta + gain in sums and products, written out; what is fixed stays; all
    else (losses, gradients, products, chains, roots, exp) is refused.
    """
    found = Poly(p.shape)
    for mono, c in p.terms.items():
        indices, factors, letters = opened(mono)
        inner = unit(None)
        for base, e in factors:
            if base.word:
                n = _times(e, "a trace")
                inner = inner * _stepped(base.word, gain).trace().power(n)
            elif isinstance(base.head, Letter) and not base.head.fixed:
                new = _after(base.head, base.at, gain)
                inner = inner * new.power(_times(e, base.head.name))
            else:
                inner = inner * factor(base, e)
        inner = inner * (_stepped(letters, gain) if letters else unit(p.shape))
        found += summed(indices, inner).times(c)
    return found


def _stepped(letters: Sequence[Power], gain: Mapping[Letter, Poly]) -> Poly:
    found: Poly | None = None
    for x in letters:
        part = word([x])
        if not x.letter.fixed:
            part = _after(x.letter, x.at, gain)
            part = part if x.power == ONE else part.power(_times(x.power, x.letter.name))
            part = part.star() if x.star else part
        found = found * part if found else part
    assert found is not None
    return found


def _after(letter: Letter, at: Sequence[Affine], gain: Mapping[Letter, Poly]) -> Poly:
    need(letter in gain, f"{letter.name} has no value after a step that is computed")
    change = gain[letter].at(dict(zip(letter.indices, at, strict=True)))
    return letter_at(letter, at) + change


def _times(e: Affine, what: str) -> int:
    n = e.number()
    need(n is not None and n.denominator == 1 and n >= 0, f"a power of {what} after a step")
    return int(n or 0)


def _name(base: Base) -> str:
    return base.head.name if base.head else "a trace"


def amount_of(e: Affine) -> Poly:
    """An exponent as a number; constants among it are letters."""
    found = unit(None).times(e.const)
    for x, c in e.terms:
        found += (factor(Base(x)) if not isinstance(x, Letter) else letter_at(x, ())).times(c)
    return found


def _inverse(degree: Affine) -> Poly:
    n = degree.number()
    if n is not None:
        return unit(None).times(1 / n)
    need(len(degree.terms) == 1 and not degree.const, "the derivative of a root of such a degree")
    x, c = degree.terms[0]
    return factor(Base(x), number(-1)).times(1 / c)


def _layered(letter: Letter, made: Made, by: Derivation) -> Poly:
    """w' = Sum_l P_l u_l'; X' = Sum_k A_k W_k' B_k."""
    u, left, *right = made.parts
    layer = Index(u.indices[0].name, u.indices[0].kind)
    at = [single(x) for x in (layer, *letter.indices)]
    p = letter_at(left, at) * by.letter(u, at)
    for x in right if letter.rows else ():
        p = p * letter_at(x, at)
    return summed([layer], p)


def paired(made: Made, z: Poly) -> Poly:
    """Sum over the argument's indices of the gradient times z, or Re tr of its adjoint times z."""
    (gradient,) = made.parts
    g = letter_at(gradient, [single(x) for x in made.over])
    return summed(made.over, (g.star() * z).trace() if z.shape else g * z)
