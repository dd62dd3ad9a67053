"""The exact layer against sympy.expand: one identity, ours for every size at once, the peer's at
one fixed size.

|u_l - eta P_l g|^2 = |u_l|^2 - 2 eta <w, g> + eta^2 |P_l g|^2, with w = u_l P_l: what a descent
step adds to a layer's norm. The peer gets one layer written out in its entries; ours is any layer
at any depth and width.
"""

from __future__ import annotations

from functools import reduce
from operator import mul

import pytest
import sympy

from benchmarks.pairs import inside
from proofs.descent import LDA_GD_IDENTITY
from verify.claims.conclusions import Hints
from verify.claims.evidence import Proof
from verify.claims.request import Request
from verify.models.losses.identity import vanishes
from verify.terms.expr import Expr, const, euler, num, quad
from verify.theories.sums.drops import plan
from verify.theories.sums.prove import prove


def every_size() -> None:
    work = plan(LDA_GD_IDENTITY, Request())
    assert isinstance(prove(work.sentence(LDA_GD_IDENTITY, "layer"), Hints()), Proof)


def entries(depth: int, width: int, plus: int = 0):
    """The difference of both sides of the first layer as a SymPy expression, not yet expanded;
    ``plus`` spoils it.
    """
    u = [[sympy.Symbol(f"u{l}_{i}") for i in range(width)] for l in range(depth)]
    g, eta = [sympy.Symbol(f"g{i}") for i in range(width)], sympy.Symbol("eta")
    total = sympy.Integer(plus)
    for i in range(width):
        others = reduce(mul, (u[l][i] for l in range(1, depth)), sympy.Integer(1))
        step = u[0][i] - eta * others * g[i]
        total += (
            step**2
            - u[0][i] ** 2
            + 2 * eta * u[0][i] * others * g[i]
            - eta**2 * others**2 * g[i] ** 2
        )
    return total


def fixed_size(depth: int, width: int):
    """SymPy caches subexpressions from call to call: the cache is emptied, so that every call does
    the work.
    """

    def run() -> None:
        sympy.core.cache.clear_cache()
        assert sympy.expand(entries(depth, width)) == 0

    return run


@pytest.mark.parametrize("size", [(3, 2), (3, 8), (6, 32)], ids=lambda s: f"{s[0]}x{s[1]}")
def test_descent_identity(versus, size: tuple[int, int]) -> None:
    assert sympy.expand(entries(*size, plus=1)) != 0
    peer = inside(f"sympy.expand at {size[0]} x {size[1]}", fixed_size(*size))
    versus(
        "lda-gd-identity: L x n",
        inside("ours for every L and n", every_size, repeat=5),
        peer,
        pairs=7,
    )


def ours_objective(plus: Expr) -> bool:
    ratio = -quad("S_B") / (quad("S_W") + const("lambda") * quad("I"))
    return vanishes(euler(ratio) + plus)


def sympy_objective(plus: int) -> bool:
    """E f by the chain rule, E acting on each form as 2 (form) d/d(form)."""
    sympy.core.cache.clear_cache()
    forms = sympy.symbols("B W N")
    b, w, n = forms
    ratio = -b / (w + sympy.Symbol("lambda") * n)
    top, _ = sympy.together(
        sum(2 * x * sympy.diff(ratio, x) for x in forms) + plus
    ).as_numer_denom()
    return sympy.expand(top) == 0


def test_degree_of_an_objective(versus) -> None:
    assert not ours_objective(num(1)) and not sympy_objective(1)

    def ours() -> None:
        assert ours_objective(num(0))

    def peer() -> None:
        assert sympy_objective(0)

    group = "E(-B/(W + lambda N)) = 0, in the letters B, W, N, lambda"
    versus(
        group,
        inside("ours (python-flint)", ours, repeat=5),
        inside("sympy.expand(together)", peer, repeat=2),
        pairs=7,
    )
