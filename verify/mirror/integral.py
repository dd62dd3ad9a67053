r"""The mirror map of a monomial.

For beta = c prod_j u_j^(k_j) with sum_j k_j >= 3 and u_j > 0 it is

    h = -(1/(2 c)) int_0^oo prod_j (u_j^2 + k_j s)^(-k_j/2) ds .

Along X = grad of the monomial m (u_j^2)' = 2 k_j m, so X moves s by 2 m: X h_m = -(1/2) 2 m
[integrand]_0^oo = m prod u_j^(-k_j) = 1. With s = 1/x^2 - 1 the integrand is analytic on [0, 1].
Three single letters give Carlson's -R_F(u^2, v^2, w^2).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import acb, arb, fmpq

from verify.exact.precision import precision
from verify.mirror.geometry import Geometry
from verify.mirror.given import Given

BITS = 200


@dataclass(frozen=True)
class MonomialIntegral:
    """``letters`` with these ``exponents`` and the coefficient c; ``at_start`` is its ball."""

    letters: tuple[int, ...]
    exponents: tuple[int, ...]
    coefficient: Fraction
    at_start: Any

    def data(self) -> dict[str, Any]:
        return {
            "letters": list(self.letters),
            "exponents": list(self.exponents),
            "coefficient": str(self.coefficient),
            "at_start": self.text(),
        }

    @precision(BITS)
    def text(self) -> str:
        return str(self.at_start.str(25))


def monomial_integral(given: Given, g: Geometry) -> MonomialIntegral | None:
    """Of a monomial of the one output, of degree 3 or more, whose letters occur in no other; None
    where there is none, or where one of its letters is not positive at the start.
    """
    if g.count != 1 or not g.outputs[0].bottom.is_constant():
        return None
    terms = [(tuple(map(int, e)), c) for e, c in g.outputs[0].top.terms()]
    for exponents, c in terms:
        letters = tuple(i for i, e in enumerate(exponents) if e)
        alone = all(not e[i] for e, _ in terms if e != exponents for i in letters)
        own = g.field
        fits = all(
            i < own.parameters and given.values[i] > 0 and own.weights[i] == 1 for i in letters
        )
        if alone and fits and sum(exponents) >= 3:
            k = tuple(exponents[i] for i in letters)
            ball = enclosed([given.values[i] for i in letters], k, c)
            return MonomialIntegral(letters, k, Fraction(int(c.p), int(c.q)), ball)
    return None


@precision(BITS)
def enclosed(u: list[Any], k: tuple[int, ...], c: Any) -> arb:
    """The integral at exact positive numbers."""
    squares = [acb(arb(x if isinstance(x, fmpq) else fmpq(x)) ** 2) for x in u]

    def integrand(x: acb, analytic: bool) -> acb:
        y = x * x
        found = x ** (sum(k) - 3)
        for s, e in zip(squares, k, strict=True):
            inside = e + y * (s - e)
            root = inside.rsqrt(analytic=analytic) if e % 2 else acb(1)
            found = found * root / inside ** (e // 2)
        return found

    whole = acb.integral(integrand, acb(0), acb(1)).real
    return -whole / arb(fmpq(c))
