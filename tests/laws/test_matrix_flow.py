"""Flows of matrix products and of the squared moment map are the ones that their docstrings state,
size by size.
"""

from __future__ import annotations

from fractions import Fraction as F
from itertools import pairwise
from random import Random

import pytest

from proofs.flows.completion_flow import completion_by_entries, symmetric_completion
from proofs.flows.matrix_flow import (
    balancing_flow,
    matrix_flow,
    multiply,
    subtract,
    transpose,
    unflatten,
)
from verify.exact.errors import BadInput
from verify.integrate.evaluate import ends, values
from verify.integrate.taylor import Taylor
from verify.integrate.trace import Program, program

SIZES = [(1, 1), (2, 3), (2, 2, 2), (3, 1, 2), (2, 4, 3, 1), (1, 1, 1, 1)]


def layers_of(sizes: tuple[int, ...], seed: int) -> list[list[list[F]]]:
    draw = Random(seed)
    cell = lambda: F(draw.randint(-9, 9), draw.randint(1, 5))
    return [[[cell() for _ in range(d)] for _ in range(e)] for d, e in pairwise(sizes)]


def slopes_of(system) -> list[F]:
    """Exact: the programs are polynomials, so balls of many bits hold the value and nothing else of
    short denominators.
    """
    p = program(system)
    found = values(Program(p.nodes, p.start, (), p.slopes), system.start, F(0), 600)
    return [((low + high) / 2).limit_denominator(10**30) for low, high in map(ends, found)]


def scaled(a, by):
    return [[x * by for x in row] for row in a]


def chain(matrices):
    """Their product in the order written; None where there are none."""
    total = None
    for m in matrices:
        total = m if total is None else multiply(total, m)
    return total


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("masked", [False, True])
def test_slopes_are_those_of_the_formula(sizes: tuple[int, ...], masked: bool) -> None:
    """W_p' = -A_p^T G B_p^T, G = W - Y on the observed entries, 0 elsewhere."""
    w = layers_of(sizes, 1)
    rows, columns = sizes[-1], sizes[0]
    seen = {
        (i, j): F(i - 2 * j, 3)
        for i in range(rows)
        for j in range(columns)
        if not masked or (i + j) % 2 == 0
    }
    whole = chain(reversed(w))
    g = [
        [whole[i][j] - seen[i, j] if (i, j) in seen else F(0) for j in range(columns)]
        for i in range(rows)
    ]
    expected = []
    for p in range(len(w)):
        a, b = chain(reversed(w[p + 1 :])), chain(reversed(w[:p]))
        left = multiply(transpose(a), g) if a else g
        expected += [-x for row in (multiply(left, transpose(b)) if b else left) for x in row]
    assert slopes_of(matrix_flow(w, seen)) == expected


@pytest.mark.parametrize("sizes", [s for s in SIZES if len(s) > 2])
def test_balancing_descends_the_squared_moment_map(sizes: tuple[int, ...]) -> None:
    """W_p' = 4 (G_p W_p - W_p G_(p-1)), G_0 = G_N = 0."""
    w = layers_of(sizes, 2)
    g = [subtract(multiply(transpose(b), b), multiply(a, transpose(a))) for a, b in pairwise(w)]
    expected = []
    for p, layer in enumerate(w):
        outer = multiply(g[p], layer) if p < len(g) else scaled(layer, 0)
        inner = multiply(layer, g[p - 1]) if p else scaled(layer, 0)
        expected += [4 * x for row in subtract(outer, inner) for x in row]
    assert slopes_of(balancing_flow(w)) == expected


def test_the_balance_of_neighbouring_layers_is_conserved_and_the_product_is_not() -> None:
    w = layers_of((2, 2, 2), 3)
    system = matrix_flow(w, {(0, 0): F(1), (1, 1): F(-1), (0, 1): F(2)})
    run = Taylor().run(system, F(1), 30, samples=4)
    balances, products = [], []
    for state in run.states:
        a, b = unflatten([x for row in state.exact() for x in row], [(2, 2), (2, 2)])
        balances.append(subtract(multiply(transpose(b), b), multiply(a, transpose(a))))
        products.append(multiply(b, a))
    drift = max(
        abs(x - y)
        for g in balances
        for r, s in zip(g, balances[0], strict=True)
        for x, y in zip(r, s, strict=True)
    )
    moved = max(
        abs(x - y)
        for r, s in zip(products[-1], products[0], strict=True)
        for x, y in zip(r, s, strict=True)
    )
    assert drift < F(1, 10**28) and moved > F(1, 10)


def test_three_forms_of_the_symmetric_completion_agree() -> None:
    """By factors, by entries, by the logarithm of the determinant."""
    tenth = [[F(1, 10), F(0)], [F(0), F(1, 10)]]
    factors = matrix_flow([tenth, tenth], {(0, 1): F(1), (1, 0): F(1), (1, 1): F(0)})
    flows = (
        factors,
        completion_by_entries(F(1, 100), F(0), F(1, 100)),
        symmetric_completion(F(1, 100), F(0), F(1, 100)),
    )
    found = []
    for system, name in zip(flows, ("W_1,1", "W_1,1", "w11"), strict=True):
        from verify.integrate.evaluate import value

        state = [
            x for row in Taylor().run(system, F(20), 30, samples=1).states[-1].exact() for x in row
        ]
        found.append(ends(value(system, system.quantities[name], state, F(20)))[0])
    assert max(found) - min(found) < F(1, 10**22) and found[0] > 3


@pytest.mark.parametrize(
    ("layers", "seen", "word"),
    [
        ([], {}, "no layers"),
        ([[[F(1)]], [[F(1), F(2)]]], {}, "columns"),
        ([[[F(1)], [F(1), F(2)]]], {}, "rows of one length"),
        ([[[F(1)]]], {(1, 0): F(1)}, "outside"),
    ],
)
def test_sizes_that_do_not_fit_are_named(layers, seen, word: str) -> None:
    with pytest.raises(BadInput, match=word):
        matrix_flow(layers, seen)


def test_a_start_without_a_logarithm_is_refused() -> None:
    with pytest.raises(BadInput, match="positive definite"):
        symmetric_completion(F(1), F(2), F(1))
