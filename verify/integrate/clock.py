"""The time in which a flow is followed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Clock:
    """A change of time: the flow is followed in s, and dt/ds = ``rate(x, s)`` > 0.

    ``time`` gives t(s) where it is known in closed form; otherwise t is one more state
    (``system.retimed``).
    """

    name: str
    symbol: str
    rate: Callable[[Sequence[Any], Any], Any] | None = None
    time: Callable[[Any], Any] | None = None
    text: str = ""


PLAIN = Clock("plain", "t", None, lambda s: s, "t")
LOG = Clock("log", "s", lambda x, s: s.exp(), lambda s: s.exp() - 1, "s = log(1 + t)")
