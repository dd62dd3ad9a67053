"""Twins are found where a program treats states alike, and nowhere else; they stay bitwise
equal.
"""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from proofs.flows.matrix_flow import matrix_flow
from verify.integrate.system import System
from verify.integrate.taylor import Taylor
from verify.integrate.trace import program
from verify.integrate.twins import twins


def system(start, field) -> System:
    return System(
        "a flow",
        tuple("abcd"[: len(start)]),
        tuple(map(F, start)),
        field=lambda x, moment: field(x),
    )


CASES = [
    ("one loss of a sum", system((1, 1, 2), lambda x: [-(x[0] + x[1] + x[2])] * 3), [0, 0, 2]),
    ("exchanged", system((1, 1), lambda x: [x[1] * (1 - x[0]), x[0] * (1 - x[1])]), [0, 0]),
    ("a coefficient differs", system((1, 1), lambda x: [-x[0], -2 * x[1]]), [0, 1]),
    (
        "a neighbour differs",
        system((1, 1, 1, 2), lambda x: [x[2], x[3], -x[2], -x[3]]),
        [0, 1, 2, 3],
    ),
    (
        "only at second sight",
        system((1, 1, 1, 1), lambda x: [x[2], x[3], x[2] * x[0], x[3] * x[1] * 2]),
        [0, 1, 2, 3],
    ),
    ("powers", system((2, 2), lambda x: [x[0].power(F(1, 2)), x[1].power(F(1, 3))]), [0, 1]),
]


@pytest.mark.parametrize(("name", "flow", "expected"), CASES, ids=[c[0] for c in CASES])
def test_the_coarsest_partition(name: str, flow: System, expected: list[int]) -> None:
    assert twins(program(flow)) == expected


def test_a_symmetric_start_stays_symmetric_to_the_last_bit() -> None:
    """W = U V stays U = V^T: eight numbers, four of them different."""
    half = ((F(1, 2), F(1, 7)), (F(1, 7), F(1, 3)))
    flow = matrix_flow([half, half], {(0, 1): F(1), (1, 0): F(1), (1, 1): F(0)})
    assert len(set(twins(program(flow)))) == 4
    state = Taylor().run(flow, F(10), 30, samples=1).states[-1]
    (a, b), (c, d), (e, f), (g, h) = state.rows
    assert (a, b, c, d) == (e, g, f, h) and len({a, b, c, d}) == 4


def test_an_unsymmetric_loss_has_no_twins() -> None:
    half = ((F(1, 2), F(1, 7)), (F(1, 7), F(1, 3)))
    flow = matrix_flow([half, half], {(0, 1): F(1), (1, 0): F(2), (1, 1): F(0)})
    assert len(set(twins(program(flow)))) == 8
