"""Exact numbers and matrices at a point."""

from __future__ import annotations

from fractions import Fraction

from verify.kernel.limits import Any, Refused, Work, limited, need


class Exponentials(dict[Fraction, Fraction]):
    """c by r of a sum of c e^r, not all r 0; e is transcendental: equal ones have equal terms."""

    def __add__(self, other: Number) -> Number:
        by, zero = terms(other), Fraction(0)
        return number({r: self.get(r, zero) + by.get(r, zero) for r in self | by})

    def __mul__(self, other: Number) -> Number:
        by = terms(other).items()
        parts = (number({q + r: b * c for q, b in self.items()}) for r, c in by)
        return sum(parts, Fraction(0))

    def __str__(self) -> str:
        return " + ".join(f"{c} e^({r})" for r, c in self.items())

    __radd__, __rmul__ = __add__, __mul__


Number = Fraction | Exponentials
Matrix = tuple[tuple[Number, ...], ...]
Value = Number | Matrix


def terms(x: Number) -> dict[Fraction, Fraction]:
    """c by r of the sum of c e^r."""
    return x if isinstance(x, Exponentials) else {Fraction(0): x}


def number(terms: dict[Fraction, Fraction]) -> Number:
    """The sum of c e^r."""
    found = {r: c for r, c in terms.items() if c}
    limited(len(found), "factors")
    return Exponentials(found) if any(found) else found.get(Fraction(0), Fraction(0))


def transcendental(role: str, x: Number) -> Number:
    """exp or log of x, where it is such a number."""
    ((r, c), *more) = terms(x).items()
    log = role == "log"
    need(not more and (r, c)[log] == log, f"{role} of what is not rational, or is no power of e")
    return r if log else number({c: Fraction(1)})


def true(x: Any, relation: str) -> bool:
    """x = 0, >= 0, > 0, != 0."""
    if vanishes(x) or relation in ("=", "!="):
        return vanishes(x) == (relation in ("=", ">="))
    signs = {c > 0 for c in terms(x).values()}
    need(len(signs) < 2, "a sum of exponentials of both signs: its sign is not computed")
    return True in signs


def small(x: Any) -> Any:
    """The number, if it is not longer than what is computed."""
    for y in (y for pair in terms(x).items() for y in pair):
        limited(max(y.numerator.bit_length(), y.denominator.bit_length()), "bits")
    return x


def added(a: Any, b: Any) -> Any:
    """Of the same type; matrices row by row, entry by entry."""
    if isinstance(a, tuple):
        return tuple(added(x, y) for x, y in zip(a, b, strict=True))
    return small(a + b)


def times(a: Any, b: Any) -> Any:
    """Numbers and matrices in any order."""
    if not isinstance(b, tuple):
        a, b = b, a
    if not isinstance(a, tuple):
        return tuple(times(a, x) for x in b) if isinstance(b, tuple) else small(a * b)
    columns = list(zip(*b, strict=True))
    return tuple(
        tuple(small(sum((x * y for x, y in zip(r, c, strict=True)), Fraction(0))) for c in columns)
        for r in a
    )


def adjoint(a: Any) -> Any:
    """The transpose: points are real."""
    return tuple(zip(*a, strict=True))


def trace(a: Any) -> Any:
    """Of a square matrix."""
    return sum((row[k] for k, row in enumerate(a)), Fraction(0))


def identity(n: int) -> Matrix:
    """I of n rows."""
    return tuple(tuple(Fraction(i == j) for j in range(n)) for i in range(n))


def inverse(a: Any) -> Matrix:
    """Of a Hermitian matrix that is positive definite: without exchanges all pivots are > 0."""
    rows = [r + e for r, e in zip(a, identity(len(a)), strict=True)]
    for k in range(len(a)):
        need(true(rows[k][k], ">"), "not positive definite at the point")
        one = rows[k] = times(power(rows[k][k], Fraction(-1)), rows[k])
        minus = [times(Fraction(-1), r[k]) for r in rows]
        rows = [
            r if r is one else added(r, times(c, one)) for c, r in zip(minus, rows, strict=True)
        ]
    return tuple(r[len(a) :] for r in rows)


def zeros(rows: int, columns: int) -> Matrix:
    """The zero matrix."""
    return tuple((Fraction(0),) * columns for _ in range(rows))


def vanishes(a: Any) -> bool:
    """Equal to 0."""
    return all(map(vanishes, a)) if isinstance(a, tuple) else not a


def power(a: Any, e: Fraction) -> Any:
    """a^e, where it is such a number; 0^0 = 1."""
    if isinstance(a, Exponentials) and len(a) == 1:
        ((r, c),) = a.items()
        return times(power(c, e), number({r * e: Fraction(1)}))
    if e.denominator == 1 and e >= 0:
        limited(int(e), "exponent")
        found: Value = identity(len(a)) if isinstance(a, tuple) else Fraction(1)
        for _ in range(int(e)):
            Work.spend("values")
            found = times(found, a)
        return found
    need(not isinstance(a, Exponentials), "such a power of a sum of exponentials")
    need(a, "a negative or broken power of 0")
    if e < 0:
        return power(inverse(a) if isinstance(a, tuple) else 1 / a, -e)
    need(a > 0, "a broken power of a negative number")
    n, d = e.numerator, e.denominator
    return power(Fraction(_root(a.numerator, d), _root(a.denominator, d)), Fraction(n))


def _root(x: int, degree: int) -> int:
    low, high = 0, 1 << (x.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        if middle**degree <= x:
            low = middle
        else:
            high = middle - 1
    if low**degree != x:
        raise Refused("a root that is not rational: this point is not evaluated exactly")
    return low
