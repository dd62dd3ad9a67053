"""``verify all`` on workers elsewhere: what no earlier run here has settled is judged there, by the
same command, and its certificates come back, so that the next run resumes from them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from verify.commands.run import undecided, unreached
from verify.commands.supervise import Supervisor
from verify.exact.errors import BadInput
from verify.process.executors import OtherVersion, completed, opened
from verify.process.files import keep

if TYPE_CHECKING:
    from verify.commands.pool import Pool

MORE = 60.0  # seconds beyond its limit after which a command there is ended
OTHER = "install the same version on every worker"


class _Late(Exception):
    """The command's own time is over."""


def work_elsewhere(pool: Pool, supervisor: Supervisor) -> None:
    """Rows of all claims that wait. Raises BadInput for workers that are not there or are of
    another version, Stopped after a signal.
    """
    order = pool.order
    pool.elsewhere = True
    pool.work(supervisor)

    def heed() -> None:
        supervisor.heed()
        if order.limits.left() <= 0:
            raise _Late

    with opened(order.executor) as executor:
        if executor is None or not pool.left:
            return
        units = [
            (address(pool, x), order.seed, order.limits.seconds, order.limits.memory)
            for x in pool.left
        ]
        try:
            for place, found in completed(executor, judged, units, heed):
                pool.take(_row(pool.left[place], found))
        except OtherVersion as why:
            raise BadInput(f"--executor {order.executor}: {why}; {OTHER}") from None
        except _Late:
            for outline in pool.left:
                if outline["claim"] not in pool.run.rows:
                    pool.take(unreached(outline, order.limits))


def address(pool: Pool, outline: dict[str, Any]) -> str:
    """What names a claim on another machine: a file by its whole path."""
    pattern, name = pool.order.pattern, outline["claim"]
    file = pattern.partition("::")[0]
    return f"{Path(file).resolve()}::{name}" if Path(file).suffix == ".py" else name


def _row(outline: dict[str, Any], found: Any) -> dict[str, Any]:
    """Raises OtherVersion where the worker judged another sentence."""
    if isinstance(found, Exception):
        return undecided(outline, f"the worker did not finish: {type(found).__name__}: {found}")
    row, kept = found["row"], found["kept"]
    if row is None:
        return undecided(outline, f"the worker gave no verdict: {found['said']}")
    if any(row[x] != outline[x] for x in ("claim", "statement", "expected", "seed")):
        raise OtherVersion(f"a worker states {outline['claim']} otherwise")
    for name, text in kept.items():
        if re.fullmatch(rf"run-{re.escape(outline['claim'])}-[0-9a-f]{{16}}\.json", name):
            keep(name, text)
    return row


def judged(name: str, seed: int, seconds: int, memory: int) -> dict[str, Any]:
    """On the worker: the row of one claim, and what the run would have kept."""
    with TemporaryDirectory() as cache:
        command = [sys.executable, "-m", "verify", "all", name, "--format", "json", "--fresh"]
        command += ["--workers", "1", "--seed", str(seed)]
        command += ["--seconds", str(seconds), "--memory", str(memory)]
        rows, said = _ended(command, {**os.environ, "FLOWLAW_CACHE": cache}, seconds + MORE)
        kept = {p.name: p.read_text("utf-8") for p in sorted(Path(cache).glob("run-*.json"))}
    return {"row": rows[0] if len(rows) == 1 else None, "kept": kept, "said": said[-200:]}


def _ended(command: Sequence[str], environ: dict[str, str], seconds: float) -> tuple[list, str]:
    try:
        ran = subprocess.run(
            command, env=environ, capture_output=True, text=True, timeout=seconds, check=False
        )
        found = json.loads(ran.stdout)
    except subprocess.TimeoutExpired:
        return [], f"no answer within {seconds:g} s"
    except ValueError:
        return [], ran.stderr.strip()
    return found if isinstance(found, list) else found.get("claims", []), ran.stderr.strip()
