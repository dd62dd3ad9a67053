"""How the numeric part grows: each size against half of it. Linear cost shows as 2, quadratic cost as 4."""

from __future__ import annotations

from fractions import Fraction

import pytest

from benchmarks.flows import balanced, unbalanced
from benchmarks.pairs import inside
from proofs.layer_norm import LDA_LAYER_NORM
from proofs.quasi_norm import QUASI_NORM
from verify.claim import Claim
from verify.experiments.along import GUARD, HORIZON
from verify.integrate.taylor import Taylor
from verify.judge import judge
from verify.request import Request
from verify.settings.point import Point

DIGITS = 50
#: (depth, width, does the depth double): depth counts only where the entries of a column differ
DOUBLINGS = ((3, 16, False), (3, 32, False), (3, 64, False), (2, 32, True), (4, 32, True))
DENSE = ((3, 16, False), (3, 32, False), (3, 64, False))


def engine(point: Point, steps: list[int]):
    """One trajectory at 50 digits which must move and conserve every layer's norm to 40 digits.

    w' = -(sum_l P_l^2) g is as fast as the net is deep: the time 1/L asks for about as many steps at every size.
    """

    def run() -> None:
        found = Taylor().run(point, Fraction(1, point.depth), DIGITS, samples=1)
        steps[:] = [found.steps]
        for start, end in zip(found.states[0].exact(), found.states[-1].exact(), strict=True):
            assert max(abs(x - y) for x, y in zip(start, end, strict=True)) > Fraction(1, 100 * point.depth)
            assert abs(sum(x * x for x in start) - sum(x * x for x in end)) < Fraction(1, 10**40)

    return run


@pytest.mark.parametrize("full", [False, True], ids=["diagonal-plus-rank-two", "dense"])
def test_engine(versus, full: bool) -> None:
    kind = "dense S_W" if full else "S_W diagonal plus rank two"
    for depth, width, deeper in DENSE if full else DOUBLINGS:
        twice = (2 * depth, width) if deeper else (depth, 2 * width)
        steps: list[list[int]] = [[], []]
        works = [engine(unbalanced(*size, full), s) for size, s in zip((twice, (depth, width)), steps, strict=True)]
        for work in works:
            work()
        names = [f"{d} x {n}, {s[0]} steps" for (d, n), s in zip((twice, (depth, width)), steps, strict=True)]
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
@pytest.mark.parametrize("claim", [QUASI_NORM, LDA_LAYER_NORM], ids=["quasi-norm", "lda-layer-norm"])
def test_whole_numeric_part(versus, claim: Claim, full: bool) -> None:
    kind = "dense S_W" if full else "S_W diagonal plus rank two"
    start = balanced if claim is QUASI_NORM else unbalanced
    for depth, width in ((3, 16), (3, 32)):
        twice, once = (experiment(claim, start(depth, n, full)) for n in (2 * width, width))
        names = [f"{depth} x {n}, {_steps(start(depth, n, full))} steps" for n in (2 * width, width)]
        group = f"whole numeric part of {claim.id}, depth x width, {kind}"
        versus(group, inside(names[0], twice), inside(names[1], once), pairs=3)


def _steps(point: Point) -> int:
    """How many steps the experiments' trajectory from this point takes: the flow itself depends on the width."""
    return Taylor().run(point, HORIZON, DIGITS + GUARD, samples=1).steps
