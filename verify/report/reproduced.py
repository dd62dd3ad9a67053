"""An experiment that was run again: its screen, its data as CSV and JSON."""

from __future__ import annotations

import csv
from io import StringIO
from math import isfinite
from typing import Any

from verify.process.width import fitted
from verify.process.written import EXPERIMENT, as_json
from verify.reproduce.base import Assertion, Cell, Outcome, shown

INDENT = 15


def screen(o: Outcome) -> str:
    """Settings, the table, and what was asserted: by a theorem, or only seen."""
    lines = [f"{o.name}    {o.title}    {o.source}", ""]
    lines += [_row(name, text) for name, text in (*o.settings, ("Seed", str(o.seed)))]
    heading, names, rows = o.page
    lines += ["", f"  {heading}", "", *_table(names, rows), ""]
    backed = [a for a in o.assertions if a.theorem and not a.misread]
    seen = [a for a in o.assertions if not a.theorem and not a.misread]
    misread = [a for a in o.assertions if a.misread]
    for title, group in (("By theorem", backed), ("Seen here", seen), ("Misread", misread)):
        lines += [_row(title if k == 0 else "", _said(a)) for k, a in enumerate(group)]
    code = o.exit
    lines += ["", f"{_whole(o)}    exit {code}, seed {o.seed}"]
    return fitted("\n".join(lines) + "\n")


def _whole(o: Outcome) -> str:
    if o.exit == 1:
        return "what a theorem backs is REFUTED"
    if o.exit == 0:
        refuted = ", and what is misread is refuted" if any(a.misread for a in o.assertions) else ""
        return f"every assertion holds{refuted}"
    empirical = any(not a.expected and not a.misread for a in o.assertions)
    return "an empirical assertion fails" if empirical else "what is misread is not refuted here"


def _row(name: str, text: str) -> str:
    return f"  {name:{INDENT - 2}}{text}"


def _said(a: Assertion) -> str:
    by = f" ({'what is true: ' if a.misread else ''}{a.theorem})" if a.theorem else ""
    return f"{a.verdict:9}{a.text}: {a.found}{by}"


def _table(names: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> list[str]:
    cells = [names, *([shown(c) for c in r] for r in rows)]
    wide = [max(len(r[c]) for r in cells) for c in range(len(names))]
    return ["  " + "  ".join(f"{c:>{w}}" for c, w in zip(r, wide, strict=True)) for r in cells]


def as_csv(o: Outcome) -> str:
    """One measurement to a row; an empty cell where there is no number."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(o.columns)
    writer.writerows([_plain(c) for c in r] for r in o.rows)
    return stream.getvalue()


def _plain(cell: Cell) -> Any:
    return None if isinstance(cell, float) and not isfinite(cell) else cell


def as_data(o: Outcome) -> str:
    """The document of ``--format json``."""
    return as_json(
        {
            "schema": EXPERIMENT,
            "experiment": o.name,
            "title": o.title,
            "source": o.source,
            "seed": o.seed,
            "settings": dict(o.settings),
            "columns": list(o.columns),
            "rows": [[_plain(c) for c in r] for r in o.rows],
            "assertions": [
                {
                    "text": a.text,
                    "found": a.found,
                    "theorem": a.theorem or None,
                    "verdict": a.verdict,
                    "expected": "REFUTED" if a.misread else "holds",
                }
                for a in o.assertions
            ],
            "exit": o.exit,
        }
    )
