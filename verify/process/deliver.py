"""Results reach standard output whole, or it is said that they did not; messages go to standard
error and never end a run.
"""

from __future__ import annotations

import errno
import os
import select
import sys

from verify.process.exits import UNSETTLED, USAGE
from verify.process.interrupts import check


class Undelivered(Exception):
    """The result did not arrive: ``code`` is never 0 and never that of a verdict."""

    def __init__(self, why: str, code: int, quiet: bool = False) -> None:
        super().__init__(why)
        self.code, self.quiet = code, quiet


def deliver(text: str, encoding: str | None = None) -> None:
    """Write to standard output. Raises Undelivered: nobody listens (4), or the device refuses (2,
    as for ``--output``).
    """
    check()
    stream = sys.stdout
    if stream is None:
        raise Undelivered("standard output is closed", UNSETTLED)
    try:
        stream.flush()
        _write(stream, text, encoding)
    except BrokenPipeError:
        silence(1)
        raise Undelivered("nobody reads standard output", UNSETTLED, quiet=True) from None
    except (OSError, ValueError) as error:
        closed = isinstance(error, ValueError) or getattr(error, "errno", 0) == errno.EBADF
        silence(1)
        why = getattr(error, "strerror", None) or str(error)
        raise Undelivered(
            f"cannot write to standard output: {why}", UNSETTLED if closed else USAGE
        ) from None


def _write(stream, text: str, encoding: str | None) -> None:
    try:
        number = stream.fileno()
    except (OSError, ValueError, AttributeError):  # a stream of a test or of a notebook
        stream.write(text)
        stream.flush()
        return
    left = memoryview(text.encode(encoding or stream.encoding or "utf-8", "backslashreplace"))
    while left:
        try:
            left = left[os.write(number, left) :]
        except BlockingIOError:
            select.select([], [number], [])


def silence(number: int) -> None:
    """What is still buffered for a descriptor that failed goes nowhere, so that the interpreter
    ends quietly.
    """
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
    except OSError:
        pass


def one_line(text: str) -> str:
    """Signs that do not print as their escapes: a name that somebody chose moves no cursor and
    begins no line. A line that is indented goes on with the one before, as a place marked in text.
    """
    return "\n  ".join(map(_printable, text.split("\n  ")))


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def say(text: str) -> None:
    """Lines on standard error, each printable; where there is none, or it is full, they are lost
    and nothing else.
    """
    stream = sys.stderr
    if stream is None:
        return
    text = "\n".join(_printable(line) for line in text.split("\n"))
    try:
        stream.write(text if text.endswith("\n") else text + "\n")
        stream.flush()
    except (OSError, ValueError):
        silence(2)


def flush() -> None:
    """What is still buffered, where somebody takes it."""
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            silence(number)


def open_standard() -> None:
    """Closed standard descriptors become the null device, so that no file of ours is ever opened in
    their place.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
