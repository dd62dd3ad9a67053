"""Time of a command as its own clock tells it: it passes only while a process of the command sleeps
and the command waits for it. How fast the machine is makes no difference, and nobody waits.

The process that starts it holds the clock (``now``, a number in a file); what it forks reads it. A
child that sleeps says until when; the command, when it has waited for that child and nothing else
has happened, moves the clock to whatever comes first, that or what it waited for. Computing takes
no time, unless FLOWLAW_TEST_SLOW names a file of which the first function called sleeps an hour, or
FLOWLAW_TEST_READS says how many seconds it takes to read what was printed.
"""

from __future__ import annotations

import os
import select
import struct
import sys
import time
from pathlib import Path

FOLDER = Path(os.environ["FLOWLAW_TEST_CLOCK"])
SLOW = os.environ.get("FLOWLAW_TEST_SLOW", "")
READS = float(os.environ.get("FLOWLAW_TEST_READS", "0"))
HOLDER = os.getpid()
LOOK = 10  # milliseconds between two looks at what really happens
really_sleep, really_monotonic, really_poll = time.sleep, time.monotonic, select.poll
_now = os.open(FOLDER / "now", os.O_RDWR | os.O_CREAT)


def now() -> float:
    return struct.unpack("d", os.pread(_now, 8, 0).ljust(8, b"\0"))[0]


def _move(to: float) -> None:
    os.pwrite(_now, struct.pack("d", to), 0)


def sleep(seconds: float) -> None:
    if os.getpid() == HOLDER:
        really_sleep(seconds)  # while it waits for a process to end
        _move(now() + seconds)
        return
    until, mine, made = now() + seconds, FOLDER / f"{os.getpid()}", FOLDER / f"{os.getpid()}.made"
    made.write_text(str(until))
    made.replace(mine)
    while now() < until:
        really_sleep(LOOK / 1000)
    mine.unlink()


def _next() -> float | None:
    """When the first of those that sleep wakes up."""
    found = []
    for path in FOLDER.glob("*[0-9]"):
        try:
            os.kill(int(path.name), 0)
            found.append(float(path.read_text()))
        except OSError:  # it was ended, or woke up
            continue
    return min((t for t in found if t > now()), default=None)


class Poll:
    """``select.poll``; the milliseconds of the command are those of its clock."""

    def __init__(self) -> None:
        self._poll = really_poll()
        self.register, self.unregister = self._poll.register, self._poll.unregister
        self.modify = self._poll.modify

    def poll(self, wait: float | None = None) -> list[tuple[int, int]]:
        if os.getpid() != HOLDER or wait is None:
            return self._poll.poll(wait)
        while True:
            wakes = _next()  # what it said before it fell asleep is there to be read
            ready = self._poll.poll(0 if wakes is not None else LOOK)
            if ready:
                _move(now() + READS)
            elif wakes is not None:
                _move(min(wakes, now() + wait / 1000))
            if ready or wakes is not None or not wait:
                return ready


def _slow(frame: object, event: str, arg: object) -> None:
    if event == "call" and SLOW in frame.f_code.co_filename:  # type: ignore[attr-defined]
        sys.setprofile(None)
        sleep(3600)


time.sleep, time.monotonic, select.poll = sleep, now, Poll  # type: ignore[misc, assignment]
if SLOW:
    os.register_at_fork(after_in_child=lambda: sys.setprofile(_slow))
