"""No engine follows a field through a place where it has no value, also where the solution itself
would pass smoothly.

The kind (D3, and what stands beside it): x' = -x/(1 - t) has the solution x(0) (1 - t) up to t = 1
and none beyond, but its Taylor polynomial is exact and passes. Bases belong to it: of divisors, of
roots, of logarithms, zeros of even order, inside a step as well as at its end.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F
from functools import cache
from random import Random
from typing import Any

import numpy as np
import pytest
from scipy.integrate import DOP853

from verify.integrate import batch
from verify.integrate.bases import keeps_sign
from verify.integrate.double import Double
from verify.integrate.fast import Fast
from verify.integrate.heyoka_engine import Heyoka
from verify.integrate.heyoka_ensemble import ensemble as heyoka_ensemble
from verify.integrate.inside import PLACES, suspicious
from verify.integrate.stops import FlowStopped
from verify.integrate.system import LOG, System, retimed
from verify.integrate.taylor import Taylor
from verify.integrate.validated import Validated

ENGINES = [Taylor(), Fast()]
THROUGH: dict[str, Callable[[Any, Any], list]] = {
    "a divisor": lambda x, m: [-x[0] / (1 - m.time)],
    "a root": lambda x, m: [x[0] * ((1 - m.time) ** F(1, 2)) ** 2],
}


@pytest.mark.parametrize("engine", ENGINES, ids=lambda e: e.name)
@pytest.mark.parametrize("name", THROUGH)
def test_no_engine_passes(name: str, engine: Any) -> None:
    if engine.name == "fast":
        pytest.importorskip("numba", reason="the optional extra `fast` (numba) is not installed")
    with pytest.raises(FlowStopped, match=f"{name} in the field") as stopped:
        engine.run(System("s", ("x",), (F(1),), field=THROUGH[name]), F(2), 20, samples=4)
    assert 0 < stopped.value.time < 1
    near = engine.run(System("s", ("x",), (F(1),), field=THROUGH[name]), F(99, 100), 20, samples=4)
    assert near.times[-1] == F(99, 100), "there is a solution until shortly before"


#: base b(x, t) with a zero at the place c of the time or of the state -> the field; x' = 1 but for
#: what cancels
BASES: dict[str, Callable[[Any, int], Any]] = {
    "cancels": lambda b, m: b**m / b**m,
    "a root squared": lambda b, m: ((b**2) ** F(1, 2 * m)) ** (2 * m) / b**2,
    "a fractional power": lambda b, m: 1 + (b**2) ** F(2 * m + 1, 4),
    "a logarithm": lambda b, m: 1 + (b**2).log() * b**2,
    "a pole": lambda b, m: 1 + 1 / (b * 1000) ** (2 * m),
    "a vanishing numerator": lambda b, m: (b**m + b ** (m + 1)) / b**m,
}


def near_zero(kind: str, seed: int, lift: F = F(0)) -> System:
    """From x = 0: the base b vanishes inside, along t or along x, and is lifted from 0 or not."""
    draw = Random(f"{kind} {seed}")
    c, m = F(draw.randint(20, 90), draw.choice([61, 100, 128])), draw.randint(1, 2)
    along_t = seed % 2 == 0

    def b(x: Any, t: Any) -> Any:
        return ((c - t.time if along_t else c - x[0]) + lift) / (lift or 1)

    flow = System(
        f"{kind} at {c}", ("x",), (F(0),), field=lambda x, t: [BASES[kind](b(x, t), m) + 0 * x[0]]
    )
    return retimed(flow, LOG) if seed % 3 == 1 else flow


DOUBLES: dict[str, Callable[[System, F], Any]] = {
    "taylor": lambda s, end: Taylor().run(s, end, 20, samples=1).states[-1].exact()[0][0],
    "double": lambda s, end: Double().run(s, end, 9, samples=2).states[-1].exact()[0][0],
    "batch": lambda s, end: batch.ensemble(s, [s.start] * 3, end, 1e-9, 1)[-1][0, 1],
    "heyoka": lambda s, end: Heyoka().run(s, end, 9, samples=2).states[-1].exact()[0][0],
    "heyoka, many": lambda s, end: heyoka_ensemble(s, [s.start] * 3, end, 1e-9, 1)[-1][0, 1],
    "heyoka, a grid": lambda s, end: heyoka_ensemble(s, [s.start] * 3, end, 1e-9, 3)[-1][0, 1],
}


@pytest.mark.parametrize("engine", DOUBLES)
@pytest.mark.parametrize("kind", BASES)
def test_no_base_reaches_zero_inside_a_step(kind: str, engine: str) -> None:
    """Where no enclosure gets through, no engine does; where the base is lifted past its zero, all
    do, and lie in the enclosure.
    """
    if "heyoka" in engine:
        pytest.importorskip("heyoka", reason="the optional extra `heyoka` is not installed")
    for seed in (2, 1):
        system = near_zero(kind, seed)
        with pytest.raises(FlowStopped):
            DOUBLES[engine](system, F(2))
        free = near_zero(kind, seed, F(60))
        truth = enclosed(kind, seed)
        assert abs(F(DOUBLES[engine](free, F(2))) - truth) < F(1, 10**6) * max(1, abs(truth))


@cache
def enclosed(kind: str, seed: int) -> F:
    with pytest.raises(FlowStopped):
        Validated().run(near_zero(kind, seed), F(2), 6, samples=1)
    run = Validated().run(near_zero(kind, seed, F(60)), F(2), 9, samples=1)
    return run.states[-1].exact()[0][0]


@pytest.mark.parametrize("seed", range(40))
def test_what_looks_suspicious(seed: int) -> None:
    """Every zero of (tau - r)^m, r inside, is suspicious at the places of both engines; constants,
    exponentials and powers that stay away are not.
    """
    draw = Random(seed)
    for places in (np.array(PLACES), np.array([*DOP853.C[:12], 1.0])):
        r, m = draw.random(), draw.choice([1, 2, 3, 4])
        rate = draw.uniform(-9, 9)
        rows = [(places - r) ** m, np.exp(rate * places), (places + 3) ** m, -1 + 0 * places]
        for k, row in enumerate(rows):
            assert suspicious(places, row[:, None, None]).tolist() == [k == 0], (k, r, m, rate)


@pytest.mark.parametrize("seed", range(40))
def test_a_sign_is_kept_where_no_root_lies(seed: int) -> None:
    """Polynomials with known roots: single and double ones, inside and close to the ends; the
    answer yes is never wrong.
    """
    draw = Random(seed)
    roots = [F(draw.randint(-40, 120), draw.choice([7, 16, 50])) for _ in range(draw.randint(1, 4))]
    roots += roots[: draw.randint(0, 1)]  # a double one
    c = [F(1)]
    for r in roots:  # times (tau - r)
        c = [(c[k - 1] if k else 0) - r * (c[k] if k < len(c) else 0) for k in range(len(c) + 1)]
    end = F(draw.randint(1, 64), 64)
    units = [int(x * 2**200) for x in c]
    free = not any(0 <= r <= end for r in roots)
    far = all(r < -F(1, 1000) or r > end + F(1, 1000) for r in roots)
    found = keeps_sign(units, end)
    assert found <= free and (found or not far), (roots, end)


def test_both_answers_occur() -> None:
    assert keeps_sign([3 << 100, -(1 << 100)], F(1)) and not keeps_sign(
        [1 << 100, -(2 << 100)], F(1)
    )
    assert not keeps_sign([1 << 100, -(4 << 100), 4 << 100], F(1)), "a double root inside"
