"""A signal at any moment of the command, from its first line to its last: 130, 143 or 129, one
line of text, and no traceback.

The moment is a number of calls, so that it can be drawn: while it imports, reads options, waits for
a child, delivers, cleans up and ends. A second signal may follow at once. Python's own start
is measured instead (``benchmarks/README.md``).
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from fractions import Fraction
from functools import cache
from math import ceil
from pathlib import Path

import pytest

from tests.runner import environment

#: runs the command as the script ``verify`` does, and sends itself signals at the n-th call, and
#: at one a little later
AT = """
import os, signal, sys
n, later, number = map(int, sys.argv[1:4])
sys.argv[:] = ["verify", *sys.argv[4:]]
me, calls, begun = os.getpid(), 0, False
def profile(frame, event, arg):
    global calls, begun
    begun = begun or frame.f_code.co_name == "note_if_command"
    if begun and event in ("call", "c_call") and os.getpid() == me:
        calls += 1
        if calls in (n, later):
            os.kill(me, number)
sys.setprofile(profile)
try:
    from verify.__main__ import main
    main()
finally:
    if not n:
        sys.setprofile(None)
        print(calls, file=sys.__stderr__)
"""
RUNS = ("list quasi-norm", "claim quasi-norm --no-numeric", "--help", "claim nowhere", "new x.py")
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


def run(folder: Path, n: int, later: int, number: int, words: str) -> tuple[int, str, str]:
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", AT, str(n), str(later), str(number), *words.split()],
        env=environment(folder),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, done.stdout, done.stderr


@cache
def length(folder: Path, words: str) -> int:
    """How many calls a run without a signal makes."""
    return int(run(folder, 0, 0, 2, words)[2].split()[-1])


@pytest.mark.parametrize("words", RUNS)
def test_a_signal_at_a_moment(words: str, tmp_path: Path, tail: Fraction) -> None:
    draw = random.Random(f"{words} {tail}")
    calls = length(tmp_path / "whole", words)
    for k in range(ceil(24 * tail)):
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
        code, _out, err = run(tmp_path / str(k), n, later, number, words)
        assert code in (CODES[number], -number), (n, later, number, code, err)
        assert "Traceback" not in err and "ignored" not in err, (n, later, number, err)
        assert "nterrupted" in err or code < 0, (n, later, number, code, err)
