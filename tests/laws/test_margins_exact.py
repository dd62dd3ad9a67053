"""The separator of least length, and the predictor of least l1 norm with margins: over Q.

The kind: a vertex that is feasible and not the least, multipliers of a wrong sign, samples that no
predictor separates answered with one, and an answer that another engine contradicts.
"""

from __future__ import annotations

from fractions import Fraction as F
from random import Random

import pytest
from numpy import array, hstack, ones
from scipy.optimize import linprog, minimize

from proofs.margins.separable_starts import MULTIPLIERS, ROWS, SEPARATOR
from verify.bias import hard_margin as hard
from verify.bias import l1_margin as least
from verify.exact.errors import BadInput

#: the catalogue's instance I3, to three decimals
I3 = [
    [F(v, 1000) for v in row]
    for row in (
        (2341, -2556, 418, -568, -453, -216),
        (2320, -232, -865, 3323, 226, -353),
        (581, -668, -1055, -391, 482, -239),
    )
]


def drawn(seed: int) -> list[list[F]]:
    source = Random(seed)
    size, width = source.randint(1, 4), source.randint(1, 4)
    return [[F(source.randint(-6, 9), 3) for _ in range(width)] for _ in range(size)]


def test_the_catalogues_margins() -> None:
    """l1 .871402 and l2 1.509045 for the three-decimal matrix; .6 where columns one and two tie."""
    assert abs(float(least.l1_margin(I3).margin) - 0.871402) < 5e-7
    assert abs(float(hard.hard_margin(I3).square) ** -0.5 - 1.509045) < 5e-7
    tied = least.l1_margin([[1, 0, F(3, 5)], [0, 1, F(3, 5)], [0, 1, F(3, 5)]])
    assert tied.margin == F(3, 5)


def test_the_separator_that_the_claims_state() -> None:
    found = hard.hard_margin(ROWS)
    assert found.w == SEPARATOR and found.multipliers == (*MULTIPLIERS, 0, 0)
    assert found.tight == (0, 1) and found.square == F(125, 104)


@pytest.mark.parametrize("seed", range(40))
def test_drawn_samples(seed: int) -> None:
    """Separated ones agree with doubles, others are refused by both with what shows it."""
    x = drawn(seed)
    wide = array([[float(v) for v in row] for row in x])
    d = wide.shape[1]
    program = linprog(ones(2 * d), A_ub=-hstack([wide, -wide]), b_ub=-ones(len(x)), method="highs")
    if program.status != 0:
        for ask in (hard.hard_margin, least.l1_margin):
            with pytest.raises(BadInput, match=r"has every x_n\.[wb] > 0"):
                ask(x)
        return
    one, two = least.l1_margin(x), hard.hard_margin(x)
    assert abs(float(1 / one.margin) - program.fun) < 1e-7 * program.fun
    near = minimize(
        lambda w: w @ w, array([float(v) for v in two.w]) + 0.1, jac=lambda w: 2 * w,
        constraints={"type": "ineq", "fun": lambda w: wide @ w - 1, "jac": lambda w: wide},
    )  # fmt: skip
    assert abs(near.fun - float(two.square)) < 1e-5 * max(1, near.fun)


@pytest.mark.parametrize("find", [hard.hard_margin, least.l1_margin])
@pytest.mark.parametrize(
    "rows",
    [None, 7, "ab", {}, [None], [7], ["12"], [[None]], [[1.0]], iter([]), array([[1, 2], [3, 4]])],
)
def test_what_is_no_matrix_is_refused_by_name(find, rows) -> None:
    with pytest.raises(BadInput, match=r"^samples .*; expected 1 to 12 rows"):
        find(rows)


@pytest.mark.parametrize("find", [hard.hard_margin, least.l1_margin])
def test_what_shows_that_nothing_separates(find) -> None:
    with pytest.raises(BadInput, match=r"1 x_1 \+ 1 x_2 \+ 1/6 x_3 = 0"):
        find([(1, 0), (-1, F(1, 2)), (0, -3)])


def test_a_certificate_that_lies_is_refused() -> None:
    """Each condition of Karush, Kuhn and Tucker by itself, and a value that is too large."""
    x = [tuple(row) for row in ROWS]
    w, a = SEPARATOR, (*MULTIPLIERS, F(0), F(0))
    assert hard.certified(x, w, a)
    assert not hard.certified(x, tuple(2 * v for v in w), tuple(2 * v for v in a))  # not tight
    assert not hard.certified(x, w, (*MULTIPLIERS, F(1), F(0)))  # not the sum
    assert not hard.certified([(F(1),), (F(-1),)], (F(1),), (F(2), F(1)))  # infeasible
    assert not hard.certified([(F(1),), (F(1),)], (F(1),), (F(2), F(-1)))  # a sign
    found = least.l1_margin(I3)
    rows = [tuple(row) for row in I3]
    assert found.unique and least.certified(rows, found.b, found.nu)
    assert not least.certified(rows, tuple(2 * v for v in found.b), found.nu)
    assert not least.certified(rows, found.b, tuple(2 * v for v in found.nu))


def test_two_solutions_are_not_said_to_be_one() -> None:
    assert not least.l1_margin([[1, 1]]).unique and least.l1_margin([[2, 1]]).unique


@pytest.mark.parametrize(
    "rows", [[], [[]], [[1], [1, 2]], [[0.5]], [[True]], [[1]] * 13, [[1] * 9]]
)
def test_what_is_no_small_exact_matrix(rows: list) -> None:
    with pytest.raises(BadInput, match="samples"):
        least.l1_margin(rows)
