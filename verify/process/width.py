"""How wide lines are: as the terminal, as COLUMNS says, and 118 columns where neither is there (a
pipe, a file).
"""

from __future__ import annotations

import os
from textwrap import wrap

from verify.process import terminal

PLAIN, LEAST, MOST = 118, 40, 400  # a terminal can claim to be 0 or 9999 columns wide


def width() -> int:
    """COLUMNS comes first, also in a pipe: whoever sets it wants it. Never less than 40 nor more
    than 400.
    """
    return min(max(_known() or PLAIN, LEAST), MOST)


def fitted(text: str) -> str:
    """Lines broken between words where a width is known; in a pipe they stay whole, so that they
    can be searched.
    """
    if not _known():
        return text
    lines = [part for line in text.splitlines() for part in _broken(line, width())]
    return "\n".join(lines) + ("\n" if text.endswith("\n") else "")


def _broken(line: str, columns: int) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    return wrap(
        line, columns, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    ) or [line]


def _known() -> int:
    """0 where nobody says how wide it is."""
    named = os.environ.get("COLUMNS", "")
    if named.isascii() and named.isdigit() and int(named[:6]):
        return int(named[:6])
    seen = terminal.stream(1)
    if not terminal.watched(1) or seen is None:
        return 0
    try:
        return os.get_terminal_size(seen.fileno()).columns or PLAIN
    except (OSError, ValueError):
        return PLAIN
