"""Exact ranks behind conclusions about dimensions.

A rank at one exact point is a bound from below for almost every point; the number of equations, or
of parameters less those that change nothing at any point, is a bound from above for every point.
Only where the two meet is anything decided.
Reference: arXiv:2511.01137v2; the rank-r leaf is parametrised by its singular value decompositions.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from verify.exact.errors import BadInput, EnginesDisagree
from verify.theories.symmetries.actions import Block, Case, Matrix
from verify.theories.symmetries.counts import Point, Rows, gradients, jacobian
from verify.theories.symmetries.finding import Subject, applied, points
from verify.theories.symmetries.linear import kernel, rank, with_sign


def layers(case: Case) -> list[Block]:
    """The blocks W_1, ..., W_N. Raises BadInput unless all of them are square, of one size."""
    found = [block for (letter, _), block in case.blocks.items() if letter == "W"]
    d = len(found[0]) if found else 0
    if not found or any(len(block) != d or any(len(row) != d for row in block) for block in found):
        raise BadInput(
            f"{case.title}: a sentence about W = (D, ..., D); expected DeepLinear with equal sizes,"
            " such as (2, 2, 2)"
        )
    return found


def diagonal_point(case: Case, r: int) -> Point:
    """W_k = diag(1, ..., r, 0, ..., 0) for every k: balanced of rank r. Raises BadInput for a rank
    beyond d.
    """
    blocks = layers(case)
    if r > len(blocks[0]):
        raise BadInput(
            f"{case.title}: rank {r}; expected at most {len(blocks[0])}, the size of the layers"
        )
    theta = [Fraction(0)] * case.size
    for block in blocks:
        for i in range(r):
            theta[block[i][i]] = Fraction(i + 1)
    return tuple(theta)


def moments_of(subject: Subject) -> list[Matrix]:
    return with_sign(subject.algebra, 1)


def rank_of_moments(subject: Subject, theta: Point) -> int:
    """Of the gradients of all moments at a point."""
    return rank(gradients(moments_of(subject), theta), subject.case.size)


def balanced(subject: Subject, theta: Point) -> bool:
    return not any(
        sum((x * theta[i] * theta[j] for (i, j), x in xi.items()), Fraction(0))
        for xi in moments_of(subject)
    )


def balanced_at_every_diagonal(subject: Subject, r: int) -> bool:
    """W = (D, ..., D) for every D of rank r: a quadratic form is 0 on a span where it is 0 on the
    units and on sums of two.
    """
    units = [_unit(subject.case, i) for i in range(r)]
    return all(
        balanced(subject, tuple(x + y for x, y in zip(a, b, strict=True)))
        for a in units
        for b in units
    )


def rotations(case: Case) -> list[Matrix]:
    """E_ij - E_ji in the algebra of each Q_0, ..., Q_N: W_k -> Q_k W_k Q_(k-1)*."""
    blocks = layers(case)
    found = []
    for k in range(len(blocks) + 1):
        for i, j in combinations(range(len(blocks[0])), 2):
            xi: Matrix = {}
            for a, b, sign in ((i, j, 1), (j, i, -1)):
                if k > 0:
                    xi |= {
                        (to, of): Fraction(sign)
                        for to, of in zip(blocks[k - 1][a], blocks[k - 1][b], strict=True)
                    }
                if k < len(blocks):
                    xi |= {(row[b], row[a]): Fraction(-sign) for row in blocks[k]}
            found.append(xi)
    return found


@dataclass(frozen=True)
class Leaf:
    """``lower`` is the rank at D = diag(1, ..., r); ``upper`` holds at every D and every Q."""

    parameters: int
    idle: int
    lower: int

    @property
    def upper(self) -> int:
        return self.parameters - self.idle


def leaf(case: Case, r: int) -> Leaf:
    """Both bounds of the rank of (Q, D) -> (Q_k D Q_(k-1)*). Raises EnginesDisagree where the lower
    exceeds the upper.

    Moving all Q_k is an isometry that carries the differential at Q = I to the one at Q, so Q = I
    is enough. What acts as 0 on each of the r matrices of units acts as 0 on every D.
    """
    theta = diagonal_point(case, r)
    turns, units = rotations(case), [_unit(case, i) for i in range(r)]
    rows: Rows = [dict(enumerate(v)) for v in [*(applied(xi, theta) for xi in turns), *units]]
    moved = [_joined([applied(xi, unit) for unit in units]) for xi in turns]
    idle = len(turns) - rank(moved, r * case.size)
    found = Leaf(len(turns) + r, idle, rank(rows, case.size))
    if found.lower > found.upper:
        raise EnginesDisagree(
            f"{case.title}: a leaf of dimension {found.lower}, at most {found.upper}"
        )
    return found


def _unit(case: Case, i: int) -> Point:
    places = {block[i][i] for block in layers(case)}
    return tuple(Fraction(n in places) for n in range(case.size))


def _joined(parts: list[Point]) -> dict[int, Fraction]:
    return dict(enumerate(x for part in parts for x in part))


def rows_of_both(subject: Subject, theta: Point) -> tuple[Rows, Rows]:
    """The differential of phi, and half the gradients of the moments."""
    return [dict(enumerate(slope)) for slope in jacobian(subject.case, theta)], gradients(
        moments_of(subject), theta
    )


def candidates(subject: Subject) -> list[Point]:
    """Points to try: first W_k = D, and W_k = k D with ones above the diagonal, where there are
    layers.
    """
    case = subject.case
    try:
        blocks = layers(case)
    except BadInput:
        return points(case, subject.seed)
    d = range(len(blocks[0]))
    uneven = {b[i][i]: k * (i + 1) for k, b in enumerate(blocks, 1) for i in d} | {
        b[i][i + 1]: 1 for b in blocks for i in d[:-1]
    }
    above = tuple(Fraction(uneven.get(n, 0)) for n in range(case.size))
    return [diagonal_point(case, len(blocks[0])), above, *points(case, subject.seed)]


def where_independent(subject: Subject) -> Point | None:
    """A point at which all rows of both are independent: both sets, and what they share, are
    manifolds there.
    """
    for theta in candidates(subject):
        slopes, normals = rows_of_both(subject, theta)
        if rank([*slopes, *normals], subject.case.size) == len(slopes) + len(normals):
            return theta
    return None


def common_tangents(subject: Subject, theta: Point) -> list[list[Fraction]]:
    """A basis of the vectors that both differentials send to 0."""
    slopes, normals = rows_of_both(subject, theta)
    return kernel([*slopes, *normals], subject.case.size)


def turned(subject: Subject, theta: Point) -> Rows:
    """xi theta for a basis of the skew elements of the algebra."""
    return [dict(enumerate(applied(xi, theta))) for xi in with_sign(subject.algebra, -1)]


def where_rotations_leave(subject: Subject) -> Point | None:
    """The same, at a point where the moments tell all skew xi theta apart to first order."""
    case, count = subject.case, len(with_sign(subject.algebra, -1))
    for theta in candidates(subject):
        (slopes, normals), moves = rows_of_both(subject, theta), turned(subject, theta)
        pairs = [{n: _inner(normal, move) for n, normal in enumerate(normals)} for move in moves]
        if rank(pairs, len(normals)) == count and rank([*slopes, *normals], case.size) == len(
            slopes
        ) + len(normals):
            return theta
    return None


def _inner(x: dict[int, Fraction], y: dict[int, Fraction]) -> Fraction:
    return sum((c * y.get(i, Fraction(0)) for i, c in x.items()), Fraction(0))
