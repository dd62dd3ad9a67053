"""What a theory finds for one sentence: it is shown, or there is a gap; it is refuted; or it says
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verify.claims.verdict import Verdict


class Nothing(Exception):
    """The sentence is about nothing, for the reason that is its text."""


@dataclass(frozen=True)
class Gap:
    """Why a theory does not show a sentence; it refutes nothing."""

    reason: str


@dataclass(frozen=True)
class Shown:
    """What a theory found for a sentence: how, of what it speaks, and on which rules and cited
    theorems it rests.
    """

    reason: str
    scope: str = ""
    rules: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    proof: Any = None
    verdict: Verdict = Verdict.PROVED


@dataclass(frozen=True)
class Refuted:
    """An exact exhibit at which a sentence fails."""

    witness: Any
    reason: str = "an exact witness violates it"
    rules: tuple[str, ...] = ()
