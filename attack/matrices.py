"""Matrices over Q(i), and series of them: lists of rows; an entry is an int, a Fraction or a
Gaussian number.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from attack.series import Undefined


class Misfit(Undefined):
    """Sizes that do not fit: the term is none."""


Entry = Any
Matrix = tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, slots=True)
class Gauss:
    """re + i im, im not zero where it can be avoided."""

    re: Fraction | int
    im: Fraction | int

    def __add__(self, other: Entry) -> Entry:
        o = other if isinstance(other, Gauss) else Gauss(other, 0)
        return gauss(self.re + o.re, self.im + o.im)

    __radd__ = __add__

    def __neg__(self) -> Entry:
        return Gauss(-self.re, -self.im)

    def __sub__(self, other: Entry) -> Entry:
        return self + (-other)

    def __rsub__(self, other: Entry) -> Entry:
        return -self + other

    def __mul__(self, other: Entry) -> Entry:
        o = other if isinstance(other, Gauss) else Gauss(other, 0)
        return gauss(self.re * o.re - self.im * o.im, self.re * o.im + self.im * o.re)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return bool(self.re or self.im)


def gauss(re: Any, im: Any) -> Entry:
    return Gauss(re, im) if im else re


def conj(x: Entry) -> Entry:
    return Gauss(x.re, -x.im) if isinstance(x, Gauss) else x


def real(x: Entry) -> Any:
    return x.re if isinstance(x, Gauss) else x


# a value is a number or ("m", rows, columns, matrix): the sizes are kept, for sizes decide what
# fits


@dataclass(frozen=True, slots=True)
class Mat:
    rows: int
    cols: int
    entries: Matrix


def zero(rows: int, cols: int) -> Mat:
    return Mat(rows, cols, ((0,) * cols,) * rows)


def identity(size: int, c: Entry = 1) -> Mat:
    return Mat(
        size, size, tuple(tuple(c if i == j else 0 for j in range(size)) for i in range(size))
    )


def of(rows: list[list[Entry]], cols: int | None = None) -> Mat:
    return Mat(len(rows), len(rows[0]) if cols is None else cols, tuple(map(tuple, rows)))


def add(x: Any, y: Any, sign: int = 1) -> Any:
    """A number beside a square matrix is that multiple of the identity. Raises Undefined where
    sizes do not fit.
    """
    if isinstance(x, Mat) != isinstance(y, Mat):
        size = x.rows if isinstance(x, Mat) else y.rows
        x, y = (v if isinstance(v, Mat) else (identity(size, v) if v else None) for v in (x, y))
        if x is None:
            return y if sign == 1 else times(-1, y)
        if y is None:
            return x
    if not isinstance(x, Mat):
        return x + sign * y
    if (x.rows, x.cols) != (y.rows, y.cols):
        raise Misfit("sizes of a sum")
    if sign == 1:
        return Mat(
            x.rows,
            x.cols,
            tuple(
                tuple(a + b for a, b in zip(r, s, strict=True))
                for r, s in zip(x.entries, y.entries, strict=True)
            ),
        )
    return Mat(
        x.rows,
        x.cols,
        tuple(
            tuple(a - b for a, b in zip(r, s, strict=True))
            for r, s in zip(x.entries, y.entries, strict=True)
        ),
    )


def times(x: Any, y: Any) -> Any:
    if isinstance(x, Mat) and isinstance(y, Mat):
        if x.cols != y.rows:
            raise Misfit("sizes of a product")
        columns = list(zip(*y.entries, strict=True)) if y.rows else [()] * y.cols
        return Mat(
            x.rows,
            y.cols,
            tuple(
                tuple(sum(a * b for a, b in zip(r, c, strict=True)) for c in columns)
                for r in x.entries
            ),
        )
    if isinstance(y, Mat):
        return Mat(y.rows, y.cols, tuple(tuple(x * a for a in r) for r in y.entries))
    if isinstance(x, Mat):
        return times(y, x)
    return x * y


def divided(x: Any, n: int) -> Any:
    return x if n == 1 else times(Fraction(1, n), x)


def transposed(x: Any, conjugate: bool) -> Any:
    if not isinstance(x, Mat):
        return conj(x) if conjugate else x
    rows = list(zip(*x.entries, strict=True)) if x.rows else [()] * x.cols
    return Mat(x.cols, x.rows, tuple(tuple(conj(a) if conjugate else a for a in r) for r in rows))


def trace(x: Any) -> Any:
    """The real part. Raises Undefined for a matrix that is not square."""
    if not isinstance(x, Mat):
        return real(x)
    if x.rows != x.cols:
        raise Misfit("a trace")
    return real(sum(x.entries[i][i] for i in range(x.rows)))


def is_zero(x: Any) -> bool:
    return not any(a for r in x.entries for a in r) if isinstance(x, Mat) else not x


# series: lists of values


def s_add(a: list, b: list, sign: int = 1) -> list:
    return [add(x, y, sign) for x, y in zip(a, b, strict=False)]


def s_times(a: list, b: list) -> list:
    found = []
    for n in range(min(len(a), len(b))):
        total = times(a[0], b[n])
        for i in range(1, n + 1):
            total = add(total, times(a[i], b[n - i]))
        found.append(total)
    return found
