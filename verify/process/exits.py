"""Exit codes: their names, and the one code of several claims."""

from __future__ import annotations

from collections.abc import Iterable

OK, REFUTED_EXIT, USAGE, INTERNAL, UNSETTLED, NO_MATCH, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130


def combine(codes: Iterable[int]) -> int:
    """Exit code of several claims: 3 over 1 over 4."""
    found = set(codes)
    for code in (INTERRUPTED, INTERNAL, USAGE, REFUTED_EXIT, UNSETTLED, NO_MATCH):
        if code in found:
            return code
    return OK
