"""Expressions in matrices of every size: what an author writes, what is printed and what a
certificate carries.

``x.H`` is the conjugate transpose, ``tr`` the real part of the trace, ``dot`` the derivative along
the flow, ``after`` the value after one step. Nothing is simplified here: deciding is the business
of the normal forms.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from verify.exact.errors import require
from verify.exact.numbers import exactly
from verify.terms.affine import Affine, affine

#: mark -> mark under conjugate transposition, transposition and conjugation; H and T reverse the
# order of a product
MARKS = {"H": {"": "H", "H": "", "T": "C", "C": "T"}, "T": {"": "T", "T": "", "H": "C", "C": "H"}}
MARKS["C"] = {"": "C", "C": "", "H": "T", "T": "H"}


@dataclass(frozen=True, slots=True)
class Mat:
    """A node. Heads: num const seq letter + * ^ mark D next tr sum loss G H w; ``args`` as the
    builders below lay them out.
    """

    head: str
    args: tuple

    def __add__(self, other: Mat | int | Fraction) -> Mat:
        return Mat("+", (self, lift(other)))

    def __radd__(self, other: int | Fraction) -> Mat:
        return Mat("+", (lift(other), self))

    def __sub__(self, other: Mat | int | Fraction) -> Mat:
        return Mat("+", (self, -lift(other)))

    def __rsub__(self, other: int | Fraction) -> Mat:
        return Mat("+", (lift(other), -self))

    def __neg__(self) -> Mat:
        return num(-self.args[0]) if self.head == "num" else Mat("*", (num(-1), self))

    def __mul__(self, other: Mat | int | Fraction) -> Mat:
        return Mat("*", (self, lift(other)))

    def __rmul__(self, other: int | Fraction) -> Mat:
        return Mat("*", (lift(other), self))

    def __truediv__(self, other: int | Fraction) -> Mat:
        divisor = exactly(other)
        require(divisor, "a quotient with the divisor", 0, "a number that is not 0")
        return Mat("*", (num(1 / divisor), self))

    def __pow__(self, exponent: Affine | int) -> Mat:
        return Mat("^", (self, affine(exponent)))

    @property
    def H(self) -> Mat:
        """Conjugate transpose."""
        return Mat("mark", ("H", self))

    @property
    def T(self) -> Mat:
        """Transpose without conjugation."""
        return Mat("mark", ("T", self))

    def walk(self) -> Iterator[Mat]:
        """Every node, the root first."""
        yield self
        for arg in self.args:
            if isinstance(arg, Mat):
                yield from arg.walk()

    def has(self, *heads: str) -> bool:
        return any(node.head in heads for node in self.walk())

    def letters(self) -> set[str]:
        """Names of the letters, families, sequences and constants that occur."""
        found = {
            str(n.args[0]) for n in self.walk() if n.head in ("letter", "seq", "const", "H", "w")
        }
        found |= {"W"} if self.has("G", "H", "w") else set()
        return found | ({"X"} if self.has("loss") else set())

    def put(self, name: str, value: Affine) -> Mat:
        """The same with ``value`` for a free index."""
        if self.head == "sum" and self.args[0] == name:
            return self
        args = tuple(x.put(name, value) if isinstance(x, (Mat, Affine)) else x for x in self.args)
        return Mat(self.head, args)


@dataclass(frozen=True, slots=True)
class Family:
    """An indexed family of letters: ``Family("W")[k]``."""

    name: str

    def __getitem__(self, i: Affine | int) -> Mat:
        return Mat("letter", (self.name, affine(i)))


@dataclass(frozen=True, slots=True)
class Sequence:
    """An indexed family of real numbers."""

    name: str

    def __getitem__(self, i: Affine | int) -> Mat:
        return Mat("seq", (self.name, affine(i)))


def num(value: int | Fraction) -> Mat:
    """A number. Raises WrongType for one that is not exact."""
    return Mat("num", (exactly(value),))


def lift(value: Mat | int | Fraction) -> Mat:
    """An expression as it is, or an exact number as a multiple of the identity."""
    if isinstance(value, Mat):
        return value
    return num(value)


def letter(name: str) -> Mat:
    """A single matrix."""
    return Mat("letter", (name, None))


def const(name: str) -> Mat:
    """A real number such as kappa; ``const("N")`` is the depth."""
    return Mat("const", (name,))


def dot(body: Mat) -> Mat:
    """The derivative in time, along the motion of the setting."""
    return Mat("D", (body,))


def after(body: Mat) -> Mat:
    """The value after one step of the setting."""
    return Mat("next", (body,))


def tr(body: Mat) -> Mat:
    """Re Tr."""
    return Mat("tr", (body,))


def inner(x: Mat, y: Mat) -> Mat:
    """<x, y> = Re Tr(x* y)."""
    return tr(x.H * y)


def norm2(x: Mat) -> Mat:
    """The square of the Frobenius norm."""
    return inner(x, x)


def total(body: Mat, first: int = 1, last: Affine | None = None, over: str = "p") -> Mat:
    """The sum over ``over`` = first..last; last is N minus a number (N by default). Raises
    WrongType for another body, or another end.
    """
    end = Affine(0, (("N", 1),)) if last is None else affine(last)
    return Mat("sum", (over, affine(first), end, lift(body)))


LOSS = Mat("loss", ())
W, A, B, U, g = Family("W"), Family("A"), Family("B"), Family("U"), Family("g")
X, P = letter("X"), letter("P")


def G(i: Affine | int) -> Mat:
    """W_i W_i* - W_(i+1)* W_(i+1); zero for i = 0 and i = N."""
    return Mat("G", (affine(i),))


def H(name: str, i: Affine | int) -> Mat:
    """c_i W_i W_i* - W_i c_(i-1) W_i* + W_(i+1)* W_(i+1) c_i - W_(i+1)* c_(i+1) W_(i+1) for the
    family c (or G).
    """
    return Mat("H", (name, affine(i)))


def w(name: str, i: Affine | int) -> Mat:
    """(w_c)_i = c_i W_i - W_i c_(i-1) for the family c (or G), c_0 = c_N = 0."""
    return Mat("w", (name, affine(i)))
