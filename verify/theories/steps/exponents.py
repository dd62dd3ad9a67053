"""Exponents of formulas as certificates write them: numbers, or sums of multiples of constants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from verify.exact.errors import NotGeneric
from verify.terms.expr import Expr

Affine = dict[str, Fraction]


def exponent(e: Expr, names: Mapping[str, str], one_over: Callable[[str], str]) -> object:
    """``one_over`` names the constant 1/L, which an exponent can mention. Raises NotGeneric."""
    found = {x: c for x, c in affine(e, names, one_over).items() if c}
    if set(found) <= {""}:
        return str(found.get("", Fraction(0)))
    return {x: int(c) if c.denominator == 1 else str(c) for x, c in found.items()}


def affine(e: Expr, names: Mapping[str, str], one_over: Callable[[str], str]) -> Affine:
    """Coefficients by name, of "" the number. Raises NotGeneric."""
    match e:
        case Expr("num", (x,)):
            return {"": Fraction(x)}
        case Expr("const", (name,)):
            return {names[name]: Fraction(1)}
        case Expr("^", (Expr("const", (name,)), Expr("num", (p,)))) if p == -1:
            return {one_over(name): Fraction(1)}
        case Expr("+", parts):
            found: Affine = {}
            for x, c in (y for part in parts for y in affine(part, names, one_over).items()):
                found[x] = found.get(x, Fraction(0)) + c
            return found
        case Expr("*", (first, *rest)):
            left = affine(first, names, one_over)
            right = affine(Expr("*", tuple(rest)), names, one_over) if rest else {"": Fraction(1)}
            return _times(names, left, right)
    raise NotGeneric("an exponent that is no sum of multiples of constants")


def _times(names: Mapping[str, str], a: Affine, b: Affine) -> Affine:
    """One of them a number; or L times 1/L, which is 1."""
    found: Affine = {}
    for (x, c), (y, d) in ((p, q) for p in a.items() for q in b.items()):
        if x and y and y not in (x + "inv",) and x not in (y + "inv",):
            raise NotGeneric("an exponent that is no sum of multiples of constants")
        z = "" if x and y else x or y
        found[z] = found.get(z, Fraction(0)) + c * d
    return found
