"""A labelled table: feature columns of exact numbers and one label per row, read from a CSV file.

``read_table(path, label)`` reads comma-separated UTF-8 text (with or without byte-order mark, any
line ends) whose first line names the columns. Everything else is refused with a message; nothing is
skipped or guessed, except that blank lines hold no row. MAX_CELLS and MAX_COLUMNS bound the exact
arithmetic that follows.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fractions import Fraction
from io import StringIO

from verify.exact.errors import BadInput
from verify.exact.limits import shorten
from verify.exact.numbers import is_number
from verify.models.data.cells import parse_cell, read_text

MAX_CELLS = 1_000_000
MAX_COLUMNS = 256
MAX_NAME = 200


@dataclass(frozen=True)
class Table:
    """``cells[r][j]`` stands in row r, column j, and in line ``lines[r]`` of the file;
    ``labels[r]`` is one of the ``classes``.
    """

    name: str
    columns: tuple[str, ...]
    classes: tuple[str, ...]
    labels: tuple[str, ...]
    cells: tuple[tuple[Fraction, ...], ...]
    lines: tuple[int, ...]

    def without(self, names: Sequence[str]) -> Table:
        """The table with the named feature columns left out. Raises BadInput for an unknown name or
        if none is left.
        """
        for name in names:
            if name not in self.columns:
                raise BadInput(
                    f"{self.name}: no feature column {shorten(name)} to"
                    f" drop{nearest(name, self.columns)}"
                )
        keep = [j for j, column in enumerate(self.columns) if column not in names]
        if not keep:
            raise BadInput(
                f"{self.name}: all {len(self.columns)} feature columns are dropped; keep at least"
                " one."
            )
        cells = tuple(tuple(row[j] for j in keep) for row in self.cells)
        return replace(self, columns=tuple(self.columns[j] for j in keep), cells=cells)


def nearest(name: str, known: Sequence[str]) -> str:
    """The end of a message: the closest known name, otherwise the first few."""
    folded = {k.lower(): k for k in known}
    close = get_close_matches(name.lower(), list(folded), 1)
    if close:
        return f"; did you mean {shorten(folded[close[0]])}?"
    shown = ", ".join(shorten(k) for k in known[:8])
    return f"; the columns are {shown}" + (
        f" and {len(known) - 8} more." if len(known) > 8 else "."
    )


def read_table(path: str, label: str | None) -> Table:
    """The table in the file ``path``, whose column ``label`` holds the classes. Raises BadInput if
    it is unusable.
    """
    name = os.path.basename(path) or path
    rows = _rows(read_text(path), name)
    first = next(rows, None)
    if first is None:
        raise BadInput(
            f"{name} is empty; expected a header line with column names, then one line per row."
        )
    header = _checked_header(first[1], name)
    at = _label_column(header, label, name)
    labels: list[str] = []
    lines: list[int] = []
    cells: list[tuple[Fraction, ...]] = []
    seen: dict[str, Fraction] = {}  # each distinct cell is parsed once
    columns = (*header[:at], *header[at + 1 :])
    for number, (line, row) in enumerate(rows, 1):
        place = f"{name}, row {number} (line {line})"
        _fits(row, number, header, place, name)
        labels.append(_label(row[at], f"{place}, label column {shorten(header[at])}"))
        cells.append(_cells(row[:at] + row[at + 1 :], columns, place, seen))
        lines.append(line)
    if not cells:
        raise BadInput(
            f"{name} has a header and no rows; expected at least one row for each of two classes."
        )
    classes = tuple(sorted(set(labels)))
    if len(classes) == 1:
        raise BadInput(
            f"{name}: all {len(labels)} rows have the label {shorten(classes[0])}; at least two"
            f" classes are needed to separate anything. Is {shorten(header[at])} the right label"
            " column?"
        )
    return Table(name, columns, classes, tuple(labels), tuple(cells), tuple(lines))


def _fits(row: list[str], number: int, header: Sequence[str], place: str, name: str) -> None:
    """Raises BadInput for a line of another length, or beyond the cells that are read."""
    if len(row) != len(header):
        raise BadInput(
            f"{place}: {len(row)} cells; expected {len(header)} as in the header. Correct the line."
        )
    if number * (len(header) - 1) > MAX_CELLS:
        raise BadInput(f"{name}: more than {MAX_CELLS} cells; take a subset of rows or columns.")


def _cells(
    row: Sequence[str], columns: Sequence[str], place: str, seen: dict[str, Fraction]
) -> tuple[Fraction, ...]:
    for column, cell in zip(columns, row, strict=True):
        if cell not in seen:
            seen[cell] = parse_cell(cell, f"{place}, column {shorten(column)}")
    return tuple(seen[cell] for cell in row)


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every line that is not blank."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            if row and not (len(row) == 1 and not row[0].strip()):
                yield reader.line_num, row
    except csv.Error as error:
        raise BadInput(
            f"{name}, line {reader.line_num}: {error}; expected comma-separated cells, quotes in"
            " pairs."
        ) from None


def _checked_header(header: list[str], name: str) -> tuple[str, ...]:
    names = [cell.strip() for cell in header]
    if len(names) > MAX_COLUMNS + 1:
        raise BadInput(
            f"{name}: {len(names)} columns; at most {MAX_COLUMNS} features and a label are read."
            " Drop some."
        )
    for j, column in enumerate(names, 1):
        if not column:
            raise BadInput(
                f"{name}: column {j} of the header has no name; name it, or remove an index column."
            )
        if len(column) > MAX_NAME or not column.isprintable():
            raise BadInput(
                f"{name}: column {j} is named {shorten(column)}; expected up to {MAX_NAME}"
                " printable signs."
            )
        if column in names[: j - 1]:
            both = f"{names.index(column) + 1} and {j}"
            raise BadInput(
                f"{name}: columns {both} have the same name {shorten(column)}; rename one."
            )
    if all(is_number(column) for column in names):
        raise BadInput(
            f"{name}: the first line {shorten(','.join(names))} looks like data; expected a header"
            " with column names. Add one."
        )
    if len(names) == 1:
        mark = next((m for m in (";", "\t", "|") if m in names[0]), None)
        fix = (
            f"cells are separated by {mark!r}: write commas"
            if mark
            else "a label and a feature are needed"
        )
        raise BadInput(f"{name}: the header has one column, {shorten(names[0])}; {fix}.")
    return tuple(names)


def _label_column(header: Sequence[str], label: str | None, name: str) -> int:
    if label is None:
        shown = ", ".join(shorten(c) for c in header[:8]) + (", ..." if len(header) > 8 else "")
        raise BadInput(
            f"{name}: no label column given; say which column holds the classes, --label one of"
            f" {shown}."
        )
    if label.strip() not in header:
        raise BadInput(f"{name}: there is no label column {shorten(label)}{nearest(label, header)}")
    return header.index(label.strip())


def _label(cell: str, place: str) -> str:
    text = cell.strip()
    if not text:
        raise BadInput(
            f"{place}: missing value ''; every row needs a class. Fill it in or remove the row."
        )
    if len(text) > MAX_NAME or not text.isprintable():
        raise BadInput(
            f"{place}: {shorten(text)} is no class name; expected up to {MAX_NAME} printable signs."
        )
    return text
