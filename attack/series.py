"""Power series in t with exact coefficients, cut off after a few terms: a list of fractions, the
constant term first.
"""

from __future__ import annotations

from fractions import Fraction

Series = list[Fraction]


class Undefined(Exception):
    """A division by zero, a root that is not rational, a base that a power does not take."""


def plus(a: Series, b: Series, factor: int = 1) -> Series:
    return [x + factor * y for x, y in zip(a, b, strict=False)]


def times(a: Series, b: Series) -> Series:
    size = min(len(a), len(b))
    return [sum((a[i] * b[n - i] for i in range(n + 1)), Fraction(0)) for n in range(size)]


def inverse(a: Series) -> Series:
    """Raises Undefined where the constant term is zero."""
    if not a or not a[0]:
        raise Undefined("a divisor is zero")
    found = [1 / a[0]]
    for n in range(1, len(a)):
        found.append(-sum((a[i] * found[n - i] for i in range(1, n + 1)), Fraction(0)) / a[0])
    return found


def whole(a: Series, n: int) -> Series:
    base, found = (inverse(a) if n < 0 else a), [Fraction(1)] + [Fraction(0)] * (len(a) - 1)
    for _ in range(abs(n)):
        found = times(found, base)
    return found


def slope(a: Series) -> Series:
    """Raises Undefined where no term is left."""
    if len(a) < 2:
        raise Undefined("more derivatives than terms")
    return [n * a[n] for n in range(1, len(a))]


def raised(a: Series, exponent: Fraction, first: Fraction) -> Series:
    """a^exponent for a constant exponent; ``first`` is the value of its constant term. From a f' =
    e a' f.
    """
    found = [first]
    for n in range(1, len(a)):
        total = sum(
            (
                exponent * i * a[i] * found[n - i] - (n - i) * found[n - i] * a[i]
                for i in range(1, n + 1)
            ),
            Fraction(0),
        )
        found.append(total / (n * a[0]))
    return found


def grown(a: Series, first: Fraction) -> Series:
    """exp(a), where ``first`` stands for its constant term."""
    found = [first]
    for n in range(1, len(a)):
        found.append(sum((i * a[i] * found[n - i] for i in range(1, n + 1)), Fraction(0)) / n)
    return found


def rational_power(x: Fraction, e: Fraction) -> Fraction:
    """x^e for x > 0. Raises Undefined where it is not rational."""
    if max(abs(e.numerator), e.denominator) > 12:
        raise Undefined("a large exponent")
    top, bottom = _root(x.numerator, e.denominator), _root(x.denominator, e.denominator)
    return Fraction(top, bottom) ** e.numerator


def _root(n: int, degree: int) -> int:
    guess = round(n ** (1 / degree))
    for x in (guess - 1, guess, guess + 1):
        if x >= 0 and x**degree == n:
            return x
    raise Undefined(f"the root of {n} is not rational")
