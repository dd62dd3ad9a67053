"""``verify all`` on workers elsewhere: what no earlier run here has settled is judged there, by the
same command. Certificates come back, are kept, so that the next run resumes from them, and are read
here when the workers are done: no process is started while an executor has threads. Of what is only
measured a part is measured here again, and a difference is an error.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import entry_points
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from verify.commands.received import received
from verify.commands.run import undecided
from verify.commands.supervise import Supervisor
from verify.exact.errors import BadInput
from verify.process.channel import GROUP
from verify.process.deliver import say
from verify.process.executors import ONE_OF, OtherVersion, completed, opened
from verify.process.files import keep, read_regular
from verify.process.fingerprint import of_package

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
    pool.elsewhere = False
    if not pool.left:
        return

    def heed() -> None:
        supervisor.heed()
        if order.limits.left() <= 0:
            raise _Late

    places = [address(pool, x) for x in pool.left]
    own = {file: sources(x) for file, x in {_file(x): x for x in places}.items()}
    asked = (order.seed, order.limits.seconds, order.limits.memory)
    units = [(x, *asked, own[_file(x)]) for x in places]
    answered: set[str] = set()
    try:
        with opened(order.executor) as executor:
            if executor is None:
                return
            for place, found in completed(executor, judged, units, heed):
                if isinstance(found, OtherVersion):
                    raise found
                answered.add(pool.left[place]["claim"])
                _take(pool, pool.left[place], found)
        _draw(pool)
    except OtherVersion as why:
        raise BadInput(f"--executor {order.executor}: {why}; {OTHER}") from None
    except _Late:
        late = f"no worker gave an answer within {order.limits.seconds} s: raise --seconds"
        for outline in pool.left:
            if outline["claim"] not in answered:
                pool.take(undecided(outline, late))


def _take(pool: Pool, outline: dict[str, Any], found: Any) -> None:
    """A row, or a claim that waits again: for its certificate to be read, or to be judged."""
    told = received(outline, found)
    if told.row is not None:
        by = f", computed by a worker at {pool.order.executor}" if told.told else ""
        if told.told:
            pool.told[outline["claim"]] = told.row
        pool.take(dict(told.row), by)
        return
    pool.waiting.append(outline)
    if told.certificate:
        keep(f"kernel-{told.name}", told.kernel)
        keep(told.name, told.certificate)
        pool.sent[outline["claim"]] = (told.certificate, told.kernel)
        pool.advance(outline["claim"], "a worker's certificate is to be read here")
    else:
        say(f"verify: {outline['claim']}: a worker sent no certificate, so it is judged here")


def _draw(pool: Pool) -> None:
    """Of the rows that were taken on a worker's word some wait to be judged here, too: drawn by the
    seed, so that the same ones are asked again.
    """
    sure = sorted(x for x, row in pool.told.items() if row["verdict"] != "UNDECIDED")
    pool.drawn = Random(pool.order.seed).sample(sure, -(-len(sure) // ONE_OF))
    pool.waiting += [x for x in pool.left if x["claim"] in pool.drawn]


def _file(address: str) -> str:
    return address.rpartition("::")[0]


def sources(address: str) -> str:
    """Of what a claim is loaded from: its file, or the packages that ship claims."""
    file = _file(address)
    if file:
        try:
            return sha256(read_regular(Path(file))).hexdigest()
        except (OSError, ValueError):
            return ""
    points = sorted({p.value.partition(":")[0] for p in entry_points(group=GROUP)})
    return sha256(repr([(x, of_package(x, ".py")) for x in points]).encode()).hexdigest()


def address(pool: Pool, outline: dict[str, Any]) -> str:
    """What names a claim on another machine: a file by its whole path."""
    name = outline["claim"]
    file = pool.run.addresses.get(name, "").rpartition("::")[0]
    return f"{Path(file).resolve()}::{name}" if file else str(name)


def judged(name: str, seed: int, seconds: int, memory: int, own: str) -> dict[str, Any]:
    """On the worker: the row of one claim, and what the run would have kept. Raises OtherVersion
    where the worker has other claims than ``own``.
    """
    if sources(name) != own:
        raise OtherVersion("a worker has other claims than this command, or no such file")
    with TemporaryDirectory() as cache:
        command = [sys.executable, "-m", "verify", "all", name, "--format", "json", "--fresh"]
        command += ["--workers", "1", "--seed", str(seed)]
        command += ["--seconds", str(seconds), "--memory", str(memory)]
        rows, said = _ended(command, {**os.environ, "FLOWLAW_CACHE": cache}, seconds + MORE)
        kept = {p.name: p.read_text("utf-8") for p in sorted(Path(cache).glob("*run-*.json"))}
    row: dict[str, Any] = rows[0] if len(rows) == 1 else {"verdict": None}
    if row["verdict"] is None:  # no such claim there
        return {"row": None, "kept": {}, "said": row.get("error", said)[-200:]}
    return {"row": row, "kept": kept, "said": ""}


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
