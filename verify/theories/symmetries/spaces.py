"""Conclusions about spaces: what the algebra is, how large it is, how many laws there are, and
orbits against fibres.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

from verify.claims.conclusions.of_actions import AlgebraCount, LawCount
from verify.spelling.many import many
from verify.terms.polynomials import value
from verify.theories.symmetries.actions import Case, Matrix
from verify.theories.symmetries.counts import Point, count_laws, enough_points, matrix_rows
from verify.theories.symmetries.finding import Finding, Subject, at, false, in_words, texts, written
from verify.theories.symmetries.identities import NOTHING
from verify.theories.symmetries.linear import (
    bracket,
    dimension,
    kernel,
    outside,
    transpose,
    with_sign,
)
from verify.theories.symmetries.stabiliser import along, stabiliser


def lie_algebra(subject: Subject) -> Finding:
    """Closed under brackets and under transposition."""
    span = list(subject.algebra)
    if not span:
        return NOTHING
    brackets = [bracket(a, b) for n, a in enumerate(span) for b in span[:n]]
    beyond = outside(span, brackets)
    what = "a bracket of two elements"
    if beyond is None:
        beyond, what = outside(span, [transpose(a) for a in span]), "the transpose of an element"
    if beyond is not None:
        line = f"{what}: {in_words(beyond, subject.case)}"
        return false(f"{what} is not in the span", line, outside=written(beyond))
    return Finding(
        True,
        f"in the span of dimension {dimension(span)}: brackets {len(brackets)}, transposes"
        f" {len(span)}",
    )


def algebra_points(subject: Subject) -> tuple[tuple[Point, ...], int]:
    """Points that bound the dimension of the symmetry algebra from above, and that bound."""
    size = subject.case.size
    return enough_points(
        subject.case,
        Random(subject.seed + 2),
        matrix_rows,
        size * size,
        dimension(stabiliser(subject.case)),
    )


def is_stabiliser(subject: Subject) -> Finding:
    """The given span against all that leaves phi unchanged: both dimensions."""
    case, given = subject.case, list(subject.algebra)
    if any(along(p, xi) for xi in given for p in case.phi):
        return Finding(None, "the given action does not leave phi unchanged")
    everything = stabiliser(case)
    beyond = outside(given, everything)
    if beyond is not None:
        line = (
            f"{in_words(beyond, case)} leaves phi unchanged and is no combination of the given ones"
        )
        text = (
            f"the given ones span {dimension(given)} dimensions, the algebra found"
            f" {len(everything)}"
        )
        return false(text, line, xi=written(beyond))
    points, upper = algebra_points(subject)
    if upper > dimension(given):
        return Finding(None, f"at least {dimension(given)}, at most {upper} dimensions")
    text = (
        f"dimension {dimension(given)} given, {len(everything)} found, at most {upper} by"
        f" {len(points)} exact points"
    )
    return Finding(True, text, proof={"points": [texts(p) for p in points]})


def algebra_count(subject: Subject, conclusion: AlgebraCount, which: int) -> Finding:
    found = dimension(subject.algebra), len(with_sign(subject.algebra, 1))
    wanted = conclusion.algebra[which], conclusion.symmetric[which]
    text = f"dimension {found[0]}, symmetric elements {found[1]}"
    return Finding(found == wanted, text, witness={"counts": list(found)}, shown=text)


def law_count(subject: Subject, conclusion: LawCount, which: int) -> Finding:
    """Both sides of both numbers; only where they meet is anything decided."""
    found = count_laws(subject.case, subject.seed)
    text = (
        f"{many(len(found.laws), 'law')} as identities, <= {found.upper} by"
        f" {many(len(found.points), 'exact point')};"
        f" {many(found.independent, 'independent gradient')}, <= {found.independent_upper}"
    )
    proof = {
        "laws": [written(s) for s in found.laws],
        "points": [texts(p) for p in found.points],
        "point": texts(found.point),
        "fields": found.fields,
    }
    exact = len(found.laws) == found.upper and found.independent == found.independent_upper
    holds = (
        (len(found.laws), found.independent)
        == (conclusion.forms[which], conclusion.independent[which])
        if exact
        else None
    )
    return Finding(holds, text, proof=proof, witness=proof, shown=text)


def one_orbit(subject: Subject) -> Finding:
    """Refuted by two points with one phi, told apart by a linear function that every xi leaves
    unchanged.
    """
    case = subject.case
    if case.permutations or not subject.algebra:
        return Finding(None, "only groups that are given by their algebra are searched")
    invariants = _invariant_functions(case, subject.algebra)
    for block in case.blocks.values():
        zeroed = {i for row in block for i in row}
        theta = tuple(Fraction(0) if i in zeroed else Fraction(1) for i in range(case.size))
        for i in set(range(case.size)) - zeroed:
            other = tuple(x + (n == i) for n, x in enumerate(theta))
            for line in invariants:
                if _differ(line, theta, other) and all(
                    value(p, theta) == value(p, other) for p in case.phi
                ):
                    return _apart(case, theta, other, line)
    return Finding(None, "no pair of points with one phi and different invariants was found")


def _invariant_functions(case: Case, algebra: tuple[Matrix, ...]) -> list[list[Fraction]]:
    """All lines l with l(xi theta) = 0 for every xi and theta."""
    equations = [
        {i: x for (i, j), x in xi.items() if j == column}
        for xi in algebra
        for column in sorted({j for _, j in xi})
    ]
    return kernel(equations, case.size)


def _differ(line: list[Fraction], theta: Point, other: Point) -> bool:
    return sum((c * (x - y) for c, x, y in zip(line, theta, other, strict=True)), Fraction(0)) != 0


def _apart(case: Case, theta: Point, other: Point, line: list[Fraction]) -> Finding:
    terms = " + ".join(
        (f"{c} " if c != 1 else "") + n for c, n in zip(line, case.names, strict=True) if c
    )
    values = [
        sum((c * x for c, x in zip(line, at_, strict=True)), Fraction(0)) for at_ in (theta, other)
    ]
    shown = (
        f"({at(case, theta)}) and ({at(case, other)}) have one phi; the invariant {terms} is"
        f" {values[0]} and {values[1]}"
    )
    pair, text = [texts(theta), texts(other)], "two points of one fibre lie on different orbits"
    return false(text, shown, pair=pair, invariant=texts(line))


def closed(subject: Subject) -> bool:
    """Is the span an algebra? The algebras of models with blocks are, and so is what is found."""
    own = subject.algebra
    if subject.found or subject.case.blocks:
        return True
    return outside(own, [bracket(a, b) for n, a in enumerate(own) for b in own[:n]]) is None
