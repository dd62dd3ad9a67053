"""A paper that was audited: each statement as printed and as corrected, with an auditor's word, the
verdict behind it, and its scope. As plain data, text, CSV and LaTeX.

VERIFIED is said of PROVED and ENCLOSED only: what is supported by samples is not decided.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from verify import __version__
from verify.claims.verdict import Verdict
from verify.library.paper_file import Paper, Statement
from verify.process.written import SCHEMA_VERSION, harmless
from verify.report.pages.card import Card
from verify.report.screen import grid, styled
from verify.spelling.many import many
from verify.spelling.tex import plain

VERIFIED, FALSIFIED = "verified in scope", "falsified"
OPEN, OUTSIDE = "not decided", "out of scope"
_WORDS = {"PROVED": VERIFIED, "ENCLOSED": VERIFIED, "REFUTED": FALSIFIED}
_OWN = ("where", "statement", "said", "claim", "verdict", "judged", "scope")
COLUMNS = (*_OWN, "corrected by", "which is")


@dataclass(frozen=True)
class Judged:
    """A claim that a statement names: its card, or why it has none."""

    name: str
    verdict: str
    sentence: str  # what was judged, whatever the paper's statement says
    scope: str
    exit: int
    card: Card | None = None

    @property
    def word(self) -> str:
        return _WORDS.get(self.verdict, OPEN)

    def data(self) -> dict[str, Any]:
        own = {"claim": self.name, "sentence": self.sentence, "verdict": self.verdict}
        return {**own, "said": self.word, "scope": self.scope}


@dataclass(frozen=True)
class Entry:
    """A statement and what was found of it."""

    statement: Statement
    printed: Judged | None
    corrected: Judged | None

    @property
    def word(self) -> str:
        return self.printed.word if self.printed else OUTSIDE

    def cells(self) -> tuple[str, ...]:
        """As COLUMNS name them."""
        p, c, s = self.printed, self.corrected, self.statement
        own = (p.name, p.verdict, p.sentence, p.scope) if p else ("", "", "", s.out_of_scope)
        other = (c.name, f"{c.word}: {c.scope}") if c else ("", "")
        return (s.place, s.says, self.word, *own, *other)

    def data(self) -> dict[str, Any]:
        s = self.statement
        own = {"says": s.says, "where": s.where, "page": s.page or None, "note": s.note}
        parts = {k: j.data() if j else None for k, j in _parts(self)}
        return {**own, "said": self.word, "out_of_scope": s.out_of_scope, **parts}


def _parts(entry: Entry) -> list[tuple[str, Judged | None]]:
    return [("printed", entry.printed), ("corrected", entry.corrected)]


def entries(paper: Paper, judged: Mapping[str, Judged]) -> list[Entry]:
    """Each statement with the claims that it names, by the names in the file."""
    return [Entry(s, judged.get(s.printed), judged.get(s.corrected)) for s in paper.statements]


def counted(found: Sequence[Entry]) -> str:
    """How many of which word, in the order of the words."""
    counts = Counter(e.word for e in found)
    told = [f"{counts[w]} {w}" for w in (VERIFIED, FALSIFIED, OPEN, OUTSIDE) if counts[w]]
    return f"{many(len(found), 'statement')}: {', '.join(told)}"


def as_data(paper: Paper, found: Sequence[Entry], code: int, seed: int) -> dict[str, Any]:
    """JSON keys in a fixed order."""
    return {
        "schema_version": SCHEMA_VERSION,
        "paper": paper.title,
        "source": paper.source.text(),
        "statements": [e.data() for e in found],
        "counts": dict(Counter(e.word for e in found)),
        "seed": seed,
        "exit": code,
    }


def as_screen(paper: Paper, found: Sequence[Entry]) -> RenderableType:
    """For people: a paragraph for each statement."""
    head = Text(f'paper "{paper.title}"    {paper.source.text()}    flowlaw {__version__}', "bold")
    parts: list[RenderableType] = [head, Text("")]
    for e in found:
        table = grid(11, 17)
        table.add_row(Text(e.statement.place or "statement"), Text(e.word), Text(e.statement.says))
        for title, judged in _parts(e):
            if judged is not None:
                mark = styled(Verdict[judged.verdict]) if judged.verdict in _NAMES else Text("")
                told = f"{judged.scope}    verify claim {judged.name}"
                table.add_row(Text(f"  {title}"), mark, Text(judged.sentence))
                table.add_row(Text(""), Text(""), Text(told))
        for title, text in (("  because", e.statement.out_of_scope), ("  note", e.statement.note)):
            if text:
                table.add_row(Text(title), Text(""), Text(text))
        parts += [Padding(table, (0, 0, 0, 2)), Text("")]
    return Group(*parts, Text(counted(found)))


_NAMES = frozenset(v.name for v in Verdict)


def as_csv(found: Sequence[Entry]) -> str:
    """One line a statement, columns as COLUMNS; what a spreadsheet would take for a formula begins
    with an apostrophe.
    """
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(x) for x in e.cells()] for e in found)
    return stream.getvalue()


def as_latex(paper: Paper, found: Sequence[Entry]) -> str:
    """A tabular; it needs no package."""
    lines = [f"% {plain(paper.title)}, {paper.source.text()}"]
    lines += [
        r"\begin{tabular}{p{1.6cm}p{4.6cm}ll}",
        r"where & statement & verdict & scope \\",
        r"\hline",
    ]
    for e in found:
        where, says, word, _, _, _, scope, _, right = e.cells()
        told = scope + (f"; corrected: {right}" if right else "")
        wide = rf"\parbox[t]{{5cm}}{{\raggedright {plain(told)}}}"
        lines.append(f"{plain(where)} & {plain(says)} & {plain(word)} & {wide} \\\\")
    return "\n".join([*lines, r"\end{tabular}"]) + "\n"
