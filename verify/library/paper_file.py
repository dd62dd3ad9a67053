"""A paper as a list of its statements, in TOML: what each says, and the claims that state it as
printed and as corrected. Text of a file is read and never run.

    title = "Deep LDA"
    source = "2603.02622v1"            # an arXiv id; or draft = "my draft"

    [[statement]]
    says = "the (2/L) quasi-norm is conserved under balance"
    where = "abstract"                 # place and page only where they are known
    printed = "quasi-norm"             # an id, or FILE.py::NAME beside this file
    corrected = "..."                  # where the printed form is wrong
    note = "..."

    [[statement]]
    says = "..."
    out_of_scope = "why it is not judged"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from verify.claims.source import Source
from verify.exact.errors import BadInput
from verify.process.files import read_regular

MOST = 1_000_000  # bytes of a file
TEXTS = ("says", "where", "printed", "corrected", "note", "out_of_scope")
PAPER = ("title", "source", "draft", "statement")


@dataclass(frozen=True)
class Statement:
    """One statement of a paper; ``printed`` and ``corrected`` name claims as a command line
    does.
    """

    says: str
    where: str = ""
    page: int = 0
    printed: str = ""
    corrected: str = ""
    note: str = ""
    out_of_scope: str = ""

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(x for x in (self.printed, self.corrected) if x)

    @property
    def place(self) -> str:
        return ", ".join(x for x in (self.where, f"p. {self.page}" if self.page else "") if x)


@dataclass(frozen=True)
class Paper:
    """A paper and its statements, in the order in which they are listed."""

    title: str
    source: Source
    statements: tuple[Statement, ...]
    file: str


def papers_in(path: Path) -> list[Paper]:
    """Of a file, or of the files *.toml of a folder, by name. Raises BadInput."""
    if path.is_dir():
        files = sorted(x for x in path.iterdir() if x.suffix == ".toml" and x.is_file())
        if not files:
            raise BadInput(f"{path}: no file *.toml in this folder; a paper is one such file")
        return [read_paper(x) for x in files]
    return [read_paper(path)]


def read_paper(path: Path) -> Paper:
    """Raises BadInput naming the file, the statement, the key, its value and what was expected."""
    try:
        content = read_regular(path, MOST)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise BadInput(f"{path}: {why}; expected a TOML file with [[statement]] tables") from error
    if len(content) > MOST:
        raise BadInput(f"{path}: longer than {MOST} bytes; split the paper into several files")
    try:
        data = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(f"{path}: no TOML: {error}") from error
    _only(data, PAPER, str(path))
    listed = data.get("statement")
    if not isinstance(listed, list) or not listed:
        raise BadInput(f"{path}: no statement; expected at least one [[statement]] table")
    found = tuple(_statement(x, f"{path}: statement {n}", path) for n, x in enumerate(listed, 1))
    title = _text(data, "title", str(path), needed=True)
    return Paper(title, _source(data, path), found, str(path))


def _source(data: Mapping[str, Any], path: Path) -> Source:
    arxiv, draft = _text(data, "source", str(path)), _text(data, "draft", str(path))
    if bool(arxiv) == bool(draft):
        raise BadInput(f"{path}: expected one of source = an arXiv id and draft = a name")
    try:
        return Source(arxiv) if arxiv else Source.own(draft)
    except BadInput as error:
        raise BadInput(f"{path}: {error}") from error


def _statement(data: Any, said: str, path: Path) -> Statement:
    if not isinstance(data, dict):
        raise BadInput(f"{said}: expected a table [[statement]]")
    _only(data, (*TEXTS, "page"), said)
    texts = {key: _text(data, key, said, needed=key == "says") for key in TEXTS}
    page = data.get("page", 0)
    if isinstance(page, bool) or not isinstance(page, int) or not 0 <= page < 10**6:
        raise BadInput(f"{said}: page = {page!r:.40}; expected a whole number from 1 on")
    if bool(texts["printed"]) == bool(texts["out_of_scope"]):
        raise BadInput(
            f"{said}: expected either printed = a claim that says it, or out_of_scope = why there"
            " is none"
        )
    if texts["corrected"] and not texts["printed"]:
        raise BadInput(f"{said}: corrected without printed; name the claim that says it as printed")
    for key in ("printed", "corrected"):
        texts[key] = _beside(texts[key], path)
    return Statement(page=page, **texts)


def _beside(name: str, path: Path) -> str:
    """A file that a paper names lies beside the paper."""
    return str(path.parent / name) if name.endswith(".py") or ".py::" in name else name


def _only(data: Mapping[str, Any], known: tuple[str, ...], said: str) -> None:
    for key in data:
        if key not in known:
            near = get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"expected {', '.join(known)}"
            raise BadInput(f"{said}: unknown key {key!r:.60}; {hint}")


def _text(data: Mapping[str, Any], key: str, said: str, needed: bool = False) -> str:
    found = data.get(key, "")
    if not isinstance(found, str) or not found.isprintable() or (needed and not found.strip()):
        raise BadInput(f"{said}: {key} = {found!r:.60}; expected one line of printable text")
    return found.strip()
