"""The bounds that engines were asked to keep, each a ratio of two engines that take turns in one
process, warm, at 50 digits; where one is missed, the measured reason.

    python -m benchmarks.bounds           three turns of each pair
    python -m benchmarks.bounds 1 P5      one turn, of this flow alone

CPU seconds. Needs the extra heyoka, and gmpy2 for what mpmath is at its best.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import median

from benchmarks.engines import DIGITS, build, engine_of
from benchmarks.flows import unbalanced
from benchmarks.test_engines import odefun

#: flow, what is above and below the line, which way the bound is meant, and what was measured of
#: one that is missed (benchmarks/README.md has the figures)
PAIRS: tuple[tuple[str, str, str, str, float, str], ...] = (
    (
        "P1", "odefun", "taylor", "at least", 40,
        "a quarter of a second, of which load takes or leaves a third: 39 to 48 in other sessions",
    ),
    (
        "P1", "validated", "taylor", "at most", 2.5,
        "1.2 are the polynomials with four digits more, 0.8 the defect, 0.2 the norms",
    ),
    (
        "P5", "taylor", "heyoka", "at most", 1.8,
        "integers of Python; the compiled engine (fast) is below it",
    ),
    (
        "P3", "taylor", "heyoka", "at most", 0.7,
        "110 million products of integers and doubles are five sixths of the run: 0.83 without all"
        " the rest; the compiled engine (fast) is far below it",
    ),
)  # fmt: skip


def work(name: str, flow: str) -> Callable[[], object]:
    """A run of an engine, or of mpmath's odefun itself on P1 written by hand."""
    system, horizon = build(flow.lower())
    if name == "odefun":
        return odefun(unbalanced(3, 4, full=True), {}, horizon)
    engine = engine_of(name)
    engine.run(system, horizon, DIGITS, samples=1)  # heyoka compiles in its first run
    return lambda: engine.run(system, horizon, DIGITS, samples=1)


def seconds(run: Callable[[], object]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began


def ratios(flow: str, above: str, below: str, turns: int) -> list[float]:
    """After one uncounted run of each, but of odefun."""
    one, other = work(above, flow), work(below, flow)
    return sorted(seconds(one) / seconds(other) for _ in range(turns))


def main(turns: int, flows: list[str]) -> None:
    for flow, above, below, way, bound, why in PAIRS:
        if flows and flow not in flows:
            continue
        found = ratios(flow, above, below, turns)
        middle = median(found)
        is_met = middle >= bound if way == "at least" else middle <= bound
        spread = f"{middle:.2f} ({found[0]:.2f} to {found[-1]:.2f})"
        said = "met" if is_met else f"missed: {why}"
        print(f"{flow}  {above} / {below}  {spread}  {way} {bound}  {said}", flush=True)


if __name__ == "__main__":
    count = sys.argv[1] if len(sys.argv) > 1 else "3"
    main(int(count), sys.argv[2:])
