"""Where the results of a command go: to its parent, over a pipe of their own, or straight out where
there is no parent.

A ``print`` of somebody's claims package is not a result: it never comes here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from verify.process.deliver import deliver, one_line, say

GROUP = "verify.claims"  # of the entry points of packages that ship claims
OURS = "flowlaw"  # the name of the entry point that comes with this program


class Channel(Protocol):
    """The other end: ``kind`` is a word, ``value`` is JSON."""

    def send(self, kind: str, value: Any) -> None: ...


class Straight:
    """No parent: text and messages are written, rows are kept by whoever asks."""

    def send(self, kind: str, value: Any) -> None:
        if kind == "text":
            deliver(value)
        elif kind == "say":
            say(value)
        elif kind == "left out":
            say(left_out(*value))


_ends: list[Channel] = [Straight()]


def use(channel: Channel) -> None:
    """From now on results go there."""
    _ends[:] = [channel]


def send(kind: str, value: Any) -> None:
    """One message to the process that waits for the result of this one."""
    _ends[0].send(kind, value)


def emit(text: str) -> None:
    """A part of the result, for standard output."""
    send("text", text)


def tell(text: str) -> None:
    """A message for people, one line on standard error."""
    send("say", one_line(text))


@contextmanager
def loading(what: str, kind: str = "loading") -> Iterator[None]:
    """The parent knows what is being loaded (or ``reading``, a file), and limits it."""
    send(kind, what)
    try:
        yield
    finally:
        send("loading", "")


def part(text: str) -> None:
    """What is going on now: named where a limit ends it."""
    send("part", text)


def is_ours(name: str) -> bool:
    """Whether a package of claims is the one that comes with this program."""
    return name.startswith(f"entry point {OURS} = ")


def left_out(name: str, why: str) -> str:
    """The warning about claims that could not be loaded."""
    return one_line(f"verify: warning: {name} does not load, its claims are left out: {why}")
