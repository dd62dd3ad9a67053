"""Holes put back, so that the campaign can be tested: each one must be found.

Each plant undoes one rule in the prover and in its reader, as it was before the rule was there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def plant(name: str) -> None:
    """Raises KeyError, listing the holes that there are."""
    if name not in PLANTS:
        raise KeyError(f"{name!r}; expected one of: {', '.join(sorted(PLANTS))}")
    PLANTS[name]()


def ends_of_a_family() -> None:
    """A1: the rate of a family that is zero at its ends is used at the ends."""
    from verify.theories.words import frame

    put(frame, "rate_of", lambda spec, e: frame.at_index(e))
    put(_reader_of_matrices().MxFrame, "inside", lambda self, name, i, rate: rate)


def for_one_instant() -> None:
    """A2: what is said to hold always is asked of one instant only."""
    from verify.theories.words import search

    put(search, "stays", lambda *args: True)
    put(_reader_of_matrices().MxNumbers, "stays", lambda self, shown: None)


def excluded_silently() -> None:
    """A3: zeros that a derivative divides by are excluded without a word."""
    from verify.theories.steps import lasting, roots, supposed
    from verify.theories.towers import domain

    put(domain, "domain", lambda sentence: ())
    put(supposed, "check", lambda *args: None)
    put(lasting, "check", lambda *args: None)
    put(roots.Radical, "positive", lambda self, of, refuting: True)


def rate_where_nothing_grows() -> None:
    """A4: a rate has to stand still also where the quantity is zero."""
    from verify.claims.conclusions.rate_law import RateLaw
    from verify.terms.expr import dot, num

    put(
        RateLaw,
        "sides",
        lambda self: ((dot(self.quantity), self.rate * self.quantity), (dot(self.rate), num(0))),
    )


def branches_in_silence() -> None:
    """A5: on symbols, comparisons, hashes and truth values are Python's own."""
    from verify.integrate.traced import Traced

    put(Traced, "__eq__", object.__eq__)
    put(Traced, "__ne__", object.__ne__)
    put(Traced, "__hash__", object.__hash__)
    put(Traced, "__bool__", lambda self: True)


def asked_again() -> None:
    """A6: functions are run anew whenever their program is needed, and nobody compares."""
    from verify.integrate import record
    from verify.integrate.system import System

    put(record, "check_same", lambda *args: None)
    put(System, "recorder", property(lambda self: record.Recorder(self)))


def titles_are_prose() -> None:
    """A7: what is printed of a flow is what its author says of it."""
    from verify.theories.enclosures import follow

    put(follow, "equations", lambda starts: "gradient flow of |W_2 W_1 - Y|^2")


def speeds_forgotten() -> None:
    """V2: the kernel derives the flow as if every speed were 1."""
    from verify.kernel import setting

    put(setting, "_speeds", lambda found, given: None)


def put(owner: Any, name: str, value: Any) -> None:
    """Raises AttributeError where there is nothing to undo: then the plant is out of date."""
    getattr(owner, name)
    setattr(owner, name, value)


def _reader_of_matrices() -> Any:
    from verify import check_matrices

    return check_matrices


PLANTS: dict[str, Callable[[], None]] = {
    "A1": ends_of_a_family,
    "A2": for_one_instant,
    "A3": excluded_silently,
    "A4": rate_where_nothing_grows,
    "A5": branches_in_silence,
    "A6": asked_again,
    "A7": titles_are_prose,
    "V2": speeds_forgotten,
}
