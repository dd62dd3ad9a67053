"""Arguments of Python's functions that are of one kind, as the command line has them: True or
False, and words in quotes.

A value of another kind is refused by its name: taken as true, or asked for what it does not have,
it would answer another question.
"""

from __future__ import annotations

from typing import Any

from verify.exact.errors import BadInput

FORMULA = "a name or a formula in quotes"


def flag(name: str, value: Any) -> bool:
    """True or False, and nothing else that is true: 'no' is. Raises BadInput."""
    if type(value) is not bool:
        raise BadInput(f"{name}={value!r:.60}: expected True or False")
    return value


def words(name: str, value: Any, meant: str) -> str:
    """Text; ``meant`` says of what, "a name in quotes". Raises BadInput."""
    if not isinstance(value, str):
        raise BadInput(f"{name}={value!r:.60}: expected {meant}")
    return value
