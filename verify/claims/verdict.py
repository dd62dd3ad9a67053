"""Verdicts: an enumeration whose values are the sentences shown to people, and the exit code that
each leads to.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from verify.process.exits import OK, REFUTED_EXIT, UNSETTLED


class Verdict(Enum):
    """One verdict per conclusion; a claim is REFUTED if one of its conclusions is, otherwise it has
    its weakest.
    """

    PROVED = "exact: holds for everything in the printed scope"
    ENCLOSED = "ball arithmetic encloses the true solution and decides it"
    SUPPORTED = "sampled: no violation above the printed detection limit"
    UNDECIDED = "neither proved nor refuted, for the printed reason"
    VACUOUS = "nothing satisfies the hypotheses and moves"
    REFUTED = "false: an exact witness violates it"

    @classmethod
    def named(cls, text: str) -> Verdict:
        """By name, in any case. Raises KeyError."""
        return cls[text.upper()]


_STRENGTH = {
    Verdict.PROVED: 3,
    Verdict.ENCLOSED: 2,
    Verdict.SUPPORTED: 1,
    Verdict.UNDECIDED: 0,
    Verdict.VACUOUS: 0,
}
HOLDS = frozenset({Verdict.PROVED, Verdict.ENCLOSED, Verdict.SUPPORTED})


def weakest(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of a claim from those of its conclusions."""
    found = list(verdicts)
    if Verdict.REFUTED in found:
        return Verdict.REFUTED
    if Verdict.VACUOUS in found:
        return Verdict.VACUOUS
    return min(found, key=lambda v: _STRENGTH[v])


def stronger(verdict: Verdict, than: Verdict) -> bool:
    """Strictly stronger, both among PROVED > ENCLOSED > SUPPORTED."""
    return verdict in HOLDS and than in HOLDS and _STRENGTH[verdict] > _STRENGTH[than]


def exit_code(verdict: Verdict, expected: Verdict) -> int:
    """0 as expected or stronger; 1 contradicted; 4 everything else. Undecided never gives 0."""
    if verdict is Verdict.UNDECIDED:
        return UNSETTLED
    if verdict is expected or stronger(verdict, expected):
        return OK
    if verdict is Verdict.REFUTED and expected in HOLDS:
        return REFUTED_EXIT
    if expected is Verdict.REFUTED and verdict in (Verdict.PROVED, Verdict.ENCLOSED):
        return REFUTED_EXIT
    return UNSETTLED
