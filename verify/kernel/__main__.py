"""``python -I -S verify/kernel FILE...``: reads certificates and says what they prove.

Run as a folder, the kernel is the package ``verify.kernel`` of a ``verify`` that holds nothing
else: nothing of ours outside this folder can be imported, and no file here stands for a module of
Python's.
"""

import sys

if not __package__:
    here = sys.path.pop(0)
    for name, where in (("verify", []), ("verify.kernel", [here])):
        module = type(sys)(name)
        module.__path__ = where
        sys.modules[name] = module

from verify.kernel.certificate import verified
from verify.kernel.limits import LIMITS, NotACertificate, Refused

USAGE = "usage: python -I -S verify/kernel FILE...   (0 accepted, 1 refused, 2 not a certificate)"


def answer(path: str) -> tuple[int, str]:
    """(exit code, what is said of one file)."""
    try:
        with open(path, "rb") as file:
            text = file.read(LIMITS["bytes"] + 1)
    except (OSError, ValueError) as error:
        return 2, f"not readable: {type(error).__name__}"
    try:
        return 0, verified(text)
    except Refused as error:
        return 1, f"refused: {error}"
    except NotACertificate as error:
        return 2, f"not a certificate: {error}"


def say(text: str) -> None:
    """Print it; what does not arrive ends all reading with exit code 2, and is no file's fault."""
    try:
        if sys.stdout is None:
            raise OSError("it is closed")
        print(text, flush=True)
    except (OSError, ValueError) as problem:
        sys.stdout = None
        if not isinstance(problem, BrokenPipeError):
            print(f"standard output: {problem}", file=sys.stderr)
        sys.exit(2)


def main(argv: list[str]) -> int:
    """The largest exit code of the files."""
    if not argv:
        print(USAGE, file=sys.stderr)
        return 2
    worst = 0
    for path in argv:
        code, said = answer(path)
        shown = path.encode("utf-8", "backslashreplace").decode()
        say(f"{shown}: " + said.encode("ascii", "backslashreplace").decode())
        worst = max(worst, code)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
