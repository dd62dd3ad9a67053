"""The command as a user meets it: a process of its own, with its own cache, no terminal and a time
limit.

Where nothing depends on how Python starts, it is forked from one that has imported what the command
imports (``forked``).
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from tests.forked import Forked

ROOT = Path(__file__).resolve().parents[1]
#: for what may hang; no machine is so slow, and what must not end by itself takes longer
SECONDS = 600
FORKS = hasattr(os, "fork") and hasattr(socket, "send_fds")
#: what a running process reads, and no start of Python; of paths, ``forked`` takes care
AT_RUN_TIME = {
    "PYTHONPATH",
    "COLUMNS",
    "LINES",
    "TERM",
    "COLORTERM",
    "NO_COLOR",
    "FORCE_COLOR",
}


@dataclass(frozen=True)
class Ran:
    """Exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def flat(self) -> str:
        """What is on the screen with line breaks and padding folded to one blank, so that wrapping
        does not matter.
        """
        return " ".join(self.out.split())


#: what the caller may have set for colours, widths and summaries: pytest repeats each failure
#: in its summary where CI is set
OF_THE_CALLER = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "CI", "BUILD_NUMBER")


def environment(cache: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Without anything that the caller's shell may have set for colours, resuming or limits."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith("FLOWLAW_") and k not in OF_THE_CALLER
    }
    own = {"FLOWLAW_CACHE": str(cache), "FLOWLAW_STATE": str(cache / "state")}
    return {**kept, **own, "PYTHONPATH": str(ROOT), **(extra or {})}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "verify", *arguments]


def cli(
    cache: Path, *arguments: str, cwd: Path | None = None, seconds: int = SECONDS, **extra: str
) -> Ran:
    """Run ``verify ARGUMENTS``. A run over the limit fails the test through TimeoutExpired."""
    if FORKS and _at_run_time(extra) and not {"--memory", "--seconds"} & set(arguments):
        return _forked(arguments, environment(cache, extra), cwd or cache, seconds)
    done = subprocess.run(
        command(*arguments),
        capture_output=True,
        text=True,
        env=environment(cache, extra),
        cwd=cwd or cache,
        timeout=seconds,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def _at_run_time(extra: Mapping[str, str]) -> bool:
    paths = extra.get("PYTHONPATH", "").split(os.pathsep)
    return set(extra) <= AT_RUN_TIME and not any(
        Path(p, "sitecustomize.py").exists() for p in paths
    )


def _forked(arguments: tuple[str, ...], env: Mapping[str, str], cwd: Path, seconds: int) -> Ran:
    with TemporaryFile() as out, TemporaryFile() as err, open(os.devnull) as nothing:
        code = Forked(arguments, env, cwd, [f.fileno() for f in (nothing, out, err)]).wait(seconds)
        said = [(f.seek(0), f.read().decode())[1] for f in (out, err)]
    return Ran(code, *said)


def without_matplotlib(folder: Path) -> dict[str, str]:
    """A path on which it does not load: pictures take seconds."""
    (folder / "matplotlib.py").write_text("raise ImportError('not in this test')\n")
    return {"PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)])}


def leftovers(folder: Path) -> list[str]:
    """Files that begin like a temporary one of ``write_text``: a dot before the name."""
    return sorted(p.name for p in folder.rglob(".*"))


def plant(folder: Path, value: str, module: str = "") -> dict[str, str]:
    """A second distribution with an entry point of the group ``verify.claims``, found through
    PYTHONPATH.
    """
    info = folder / "foreign-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: foreign\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[verify.claims]\nforeign = {value}\n")
    if module:
        (folder / "foreign_claims.py").write_text(module)
    return {"PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)])}
