"""Every size at once: normal forms of finite sums over generic coordinates and layers.

Linearity of sums, renaming of bound variables and taking a factor without the bound variable out of
its sum are the only laws used, so an empty normal form is zero for every n and every L. The
relations between atoms (u P = w, ...) belong to the model and enter as a ``Theory``.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Protocol

from verify.algebra.monomials import (
    Monomial,
    Poly,
    Term,
    canonical,
    fresh,
    from_poly,
    merge,
    sort_key,
    times,
)
from verify.exact.errors import NotGeneric
from verify.exact.limits import LIMITS
from verify.terms.exponents import (
    ONE,
    Atom,
    Exponent,
    Factors,
    exponent_of,
    is_count,
    multiply_in,
)
from verify.terms.expr import Expr

MOST_TERMS = 20_000  #: of a product that is multiplied out


class Theory(Protocol):
    """What a model tells the algebra."""

    def reduce(self, factors: Factors) -> Factors: ...
    def derivative(self, name: str, indices: tuple) -> Expr: ...
    def stepped(self, name: str, indices: tuple) -> Expr: ...
    def allows(self, name: str, exponent: Exponent) -> bool: ...


class Algebra:
    """Normal forms over one theory. Terms are reduced by the theory before every derivative and at
    the end.
    """

    def __init__(self, theory: Theory) -> None:
        self.theory = theory

    def normal(self, node: Expr) -> Poly:
        """The normal form; empty if and only if the laws above make the expression zero for every
        size.
        """
        return self.collect(self.terms(node, {}))

    def terms(self, node: Expr, scope: Mapping[str, object]) -> list[Term]:
        match node:
            case Expr("num", (value,)):
                return [Term(value)] if value else []
            case Expr("const" | "loss", args):
                return [self._atom((args[0] if args else "J", ()))]
            case Expr("at", (name, *indices)):
                return [self._atom((name, tuple(scope.get(x, x) for x in indices)))]
            case Expr("+", args):
                return [t for a in args for t in self.terms(a, scope)]
            case Expr("*", args):
                return self._product([self.terms(a, scope) for a in args])
            case Expr("^", (base, exponent)):
                return self._power(self.terms(base, scope), exponent_of(exponent))
            case Expr("sum", (index, kind, body)):
                name = fresh()
                inner = self.terms(body, {**scope, index: name})
                return [Term(t.coefficient, {**t.bound, name: kind}, t.factors) for t in inner]
            case Expr("D" | "next", (body,)):
                raw = self.terms(body, scope)
                for atom in {a for t in raw for a in t.factors} if node.head == "D" else ():
                    self.theory.derivative(
                        *atom
                    )  # refuses P, R and g also where they would cancel, as the reader does
                reduced = from_poly(self.collect(raw))
                return [
                    s
                    for t in reduced
                    for s in (self._derive(t) if node.head == "D" else self._step(t))
                ]
        raise NotGeneric(f"'{node.head}' has no size-free normal form")

    def _atom(self, atom: Atom, exponent: Exponent = ONE) -> Term:
        if not self.theory.allows(atom[0], exponent):
            a, b = exponent
            raise NotGeneric(
                f"{atom[0]}^({a} + {b} L) is not defined on the whole domain of the statement"
            )
        return Term(Fraction(1), {}, {atom: exponent})

    def _product(self, groups: list[list[Term]]) -> list[Term]:
        result = [Term(Fraction(1))]
        for group in groups:
            if len(result) * len(group) > MOST_TERMS:
                raise NotGeneric(f"a product with more than {MOST_TERMS} terms")
            result = [times(s, t) for s, t in product(result, group)]
        return result

    def _power(self, base: list[Term], exponent: Exponent) -> list[Term]:
        if is_count(exponent):
            return self._product([base] * int(exponent[0]))
        if len(base) == 1 and not base[0].bound and not base[0].factors and _divides(exponent):
            return [Term(base[0].coefficient ** int(exponent[0]))]  # NORM/3 is NORM 3^-1
        if len(base) != 1 or base[0].bound or base[0].coefficient != 1 or len(base[0].factors) != 1:
            raise NotGeneric("only a single atom can carry a negative or symbolic exponent")
        ((atom, inner),) = base[0].factors.items()
        if inner != ONE:
            raise NotGeneric("a power of a power is only read for integer exponents")
        return [self._atom(atom, exponent)]

    def _derive(self, term: Term) -> list[Term]:
        """Product rule."""
        result = []
        for atom, (a, b) in term.factors.items():
            inner = self.terms(self.theory.derivative(*atom), {})
            if not inner:
                continue
            rest = dict(term.factors)
            multiply_in(rest, atom, (Fraction(-1), Fraction(0)))
            if atom in rest and not self.theory.allows(atom[0], rest[atom]):
                raise NotGeneric(f"the derivative of {atom[0]}^({a} + {b} L) divides by {atom[0]}")
            outer = Term(term.coefficient, term.bound, rest)
            # bound variables of the term stay shared with the derivative of its factor: merge,
            # never rename
            front = [t for t in (Term(a), Term(b, {}, {("L", ()): ONE})) if t.coefficient]
            result += [merge(merge(f, outer), s) for f, s in product(front, inner)]
        return result

    def _step(self, term: Term) -> list[Term]:
        groups = [[Term(term.coefficient, term.bound)]]
        for atom, exponent in term.factors.items():
            groups.append(self._power(self.terms(self.theory.stepped(*atom), {}), exponent))
        # bound variables of the term itself must stay shared by all factors, so no renaming here
        result = groups[0]
        for group in groups[1:]:
            result = [merge(s, t) for s, t in product(result, group)]
        return result

    def collect(self, terms: list[Term]) -> Poly:
        poly: Poly = {}
        for term in terms:
            monomial = canonical(self.theory.reduce(dict(term.factors)), term.bound)
            poly[monomial] = poly.get(monomial, Fraction(0)) + term.coefficient
        return {m: c for m, c in poly.items() if c}


def _divides(x: Exponent) -> bool:
    """A negative whole number, as small as the reader reads it of a number."""
    return x[1] == 0 and x[0].denominator == 1 and -LIMITS["power"] <= x[0] < 0


def quotient(poly: Poly, relation: Poly) -> tuple[Poly, Poly]:
    """Cofactor c and remainder r with poly = c * relation + r, dividing by the relation's only
    component-led monomial.

    The relation must contain exactly one monomial that is a single connected component (sum_i w_i
    g_i) with coefficient c_0 and scalars; every monomial of ``poly`` that contains that component
    is divided once, repeatedly until none does.
    """
    leads = [(m, c) for m, c in relation.items() if not m[0] and len(m[1]) == 1]
    if len(leads) != 1:
        raise NotGeneric("the relation has no leading sum to divide by")
    (lead, head) = leads[0]
    cofactor: Poly = {}
    rest = dict(poly)
    while hit := next((m for m in rest if lead[1][0] in m[1]), None):
        value = rest[hit] / head
        components = list(hit[1])
        components.remove(lead[1][0])
        part: Monomial = (hit[0], tuple(components))
        cofactor[part] = cofactor.get(part, Fraction(0)) + value
        for scalars, others in relation:
            merged: Factors = dict(hit[0])
            for atom, exponent in scalars:
                multiply_in(merged, atom, exponent)
            target: Monomial = (
                tuple(sorted(merged.items(), key=sort_key)),
                tuple(sorted([*components, *others])),
            )
            new = rest.get(target, Fraction(0)) - value * relation[(scalars, others)]
            rest.pop(target, None)
            if new:
                rest[target] = new
    return {m: c for m, c in cofactor.items() if c}, rest
