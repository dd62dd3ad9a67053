"""Proved identities at special matrices: zero, singular, of rank one, one number per layer; and the
relations hold there by hand.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq

from tests.entrywise.entries import Entries
from tests.entrywise.gap import entries
from tests.star_table import FIBRE, OWN, Row
from verify.claims.conclusions.of_matrices import Obligation
from verify.terms.matrices import G, H, Mat, W, X, dot, num
from verify.theories.words.prove import MatrixProof, prove
from verify.theories.words.sizes import Sizes

ROW = {r.name: r for r in OWN}
Rows = list[list[Fraction | int]]
F = Fraction


def put(here: Entries, matrices: dict[tuple[str, int | None], Rows]) -> list[fmpq]:
    """A value for every symbol: the given matrices, 1 elsewhere; real, so that a conjugate has its
    own entry's value.
    """
    values = [fmpq(1) for _ in here.symbols.gens]
    for (name, at), rows in matrices.items():
        for i, row in enumerate(rows):
            for j, x in enumerate(row):
                for conj in (False, True):
                    values[here.symbols.index(name, at, i, j, conj)] = fmpq(
                        F(x).numerator, F(x).denominator
                    )
    return values


def numbers(here: Entries, e: Mat, values: list[fmpq], at: dict[str, int]) -> list[fmpq]:
    found = here.value(e, at)
    return (
        [f(*values) for row in found for f in row] if isinstance(found, tuple) else [found(*values)]
    )


def gaps(
    row: Row, d: tuple[int, ...], over: str, matrices: dict[tuple[str, int | None], Rows]
) -> list[fmpq]:
    """All obligations of a proved sentence at one state."""
    proof = prove(row.setting, row.assuming, row.conclusion, row.aid)
    assert isinstance(proof, MatrixProof)
    found: list[fmpq] = []
    for o in proof.obligations:
        here, _ = entries(row.setting, o, Sizes(d), over, row.assuming)
        values = put(here, matrices)
        for k in range(o.first, len(d) - 1 - o.less + 1) if o.free() else (0,):
            found += numbers(here, o.gap, values, {"k": k})
    return found


ZERO: Rows = [[0, 0], [0, 0]]
#: unit vectors (1, 0), (3/5, 4/5), (4/5, -3/5): W_k = 2 u_k u_(k-1)^T is balanced and of rank one
U = [(F(1), F(0)), (F(3, 5), F(4, 5)), (F(4, 5), F(-3, 5))]
RANK_ONE: dict = {("W", k): [[2 * x * y for y in U[k - 1]] for x in U[k]] for k in (1, 2)}
BALANCED = {"zero": {("W", 1): ZERO, ("W", 2): ZERO}, "rank one": RANK_ONE}


@pytest.mark.parametrize("over", ["real", "complex"])
@pytest.mark.parametrize("state", BALANCED)
@pytest.mark.parametrize("name", ["learning", "left root", "Kempf-Ness"])
def test_balanced_and_singular(name: str, state: str, over: str) -> None:
    here, _ = entries(ROW[name].setting, Obligation("", num(0)), Sizes((2, 2, 2)), over)
    values = put(here, BALANCED[state])
    assert not any(numbers(here, G(1), values, {}))
    assert bool(any(numbers(here, X, values, {}))) == (state == "rank one")
    assert not any(gaps(ROW[name], (2, 2, 2), over, BALANCED[state]))


def test_learning_needs_balance_at_a_singular_state_too() -> None:
    """N = 3, W_1 = W_3 = e_11, W_2 = 2 e_11: A_1 A_1* = 4 e_11 is not (W_3 W_3*)^2 = e_11. For N =
    2 nothing is assumed.
    """
    state: dict = {("W", k): [[x, 0], [0, 0]] for k, x in ((1, 1), (2, 2), (3, 1))}
    assert any(gaps(ROW["learning"], (2, 2, 2, 2), "real", state))
    del state["W", 3]
    assert not any(gaps(ROW["learning"], (2, 2, 2), "real", state))


@pytest.mark.parametrize("over", ["real", "complex"])
@pytest.mark.parametrize("free", [0, 7])
def test_balancing_where_the_metric_is_singular(over: str, free: int) -> None:
    """W_1 = diag(2, 0), W_2 = diag(1, 0): H(b) = b diag(4, 0) + diag(1, 0) b, so b = diag(3/5, any)
    solves H(b) = G = diag(3, 0).
    """
    state: dict = {
        ("W", 1): [[2, 0], [0, 0]],
        ("W", 2): [[1, 0], [0, 0]],
        ("b", 1): [[F(3, 5), 0], [0, free]],
    }
    here, _ = entries(FIBRE, Obligation("", num(0)), Sizes((2, 2, 2)), over)
    values = put(here, state)
    assert numbers(here, G(1), values, {}) == [3, 0, 0, 0] == numbers(here, H("b", 1), values, {})
    assert not any(gaps(ROW["balancing"], (2, 2, 2), over, state)) and not any(
        gaps(ROW["balancing keeps X"], (2, 2, 2), over, state)
    )
    state["b", 1] = [[1, 0], [0, free]]
    assert any(gaps(ROW["balancing"], (2, 2, 2), over, state))


def test_one_number_per_layer() -> None:
    """d = 1, N = 2, w_1 = 3, w_2 = 1: G = 8; Kirwan-Ness: w_1' = -2 G w_1 = -48, w_2' = 2 G w_2 =
    16.
    """
    row = ROW["Kirwan-Ness field"]
    here, _ = entries(row.setting, Obligation("", num(0)), Sizes((1, 1, 1)), "real")
    values = put(here, {("W", 1): [[3]], ("W", 2): [[1]]})
    assert [numbers(here, e, values, {})[0] for e in (G(1), dot(W[1]), dot(W[2]))] == [8, -48, 16]
    assert not any(gaps(row, (1, 1, 1), "complex", {("W", 1): [[3]], ("W", 2): [[1]]}))
