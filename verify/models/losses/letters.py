"""Rational functions in the letters of a loss, with Euler's operator E = sum_i w_i d/dw_i carried
along.

Letters are the forms, coordinates and constants, with E x = d x for d = 2 (w'Sw), 1 (m'w, w_i), 0
(constants), and log A, exp A, A^r of earlier terms, with

    E log A = (E A)/A,      E exp A = (E A) exp A,      E A^r = r A^r (E A)/A.

Letters count as independent: an identity between them holds for every w at which all terms are
defined.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import comb
from typing import Any

from verify.exact.errors import BadInput
from verify.terms.expr import Expr
from verify.terms.words import words

MAX_TERMS = 4000  #: larger polynomials are not formed
Poly = Any  # python-flint's fmpq_mpoly
_DEGREES = {"quad": 2, "lin": 1, "at": 1, "const": 0}


class TooLarge(Exception):
    """An intermediate polynomial would exceed MAX_TERMS."""


@dataclass(frozen=True, slots=True)
class Rational:
    """top/bottom in lowest terms; equal functions have proportional tops and bottoms."""

    top: Poly
    bottom: Poly

    def __add__(self, other: Rational) -> Rational:
        if same(self.bottom, other.bottom):
            return _reduced(self.top + other.top, self.bottom)
        top = times(self.top, other.bottom) + times(other.top, self.bottom)
        return _reduced(top, times(self.bottom, other.bottom))

    def __mul__(self, other: Rational) -> Rational:
        return _reduced(times(self.top, other.top), times(self.bottom, other.bottom))

    def inverse(self, of: Expr) -> Rational:
        if self.top.is_zero():
            raise BadInput(
                f"the loss divides by {words(of)[:80]}, or takes a logarithm or power of it, and"
                " this is zero for every w; expected an expression that is not zero everywhere."
                " Check the formula."
            )
        return Rational(self.bottom, self.top)

    def same(self, other: Rational) -> bool:
        return same(times(self.top, other.bottom), times(other.top, self.bottom))


def same(a: Poly, b: Poly) -> bool:
    """Whether two polynomials are equal, exactly."""
    return (a - b).is_zero()


def times(a: Poly, b: Poly) -> Poly:
    """The product. Raises TooLarge, before it is computed, where it could have too many terms."""
    if len(a) * len(b) > MAX_TERMS:
        raise TooLarge
    return a * b


def _reduced(top: Poly, bottom: Poly) -> Rational:
    if bottom.is_constant():
        return Rational(top / bottom.leading_coefficient(), bottom / bottom.leading_coefficient())
    common = top.gcd(bottom)
    return Rational(top / common, bottom / common) if not common.is_one() else Rational(top, bottom)


class Letters:
    """Values of expressions and of E on them; equal terms under log, exp or a power share one
    letter.
    """

    def __init__(self, expr: Expr) -> None:
        from flint import Ordering, fmpq, fmpq_mpoly_ctx  # claims are listed without it

        self.fmpq = fmpq
        nodes = sorted(
            {x for x in expr.walk() if x.head in ("form", "at", "const", "log", "exp", "^")},
            key=repr,
        )
        self.ring = fmpq_mpoly_ctx.get(
            [f"x{j}" for j in range(max(1, len(nodes)))], Ordering.degrevlex
        )
        self.free = iter(self.ring.gens())
        self.one = self.ring.constant(1)
        self.leaves: dict[Expr, Rational] = {}
        self.terms: list[tuple[str, Fraction, Rational, Rational]] = []

    def constant(self, value: Fraction) -> Rational:
        return Rational(self.ring.constant(self.fmpq(value.numerator, value.denominator)), self.one)

    def leaf(self, node: Expr) -> Rational:
        if node not in self.leaves:
            self.leaves[node] = Rational(next(self.free), self.one)
        return self.leaves[node]

    def letter(self, head: str, exponent: Fraction, inside: Rational) -> Rational:
        for known_head, known_exponent, known, value in self.terms:
            if (head, exponent) == (known_head, known_exponent) and inside.same(known):
                return value
        self.terms.append((head, exponent, inside, Rational(next(self.free), self.one)))
        return self.terms[-1][3]

    def pair(self, node: Expr) -> tuple[Rational, Rational]:
        """(F, E F) of a node. Raises KeyError for a head that a loss cannot have."""
        match node:
            case Expr("num", (number,)):
                return self.constant(number), self.constant(Fraction(0))
            case Expr("form" | "at" | "const"):
                degree = _DEGREES[node.args[0] if node.head == "form" else node.head]
                return self.leaf(node), self.constant(Fraction(degree)) * self.leaf(node)
            case Expr("+", args):
                return self.fold(args, lambda a, b: (a[0] + b[0], a[1] + b[1]))
            case Expr("*", args):
                return self.fold(args, lambda a, b: (a[0] * b[0], a[0] * b[1] + a[1] * b[0]))
            case Expr("^", (base, Expr("num", (exponent,)))):
                return self.power(base, exponent)
            case Expr("log", (body,)):
                inside, moved = self.pair(body)
                return self.letter("log", Fraction(1), inside), moved * inside.inverse(body)
            case Expr("exp", (body,)):
                inside, moved = self.pair(body)
                value = self.letter("exp", Fraction(1), inside)
                return value, moved * value
        raise KeyError(node.head)

    def fold(self, args: tuple, step: Callable) -> tuple[Rational, Rational]:
        return reduce(step, (self.pair(a) for a in args))

    def power(self, base: Expr, exponent: Fraction) -> tuple[Rational, Rational]:
        inside, moved = self.pair(base)
        if exponent == 0:
            return self.constant(Fraction(1)), self.constant(Fraction(0))
        if exponent.denominator == 1 and exponent > 0 and inside.top.is_zero():
            return inside, moved
        inverse = inside.inverse(base)
        value = self.expanded(inside if exponent > 0 else inverse, abs(exponent))
        if value is None:
            value = self.letter("^", exponent, inside)
        return value, self.constant(exponent) * value * moved * inverse

    def expanded(self, inside: Rational, exponent: Fraction) -> Rational | None:
        """An integer power as a fraction of polynomials, or None where a letter is better."""
        if exponent.denominator != 1:
            return None
        e = int(exponent)
        if max(comb(len(p) + e - 1, e) for p in (inside.top, inside.bottom)) > MAX_TERMS:
            return None
        return Rational(inside.top**e, inside.bottom**e)
