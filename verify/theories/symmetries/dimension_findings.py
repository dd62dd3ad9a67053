"""Conclusions about dimensions, one function each; every count is computed from both sides before
it is compared.
"""

from __future__ import annotations

from verify.claims.conclusions.of_dimensions import (
    BalancedDimension,
    CommonTangents,
    LeafByRank,
    LeafDimension,
)
from verify.terms.polynomials import Poly, add, derivative
from verify.theories.symmetries.actions import Case
from verify.theories.symmetries.counts import Point
from verify.theories.symmetries.dimensions import (
    balanced,
    balanced_at_every_diagonal,
    common_tangents,
    diagonal_point,
    layers,
    leaf,
    moments_of,
    rank_of_moments,
    rows_of_both,
    turned,
    where_independent,
    where_rotations_leave,
)
from verify.theories.symmetries.finding import (
    Exact,
    Finding,
    Subject,
    applied,
    at,
    false,
    place_where,
    row,
    texts,
    written,
)
from verify.theories.symmetries.identities import NOTHING
from verify.theories.symmetries.linear import rank, with_sign
from verify.theories.symmetries.moment_map import moment
from verify.theories.symmetries.stabiliser import along


def balanced_dimension(subject: Subject, conclusion: BalancedDimension, which: int) -> Finding:
    """G = 0 and the gradients of its entries are independent at W = (D, ..., D)."""
    case, count = subject.case, len(moments_of(subject))
    blocks = layers(case)
    d = len(blocks[0])
    theta = diagonal_point(case, d)
    found = rank_of_moments(subject, theta)
    if found < count or not balanced(subject, theta):
        text = f"{count} equations, of which {found} have independent gradients at"
        return Finding(None, f"{text} {_diagonal(case, d)}")
    dimension = case.size - count
    text = f"{case.size} coordinates, {count} equations, rank dG = {found}: dimension {dimension}"
    holds, witness = dimension == conclusion.dimensions[which], {"dimension": dimension}
    return Finding(holds, text, {}, witness, text, instance=_at_diagonal(case, d))


def leaf_dimension(subject: Subject, conclusion: LeafDimension, which: int) -> Finding:
    case, r = subject.case, conclusion.ranks[which]
    found = leaf(case, r)
    if found.lower < found.upper or not balanced_at_every_diagonal(subject, r):
        return Finding(None, f"dimension at least {found.lower}, at most {found.upper}")
    text = (
        f"rank {r}: {found.parameters} parameters less {found.idle} that move no D = {found.upper},"
        f" rank at {_diagonal(case, r)}"
    )
    holds, witness = found.lower == conclusion.dimensions[which], {"dimension": found.lower}
    full = f"{text} {found.lower}"
    return Finding(holds, full, {}, witness, text, instance=_at_diagonal(case, r))


def leaf_by_rank(subject: Subject, conclusion: LeafByRank, which: int) -> Finding:
    """Refuted by the two numbers."""
    case, r = subject.case, conclusion.ranks[which]
    found, theta = leaf(case, r), diagonal_point(case, r)
    level = case.size - rank_of_moments(subject, theta)
    if found.lower < found.upper or level == found.lower:
        return Finding(
            None,
            f"N d^2 - rank dG = {level}, dimension from {found.lower} to {found.upper}: no"
            " difference is shown",
        )
    line = (
        f"{_diagonal(case, r)}: N d^2 - rank dG = {case.size} - {case.size - level} = {level}; the"
        f" set has dimension {found.lower}"
    )
    return false(f"{level} against {found.lower}", line, level=level, dimension=found.lower)


def normals_in_fibre(subject: Subject) -> Finding:
    """grad <theta, xi theta> = 2 xi theta and dphi xi theta = 0, as polynomials, for a basis of the
    symmetric xi.
    """
    case, basis = subject.case, moments_of(subject)
    if not basis:
        return NOTHING
    for xi in basis:
        slopes = [derivative(moment(xi), i) for i in range(case.size)]
        moved: list[Poly] = [
            {(j,): x for (n, j), x in xi.items() if n == i} for i in range(case.size)
        ]
        if any(add((1, p), (-2, q)) for p, q in zip(slopes, moved, strict=True)):
            return Finding(None, "xi theta is not half the gradient of its moment")
        for n, p in enumerate(case.phi):
            changed = along(p, xi)
            if changed:
                theta = place_where(changed, case, subject.seed)
                line = f"phi_{n + 1} changes at {at(case, theta)}"
                own = {"xi": written(xi), "row": n, "theta": texts(theta)}
                return false("a normal is not tangent", line, **own)
    text = (
        f"polynomials that vanish identically: {len(basis) * (len(case.phi) + case.size)}, for"
        f" {len(basis)} symmetric xi"
    )
    return Finding(True, text, proof={"basis": [written(xi) for xi in basis]})


def common_count(subject: Subject, conclusion: CommonTangents, which: int) -> Finding:
    if not moments_of(subject):
        return NOTHING
    case, theta = subject.case, where_independent(subject)
    if theta is None:
        return Finding(None, "no point with independent differentials was found")
    slopes, normals = rows_of_both(subject, theta)
    found = len(common_tangents(subject, theta))
    text = (
        f"{case.size} coordinates, {len(slopes)} + {len(normals)} independent rows at a point:"
        f" dimension {found}, never less"
    )
    proof = {"basis": [written(xi) for xi in moments_of(subject)], "theta": texts(theta)}
    holds = found == conclusion.dimensions[which]
    return Finding(holds, text, proof, proof, text, instance=_point(case, theta))


def orthogonal_foliations(subject: Subject) -> Finding:
    """Refuted by one vector: it is tangent to both and not orthogonal to itself."""
    if not moments_of(subject):
        return NOTHING
    theta = where_independent(subject)
    common = common_tangents(subject, theta) if theta is not None else []
    if theta is None or not common:
        return Finding(None, "no common tangent vector was found")
    moves = [applied(xi, theta) for xi in with_sign(subject.algebra, -1)]
    both = [tuple(v) for v in common]
    v = next((m for m in moves if any(m) and _inside(m, both)), both[0])
    return _tangent(
        subject, theta, v, "a vector is tangent to both", f"<v, v> = {sum(x * x for x in v)}", {}
    )


def rotations_leave(subject: Subject) -> Finding:
    skew = with_sign(subject.algebra, -1)
    if not skew:
        return NOTHING
    theta = where_rotations_leave(subject)
    if theta is None:
        return Finding(None, "no point that tells the skew elements apart was found")
    proof = {
        "basis": [written(xi) for xi in moments_of(subject)],
        "skew": [written(xi) for xi in skew],
        "theta": texts(theta),
    }
    text = f"{len(skew)} skew xi, told apart by the derivatives of the moments at a point"
    return Finding(True, text, proof=proof, instance=_point(subject.case, theta))


def one_rotation(subject: Subject) -> Finding:
    """At a point where the skew elements leave the level set a common tangent vector is none of
    theirs.
    """
    case, skew = subject.case, with_sign(subject.algebra, -1)
    if not moments_of(subject) or not skew:
        return NOTHING
    theta = where_rotations_leave(subject)
    if theta is None:
        return Finding(None, "no point where the rotations leave the level set was found")
    moves = turned(subject, theta)
    for v in common_tangents(subject, theta):
        if rank([*moves, dict(enumerate(v))], case.size) > rank(moves, case.size):
            own = {"skew": [written(xi) for xi in skew]}
            return _tangent(
                subject,
                theta,
                tuple(v),
                "a common tangent vector is no rotation",
                "v is no xi theta, xi skew",
                own,
            )
    return Finding(None, "no common tangent vector that is no rotation was found")


def _inside(v: Point, basis: list[Point]) -> bool:
    rows = [dict(enumerate(x)) for x in basis]
    return rank([*rows, dict(enumerate(v))], len(v)) == rank(rows, len(v))


def _tangent(subject: Subject, theta: Point, v: Point, text: str, more: str, own: dict) -> Finding:
    line = (
        f"{at(subject.case, theta)}; v = {row(v)}: dphi(theta) v = 0, <xi theta, v> = 0 for every"
        f" symmetric xi, {more}"
    )
    basis = [written(xi) for xi in moments_of(subject)]
    return false(text, line, theta=texts(theta), v=texts(v), basis=basis, **own)


def _point(case: Case, theta: Point) -> Exact:
    return Exact(case.title, at(case, theta), {"theta": texts(theta)})


def _at_diagonal(case: Case, r: int) -> Exact:
    return Exact(case.title, _diagonal(case, r), {"theta": texts(diagonal_point(case, r))})


def _diagonal(case: Case, r: int) -> str:
    return (
        "every W_k ="
        f" diag({', '.join(str(i + 1 if i < r else 0) for i in range(len(layers(case)[0])))})"
    )
