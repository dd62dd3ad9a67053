"""The numbers of a picture as CSV, one point to a row: what is drawn, and nothing else."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from math import isnan

from verify.process.written import harmless
from verify.report.pictures.look import letter
from verify.report.pictures.picture import Panel, Picture, Plane

COLUMNS = ("panel", "title", "curve", "kind", "x_axis", "x", "y_scale", "y", "low", "high")
Cell = str | float
Row = tuple[Cell, ...]


def as_table(picture: Picture) -> str:
    """Coordinates as on the axes: where a scale is log10 they are decimal logarithms, so that
    1e-400 has a place. A band has its ends in low and high; an empty cell is a place where there
    is nothing to draw.
    """
    rows = [row for k, p in enumerate(picture.panels) for row in _panel(letter(k), p, picture)]
    return written(COLUMNS, rows)


def written(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """No cell begins as a formula of a spreadsheet does."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(c) for c in row] for row in rows)
    return stream.getvalue()


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return harmless(cell)
    return "" if isnan(cell) else repr(float(cell))


def _panel(name: str, panel: Panel | Plane, picture: Picture) -> Iterator[Row]:
    if isinstance(panel, Plane):
        for stroke in panel.curves:
            for n, (xs, ys) in enumerate(stroke.parts, 1):
                own = (name, panel.title, f"{stroke.label} [{n}]", stroke.kind, "w1", "linear")
                yield from (_row(own, x, y, "", "") for x, y in zip(xs, ys, strict=True))
        return
    axis = f"log10({picture.clock})" if picture.log_time else picture.clock
    for c in panel.curves:
        none: tuple[Cell, ...] = ("",) * len(c.x)
        own = (name, panel.title, c.label, c.kind, axis, "log10" if panel.log else "linear")
        ends = zip(c.low or none, c.high or none, strict=True)
        places = zip(c.x, c.y, ends, strict=True)
        yield from (_row(own, x, y, low, high) for x, y, (low, high) in places)


def _row(own: tuple[str, ...], x: Cell, y: Cell, low: Cell, high: Cell) -> Row:
    name, title, curve, kind, axis, scale = own
    return (name, title, curve, kind, axis, x, scale, y, low, high)
