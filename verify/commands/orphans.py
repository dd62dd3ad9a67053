"""Processes that left the session of a child and outlived it: where the system hands them to us,
they end with the command.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

_SET_CHILD_SUBREAPER = 36  # of prctl(2)


def adopt() -> frozenset[int]:
    """From now on orphans below us become our children, as far as the system can; the children that
    we have already.
    """
    if sys.platform == "linux":
        try:
            import ctypes

            ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        except (ImportError, OSError, AttributeError):
            return frozenset()
    return frozenset(_children())


def end_orphans(known: frozenset[int]) -> None:
    """Kill every child of ours that is not known, and what it leaves to us in turn."""
    for _ in range(1000):
        found = [pid for pid in _children() if pid not in known]
        for pid in found:
            try:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            except (ProcessLookupError, ChildProcessError, PermissionError):
                pass
        if not found:
            return


def _children() -> list[int]:
    """Empty where the system does not say."""
    try:
        return [
            int(x)
            for task in Path("/proc/self/task").iterdir()
            for x in (task / "children").read_text().split()
        ]
    except (OSError, ValueError):
        return []
