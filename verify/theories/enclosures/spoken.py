"""Whether a certificate of enclosures speaks of a claim as it stands today."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.claims.claim import Claim
from verify.claims.conclusions import ENCLOSED, Reaches, Throughout
from verify.claims.verdict import Verdict
from verify.models.trajectories import Trajectories
from verify.theories.enclosures.certificate import stated_part
from verify.theories.enclosures.enclosing import checked_system
from verify.theories.enclosures.ending import not_yet
from verify.theories.enclosures.facts import at_its_bound, ending, event, facts, opposite


def verdict_of(body: Mapping[str, Any], claim: Claim) -> Verdict | None:
    """Enclosed: from every start, for the whole time, every conclusion. Refuted: from one start the
    opposite of one, for a while.

    Only inequalities for the listed starts are enclosed; what is said beyond them is measured, and
    decided again.
    """
    setting = claim.setting
    assert isinstance(setting, Trajectories)
    stated = {n: c for n, c in claim.concluding.items() if isinstance(c, ENCLOSED)}
    systems = {
        label: checked_system(label, build, stated) for label, build in setting.starts.items()
    }
    found = [{k: v for k, v in part.items() if k != "links"} for part in body.get("parts", [])]
    if any(_excludes(part, systems, c, setting) for part in found for c in stated.values()):
        return Verdict.REFUTED
    if len(stated) != len(claim.concluding):
        return None
    lasting = {n: c for n, c in stated.items() if isinstance(c, Throughout)}
    said = facts(lasting) if lasting else []
    if setting.until is not None:
        parts = zip(found, systems.items(), strict=False)
        ended = len(found) == len(systems) and all(
            _ends(p, n, s, said, setting) for p, (n, s) in parts
        )
        return Verdict.ENCLOSED if ended and said else None
    today = [stated_part(n, s, setting.horizon, said) for n, s in systems.items() if said]
    events = [(n, c) for c in stated.values() if isinstance(c, Reaches) for n in systems]
    late = found[len(today) :]
    if found[: len(today)] != today or len(late) != len(events):
        return None
    pairs = zip(late, events, strict=True)
    return Verdict.ENCLOSED if all(_shows(p, n, systems[n], c) for p, (n, c) in pairs) else None


def _ends(
    part: Mapping[str, Any], label: str, system: Any, said: list[Any], setting: Trajectories
) -> bool:
    """What lasts, up to a time at which what ends the setting has come."""
    assert setting.until is not None
    if len(part["facts"]) != len(said) + 1:
        return False
    since, until = Fraction(part["facts"][-1]["after"]), Fraction(part["horizon"])
    stated = [*said, ending(setting.until, since)]
    within = 0 <= since <= until <= setting.horizon
    return within and part == stated_part(label, system, until, stated)


def _shows(part: Mapping[str, Any], label: str, system: Any, stated: Reaches) -> bool:
    """An event, not later than it is said to be."""
    if len(part["facts"]) != 1:
        return False
    since, until = Fraction(part["facts"][0]["after"]), Fraction(part["horizon"])
    within = 0 <= since <= until <= stated.before
    return within and part == stated_part(label, system, until, [event(stated, since)])


def _excludes(
    part: Mapping[str, Any],
    systems: Mapping[str, Any],
    stated: Throughout | Reaches,
    setting: Trajectories,
) -> bool:
    """Within the times of the conclusion; an event for all of its time."""
    label, found = part["label"], part["facts"]
    begins = bool(found) and found[0]["relation"] == "=" and isinstance(stated, Throughout)
    early = facts({"not yet": not_yet(setting.until)}) if setting.until and not begins else []
    if label not in systems or len(found) != 1 + len(early):
        return False
    since, until = Fraction(found[0]["after"]), Fraction(part["horizon"])
    if isinstance(stated, Reaches) and (since > 0 or until < stated.before):
        return False
    within = Fraction(stated.after) <= since <= until <= setting.horizon
    fact = at_its_bound(stated) if begins else opposite(stated, since)
    return within and part == stated_part(label, systems[label], until, [fact, *early])
