"""Rows modulo a prime, and their rank."""

from __future__ import annotations

from collections.abc import Sequence


class Rows:
    """Independent rows, each of entries that are not 0, by place, with a 1 where it begins."""

    def __init__(self, p: int) -> None:
        self.p = p
        self.kept: dict[int, dict[int, int]] = {}

    @property
    def rank(self) -> int:
        return len(self.kept)

    def add(self, row: Sequence[int]) -> bool:
        """Whether the row is independent of those before it, with which it is then kept."""
        p = self.p
        left = {i: x % p for i, x in enumerate(row) if x % p}
        while left:
            lead = min(left)
            c = left[lead]
            if lead not in self.kept:
                c = pow(c, -1, p)
                self.kept[lead] = {i: x * c % p for i, x in left.items()}
                return True
            for i, y in self.kept[lead].items():
                x = (left.get(i, 0) - c * y) % p
                if x:
                    left[i] = x
                else:
                    left.pop(i, None)
        return False
