"""Whether a certificate speaks of a claim as it stands today, and with which verdict. Its reader
has accepted it before.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.claims.claim import Claim
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict
from verify.models.action import Action
from verify.models.trajectories import Trajectories


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
    if isinstance(claim.setting, Trajectories):
        return _followed(body, claim, claim.setting)
    if isinstance(claim.setting, Action):
        return _of_action(body, claim)
    wire, stated = sentence_wire(claim), body.get("conclusions", {})
    if (
        body.get("setting") != wire["setting"]
        or body.get("assuming") != wire["assuming"]
        or body.get("dropped", [])
    ):
        return None
    return _settled(body, stated, wire["conclusions"])


def _settled(
    body: Mapping[str, Any], stated: dict[str, Any], wire: dict[str, Any]
) -> Verdict | None:
    if body.get("verdict") == "PROVED":
        return Verdict.PROVED if stated == wire else None
    if (
        body.get("verdict") == "REFUTED"
        and stated
        and all(wire.get(n) == c for n, c in stated.items())
    ):
        return Verdict.REFUTED
    return None


def _of_action(body: Mapping[str, Any], claim: Claim) -> Verdict | None:
    """The maps phi and the groups are those of the setting; an algebra that was found is the
    reader's to check.
    """
    from verify.theories.symmetries.actions import build
    from verify.theories.symmetries.certificate import case_wire, for_case
    from verify.theories.symmetries.finding import Subject

    setting = claim.setting
    assert isinstance(setting, Action)
    cases = [build(model) for model in setting.cases]
    given = [
        Subject(case, () if setting.found else tuple(case.matrices()), 0, False) for case in cases
    ]
    left = ("algebra", "groups", "points") if setting.found else ()
    today = [{k: v for k, v in case_wire(s).items() if k not in left} for s in given]
    found = [{k: v for k, v in case.items() if k not in left} for case in body.get("cases", [])]
    wire = sentence_wire(claim)["conclusions"]
    if body.get("found") != setting.found or claim.assuming:
        return None
    if body.get("verdict") == "PROVED":
        return _settled(body, body.get("conclusions", {}), wire) if found == today else None
    which = [n for n, case in enumerate(today) if found == [case]]
    verdicts = (
        _settled(body, body.get("conclusions", {}), {m: for_case(w, n) for m, w in wire.items()})
        for n in which
    )
    return next((v for v in verdicts if v is not None), None)


def _followed(body: Mapping[str, Any], claim: Claim, setting: Trajectories) -> Verdict | None:
    """Enclosed: from every start, for the whole time, every conclusion. Refuted: from one start the
    opposite of one, for a while.

    Only inequalities for the listed starts are enclosed; what is said beyond them is measured, and
    decided again.
    """
    from verify.theories.enclosures.certificate import facts, stated_part
    from verify.theories.enclosures.enclosing import checked_system

    stated = {n: c for n, c in claim.concluding.items() if isinstance(c, Throughout)}
    systems = {
        label: checked_system(label, build, stated) for label, build in setting.starts.items()
    }
    found = [{k: v for k, v in part.items() if k != "links"} for part in body.get("parts", [])]
    if any(_excludes(part, systems, c, setting) for part in found for c in stated.values()):
        return Verdict.REFUTED
    if len(stated) != len(claim.concluding) or any(c.beyond for c in stated.values()):
        return None
    today = [stated_part(label, s, setting.horizon, facts(stated)) for label, s in systems.items()]
    return Verdict.ENCLOSED if found == today else None


def _excludes(
    part: Mapping[str, Any], systems: Mapping[str, Any], stated: Throughout, setting: Trajectories
) -> bool:
    """Within the times of the conclusion."""
    from verify.theories.enclosures.certificate import opposite, stated_part

    label, facts = part["label"], part["facts"]
    if label not in systems or len(facts) != 1:
        return False
    since, until = Fraction(facts[0]["after"]), Fraction(part["horizon"])
    within = Fraction(stated.after) <= since <= until <= setting.horizon
    return within and part == stated_part(label, systems[label], until, [opposite(stated, since)])
