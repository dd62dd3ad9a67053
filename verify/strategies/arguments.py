"""Arguments of strategies: checked where the strategy is made, and named where they are wrong."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

Sizes = int | st.SearchStrategy[int]


def whole(name: str, value: Any, least: int) -> int:
    """Raises InvalidArgument, as all of these do."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InvalidArgument(f"{name}={value!r}: expected a whole number >= {least}")
    return value


def one_of(name: str, value: Any, *allowed: Any) -> Any:
    """The very object."""
    if not any(value is x for x in allowed):
        raise InvalidArgument(f"{name}={value!r}: expected {' or '.join(map(str, allowed))}")
    return value


def exact_degree(value: Any) -> Fraction | None:
    """None stays None."""
    if value is not None and (isinstance(value, bool) or not isinstance(value, (int, Fraction))):
        raise InvalidArgument(
            f"degree={value!r}: expected an exact number (int or Fraction) or None (any)"
        )
    return None if value is None else Fraction(value)


def counts(name: str, value: Any, least: int) -> st.SearchStrategy[int]:
    """A strategy whose values are checked when they are drawn; a number is checked at once."""
    if isinstance(value, st.SearchStrategy):
        return value.map(lambda drawn: whole(name, drawn, least))
    return st.just(whole(name, value, least))
