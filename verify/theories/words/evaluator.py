"""The value of any expression at an exact instance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq

from verify.exact.limits import LIMITS, up_to
from verify.terms.affine import Affine
from verify.terms.matrices import Mat
from verify.terms.shapes import shape
from verify.theories.words.complex_matrix import CMat, Value, flat, plus, power, times
from verify.theories.words.derive import derivative, stepped, unfolded
from verify.theories.words.expand import Expander
from verify.theories.words.instance import Instance


@dataclass(frozen=True)
class Evaluator:
    """The value of an expression at an instance. D and ``after`` follow the motion; nothing of the
    words' normal forms is used.
    """

    instance: Instance
    expander: Expander  # for the motion alone

    def __call__(self, e: Mat, at: Mapping[str, int] | None = None) -> Value:
        """Raises KeyError for a letter without a value, ZeroDivisionError for an inverse that there
        is not, OverflowError (both arithmetic) for numbers that the readers of certificates do not
        compute with.
        """
        found = self._value(e, {**(at or {}), "N": self.instance.depth})
        if any(2 * x.height_bits() > LIMITS["coefficient"] for x in flat(found)):
            raise OverflowError(
                f"a number that no reader computes with: {up_to('coefficient', 'bits')}"
            )
        return found

    def _value(self, e: Mat, at: dict[str, int]) -> Value:
        if e.head == "num":
            return fmpq(e.args[0].numerator, e.args[0].denominator)
        if e.head == "const":
            return self._constant(e.args[0])
        if e.head in ("letter", "seq"):
            return self._letter(e, at)
        if e.head == "+":
            return plus(self._value(e.args[0], at), self._value(e.args[1], at))
        if e.head == "*":
            return times(self._value(e.args[0], at), self._value(e.args[1], at))
        if e.head == "^":
            return power(self._value(e.args[0], at), e.args[1].at(at))
        if e.head == "mark":
            x = self._value(e.args[1], at)
            return x.marked(e.args[0]) if isinstance(x, CMat) else x
        return self._compound(e, at)

    def _compound(self, e: Mat, at: dict[str, int]) -> Value:
        if e.head == "tr":
            x = self._value(e.args[0], at)
            return x.trace() if isinstance(x, CMat) else x * self._rows(e.args[0], at) if x else x
        if e.head == "sum":
            over, first, last, body = e.args
            found: Value = fmpq(0)
            for j in range(first.at(at), last.at(at) + 1):
                found = plus(found, self._value(body, {**at, over: j}))
            return found
        if e.head == "within":
            place, first, less, body = e.args
            return (
                self._value(body, at)
                if first <= place.at(at) <= self.instance.depth - less
                else fmpq(0)
            )
        if e.head == "D":
            return self._value(
                derivative(
                    self.expander.rates, self.expander.fixed, e.args[0], self.instance.depth
                ),
                at,
            )
        if e.head == "next":
            return self._value(stepped(self.expander.steps, self.expander.fixed, e.args[0]), at)
        return self._value(unfolded(e), at)

    def _rows(self, e: Mat, at: dict[str, int]) -> int:
        """Of a square matrix that came out as a number: sums over no layers leave nothing of it but
        a multiple of the identity.
        """
        size = shape(e, self.expander.theory)
        if size is None:
            raise ArithmeticError("the trace of a number")
        return self.instance.size(size[0], at)

    def _constant(self, name: str) -> fmpq:
        x = Fraction(self.instance.depth) if name == "N" else self.instance.scalars[name]
        return fmpq(x.numerator, x.denominator)

    def _letter(self, e: Mat, at: dict[str, int]) -> Value:
        name, i = e.args
        where = i.at(at) if isinstance(i, Affine) else None
        if e.head == "letter":
            return self.instance.letter(name, where)
        assert where is not None
        xs = self.instance.sequences[name]
        x = xs[where - 1] if 1 <= where < self.instance.depth else Fraction(0)
        return fmpq(x.numerator, x.denominator)
