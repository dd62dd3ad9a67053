"""``verify mirror FILE.py:NAME``: a parametrisation as a function of its user's file."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.library.functions import function_in
from verify.mirror.elements import of_graph
from verify.mirror.given import Given
from verify.trace.trace import traced


def given_in(name: str, start: Sequence[Fraction] | None) -> Given:
    """Raises BadInput, at the author's line where there is one; NoValue where it is too large."""
    found = function_in(name)
    return of_graph(found.used(traced), start)
