"""Whether a Python file imports verify, told from its tokens: nothing of it is run. The standard library only, and cheap."""

from __future__ import annotations

import os
import stat
import tokenize
from io import BytesIO
from pathlib import Path

PREFIX = 2**16  # bytes that are looked at


def is_ours(path: Path) -> bool | None:
    """None where it cannot be read. Anything but a regular file is not ours: a pipe would be waited for."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return False
        with open(path, "rb") as stream:
            source = stream.read(PREFIX)
    except (OSError, ValueError):
        return None
    return b"verify" in source and _imports(source)


def _imports(source: bytes) -> bool:
    """``import verify`` or ``from verify`` begins a statement; what cannot be read ends the search."""
    before = ""
    begins = True
    try:
        for token in tokenize.tokenize(BytesIO(source).readline):
            if token.type in (tokenize.COMMENT, tokenize.ENCODING, tokenize.NL, tokenize.INDENT, tokenize.DEDENT):
                continue
            if before and token.string == "verify":
                return True
            before = token.string if begins and token.string in ("import", "from") else ""
            begins = token.type == tokenize.NEWLINE or token.string in (";", ":")
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError):
        return False
    return False
