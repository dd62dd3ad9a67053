"""Sums over layers meet by their ends, families that vanish there, numbers beside matrices, complex
states: what the translation of sentences about matrices adds, and what must not follow from it.

The kind: a summand at an end that is lost, or counted as 0 without being so. Belonging to it: a
family that does not vanish at 0 or N, an end at depth 1, a sum that is shifted by one, a letter
that is not there at an index, the identity of another size.
"""

from __future__ import annotations

import random
from typing import Any

import pytest
from flint import fmpq_mat

from tests.kernel.read import answer
from verify import Claim, Source
from verify.claims.conclusions.matrix_kinds import Identity
from verify.claims.evidence import Outcome
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.judge.decide import judge
from verify.models.matrices import Matrices
from verify.models.motions import Prescribed
from verify.terms.affine import N, k, p
from verify.terms.letters import Letter
from verify.terms.matrices import Family, Mat, dot, letter, num, total, tr
from verify.terms.relation import Equal
from verify.theories.steps.matrix_points import _real
from verify.theories.words.complex_matrix import CMat

W, a, b = Family("W"), Family("a"), Family("b")


def judged(setting: Matrices, left: Mat, right: Mat, first: int = 0, less: int = 0) -> Outcome:
    same = Identity(left, right, first, less)
    claim = Claim("drawn", "drawn", setting, (), {"c": same}, Source.own("draft"))
    (found,) = judge(claim, Request(numeric=False)).outcomes.values()
    return found


def families(index: str) -> Matrices:
    return Matrices(letters=tuple(Letter(x, "k", "k", index) for x in "ab"))


def summand(at: Any, seed: int) -> tuple[Mat, Mat]:
    """Re tr of a word in a_k, b_k beside W_k, and the same word one layer below, beside it."""
    draw = random.Random(seed)
    inner = [draw.choice([a, b])[at] for _ in range(draw.randint(1, 2))]
    inner = [x.H if draw.random() < 0.5 else x for x in inner]
    left, right = W[at] * W[at].H, W[at + 1].H * W[at + 1]
    one = two = num(draw.choice([-2, 1, 3]))
    for x in inner:
        one, two = one * x, two * x
    return tr(one * left), tr(two * right)


@pytest.mark.parametrize("seed", range(4))
def test_ends_that_vanish_are_left_out_and_others_are_not(seed: int) -> None:
    """Sum_(1..N) f(p) = Sum_(1..N-1) f(p) where a_N = b_N = 0, and Sum_(1..N) of the word below is
    Sum_(1..N-1) of the one above; with families that do not vanish both are false.
    """
    one, two = summand(p, seed)
    below = summand(p - 1, seed)[1]
    for left, right in (
        (total(one, 1, N), total(one, 1, N - 1)),
        (total(below, 1, N), total(two, 1, N - 1)),
    ):
        found = judged(families("inner"), left, right)
        assert found.verdict is Verdict.PROVED and found.steps is not None, found.reason
        assert "peel" in {x["rule"] for x in found.steps.body["steps"]}
        body = found.steps.body
        for x in [*body["assume"]]:
            less = {y: z for y, z in body["assume"].items() if y != x}
            code, said = answer({**body, "assume": less})
            uses = repr(body["conclude"]) + repr(body["steps"])
            assert code == (1 if f"'{x}'" in uses else 0), said
        other = judged(families("ends"), left, right)
        assert other.verdict is Verdict.REFUTED


@pytest.mark.parametrize("shift", [-1, 1])
def test_a_sum_that_is_shifted_is_another_one(shift: int) -> None:
    one, _ = summand(p, 1)
    other, _ = summand(p + shift, 1)
    low, high = (1, N - 1) if shift > 0 else (2, N)
    found = judged(families("inner"), total(one, low, high), total(other, low, high))
    assert found.verdict is not Verdict.PROVED


@pytest.mark.parametrize("c", [-1, 1, 2])
def test_a_number_beside_a_matrix_is_that_multiple_of_the_identity(c: int) -> None:
    x, y = letter("x"), letter("y")
    shifted = {"y": (Equal(y, x + c, 1, 1),)}
    letters = (Letter("x", "n", "n"), Letter("y", "n", "n"))
    setting = Matrices(letters=letters, definitions=shifted, layers=False)
    found = judged(setting, y * (x - c), x * x - c * c)
    assert found.verdict is Verdict.PROVED and found.steps is not None
    assert "['I', 'n']" in repr(found.steps.body["conclude"])
    assert judged(setting, y * (x - c), x * x + c * c).verdict is Verdict.REFUTED


@pytest.mark.parametrize("seed", range(3))
def test_real_forms_of_complex_matrices_keep_sums_products_and_adjoints(seed: int) -> None:
    draw = random.Random(seed)

    def drawn(m: int, n: int) -> CMat:
        re, im = ([draw.randint(-3, 3) for _ in range(m * n)] for _ in range(2))
        return CMat(fmpq_mat(m, n, re), fmpq_mat(m, n, im))

    x, y, z = drawn(2, 3), drawn(3, 2), drawn(2, 3)
    assert _real(x * y) == _real(x) * _real(y)
    assert _real(x + z) == _real(x) + _real(z)
    assert _real(x.marked("H")) == _real(x).marked("H")
    assert _real(x * y).trace() == 2 * (x * y).trace()


def test_a_family_that_moves_does_not_vanish_by_being_called_so() -> None:
    """c' = 1 for an inner family is false at both ends (faults, A1): no steps for it."""
    c = Family("c")
    moves = Prescribed({"c": num(1)})
    setting = Matrices(moves, letters=(Letter("c", "k", "k", "inner"),), layers=False)
    found = judged(setting, dot(c[k]), num(1), 0, 0)
    assert found.verdict is not Verdict.PROVED and found.steps is None
