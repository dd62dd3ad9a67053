"""Sparse polynomials over Q: a monomial is the sorted tuple of its coordinates, with repetition, so
(0, 0, 3) is t_0^2 t_3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, up_to
from verify.terms.array_values import Arithmetic
from verify.terms.expr import Expr

Poly = dict[tuple[int, ...], Fraction]
PolyMatrix = list[list[Poly]]
MOST_TERMS = 20_000


def coordinate(i: int) -> Poly:
    """t_i."""
    return {(i,): Fraction(1)}


def constant(c: int | Fraction) -> Poly:
    """c, without a term where it is 0."""
    return {(): Fraction(c)} if c else {}


def add(*terms: tuple[int | Fraction, Poly]) -> Poly:
    """A linear combination; no zero coefficient is kept."""
    found: Poly = {}
    for c, p in terms:
        for monomial, x in p.items():
            found[monomial] = found.get(monomial, Fraction(0)) + c * x
    return {m: x for m, x in found.items() if x}


def mul(p: Poly, q: Poly) -> Poly:
    """p q. Raises BadInput for a product with too many terms."""
    if len(p) * len(q) > MOST_TERMS * 10:
        raise BadInput(
            f"a polynomial with more than {MOST_TERMS} terms; expected a smaller model: choose"
            " smaller sizes"
        )
    found: Poly = {}
    for a, x in p.items():
        for b, y in q.items():
            key = tuple(sorted(a + b))
            found[key] = found.get(key, Fraction(0)) + x * y
    return {m: x for m, x in found.items() if x}


def derivative(p: Poly, i: int) -> Poly:
    """dp/dt_i."""
    found: Poly = {}
    for m, x in p.items():
        times = m.count(i)
        if times:
            at = m.index(i)
            found[m[:at] + m[at + 1 :]] = times * x
    return found


def value(p: Poly, theta: Sequence[Fraction]) -> Fraction:
    """p at theta, exact."""
    total = Fraction(0)
    for m, x in p.items():
        for i in m:
            x = x * theta[i]
        total += x
    return total


def sum_of(polys: Iterable[Poly]) -> Poly:
    """Of any number of polynomials."""
    return add(*((1, p) for p in polys))


def from_expr(node: Expr, names: Sequence[str]) -> Poly:
    """Sums, products and natural powers of numbers and coordinates. Raises BadInput naming anything
    else.
    """
    if node.head == "num":
        return constant(node.args[0])
    if node.head == "const" and node.args[0] in names:
        return coordinate(names.index(node.args[0]))
    if node.head == "+":
        return sum_of(from_expr(a, names) for a in node.args)
    if node.head == "*":
        found = constant(1)
        for a in node.args:
            found = mul(found, from_expr(a, names))
        return found
    exponent = node.args[1].args[0] if node.head == "^" and node.args[1].head == "num" else None
    if exponent is not None and exponent.denominator == 1 and 0 <= exponent <= LIMITS["degree"]:
        base, found = from_expr(node.args[0], names), constant(1)
        for _ in range(int(exponent)):
            found = mul(found, base)
        return found
    what = f"{node.head} {node.args[0]}" if node.head == "const" else node.head
    raise BadInput(
        f"parametrisation: {what!r}; expected a polynomial in {', '.join(names)}, with natural"
        f" powers, {up_to('degree')}"
    )


class Polynomial:
    """What phi is run on."""

    __slots__ = ("terms",)

    def __init__(self, terms: Poly) -> None:
        self.terms = terms

    def __add__(self, other: Polynomial) -> Polynomial:
        return Polynomial(add((1, self.terms), (1, other.terms)))

    def __radd__(self, other: int) -> Polynomial:
        """A whole number, as a sum of arrays begins with."""
        return Polynomial(add((1, constant(other)), (1, self.terms)))

    def __rmul__(self, other: int) -> Polynomial:
        return Polynomial(add((other, self.terms)))

    def __neg__(self) -> Polynomial:
        return Polynomial(add((-1, self.terms)))

    def __sub__(self, other: Polynomial) -> Polynomial:
        return Polynomial(add((1, self.terms), (-1, other.terms)))

    def __mul__(self, other: Polynomial) -> Polynomial:
        return Polynomial(mul(self.terms, other.terms))


RING = Arithmetic(lift=lambda x: Polynomial(constant(x)))


def entries(block: Sequence[Sequence[int]]) -> PolyMatrix:
    """A block of coordinates as a matrix of polynomials."""
    return [[coordinate(i) for i in row] for row in block]


def times(a: PolyMatrix, b: PolyMatrix) -> PolyMatrix:
    """The product of two matrices of polynomials."""
    return [
        [sum_of(mul(a[i][k], b[k][j]) for k in range(len(b))) for j in range(len(b[0]))]
        for i in range(len(a))
    ]
