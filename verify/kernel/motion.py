"""Derivations, and the motion that the kernel reads off an objective.

A derivation is given by a table. A letter without an entry, which is not fixed and not made of
others by a rule below, has no derivative: refused, never zero.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from verify.kernel.affine import ONE, Affine, Index, Interval, number, single
from verify.kernel.letters import Base, Letter, Power
from verify.kernel.limits import need
from verify.kernel.ring import Poly, allows, amount, factor, monomial, product_of, total, unit
from verify.kernel.terms import letter_at, opened, raised, word


def summed(indices: Sequence[Index], p: Poly) -> Poly:
    """The sum over all these indices, the last innermost."""
    for x in reversed(indices):
        p = total(x, x.kind, p)
    return p


class Derivation:
    """(x^e)' = e x^(e-1) x' where x^(e-1) is defined; Leibniz; linear in sums and Re tr."""

    def __init__(self, table: dict[Letter, Poly], of_what: str = "the motion") -> None:
        self.table, self.of_what = table, of_what  # in the letters' own indices
        self.known: list[tuple[Poly, Poly]] = []  # what lasts says of derivatives

    def of(self, p: Poly) -> Poly:
        for other, change in self.known:
            if (other.shape, other.terms) == (p.shape, p.terms):
                return change
        return sum(self.parts(p), Poly(p.shape))

    def parts(self, p: Poly) -> Iterator[Poly]:
        """The derivative by each factor of each monomial, which it is the sum of."""
        for mono, c in p.terms.items():
            indices, factors, letters = opened(mono)
            for k, (base, e) in enumerate(factors):
                rest = monomial(p.shape, [*factors[:k], *factors[k + 1 :]], letters)
                yield summed(indices, self._factor(base, e) * rest).times(c)
            for part in self._word(letters):
                yield summed(indices, product_of(factors) * part).times(c)

    def _word(self, letters: Sequence[Power]) -> Iterator[Poly]:
        for k, x in enumerate(letters):
            before, after = letters[:k], letters[k + 1 :]
            part = word(before) * self._power(x) if before else self._power(x)
            yield part * word(after) if after else part

    def _factor(self, base: Base, e: Affine) -> Poly:
        if base.word:
            change = self.of(word(base.word)).trace()
        elif isinstance(base.head, Letter):
            change = self.letter(base.head, base.at)
        else:
            return Poly(None)
        if not change.terms:
            return change
        what = base.head.name if base.head else "a trace"
        need(allows(base, e.plus(-1)), f"the derivative of a power of {what} is not defined")
        return amount(e) * factor(base, e.plus(-1)) * change

    def _power(self, x: Power) -> Poly:
        """(M^e)' = Sum_(q=1..e) M^(q-1) M' M^(e-q); (M^-n)' = -M^-n (M^n)' M^-n."""
        change = self.letter(x.letter, x.at).star(x.star)
        if x.power == ONE or not change.terms:
            return change
        n = x.power.number()
        if n is not None and n < 0:
            inner = self._power(x.to(number(-n)))
            return (word([x]) * inner * word([x])).times(Fraction(-1))
        if n is not None:
            return sum(self._word([x.to(ONE)] * int(n)), Poly(change.shape))
        need(x.power.natural(), "the derivative of a power that is not surely natural")
        q = Index("q", Interval(ONE, x.power))
        before, after = x.to(single(q).plus(-1)), x.to(x.power - single(q))
        return total(q, q.kind, word([before]) * change * word([after]))

    def letter(self, letter: Letter, at: Sequence[Affine]) -> Poly:
        """The derivative of a letter at its indices."""
        if letter not in self.table:
            self.table[letter] = self._rule(letter)
        sure = letter.fixed or not letter.ends or letter.inner().has(at[0])
        need(sure, f"the derivative of {letter.name} where it may have ended")
        return self.table[letter].at(letter.at(at))

    def _rule(self, letter: Letter) -> Poly:
        if letter.fixed:
            return Poly(letter.size)
        role, made = letter.role, letter.term or letter.parts
        lasts = made and (role != "root" or (letter.sign == ">" and not letter.size))
        need(lasts, f"{letter.name} has no derivative along {self.of_what}")
        if letter.layers:
            return _layered(letter, letter.layers[0], self)
        p = letter.term.poly
        change = self.of(p)
        if role == "loss":  # J' = Sum g z', or Sum Re tr g^H z'
            return paired(letter, change)
        if role == "exp":
            return letter_at(letter) * change
        if role == "log":
            return raised(p, number(-1)) * change
        if role == "root":
            one = Base(letter, tuple(letter.own()))
            return factor(one, ONE - letter.degree) * _inverse(letter.degree) * change
        return change


def stepped(p: Poly, gain: Mapping[Letter, Poly]) -> Poly:
    """NEXT: theta becomes theta + gain in sums and products, written out; what is fixed stays; all
    else (losses, gradients, products, chains, roots, exp) is refused.
    """
    found = Poly(p.shape)
    for mono, c in p.terms.items():
        indices, factors, letters = opened(mono)
        inner = unit(p.shape and (p.shape[0], p.shape[0]))
        for base, e in factors:
            if base.word:
                new = stepped(word(base.word), gain).trace()
            elif isinstance(base.head, Letter):
                new = _after(base.head, base.at, gain)
            else:
                new = factor(base)
            inner = inner * raised(new, e)
        for x in letters:
            new = _after(x.letter, x.at, gain)
            new = new if x.power == ONE else raised(new, x.power)
            inner = inner * new.star(x.star)
        found += summed(indices, inner).times(c)
    return found


def _after(letter: Letter, at: Sequence[Affine], gain: Mapping[Letter, Poly]) -> Poly:
    now = letter_at(letter, at)
    if letter.fixed:
        return now
    need(letter in gain, f"{letter.name} has no value after a step that is computed")
    return now + gain[letter].at(letter.at(at))


def _inverse(degree: Affine) -> Poly:
    n = degree.number()
    if n is not None:
        return unit(None).times(1 / n)
    need(len(degree.terms) == 1 and not degree.const, "the derivative of a root of such a degree")
    x, c = degree.terms[0]
    return factor(Base(x), number(-1)).times(1 / c)


def _layered(letter: Letter, u: Letter, by: Derivation) -> Poly:
    """w' = Sum_l P_l u_l'; X' = Sum_k A_k W_k' B_k."""
    left, *right = letter.parts
    layer = Index(u.indices[0].name, u.indices[0].kind)
    at = [single(x) for x in (layer, *letter.indices)]
    p = letter_at(left, at) * by.letter(u, at)
    for x in right if letter.size else ():
        p = p * letter_at(x, at)
    return summed([layer], p)


def paired(loss: Letter, z: Poly) -> Poly:
    """Sum over the argument's indices of the gradient times z, or Re tr of its adjoint times z."""
    g = letter_at(loss.parts[0])
    return summed(loss.over, (g.star() * z).trace() if z.shape else g * z)
