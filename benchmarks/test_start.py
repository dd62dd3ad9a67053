"""What a user waits for before anything is decided: ``--help`` and ``list``, with our claims and
with a hundred.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from benchmarks.many_claims import PREFIX, ship
from benchmarks.pairs import child_environment, process

PEER = "import click, rich.table, importlib.metadata"
HUNDRED = 100
HEAVY = ("sympy", "numpy", "scipy", "sklearn", "mpmath", "flint")


def hundred(folder: Path) -> tuple[dict[str, str], int]:
    """An environment in which generated claims (75 at least) bring the number to a hundred or more,
    and the number.
    """
    ours = sum(len(p.load()) for p in entry_points(group="verify.claims"))
    extra = max(75, HUNDRED - ours)
    return child_environment(folder, ship(folder, extra)), ours + extra


def listed(environment: dict[str, str], folder: Path) -> list[str]:
    command = [sys.executable, "-m", "verify", "list", "--format", "json"]
    done = subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, text=True, check=True
    )
    return [c["id"] for c in json.loads(done.stdout)]


@pytest.mark.parametrize("arguments", [("--help",), ("list",)], ids="".join)
@pytest.mark.parametrize("many", [False, True], ids=["ours", "hundred"])
def test_start(
    versus, environment: dict[str, str], tmp_path: Path, arguments: tuple[str, ...], many: bool
) -> None:
    label = "our claims"
    if many:
        environment, count = hundred(tmp_path)
        names = listed(environment, tmp_path)
        assert len(names) == count >= HUNDRED
        assert sum(n.startswith(PREFIX) for n in names) >= 75
        label = f"{count} claims"
    says = "Usage" if arguments == ("--help",) else "quasi-norm"
    ours = process(
        f"verify {arguments[0]}, {label}", ("-m", "verify", *arguments), environment, tmp_path, says
    )
    versus(
        "start", ours, process(f"python -c '{PEER}'", ("-c", PEER), environment, tmp_path), pairs=15
    )


@pytest.mark.parametrize("arguments", [["--help"], ["list"]], ids="".join)
def test_nothing_heavy_is_imported(tmp_path: Path, arguments: list[str]) -> None:
    environment, _ = hundred(tmp_path)
    ran = (
        "import os, sys; del os.fork; from verify.commands.cli import run; assert"
        f" run({arguments!r}) == 0"
    )
    code = f"{ran}; print(*sorted(sys.modules), sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    modules = done.stdout.splitlines()
    assert "verify.commands.cli" in modules
    assert not set(HEAVY) & set(modules)
