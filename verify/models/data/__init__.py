"""Labelled data read exactly: ``read_scatter("iris")`` or ``read_scatter("file.csv", "label")``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from difflib import get_close_matches

from verify.exact.errors import BadInput
from verify.exact.limits import shorten
from verify.models.data.definite import Rank, rank_of, require_definite
from verify.models.data.scatter import Scatter, scatter_of
from verify.models.data.shipped import SHIPPED, shipped_table
from verify.models.data.table import Table, read_table

__all__ = [
    "Rank",
    "Scatter",
    "Table",
    "load_table",
    "rank_of",
    "read_scatter",
    "require_definite",
    "scatter_of",
]


def load_table(source: str, label: str | None = None) -> Table:
    """The table named by ``--data``: a shipped data set (no label) or a CSV file with its label
    column.

    Raises BadInput. A file with the name of a shipped data set is reached as ``./iris``.
    """
    if source in SHIPPED:
        if label is not None:
            raise BadInput(
                f"--label {shorten(label)}: {source} brings its own classes; leave --label out, "
                f"or write ./{source} for a file of that name."
            )
        return shipped_table(source)
    try:
        return read_table(source, label)
    except BadInput as error:
        close = get_close_matches(source.lower(), list(SHIPPED), 1)
        if not os.path.lexists(source):
            hint = (
                f"did you mean {close[0]}?"
                if close
                else f"the shipped data sets are {', '.join(SHIPPED)}."
            )
            raise BadInput(f"{error} If it is a shipped data set: {hint}") from None
        raise


def read_scatter(source: str, label: str | None = None, drop: Sequence[str] = ()) -> Scatter:
    """Exact scatter matrices of a data set, the columns ``drop`` left out. Raises BadInput."""
    table = load_table(source, label)
    return scatter_of(table.without(drop) if drop else table)
