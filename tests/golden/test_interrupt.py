"""Ctrl-C, a time limit and a memory limit: no child is left, nothing is half written, and the exit
code says so.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.runner import SECONDS, cli, command, environment, leftovers, plant

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="children are counted through /proc"
)


def marked(mark: str) -> list[int]:
    """Processes that carry a mark of this test in their environment, however they were detached;
    zombies are none.
    """
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


def wait_until(condition) -> bool:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return bool(condition())


FOR_EVER = ("--seconds", "36000", "--output", "one.txt")
#: (arguments, children that must be running before the signal is sent); the last ones never end
LONG = {
    "all": (("all", "--fresh", "--workers", "3", "--output", "all.txt"), 3),
    "all, one worker": (("all", "--fresh", "--workers", "1", "--output", "all.txt"), 1),
    "claim": (("claim", "quasi-norm", "--digits", "1000", "--output", "one.txt"), 1),
    "a file": (("claim", "claims_long.py", *FOR_EVER), 1),
    "a file that computes in C": (("claim", "claims_large.py", *FOR_EVER), 1),
}
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


def started(
    arguments: tuple[str, ...], folder: Path, script: str = "", **extra: str
) -> subprocess.Popen[str]:
    env = environment(folder / "cache", {"FLOWLAW_TEST_MARK": str(folder), **extra})
    run = [sys.executable, "-c", script, *arguments] if script else command(*arguments)
    return subprocess.Popen(
        run,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=env,
        cwd=folder,
        start_new_session=True,
    )


def cleared(mark: str) -> None:
    """What a failed test left behind must not disturb the next one."""
    for pid in marked(mark):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


@pytest.mark.parametrize("number", CODES, ids=lambda n: n.name)
@pytest.mark.parametrize("name", LONG)
def test_an_interrupt(name: str, number: signal.Signals, tmp_path: Path) -> None:
    """A signal reaches the leader only, as from a supervisor or a container: it must end its
    children itself, whatever they do.
    """
    arguments, children = LONG[name]
    (tmp_path / "claims_long.py").write_text("import verify\nwhile True: pass\n")
    (tmp_path / "claims_large.py").write_text("import verify\npow(3, 10**10)\n")
    mark = f"FLOWLAW_TEST_MARK={tmp_path}"
    process = started(arguments, tmp_path)
    try:
        assert wait_until(lambda: len(marked(mark)) >= 1 + children), "it never came to run"
        time.sleep(0.4)
        assert process.poll() is None, "it ended before it could be interrupted"
        os.kill(process.pid, number)
        out, err = process.communicate(timeout=SECONDS)
        assert process.returncode == CODES[number], err
        assert "interrupted" in err and "Traceback" not in err and out == ""
        assert wait_until(lambda: not marked(mark)), f"left behind: {marked(mark)}"
    finally:
        cleared(mark)
    whole(tmp_path)


#: a claims file that cannot be asked to end
DEAF = """
import signal, subprocess, sys, time
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
while True:
    try:
        time.sleep(3600)
    except BaseException:
        pass
"""


@pytest.mark.parametrize("what", ["once", "twice", "killed", "stopped first"])
def test_claims_that_do_not_want_to_end(what: str, tmp_path: Path) -> None:
    """Deaf to signals and with a child of their own; also where the parent itself is killed and can
    end nobody.
    """
    (tmp_path / "claims_deaf.py").write_text(DEAF)
    mark = f"FLOWLAW_TEST_MARK={tmp_path}"
    process = started(("claim", "./claims_deaf.py"), tmp_path)
    try:
        assert wait_until(lambda: len(marked(mark)) >= 3), "it never came to run"
        time.sleep(0.2)
        if what == "stopped first":
            for pid in marked(mark):
                if pid != process.pid:
                    os.kill(pid, signal.SIGSTOP)
        os.kill(process.pid, signal.SIGKILL if what == "killed" else signal.SIGTERM)
        if what == "twice":
            time.sleep(0.1)
            os.kill(process.pid, signal.SIGTERM)
        assert wait_until(lambda: not marked(mark)), f"left behind: {marked(mark)}"
        process.communicate(timeout=SECONDS)
        assert process.returncode == (-signal.SIGKILL if what == "killed" else 143)
    finally:
        cleared(mark)


#: is told to end where Python swallows it: in a destructor, as in callbacks of an import
SWALLOWS = """
import os, signal, time
class Dies:
    def __del__(self):
        os.kill(os.getppid(), signal.SIGTERM)
        time.sleep(3600)
Dies()
time.sleep(3600)
"""


def test_an_interrupt_that_python_swallows(tmp_path: Path) -> None:
    (tmp_path / "claims_swallows.py").write_text(SWALLOWS)
    run = cli(tmp_path, "claim", "claims_swallows.py", *FOR_EVER)
    assert (run.code, run.err) == (143, "verify: interrupted (SIGTERM)\n")


#: leaves its session and its parent, and lives on
ESCAPES = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 64)
        time.sleep(3600)
    os._exit(0)
"""


@pytest.mark.skipif(
    sys.platform != "linux", reason="the kernel of Linux hands orphans to the command"
)
@pytest.mark.parametrize("then", ["time.sleep(3600)", "pass", "os._exit(0)"])
def test_what_leaves_its_session_is_ended_with_the_command(then: str, tmp_path: Path) -> None:
    """After a signal, after a verdict and after a crash."""
    (tmp_path / "claims_deaf.py").write_text(f"{ESCAPES}{then}\n")
    mark = f"FLOWLAW_TEST_MARK={tmp_path}"
    process = started(("claim", "./claims_deaf.py"), tmp_path)
    try:
        if "sleep" in then:
            assert wait_until(lambda: len(marked(mark)) >= 3), "it never came to run"
            process.terminate()
        process.communicate(timeout=SECONDS)
        assert process.returncode == (143 if "sleep" in then else 2)
        assert wait_until(lambda: not marked(mark)), f"left behind: {marked(mark)}"
    finally:
        cleared(mark)


OURS = (
    "import os, sys; os.write(2, b'.'); sys.argv[0] = 'verify'; from verify.__main__ import main;"
    " main()"
)


@pytest.mark.parametrize("wait", [0.0, 0.01, 0.03, 0.06, 0.1, 0.2])
def test_a_signal_while_it_starts(wait: float, tmp_path: Path) -> None:
    """Whatever it was importing: no child is left, and it is said in one line, without a traceback.

    Before our first line has run Python itself ends by the signal (a negative code), in its own
    words.
    """
    mark = f"FLOWLAW_TEST_MARK={tmp_path}"
    process = started(("claim", "quasi-norm", "--digits", "1000"), tmp_path, script=OURS)
    try:
        assert process.stderr is not None and process.stderr.read(1) == "."
        time.sleep(wait)
        os.kill(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=SECONDS)
        assert process.returncode in (130, -signal.SIGINT), err
        assert process.returncode < 0 or err == "verify: interrupted\n", err
        assert wait_until(lambda: not marked(mark)), f"left behind: {marked(mark)}"
    finally:
        cleared(mark)


#: claims that are decided at once, and a last one that waits for ever where the environment says so
WAITS = """
import os, time
from dataclasses import dataclass, replace
from proofs import QUASI_NORM

@dataclass(frozen=True)
class Waits:
    measures = ("conserved",)
    conclusion: str = "conserved"
    kind: str = "waits"

    def run(self, outcomes, points, request):
        if "WAITS" in os.environ:
            open("begun", "w").close()
            time.sleep(3600)
        return []

QUICK = tuple(replace(QUASI_NORM, id=f"quick-{n}", experiments=()) for n in (1, 2, 3, 4))
CLAIMS = (*QUICK, replace(QUASI_NORM, id="quick-9-waits", experiments=(Waits(),)))
"""


def test_what_was_decided_before_an_interrupt_is_not_lost(tmp_path: Path) -> None:
    """The rows so far are shown on stderr (stdout stays for whole results), and their certificates
    are kept for the next run.
    """
    extra = plant(tmp_path, "foreign_claims:CLAIMS", WAITS)
    process = started(("all", "quick*", "--workers", "2"), tmp_path, **extra, WAITS="1")
    assert process.stderr is not None
    for _ in range(3):
        assert "PROVED" in process.stderr.readline()
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 143 and out == ""
    shown = [line for line in err.splitlines() if line.startswith("ok  quick")]
    assert len(shown) >= 3 and f"{len(shown)} of 5 claims decided" in err
    again = cli(tmp_path / "cache", "all", "quick*", cwd=tmp_path, **extra)
    assert (
        again.code == 0
        and err.count("(resumed)") == 0
        and again.err.count("(resumed)") >= len(shown)
    )


def test_an_interrupt_before_anything_is_decided(tmp_path: Path) -> None:
    """No table without rows: nothing was decided, and it is said so."""
    extra = plant(tmp_path, "foreign_claims:CLAIMS", WAITS)
    process = started(("all", "quick-9*"), tmp_path, **extra, WAITS="1")
    mark = f"FLOWLAW_TEST_MARK={tmp_path}"
    try:
        assert wait_until((tmp_path / "begun").exists), "it never came to run"
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=SECONDS)
    finally:
        cleared(mark)
    assert process.returncode == 143 and out == "" and "as expected" not in err
    assert "verify: nothing was decided of 1 claim\n" in err, err
    assert "resumes" not in err


def whole(folder: Path) -> None:
    """No result, no temporary file, and every file of the cache is complete JSON."""
    assert not list(folder.glob("*.txt"))
    assert leftovers(folder) == []
    for path in (folder / "cache").rglob("*.json"):
        data = json.loads(path.read_text())
        if path.name.startswith("kernel-"):  # by conclusion, what the kernel has read beside it
            assert all(json.loads(x)["format"] == "flowlaw-certificate" for x in data.values())
            continue
        assert data["format"] in (
            "flowlaw-certificate",
            "flowlaw-matrices",
            "flowlaw-action",
        )


def test_after_an_interrupt_the_next_run_is_right(tmp_path: Path) -> None:
    """Whatever an interrupted run left in the cache is used or recomputed, never trusted half."""
    extra = plant(tmp_path, "foreign_claims:CLAIMS", WAITS)
    process = subprocess.Popen(
        command("all", "quick*", "--workers", "2"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(tmp_path, extra | {"WAITS": "1"}),
        cwd=tmp_path,
        start_new_session=True,
    )
    assert wait_until(lambda: list(tmp_path.glob("run-*.json")))
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=SECONDS) == 130
    resumed = cli(tmp_path, "all", "quick*", "--format", "json", **extra)
    fresh = cli(tmp_path, "all", "quick*", "--format", "json", "--fresh", **extra)
    assert resumed.code == fresh.code == 0
    assert resumed.json == fresh.json and len(fresh.json) == 5


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
        time.sleep(0 if self.megabytes else 3600)
        return []

CLAIMS = (
    replace(QUASI_NORM, id="sleeps", experiments=(Greedy(),)),
    replace(QUASI_NORM, id="hoards", experiments=(Greedy(megabytes=1600),)),
)
"""


def test_a_claim_over_its_time_is_undecided(tmp_path: Path) -> None:
    """--seconds kills the child; the claim is an error (4), not a success and not a traceback."""
    mark = f"FLOWLAW_TEST_MARK={tmp_path}"
    extra = plant(tmp_path, "foreign_claims:CLAIMS", GREEDY) | {"FLOWLAW_TEST_MARK": str(tmp_path)}
    run = cli(
        tmp_path,
        "all",
        "sleeps",
        "--fresh",
        "--seconds",
        "2",
        "--format",
        "json",
        **extra,
    )
    (row,) = run.json
    assert run.code == row["exit"] == 4 and row["verdict"] == "UNDECIDED"
    assert "2 s" in row["error"] and "--seconds" in row["error"]
    assert "Traceback" not in run.err and not marked(mark)


def test_a_claim_over_its_memory_is_undecided(tmp_path: Path) -> None:
    extra = plant(tmp_path, "foreign_claims:CLAIMS", GREEDY)
    run = cli(tmp_path, "all", "hoards", "--fresh", "--memory", "1500", "--format", "json", **extra)
    (row,) = run.json
    assert (
        run.code == row["exit"] == 4 and row["verdict"] == "UNDECIDED" and "memory" in row["error"]
    )
    assert "Traceback" not in run.err
    enough = cli(
        tmp_path, "all", "hoards", "--fresh", "--memory", "6000", "--format", "json", **extra
    )
    assert enough.code == 0, (
        "with enough memory the same claim is decided: the limit was what stopped it"
    )


def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    """`verify list | head -1`: no traceback, no message about a broken pipe."""
    process = subprocess.Popen(
        command("claim", "lda-e*", "--no-numeric", "--format", "json"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
        cwd=tmp_path,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    err = process.stderr.read().decode()
    process.stderr.close()
    process.wait(timeout=SECONDS)
    assert "Traceback" not in err and "Exception ignored" not in err, err
