"""Every way in which work can end becomes an exit code and a message; nothing leaves as a
traceback.
"""

from __future__ import annotations

from collections.abc import Callable

from verify.exact.errors import BadInput, EnginesDisagree, Stopped
from verify.process.channel import tell
from verify.process.deliver import Undelivered
from verify.process.exits import INTERNAL, INTERRUPTED, NO_MATCH, UNSETTLED, USAGE
from verify.process.limits import out_of_memory

NO_MEMORY = "out of memory: raise --memory, or ask for fewer digits or a smaller depth and width"


def outcome(work: Callable[[], int]) -> int:
    """The exit code of ``work``."""
    try:
        return int(work() or 0)
    except Stopped:
        raise
    except KeyboardInterrupt:
        return _complain("interrupted", INTERRUPTED)
    except BaseException as error:
        message, code = trouble(error)
        return _complain(
            f"UNDECIDED: {message}" if message and code == UNSETTLED else message, code
        )


def trouble(error: BaseException) -> tuple[str, int]:
    """What to say, and the exit code."""
    if out_of_memory(error):
        return NO_MEMORY, UNSETTLED
    if isinstance(error, BadInput):
        return str(error), USAGE
    if isinstance(error, Undelivered):
        return "" if error.quiet else str(error), error.code
    if isinstance(error, EnginesDisagree):
        return f"internal error, nothing is reported: {error}", INTERNAL
    if isinstance(error, ValueError) and "integer string conversion" in str(error):
        return "a number is too long to be written: ask for smaller powers", UNSETTLED
    if isinstance(error, OSError):
        return f"{error.filename or 'output'}: {error.strerror or error}", USAGE
    return f"internal error, please report it: {type(error).__name__}: {error}", INTERNAL


def _complain(message: str, code: int) -> int:
    if message:
        tell(f"verify: {message}")
    return code


def no_match(pattern: str) -> int:
    """Exit code 5, said aloud."""
    hint = (
        "of a folder, the files claims_*.py that import verify are read"
        if "/" in pattern
        else "see: verify list"
    )
    return _complain(f"no claim matches {pattern!r}; {hint}", NO_MATCH)
