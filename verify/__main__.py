"""The command ``verify``; also ``python -m verify``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line. Exit codes: see ``verify.verdict``; 2 bad input, 3 a defect of ours, 130 interrupted."""
    from verify.cli import run
    from verify.limits import limit_from_environment

    limit_from_environment()

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
