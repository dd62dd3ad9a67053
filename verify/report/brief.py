"""What fits a page: texts cut to some lines, rows of one kind counted, until a screen has at most
40 lines.

A verdict, its scope with its conditions, hypotheses, rules and cited theorems, a refutation's
witness and what did not agree are never cut. What is cut ends in ``...``; all of it stands on the
screen of ``--verbose``, and in JSON.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import wrap
from typing import Any

PAGE = 40  # lines of a screen
# how wide it is where nobody says so; wider ones show no more, narrower ones than NARROW no less
COLUMNS, NARROW = 118, 80
CUT = " ..."
_FIRST = {"see": 3, "link": 2, "checked": 3, "instance": 3}
_NEXT = {"see": 2, "setting": 6, "statement": 3, "start": 2, "measured": 4, "needed": 5, "note": 2}
_THEN = {
    "see": 1,
    "setting": 4,
    "statement": 2,
    "start": 1,
    "measured": 2,
    "needed": 3,
    "note": 1,
    "reason": 2,
    "link": 1,
}
_LATE = {
    "checked": 1,
    "instance": 1,
    "setting": 3,
    "statement": 1,
    "measured": 1,
    "needed": 2,
    "reason": 1,
}
#: level by level the lines that a text of a kind may take; what is not named stays whole
LINES: tuple[dict[str, int], ...] = (
    _FIRST,
    _FIRST | _NEXT | {"checked": 2, "instance": 2},
    _FIRST | _NEXT | _THEN | {"checked": 2, "instance": 2},
    _FIRST | _NEXT | _THEN | _LATE,
    _FIRST | _NEXT | _THEN | _LATE | {"setting": 2, "needed": 1},
)
#: and how many rows of a kind there may be
ROWS: tuple[dict[str, int], ...] = (
    {},
    {"measured": 6, "start": 6, "see": 6, "statement": 20},
    {"measured": 3, "start": 3, "see": 3, "statement": 12},
    {"measured": 2, "start": 2, "see": 2, "statement": 8},
    {"measured": 1, "start": 1, "see": 1, "statement": 5},
)


@dataclass(frozen=True)
class Row:
    """A row of a table: ``text`` may be cut, ``fixed`` follows it and stays; ``middle`` is a
    verdict or a word.
    """

    head: str
    text: str
    fixed: str = ""
    middle: Any = None
    kind: str = ""

    @property
    def whole(self) -> str:
        return self.text + self.fixed


def shortened(rows: Sequence[Row], level: int, columns: int = COLUMNS) -> list[Row]:
    """The rows of a table as they are shown at a level."""
    wide = columns - 6 - _wide(rows)
    counts: dict[str, int] = {}
    found: list[Row] = []
    for row in _together(rows) if level == len(LINES) - 1 else rows:
        counts[row.kind] = counts.get(row.kind, 0) + 1
        if counts[row.kind] <= ROWS[level].get(row.kind, len(rows)):
            found.append(replace(row, text=cut(row.text, LINES[level].get(row.kind, 0), wide)))
    return [*found, *_left_out(counts, level)]


def _wide(rows: Sequence[Row]) -> int:
    """Columns of what stands before the text."""
    middle = 12 if any(row.middle is not None for row in rows) else 0
    return max([12 if middle else 11, *(len(row.head) for row in rows)]) + middle


def _left_out(counts: dict[str, int], level: int) -> list[Row]:
    more = {kind: counts.get(kind, 0) - most for kind, most in ROWS[level].items()}
    words = {
        "measured": "experiment",
        "start": "start",
        "see": "claim beside it",
        "statement": "conclusion",
    }
    told = [
        f"{n} more {words[kind]}{'s' * (n > 1 and kind != 'see')}"
        for kind, n in more.items()
        if n > 0
    ]
    return [Row("", f"and {', '.join(told)}{CUT}")] if told else []


def cut(text: str, lines: int, wide: int) -> str:
    """The first lines of a text; the whole of it for 0 lines."""
    parts = wrap(text, wide, break_long_words=True, break_on_hyphens=False) if lines else []
    if len(parts) <= lines:
        return text
    kept = " ".join(parts[:lines])
    if len(parts[lines - 1]) + len(CUT) > wide:
        kept = kept[: -len(CUT)].rpartition(" ")[0] or kept[: -len(CUT)]
    return kept.rstrip(" ,;:") + CUT


def _together(rows: Sequence[Row]) -> list[Row]:
    """Conclusions that are judged alike, in one row with all their names; a refuted one keeps its
    own, before its witness.
    """
    groups: dict[tuple, list[Row]] = {}
    for n, row in enumerate(rows):
        alike = row.kind == "reason" and getattr(row.middle, "name", "") != "REFUTED"
        groups.setdefault((row.middle, row.fixed) if alike else (n,), []).append(row)
    return [
        g[0]
        if len(g) == 1
        else replace(g[0], head=f"{len(g)} alike", text=", ".join(r.head for r in g), kind="")
        for g in groups.values()
    ]


def merged(texts: Sequence[str]) -> str:
    """What is said of many sizes: the words once, each number as often as it differs; else one
    after the other.
    """
    split = [re.split(r"(\d+)", text) for text in texts]
    if len({tuple(parts[::2]) for parts in split}) > 1:
        return " | ".join(texts)
    columns = zip(*split, strict=True)
    return "".join(
        ", ".join(column) if n % 2 and len(set(column)) > 1 else column[0]
        for n, column in enumerate(columns)
    )
