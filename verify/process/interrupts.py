"""Signals that ask the command to end: noted from its first line, thrown once where that is safe,
lost nowhere.

A signal that comes while something is imported is not thrown (the machinery of imports would break
half way, or swallow it); the next checkpoint throws it, or the end of the command finds it. So it
is with one that was thrown into a callback and swallowed there. While children run,
``verify.commands.supervise`` has the signals, those that were noted before as well. ``_signal`` is
what ``signal`` wraps: it is there before anything is imported.
"""

from __future__ import annotations

import _signal
import sys

TYPE_CHECKING = False  # as in verify/__init__
if TYPE_CHECKING:
    from collections.abc import Callable

noted: list[int] = []
_ours: list[int] = []
_throws: list[Callable[[int], BaseException]] = []
_thrown: list[Callable[[int], BaseException]] = []  # a second signal does not disturb what it began
MOST = 3  # signals until the process ends where it stands


def note_if_command() -> None:
    """Note signals from here on where ``verify`` is imported by its script or by ``-m``, and by
    nobody else.
    """
    arguments = getattr(sys, "argv", None) or [""]
    if arguments[0] == "-m":
        begun = sys.orig_argv[-len(arguments)] in ("verify", "-mverify", "verify.__main__")
    else:
        frame = sys._getframe(1)
        while (frame.f_back and _imports(frame)) or frame.f_globals.get("__name__") == "verify":
            frame = frame.f_back  # type: ignore[assignment]
        script = frame.f_globals.get("__name__") == "__main__"
        begun = script and "verify.__main__" in frame.f_code.co_names
    if begun:
        note()


def note() -> None:
    """What was to be ignored when we were started, as under nohup, stays ignored."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(_signal, name, None)
        if number is None or number in _ours or _signal.getsignal(number) == _signal.SIG_IGN:
            continue
        _signal.signal(number, _handle)
        _ours.append(number)


def throw(kind: Callable[[int], BaseException]) -> None:
    """From now on the first signal is thrown, as this exception of its number; one that was noted
    before, at once.
    """
    _throws.append(kind)
    check()


def check() -> None:
    """Raises the exception for the first signal, at every checkpoint until ``hold``: who passes
    one has not seen it.
    """
    if noted and _throws:
        raise _throws[-1](noted[0])


def hold() -> None:
    """From now on signals are noted only."""
    _throws.clear()


def end() -> int:
    """From now on a signal ends the process at once, as the system does it; the number of the
    first one until now, or 0.
    """
    for number in _ours:
        _signal.signal(number, _signal.SIG_DFL)
    _ours.clear()
    return noted[0] if noted else 0


def _handle(number: int, frame) -> None:
    noted.append(number)
    if len(noted) >= MOST:
        _signal.signal(number, _signal.SIG_DFL)
        _signal.raise_signal(number)
    while frame is not None:
        if _imports(frame):
            return
        frame = frame.f_back
    if not _thrown:
        _thrown.extend(_throws)
        check()


def _imports(frame) -> bool:
    return frame.f_code.co_filename.startswith("<frozen importlib")
