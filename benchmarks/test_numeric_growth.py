"""How the numeric part grows: each size against half of it. Linear cost shows as 2, quadratic cost
as 4.

The number of operations is counted, whatever the clock says: the clock also sees the coefficients
outgrow the caches.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from benchmarks.flows import balanced, unbalanced
from benchmarks.pairs import inside
from proofs.layer_norm import LDA_LAYER_NORM
from proofs.quasi_norm import QUASI_NORM
from verify.claims.claim import Claim
from verify.claims.request import Request
from verify.integrate.taylor import Taylor
from verify.integrate.trace import program
from verify.judge.decide import judge
from verify.models.diagonal_flow import diagonal_flow
from verify.models.point import Point
from verify.theories.measure.along import GUARD, HORIZON

DIGITS = 50
#: (depth, width, does the depth double): depth counts only where the entries of a column differ
DOUBLINGS = ((3, 16, False), (3, 32, False), (3, 64, False), (2, 32, True), (4, 32, True))
DENSE = ((3, 16, False), (3, 32, False), (3, 64, False))


def operations(point: Point) -> tuple[int, int]:
    """Per step: convolutions of series (order^2 each), and terms of sums (order each)."""
    nodes = program(diagonal_flow(point)).nodes
    return sum(node[0] not in ("state", "lin") for node in nodes), sum(
        len(node[1]) for node in nodes if node[0] == "lin"
    )


@pytest.mark.parametrize(
    "step", [(0, 16), (0, 32), (0, 500), (2, 0), (16, 0)], ids=lambda s: f"{s[0]}+{s[1]}"
)
def test_operations_are_affine(step: tuple[int, int]) -> None:
    """Along each side of depth x width equal steps add equally much; 16 are allowed for entries of
    the data that are 0.
    """
    depths, widths = (
        [start + j * by for j in range(3)] for start, by in zip((4, 32), step, strict=True)
    )
    a, b, c = (operations(unbalanced(*size)) for size in zip(depths, widths, strict=True))
    for x, y, z in zip(a, b, c, strict=True):
        assert abs((z - y) - (y - x)) <= 16


def test_dense_matrices_cost_their_entries() -> None:
    """The same count on a matrix that is written out: the test above would notice it."""
    (_, x), (_, y), (_, z) = (operations(unbalanced(4, n, full=True)) for n in (32, 64, 96))
    assert (z - y) - (y - x) > 1000


def engine(point: Point, steps: list[int]):
    """One trajectory at 50 digits which must move and conserve every layer's norm to 40 digits.

    w' = -(sum_l P_l^2) g is as fast as the net is deep: the time 1/L asks for about as many steps
    at every size.
    """

    def run() -> None:
        found = Taylor().run(diagonal_flow(point), Fraction(1, point.depth), DIGITS, samples=1)
        steps[:] = [found.steps]
        for start, end in zip(found.states[0].exact(), found.states[-1].exact(), strict=True):
            assert max(abs(x - y) for x, y in zip(start, end, strict=True)) > Fraction(
                1, 100 * point.depth
            )
            assert abs(sum(x * x for x in start) - sum(x * x for x in end)) < Fraction(1, 10**40)

    return run


@pytest.mark.parametrize("full", [False, True], ids=["diagonal-plus-rank-two", "dense"])
def test_engine(versus, full: bool) -> None:
    kind = "dense S_W" if full else "S_W diagonal plus rank two"
    for depth, width, deeper in DENSE if full else DOUBLINGS:
        twice = (2 * depth, width) if deeper else (depth, 2 * width)
        steps: list[list[int]] = [[], []]
        works = [
            engine(unbalanced(*size, full), s)
            for size, s in zip((twice, (depth, width)), steps, strict=True)
        ]
        for work in works:
            work()
        names = [
            f"{d} x {n}, {s[0]} steps"
            for (d, n), s in zip((twice, (depth, width)), steps, strict=True)
        ]
        sides = [inside(name, work) for name, work in zip(names, works, strict=True)]
        versus(f"Taylor engine at {DIGITS} digits, depth x width, {kind}", *sides, pairs=3)


def experiment(claim: Claim, point: Point):
    """The whole numeric part that the judge runs for one point."""
    outcomes = judge(claim, Request(numeric=False)).outcomes

    def run() -> None:
        for e in claim.experiments:
            found = e.run(outcomes, [point], Request(digits=DIGITS))
            assert [m.status for m in found] == ["agrees"], found

    return run


@pytest.mark.parametrize("full", [False, True], ids=["diagonal-plus-rank-two", "dense"])
@pytest.mark.parametrize(
    "claim", [QUASI_NORM, LDA_LAYER_NORM], ids=["quasi-norm", "lda-layer-norm"]
)
def test_whole_numeric_part(versus, claim: Claim, full: bool) -> None:
    kind = "dense S_W" if full else "S_W diagonal plus rank two"
    start = balanced if claim is QUASI_NORM else unbalanced
    for depth, width in ((3, 16),) if full else ((3, 8), (3, 16)):
        twice, once = (experiment(claim, start(depth, n, full)) for n in (2 * width, width))
        names = [
            f"{depth} x {n}, {_steps(start(depth, n, full))} steps" for n in (2 * width, width)
        ]
        group = f"whole numeric part of {claim.id}, depth x width, {kind}"
        versus(group, inside(names[0], twice), inside(names[1], once), pairs=3)


def _steps(point: Point) -> int:
    """How many steps the experiments' trajectory from this point takes: the flow itself depends on
    the width.
    """
    return Taylor().run(diagonal_flow(point), HORIZON, DIGITS + GUARD, samples=1).steps
