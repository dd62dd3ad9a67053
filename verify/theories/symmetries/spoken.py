"""Whether a certificate about group actions speaks of a claim as it stands today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.claims.claim import Claim
from verify.claims.verdict import Verdict
from verify.models.action import Action
from verify.theories.spoken import sentence_wire, settled
from verify.theories.symmetries.actions import build
from verify.theories.symmetries.certificate import case_wire, for_case
from verify.theories.symmetries.finding import Subject


def verdict_of(body: Mapping[str, Any], claim: Claim) -> Verdict | None:
    """The maps phi and the groups are those of the setting; an algebra that was found is the
    reader's to check.
    """
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
        return settled(body, body.get("conclusions", {}), wire) if found == today else None
    which = [n for n, case in enumerate(today) if found == [case]]
    verdicts = (
        settled(body, body.get("conclusions", {}), {m: for_case(w, n) for m, w in wire.items()})
        for n in which
    )
    return next((v for v in verdicts if v is not None), None)
