"""No engine follows a field through a place where it has no value, also where the solution itself
would pass smoothly.

The kind (D3, and what stands beside it): x' = -x/(1 - t) has the solution x(0) (1 - t) up to t = 1
and none beyond, but its Taylor polynomial is exact and passes. Bases belong to it: of divisors, of
roots, of logarithms, zeros of even order, inside a step as well as at its end.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F
from random import Random
from typing import Any

import pytest

from verify.integrate.fast import Fast
from verify.integrate.stops import FlowStopped, keeps_sign
from verify.integrate.system import System
from verify.integrate.taylor import Taylor

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
