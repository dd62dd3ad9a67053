"""``verify all``: every claim in its own killable process with a time and a memory limit, resumable, in a fixed order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from typing import Any

from click import echo

from verify.addresses import Chosen, choose, is_path
from verify.registry import Found, matching
from verify.report.files import write_text
from verify.report.plain import as_json
from verify.request import positive, seed_of
from verify.resume import RESUME, remembered, summary
from verify.verdict import INTERNAL, UNSETTLED, Verdict, combine


@dataclass
class Pool:
    """Running children, so that an interrupt leaves none behind."""

    seconds: int
    memory: int
    seed: int
    fresh: bool
    stopped: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)
    children: set[subprocess.Popen] = field(default_factory=set)

    def run(self, found: Found) -> dict[str, Any]:
        """The JSON report of one claim, or a record of why there is none."""
        if not self.fresh:
            known = remembered(found.claim, self.seed)
            if known is not None:
                return known
        command = [sys.executable, "-m", "verify", "claim", found.address, "--format", "json", "--seed", str(self.seed)]
        environment = {**os.environ, "FLOWLAW_SECONDS": str(self.seconds + 5), "FLOWLAW_MEMORY": str(self.memory)}
        environment[RESUME] = "1"
        with self.lock:
            if self.stopped.is_set():
                return _unsettled(found, "interrupted", self.seed)
            child = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, start_new_session=True, text=True
            )
            self.children.add(child)
        try:
            out, err = child.communicate(timeout=self.seconds)
        except subprocess.TimeoutExpired:
            _kill(child)
            return _unsettled(found, f"no verdict within {self.seconds} s: raise --seconds", self.seed)
        finally:
            self.children.discard(child)
        return _read(found, child.returncode, out, err, self.seed)

    def stop(self) -> None:
        """Kill every child and start no other."""
        with self.lock:
            self.stopped.set()
            for child in list(self.children):
                _kill(child)


def _kill(child: subprocess.Popen) -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    child.wait()


def _read(found: Found, code: int, out: str, err: str, seed: int) -> dict[str, Any]:
    try:
        report = json.loads(out)
    except json.JSONDecodeError:
        last = err.strip().splitlines()[-1:] or [f"ended with code {code}"]
        return _unsettled(found, last[0], seed, INTERNAL if code == INTERNAL else UNSETTLED)
    scopes = list(dict.fromkeys(s for s in report["scope"].values() if s))
    result = summary(found.claim, Verdict[report["verdict"]], scopes, report["given"], seed)
    if result["exit"]:
        result["error"] = "; ".join(dict.fromkeys(c["reason"] for c in report["conclusions"].values()))
    return result


def _unsettled(found: Found, reason: str, seed: int, code: int = UNSETTLED) -> dict[str, Any]:
    return {**summary(found.claim, Verdict.UNDECIDED, [], [], seed), "error": reason, "exit": code}


def decide_all(pattern: str, workers: str, seconds: str, memory: str, seed: str, fresh: bool, form: str, output: Path | None) -> int:
    """Exit code of all claims together; 5 where none matches."""
    from verify.cli import no_match

    named = choose(pattern) if is_path(pattern) else Chosen(tuple(matching(pattern)))
    chosen = list(named.found)
    if not chosen and not named.slips:
        return no_match(pattern)
    pool = Pool(positive("--seconds", seconds), positive("--memory", memory), seed_of(seed), fresh)
    began = time.perf_counter()
    results = list(_ordered(pool, chosen, positive("--workers", workers, 64)))
    results += [{**slip.data(), "verdict": "REFUSED"} for slip in named.slips]
    text = _rendered(results, form)
    if output is not None:
        write_text(output, text)
    else:
        echo(text, nl=False)
    echo(f"{len(results)} claims, {time.perf_counter() - began:.1f} s", err=True)
    return combine(r["exit"] for r in results)


def _ordered(pool: Pool, chosen: list[Found], workers: int) -> Iterator[dict[str, Any]]:
    """Results in the order of ids, whatever the number of workers; progress on stderr."""
    from verify.report.progress import bar

    with ThreadPoolExecutor(workers) as threads, bar(len(chosen)) as advance:
        tasks = {threads.submit(pool.run, found): found for found in chosen}
        try:
            for task in as_completed(tasks):
                advance(tasks[task].claim.id, task.result()["verdict"])
        except BaseException:
            pool.stop()
            raise
    by_id = {tasks[t].claim.id: t.result() for t in tasks}
    return iter([by_id[f.claim.id] for f in chosen])


def _rendered(results: list[dict[str, Any]], form: str) -> str:
    if form == "json":
        return as_json(results)
    if form == "junit":
        from verify.report.junit import as_junit

        return as_junit(results)
    width = max(len(r["claim"]) for r in results)
    lines = [_line(r, width) for r in results]
    counts: dict[str, int] = {}
    for r in results:
        counts[r["verdict"]] = counts.get(r["verdict"], 0) + 1
    as_expected = sum(r["exit"] == 0 for r in results)
    total = ", ".join(f"{n} {v}" for v, n in sorted(counts.items()))
    return "\n".join([*lines, f"{as_expected} of {len(results)} as expected: {total}"]) + "\n"


def _line(r: dict[str, Any], width: int) -> str:
    mark = "ok  " if r["exit"] == 0 else "BAD "
    detail = r.get("error") or "; ".join(r["scope"]) or "refuted by an exact witness"
    detail += f"; given {', '.join(r['given'])}" if r.get("given") else ""
    return f"{mark}{r['claim']:<{width}}  {r['verdict']:<10} {detail}"
