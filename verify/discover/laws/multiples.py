"""How far the outputs move along each motion that no loss sees: polynomials in variables, where
numbers do not do. Along dv = 1 the bias of a layer moves by a number, the layer itself by what it
is multiplied with.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from verify.discover.laws.derivatives import combine, scaled
from verify.discover.laws.equations import solution
from verify.discover.laws.equivariance import Prover
from verify.discover.laws.scalars import Poly, Product, Scalars, whole

MOST = 200  #: unknown numbers


def multiples(scalars: Scalars, moves: Mapping[int, Poly]) -> list[Poly] | None:
    """Of each motion the amount, from the products that stand in the derivatives of the outputs,
    over those that stand in the motion; None where these do not add up to them.
    """
    moved = [scaled(c, moves.get(v, {})) for c, v in scalars.outputs]
    unknown = _unknown(moved, scalars.unseen)
    if not 0 < len(unknown) <= MOST:
        return None
    expand = Prover(scalars).expand
    rows = []
    for k, one in enumerate(moved):
        sides = [expand(_times(scalars.unseen[a][k], m, scalars)) for a, m in unknown]
        sides.append(expand(one))
        every = set[Product]().union(*sides)
        rows += [[Fraction(x.get(m, 0)) for x in sides] for m in every]
    found = solution(rows, len(unknown))
    if found is None:
        return None
    made: list[Poly] = [{} for _ in scalars.unseen]
    for (a, m), c in zip(unknown, found, strict=True):
        if c:
            made[a][m] = whole(c)
    return made


def _unknown(moved: list[Poly], unseen: list[list[Poly]]) -> list[tuple[int, Product]]:
    pairs = ((a, _over(m, n)) for k, one in enumerate(moved) for a, motion in enumerate(unseen)
             for n in motion[k] for m in one)  # fmt: skip
    return list(dict.fromkeys((a, m) for a, m in pairs if m is not None))


def _over(m: Product, n: Product) -> Product | None:
    left = list(m)
    for v in n:
        if v not in left:
            return None
        left.remove(v)
    return tuple(left)


def _times(poly: Poly, m: Product, scalars: Scalars) -> Poly:
    made: Poly = {}
    combine(made, poly, scalars, 1, m)
    return made
