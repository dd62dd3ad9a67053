"""Whether a certificate speaks of a claim as it stands today, and with which verdict. Its reader
has accepted it before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.claims.claim import Claim
from verify.claims.verdict import Verdict


def sentence_wire(claim: Claim) -> dict[str, Any]:
    """Setting, hypotheses and conclusions, as certificates write them."""
    return {
        "setting": claim.setting.wire(),
        "assuming": [h.wire() for h in claim.assuming],
        "conclusions": {name: c.wire() for name, c in claim.concluding.items()},
    }


def verdict_of(body: Mapping[str, Any], claim: Claim) -> Verdict | None:
    """What it says of the claim: all conclusions if it proves or encloses, one of them if it
    refutes; None if it is about another.
    """
    wire, stated = sentence_wire(claim), body.get("conclusions", {})
    if (
        body.get("setting") != wire["setting"]
        or body.get("assuming") != wire["assuming"]
        or body.get("dropped", [])
    ):
        return None
    return settled(body, stated, wire["conclusions"])


def settled(
    body: Mapping[str, Any], stated: dict[str, Any], wire: dict[str, Any]
) -> Verdict | None:
    """``wire``: all conclusions of the claim as certificates write them; ``stated``: those of this
    one.
    """
    if body.get("verdict") == "PROVED":
        return Verdict.PROVED if stated == wire else None
    if (
        body.get("verdict") == "REFUTED"
        and stated
        and all(wire.get(n) == c for n, c in stated.items())
    ):
        return Verdict.REFUTED
    return None
