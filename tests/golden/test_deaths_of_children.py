"""A child that dies without a verdict: what its parent says of it, and that it blames memory only
where that is likely.

Kind: whatever dies before its first word (an import without memory, a kill, any code) is told with
``--memory``; what had begun its work and ends by a code of its own is not.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import gettempdir

import pytest

from tests.runner import SECONDS, environment

#: each work of a child, and whether the option belongs into the reason
SCRIPT = """
import json, os, signal, sys
from verify.commands import outcome
from verify.commands.run import carry_out
from verify.process import limits
from verify.process.channel import part, send
from verify.process.limits import Limits

def unsaid(run):  # there was not even memory to say so
    def tell(text):
        raise MemoryError
    outcome.tell = tell
    raise MemoryError

def spoken(work):
    def then(run):
        part("judging")
        return work(run)
    return then

def raising(error):
    def work(run):
        raise error
    return work

def full(work):  # what the system says of the process is planted: its limit is reached
    def then(run):
        limits._nearly_full = lambda: True
        return work(run)
    return then

WORKS = {f"code {n}": lambda run, n=n: os._exit(n) for n in (0, 1, 3, 7, 112)}
KILLS = (signal.SIGKILL, signal.SIGSEGV)
WORKS |= {s.name: lambda run, s=s: os.kill(os.getpid(), s) for s in KILLS}
WORKS |= {"unsaid": unsaid, "said": raising(MemoryError())}
LOST = SystemError("error return without exception set")
WORKS |= {"lost by Python": full(raising(LOST)), "a defect": raising(LOST)}
WORKS |= {f"{name}, spoken": spoken(work) for name, work in WORKS.items()}
for name, work in WORKS.items():
    ran = carry_out(work, Limits(20, 4096))
    print(json.dumps([name, ran.code, ran.reason()]))
"""
OF_MEMORY = {"SIGKILL", "unsaid", "said", "lost by Python", "code 112"}
CODES = {"SIGSEGV": 3, "a defect": 3}


@cache
def said() -> dict[str, tuple[int, str]]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environment(Path(gettempdir())),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    rows = map(json.loads, done.stdout.splitlines())
    return {name: (code, reason) for name, code, reason in rows}


@pytest.mark.parametrize("spoken", [False, True])
@pytest.mark.parametrize(
    "name",
    [*(f"code {n}" for n in (0, 1, 3, 7)), *sorted(OF_MEMORY), "SIGSEGV", "a defect"],
)
def test_memory_is_named_where_it_is_likely(name: str, spoken: bool) -> None:
    code, reason = said()[f"{name}, spoken" if spoken else name]
    assert code == CODES.get(name, 4), reason
    likely = name in OF_MEMORY or (not spoken and name != "a defect")
    assert ("--memory" in reason) == likely, reason
    if name.startswith("code") and not spoken:
        assert "before its first word" in reason
    if name in ("SIGSEGV", "SIGKILL") or (name.startswith("code") and name != "code 112"):
        assert not likely or "perhaps for want of memory" in reason, "nobody knows"
