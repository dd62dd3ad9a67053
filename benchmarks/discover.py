"""``python -m benchmarks.discover``: what ``verify discover`` costs, laws written and proved, of
random networks, of models of the house against depth and width, and of what people train. CPU
seconds of this process.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from tests import trained
from verify.discover import house
from verify.discover.discovery import discover
from verify.trace.trace import traced

Model = Callable[..., Any]


def suites() -> dict[str, list[Model]]:
    """50 linear networks of 2 to 4 layers and widths 2 to 5, 50 with relu, widths 2 to 9."""
    r = random.Random(0)
    widths = lambda most: [r.randint(2, most) for _ in range(r.randint(2, 4) + 1)]
    return {
        "50 linear networks": [house.linear(*widths(5)) for _ in range(50)],
        "50 relu networks": [house.rectified(*widths(9), bias=i % 2 == 1) for i in range(50)],
    }


def growing() -> dict[str, list[Model]]:
    """Rows of one kind, growing."""
    rows: dict[str, list[Model]] = {"[5,5,4,4,5]": [house.linear(5, 5, 4, 4, 5)]}
    rows |= {f"linear {n},{n},{n}": [house.linear(n, n, n)] for n in (5, 10, 20)}
    rows |= {f"linear, depth {d}, width 3": [house.linear(*[3] * (d + 1))] for d in (2, 3, 4)}
    rows |= {f"swiglu {h},{d},{d}": [house.swiglu(h, d, d)] for h, d in ((6, 4), (12, 7), (24, 14))}
    rows |= {
        f"attention {d},{d // 4},{d // 4}, 4 heads": [house.attention(d, d // 4, d // 4, 4)]
        for d in (4, 8, 16)
    }
    rows["attention 16, QK-norm, gains, rotary"] = [
        trained.attention(16, 4, 4, 4, rotary=True, norm=True, gains=True)
    ]
    blocks = ((12, 3, 1, 14), (16, 4, 2, 32))
    rows |= {f"two layers of blocks {b}": [trained.block(*b, layers=2)] for b in blocks}
    rows["swiglu 256,128,128, laws alone"] = [house.swiglu(256, 128, 128)]
    return rows


def main() -> None:
    """A line for each row: parameters, laws, CPU seconds of tracing and of all that follows."""
    discover(traced(house.linear(2, 2, 2)))  # what is loaded once
    for name, models in {**suites(), **growing()}.items():
        began = time.process_time()
        found = [discover(traced(m)) for m in models]
        seconds = time.process_time() - began
        complete = sum(d.complete for d in found)
        size = sum(d.size for d in found)
        laws = sum(d.lower for d in found)
        print(f"{name:40} {size:6} parameters {laws:6} laws  {complete:3} of {len(found)} complete"
              f" {seconds:8.2f} s", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
