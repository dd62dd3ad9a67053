"""Short trajectories in high precision from drawn states, of claims in declared letters: what stays
is the same at the end, what decays is what it says, and something moves.

The loss is linear in what it is a function of. What else belongs to the kind: claims in which
nothing moves, or that say a rate and no law (``tests/kernel/test_declared_values.py`` asks them at
exact states), refuted ones, descent steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction as F
from math import isqrt
from random import Random
from typing import Any

import mpmath
import pytest
from mpmath import mpf, workdps

from proofs import CLAIMS
from tests.laws.in_indices import World
from tests.laws.test_drawn_trajectories import DIGITS, SMALL, STEPS, ends, followed, second_opinion
from verify.claims.claim import Claim
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.judge.parts import theory_of

TRIES = 200
LASTING = ("conserved", "linear-law")
FOLLOWED = [
    c
    for c in CLAIMS
    if c.setting.kind == "declared"
    and c.setting.flow is not None
    and c.expected is not Verdict.REFUTED
    and any(x.kind in LASTING for x in c.concluding.values())
]


def flat(name: str, data: Any, depth: int) -> dict[tuple, Any]:
    """By (name, indices); matrices as rows."""
    if depth == 0:
        one = lambda x: [*map(one, x)] if isinstance(x, list) else F(x)
        return {(name,): one(data)}
    found = {}
    for k, x in enumerate(data):
        for (_, *at), value in flat(name, x, depth - 1).items():
            found[name, k + 1, *at] = value
    return found


class Start:
    """The values of a drawn state; what moves is a row of numbers, and each is multiplied by a root
    of its letter's speed, whose constants are squares: x = s y with y' = -dE/dy moves by
    -s^2 dE/dx.
    """

    def __init__(self, claim: Claim, point: dict[str, Any]) -> None:
        self.setting: Any = claim.setting
        s = self.setting
        self.sizes = {**point["sets"], **point["integers"]}
        depth = {x.name: len(x.indices) for x in s.letters if x.role != "loss"}
        depth |= {x.beside: len(x.indices) for x in s.letters if x.role == "loss"}
        self.values: dict[tuple, Any] = {}
        for name in (x for x in point["values"] if x in depth):
            self.values |= flat(name, point["values"][name], depth[name])
        for name in [n for n, *_ in self.values if any(n in str(e) for e in s.speeds.values())]:
            self.values |= {k: x * x for k, x in self.values.items() if k[0] == name}
        self.gates = {
            (x.name, *env.values()): F(self.world(self.values).value(x.of, env) > 0)
            for x in s.letters
            if x.role == "gate"
            for env in self.world(self.values).places(x.indices)
        }
        moving = {x.name for x in s.moving()}
        self.keys = [k for k in self.values if k[0] in moving]
        self.shape = [self._shape(self.values[k]) for k in self.keys]

    @staticmethod
    def _shape(x: Any) -> tuple[int, int] | None:
        return (len(x), len(x[0])) if isinstance(x, list) else None

    def world(self, values: dict[tuple, Any]) -> World:
        return World(self.setting, self.sizes, values)

    def roots(self) -> list[F]:
        """One for each moving letter at its place."""
        found = []
        for name, *at in self.keys:
            (own,) = (x for x in self.setting.letters if x.name == name)
            env = dict(zip(map(str, own.indices), at, strict=True))
            speed = self.setting.speeds.get(name)
            rate = F(1) if speed is None else self.world(self.values).value(speed, env)
            found.append(root(rate))
        return found

    def row(self) -> list[F]:
        cells = lambda x: [z for r in x for z in r] if isinstance(x, list) else [x]
        pairs = zip(self.keys, self.roots(), strict=True)
        return [x / s for k, s in pairs for x in cells(self.values[k])]

    def at(self, row: Any) -> World:
        """Where the moving numbers are these."""
        left, values = iter(row), {**self.values, **self.gates}
        for key, shape, s in zip(self.keys, self.shape, self.roots(), strict=True):
            if shape is None:
                values[key] = s * next(left)
            else:
                values[key] = [[s * next(left) for _ in range(shape[1])] for _ in range(shape[0])]
        return self.world(values)

    def crossed(self, end: World) -> bool:
        """Whether some gate is another one there."""
        return any(
            (end.value(x.of, env) > 0) != bool(self.gates[x.name, *env.values()])
            for x in self.setting.letters
            if x.role == "gate"
            for env in end.places(x.indices)
        )

    def system(self) -> System:
        row = self.row()
        names = tuple(f"x_{k}" for k, _ in enumerate(row))
        of = lambda x, moment: self.at(x).value(self.setting.flow, {})
        return System("a claim in declared letters", names, tuple(row), loss=of)


def root(x: F) -> F:
    found = F(isqrt(x.numerator), isqrt(x.denominator)) if x > 0 else F(0)
    assert found**2 == x
    return found


def entries(x: Any) -> list[Any]:
    return [z for r in x for z in r] if isinstance(x, list) else [x]


Run = tuple[list[World], F]  # both ends, and how long it took


def runs(claim: Claim, theory: Any, more: bool = False) -> Iterator[Run]:
    """From drawn states, of short flows that cross no gate, until one moved, or ``more``."""
    source = Random(claim.id)
    for _ in range(TRIES):
        state = theory.state(source)
        if state is None or max(state.point["sets"].values(), default=0) > 2:
            continue
        start = Start(claim, state.point)
        found = followed(start.system())
        if found is None or found[1].steps > STEPS:
            continue
        with workdps(DIGITS + 10):
            horizon, run = found
            second_opinion(start.system(), horizon, run, claim.id)
            worlds = [start.at(row) for row in ends(run)]
            if not start.crossed(worlds[1]):
                yield worlds, horizon
            if any(abs(a - b) > 1e-6 for a, b in zip(*ends(run), strict=True)) and not more:
                return
    raise AssertionError("no drawn state moved")


@pytest.mark.parametrize("claim", FOLLOWED, ids=lambda c: c.id)
def test_declared(claim: Claim) -> None:
    theory: Any = theory_of(claim)(claim, Request(), lambda text: None)
    for run in runs(claim, theory):
        for name, c in claim.concluding.items():
            if c.kind in LASTING:
                assert stays(c, theory.sentence(name).free(), *run)


@pytest.mark.parametrize("claim", [c for c in FOLLOWED if c.experiments], ids=lambda c: c.id)
def test_near_misses_do_not_stay(claim: Claim) -> None:
    """Each fails along some of these flows: the test above can fail."""
    theory: Any = theory_of(claim)(claim, Request(), lambda text: None)
    for e in claim.experiments:
        c: Any = e.near_miss  # type: ignore[attr-defined]
        if c.kind in LASTING:
            free = theory.sentence(e.conclusion).free()  # type: ignore[attr-defined]
            assert any(not stays(c, free, *run) for run in runs(claim, theory, True))
            return


def stays(c: Any, free: Any, worlds: list[World], horizon: F) -> bool:
    """Whether it is what it says at the end, at all its indices."""
    rows = []
    with workdps(DIGITS + 10):
        for env in worlds[0].places(free):
            first, last = (entries(w.value(c.expressions()[0], env)) for w in worlds)
            factor = mpf(1)
            if c.kind == "linear-law":
                time = mpf(horizon.numerator) / horizon.denominator
                factor = mpmath.exp(worlds[0].value(c.expressions()[1], env) * time)
            for a, b in zip(first, last, strict=True):
                rows.append(abs(a * factor - b) < SMALL * (1 + abs(a)))
    assert rows
    return all(rows)
