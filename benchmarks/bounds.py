"""The bounds that engines were asked to keep, each a ratio of two engines that take turns in one
process, warm, at 50 digits; where one is missed, the measured reason.

    python -m benchmarks.bounds           three turns of each pair
    python -m benchmarks.bounds 1 P5      one turn, of this flow alone

CPU seconds. Needs the extra heyoka, and gmpy2 for what mpmath is at its best.
"""

from __future__ import annotations

import sys
import time
from statistics import median
from typing import Any

from benchmarks.engines import DIGITS, build, engine_of

#: flow, what is above and below the line, which way the bound is meant, and what was measured of
#: one that is missed (benchmarks/README.md has the figures)
PAIRS: tuple[tuple[str, str, str, str, float, str], ...] = (
    (
        "P1", "odefun", "taylor", "at least", 40,
        "near it by medians, above it by the best runs of ours: a quarter of a second that shares"
        " its caches with what else runs",
    ),
    ("P1", "validated", "taylor", "at most", 2.5, "four digits more, the defect and the norms"),
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


def seconds(engine: Any, flow: str) -> float:
    system, horizon = build(flow.lower())
    began = time.process_time()
    engine.run(system, horizon, DIGITS, samples=1)
    return time.process_time() - began


def ratios(flow: str, above: str, below: str, turns: int) -> list[float]:
    """After one uncounted run of each whose second one is another: heyoka compiles in its first."""
    one, other = engine_of(above), engine_of(below)
    for name, engine in ((above, one), (below, other)):
        if name != "odefun":
            seconds(engine, flow)
    return sorted(seconds(one, flow) / seconds(other, flow) for _ in range(turns))


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
