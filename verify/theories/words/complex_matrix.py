"""Matrices over Q(i), a pair of exact rational matrices, and numbers beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq, fmpq_mat

from verify.spelling.tex import matrix, number

Number = int | Fraction | fmpq
Entry = Number | tuple[Number, Number]


@dataclass(frozen=True)
class CMat:
    """re + i im."""

    re: fmpq_mat
    im: fmpq_mat

    @classmethod
    def of(cls, rows: Sequence[Sequence[Entry]], shape: tuple[int, int] | None = None) -> CMat:
        """From entries that are exact numbers or pairs (real part, imaginary part)."""
        m, n = shape or (len(rows), len(rows[0]))
        pairs = [x if isinstance(x, tuple) else (x, 0) for row in rows for x in row]
        return cls(
            fmpq_mat(m, n, [_q(a) for a, _ in pairs]), fmpq_mat(m, n, [_q(b) for _, b in pairs])
        )

    @classmethod
    def scalar(cls, n: int, value: fmpq) -> CMat:
        found = fmpq_mat(n, n)
        for j in range(n):
            found[j, j] = value
        return cls(found, fmpq_mat(n, n))

    @property
    def shape(self) -> tuple[int, int]:
        return self.re.nrows(), self.re.ncols()

    def __add__(self, other: CMat) -> CMat:
        return CMat(self.re + other.re, self.im + other.im)

    def __mul__(self, other: CMat) -> CMat:
        return CMat(
            self.re * other.re - self.im * other.im, self.re * other.im + self.im * other.re
        )

    def times(self, c: fmpq) -> CMat:
        return CMat(self.re * c, self.im * c)

    def marked(self, mark: str) -> CMat:
        re, im = (self.re, self.im) if mark == "C" else (self.re.transpose(), self.im.transpose())
        return CMat(re, im if mark == "T" else im * fmpq(-1))

    def trace(self) -> fmpq:
        """Re Tr."""
        return sum((self.re[j, j] for j in range(self.re.nrows())), fmpq(0))

    def inverse(self) -> CMat:
        """Raises ZeroDivisionError for a singular matrix."""
        n = self.re.nrows()
        solved = self.embedded().inv()
        re, im = (
            [solved[i, j] for i in rows for j in range(n)] for rows in (range(n), range(n, 2 * n))
        )
        return CMat(fmpq_mat(n, n, re), fmpq_mat(n, n, im))

    def embedded(self) -> fmpq_mat:
        """[[re, -im], [im, re]], real of twice the size."""
        m, n = self.shape
        entries = [
            [self.re[i, j] for j in range(n)] + [-self.im[i, j] for j in range(n)] for i in range(m)
        ]
        entries += [
            [self.im[i, j] for j in range(n)] + [self.re[i, j] for j in range(n)] for i in range(m)
        ]
        return fmpq_mat(2 * m, 2 * n, [x for row in entries for x in row])

    def zero(self) -> bool:
        return not any(self.re.entries()) and not any(self.im.entries())

    def entries(self) -> list[list[tuple[Fraction, Fraction]]]:
        m, n = self.shape
        return [[(_f(self.re[i, j]), _f(self.im[i, j])) for j in range(n)] for i in range(m)]

    def wire(self) -> list:
        """Rows; an entry is "p/q" or ["re", "im"]."""
        return [[[str(a), str(b)] if b else str(a) for a, b in row] for row in self.entries()]

    def text(self) -> str:
        return (
            "[" + "; ".join(" ".join(_text(a, b) for a, b in row) for row in self.entries()) + "]"
        )

    def latex(self) -> str:
        return matrix([[_tex(a, b) for a, b in row] for row in self.entries()])


def _tex(re: Fraction, im: Fraction) -> str:
    """A complex number as mathematics."""
    size = "" if abs(im) == 1 else number(abs(im))
    imaginary = f"{'-' if im < 0 else '+' if re else ''}{size}i" if im else ""
    return f"{number(re) if re or not im else ''}{imaginary}"


def _q(x: int | Fraction | fmpq) -> fmpq:
    """Raises TypeError for a number that is not exact."""
    if not isinstance(x, (int, Fraction, fmpq)):
        raise TypeError(f"an entry {x!r}; expected an int or a Fraction")
    return x if isinstance(x, fmpq) else fmpq(x.numerator, x.denominator)


def _f(x: fmpq) -> Fraction:
    return Fraction(int(x.p), int(x.q))


def _text(a: Fraction, b: Fraction) -> str:
    if not b:
        return str(a)
    size = "" if abs(b) == 1 else str(abs(b))
    return (str(a) if a else "") + ("-" if b < 0 else "+" if a else "") + size + "i"


def positive(x: CMat) -> bool:
    """Hermitian and positive definite: so is its real embedding, and that is where every leading
    minor of it is positive.
    """
    if not (x.marked("H") + x.times(fmpq(-1))).zero():
        return False
    whole = x.embedded()
    blocks = (
        fmpq_mat(n, n, [whole[i, j] for i in range(n) for j in range(n)])
        for n in range(1, whole.nrows() + 1)
    )
    return all(block.det() > 0 for block in blocks)


Value = CMat | fmpq


def plus(x: Value, y: Value) -> Value:
    """A number beside a matrix stands for that multiple of the identity; zero fits every shape."""
    if isinstance(x, CMat) and isinstance(y, CMat):
        return x + y
    if isinstance(x, CMat) or isinstance(y, CMat):
        m, c = (x, y) if isinstance(x, CMat) else (y, x)
        assert isinstance(m, CMat) and not isinstance(c, CMat)
        return m if not c else m + CMat.scalar(m.shape[0], c)
    return x + y


def times(x: Value, y: Value) -> Value:
    """The number zero stays one, for it is also what a matrix of any shape is where it vanishes."""
    if any(not isinstance(z, CMat) and not z for z in (x, y)):
        return fmpq(0)
    if isinstance(x, CMat) and isinstance(y, CMat):
        return x * y
    if isinstance(x, CMat):
        assert not isinstance(y, CMat)
        return x.times(y)
    return y.times(x) if isinstance(y, CMat) else x * y


def power(x: Value, e: int) -> Value:
    if not isinstance(x, CMat):
        return x**e
    base = x if e >= 0 else x.inverse()
    found = CMat.scalar(x.shape[0], fmpq(1))
    for _ in range(abs(e)):
        found = found * base
    return found


def flat(x: Value) -> list[fmpq]:
    """All numbers of which it is made."""
    return [*x.re.entries(), *x.im.entries()] if isinstance(x, CMat) else [x]


def vanishes(x: Value) -> bool:
    return x.zero() if isinstance(x, CMat) else not x
