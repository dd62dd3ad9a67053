"""Whether a certificate of enclosures speaks of a claim as it stands today."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.claims.claim import Claim
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict
from verify.models.trajectories import Trajectories
from verify.theories.enclosures.certificate import stated_part
from verify.theories.enclosures.enclosing import checked_system
from verify.theories.enclosures.facts import facts, opposite


def verdict_of(body: Mapping[str, Any], claim: Claim) -> Verdict | None:
    """Enclosed: from every start, for the whole time, every conclusion. Refuted: from one start the
    opposite of one, for a while.

    Only inequalities for the listed starts are enclosed; what is said beyond them is measured, and
    decided again.
    """
    setting = claim.setting
    assert isinstance(setting, Trajectories)
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
    label, found = part["label"], part["facts"]
    if label not in systems or len(found) != 1:
        return False
    since, until = Fraction(found[0]["after"]), Fraction(part["horizon"])
    within = Fraction(stated.after) <= since <= until <= setting.horizon
    return within and part == stated_part(label, systems[label], until, [opposite(stated, since)])
