"""The judge's part for claims about samples: two numbers, computed in two ways at seeded exact instances, in balls or exactly.

A comparison supports and never proves. One instance at which the numbers provably differ, or lie the wrong way round, refutes. Where
balls are too wide to tell, the conclusion stays undecided, as it does where its near miss is not rejected.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING, Any

from verify.applies import digits_of
from verify.comparing import Found, agreeing, at_order, not_below
from verify.conclusions.agrees import Agrees
from verify.conclusions.never_below import NeverBelow
from verify.evidence import Measured, Outcome, Report
from verify.precision import precision
from verify.samples.balls import Wide
from verify.sentence import Sentence
from verify.settings.samples import Samples
from verify.verdict import Verdict, weakest

if TYPE_CHECKING:
    from verify.claim import Claim
    from verify.request import Request
    from verify.samples.base import Instance

Progress = Callable[[str], None]
SPARE_BITS = 64


def judge_samples(claim: Claim, request: Request, progress: Progress) -> Report:
    """Decide every conclusion. Raises BadInput for a size that does not apply."""
    began = perf_counter()
    setting = claim.setting
    assert isinstance(setting, Samples)
    instances = _instances(claim, setting, request.seed)
    outcomes, measured = {}, []
    for name in claim.concluding:
        progress(f"{claim.id}: {name} at {request.digits_or()} digits")
        outcomes[name], record = _decide(claim, name, instances, request)
        measured += [record] if record is not None else []
    verdict = weakest(o.verdict for o in outcomes.values())
    expected, code, notes = request.closing(claim, verdict)
    return Report(
        claim=claim.id,
        title=claim.title,
        source=claim.source.text(),
        statement="; ".join(c.render() for c in claim.concluding.values()),
        setting=f"{setting.title()}; {setting.detail()}",
        parameters={"family": setting.family, "instances": len(instances), "digits": digits_of(claim, request)},
        hypotheses=(),
        dropped=(),
        outcomes=outcomes,
        measured=tuple(measured),
        needed=(),
        verdict=verdict,
        expected=expected,
        notes=tuple(notes),
        certificate=None,
        seed=request.seed,
        exit=code,
        timing={"numeric": perf_counter() - began},
    )


def steps(claim: Claim, name: str) -> list[str]:
    """How both sides are computed, in the family's words."""
    from verify.settings.samples import FAMILIES

    conclusion, how = claim.concluding[name], FAMILIES[claim.setting.family].quantities  # type: ignore[attr-defined]
    sides = (conclusion.quantity, conclusion.other)  # type: ignore[attr-defined]
    return ["This kind is compared at seeded instances; it has no exact proof here.", *(f"{q}: {how[q]}" for q in sides)]


def _instances(claim: Claim, setting: Samples, seed: int) -> list[Instance]:
    """The same seed draws the same instances, whatever the digits. Each is drawn for itself."""
    from verify.samples import DRAWERS

    draw = DRAWERS[setting.family]
    return [draw(size, Random(f"{seed} {claim.id} {size} {turn}")) for size in setting.sizes for turn in range(setting.each)]


def _decide(claim: Claim, name: str, instances: list[Instance], request: Request) -> tuple[Outcome, Measured | None]:
    conclusion = claim.concluding[name]
    sentence = Sentence(claim.setting, (), name, conclusion)  # type: ignore[arg-type]
    undecided = Outcome(sentence, Verdict.UNDECIDED, "decided by numbers, which --no-numeric leaves out")
    if not request.numeric:
        return undecided, None
    near_miss = next((e.near_miss for e in claim.experiments if e.conclusion == name), None)  # type: ignore[attr-defined]
    digits = request.digits_or()
    with precision(int(digits * 3.33) + SPARE_BITS):
        try:
            found = _compared(sentence, instances, near_miss, digits)
        except Wide as trouble:
            found = Found("inconclusive", str(trouble))
    return _outcome(undecided, found), Measured("compare", name, found.status, found.miss) if found.miss else None


def _compared(sentence: Sentence, instances: list[Instance], near_miss: Any, digits: int) -> Found:
    if isinstance(sentence.conclusion, Agrees):
        return agreeing(sentence, instances, near_miss, digits)
    if isinstance(sentence.conclusion, NeverBelow):
        return not_below(sentence, instances, near_miss, digits)
    return at_order(sentence, instances, near_miss, digits)


def _outcome(undecided: Outcome, found: Found) -> Outcome:
    if found.witness is not None:
        return replace(undecided, verdict=Verdict.REFUTED, reason=found.text, witness=found.witness)
    verdict = Verdict.SUPPORTED if found.status == "agrees" else Verdict.UNDECIDED
    reason = f"{found.text}; {found.miss}" if found.miss.startswith("near miss") else found.text
    return replace(undecided, verdict=verdict, reason=reason, scope=found.scope)
