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
from pathlib import Path

import pytest

from tests.clocked import clocked
from tests.runner import ROOT, SECONDS, cli, environment, plant
from verify.process.limits import LOADING

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
        if self.what == "sleeps": time.sleep(36000)
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
    slow = name in ("sleeps", "computes")
    limits = ("--seconds", "2" if slow else "36000", "--memory", "700")
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
    assert ("--seconds" if slow else "memory") in row["error"] and "Traceback" not in run.err


def test_of_several_claims_only_the_slow_one_is_undecided(tmp_path: Path) -> None:
    """It takes half of what is left; what was decided before and what comes after it is shown."""
    module = (
        GREEDY + "CLAIMS = (replace(QUASI_NORM, id='greedy-a'), *CLAIMS[:1], replace(QUASI_NORM,"
        " id='greedy-z'))\n"
    )
    plant(tmp_path, "foreign_claims:CLAIMS", module)
    words = "claim greedy-* --seconds 20 --format json".split()
    run, took = clocked(tmp_path, *words, "--no-numeric")
    assert run.code == took == 0 and [r["verdict"] for r in run.json] == ["PROVED"] * 3
    run, took = clocked(tmp_path, *words, "--digits", "20")
    assert (
        run.code == 4
        and 10 <= took < 10.1
        and {r["claim"]: r["verdict"] for r in run.json}
        == {
            "greedy-a": "PROVED",
            "greedy-sleeps": "UNDECIDED",
            "greedy-z": "PROVED",
        }
    )
    text, _ = clocked(tmp_path, *"claim greedy-sleeps --seconds 5".split())
    said = "UNDECIDED    no verdict within 5 s: raise --seconds    exit 4"
    assert text.code == 4 and said in text.out


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
        run = cli(tmp_path, "replay", name, "--seconds", "2" if name == "pipe" else "36000")
        assert run.code == code and run.out == "" and run.err and "Traceback" not in run.err, (
            name,
            run,
        )
    done = subprocess.run(
        ["bash", "-c", f"yes | {sys.executable} -m verify replay /dev/stdin"],
        env=environment(tmp_path),
        cwd=tmp_path,
        capture_output=True,
        timeout=SECONDS,
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
    run, took = clocked(
        tmp_path, *"show quasi-norm --latex --seconds 9".split(), slow="verify/judge/"
    )
    assert run.code == 4 and "--seconds" in run.err and 9 <= took < 9.1


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
        command,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
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
                timeout=SECONDS,
            )
            assert (
                done.returncode == code_of
                and ("PROVED" in done.stdout) == (code_of == 0)
                and "Traceback" not in done.stderr
            )


@pytest.mark.parametrize("seconds", [1, 2])
def test_a_file_that_never_ends_is_stopped_when_it_was_asked(seconds: int, tmp_path: Path) -> None:
    """Not after the time that a package may take to load."""
    (tmp_path / "claims_loop.py").write_text("import time, verify\nwhile True: time.sleep(9)\n")
    run, took = clocked(tmp_path, "claim", "claims_loop.py", "--seconds", str(seconds))
    assert run.code == 2 and seconds <= took < seconds + 0.1
    assert f"it takes more than {seconds} s to load: raise --seconds" in run.err


def test_a_file_may_take_as_long_as_was_asked(tmp_path: Path) -> None:
    """Longer than a package."""
    source = f"import time, verify\ntime.sleep({2 * LOADING})\nCLAIMS = 3\n"
    (tmp_path / "claims_slow.py").write_text(source)
    run, took = clocked(tmp_path, "list", "claims_slow.py", "--seconds", str(3 * LOADING))
    assert "CLAIMS is of type int" in run.err and took == 2 * LOADING
