"""Exponents of formulas as certificates write them: numbers, or sums of multiples of constants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from verify.exact.errors import NotGeneric
from verify.terms.expr import Expr

Affine = dict[str, Fraction]


def exponent(
    e: Expr, names: Mapping[str, str], one_over: Callable[[str], str], pairs: Mapping[str, str]
) -> object:
    """``one_over`` names the constant 1/L, which an exponent can mention; ``pairs`` are those that
    have such names. Raises NotGeneric.
    """
    found = {x: c for x, c in _Affine(names, one_over, pairs).of(e).items() if c}
    if set(found) <= {""}:
        return str(found.get("", Fraction(0)))
    return {x: int(c) if c.denominator == 1 else str(c) for x, c in found.items()}


class _Affine:
    """Coefficients by name, of "" the number."""

    def __init__(
        self, names: Mapping[str, str], one_over: Callable[[str], str], pairs: Mapping[str, str]
    ) -> None:
        self.names, self.one_over, self.pairs = names, one_over, pairs

    def of(self, e: Expr) -> Affine:
        match e:
            case Expr("num", (x,)):
                return {"": Fraction(x)}
            case Expr("^", (Expr("num", (x,)), Expr("num", (p,)))) if p == -1 and x:
                return {"": 1 / Fraction(x)}
            case Expr("const", (name,)):
                return {self.names[name]: Fraction(1)}
            case Expr("^", (Expr("const", (name,)), Expr("num", (p,)))) if p == -1:
                return {self.one_over(name): Fraction(1)}
            case Expr("+", parts):
                found: Affine = {}
                for x, c in (y for part in parts for y in self.of(part).items()):
                    found[x] = found.get(x, Fraction(0)) + c
                return found
            case Expr("*", (first, *rest)):
                left = self.of(first)
                return self._times(left, self.of(Expr("*", tuple(rest)))) if rest else left
        raise NotGeneric("an exponent that is no sum of multiples of constants")

    def _times(self, a: Affine, b: Affine) -> Affine:
        """One of them a number; or L times 1/L, which is 1."""
        found: Affine = {}
        for (x, c), (y, d) in ((p, q) for p in a.items() for q in b.items()):
            if x and y and y != self.pairs.get(x) and x != self.pairs.get(y):
                raise NotGeneric("an exponent that is no sum of multiples of constants")
            z = "" if x and y else x or y
            found[z] = found.get(z, Fraction(0)) + c * d
        return found
