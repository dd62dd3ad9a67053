"""One child as its parent sees it: what it has sent and printed, with a bound on everything, and
how it ended.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from verify.process.deliver import say
from verify.process.limits import LOADING, MEMORY_WORDS, STARVED, Limits

PHASES = ("loading", "reading", "reading one of several", "claim", "part", "others")
MOST_SENT, MOST_NOISE, TAIL = 64 * 2**20, 2**16, 2000


@dataclass(eq=False)
class Child:
    """One process and what it has sent; ``code`` is known only if it came to its end by itself."""

    pid: int
    limits: Limits
    result: int
    noise: int
    alive: int
    mark: bytes
    relayed: bool
    others: bool = False  # wait for what this one leaves of the time
    loading: str = ""
    part: str = "the start"  # what is going on
    granted: float = 0.0  # seconds for it
    deadline: float = 0.0
    claim: dict[str, Any] = field(default_factory=dict)
    code: int | None = None
    why: str = ""
    records: list[tuple[str, Any]] = field(default_factory=list)
    pending: bytes = b""
    sent: int = 0
    printed: int = 0
    tail: bytes = b""
    noise_open: bool = True

    def __post_init__(self) -> None:
        self.grant(self.limits.left())

    def grant(self, seconds: float) -> None:
        """So long for what begins now, and never longer than the command has."""
        self.granted = max(0.0, min(seconds, self.limits.left()))
        self.deadline = time.monotonic() + self.granted

    def _share(self, most: float, others: bool) -> None:
        """Half of what is left where others wait."""
        left = self.limits.left()
        self.grant(min(most, left / 2 if others else left))

    def ends(self) -> tuple[int, int, int]:
        """Our ends of its pipes."""
        return self.result, self.noise, self.alive

    def read(self) -> bool:
        """Take in what it has sent; False at the end of the pipe, or where it broke the rules."""
        try:
            data = os.read(self.result, 2**16)
        except BlockingIOError:
            return True
        self.sent += len(data)
        *lines, self.pending = (self.pending + data).split(b"\n")
        if self.sent > MOST_SENT:
            self.why = f"it sent more than {MOST_SENT // 2**20} MiB"
            return False
        return all(self._take(line) for line in lines) and bool(data)

    def _take(self, line: bytes) -> bool:
        try:
            if not line.startswith(self.mark):
                raise ValueError
            kind, value = json.loads(line[len(self.mark) :])
        except (ValueError, TypeError, RecursionError):
            self.why = "something else than results was written where results go"
            return False
        if kind in PHASES:
            self._begins(kind, value)
        elif kind == "end":
            self.code = value
        else:
            self.records.append((kind, value))
        return True

    def _begins(self, kind: str, value: Any) -> None:
        if kind == "others":
            self.others = bool(value)
        elif kind == "part":
            self.part = str(value)
        elif kind == "claim":
            self.claim = value
            self._share(self.limits.seconds, self.others)
        elif not value:
            self.loading, self.part = "", f"after {self.part}"
            self.grant(self.limits.left())
        else:
            self.loading, self.part = value, f"{kind.split()[0]} {value}"
            whole = LOADING if kind == "loading" else self.limits.reading
            self._share(whole, kind == "reading one of several")

    def listen(self) -> None:
        """What its claims print: kept to a bound, the rest is thrown away."""
        try:
            data = os.read(self.noise, 2**16)
        except BlockingIOError:
            return
        self.noise_open = bool(data)
        if self.relayed and self.printed < MOST_NOISE:
            relay(data[: MOST_NOISE - self.printed])
            if self.printed + len(data) >= MOST_NOISE:
                say("\nverify: what claims print is not shown any further")
        self.printed += len(data)
        self.tail = (self.tail + data)[-TAIL:]

    def drain(self) -> None:
        """The rest of what it printed, after its end."""
        before = -1
        while self.noise_open and before < self.printed < 16 * MOST_NOISE:
            before = self.printed
            self.listen()

    def last_words(self) -> str:
        lines = self.tail.decode("utf-8", "replace").strip().splitlines()
        return f": {lines[-1][:200]}" if lines else ""


def relay(data: bytes) -> None:
    """To standard error, as long as it takes something at once."""
    if sys.stderr is None:
        return
    try:
        number = sys.stderr.fileno()
        if select.select([], [number], [], 0)[1]:
            os.write(number, data[:4096])
            if data[4096:]:
                relay(data[4096:])
    except (OSError, ValueError):
        pass


def late(c: Child) -> str:
    """Why a child is ended at its deadline, and what is raised where that can help."""
    spent = c.limits.left() <= 0
    seconds = f"{c.limits.seconds if spent else round(c.granted, 1):g} s"
    reading = c.part.startswith("reading ")
    if c.loading and (reading or not spent):
        return f"it takes more than {seconds} to load{': raise --seconds' if reading else ''}"
    what = "verdict" if c.claim else "answer"
    half = "" if spent else f", half of what was left of {c.limits.seconds} s, as others wait"
    return f"no {what} within {seconds}{half}: raise --seconds"


OF_PROCESSOR = "see ulimit -t"


def how(status: int, silent: bool) -> str:
    """``silent``: it had sent nothing, so it was still beginning, where a low limit shows first."""
    before = "its first word" if silent else "there was a verdict"
    if os.WIFEXITED(status):
        code = os.WEXITSTATUS(status)
        why = ", most likely for want of memory: raise --memory"
        if code != STARVED:
            why = ", perhaps for want of memory: see --memory" if silent else ""
        return f"the process ended with code {code} before {before}{why}"
    number = os.WTERMSIG(status)
    if number == getattr(signal, "SIGXCPU", None):
        return f"the system's limit of processor time was reached: {OF_PROCESSOR}"
    if number == signal.SIGKILL:
        return f"the process was killed before {before}, perhaps for want of memory: see --memory"
    why = ", perhaps for want of memory: see --memory" if silent else ""
    return f"the process died of {signal.Signals(number).name} before {before}{why}"


def crashed(c: Child) -> bool:
    """Whether its end looks like a defect, and not like a limit."""
    if OF_PROCESSOR in c.why:
        return False
    said = c.tail.decode("utf-8", "replace").lower()
    return "died of" in c.why and not any(word in said for word in MEMORY_WORDS)
