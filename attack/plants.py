"""Holes put back, so that the campaign can be tested: each one must be found."""

from __future__ import annotations

from collections.abc import Callable


def plant(name: str) -> None:
    """Raises KeyError, listing the holes that there are."""
    if name not in PLANTS:
        raise KeyError(f"{name!r}; expected one of: {', '.join(sorted(PLANTS))}")
    PLANTS[name]()


PLANTS: dict[str, Callable[[], None]] = {}
