"""Exponents a + b L, affine in the depth L, and products of powers with these."""

from __future__ import annotations

from fractions import Fraction

from verify.exact.errors import NotGeneric
from verify.exact.limits import LIMITS
from verify.terms.expr import Expr

#: a + b L as a pair (a, b)
Exponent = tuple[Fraction, Fraction]
#: an atom: its name and its indices (free: str or int; bound: Bound of ``algebra.monomials``)
Atom = tuple[str, tuple]
Factors = dict[Atom, Exponent]
ZERO: Exponent = (Fraction(0), Fraction(0))
ONE: Exponent = (Fraction(1), Fraction(0))


def exponent_of(node: Expr) -> Exponent:
    """An exponent affine in L. Raises NotGeneric otherwise."""
    match node:
        case Expr("num", (value,)):
            return (value, Fraction(0))
        case Expr("const", ("L",)):
            return (Fraction(0), Fraction(1))
        case Expr("+", args):
            parts = [exponent_of(a) for a in args]
            return (sum(p[0] for p in parts), sum(p[1] for p in parts))  # type: ignore[return-value]
        case Expr("*", args):
            a, b = ONE
            for c, d in (exponent_of(x) for x in args):
                if b and d:
                    break
                a, b = a * c, a * d + b * c
            else:
                return (a, b)
        case Expr("^", (Expr("num", (base,)), Expr("num", (e,)))) if (
            base and e.denominator == 1 and abs(e) <= LIMITS["power"]
        ):
            return (base ** int(e), Fraction(0))
    raise NotGeneric(f"the exponent {node.head} is not of the form a + b L")


def add_exponents(x: Exponent, y: Exponent) -> Exponent:
    """The exponent of a product of two powers."""
    return (x[0] + y[0], x[1] + y[1])


def multiply_in(factors: Factors, atom: Atom, exponent: Exponent) -> None:
    """factors *= atom^exponent, in place."""
    new = add_exponents(factors.get(atom, ZERO), exponent)
    if new == ZERO:
        factors.pop(atom, None)
    else:
        factors[atom] = new


def scale(x: Exponent, by: Fraction | int) -> Exponent:
    """The exponent of a power of a power."""
    return (x[0] * by, x[1] * by)


def is_count(x: Exponent) -> bool:
    """A non-negative integer that does not depend on L."""
    return x[1] == 0 and x[0].denominator == 1 and x[0] >= 0
