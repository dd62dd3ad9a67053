"""What the fields of a claim hold, before anything is asked of them: a slip is refused with what
was expected and how to mend it.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from verify.claims.source import Source
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput, require_line

if TYPE_CHECKING:
    from verify.claims.claim import Claim

_SERIES = {  # what one has, and what it is called
    "assuming": ("prose", "hypotheses, such as (Homogeneous(),)"),
    "experiments": ("conclusion", "experiments"),
    "breaks": ("hypothesis", "breaks"),
    "remarks": ("claim", "remarks"),
    "also": ("isprintable", "other names"),
    "links": ("isprintable", "ids of claims that are its exact links"),
}
_TEXTS = ("title", "loss", "as_printed", "corrects", "unstated")


def check_fields(claim: Claim) -> None:
    """Raises BadInput naming the field, what it holds, what was expected and how to mend it."""
    for name in _TEXTS:
        _require(claim, name, isinstance(getattr(claim, name), str), "text in quotes")
    for name, (has, what) in _SERIES.items():
        _series(claim, name, has, what)
    for text in (*(getattr(claim, name) for name in _TEXTS), *claim.also):
        require_line("a text of the claim", text)
    _settings(claim)
    _concluding(claim)
    _require(
        claim,
        "hints",
        isinstance(claim.hints, Mapping),
        "help by the name of a conclusion: hints={'name': Hints(...)}",
    )
    mend = "Source('2603.02622v1'), or Source.own('draft, Lemma 3')"
    _require(claim, "source", isinstance(claim.source, Source), mend)
    _require(
        claim, "expected", isinstance(claim.expected, Verdict), "a verdict, such as Verdict.REFUTED"
    )
    for name in ("depth", "width"):
        value = getattr(claim, name)
        _require(claim, name, type(value) is int and value >= 1, "a whole number from 1 on")


def _settings(claim: Claim) -> None:
    setting = claim.setting
    if isinstance(setting, type):
        raise BadInput(
            f"setting is the class {setting.__name__}; expected an object: write"
            f" {setting.__name__}(...)"
        )
    _require(
        claim,
        "setting",
        hasattr(setting, "kind") and hasattr(setting, "wire"),
        "a setting, such as Flow()",
    )


def _series(claim: Claim, name: str, has: str, what: str) -> None:
    """A list is taken as a tuple; one thing alone is a slip of the comma."""
    value = getattr(claim, name)
    if isinstance(value, list):
        value = tuple(value)
        object.__setattr__(claim, name, value)
    if not isinstance(value, tuple):
        made = type(value).__name__
        mend = f": write {name}=({made}(...),)" if hasattr(value, has) else ""
        raise BadInput(f"{name} is {_shown(value)}; expected a tuple of {what}{mend}")
    for x in value:
        if isinstance(x, type):
            raise BadInput(
                f"{name} holds the class {x.__name__}; expected objects: write {x.__name__}(...)"
            )
        if not hasattr(x, has):
            raise BadInput(f"{name} holds {_shown(x)}; expected a tuple of {what}")


def _concluding(claim: Claim) -> None:
    value = claim.concluding
    made = type(value).__name__
    mend = f"conclusions by name: write concluding={{'name': {made}(...)}}"
    _require(claim, "concluding", isinstance(value, Mapping), mend)
    for name, conclusion in value.items():
        if not isinstance(name, str) or not name.isprintable() or not name.strip():
            raise BadInput(
                f"the name {name!r:.60} of a conclusion; expected a word, such as 'conserved'"
            )
        if isinstance(conclusion, type):
            raise BadInput(
                f"conclusion {name} is the class {conclusion.__name__}; expected an object of it"
            )


def _require(claim: Claim, name: str, holds: bool, expected: str) -> None:
    if not holds:
        raise BadInput(f"{name} is {_shown(getattr(claim, name))}; expected {expected}")


def _shown(value: Any) -> str:
    """A short value as it is written, anything else by its kind."""
    plain = isinstance(value, (str, int, float, bool, type(None)))
    return f"{value!r:.60}" if plain else f"of type {type(value).__name__}"


_NUMBERS = ("grows", "tends", "decays")  # what these state is one number


def closed(what: str, thing: object, kinds: tuple[type, ...]) -> None:
    """Raises BadInput for a type that is not in a closed list: a subclass could print one sentence
    and prove another.
    """
    if type(thing) not in kinds:
        known = ", ".join(k.__name__ for k in kinds)
        raise BadInput(f"{what} of type {type(thing).__name__}; expected one of: {known}")


def check_measured(claim: Claim, e: Any) -> None:
    """An experiment is about a conclusion of the claim, of a kind that it measures, and its near
    miss is another sentence.
    """
    if e.conclusion not in claim.concluding:
        near = get_close_matches(e.conclusion, claim.concluding, 1)
        hint = (
            f"did you mean {near[0]}?"
            if near
            else f"its conclusions: {', '.join(claim.concluding)}"
        )
        raise BadInput(f"{e.kind} measures the conclusion {e.conclusion!r}: {hint}")
    stated = claim.concluding[e.conclusion]
    if stated.kind not in e.measures:
        raise BadInput(f"{e.kind} measures {', '.join(e.measures)}, got {stated.kind}")
    miss = getattr(e, "near_miss", None)
    number = next(
        (
            getattr(stated, x)
            for x in ("exponent", "rate", "value")
            if stated.kind in _NUMBERS and hasattr(stated, x)
        ),
        None,
    )
    if miss is not None and miss in (stated, number):
        raise BadInput(
            f"the near miss of {e.kind} is the conclusion itself; expected a false sentence near it"
        )
