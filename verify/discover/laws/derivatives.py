"""Derivatives as polynomials in variables: sums of them, and those of functions of one variable."""

from __future__ import annotations

from fractions import Fraction

from verify.discover.laws.direction import EXPANDED, NotProved
from verify.discover.laws.scalars import Number, Poly, Product, Scalars


def combine(into: Poly, poly: Poly, scalars: Scalars, c: Number, more: Product) -> None:
    """into += c * more * poly."""
    for m, x in poly.items():
        scale, product = scalars.product((*m, *more)) if more else (1, m)
        value = into.get(product, 0) + c * x * scale
        if value:
            into[product] = value
        else:
            into.pop(product, None)
    if len(into) > EXPANDED:
        raise NotProved("too many products")


def scaled(c: Number, poly: Poly) -> Poly:
    """c times a polynomial."""
    return {m: c * x for m, x in poly.items()} if c else {}


def function_moves(scalars: Scalars, w: int, inner: Poly) -> Poly:
    """The derivative of a function of one variable. Raises NotProved where it is no polynomial."""
    d, found = scalars.definitions[w], dict[Product, Number]()
    if d.kind == "exp":
        combine(found, inner, scalars, d.c, (w,))
    elif d.kind == "inv":
        combine(found, inner, scalars, -1, (w, w))
    elif d.kind == "erf":
        assert d.density is not None
        combine(found, inner, scalars, d.c * d.density[0], (d.density[1],))
    elif d.kind in ("sqrt", "log"):
        c, more = (Fraction(1, 2), (w,)) if d.kind == "sqrt" else (1, ())
        for m, x in inner.items():
            rest, under = list(m), scalars.under.get(d.of)
            if d.of in m:
                rest.remove(d.of)
            elif under is not None:
                rest.append(under)
            else:
                raise NotProved(f"a {d.kind} of something that does not move in proportion")
            combine(found, {tuple(sorted(rest)): x}, scalars, c, more)
    return found
