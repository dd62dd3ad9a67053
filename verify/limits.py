"""Limits of a child of ``verify all``, set by the child itself so that none outlives its parent for long."""

from __future__ import annotations

import os


def limit_from_environment() -> None:
    """FLOWLAW_SECONDS: killed by an alarm after that time. FLOWLAW_MEMORY: address space in MiB. Both only where the system can."""
    seconds, memory = os.environ.get("FLOWLAW_SECONDS", ""), os.environ.get("FLOWLAW_MEMORY", "")
    if seconds.isdigit():
        import signal

        if hasattr(signal, "alarm"):
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(int(seconds))
    if memory.isdigit():
        try:
            import resource
        except ImportError:
            return
        limit = int(memory) * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
