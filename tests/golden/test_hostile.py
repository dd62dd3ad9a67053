"""Places where a command is started that are not a developer's terminal: the verdict is the same,
or it is said why there is none.

Kind F6: every way in which standard streams can be closed, full or unread, for results, messages
and help; the result is told on the stream that is left. An undelivered result is never 0 and never
1: it is 4 where nobody listens and 2 where a device refuses, as for ``--output``. Kind of
environments: variables, locales, limits of the system, a working directory that is gone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.runner import SECONDS, environment

PROVED = "claim quasi-norm --no-numeric"
REFUTED = PROVED + " --without balance"
FULL = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")


def shell(folder: Path, line: str, **extra: str | None) -> subprocess.CompletedProcess[bytes]:
    """A line of sh in which $V is the command; a variable that is None is unset."""
    env = environment(folder / "cache", {"V": f"{sys.executable} -m verify"})
    env = {k: v for k, v in (env | extra).items() if v is not None}
    return subprocess.run(
        ["bash", "-c", line], env=env, cwd=folder, capture_output=True, timeout=SECONDS, check=False
    )


#: redirections -> exit code of a proof, of a refutation; what is told and where
STREAMS: dict[str, tuple[str, int, int, str]] = {
    "stdout closed": (">&-", 4, 4, "err"),
    "stderr closed": ("2>&-", 0, 1, "out"),
    "both closed": (">&- 2>&-", 4, 4, ""),
    "stdin closed": ("<&-", 0, 1, "out"),
    "all closed": ("<&- >&- 2>&-", 4, 4, ""),
    "stdout full": (">/dev/full", 2, 2, "err"),
    "stderr full": ("2>/dev/full", 0, 1, "out"),
    "both full": (">/dev/full 2>/dev/full", 2, 2, ""),
    "stdout closed, stderr full": (">&- 2>/dev/full", 4, 4, ""),
    "stdout unread": ("| true", 4, 4, "err"),
    "both unread": ("2>&1 | true", 4, 4, ""),
    "stdout read-only": ("1</dev/null", 4, 4, "err"),
}


@FULL
@pytest.mark.parametrize("name", STREAMS)
def test_streams(name: str, tmp_path: Path) -> None:
    """Right code, no traceback, and the verdict on the stream that is left; Python's own streams
    are unbuffered in many containers.
    """
    where, proved, refuted, told = STREAMS[name]
    proof, refutation = (
        (PROVED, proved, b"PROVED", None),
        (REFUTED + " --format json", refuted, b"REFUTED", "1"),
    )
    for arguments, code, verdict, unbuffered in (proof, refutation):
        run = shell(
            tmp_path,
            f"$V {arguments} {where}; exit ${{PIPESTATUS[0]}}",
            PYTHONUNBUFFERED=unbuffered,
        )
        assert run.returncode == code, (run.returncode, run.stderr)
        said = {"out": run.stdout, "err": run.stderr, "": verdict}[told]
        assert (
            verdict in said
            and b"Traceback" not in run.stdout + run.stderr
            and b"Exception ignored" not in run.stderr
        )
        assert told != "out" or run.stderr == b""


@FULL
@pytest.mark.parametrize(
    "arguments",
    [
        "--help",
        "claim --help",
        "--version",
        "list",
        "claim nowhere",
        "claim --nothing",
        "nothing",
        "",
    ],
)
def test_what_is_not_a_verdict_ends_quietly_as_well(arguments: str, tmp_path: Path) -> None:
    """Help and lists are results, too; bad input stays bad input when nobody reads the message."""
    help_or_list = "help" in arguments or arguments in ("list", "--version")
    for where, code in (
        (">&-", 4),
        (">/dev/full", 2),
        ("| true", 4),
        (">&- 2>&-", 4),
        (">/dev/full 2>/dev/full", 2),
    ):
        run = shell(tmp_path, f"$V {arguments} {where}; exit ${{PIPESTATUS[0]}}")
        assert run.returncode == (code if help_or_list else 2), (where, run)
        assert b"Traceback" not in run.stderr and b"Exception ignored" not in run.stderr


PLACES: dict[str, tuple[str, dict[str, str | None]]] = {
    "no home": ("$V {}", {"HOME": None, "FLOWLAW_CACHE": None, "XDG_CACHE_HOME": None}),
    "a home that is no place": (
        "$V {}",
        {"HOME": "/dev/null/x", "FLOWLAW_CACHE": None, "XDG_CACHE_HOME": None},
    ),
    "a relative home": ("$V {}", {"HOME": "here", "FLOWLAW_CACHE": None, "XDG_CACHE_HOME": None}),
    "a dumb terminal": ("$V {}", {"TERM": "dumb", "COLUMNS": "1"}),
    "no columns": ("$V {}", {"COLUMNS": "0", "LINES": "0"}),
    "many columns": ("$V {}", {"COLUMNS": "99999"}),
    "ASCII": ("$V {}", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "ASCII streams": ("$V {}", {"PYTHONIOENCODING": "ascii"}),
    "an unknown locale": ("$V {}", {"LC_ALL": "xx_XX.nothing", "LANG": "nothing"}),
    "warnings are errors": ("$V {}", {"PYTHONWARNINGS": "error"}),
    "no asserts, no docstrings": ("$V {}", {"PYTHONOPTIMIZE": "2"}),
    "development mode": ("$V {}", {"PYTHONDEVMODE": "1", "PYTHONWARNINGS": "ignore"}),
    "no temporary folder": ("$V {}", {"TMPDIR": "/nowhere", "TEMP": "/nowhere", "TMP": "/nowhere"}),
    "a working directory that is gone": ("mkdir gone; cd gone; rmdir ../gone; $V {}", {}),
    "few descriptors": ("ulimit -n 16; $V {}", {}),
    "no files": ("ulimit -f 0; $V {}", {}),
    "no core, small stack": ("ulimit -c 0; ulimit -s 1024; $V {}", {}),
    "little address space": ("ulimit -v 500000; $V {}", {}),
    "a lower hard limit than ours": ("ulimit -H -v 2000000; $V {}", {}),
    "interrupts ignored": ("trap '' INT TERM HUP; $V {}", {}),
    "no colour": ("$V {}", {"NO_COLOR": "1", "FORCE_COLOR": None}),
}
WITH_ALL = (
    "no home",
    "ASCII",
    "warnings are errors",
    "a working directory that is gone",
    "few descriptors",
    "interrupts ignored",
)


@pytest.mark.parametrize("name", PLACES)
def test_places(name: str, tmp_path: Path) -> None:
    """A refutation, whose certificate would go to the cache; codes and facts are the usual ones."""
    line, extra = PLACES[name]
    run = shell(tmp_path, line.format(REFUTED + " --format json"), **extra)
    assert run.returncode == 1, run.stderr
    assert json.loads(run.stdout)["verdict"] == "REFUTED"
    assert b"Traceback" not in run.stderr and b"rror" not in run.stderr
    if name in WITH_ALL:
        run = shell(
            tmp_path,
            line.format("all quasi-norm --workers 3")
            + " && $V list quasi-norm && $V show quasi-norm",
            **extra,
        )
        assert run.returncode == 0 and b"1 of 1 as expected: 1 PROVED" in run.stdout, run.stderr
    assert not (tmp_path / "~").exists(), "a home that nobody knows is not a folder of that name"


@pytest.mark.parametrize("limit", (45_000, 60_000, 80_000, 100_000))
def test_no_memory_at_all_is_undecided(limit: int, tmp_path: Path) -> None:
    """Whether Python says MemoryError, the loader cannot map a library, or the process is killed:
    4, or 0 where it is enough.
    """
    run = shell(tmp_path, f"ulimit -v {limit}; $V claim dln-regflow --no-numeric --format json")
    if b"Fatal Python error" in run.stderr or not run.stderr + run.stdout:
        return  # not even Python starts
    assert run.returncode in (0, 4), (limit, run.stderr)
    assert run.returncode == 0 or (
        json.loads(run.stdout)["verdict"] == "UNDECIDED" and b"emory" in run.stdout + run.stderr
    )
    assert b"Traceback" not in run.stderr


def test_text_reaches_a_terminal_that_is_one_column_wide(tmp_path: Path) -> None:
    """On a terminal COLUMNS counts; whatever it says, lines stay between 40 and 400 columns and the
    command ends.
    """
    pty = pytest.importorskip("pty")
    for columns in ("0", "1", "99999"):
        leader, follower = pty.openpty()
        env = environment(tmp_path, {"COLUMNS": columns, "TERM": "xterm"})
        process = subprocess.Popen(
            [sys.executable, "-m", "verify", *PROVED.split()],
            stdout=follower,
            stderr=follower,
            env=env,
            cwd=tmp_path,
        )
        os.close(follower)
        text = b""
        while more := _read(leader):
            text += more
        os.close(leader)
        assert process.wait(timeout=SECONDS) == 0 and b"PROVED" in text and b"Traceback" not in text


def _read(number: int) -> bytes:
    try:
        return os.read(number, 4096)
    except OSError:  # Linux says so when the last writer has closed
        return b""


def test_the_parent_stays_small(tmp_path: Path) -> None:
    """Its peak is below 64 MB although its child holds more than 300 MB and prints without
    measure.
    """
    if not Path("/proc/self/status").exists():
        pytest.skip("no /proc here: the peak of a process is not to be had")
    module = tmp_path / "claims_big.py"
    module.write_text(
        "import sys\nheld = bytearray(300 * 2**20)\nfor _ in range(2000): print('x' * 2**16)\nfrom"
        " dataclasses import replace\nfrom proofs import QUASI_NORM\nCLAIMS = (replace(QUASI_NORM,"
        " id='big'),)\n"
    )
    code = (  # ru_maxrss of oneself is handed down by whoever forked; the peak of this image is not
        "import re, resource, sys\nfrom verify.commands.cli import run\nrun(sys.argv[1:])\n"
        "print(re.search(r'VmHWM:\\s*(\\d+)', open('/proc/self/status').read())[1],"
        " resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    arguments = ["claim", "./claims_big.py", "--no-numeric"]
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment(tmp_path),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    own, child = map(int, run.stdout.split("\n")[-2].split())
    assert "PROVED" in run.stdout and len(run.stderr) < 80_000
    assert own < 64 * 1024 < 300 * 1024 < child
