"""Terms with generic indices and their canonical labelling.

A term is a rational number times atoms with exponents a + b L; some indices are bound by sums whose
length (n coordinates, L layers) is a symbol. Two terms are equal for every n and L if their
canonical monomials are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count, permutations, product

from verify.exact.errors import NotGeneric
from verify.exact.limits import LIMITS, is_short, up_to
from verify.terms.exponents import ONE, Factors, multiply_in
from verify.terms.expr import Expr, const, num

#: canonical monomial: scalar factors and connected components, each a sorted tuple
Monomial = tuple[tuple, tuple]
Poly = dict[Monomial, Fraction]

_counter = count()


@dataclass(frozen=True, slots=True)
class Term:
    """A rational coefficient, bound indices with their kinds, and atoms with their exponents."""

    coefficient: Fraction
    bound: Mapping[Bound, str] = field(default_factory=dict)
    factors: Factors = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class Bound:
    """A variable bound by a sum."""

    number: int


def fresh() -> Bound:
    """A bound variable that was never used before."""
    return Bound(next(_counter))


def merge(s: Term, t: Term) -> Term:
    """The product of two terms without a bound index in common. Raises NotGeneric where its
    coefficient has more digits than readers compute.
    """
    factors = dict(s.factors)
    for atom, exponent in t.factors.items():
        multiply_in(factors, atom, exponent)
    coefficient = s.coefficient * t.coefficient
    if not is_short(coefficient):
        raise NotGeneric(f"a coefficient is too long: {up_to('coefficient', 'bits')}")
    return Term(coefficient, {**s.bound, **t.bound}, factors)


def times(s: Term, t: Term) -> Term:
    """Product; bound variables of ``t`` are renamed, so that (sum a)(sum b) is a double sum."""
    return merge(s, rename(t, {v: fresh() for v in t.bound}))


def rename(term: Term, names: Mapping) -> Term:
    """The term with its indices renamed, bound ones too; what ``names`` leaves out stays."""
    factors = {
        (name, tuple(names.get(x, x) for x in idx)): e for (name, idx), e in term.factors.items()
    }
    return Term(term.coefficient, {names[v]: kind for v, kind in term.bound.items()}, factors)


def canonical(factors: Factors, bound: Mapping[Bound, str]) -> Monomial:
    """Cut into components connected by bound variables and label each one canonically."""
    factors = dict(factors)
    groups: list[tuple[set, Factors]] = []
    scalars: Factors = {}
    unused = set(bound)
    for atom, exponent in factors.items():
        mine = {x for x in atom[1] if x in bound}
        if not mine:
            multiply_in(scalars, atom, exponent)
            continue
        unused -= mine
        joined, rest = (mine, {atom: exponent}), []
        for variables, members in groups:
            if variables & joined[0]:
                joined = (joined[0] | variables, {**joined[1], **members})
            else:
                rest.append((variables, members))
        groups = [*rest, joined]
    for variable in unused:
        multiply_in(scalars, ("n" if bound[variable] == "coordinates" else "L", ()), ONE)
    components = sorted(_label(variables, members, bound) for variables, members in groups)
    return (tuple(sorted(scalars.items(), key=sort_key)), tuple(components))


def sort_key(item):
    """Orders factors by name, indices, exponent; numbers and names among indices do not compare."""
    (name, indices), exponent = item
    return (name, tuple((str(type(x).__name__), str(x)) for x in indices), exponent)


def _label(variables: set, members: Factors, bound: Mapping[Bound, str]) -> tuple:
    """The smallest of all labellings of the bound variables, kind by kind."""
    coordinates = sorted(v for v in variables if bound[v] == "coordinates")
    layers = sorted(v for v in variables if bound[v] == "layers")
    if max(len(coordinates), len(layers)) > LIMITS["sums"]:
        raise NotGeneric(f"too many sums of one kind in one product: {up_to('sums')}")
    best = None
    for p, r in product(permutations(range(len(coordinates))), permutations(range(len(layers)))):
        names = {v: ("c", k) for v, k in zip(coordinates, p, strict=True)}
        names |= {v: ("l", k) for v, k in zip(layers, r, strict=True)}
        items = [
            ((name, tuple(names.get(x, x) for x in idx)), e) for (name, idx), e in members.items()
        ]
        key = tuple(sorted((sort_key(i), i) for i in items))
        best = key if best is None or key < best else best
    assert best is not None
    return (len(coordinates), len(layers), best)


def letters_of(monomial: Monomial) -> set[str]:
    """Names of all atoms in a monomial."""
    scalars, components = monomial
    items = [*scalars, *(item for _, _, members in components for _, item in members)]
    return {name for (name, _), _ in items}


def from_poly(poly: Poly) -> list[Term]:
    """Back to terms, with fresh bound variables."""
    result = []
    for (scalars, components), coefficient in sorted(poly.items(), key=repr):
        term = Term(coefficient, {}, dict(scalars))
        for cs, ls, items in components:
            names = {("c", x): fresh() for x in range(cs)}
            names |= {("l", x): fresh() for x in range(ls)}
            factors = {
                (name, tuple(names.get(x, x) for x in idx)): e for _, ((name, idx), e) in items
            }
            bound = {v: "coordinates" if key[0] == "c" else "layers" for key, v in names.items()}
            term = merge(term, Term(Fraction(1), bound, factors))
        result.append(term)
    return result


def to_expr(poly: Poly) -> Expr:
    """An expression with this normal form (for certificates and people)."""
    result: Expr | None = None
    for term in from_poly(poly):
        node = num(term.coefficient)
        names = {
            v: f"{'i' if kind == 'coordinates' else 'l'}_{x}"
            for x, (v, kind) in enumerate(term.bound.items())
        }
        for (name, idx), (a, b) in sorted(term.factors.items(), key=sort_key):
            atom = _leaf(name, tuple(names.get(x, x) for x in idx))
            node = node * (atom if (a, b) == ONE else atom ** (num(a) + num(b) * const("L")))
        for v, kind in term.bound.items():
            node = Expr("sum", (names[v], kind, node))
        result = node if result is None else result + node
    return num(0) if result is None else result


def _leaf(name: str, indices: tuple) -> Expr:
    if indices:
        return Expr("at", (name, *indices))
    return Expr("loss", ()) if name == "J" else const(name)
