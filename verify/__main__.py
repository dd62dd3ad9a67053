"""The command ``verify``; also ``python -m verify``.

A signal is ours from the first lines of the package (``verify.process.interrupts``) until all is
delivered; from then on the system ends the process by it. While Python itself starts an interrupt
ends in Python's own words: nothing of ours runs yet.
"""

from __future__ import annotations

import sys

from verify.exact.errors import Stopped
from verify.process.interrupts import end, hold, note, throw


def main() -> None:
    """Run the command line. Exit codes: see ``verify.process.exits``; 2 bad input, 3 a defect of
    ours, 128 + number after a signal.
    """
    note()
    stopped, code = None, 3
    try:
        from verify.process.deliver import open_standard

        open_standard()
        from verify.commands.cli import run

        throw(Stopped)
        code = run(sys.argv[1:])
        hold()
    except Stopped as signal:
        stopped = signal
    number = end()
    stopped = stopped or (Stopped(number) if number else None)
    from verify.process.deliver import flush, say

    if stopped is not None:
        say(f"verify: interrupted ({stopped})" if stopped.code != 130 else "verify: interrupted")
        code = stopped.code
    flush()
    sys.exit(code)


if __name__ == "__main__":
    main()
