"""The command ``verify``; also ``python -m verify``."""

from __future__ import annotations

import signal
import sys


def main() -> None:
    """Run the command line. Exit codes: see ``verify.verdict``; 2 bad input, 3 a defect of ours, 128 + number after a signal."""
    from verify.commands.supervise import STOPS
    from verify.errors import Stopped
    from verify.streams.deliver import open_standard, say, silence

    def stop(number: int, frame: object) -> None:
        raise Stopped(number)

    open_standard()
    try:
        for number in STOPS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, stop)
        from verify.cli import run

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


if __name__ == "__main__":
    main()
