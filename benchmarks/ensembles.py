"""Many trajectories of P1 in doubles, as ratios to SciPy's solve_ivp on a hand-written NumPy field,
in the same run.

python -m benchmarks.ensembles            1000 trajectories to time 10 at 1e-13; solve_ivp is called
on 20 and scaled
"""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from importlib.util import find_spec
from typing import Any

import numpy
from rich.console import Console
from rich.table import Table
from scipy.integrate import solve_ivp

from benchmarks.flows import ratio
from benchmarks.problems import p1
from verify.integrate.ensemble import ensemble
from verify.models.losses.matrices import dense

COUNT, PEERS, HORIZON, TOLERANCE = 1000, 20, Fraction(10), 1e-13


def starts() -> list[tuple[Fraction, ...]]:
    """P1's start, each entry moved by up to a tenth."""
    base = p1().start
    return [
        tuple(x * (1 + Fraction((7 * k + 3 * j) % 21 - 10, 100)) for j, x in enumerate(base))
        for k in range(COUNT)
    ]


def field() -> Callable:
    """-P_l * grad J(w) for the ratio loss, as one would write it with NumPy; measured to be the
    quickest of several.
    """
    data = ratio(4, full=True).data
    b, w = (numpy.array(dense(data[name]), dtype=float) for name in ("S_B", "S_W"))

    def slopes(_: float, x: Any) -> Any:
        u = x.reshape(3, 4)
        p = numpy.stack([u[1] * u[2], u[0] * u[2], u[0] * u[1]])
        v = u[0] * p[0]
        bv, wv = b @ v, w @ v
        bottom = v @ wv
        g = (-2 / bottom) * (bv - wv * ((v @ bv) / bottom))
        return (-p * g).ravel()

    return slopes


def seconds(work: Callable[[], Any], count: int) -> tuple[float, Any]:
    """CPU seconds for each trajectory, the best of three, and the last result."""
    best, found = float("inf"), None
    for _ in range(3):
        began = time.process_time()
        found = work()
        best = min(best, (time.process_time() - began) / count)
    return best, found


def main() -> None:
    system, given, f = p1(), starts(), field()
    floats = [[float(x) for x in start] for start in given[:PEERS]]
    peer, answers = seconds(
        lambda: [
            solve_ivp(f, (0, 10), x, method="DOP853", rtol=TOLERANCE, atol=TOLERANCE).y[:, -1]
            for x in floats
        ],
        PEERS,
    )
    made = Table(
        "engine",
        "us each",
        "times faster than solve_ivp",
        "largest difference",
        title=f"{COUNT} trajectories of P1, {TOLERANCE}",
    )
    made.add_row("SciPy solve_ivp, DOP853", f"{peer * 1e6:.0f}", "1.0", "")
    for engine in ("numpy", *(["heyoka"] if find_spec("heyoka") else [])):
        ensemble(
            system, given[:8], HORIZON, TOLERANCE, 1, engine
        )  # what is compiled is compiled here
        cost, found = seconds(
            lambda e=engine: ensemble(system, given, HORIZON, TOLERANCE, 1, e), COUNT
        )  # type: ignore[misc]
        gap = max(abs(found[-1][:, k] - answers[k]).max() for k in range(PEERS))
        assert gap < 1e-10, f"{engine} disagrees with SciPy by {gap}"
        made.add_row(f"ensemble, {engine}", f"{cost * 1e6:.0f}", f"{peer / cost:.0f}", f"{gap:.1e}")
    Console(markup=False, highlight=False).print(made)


if __name__ == "__main__":
    main()
