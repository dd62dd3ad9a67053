"""Two things timed in turn, A B A B ..., so that a drift of the machine hits both; the ratio is
taken pair by pair.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Side:
    """``run`` does the work once, checks that it was done, and says what it cost."""

    name: str
    run: Callable[[], Cost]


@dataclass(slots=True)
class Ratio:
    """The costs of the two sides, pair by pair."""

    group: str
    ours: str
    peer: str
    pairs: list[tuple[Cost, Cost]] = field(default_factory=list)

    def of(self, figure: str) -> list[float]:
        """A/B for each pair; a peer below the clock's resolution counts as one microsecond."""
        return [getattr(a, figure) / max(getattr(b, figure), 1e-6) for a, b in self.pairs]

    def medians(self) -> dict[str, float]:
        walls, cpus = self.of("wall"), self.of("cpu")
        return {
            "ratio": median(walls),
            "least": min(walls),
            "most": max(walls),
            "cpu_ratio": median(cpus),
            "ours_ms": 1000 * median(a.wall for a, _ in self.pairs),
            "peer_ms": 1000 * median(b.wall for _, b in self.pairs),
        }


def inside(name: str, work: Callable[[], object], repeat: int = 1) -> Side:
    """A call in this process, ``repeat`` times in a row where one is too short for the clock. The
    cost is that of one call.
    """

    def run() -> Cost:
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(repeat):
            work()
        return Cost((time.perf_counter() - wall) / repeat, (time.process_time() - cpu) / repeat)

    return Side(name, run)


def process(
    name: str,
    arguments: Iterable[str],
    environment: Mapping[str, str],
    folder: Path,
    says: str = "",
) -> Side:
    """``python ARGUMENTS`` as a whole process, which must end with 0 and print ``says``."""
    command = [sys.executable, *arguments]

    def run() -> Cost:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        done = subprocess.run(
            command, env=dict(environment), cwd=folder, capture_output=True, text=True, check=False
        )
        wall = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert done.returncode == 0, f"{name} ended with {done.returncode}: {done.stderr[-2000:]}"
        assert says in done.stdout, f"{name} does not print {says!r}: {done.stdout[-2000:]}"
        return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    return Side(name, run)


def child_environment(scratch: Path, *path: Path) -> dict[str, str]:
    """This checkout first, then ``path``; compiled modules and caches go to ``scratch``, so both
    sides start compiled.
    """
    environment = {
        k: v
        for k, v in os.environ.items()
        if k not in ("PYTHONDONTWRITEBYTECODE", "PYTHONOPTIMIZE")
    }
    root = Path(__file__).parent.parent
    environment["PYTHONPATH"] = os.pathsep.join(str(p) for p in (root, *path))
    environment["PYTHONPYCACHEPREFIX"] = str(scratch / "compiled")
    environment["XDG_CACHE_HOME"] = str(scratch / "cache")
    environment["HOME"] = str(scratch)
    return environment


def compare(group: str, ours: Side, peer: Side, pairs: int) -> Ratio:
    """One uncounted run of each, then ``pairs`` pairs."""
    ratio = Ratio(group, ours.name, peer.name)
    for turn in range(pairs + 1):
        costs = (ours.run(), peer.run())
        if turn:
            ratio.pairs.append(costs)
    return ratio
