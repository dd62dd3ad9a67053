"""The command ``verify``; also ``python -m verify``.

A signal is ours from the first lines of ``main``. What comes before takes a millisecond beside the
start of Python itself, and there an interrupt ends in Python's own words: nothing of ours runs yet.
"""

from __future__ import annotations

import signal
import sys


def main() -> None:
    """Run the command line. Exit codes: see ``verify.claims.verdict``; 2 bad input, 3 a defect of
    ours, 128 + number after a signal.
    """
    early: list[int] = []
    _handle(
        lambda number, frame: early.append(number)
    )  # nothing is thrown into the machinery of imports
    from verify.exact.errors import Stopped

    def stop(number: int, frame: object) -> None:
        raise Stopped(number)

    from verify.process.deliver import open_standard, say, silence

    open_standard()
    try:
        from verify.commands.cli import run

        _handle(stop)
        if early:
            raise Stopped(early[0])
        code = run(sys.argv[1:])
    except Stopped as stopped:
        say(f"verify: interrupted ({stopped})" if stopped.code != 130 else "verify: interrupted")
        code = stopped.code
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            silence(number)
    sys.exit(code)


def _handle(handler) -> None:
    """What was to be ignored when we were started, as under nohup, stays ignored."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


if __name__ == "__main__":
    main()
