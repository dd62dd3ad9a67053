"""Writing certificates of enclosures (``proofs/enclosures/FORMAT.md``), which ``verify/check_enclosure.py`` reads and re-derives.

A certificate carries the flow as a straight-line program, the exact start, one polynomial for each state on each link with the
logarithmic norms as hints, and facts: a quantity stays above or below a bound for all later times. It carries no radius.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.integrate.validated import Enclosure
from verify.settings.system import Quantity, System

FORMAT = {"format": "flowlaw-enclosure", "version": 1}


@dataclass(frozen=True, slots=True)
class Fact:
    """The quantity is ``relation`` (">" or "<") ``bound`` at every clock time of [after, horizon].

    ``quantity`` is a name in System.quantities or a function (x, moment) -> scalar; ``name`` and ``words`` are labels.
    """

    name: str
    quantity: str | Quantity
    relation: str
    bound: Fraction
    after: Fraction = Fraction(0)
    words: str = ""


#: one start: (label, system, enclosure, facts)
Part = tuple[str, System, Enclosure, Sequence[Fact]]


def body_of(claim_id: str, parts: Sequence[Part]) -> dict[str, Any]:
    """The certificate as a JSON object; its bytes are ``verify.certificate.text_of(body)``, the same for the same arguments.

    Raises BadInput where a clock is neither plain nor log, a relation is not ">" or "<", a bound or time is not exact, or a
    quantity has no such name. Nothing is checked here: give the body to ``verify.check_enclosure.check``.
    """
    raise NotImplementedError


def statement_of(body: Mapping[str, Any]) -> str:
    """What the certificate claims, in words: labels, starts, interval, facts."""
    raise NotImplementedError
