"""What is refused, what is no record, and how much work there may be."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

BYTES, DIGITS, WORK, LETTERS = 4_000_000, 2_000, 4_000_000, 120


class Refused(Exception):
    """It does not hold, or is not checked."""


class NotACertificate(Exception):
    """It is no record of this kind."""


def need(holds: Any, why: str) -> None:
    if not holds:
        raise Refused(why)


class Work:
    left = WORK

    @classmethod
    def spend(cls, n: int) -> None:
        cls.left -= n
        need(cls.left > 0, "too large to check")


def rational(text: Any) -> Fraction:
    fits = isinstance(text, str) and len(text) <= DIGITS
    if not fits or not re.fullmatch(r"-?[0-9]+(/[1-9][0-9]*)?", text):
        raise NotACertificate(f"{text!r:.40} is no rational number in quotes")
    return Fraction(text)
