"""A function of a user's file: ``FILE.py:NAME`` or ``FILE.py::NAME``, or the file's only one.

The file is its author's program and is run as a file of claims is (``claims_file``). What the
function raises while it is traced is told at the author's line.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import FunctionType
from typing import Any, TypeVar

from verify.exact.errors import BadInput
from verify.library.addresses import is_path
from verify.library.claims_file import Loaded, load
from verify.library.folders import beside, files
from verify.library.slips import Broken, line_in, slip_of, told
from verify.process.channel import loading

Made = TypeVar("Made")


@dataclass(frozen=True)
class OfFile:
    """A function, its name, and the file as it was named and where it lies."""

    function: Callable[..., Any]
    name: str
    shown: str
    path: Path

    def used(self, make: Callable[[Callable[..., Any]], Made]) -> Made:
        """What ``make`` makes of the function. Raises BadInput at the author's line, whatever the
        function raises.
        """
        with self._at_its_line(), beside(self.path), redirect_stdout(sys.stderr):
            return make(self.function)

    @contextmanager
    def _at_its_line(self) -> Iterator[None]:
        try:
            yield
        except (MemoryError, KeyboardInterrupt):
            raise
        except (Exception, SystemExit) as error:
            line = line_in(str(self.path), error)
            if not line and not isinstance(error, BadInput):
                raise
            where = f"{self.shown}:{line}" if line else self.shown
            raise BadInput(f"{where}: {told(error, self.path)}") from error


def names_a_function(text: str) -> bool:
    """Whether an argument is FILE.py, FILE.py:NAME or FILE.py::NAME."""
    return is_path(text) or ".py:" in text


def function_in(text: str) -> OfFile:
    """Raises BadInput: no such file, no such function, or a file that cannot be run."""
    path, name = _parts(text)
    if path.is_dir():
        raise BadInput(f"{text}: a folder; expected FILE.py:NAME")
    (file, shown), *_ = files(path)
    with loading(shown, "reading"):
        loaded = load(file.absolute(), shown)
    found = loaded.names.get(name) if name else _only(loaded, shown, file.absolute())
    if isinstance(found, Broken):
        raise BadInput(slip_of(found).text())
    if not callable(found):
        raise BadInput(_missing(shown, name, loaded, file.absolute()))
    name = name or getattr(found, "__name__", "model")
    return OfFile(found, name, f"{shown}:{name}", file.absolute())


def _parts(text: str) -> tuple[Path, str]:
    if "\0" in text or not text.strip():
        raise BadInput(f"{text!r}: expected FILE.py:NAME, a function of a Python file")
    if os.path.lexists(text):
        return Path(text), ""
    head, colon, name = text.rpartition(":")
    if not colon or not (head.rstrip(":").endswith(".py") or os.path.lexists(head.rstrip(":"))):
        return Path(text), ""
    if not name:
        raise BadInput(f"{text}: no name after ':'; expected FILE.py:NAME")
    return Path(head.removesuffix(":")), name


def _functions(loaded: Loaded, file: Path) -> dict[str, Any]:
    """Those that are written in the file itself."""
    return {
        n: x
        for n, x in loaded.names.items()
        if type(x) is FunctionType and x.__code__.co_filename == str(file)
    }


def _only(loaded: Loaded, shown: str, file: Path) -> Any:
    """The file's only function whose name begins with no underscore."""
    found = [x for n, x in _functions(loaded, file).items() if not n.startswith("_")]
    if len(found) == 1:
        return found[0]
    broken = [x for x in loaded.names.values() if isinstance(x, Broken)]
    if not found and broken:
        return broken[0]
    if not found and loaded.slips and not loaded.slips[0].why.startswith("no claims"):
        raise BadInput(loaded.slips[0].text())
    raise BadInput(_missing(shown, "", loaded, file))


def _missing(shown: str, name: str, loaded: Loaded, file: Path) -> str:
    known = list(_functions(loaded, file))
    first = next((s for s in loaded.slips if not s.why.startswith("no claims")), None)
    if first is not None and not known:
        return first.text()
    if not name:
        return (
            f"{shown}: it has {len(known)} functions ({', '.join(known)}); name one: FILE.py:NAME"
        )
    if name in loaded.names:
        kind = type(loaded.names[name]).__name__
        return f"{shown}: {name} is of type {kind}; expected a function"
    near = get_close_matches(name, known, 1, 0.5)
    hint = f"did you mean {near[0]}?" if near else f"it has: {', '.join(known) or 'none'}"
    return f"{shown}: no function {name!r:.60} there: {hint}"
