"""Symbols that record what a field does with them: a straight-line program, written while the field
runs once.

Constants are folded exactly. Exponentials wait: a product adds exponents before anything is
evaluated, so that exp(s) * exp(-z) is exp(s - z), of size O(1) where both factors are not.
"""

from __future__ import annotations

from fractions import Fraction

from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, digits, up_to
from verify.exact.numbers import rational
from verify.integrate.functions import Functions
from verify.integrate.refusals import here, refusing
from verify.integrate.tape import Node, Tape

MOST_SQUARINGS = 64
ONE = Fraction(1)


@refusing
class Traced(Functions):
    """A scalar of the calculus: ``factor`` times a node of the tape times exp(``exponent``);
    ``index`` -1 is the number 1.
    """

    __slots__ = ("exponent", "factor", "index", "tape")

    def __init__(
        self, tape: Tape, index: int, factor: Fraction, exponent: Traced | None = None
    ) -> None:
        self.tape, self.index, self.factor, self.exponent = tape, index, factor, exponent

    def __repr__(self) -> str:
        return f"<symbol {self.index}>"

    def __copy__(self) -> Traced:
        return self

    def __deepcopy__(self, memo: object) -> Traced:
        return self

    def __add__(self, other: object) -> Traced:
        if is_array(other):
            return NotImplemented
        a, b = self, self._lifted(other)
        if a.factor == 0 or b.factor == 0:
            return b if a.factor == 0 else a
        if not _same(a.exponent, b.exponent):
            a, b = a.settled(), b.settled()
        exponent = a.exponent
        if a.index == b.index:
            return self._times(a.factor + b.factor, a.index, exponent)
        if a.index < 0:
            a, b = b, a
        terms = (
            ((a.index, a.factor),) if b.index < 0 else ((a.index, a.factor), (b.index, b.factor))
        )
        total = self.tape.place(("lin", terms, b.factor if b.index < 0 else 0))
        return Traced(self.tape, total, ONE, exponent)

    def __neg__(self) -> Traced:
        return self._times(-self.factor, self.index, self.exponent)

    def __pos__(self) -> Traced:
        return self

    def __sub__(self, other: object) -> Traced:
        return NotImplemented if is_array(other) else self + (-self._lifted(other))

    def __mul__(self, other: object) -> Traced:
        if is_array(other):
            return NotImplemented
        b = self._lifted(other)
        factor = b.factor if self.factor is ONE else self.factor * b.factor
        exponent = b.exponent if self.exponent is None else self.exponent
        if self.exponent is not None and b.exponent is not None:
            exponent = _met(self.exponent, b.exponent)
        if self.index < 0 or b.index < 0:
            return self._times(factor, max(self.index, b.index), exponent)
        node = self.tape.place(("mul", min(self.index, b.index), max(self.index, b.index)))
        return self._times(factor, node, exponent)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other: object) -> Traced:
        return self._lifted(other) - self

    def __truediv__(self, other: object) -> Traced:
        return NotImplemented if is_array(other) else self * self._lifted(other).power(-ONE)

    def __rtruediv__(self, other: object) -> Traced:
        return self._lifted(other) / self

    def __pow__(self, e: object, modulus: object = None) -> Traced:
        if modulus is not None:
            raise self._refusal(
                "takes a power of a symbol modulo a number", "a symbol has no remainder"
            )
        if isinstance(e, Traced):
            raise self._refusal(
                "raises to a power that is a symbol", "write (y * x.log()).exp() for x ** y, x > 0"
            )
        return self.power(e)  # type: ignore[arg-type]

    def __rpow__(self, base: object) -> Traced:
        """base^x = exp(x log base), for an exact base > 0."""
        b = self._lifted(base)
        if b.factor <= 0:
            raise self._refusal(
                f"raises {base} to a power that is a symbol",
                "the base of such a power is a number > 0",
            )
        return constant(self.tape, ONE) if b.factor == 1 else (self * b.log()).exp()

    def _refusal(self, operation: str, mend: str) -> BadInput:
        return self.tape.noted(BadInput(f"it {operation}{here()}: {mend}"))

    def _lifted(self, other: object) -> Traced:
        if isinstance(other, Traced):
            if other.tape is not self.tape:
                raise self._refusal(
                    "uses a symbol of another run",
                    "a function keeps nothing from one call to the next",
                )
            return other
        value = rational(other)
        if value is None:
            raise self._refusal(
                f"uses {other!r}, which is not exact",
                "expected an int or Fraction: write Fraction(1, 10) for 0.1",
            )
        if digits(value) > LIMITS["constant"]:
            raise self._refusal(
                f"uses a number of {digits(value)} digits",
                f"{up_to('constant')} are read back: rescale",
            )
        return constant(self.tape, value)

    def _pushed(self, node: Node, factor: Fraction = ONE) -> Traced:
        return Traced(self.tape, self.tape.place(node), factor)

    def _times(self, factor: Fraction, index: int, exponent: Traced | None = None) -> Traced:
        if not factor:
            return constant(self.tape, factor)
        if exponent is not None and exponent.index < 0 and exponent.factor == 0:
            exponent = None
        return Traced(self.tape, index, factor, exponent)

    def power(self, e: Fraction) -> Traced:
        known = rational(e)
        if known is None:
            raise self._refusal(
                f"uses the exponent {e!r}, which is not exact", "write Fraction(1, 2) for 0.5"
            )
        e = known
        if max(abs(e.numerator), e.denominator) > LIMITS["exponent"]:
            raise self._refusal(
                "uses an exponent that is too large",
                f"p/q with p and q {up_to('exponent')} are read back",
            )
        if self.exponent is not None:
            return self._bare().power(e) * Traced(self.tape, -1, ONE, self.exponent * e)
        if e.denominator == 1 and abs(e) <= MOST_SQUARINGS:
            return (self if e >= 0 else self._reciprocal())._count_power(abs(int(e)))
        return self._pushed(("power", self.node(), e))

    def _count_power(self, e: int) -> Traced:
        """By squaring; defined at 0."""
        if e < 2:
            return self if e else constant(self.tape, ONE)
        half = self._count_power(e // 2)
        return half * half * self if e % 2 else half * half

    def _reciprocal(self) -> Traced:
        if self.index < 0 and self.factor:
            return constant(self.tape, 1 / self.factor)
        if self.index < 0:  # 1/0: the engines say where
            return self._pushed(("power", self.node(), -ONE))
        return self._pushed(("power", self.index, -ONE), 1 / self.factor)

    def exp(self) -> Traced:
        return Traced(self.tape, -1, ONE, self.settled())

    def log(self) -> Traced:
        if self.exponent is not None and not (self.index < 0 and self.factor == 1):
            return self._bare().log() + self.exponent
        if self.exponent is not None:
            return self.exponent
        return self._pushed(("log", self.node()))

    def _bare(self) -> Traced:
        return Traced(self.tape, self.index, self.factor)

    def settled(self) -> Traced:
        """The same number with its exponential evaluated."""
        if self.exponent is None:
            return self
        return self._bare() * self._pushed(("exp", self.exponent.node()))

    def node(self) -> int:
        """The index of a node with factor 1."""
        if self.exponent is not None:
            return self.settled().node()
        if self.index < 0:
            return self.tape.place(("lin", (), self.factor))
        return (
            self.index
            if self.factor == 1
            else self.tape.place(("lin", ((self.index, self.factor),), 0))
        )


def constant(tape: Tape, x: Fraction) -> Traced:
    """A number, as a symbol."""
    return Traced(tape, -1, x)


def is_array(x: object) -> bool:
    """An array of NumPy: it takes the operation over, entry by entry."""
    return bool(getattr(x, "ndim", 0)) and hasattr(x, "__array_ufunc__")


def _met(a: Traced, b: Traced) -> Traced:
    """The sum of two exponents. A term of one that is the other is met: exp(s) exp(-s - z)."""
    for x, part in ((a, b), (b, a)):
        node = a.tape.nodes[x.index] if min(a.index, b.index) >= 0 else ("",)
        if node[0] == "lin" and any(i == part.index for i, _ in node[1]):
            found = [(i, c * x.factor + part.factor * (i == part.index)) for i, c in node[1]]
            terms, rest = tuple((i, c) for i, c in found if c), node[2] * x.factor
            if len(terms) == 1 and not rest:
                return Traced(a.tape, *terms[0])
            return Traced(a.tape, a.tape.place(("lin", terms, rest)), ONE)
    return a + b


def _same(a: Traced | None, b: Traced | None) -> bool:
    if a is None or b is None:
        return a is b
    return (a.index, a.factor) == (b.index, b.factor) and a.exponent is None and b.exponent is None
