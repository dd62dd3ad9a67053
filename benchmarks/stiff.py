"""One table: stiff flows of training on ``Stiff`` and ``StiffValidated``, beside SciPy's LSODA and
Radau at their tightest tolerance, in one run.

    python -m benchmarks.stiff                 all of them
    python -m benchmarks.stiff S1 S4           only these

Beside each enclosure stand the size of its certificate, and what its reader takes and finds.

The digits that each gets right are those of its largest state's error at the end, relative to the
largest state, against a run of ``Stiff`` at 30 digits more than the enclosure's: of a validated run
its radius is shown, which is a bound. Doubles have 16 digits at most; they are named for
orientation. CPU seconds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from fractions import Fraction
from math import log10
from typing import Any

import numpy
from scipy.integrate import solve_ivp

from proofs.flows.completion_flow import completion_in_root
from tests.flows_that_are_stiff import (
    approach,
    completion,
    factorisation,
    margins,
    saddles,
    three_layers,
    two_features,
)
from verify import check_enclosure
from verify.integrate.rows import field
from verify.integrate.stiff.engine import Stiff
from verify.integrate.stiff.validated import StiffValidated
from verify.integrate.system import System
from verify.integrate.trace import program
from verify.theories.enclosures.certificate import body_of

Problem = tuple[Callable[[], System], Fraction, int]
TENTH, TEN, PATIENCE = Fraction(1, 10), Fraction(10), 60.0
PROBLEMS: dict[str, Problem] = {
    "S1": (approach, Fraction(1000), 40),
    "S2": (lambda: three_layers(TENTH**14), TEN**15, 30),
    "S3": (lambda: two_features(TENTH**3), TEN**9, 30),
    "S3 from 1e-6": (lambda: two_features(TENTH**6), TEN**9, 30),
    "S4": (lambda: completion(TENTH), TEN**9, 30),
    "S4 at 50 digits": (lambda: completion(TENTH), TEN**9, 50),
    "S4 and log det/10^12": (lambda: completion_in_root(TENTH), TEN**9, 50),
    "S5": (margins, TEN**6, 40),
    "S3 at 50 digits": (lambda: two_features(TENTH**3), TEN**9, 50),
    "S3 from 1e-6 at 50": (lambda: two_features(TENTH**6), TEN**9, 50),
    "S2 at 60 digits": (lambda: three_layers(TENTH**14), TEN**15, 60),
    "four saddles": (lambda: saddles(4, TENTH**3), TEN**9, 30),
    "18 states": (lambda: factorisation(3), TEN**6, 30),
}


class OutOfPatience(Exception):
    """The argument is the time reached."""


def ends(run: Any) -> list[Fraction]:
    return [x for row in run.states[-1].exact() for x in row]


def right(found: list[Any], true: list[Fraction]) -> str:
    """Digits, relative to the largest state."""
    if not all(map(numpy.isfinite, map(float, found))):
        return "none"
    far = max(abs(Fraction(x) - y) for x, y in zip(found, true, strict=True))
    return f"{-log10(far / max(map(abs, true))):.1f}" if far else "all"


def timed(what: Callable[[], Any]) -> tuple[Any, float]:
    began = time.process_time()
    return what(), time.process_time() - began


def scipy_run(system: System, end: Fraction, method: str) -> Any:
    """At rtol 1e-13 and atol 1e-15 of the start's size, or where it was after PATIENCE seconds."""
    made, began = program(system), time.process_time()
    slopes = field(made, [])

    def right_side(t: float, x: Any) -> Any:
        if time.process_time() - began > PATIENCE:
            raise OutOfPatience(t)
        return numpy.asarray(slopes(t, x[:, None])).reshape(-1)

    begin = numpy.array([float(x) for x in made.start])
    with numpy.errstate(all="ignore"):
        size = max(abs(begin).max(), 1e-300) if begin.any() else 1.0
        options = {"method": method, "rtol": 1e-13, "atol": 1e-15 * size}
        return solve_ivp(right_side, (0, float(end)), begin, **options)


def rows(name: str) -> None:
    make, end, digits = PROBLEMS[name]
    truth, _ = timed(lambda: Stiff().run(make(), end, digits + 30, samples=1))
    true = ends(truth)
    plain, seconds = timed(lambda: Stiff().run(make(), end, digits, samples=1))
    say(name, "Stiff", f"{plain.steps} steps", seconds, right(ends(plain), true))
    found, seconds = timed(lambda: StiffValidated().run(make(), end, digits, samples=1))
    radius = f"radius {float(found.radius):.1e}, at the end {float(found.radii[-1]):.1e}"
    say(name, "StiffValidated", f"{len(found.links)} steps", seconds, radius)
    body = body_of(name, [("the start", found.system, found, [])])
    said, seconds = timed(lambda: check_enclosure.check(body))
    within = said.partition("within ")[2].partition(" ")[0]
    say(name, "its reader", f"{len(str(body)) // 1000} kB", seconds, f"radius {within}")
    for method in ("LSODA", "Radau"):
        try:
            done, seconds = timed(lambda m=method: scipy_run(make(), end, m))
        except OutOfPatience as stop:
            say(name, method, f"out of patience at t = {stop.args[0]:.3g}", PATIENCE, "none")
            continue
        reached = "" if done.success else f" ended at t = {done.t[-1]:.3g}"
        digits_right = right(list(done.y[:, -1]), true) if done.success else "none"
        say(name, method, f"{len(done.t) - 1} steps{reached}", seconds, digits_right)


def say(name: str, engine: str, steps: str, seconds: float, found: str) -> None:
    print(f"{name:22}{engine:16}{steps:36}{seconds:8.1f} s   {found}", flush=True)


if __name__ == "__main__":
    for wanted in sys.argv[1:] or PROBLEMS:
        rows(wanted)
