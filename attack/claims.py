"""What a draw is: a claim as Python source, and what is known of its truth without the judge."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

TRUE, FALSE, UNKNOWN, REFUSED = "true", "false", "unknown", "expected refused"
NARROW = "true in a scope"  # false at special states, which the printed scope has to exclude


@dataclass(frozen=True)
class Draw:
    """``source`` builds CLAIM. ``near``: within one edit of a true one. ``said``: trees and states,
    for the checks of its language.
    """

    source: str
    truth: str
    family: str
    near: bool = False
    why: str = ""
    said: dict[str, Any] = field(default_factory=dict)


class SlipOfOurs(Exception):
    """A statement that was drawn as true fails at a state of ours: the campaign is wrong, or a
    derivation is.
    """


HEAD = """from fractions import Fraction
from verify.claims.claim import Claim, Source
"""


def claim(setting: str, assuming: str, conclusion: str, identity: str = "drawn") -> str:
    return (
        f"CLAIM = Claim(id={identity!r}, title='drawn', setting={setting}, assuming={assuming},"
        f" concluding={{'c': {conclusion}}}, source=Source('2511.01137v2'))\n"
    )
