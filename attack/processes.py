"""Draws dealt to processes, one at a time; a draw that takes too long is named and its process
killed.
"""

from __future__ import annotations

import json
import selectors
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

Job = tuple[str, int, int]
_ROOT = Path(__file__).resolve().parent.parent


@dataclass
class _Worker:
    process: subprocess.Popen
    job: Job | None = None
    deadline: float = 0.0

    def give(self, job: Job, seconds: float) -> None:
        assert self.process.stdin is not None
        self.job, self.deadline = job, monotonic() + seconds
        self.process.stdin.write(" ".join(map(str, job)) + "\n")
        self.process.stdin.flush()


def run(
    jobs: list[Job],
    workers: int,
    seconds: float,
    planted: str = "",
    seen: Callable[[int], None] = lambda n: None,
    enough: Callable[[dict], bool] = lambda result: False,
) -> list[dict]:
    """In the order of the jobs, whatever the number of workers; ends after the first result that is
    ``enough``.
    """
    waiting, done = deque(jobs), {}
    chooser = selectors.DefaultSelector()
    team: list[_Worker] = []

    def begin() -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "attack.worker", *([planted] if planted else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=_ROOT,
        )
        worker = _Worker(process)
        team.append(worker)
        assert process.stdout is not None
        chooser.register(process.stdout, selectors.EVENT_READ, worker)
        if waiting:
            worker.give(waiting.popleft(), seconds + 20)  # the first draw pays for the imports

    def end(worker: _Worker, why: str) -> None:
        chooser.unregister(worker.process.stdout)  # type: ignore[arg-type]
        worker.process.kill()
        worker.process.wait()
        team.remove(worker)
        if worker.job is not None:
            done[worker.job] = _lost(worker.job, why)
        if waiting:
            begin()

    try:
        for _ in range(min(workers, len(jobs))):
            begin()
        while any(w.job for w in team):
            for key, _ in chooser.select(timeout=1):
                worker = key.data
                line = worker.process.stdout.readline()
                if not line:
                    end(worker, "the process died")
                    continue
                done[worker.job] = json.loads(line)
                seen(len(done))
                if enough(done[worker.job]):
                    waiting.clear()
                worker.job = None
                if waiting:
                    worker.give(waiting.popleft(), seconds)
            for worker in [w for w in team if w.job and monotonic() > w.deadline]:
                end(worker, f"no answer within {seconds:g} s")
    finally:
        for worker in team:
            worker.process.kill()
            worker.process.wait()
    return [done[job] for job in jobs if job in done]


def _lost(job: Job, why: str) -> dict[str, Any]:
    language, seed, index = job
    own = {
        "language": language,
        "seed": seed,
        "index": index,
        "truth": "",
        "verdict": "hang" if "within" in why else "died",
    }
    return {
        **own,
        "mutated": 0,
        "faults": [("hang" if "within" in why else "traceback", why)],
        "source": "",
        "reason": why,
    }
