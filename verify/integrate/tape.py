"""Symbols that record what a field does with them: a straight-line program, written while the field
runs once.

Nodes: ("state",); ("clock",); ("lin", ((child, coefficient), ...), constant); ("mul", a, b);
("power", a, e); ("exp", a); ("log", a). Equal nodes are shared and constants are folded exactly.
Exponentials wait: a product adds exponents before anything is evaluated, so that exp(s) * exp(-z)
is exp(s - z), of size O(1) where both factors are not.
"""

from __future__ import annotations

from fractions import Fraction
from numbers import Rational

from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, digits, up_to
from verify.integrate.functions import Functions
from verify.integrate.refusals import here, refusing

Node = tuple
MOST_SQUARINGS = 64
ONE = Fraction(1)


def exact(x: object) -> Fraction | None:
    """An int, Fraction, or whole number of NumPy as a fraction; None for everything else, floats
    and truth values first of all.
    """
    if type(x) is Fraction and type(x.numerator) is int is type(
        x.denominator
    ):  # NumPy's numbers overflow
        return x
    if isinstance(x, bool) or not isinstance(x, Rational):
        return None
    return Fraction(int(x.numerator), int(x.denominator))


class Tape:
    """``refused`` is the first thing that a symbol refused, whether or not the author's function
    went on.
    """

    def __init__(self, states: int) -> None:
        self.nodes: list[Node] = [("state",)] * states
        self._known: dict[Node, int] = {}
        self.refused: BadInput | None = None

    def noted(self, refusal: BadInput) -> BadInput:
        self.refused = self.refused or refusal
        return refusal

    def push(self, node: Node, factor: Fraction = ONE) -> Traced:
        index = self._known.setdefault(node, len(self.nodes))
        if index == len(self.nodes):
            self.nodes.append(node)
        return Traced(self, index, factor)

    def constant(self, x: Fraction) -> Traced:
        return Traced(self, -1, x)

    def states(self, count: int) -> list[Traced]:
        return [Traced(self, j, ONE) for j in range(count)]


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
        total = self.tape.push(("lin", terms, b.factor if b.index < 0 else 0))
        return Traced(self.tape, total.index, ONE, exponent)

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
        factor = (
            b.factor
            if self.factor is ONE
            else self.factor
            if b.factor is ONE
            else self.factor * b.factor
        )
        exponent = (
            b.exponent
            if self.exponent is None
            else self.exponent
            if b.exponent is None
            else self.exponent + b.exponent
        )
        if self.index < 0 or b.index < 0:
            return self._times(factor, max(self.index, b.index), exponent)
        node = self.tape.push(("mul", min(self.index, b.index), max(self.index, b.index)))
        return self._times(factor, node.index, exponent)

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
        return self.tape.constant(ONE) if b.factor == 1 else (self * b.log()).exp()

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
        value = exact(other)
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
        return self.tape.constant(value)

    def _times(self, factor: Fraction, index: int, exponent: Traced | None = None) -> Traced:
        if not factor:
            return self.tape.constant(factor)
        if exponent is not None and exponent.index < 0 and exponent.factor == 0:
            exponent = None
        return Traced(self.tape, index, factor, exponent)

    def power(self, e: Fraction) -> Traced:
        known = exact(e)
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
        return self.tape.push(("power", self.node(), e))

    def _count_power(self, e: int) -> Traced:
        """By squaring; defined at 0."""
        if e < 2:
            return self if e else self.tape.constant(ONE)
        half = self._count_power(e // 2)
        return half * half * self if e % 2 else half * half

    def _reciprocal(self) -> Traced:
        if self.index < 0 and self.factor:
            return self.tape.constant(1 / self.factor)
        if self.index < 0:  # 1/0: the engines say where
            return self.tape.push(("power", self.node(), -ONE))
        return self.tape.push(("power", self.index, -ONE), 1 / self.factor)

    def exp(self) -> Traced:
        return Traced(self.tape, -1, ONE, self.settled())

    def log(self) -> Traced:
        if self.exponent is not None and not (self.index < 0 and self.factor == 1):
            return self._bare().log() + self.exponent
        if self.exponent is not None:
            return self.exponent
        return self.tape.push(("log", self.node()))

    def _bare(self) -> Traced:
        return Traced(self.tape, self.index, self.factor)

    def settled(self) -> Traced:
        """The same number with its exponential evaluated."""
        if self.exponent is None:
            return self
        return self._bare() * self.tape.push(("exp", self.exponent.node()))

    def node(self) -> int:
        """The index of a node with factor 1."""
        if self.exponent is not None:
            return self.settled().node()
        if self.index < 0:
            return self.tape.push(("lin", (), self.factor)).index
        return (
            self.index
            if self.factor == 1
            else self.tape.push(("lin", ((self.index, self.factor),), 0)).index
        )


def is_array(x: object) -> bool:
    """An array of NumPy: it takes the operation over, entry by entry."""
    return bool(getattr(x, "ndim", 0)) and hasattr(x, "__array_ufunc__")


def _same(a: Traced | None, b: Traced | None) -> bool:
    if a is None or b is None:
        return a is b
    return (a.index, a.factor) == (b.index, b.factor) and a.exponent is None and b.exponent is None


def children(node: Node) -> tuple[int, ...]:
    match node[0]:
        case "state" | "clock":
            return ()
        case "lin":
            return tuple(child for child, _ in node[1])
        case "mul":
            return node[1:]
        case "dot":
            return (*(i for a, b, _ in node[1] for i in (a, b)), *(i for i, _ in node[2]))
    return node[1:2]
