"""Whether a Python file imports verify, told from its tokens: nothing of it is run.

The standard library only, and this file alone: the pytest plugin loads it where nothing else of
ours may be loaded.
"""

from __future__ import annotations

import os
import stat
import tokenize
from io import BytesIO
from pathlib import Path

PREFIX = 2**16  # bytes that are looked at
_LAYOUT = (tokenize.COMMENT, tokenize.ENCODING, tokenize.NL, tokenize.INDENT, tokenize.DEDENT)


def is_ours(path: Path) -> bool | None:
    """Whether ``import verify`` or ``from verify`` begins a statement of its first part; None where
    it cannot be read.
    """
    source = prefix(path)
    if source is None:
        return None
    return b"verify" in source and imports_verify(source)


def prefix(path: Path) -> bytes | None:
    """The first part of a regular file; empty for anything else, for a pipe would be waited for;
    None where it cannot be read.
    """
    try:
        number = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
        with open(number, "rb") as stream:
            return stream.read(PREFIX) if stat.S_ISREG(os.fstat(number).st_mode) else b""
    except IsADirectoryError:
        return b""
    except (OSError, ValueError):
        return None


def imports_verify(source: bytes) -> bool:
    """What cannot be read as Python ends the search."""
    before, begins, imports = "", True, False
    try:
        for token in tokenize.tokenize(BytesIO(source).readline):
            if token.type in _LAYOUT:
                continue
            if token.string == "verify" and before in (("import", ",") if imports else ("from",)):
                return True
            imports = token.string == "import" if begins else imports
            before = token.string if begins or token.string == "," else ""
            begins = token.type == tokenize.NEWLINE or token.string in (";", ":")
            imports = imports and not begins
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError):
        return False
    return False
