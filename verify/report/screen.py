"""The screen of one claim. Text is handed to rich as Text, never as markup: mathematics such as [w]
stays as written.
"""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from verify import __version__
from verify.claims.evidence import Report
from verify.claims.verdict import HOLDS, Verdict
from verify.exact.exhibit import Exhibit
from verify.models.point import Point
from verify.process import terminal
from verify.process.width import width
from verify.report.brief import COLUMNS, CUT, LINES, NARROW, PAGE, Row, shortened
from verify.report.rows import of_foot, of_statement
from verify.report.stated import remarks, said_by
from verify.report.verdict_rows import of_verdicts, witness_text

__all__ = [
    "console",
    "plain_text",
    "point_text",
    "screen",
    "shown",
    "styled",
    "told",
    "witness_text",
]

if TYPE_CHECKING:
    from verify.claims.request import Request
    from verify.library.registry import Found

_COLOURS = {
    Verdict.PROVED: "bold green",
    Verdict.REFUTED: "bold red",
    Verdict.SUPPORTED: "cyan",
    Verdict.ENCLOSED: "green",
}


def console(stderr: bool = False) -> Console:
    """Plain where nobody looks at a terminal; NO_COLOR is respected."""
    made = Console(
        file=terminal.stream(2 if stderr else 1),
        markup=False,
        highlight=False,
        emoji=False,
        width=width(),  # both given: rich reads COLUMNS and LINES as numbers, whatever they say
        height=PAGE,
    )
    return made


def shown(*drawn: RenderableType) -> str:
    """As the terminal wants it; where nobody looks at one, as plain lines without trailing
    blanks.
    """
    made = console()
    if not made.is_terminal:
        return plain_text(*drawn)
    with made.capture() as caught:
        made.print(*drawn, sep="\n")
    return caught.get()


def plain_text(*drawn: RenderableType, columns: int = 0) -> str:
    """Lines without trailing blanks."""
    stream = StringIO()
    Console(
        file=stream,
        markup=False,
        highlight=False,
        emoji=False,
        width=columns or width(),
        height=PAGE,
        no_color=True,
    ).print(*drawn, sep="\n")
    return "".join(line.rstrip() + "\n" for line in stream.getvalue().splitlines())


def styled(verdict: Verdict) -> Text:
    return Text(verdict.name, style=_COLOURS.get(verdict, "yellow"))


def grid(*widths: int) -> Table:
    """Columns of fixed minimal width and one that takes the rest; long text wraps inside its
    column.
    """
    table = Table.grid(padding=(0, 2, 0, 0))
    for least in widths:
        table.add_column(min_width=least, no_wrap=True, vertical="top")
    table.add_column(overflow="fold")
    return table


def screen(
    report: Report,
    remarks: list[tuple[str, str, str]],
    path: Path | None,
    address: str | None = "",
    *,
    said: str = "",
    verbose: bool = False,
    columns: int = 0,
) -> RenderableType:
    """Everything that one run found, for people; at most a page of so many columns (as many as
    there are), or all of it with ``verbose``.

    ``address`` names it on the command line: its id if empty, None if nothing does. ``said``: whose
    sentence it is.
    """
    tables = [
        of_statement(report, said),
        of_verdicts(report),
        of_foot(report, remarks, path, address),
    ]
    if verbose:
        return _page(report, tables)
    wide = min(max(columns or width(), NARROW), COLUMNS)
    for level in range(len(LINES)):
        rows = [shortened(table, level, wide) for table in tables]
        if any(row.text.endswith(CUT) for table in rows for row in table):
            rows[-1].append(
                Row("Shortened", "what ends in ... is whole with --verbose, and in JSON")
            )
        page = _page(report, rows)
        if plain_text(page, columns=wide).count("\n") <= PAGE:
            break
    return page


def told(
    report: Report,
    found: Found,
    request: Request,
    path: Path | None,
    address: str | None,
    verbose: bool = False,
) -> RenderableType:
    """The same, with whose sentence it is, and the claims beside it; those about the loss of this
    run too.
    """
    others, family = found.known(), request.family
    also = (family.see,) if family and family.see else ()
    beside = remarks(found.claim, others, also, brief=not verbose)
    said = said_by(found.claim, others)
    return screen(report, beside, path, address, said=said, verbose=verbose)


def _page(report: Report, tables: list[list[Row]]) -> RenderableType:
    head = Text(f"{report.claim}    {report.source}    flowlaw {__version__}", style="bold")
    parts: list[RenderableType] = [head, Text("")]
    for rows in filter(None, tables):
        parts += [Padding(_table(rows), (0, 0, 0, 2)), Text("")]
    return Group(*parts, _last_line(report))


def _table(rows: list[Row]) -> Table:
    """Two columns, or three where there are verdicts."""
    three = any(row.middle is not None for row in rows)
    table = grid(12, 10) if three else grid(11)
    for row in rows:
        middle = (
            [styled(row.middle) if isinstance(row.middle, Verdict) else Text(row.middle or "")]
            if three
            else []
        )
        table.add_row(Text(row.head), *middle, Text(row.whole))
    return table


def point_text(point: Point | Exhibit) -> str:
    return point.text()


def _last_line(report: Report) -> RenderableType:
    line = styled(report.verdict)
    if report.given_all:
        line.append(f" given {', '.join(report.given_all)}")
    if report.dropped and report.verdict is Verdict.REFUTED:
        names = ", ".join(f"`{n}`" for n, _ in report.dropped)
        line.append(f"  the sentence without {names} is false.")
        if report.expected in HOLDS:
            line.append(f" The theorem itself stands: it assumes {names}.")
    elif report.verdict is not report.expected:
        line.append(f"  expected {report.expected.name}")
    else:
        failed = next((x for x in report.links if x.exit), None)
        line.append(f"  link {failed.claim}: {failed.verdict.name}" if failed else "")
    seconds = sum(report.timing.values())
    line.append(f"    exit {report.exit}, seed {report.seed}, {seconds:.2f} s")
    return line
