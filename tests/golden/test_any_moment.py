"""A signal at any moment of the command, from its first line to its last: 130, 143 or 129, one
line of text, and no traceback.

The moment is a number of calls, so that it can be drawn: while it imports, reads options, waits for
a child, delivers, cleans up and ends. A second signal may follow at once. Python's own start
is measured instead (``benchmarks/README.md``).
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from fractions import Fraction
from functools import cache
from math import ceil
from pathlib import Path

import pytest

from tests.runner import ROOT, SECONDS, environment

#: before anything of ours: at the n-th call, and at one a little later, it sends itself a signal;
#: or at the first call in a file of such a name
SITE = """
import atexit, os, signal, sys
n, later, number, file = os.environ.get("FLOWLAW_TEST_AT", "-1 0 0 none").split()
n, later, number = int(n), int(later), int(number)
me, calls, begun = os.getpid(), 0, False
def profile(frame, event, arg):
    global calls, begun
    begun = begun or frame.f_code.co_name == "note_if_command"
    if begun and event in ("call", "c_call") and os.getpid() == me:
        calls += 1
        if calls in (n, later) or file in frame.f_code.co_filename:
            if file != "none":
                sys.setprofile(None)
            os.kill(me, number)
def said():
    sys.setprofile(None)
    if os.getpid() == me and file == "none" and (n == 0 or calls < n):
        print(calls, "calls", file=sys.__stderr__)
atexit.register(said)
if n >= 0:
    sys.setprofile(profile)
"""
SCRIPT = "import sys; sys.argv[0] = 'verify'; from verify.__main__ import main; main()"
STARTS = {
    "script": [str(Path(sys.executable).with_name("verify"))],
    "module": [sys.executable, "-m", "verify"],
    "code": [sys.executable, "-c", SCRIPT],
}
RUNS = ("list quasi-norm", "claim quasi-norm --no-numeric", "--help", "claim nowhere", "new x.py")
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


def run(folder: Path, start: str, at: str, words: str) -> tuple[int, str]:
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(SITE)
    begin = STARTS[start] if Path(STARTS[start][0]).exists() else STARTS["code"]
    paths = {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "FLOWLAW_TEST_AT": at}
    done = subprocess.run(
        [*begin, *words.split()],
        env=environment(folder, paths),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, done.stderr


@cache
def length(folder: Path, start: str, words: str) -> int:
    """How many calls a run without a signal makes."""
    return int(run(folder, start, "0 0 2 none", words)[1].split()[-2])


@pytest.mark.parametrize("words", RUNS)
def test_a_signal_at_a_moment(words: str, tmp_path: Path, tail: Fraction) -> None:
    draw = random.Random(f"{words} {tail}")
    starts = [*STARTS] if tail == 1 else draw.sample([*STARTS], 1)
    for k in range(ceil(24 * tail)):
        start = draw.choice(starts)
        calls = length(tmp_path / "whole", start, words)
        # the first and the last thousand calls are as likely as all between
        n = draw.choice(
            (
                draw.randint(1, 1000),
                draw.randint(calls - 1000, calls - 1),
                draw.randint(1, calls - 1),
            )
        )
        later = n + draw.choice((0, 1, 5, 50, 1000))
        number = draw.choice(list(CODES))
        code, err = run(tmp_path / str(k), start, f"{n} {later} {number} none", words)
        if err.endswith(" calls\n"):  # a run is never as long as another, to the last call
            assert calls // 2 < int(err.split()[-2]) < n, (start, n, err)
            continue
        assert code in (CODES[number], -number), (start, n, later, number, code, err)
        assert "Traceback" not in err and "ignored" not in err, (start, n, later, number, err)
        assert "nterrupted" in err or code < 0, (start, n, later, number, code, err)


@pytest.mark.parametrize("start", STARTS)
def test_a_signal_while_the_last_thing_is_imported_before_children(
    start: str, tmp_path: Path
) -> None:
    """It was noted, after the last checkpoint of the parent, and found when the child had ended:
    20 s later, or never.
    """
    (tmp_path / "claims_long.py").write_text("import verify\nwhile True: pass\n")
    code, err = run(tmp_path, start, "0 0 2 ctypes", "claim claims_long.py --seconds 36000")
    assert (code, err) == (130, "verify: interrupted\n")


SWALLOWED = """
import os, signal, sys
sys.argv[0] = "verify"
from verify.__main__ import main
import verify.commands.cli as cli
def swallows(*_):
    sys.unraisablehook = print
    class Dies:
        def __del__(self):
            os.kill(os.getpid(), signal.SIGINT)
            len([])
    Dies()
    return before(sys.argv[1:])
before, cli.run = cli.run, swallows
main()
"""


@pytest.mark.parametrize("words", ["claim quasi-norm --digits 1000", "--help"])
def test_what_was_thrown_into_a_callback_is_thrown_again(words: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SWALLOWED, *words.split()],
        env=environment(tmp_path),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert "Stopped('SIGINT')" in done.stdout and "__del__" in done.stdout
    assert (done.returncode, done.stderr) == (130, "verify: interrupted\n")
    assert "Usage" not in done.stdout
