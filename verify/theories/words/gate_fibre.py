"""A drawn b with H(b) = grad W* - W* grad, what a flow on the fibre of X asks for: linear equations
modulo the prime, solved once.

H_l(b) = b_l W_l W_l* - W_l b_(l-1) W_l* + W_(l+1)* W_(l+1) b_l - W_(l+1)* b_(l+1) W_(l+1). The star
of b solves its star.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from flint import nmod_mat

from verify.terms.matrices import W
from verify.theories.words.gate_arithmetic import Value, added, is_zero, multiplied
from verify.theories.words.gate_gradient import gradient
from verify.theories.words.gate_points import PRIME
from verify.theories.words.sizes import Beyond

if TYPE_CHECKING:
    from verify.theories.words.gate_values import Values

_MOST = 60  # unknowns; above that the gate lets the sentence through
Equations = list[list[int]]


def solved(here: Values, layer: int) -> tuple[nmod_mat, nmod_mat]:
    """b_layer and its star. Raises Beyond where there are too many unknowns, or no solution."""
    motion: Any = here.setting.motion
    key = ("fibre", motion.objective, here.relations.balance, tuple(sorted(here.letters.items())))
    if key not in here.drawn.shared:
        here.drawn.shared[key] = [_solution(here, star) for star in (False, True)]
    plain, star = here.drawn.shared[key]
    return plain[layer], star[layer]


def _solution(here: Values, star: bool) -> dict[int, nmod_mat]:
    d = here.drawn.sizes.d
    inner = range(1, here.depth)
    unknown = [(l, i, j) for l in inner for i, j in product(range(d[l]), repeat=2)]
    if len(unknown) > _MOST:
        raise Beyond(f"{len(unknown)} unknown entries of b")
    columns = [_flat(_column(here, star, *place), d) for place in unknown]
    right = _flat({l: _slope(here, l, star) for l in inner}, d)
    found = _solve(
        [[*row, y] for row, y in zip(zip(*columns, strict=True), right, strict=True)], len(unknown)
    )
    values = iter(found)
    return {l: nmod_mat(d[l], d[l], [next(values) for _ in range(d[l] ** 2)], PRIME) for l in inner}


def _slope(here: Values, l: int, star: bool) -> Value:
    """The coefficient of a_l in d objective(w_a), or its star."""
    marks = (star, star)
    x, above = (here.value(W[i], {}, (not star, not star)) for i in (l, l + 1))
    grad, up = gradient(here, l, marks, 0), gradient(here, l + 1, marks, 0)
    own, next_ = (
        (multiplied(x, grad), multiplied(up, above))
        if star
        else (multiplied(grad, x), multiplied(above, up))
    )
    return added(own, multiplied(PRIME - 1, next_))


def _column(here: Values, star: bool, l: int, i: int, j: int) -> dict[int, nmod_mat]:
    """H of the unit matrix e_ij at layer l, by layer; of its star the products stand in the other
    order where b is at an end.
    """
    n = here.drawn.sizes.d[l]
    unit = nmod_mat(n, n, [int((r, c) == (i, j)) for r in range(n) for c in range(n)], PRIME)
    x, y = here.value(W[l], {}), here.value(W[l + 1], {})
    xs, ys = here.value(W[l], {}, (True, True)), here.value(W[l + 1], {}, (True, True))
    own = x * xs * unit + unit * (ys * y) if star else unit * (x * xs) + ys * y * unit
    found = {l: own}
    if l + 1 < here.depth:
        found[l + 1] = -(y * unit * ys)
    if l > 1:
        found[l - 1] = -(xs * unit * x)
    return found


def _flat(blocks: dict[int, Value], d: tuple[int, ...]) -> list[int]:
    empty = {l: nmod_mat(d[l], d[l], [0] * d[l] ** 2, PRIME) for l in range(1, len(d) - 1)}
    return [
        int(x)
        for _, m in sorted({**empty, **{l: m for l, m in blocks.items() if not is_zero(m)}}.items())
        for x in m.entries()
    ]


def _solve(rows: Equations, unknowns: int) -> list[int]:
    """One solution; unknowns that stay free are 1."""
    if not rows:
        return []
    reduced, rank = nmod_mat(
        len(rows), unknowns + 1, [x for row in rows for x in row], PRIME
    ).rref()
    leads = [next(j for j in range(unknowns + 1) if int(reduced[r, j])) for r in range(rank)]
    if unknowns in leads:
        raise Beyond("no b solves its equation at the drawn point")
    free = [j for j in range(unknowns) if j not in leads]
    found = [1] * unknowns
    for r, lead in enumerate(leads):
        found[lead] = (int(reduced[r, unknowns]) - sum(int(reduced[r, j]) for j in free)) % PRIME
    return found
