"""The moment map mu of a linear action: <mu(theta), xi> = <theta, xi theta>, quadratic polynomials.

Along theta' = -dphi(theta)^T g, <xi theta, theta'> = -g . dphi(theta) xi theta = 0 wherever xi
leaves phi unchanged. For symmetric xi this is half the derivative of <theta, xi theta>, which is
conserved; for skew xi the moment is zero and there is no law.
Reference: arXiv:2511.01137v2 for the hidden GL of deep linear networks.
"""

from __future__ import annotations

from fractions import Fraction

from verify.claims.conclusions.of_actions import Factor, Words
from verify.exact.errors import BadInput
from verify.terms.polynomials import (
    Poly,
    PolyMatrix,
    add,
    derivative,
    entries,
    mul,
    times,
)
from verify.theories.symmetries.actions import Case, Matrix


def moment(xi: Matrix) -> Poly:
    """<theta, xi theta>."""
    return add(*((x, {tuple(sorted(place)): Fraction(1)}) for place, x in xi.items()))


def rate(case: Case, q: Poly) -> list[Poly]:
    """The coefficients of g_1, g_2, ... in -q': each d phi_r . grad q."""
    slopes = [derivative(q, i) for i in range(case.size)]
    return [
        add(*((1, mul(derivative(p, i), slopes[i])) for i in range(case.size) if slopes[i]))
        for p in case.phi
    ]


def first_variation(xi: Matrix, size: int) -> Poly:
    """The coefficient of t in the squared norm of theta + t xi theta, which agrees with exp(t xi)
    theta to first order.
    """
    moved: list[Poly] = [{} for _ in range(size)]
    for (i, j), x in xi.items():
        moved[i] = add((1, moved[i]), (x, {(j,): Fraction(1)}))
    return add(*((2, mul({(i,): Fraction(1)}, moved[i])) for i in range(size)))


def stated(case: Case, words: Words, group: tuple[int, ...]) -> PolyMatrix:
    """mu_k of a stated sum of words, as a matrix of polynomials. Raises BadInput where the words do
    not fit the blocks.
    """
    found: PolyMatrix | None = None
    for c, word in words:
        value = _factor(case, word[0], group)
        for factor in word[1:]:
            value = _fitting(case, value, _factor(case, factor, group))
        if found is not None and (len(found), len(found[0])) != (len(value), len(value[0])):
            raise BadInput(
                f"{case.title}: words of different sizes are added; expected blocks whose sizes fit"
            )
        old = found or [[{} for _ in row] for row in value]
        found = [
            [add((1, p), (c, q)) for p, q in zip(a, b, strict=True)]
            for a, b in zip(old, value, strict=True)
        ]
    if found is None:
        raise BadInput(f"{case.title}: a moment map without words; expected at least one")
    size = 1 + max(x for g in case.generators if g.group == group for x in g.at)
    if (len(found), len(found[0])) != (size, size):
        raise BadInput(
            f"{case.title}: mu is {len(found)} x {len(found[0])}; expected {size} x {size}, as the"
            " matrices a of the group"
        )
    return found


def _factor(case: Case, factor: Factor, group: tuple[int, ...]) -> PolyMatrix:
    index = tuple(g + s for g, s in zip(group, factor.shift, strict=False))
    block = case.blocks.get((factor.letter, index))
    if block is None or len(factor.shift) not in (0, len(group)):
        known = sorted({letter for letter, _ in case.blocks})
        raise BadInput(
            f"{case.title}: no block {factor.text()} for the group {group}; letters of this model:"
            f" {', '.join(known)}"
        )
    matrix = entries(block)
    return [list(column) for column in zip(*matrix, strict=True)] if factor.star else matrix


def _fitting(case: Case, a: PolyMatrix, b: PolyMatrix) -> PolyMatrix:
    if len(a[0]) != len(b):
        raise BadInput(
            f"{case.title}: a product of {len(a)} x {len(a[0])} and {len(b)} x {len(b[0])};"
            " expected sizes that fit"
        )
    return times(a, b)
