"""Limits of a command: time on the parent's clock, memory set by the child itself before it loads
anything.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

try:
    import resource
except ImportError:  # not on every system
    resource = None  # type: ignore[assignment]

MOST_SECONDS, MOST_MEMORY = 10**7, 10**7
STARVED = 112  # the code of a child that had no memory left to say so
LOADING = 20  # seconds for one package of claims to be imported


@dataclass(frozen=True)
class Limits:
    """Seconds for the whole of a command, from when this is made; MiB of address space of each
    process.
    """

    seconds: int
    memory: int
    # seconds for a file of claims to be run: those that were asked for, where some were
    reading: int = LOADING
    began: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """Seconds until the deadline; not positive once it is over."""
        return self.began + self.seconds - time.monotonic()


def limit_memory(mebibytes: int) -> None:
    """Lower the address space of this process; never raised, and left as it is where the system has
    no such limit.
    """
    if resource is None:
        return
    wanted = mebibytes * 2**20
    for kind in (resource.RLIMIT_AS,):
        soft, hard = resource.getrlimit(kind)
        for present in (soft, hard):
            if present != resource.RLIM_INFINITY:
                wanted = min(wanted, present)
        try:
            resource.setrlimit(kind, (wanted, wanted))
        except (OSError, ValueError):
            return


def out_of_memory(error: BaseException) -> bool:
    """MemoryError, and what the loader of shared objects and the system say instead of it; also
    where another error was raised while it was handled: an author's function that runs short is
    not wrong.
    """
    before = error.__cause__ or error.__context__
    if before is not None and out_of_memory(before):
        return True
    if isinstance(error, MemoryError) or getattr(error, "errno", None) == 12:
        return True
    said = str(error).lower()
    if isinstance(error, SystemError) and "exception" in said and _nearly_full():
        return True  # "error return without exception set": Python itself lost a MemoryError
    return isinstance(error, (ImportError, OSError, SystemError)) and any(
        x in said for x in MEMORY_WORDS
    )


def _nearly_full() -> bool:
    """Whether this process came near to its limit of address space, as far as the system says."""
    if resource is None:
        return False
    try:
        limit = resource.getrlimit(resource.RLIMIT_AS)[0]
        with open("/proc/self/status", "rb") as status:
            peak = next(int(line.split()[1]) for line in status if line.startswith(b"VmPeak:"))
    except MemoryError:
        return True
    except (OSError, StopIteration):
        return False
    return limit != resource.RLIM_INFINITY and peak * 1024 > limit * 7 // 8


MEMORY_WORDS = (
    "allocate memory",
    "failed to map segment",
    "out of memory",
    "bad_alloc",
    "cannot allocate",
    "memoryerror",
)
