"""The parent's side: it starts children, limits and stops them, and reads what they send, with a
bound on everything.

It imports no claims and none of their libraries. A child is stopped by an interrupt and, if it does
not end, killed with its group.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator

from verify.commands import child
from verify.commands.orphans import adopt, end_orphans
from verify.commands.process import Child, how, late, relay
from verify.exact.errors import Stopped
from verify.process.interrupts import check, noted
from verify.process.limits import Limits

GRACE = 0.6  # seconds from the request to end until the kill
STOPS = tuple(getattr(signal, n) for n in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, n))


class Supervisor:
    """The children of one command. Signals are noted, and acted upon between two events."""

    def __init__(self) -> None:
        self.children: list[Child] = []
        self.caught: list[int] = []

    def __enter__(self) -> Supervisor:
        check()
        self._before_us = adopt()
        self._wake, self._woken = os.pipe()
        for number in (self._wake, self._woken):
            os.set_blocking(number, False)
        self._before = {s: signal.getsignal(s) for s in STOPS}
        self._child_before = signal.getsignal(signal.SIGCHLD)  # ignored, children leave no status
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._fd_before = signal.set_wakeup_fd(self._woken, warn_on_full_buffer=False)
        for s, handler in self._before.items():
            if handler is not signal.SIG_IGN:
                signal.signal(s, lambda number, frame: self.caught.append(number))
        self.caught += noted  # while adopt() imported
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()
        end_orphans(self._before_us)
        signal.set_wakeup_fd(self._fd_before)
        for s, handler in self._before.items():
            signal.signal(s, handler)
        signal.signal(signal.SIGCHLD, self._child_before or signal.SIG_DFL)
        os.close(self._wake)
        os.close(self._woken)
        if self.caught and not isinstance(error[1], Stopped):
            raise Stopped(self.caught[0])

    def start(
        self, work: Callable[[], int], limits: Limits, relayed: bool = True, others: bool = False
    ) -> Child:
        """A child that does ``work``. Raises OSError where the system gives no process or
        descriptor; Stopped after a signal, with no child left.
        """
        self.heed()
        pipes: list[int] = []
        try:
            for _ in range(3):
                pipes += os.pipe()
            mark = os.urandom(8).hex()
            pid = os.fork()
        except OSError:
            for number in pipes:
                os.close(number)
            raise
        result, to_result, noise, to_noise, alive, to_alive = pipes
        if not pid:
            try:
                os.setsid()
                theirs = (n for c in self.children for n in c.ends())
                for number in (result, noise, to_alive, self._wake, self._woken, *theirs):
                    os.close(number)
                child.live(work, to_result, to_noise, alive, mark, limits.memory)
            finally:
                os._exit(3)
        for number in (to_result, to_noise, alive):
            os.close(number)
        for number in (result, noise):
            os.set_blocking(number, False)
        made = Child(pid, limits, result, noise, to_alive, mark.encode(), relayed, others)
        self.children.append(made)
        return made

    def ended(self) -> Iterator[Child]:
        """Wait for the next event; the children that have come to an end. Raises Stopped after a
        signal, with no child left.
        """
        self.heed()
        poll = select.poll()
        by = {n: (c, n == c.result) for c in self.children for n in c.ends()[: 1 + c.noise_open]}
        for number in (self._wake, *by):
            poll.register(number, select.POLLIN)
        nearest = min((c.deadline for c in self.children), default=0.0)
        ready = poll.poll(max(0.0, nearest - time.monotonic()) * 1000 + 1)
        self.heed()
        over = set()
        for number, _ in ready:
            if number in by:
                c, is_result = by[number]
                if is_result and not c.read():
                    over.add(c)
                if not is_result:
                    c.listen()
        for c in self.children:
            if c not in over and time.monotonic() > c.deadline:
                c.why = late(c)
                over.add(c)
        for c in [c for c in self.children if c in over or c.code is not None]:
            self._bury(c)
            yield c

    def heed(self) -> None:
        """Raises Stopped after a signal, with no child left."""
        if self.caught:
            self.stop()
            raise Stopped(self.caught[0])

    def stop(self) -> None:
        """Ask every child to end, then kill; a second signal kills at once."""
        asked = list(self.children)
        for c in asked:
            _kill(c, signal.SIGINT)
        end, before = time.monotonic() + GRACE, len(self.caught)
        while asked and time.monotonic() < end and len(self.caught) <= max(1, before):
            asked = [
                c
                for c in asked
                if os.waitid(os.P_PID, c.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
            ]
            time.sleep(0.01)
        for c in list(self.children):
            self._bury(c)

    def _bury(self, c: Child) -> None:
        """End the process and its group, and say how it ended where it did not do so itself."""
        self.children.remove(c)
        stopped = bool(c.why)
        if not stopped and c.code is None:
            _wait(c.pid, GRACE)
        _kill(c, signal.SIGKILL)
        _, status = os.waitpid(c.pid, 0)
        c.drain()
        for number in c.ends():
            os.close(number)
        if not stopped and c.code is None:
            c.why = how(status, not c.sent) + c.last_words()
        if stopped and sys.stderr is not None and sys.stderr.isatty():
            relay(b"\x1b[?25h")  # a live line hides the cursor


def _kill(c: Child, how: int) -> None:
    try:
        os.killpg(c.pid, how)
    except (ProcessLookupError, PermissionError):  # it has not yet made its session
        os.kill(c.pid, how)


def _wait(pid: int, seconds: float) -> None:
    """Until it is dead and not yet forgotten: its group can still be killed by its number."""
    end = time.monotonic() + seconds
    while (
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
        and time.monotonic() < end
    ):
        time.sleep(0.005)
