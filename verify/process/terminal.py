"""The terminals that a command was started at: a child writes its results to a pipe and still knows
who looks at them.
"""

from __future__ import annotations

import os
import sys
from typing import TextIO

_kept: dict[int, TextIO] = {}


def keep() -> None:
    """Remember 1 and 2 as they are now, each only where it is a terminal."""
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        if stream is not None and os.isatty(number):
            _kept[number] = open(
                os.dup(number), "w", encoding=stream.encoding, errors="backslashreplace"
            )


def stream(number: int) -> TextIO | None:
    """The terminal, or what stands in its place."""
    return _kept.get(number) or (sys.stdout if number == 1 else sys.stderr)


def watched(number: int) -> bool:
    """Whether somebody looks."""
    found = stream(number)
    try:
        return found is not None and found.isatty()
    except ValueError:
        return False
