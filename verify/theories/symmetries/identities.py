"""Conclusions that are identities in theta and g: proved by zero polynomials, refuted at an exact
point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from verify.claims.conclusions.of_actions import FirstVariation, MomentIs
from verify.terms.polynomials import Poly, add
from verify.theories.symmetries.actions import Case, Matrix
from verify.theories.symmetries.finding import (
    Finding,
    Subject,
    applied,
    at,
    false,
    in_words,
    place_where,
    row,
    texts,
    velocity,
    written,
)
from verify.theories.symmetries.linear import with_sign
from verify.theories.symmetries.moment_map import first_variation, moment, rate, stated
from verify.theories.symmetries.stabiliser import along

NOTHING = Finding(None, "the algebra has no such element", empty=True)


def preserves(subject: Subject) -> Finding:
    """dphi xi theta = 0 and phi(s theta) = phi(theta)."""
    case = subject.case
    if not subject.algebra and not case.permutations:
        return NOTHING
    for xi in subject.algebra:
        for r, p in enumerate(case.phi):
            changed = along(p, xi)
            if changed:
                return _changes(subject, xi, r, changed)
    for s in case.permutations:
        if any(moved_by(p, s) != p for p in case.phi):
            return Finding(None, "a permutation changes phi")
    count = len(case.phi) * (len(subject.algebra) + len(case.permutations))
    return Finding(True, f"polynomials that vanish identically: {count}")


def moved_by(p: Poly, s: Sequence[int]) -> Poly:
    """p(s theta), where (s theta)_i = theta_s(i)."""
    return {tuple(sorted(s[i] for i in m)): x for m, x in p.items()}


def _changes(subject: Subject, xi: Matrix, r: int, changed: Poly) -> Finding:
    theta = place_where(changed, subject.case, subject.seed)
    line = f"{in_words(xi, subject.case)} changes phi_{r + 1} at {at(subject.case, theta)}"
    return false("phi is changed", line, xi=written(xi), row=r, theta=texts(theta))


def conserved(subject: Subject, elements: Sequence[Matrix]) -> Finding:
    """<theta, xi theta> along theta' = -dphi^T g, g free."""
    if not elements:
        return NOTHING
    for xi in elements:
        for r, slope in enumerate(rate(subject.case, moment(xi))):
            if slope:
                return _drifts(subject, xi, r, slope)
    text = f"moments conserved, g free: {len(elements)}"
    return Finding(True, text)


def moment_conserved(subject: Subject) -> Finding:
    """For a basis of the symmetric elements, which the reader needs to see."""
    symmetric = with_sign(subject.algebra, 1)
    return replace(
        conserved(subject, symmetric), proof={"basis": [written(xi) for xi in symmetric]}
    )


def every_element(subject: Subject) -> Finding:
    return conserved(subject, subject.algebra)


def finite_moment(subject: Subject) -> Finding:
    """For the permutations that the model lists, of which the sentence speaks; a misreading, which
    is only refuted.
    """
    found = conserved(
        subject, [{(i, j): Fraction(1) for i, j in enumerate(s)} for s in subject.case.permutations]
    )
    if found.holds is False:
        return found
    return Finding(
        None, "no permutation of the model violates it, and this kind of sentence is only refuted"
    )


def _drifts(subject: Subject, xi: Matrix, r: int, slope: Poly) -> Finding:
    case = subject.case
    theta = place_where(slope, case, subject.seed)
    g = tuple(Fraction(int(n == r)) for n in range(len(case.phi)))
    moved = velocity(case, theta, g)
    both = zip(
        applied(xi, theta),
        applied({(j, i): x for (i, j), x in xi.items()}, theta),
        moved,
        strict=True,
    )
    drift = sum(((a + b) * v for a, b, v in both), Fraction(0))
    line = (
        f"xi: {in_words(xi, case)}; {at(case, theta)}; g = {row(g)}, theta' = {row(moved)}: <theta,"
        f" xi theta>' = {drift}"
    )
    text = f"its derivative is {drift}"
    return false(text, line, xi=written(xi), theta=texts(theta), g=texts(g))


def orthogonal(subject: Subject) -> Finding:
    """<xi theta, theta'> = -g . dphi xi theta."""
    if not subject.algebra:
        return NOTHING
    if any(along(p, xi) for xi in subject.algebra for p in subject.case.phi):
        return Finding(None, "not every xi leaves phi unchanged")
    return Finding(
        True,
        f"polynomials that vanish identically: {len(subject.algebra) * len(subject.case.phi)}, g"
        " free",
    )


def skew_empty(subject: Subject) -> Finding:
    skew = with_sign(subject.algebra, -1)
    if not skew:
        return NOTHING
    if any(moment(xi) for xi in skew):
        return Finding(None, "a moment of a skew element is not zero")
    text = f"moments that are the zero polynomial: {len(skew)}"
    return Finding(True, text, proof={"basis": [written(xi) for xi in skew]})


def integrates(subject: Subject) -> Finding:
    """The form <xi theta, dtheta> is closed exactly where xi is symmetric, so for no skew xi."""
    skew = with_sign(subject.algebra, -1)
    if not skew:
        return NOTHING
    for xi in skew:
        for (i, j), x in sorted(xi.items()):
            turn = xi.get((j, i), Fraction(0)) - x
            if turn:
                return _circulates(subject.case, xi, i, j, turn)
    return Finding(None, "no skew element has an entry")


def _circulates(case: Case, xi: Matrix, i: int, j: int, turn: Fraction) -> Finding:
    a, b = case.names[i], case.names[j]
    line = (
        f"xi: {in_words(xi, case)}; around the unit square 0 -> {a} = 1 -> {b} = 1 -> {a} = 0 ->"
        f" {b} = 0, other coordinates 0, <xi theta, dtheta> integrates to {turn}, not 0: it is dh"
        " for no h"
    )
    return false(f"a closed path has integral {turn}", line, xi=written(xi), square=[i, j])


def moment_is(subject: Subject, conclusion: MomentIs | FirstVariation) -> Finding:
    """Each generator's moment against the stated matrix."""
    case, checked = subject.case, 0
    if not case.generators:
        return NOTHING
    twice = 2 if isinstance(conclusion, FirstVariation) else 1
    for group in dict.fromkeys(g.group for g in case.generators):
        mu = stated(case, conclusion.words, group)
        for generator in (g for g in case.generators if g.group == group):
            i, j = generator.at
            computed = (
                first_variation(generator.xi, case.size) if twice == 2 else moment(generator.xi)
            )
            difference = add((1, computed), (-twice, mu[j][i]))
            checked += 1
            if difference:
                return _differs(subject, generator.xi, difference)
    return Finding(True, f"entries of mu that agree with the action as polynomials: {checked}")


def _differs(subject: Subject, xi: Matrix, difference: Poly) -> Finding:
    theta = place_where(difference, subject.case, subject.seed)
    line = f"xi: {in_words(xi, subject.case)}; {at(subject.case, theta)}: the two sides differ"
    return false("the polynomials differ", line, xi=written(xi), theta=texts(theta))
