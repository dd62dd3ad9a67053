"""A file of claims is its author's program: run statement by statement, so that one slip does not
take the others along.

The file's folder is where ``python FILE.py`` would put it on the path. A statement that fails is
recorded with the author's line; the names that it would have bound become ``Broken``, whose use
tells the first error again.
"""

from __future__ import annotations
import __future__

import ast
import os
import stat
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from verify.claims.claim import Claim
from verify.exact.errors import BadInput
from verify.library.folders import NAMED, beside, packages
from verify.library.slips import Broken, Slip, Taken, line_in, slip_of, told
from verify.library.statements import BUILTINS, binds, by_item, ids_in, mended, said_twice
from verify.process.files import in_one_folder

MOST_SLIPS = 100  # that are told of a list
LARGEST = 4 * 2**20  # bytes of a claims file


@dataclass(frozen=True)
class Written:
    """A claim, the name that it has in its file (or none), and the line of the statement that made
    it.
    """

    claim: Claim
    name: str
    line: int


@dataclass(frozen=True)
class Loaded:
    """What one file states, in its order."""

    written: tuple[Written, ...]
    slips: tuple[Slip, ...]
    names: Mapping[str, Any] = field(default_factory=dict)  # whatever it binds


def read_source(path: Path, shown: str) -> bytes:
    """The bytes of a regular file. Raises BadInput naming it: missing, unreadable, no file, or too
    large.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # a pipe would be waited for
            raise BadInput(f"{shown}: not a regular file; expected a Python file with claims")
        with open(path, "rb") as stream:
            source = stream.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(
            f"{shown}: {error.strerror or error}; expected a Python file with claims"
        ) from error
    if len(source) > LARGEST:
        raise BadInput(
            f"{shown}: larger than {LARGEST >> 20} MiB; expected a Python file with claims"
        )
    return source


def load(path: Path, shown: str) -> Loaded:
    """Run a claims file; stdout belongs to the verdict. Raises BadInput where it cannot be read;
    its own errors are slips, each at its line.
    """
    source, path = read_source(path, shown), path.absolute()  # the file may change the folder
    try:
        tree = ast.parse(source, str(path))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return Loaded((), (Slip(shown, getattr(error, "lineno", 0) or 0, _unparsed(error)),))
    author = _Author(path, shown, tree)
    with beside(path, first=True), redirect_stdout(sys.stderr), in_one_folder():
        for statement in tree.body:
            for part in by_item(statement):
                author.run(part)
    return author.loaded()


def _unparsed(error: BaseException) -> str:
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"this is not Python: {type(error).__name__}: {said or 'nested too deeply'}"


class _Author:
    """A module under a name of its own, which can shadow nothing, and what went wrong in it."""

    def __init__(self, path: Path, shown: str, tree: ast.Module) -> None:
        self.path, self.shown, self.file = path, shown, str(path.absolute())
        self.module = ModuleType(f"{NAMED}{self.file}", ast.get_docstring(tree, clean=False))
        self.module.__dict__.update(__file__=self.file, __package__=".".join(packages(path)[0]))
        self.space: dict[str, Any] = self.module.__dict__
        self.slips: list[Slip] = []
        self.lines: dict[str, int] = {}  # of names
        self.foreign: set[str] = set()  # names that the file merely imports
        self.flags = 0
        self.bound_again: list[tuple[Written, int]] = []

    def run(self, statement: ast.stmt) -> None:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            for alias in statement.names:
                self.flags |= getattr(getattr(__future__, alias.name, None), "compiler_flag", 0)
        names = sorted(set(binds(statement)))
        lines = dict(self.lines)
        self.lines |= dict.fromkeys(names, statement.lineno)
        imports = isinstance(statement, (ast.Import, ast.ImportFrom))
        self.foreign = self.foreign | set(names) if imports else self.foreign - set(names)
        before = {name: self.space.get(name) for name in names}
        self.bound_again += [
            (Written(x, name, lines[name]), statement.lineno)
            for name, x in before.items()
            if isinstance(x, Claim)
        ]
        sys.modules[self.module.__name__] = self.module
        kept = dict(BUILTINS)
        try:
            if twice := said_twice(statement):
                raise BadInput(
                    f"the key {twice[0]} stands twice in one dictionary, at line {twice[1]}; rename"
                    " one: the first is lost"
                )
            exec(self._code(statement), self.space)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # sys.exit() at import is a slip as well
            broken = mended(kept)  # first of all: what follows uses them
            cause = BadInput(broken) if broken else error
            self._failed(statement, cause, [n for n in names if self.space.get(n) is before[n]])
        else:
            if broken := mended(kept):
                self._failed(statement, BadInput(broken), names)

    def _code(self, statement: ast.stmt) -> CodeType:
        body = ast.Module([statement], [])
        return compile(body, self.file, "exec", flags=self.flags, dont_inherit=True)

    def _failed(self, statement: ast.stmt, error: BaseException, names: list[str]) -> None:
        slip = self._cause(statement, error)
        if slip is None:
            line = line_in(self.file, error) or getattr(error, "lineno", 0) or statement.lineno
            slip = Slip(self.shown, line, told(error, self.path))
            self.slips.append(slip)
        slip.names += names
        slip.ids += [x for x in ids_in(statement) if x not in slip.ids]
        self.space.update({name: Broken(slip) for name in names})

    def _cause(self, statement: ast.stmt, error: BaseException) -> Slip | None:
        """An earlier slip, where this statement uses what it should have made."""
        if isinstance(error, Taken):
            return error.slip
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(found := self.space.get(node.id), Broken):
                return slip_of(found)
        return None

    def loaded(self) -> Loaded:
        """Its CLAIMS, else its module-level claims."""
        found = [Written(x, self._name(x), self._line(x)) for x in self._chosen()]
        if "CLAIMS" not in self.space:
            self._lost({w.claim.id for w in found})
        if not found and not self.slips:
            self._slip(f"no claims; {_EXPECTED}")
        return Loaded(tuple(found), tuple(sorted(self.slips, key=lambda s: s.line)), self.space)

    def _lost(self, kept: set[str]) -> None:
        """A claim whose only name was given to something else would not be decided, and nobody
        would say so.
        """
        for old, line in self.bound_again:
            if old.claim.id not in kept and old.name not in self.foreign:
                why = (
                    f"claim {old.claim.id}: its name {old.name} is bound again at line {line}, and"
                    " nothing names the claim"
                )
                self.slips.append(
                    Slip(
                        self.shown,
                        old.line,
                        f"{why}; rename one, or list them in CLAIMS",
                        [],
                        [old.claim.id],
                    )
                )
                kept.add(old.claim.id)

    def _chosen(self) -> list[Claim]:
        listed = self.space.get("CLAIMS")
        if isinstance(listed, (tuple, list)):
            for x in listed:
                if len(self.slips) >= MOST_SLIPS:
                    break
                if not is_claim(x) and not isinstance(x, Broken):
                    shown = f"{x[:40]!r}" if isinstance(x, str) else "something"
                    self._slip(f"CLAIMS holds {shown} of type {type(x).__name__}; {_EXPECTED}")
            return [x for x in listed if is_claim(x)]
        if listed is not None and not isinstance(listed, Broken):
            self._slip(f"CLAIMS is of type {type(listed).__name__}; {_EXPECTED}")
        named = [x for name, x in self.space.items() if is_claim(x) and name not in self.foreign]
        return list({id(x): x for x in named}.values())

    def _slip(self, why: str) -> None:
        self.slips.append(Slip(self.shown, self.lines.get("CLAIMS", 0), why))

    def _name(self, claim: Claim) -> str:
        return next((n for n, x in self.space.items() if x is claim), "")

    def _line(self, claim: Claim) -> int:
        return self.lines.get(self._name(claim) or "CLAIMS", 0)


def is_claim(thing: object) -> bool:
    """By its own type: what a foreign object says about its class is not asked."""
    return issubclass(type(thing), Claim)


_EXPECTED = (
    "expected a module-level tuple CLAIMS of verify.Claim objects, for example CLAIMS ="
    " (MY_CLAIM,), or claims with a name each"
)
