"""Every command that loads claims or certificates has limits of time and memory, stated in its
help; beyond them: UNDECIDED, exit 4.

Kind F9: each command, each way of being slow or large (in Python, in a library, while a file is
read), each format, lower limits of the system, systems that have none.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.runner import ROOT, cli, environment, plant

CERTIFICATE = str(ROOT / "proofs" / "certificates" / "quasi-norm.json")
COMMANDS = ("claim", "show", "explain", "list", "all", "replay", "doctor")

GREEDY = """
import time
from dataclasses import dataclass, replace
from proofs import QUASI_NORM

@dataclass(frozen=True)
class Greedy:
    measures = ("conserved",)
    conclusion: str = "conserved"
    kind: str = "greedy"
    what: str = ""

    def run(self, outcomes, points, request):
        if self.what == "sleeps": time.sleep(600)
        if self.what == "computes": pow(3, 10**9)  # one step of C that no signal interrupts
        if self.what == "hoards": bytearray(3000 * 2**20)
        if self.what == "grows":
            held = []
            while True: held.append("x" * 10**6 + str(len(held)))
        return []

CLAIMS = tuple(
    replace(QUASI_NORM, id="greedy-" + w, experiments=(Greedy(what=w),))
    for w in ("sleeps", "computes", "hoards", "grows")
)
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_the_limits_are_in_the_help(command: str, tmp_path: Path) -> None:
    text = cli(tmp_path, command, "--help").flat
    for option in ("--seconds", "--memory"):
        assert "[default: " in text.split(option, 1)[1][:120], text
    for bad in ("0", "-1", "x", "1.5", ""):
        run = cli(
            tmp_path,
            command,
            *([CERTIFICATE] if command == "replay" else ["quasi-norm"])[: command != "doctor"],
            "--seconds",
            bad,
        )
        assert run.code == 2 and "--seconds" in run.err and run.out == "", bad


@pytest.mark.parametrize("name", ["sleeps", "computes", "hoards", "grows"])
def test_a_claim_beyond_its_limits(name: str, tmp_path: Path) -> None:
    """Undecided with the reason and the option that raises it, in the format and at the place that
    were asked for.
    """
    extra = plant(tmp_path, "foreign_claims:CLAIMS", GREEDY)
    limits = ("--seconds", "2" if name in ("sleeps", "computes") else "60", "--memory", "700")
    began = time.monotonic()
    run = cli(
        tmp_path,
        "claim",
        f"greedy-{name}",
        *limits,
        "--format",
        "json",
        "--output",
        "o.json",
        **extra,
    )
    row = json.loads((tmp_path / "o.json").read_text())
    assert (
        run.code == row["exit"] == 4
        and row["verdict"] == "UNDECIDED"
        and row["claim"] == f"greedy-{name}"
    )
    assert ("--seconds" if limits[1] == "2" else "memory") in row[
        "error"
    ] and "Traceback" not in run.err
    assert time.monotonic() - began < 30


def test_of_several_claims_only_the_slow_one_is_undecided(tmp_path: Path) -> None:
    """It takes half of what is left; what was decided before and what comes after it is shown."""
    module = (
        GREEDY + "CLAIMS = (replace(QUASI_NORM, id='greedy-a'), *CLAIMS[:1], replace(QUASI_NORM,"
        " id='greedy-z'))\n"
    )
    extra = plant(tmp_path, "foreign_claims:CLAIMS", module)
    run = cli(
        tmp_path,
        "claim",
        "greedy-*",
        "--no-numeric",
        "--format",
        "json",
        "--seconds",
        "20",
        **extra,
    )
    assert run.code == 0 and [r["verdict"] for r in run.json] == ["PROVED"] * 3
    run = cli(
        tmp_path,
        "claim",
        "greedy-*",
        "--digits",
        "20",
        "--seconds",
        "10",
        "--format",
        "json",
        **extra,
    )
    assert run.code == 4 and {r["claim"]: r["verdict"] for r in run.json} == {
        "greedy-a": "PROVED",
        "greedy-sleeps": "UNDECIDED",
        "greedy-z": "PROVED",
    }
    text = cli(tmp_path, "claim", "greedy-sleeps", "--seconds", "5", **extra)
    assert (
        text.code == 4
        and "UNDECIDED    no verdict within 5 s: raise --seconds    exit 4" in text.out
    )


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no such devices")
def test_replay_reads_with_a_bound(tmp_path: Path) -> None:
    """Devices, endless links and folders are refused at once, a pipe is waited for but not for
    ever, a huge file is not taken in.
    """
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "endless").symlink_to("/dev/zero")
    (tmp_path / "itself").symlink_to("itself")
    os.truncate(os.open(tmp_path / "huge", os.O_CREAT | os.O_WRONLY), 2**40)
    for name, code in (
        ("endless", 2),
        ("/dev/tty", 2),
        ("/dev/urandom", 2),
        ("itself", 2),
        (".", 2),
        ("nowhere", 2),
        ("huge", 1),
        ("pipe", 4),
    ):
        began = time.monotonic()
        run = cli(tmp_path, "replay", name, "--seconds", "2")
        assert run.code == code and run.out == "" and run.err and "Traceback" not in run.err, (
            name,
            run,
        )
        assert time.monotonic() - began < 10, name
    done = subprocess.run(
        ["bash", "-c", f"yes | {sys.executable} -m verify replay /dev/stdin"],
        env=environment(tmp_path),
        cwd=tmp_path,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode in (1, 2) and b"Traceback" not in done.stderr


def test_every_command_is_limited(tmp_path: Path) -> None:
    for arguments in (("replay", CERTIFICATE), ("doctor",), ("explain", "quasi-norm"), ("list",)):
        run = cli(tmp_path, *arguments, "--memory", "25")
        assert (
            run.code == 4
            and "memory" in run.err
            and "UNDECIDED" in run.err
            and "Traceback" not in run.err
        ), (arguments, run)
    run = cli(tmp_path, "show", "razin-cohen-2x2", "--latex", "--seconds", "1")
    assert run.code == 4 and "--seconds" in run.err


LIMIT = """
import resource, sys
from verify.process.limits import limit_memory
soft, hard = map(int, sys.argv[1:3])
resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
limit_memory(int(sys.argv[3]))
print(*resource.getrlimit(resource.RLIMIT_AS))
"""


@pytest.mark.parametrize(
    ("soft", "hard", "ours", "found"),
    [
        (-1, -1, 2000, 2000),
        (500, 1000, 2000, 500),
        (900, 1000, 700, 700),
        (500, -1, 2000, 500),
        (-1, -1, 700, 700),
    ],
)
def test_limits_are_only_lowered(
    soft: int, hard: int, ours: int, found: int, tmp_path: Path
) -> None:
    """In MiB; -1 is none."""
    given = [str(x if x < 0 else x * 2**20) for x in (soft, hard)]
    command = [sys.executable, "-c", LIMIT, *given, str(ours)]
    done = subprocess.run(
        command, env=environment(tmp_path), capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout.split() == [str(found * 2**20)] * 2


def test_systems_without_limits_or_processes(tmp_path: Path) -> None:
    """No module ``resource``, no fork: the same verdict without limits."""
    code = (
        "import os, sys\nsys.modules['resource'] = None\n{}from verify.commands.cli import"
        " run\nsys.exit(run(sys.argv[1:]))"
    )
    for more in ("", "del os.fork\n"):
        for arguments, code_of in (
            (("claim", "quasi-norm", "--no-numeric"), 0),
            (("replay", CERTIFICATE), 0),
            (("show", "nowhere"), 2),
        ):
            done = subprocess.run(
                [sys.executable, "-c", code.format(more), *arguments],
                env=environment(tmp_path),
                cwd=tmp_path,
                capture_output=True,
                text=True,
                timeout=60,
            )
            assert (
                done.returncode == code_of
                and ("PROVED" in done.stdout) == (code_of == 0)
                and "Traceback" not in done.stderr
            )


@pytest.mark.parametrize("seconds", ["1", "2"])
def test_a_file_that_never_ends_is_stopped_when_it_was_asked(seconds: str, tmp_path: Path) -> None:
    """Not after the time that a package may take to load."""
    (tmp_path / "claims_loop.py").write_text("import verify\nwhile True: pass\n")
    run = cli(tmp_path, "claim", "claims_loop.py", "--seconds", seconds, seconds=15)
    assert run.code == 2 and f"it takes more than {seconds} s to load: raise --seconds" in run.err


def test_a_file_may_take_as_long_as_was_asked(tmp_path: Path) -> None:
    """Longer than a package: here its limit is a second."""
    (tmp_path / "claims_slow.py").write_text("import time, verify\ntime.sleep(2)\nCLAIMS = 3\n")
    command = "from verify.commands.cli import run; sys.exit(run(sys.argv[1:]))"
    patient = f"import sys, verify.process.limits; verify.process.limits.LOADING = 1; {command}"
    words = [sys.executable, "-c", patient, "list", "claims_slow.py", "--seconds", "30"]
    run = subprocess.run(
        words,
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "CLAIMS is of type int" in run.stderr, run.stderr
