"""What an experiment yields: a table, panels, and assertions, those that a theorem backs apart from
those that are only seen.

Numbers are rounded here, once, to the digits that their method has in any order of summation: what
is printed, written and drawn is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any

DIGITS = 6  # significant ones of a table
Cell = str | int | float | None
#: a map of a function over tuples of arguments, its results in their order: here, or spread over
# the workers of an executor (``verify.process.executors.spread``)
Over = Callable[[Callable[..., Any], Sequence[tuple]], list[Any]]


def here(function: Callable[..., Any], arguments: Sequence[tuple]) -> list[Any]:
    """One after the other, in this process."""
    return [function(*a) for a in arguments]


@dataclass(frozen=True)
class Assertion:
    """``text`` says what was asserted, ``found`` what was seen; ``theorem`` names what backs it,
    empty where nothing does. A ``misread`` one is expected to be refuted; its theorem says what is
    true instead.
    """

    text: str
    holds: bool
    found: str
    theorem: str = ""
    misread: bool = False

    @property
    def verdict(self) -> str:
        """In words: of a theorem that fails, REFUTED."""
        if self.holds:
            return "holds"
        return "REFUTED" if self.theorem else "fails"

    @property
    def expected(self) -> bool:
        return self.holds != self.misread


@dataclass(frozen=True)
class Line:
    """A line of a panel."""

    label: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    dashed: bool = False


@dataclass(frozen=True)
class Axes:
    """One panel: its labels are LaTeX between dollars, as matplotlib typesets it."""

    title: str
    x: str
    y: str
    lines: tuple[Line, ...]
    log_x: bool = True
    log_y: bool = True


@dataclass(frozen=True)
class Outcome:
    """``columns`` and ``rows`` are the data, one measurement to a row; ``page`` is what a screen
    shows of it: a heading, names of columns, rows.
    """

    name: str
    title: str
    source: str
    seed: int
    settings: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    page: tuple[str, tuple[str, ...], tuple[tuple[Cell, ...], ...]]
    assertions: tuple[Assertion, ...]
    panels: tuple[Axes, ...]

    @property
    def exit(self) -> int:
        """0; 1 where what a theorem backs fails; 4 where only what is empirical does, or what is
        misread is not refuted here.
        """
        if any(a.theorem and not a.holds and not a.misread for a in self.assertions):
            return 1
        return 0 if all(a.expected for a in self.assertions) else 4


def rounded(x: float, digits: int = DIGITS) -> float:
    """To significant digits; -0.0 is 0.0. nan stays, and is an empty cell."""
    return float(f"{x:.{digits - 1}e}") + 0.0 if isfinite(x) else nan


def shown(cell: Cell, digits: int = 4) -> str:
    """A cell on the screen."""
    if cell is None or cell != cell:
        return "-"
    return f"{cell:.{digits}g}" if isinstance(cell, float) else str(cell)
