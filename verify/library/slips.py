"""An author's slip: what cannot be used as it is written, told at the author's line, and what
stands for what it did not make.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from traceback import walk_tb
from typing import Any, NoReturn

from verify.exact.errors import BadInput
from verify.library.complaints import complaint
from verify.process.exits import USAGE

LONGEST = 500  # signs of what an exception says of itself
_OPERATORS = """call getitem iter next len bool contains add radd sub rsub mul rmul
truediv rtruediv pow rpow matmul rmatmul
neg pos abs int float str format lt le gt ge enter exit"""


@dataclass
class Slip:
    """What cannot be used as it is written: where it stands, why, how to mend it; ``names`` and
    ``ids`` are what it takes along.
    """

    file: str  # as the user named it
    line: int
    why: str
    names: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def text(self) -> str:
        """One line; other claims that it takes along are named."""
        others = [x for x in self.ids if f"claim {x}:" not in self.why]
        along = f" (so not decided: {', '.join(others)})" if others else ""
        return f"{self.file}{f':{self.line}' if self.line else ''}: {self.why}{along}"

    def data(self) -> dict[str, Any]:
        """The same for JSON: no verdict, exit code 2."""
        claim = next(iter([*self.ids, *self.names]), self.file)
        return {
            "claim": claim,
            "file": self.file,
            "line": self.line,
            "verdict": None,
            "error": self.text(),
            "exit": USAGE,
        }


class Misstated(BadInput):
    """A claim that turned out not to be usable while it was judged; told at the line where it was
    written.
    """

    def __init__(self, slip: Slip) -> None:
        super().__init__(slip.text())
        self.slip = slip


class Taken(BadInput):
    """Something that was not made, for the error that ``slip`` tells, was used."""

    def __init__(self, slip: Slip) -> None:
        super().__init__(slip.text())
        self.slip = slip


class Broken:
    """Stands for what a failed statement would have bound. It may be named; every use raises
    Taken.
    """

    def __init__(self, slip: Slip) -> None:
        object.__setattr__(self, "_slip", slip)

    def __getattr__(self, name: str) -> NoReturn:
        raise Taken(object.__getattribute__(self, "_slip"))


def _used(broken: Broken, *_: object) -> NoReturn:
    raise Taken(object.__getattribute__(broken, "_slip"))


for _name in _OPERATORS.split():
    setattr(Broken, f"__{_name}__", _used)


def slip_of(thing: Broken) -> Slip:
    """The first error that led to it."""
    return object.__getattribute__(thing, "_slip")


def line_in(file: str, error: BaseException | None) -> int:
    """The last line of the file that led to an error, of its first cause where there is one; 0
    where none did.
    """
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    frames = [x for e in reversed(chain) for x in reversed(list(walk_tb(e.__traceback__)))]
    return next((line for frame, line in frames if frame.f_code.co_filename == file), 0)


def told(error: BaseException, path: Path) -> str:
    """The error in one line, and where in a helper beside the file it was raised."""
    if isinstance(error, SystemExit):
        return "sys.exit() while the file is read; put it under: if __name__ == '__main__':"
    text = str(error) if isinstance(error, BadInput) else _last_line(error)
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        frames.append((error.filename or "", error.lineno or 0))
    folder = path.resolve().parent
    if frames:
        file, line = frames[-1]
        if Path(file).parent == folder and Path(file) != path.absolute():
            text += f" (in {Path(file).name}:{line})"
    return text


def _said(error: BaseException) -> str:
    """What an author's own exception says of itself may fail, end the program or have no end."""
    try:
        return str(error.msg if isinstance(error, SyntaxError) else error)[:LONGEST]
    except KeyboardInterrupt:
        raise
    except BaseException:
        return ""


def _last_line(error: BaseException) -> str:
    """As Python puts it, with the nearest name that there is."""
    text = _said(error)
    said = " ".join(f"{type(error).__name__}: {text}".split()).removesuffix(":")
    missing = re.match(r"cannot import name '(\w+)'", said.removeprefix("ImportError: "))
    if isinstance(error, TypeError):
        return complaint(error, said)
    sought = missing[1] if missing else getattr(error, "name", None) or ""
    near = get_close_matches(sought, _names(error), 1, 0.6)
    if isinstance(error, NameError) and re.fullmatch("[a-z]", sought):
        return f"{said}; an index stands in quotes: {sought!r}"
    return f"{said}; did you mean {near[0]}?" if near else said


def _names(error: BaseException) -> list[str]:
    """What the author could have meant."""
    frames = list(walk_tb(error.__traceback__))
    if isinstance(error, NameError) and frames:
        return [*frames[-1][0].f_locals, *frames[-1][0].f_globals]
    if isinstance(error, AttributeError):
        return [n for n in dir(error.obj) if not n.startswith("_")]
    if isinstance(error, ImportError) and error.name in sys.modules:
        return dir(sys.modules[error.name])
    return []
