"""Ctrl-C, a time limit and a memory limit: no child is left, nothing is half written, and the exit code says so."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from runner import ROOT, cli, command, environment, leftovers, plant  # type: ignore[import-not-found]

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="children are counted through /proc")


def marked(mark: str) -> list[int]:
    """Processes that carry a mark of this test in their environment, however they were detached; zombies are none."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                mine = mark.encode() in (entry / "environ").read_bytes()
                state = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0]
            except (OSError, IndexError):
                continue
            if mine and state != "Z":
                found.append(int(entry.name))
    return found


def wait_until(condition, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return bool(condition())


#: (arguments, children that must be running before the signal is sent)
LONG = {
    "all": (("all", "--fresh", "--workers", "3", "--output", "all.txt"), 3),
    "all, one worker": (("all", "--fresh", "--workers", "1", "--output", "all.txt"), 1),
    "claim": (("claim", "quasi-norm", "--digits", "1000", "--output", "one.txt"), 0),
}


@pytest.mark.parametrize("name", LONG)
def test_an_interrupt(name: str, tmp_path: Path) -> None:
    """SIGINT reaches the leader only, as from a supervisor: it must end its children itself."""
    arguments, children = LONG[name]
    mark = f"FLOWLAW_TEST_MARK={tmp_path}"
    process = subprocess.Popen(
        command(*arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(tmp_path / "cache", {"FLOWLAW_TEST_MARK": str(tmp_path)}),
        cwd=tmp_path,
        start_new_session=True,
    )
    try:
        assert wait_until(lambda: len(marked(mark)) >= 1 + children, 20), "it never came to run"
        time.sleep(0.4)
        assert process.poll() is None, "it ended before it could be interrupted"
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert process.returncode == 130, err
        assert "interrupted" in err and "Traceback" not in err and out == ""
        assert wait_until(lambda: not marked(mark), 2), f"left behind: {marked(mark)}"
    finally:
        for pid in marked(mark):
            os.kill(pid, signal.SIGKILL)
    whole(tmp_path)


def whole(folder: Path) -> None:
    """No result, no temporary file, and every file of the cache is complete JSON."""
    assert not list(folder.glob("*.txt"))
    assert leftovers(folder) == []
    for path in (folder / "cache").rglob("*.json"):
        assert json.loads(path.read_text())["format"] in (
            "flowlaw-certificate",
            "flowlaw-matrices",
            "flowlaw-formulas",
            "flowlaw-action",
        )


def test_after_an_interrupt_the_next_run_is_right(tmp_path: Path) -> None:
    """Whatever an interrupted run left in the cache is used or recomputed, never trusted half."""
    process = subprocess.Popen(
        command("all", "quasi*", "--workers", "2"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(tmp_path),
        cwd=tmp_path,
        start_new_session=True,
    )
    wait_until(lambda: list(tmp_path.glob("run-*.json")), 20)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 130
    resumed = cli(tmp_path, "all", "quasi*", "--format", "json")
    fresh = cli(tmp_path, "all", "quasi*", "--format", "json", "--fresh")
    assert resumed.code == fresh.code == 0
    assert resumed.json == fresh.json and len(fresh.json) == len(list((ROOT / "proofs" / "certificates").glob("quasi*.json")))


#: claims whose experiment takes for ever, or all the memory
GREEDY = """
import time
from dataclasses import dataclass, replace
from proofs import QUASI_NORM

@dataclass(frozen=True)
class Greedy:
    measures = ("conserved",)
    conclusion: str = "conserved"
    kind: str = "greedy"
    megabytes: int = 0

    def run(self, outcomes, points, request):
        held = bytearray(self.megabytes * 2**20)
        time.sleep(0 if self.megabytes else 600)
        return []

CLAIMS = (
    replace(QUASI_NORM, id="sleeps", experiments=(Greedy(),)),
    replace(QUASI_NORM, id="hoards", experiments=(Greedy(megabytes=3000),)),
)
"""


def test_a_claim_over_its_time_is_undecided(tmp_path: Path) -> None:
    """--seconds kills the child; the claim is an error (4), not a success and not a traceback."""
    mark = f"FLOWLAW_TEST_MARK={tmp_path}"
    extra = plant(tmp_path, "foreign_claims:CLAIMS", GREEDY) | {"FLOWLAW_TEST_MARK": str(tmp_path)}
    run = cli(tmp_path, "all", "sleeps", "--fresh", "--seconds", "2", "--format", "json", seconds=30, **extra)
    (row,) = run.json
    assert run.code == row["exit"] == 4 and row["verdict"] == "UNDECIDED"
    assert "2 s" in row["error"] and "--seconds" in row["error"]
    assert "Traceback" not in run.err and not marked(mark)


def test_a_claim_over_its_memory_is_undecided(tmp_path: Path) -> None:
    extra = plant(tmp_path, "foreign_claims:CLAIMS", GREEDY)
    run = cli(tmp_path, "all", "hoards", "--fresh", "--memory", "1500", "--format", "json", **extra)
    (row,) = run.json
    assert run.code == row["exit"] == 4 and row["verdict"] == "UNDECIDED" and "memory" in row["error"]
    assert "Traceback" not in run.err
    enough = cli(tmp_path, "all", "hoards", "--fresh", "--memory", "6000", "--format", "json", **extra)
    assert enough.code == 0, "with enough memory the same claim is decided: the limit was what stopped it"


def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    """`verify list | head -1`: no traceback, no message about a broken pipe."""
    process = subprocess.Popen(
        command("claim", "*", "--no-numeric", "--format", "json"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
        cwd=tmp_path,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    err = process.stderr.read().decode()
    process.stderr.close()
    process.wait(timeout=60)
    assert "Traceback" not in err and "Exception ignored" not in err, err
