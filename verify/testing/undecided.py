"""The outcome of an assertion that decides nothing."""

from __future__ import annotations


class Undecided(AssertionError):
    """Neither shown nor refuted; the message begins with UNDECIDED and says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"UNDECIDED: {reason}")
