"""The child's side: a process of its own session in which claims are loaded and decided.

What claims print, to whichever of the two standard streams, goes into one pipe that the parent
bounds; results go into another, line by line, each after a mark that nobody prints by accident.
When the parent is gone, the child goes, too.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import warnings
from collections.abc import Callable
from threading import Thread
from typing import Any

from verify.commands.outcome import outcome
from verify.process import channel, terminal
from verify.process.limits import STARVED, limit_memory, out_of_memory

MOST_WRITTEN = 100_000  # digits: a tenth of a second


class ToParent:
    """JSON lines on a descriptor."""

    def __init__(self, number: int, mark: str) -> None:
        self.number, self.mark = number, mark.encode()

    def send(self, kind: str, value: Any) -> None:
        left = self.mark + json.dumps([kind, value]).encode() + b"\n"
        while left:
            left = left[os.write(self.number, left) :]


def live(
    work: Callable[[], int], result: int, noise: int, alive: int, mark: str, memory: int
) -> None:
    """Do the work and end the process; never returns."""
    code = 3
    try:
        _signals()
        _die_with_parent(alive)
        channel.use(ToParent(result, mark))
        _streams(noise)
        _warnings()
        os.environ.setdefault(
            "OPENBLAS_NUM_THREADS", "1"
        )  # threads of its own cost address space, and gain nothing here
        limit_memory(memory)
        _collect_seldom()
        write_long_numbers()
        code = outcome(work)
        channel.send("end", code)
    except BaseException as error:  # not even this could be said any more
        code = STARVED if out_of_memory(error) else 3
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError, AttributeError):
                pass
        os._exit(code)


def write_long_numbers() -> None:
    """Whole numbers of so many digits become text, whatever Python does by itself or was told."""
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(MOST_WRITTEN)


def _collect_seldom() -> None:
    """Garbage in circles is looked for after every 200,000 new objects, not 700: what a claim is
    made of lives as long as the process, and looking at it again took a tenth of a short run.
    """
    gc.freeze()
    gc.set_threshold(200_000)


def _signals() -> None:
    """One way to be stopped, so that files in the making are removed."""
    signal.set_wakeup_fd(-1)
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _ended)


def _ended(number: int, frame: object) -> None:
    """Where Python swallows it, in a callback or a destructor, it would print a traceback: our
    parent kills us soon, and has said why.
    """
    sys.unraisablehook = lambda _: None
    raise KeyboardInterrupt


def _streams(noise: int) -> None:
    """1 and 2 are the pipe for whatever is printed; the terminals stay known, for their width and
    for progress.
    """
    terminal.keep()
    os.dup2(noise, 1)
    os.dup2(noise, 2)
    os.close(noise)
    for number, name in ((1, "stdout"), (2, "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w", errors="backslashreplace", closefd=False))


def _warnings() -> None:
    """A caller's ``-W error`` is for the caller's code: a warning of a library must not change a
    verdict.
    """
    if any(f[0] == "error" for f in warnings.filters):
        warnings.simplefilter("default")


def _die_with_parent(alive: int) -> None:
    """The parent alone holds the other end of the pipe ``alive``: when it closes, the kernel ends
    our whole group.
    """
    import fcntl

    if hasattr(fcntl, "F_SETSIG"):
        fcntl.fcntl(alive, fcntl.F_SETOWN, -os.getpgid(0))
        fcntl.fcntl(alive, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(
            alive, fcntl.F_SETFL, fcntl.fcntl(alive, fcntl.F_GETFL) | os.O_ASYNC | os.O_NONBLOCK
        )
        try:
            gone = os.read(alive, 1) == b""
        except BlockingIOError:
            gone = False
        if gone:
            os._exit(3)
        return

    def wait() -> None:
        os.read(alive, 1)
        os.killpg(0, signal.SIGKILL)

    Thread(target=wait, daemon=True).start()
