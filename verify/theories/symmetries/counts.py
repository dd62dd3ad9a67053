"""Two sides of every count, both exact.

The laws theta^T S theta are the symmetric S with dphi(theta) S theta = 0 for every theta. From
below: solve the equations of the coefficients, and check each law as an identity. From above: at
any finite set of exact points the same equations have at least as many solutions. Functionally
independent are, from below, as many laws as the rank of their gradients at one point; from above,
their gradients are orthogonal to each grad phi_r and to every bracket of these, so the rank of
those fields at one point leaves m - rank.
Reference for the second bound: arXiv:2307.00144v1.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from random import Random

from verify.exact.errors import EnginesDisagree
from verify.exact.limits import LIMITS
from verify.terms.polynomials import Poly, add, derivative, mul, value
from verify.theories.symmetries.actions import Case, Matrix
from verify.theories.symmetries.linear import kernel, rank, rank_at_least, showing
from verify.theories.symmetries.stabiliser import along

Point = tuple[Fraction, ...]
Rows = list[dict[int, Fraction]]
Tree = int | tuple["Tree", "Tree"]  # the number of a field, or a bracket of two
_LEVELS, _SPREAD, _TRIES = 3, 5, 5


@dataclass(frozen=True)
class LawsFound:
    """``lower == upper`` where the count is exact; the points are what a reader needs to see both
    sides.
    """

    laws: tuple[Matrix, ...]
    points: tuple[Point, ...]
    upper: int
    independent: int
    independent_upper: int
    point: Point
    fields: tuple[Tree, ...]


def count_laws(case: Case, seed: int) -> LawsFound:
    """Raises EnginesDisagree where a lower bound exceeds an upper one."""
    laws = quadratic_laws(case)
    draw = Random(seed)
    unknown = len(symmetric_places(case.size))
    points, upper = enough_points(case, draw, symmetric_rows, unknown, len(laws))
    point = max(
        (_point(draw, case.size) for _ in range(_TRIES)),
        key=lambda p: rank(gradients(laws, p), case.size),
    )
    independent = rank(gradients(laws, point), case.size)
    fields, room = spread_fields(
        case, point, min(len(laws), case.size) if independent == len(laws) else independent
    )
    above = min(len(laws), case.size - room)
    if len(laws) > upper or independent > above:
        raise EnginesDisagree(
            f"{case.title}: {len(laws)} laws against at most {upper}, {independent} independent"
            f" against {above}"
        )
    return LawsFound(tuple(laws), points, upper, independent, above, point, fields)


def gradients(laws: Sequence[Matrix], point: Point) -> Rows:
    """Half the gradients S theta of the laws at a point."""
    return [
        {i: sum((x * point[j] for (r, j), x in s.items() if r == i), Fraction(0)) for i, _ in s}
        for s in laws
    ]


def quadratic_laws(case: Case) -> list[Matrix]:
    """A basis of the symmetric S with dphi(theta) S theta = 0 for every theta."""
    places = symmetric_places(case.size)
    equations: dict[Hashable, dict[int, Fraction]] = {}
    for n, s in enumerate(map(unit, places)):
        for r, p in enumerate(case.phi):
            for monomial, x in along(p, s).items():
                equations.setdefault((r, monomial), {})[n] = x
    found = kernel(list(equations.values()), len(places))
    return [
        {place: x for at, x in zip(places, row, strict=True) if x for place in unit(at)}
        for row in found
    ]


def symmetric_places(m: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(m) for j in range(i, m)]


def unit(place: tuple[int, int]) -> Matrix:
    i, j = place
    return {(i, j): Fraction(1), (j, i): Fraction(1)}


def symmetric_rows(case: Case, point: Point) -> Rows:
    """dphi_r(point) S point = 0 as equations for the entries of a symmetric S."""
    places = {at: n for n, at in enumerate(symmetric_places(case.size))}
    rows = []
    for slope in jacobian(case, point):
        row: dict[int, Fraction] = {}
        for i, a in enumerate(slope):
            for j, x in enumerate(point) if a else ():
                n = places[min(i, j), max(i, j)]
                row[n] = row.get(n, Fraction(0)) + a * x
        rows.append(row)
    return rows


def matrix_rows(case: Case, point: Point) -> Rows:
    """The same for every entry of a matrix xi."""
    m = case.size
    return [
        {m * i + j: a * x for i, a in enumerate(slope) if a for j, x in enumerate(point)}
        for slope in jacobian(case, point)
    ]


def jacobian(case: Case, point: Point) -> list[list[Fraction]]:
    return [[value(derivative(p, i), point) for i in range(case.size)] for p in case.phi]


def enough_points(
    case: Case, draw: Random, rows_at, unknown: int, wanted: int
) -> tuple[tuple[Point, ...], int]:
    """Points until the bound from above is ``wanted`` or more of them do not help; the bound holds
    whatever they are.
    """
    points: list[Point] = []
    rows: Rows = []
    upper, stalled = unknown, 0
    while upper > wanted and stalled < 3:
        for _ in range(max(1, (upper - wanted) // max(1, len(case.phi)))):
            points.append(_point(draw, case.size))
            rows += rows_at(case, points[-1])
        left = unknown - rank_at_least(rows, unknown)
        stalled = 0 if left < upper else stalled + 1
        upper = left
    if len(points) > LIMITS["entries"]:  # those that add nothing, say with zeros, are not needed
        of = [point for point in points for _ in case.phi]
        points = list(dict.fromkeys(of[n] for n in showing(rows, unknown)))
    return tuple(points), upper


@dataclass
class Vector:
    """A field: a gradient of phi, or a bracket, which is multiplied out only where its own brackets
    are asked for.
    """

    tree: Tree
    point: Point
    parts: tuple[Vector, Vector] | None = None
    given: list[Poly] | None = None

    @cached_property
    def terms(self) -> list[Poly]:
        if self.given is not None:
            return self.given
        assert self.parts is not None
        return lie(self.parts[0].terms, self.parts[1].terms)

    @cached_property
    def here(self) -> list[Fraction]:
        """Its value at the point."""
        if self.parts is None:
            return [value(p, self.point) for p in self.terms]
        x, y = self.parts
        size = range(len(self.point))
        zero = Fraction(0)
        return [
            sum((x.here[j] * y.slopes[i][j] - y.here[j] * x.slopes[i][j] for j in size), zero)
            for i in size
        ]

    @cached_property
    def slopes(self) -> list[list[Fraction]]:
        """Its derivatives at the point: entry i, along coordinate j."""
        size = range(len(self.point))
        return [[value(derivative(p, j), self.point) for j in size] for p in self.terms]


def spread_fields(case: Case, point: Point, wanted: int) -> tuple[tuple[Tree, ...], int]:
    """Gradients of phi and brackets of them, chosen for the rank of their values at the point,
    until m - rank <= ``wanted``.
    """
    first = [
        Vector(r, point, given=[derivative(p, i) for i in range(case.size)])
        for r, p in enumerate(case.phi)
    ]
    kept: list[Vector] = []
    rows: Rows = []
    level = first
    for _ in range(_LEVELS):
        fresh: list[Vector] = []
        for field in level:
            if case.size - len(rows) <= wanted:
                break
            row = dict(enumerate(field.here))
            if rank([*rows, row], case.size) > len(rows):
                rows.append(row)
                fresh.append(field)
        kept += fresh
        if case.size - len(rows) <= wanted or not fresh:
            break
        level = [
            Vector((x.tree, y.tree), point, (x, y))
            for x in first
            for y in fresh
            if x.tree != y.tree
        ]
    return tuple(field.tree for field in kept), len(rows)


def lie(x: list[Poly], y: list[Poly]) -> list[Poly]:
    """[X, Y]_i = sum_j X_j d_j Y_i - Y_j d_j X_i."""
    size = range(len(x))
    return [
        add(
            *((1, mul(x[j], derivative(y[i], j))) for j in size),
            *((-1, mul(y[j], derivative(x[i], j))) for j in size),
        )
        for i in size
    ]


def _point(draw: Random, m: int) -> Point:
    return tuple(Fraction(draw.randint(-_SPREAD, _SPREAD)) for _ in range(m))
