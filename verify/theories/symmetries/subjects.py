"""What sentences about actions speak of: each case of a setting, with its algebra."""

from __future__ import annotations

from collections.abc import Callable

from verify.claims.claim import Claim
from verify.exact.errors import BadInput
from verify.models.action import Action
from verify.theories.symmetries.actions import MOST_TO_SEARCH, build
from verify.theories.symmetries.finding import Subject
from verify.theories.symmetries.stabiliser import stabiliser

_SEARCHES = ("law-count", "stabiliser")


def subjects_of(
    claim: Claim, seed: int, progress: Callable[[str], None] = lambda text: None
) -> list[Subject]:
    setting = claim.setting
    assert isinstance(setting, Action)
    subjects = []
    for model in setting.cases:
        case = build(model)
        progress(f"{claim.id}: {case.title}")
        if case.size > MOST_TO_SEARCH and (
            setting.found or any(c.kind in _SEARCHES for c in claim.concluding.values())
        ):
            raise BadInput(
                f"{case.title}: {case.size} coordinates; expected at most {MOST_TO_SEARCH}: choose"
                " smaller sizes"
            )
        algebra = stabiliser(case) if setting.found else case.matrices()
        subjects.append(Subject(case, tuple(algebra), seed, setting.found))
    return subjects
