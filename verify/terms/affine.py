"""Affine indices and exponents such as k + 1, N - p: whole numbers plus multiples of index
variables and of the depth N.
"""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral

from verify.exact.errors import WrongType


@dataclass(frozen=True, slots=True, order=True)
class Affine:
    """``const`` + sum of coefficient * variable; variables sorted, no zero coefficients."""

    const: int = 0
    terms: tuple[tuple[str, int], ...] = ()

    def __add__(self, other: Affine | int) -> Affine:
        other = affine(other)
        found = dict(self.terms)
        for name, c in other.terms:
            found[name] = found.get(name, 0) + c
        return Affine(
            self.const + other.const, tuple(sorted((n, c) for n, c in found.items() if c))
        )

    __radd__ = __add__

    def __neg__(self) -> Affine:
        return Affine(-self.const, tuple((n, -c) for n, c in self.terms))

    def __sub__(self, other: Affine | int) -> Affine:
        return self + (-affine(other))

    def __rsub__(self, other: int) -> Affine:
        return affine(other) + (-self)

    def coefficient(self, name: str) -> int:
        return dict(self.terms).get(name, 0)

    @property
    def base(self) -> str:
        """The one variable of an index: a letter, "N", or "" for a number. Raises ValueError for
        anything else.
        """
        if not self.terms:
            return ""
        if len(self.terms) > 1 or self.terms[0][1] != 1:
            raise ValueError(
                f"index {self}: expected a number, or one variable plus a number, such as k + 1 or"
                " N - 1"
            )
        return self.terms[0][0]

    def put(self, name: str, value: Affine) -> Affine:
        """The same with ``value`` for a variable."""
        c = self.coefficient(name)
        if not c:
            return self
        rest = Affine(self.const, tuple(t for t in self.terms if t[0] != name))
        return rest + Affine(c * value.const, tuple((n, c * x) for n, x in value.terms))

    def at(self, values: dict[str, int]) -> int:
        return self.const + sum(c * values[n] for n, c in self.terms)

    def __str__(self) -> str:
        ordered = sorted(self.terms, key=lambda t: (-t[1], t[0]))  # N-p rather than -p+N
        text = "".join(_signed(c, n) for n, c in ordered)
        text += f"{self.const:+d}" if self.const or not text else ""
        return text.removeprefix("+")


def _signed(c: int, name: str) -> str:
    size = "" if abs(c) == 1 else f"{abs(c)} "
    return ("-" if c < 0 else "+") + size + name


def affine(value: Affine | int) -> Affine:
    """An index as it is, or a whole number as one, also one of NumPy or SymPy. Raises WrongType for
    anything else, bool too.
    """
    if isinstance(value, Affine):
        return value
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise WrongType(
            f"index {value!r:.60} of type {type(value).__name__}: expected a whole number or an"
            " index such as k + 1"
        )
    return Affine(int(value))


def index(name: str) -> Affine:
    """An index variable, or the depth ``N``."""
    return Affine(0, ((name, 1),))


k, p = index("k"), index("p")
N = index("N")
ONE, ZERO = Affine(1), Affine(0)
