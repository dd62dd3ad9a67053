"""The only orchestrator: claim -> sentences -> evidence -> verdict.

A proof comes from ``prove`` alone, a refutation from an evaluated witness alone. Where both speak of one sentence the engines
disagree and nothing is reported.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from time import perf_counter

from verify.applies import check_options, digits_of, unused
from verify.certificate import certify
from verify.claim import Claim
from verify.drops import Plan, plan
from verify.errors import EnginesDisagree
from verify.evidence import Measured, Outcome, Proof, Report
from verify.exact.alike import SAME, STILL
from verify.measure.run import run
from verify.necessity import necessity
from verify.parts import part_of
from verify.precision import precision
from verify.prove import Gap, prove
from verify.report.words import words
from verify.request import Request
from verify.rules import CITED
from verify.search import fails_at, moving_instance, refute, trapped
from verify.sentence import Sentence, reach
from verify.settings.point import Point
from verify.verdict import Verdict, weakest

Progress = Callable[[str], None]
_CROSS_CHECKED = 4


@precision()
def judge(claim: Claim, request: Request | None = None, progress: Progress = lambda text: None) -> Report:
    """Decide every conclusion of a claim. Raises BadInput for a request that does not fit, EnginesDisagree for a defect of ours."""
    request = request or Request()
    check_options(claim, request)
    part = part_of(claim)
    if part is not None:
        return part(claim, request, progress)
    began = perf_counter()
    work = plan(claim, request)
    outcomes = {}
    for name in claim.concluding:
        progress(f"{claim.id}: {name}")
        outcomes[name] = decide(claim, request, work, name)
    proved = perf_counter()
    measured = _measure(claim, request, work, outcomes, progress)
    outcomes = _supported(claim, outcomes, measured)
    ran = perf_counter()
    progress(f"{claim.id}: is every hypothesis needed?")
    refuted = any(o.verdict is Verdict.REFUTED for o in outcomes.values())
    needed = () if refuted else necessity(claim, work, request)
    certified = certify(claim, work, outcomes)
    unread = {n: c.refusal for n, c in certified.items() if c.refusal}
    outcomes = {n: o.refused("check.py", unread[n]) if n in unread else o for n, o in outcomes.items()}
    refutations = [n for n, o in outcomes.items() if o.verdict is Verdict.REFUTED]
    names = refutations or [n for n, o in outcomes.items() if o.verdict is Verdict.PROVED]
    certificate = certified[names[0]] if names else None
    timing = {"proof": proved - began, "numeric": ran - proved, "necessity": perf_counter() - ran}
    return _report(claim, request, work, outcomes, measured, needed, certificate, timing)


def decide(claim: Claim, request: Request, work: Plan, name: str) -> Outcome:
    """One sentence: still, proved with a moving instance, refuted by a witness, or neither."""
    sentence = work.sentence(claim, name)
    if not sentence.conclusion.exact:
        return _measured_only(sentence, work)
    proof = prove(sentence, claim.hints.get(name, work.no_hints))
    if isinstance(proof, Gap):
        return _without_proof(sentence, work, proof)
    cited = tuple(r for r in proof.rules if r in CITED)
    if cited and not request.cited:
        return Outcome(sentence, Verdict.UNDECIDED, f"the proof uses {', '.join(cited)}, which --no-cited refuses")
    if work.still:
        return Outcome(sentence, Verdict.VACUOUS, work.still)
    if work.depth < sentence.least_depth:
        return Outcome(sentence, Verdict.VACUOUS, f"the statement is about depth >= {sentence.least_depth}")
    instance = moving_instance(sentence, work.points(sentence))
    if instance is None:
        return Outcome(sentence, Verdict.UNDECIDED, "no instance that satisfies all hypotheses and moves was found")
    _cross_check(sentence, instance, work)
    reason = f"{len(proof.steps)} identit{'y' if len(proof.steps) == 1 else 'ies'} reduced to zero exactly{_multipliers(proof)}"
    return Outcome(sentence, Verdict.PROVED, reason, reach(sentence, work.only_depth), cited, proof.rules, proof, instance)


def _multipliers(proof: Proof) -> str:
    """The cofactors, where hypotheses were used."""
    used = {f"{words(c)} times {h}" for step in proof.steps for h, c in step.cofactors.items()}
    return f" (cofactor {', '.join(sorted(used))})" if used else ""


def _without_proof(sentence: Sentence, work: Plan, gap: Gap) -> Outcome:
    if work.still:
        return Outcome(sentence, Verdict.VACUOUS, work.still)
    sure = gap.reason == SAME or (gap.reason == STILL and sentence.conclusion.kind == "conserved")
    witness = None if sure else refute(sentence, work.points(sentence))
    if witness is not None:
        return Outcome(sentence, Verdict.REFUTED, "an exact witness violates it", witness=witness)
    if gap.reason in (SAME, STILL):
        return Outcome(sentence, Verdict.VACUOUS, gap.reason)
    return Outcome(sentence, Verdict.UNDECIDED, f"no proof ({gap.reason}) and no witness among the points searched")


def _measured_only(sentence: Sentence, work: Plan) -> Outcome:
    if work.still:
        return Outcome(sentence, Verdict.VACUOUS, work.still)
    witness = trapped(sentence, work.points(sentence))
    if witness is not None:
        return Outcome(sentence, Verdict.REFUTED, "an exact start is trapped", rules=(witness.rule,), witness=witness)
    reason = "this kind of conclusion is measured, and no experiment has run"
    return Outcome(sentence, Verdict.UNDECIDED, reason, about=work.about())


def _cross_check(sentence: Sentence, instance: Point, work: Plan) -> None:
    """The entrywise route must not contradict the size-free proof."""
    for point in [instance, *islice(work.points(sentence), _CROSS_CHECKED)]:
        witness = fails_at(sentence, point)
        if witness is not None:
            raise EnginesDisagree(
                f"{sentence.conclusion.render()}: proved for every size, yet {witness.failure.what} = {witness.failure.value}"
                f" at {point.start}"
            )


def _measure(claim: Claim, request: Request, work: Plan, outcomes: dict[str, Outcome], progress: Progress) -> tuple[Measured, ...]:
    """Numeric experiments, unless nothing holds that they could illustrate."""
    if not request.numeric or any(o.verdict in (Verdict.REFUTED, Verdict.VACUOUS) for o in outcomes.values()):
        return ()
    found: list[Measured] = []
    for experiment in claim.experiments:
        if work.dropped and not outcomes[experiment.conclusion].sentence.conclusion.exact:
            continue  # it was designed for the claim as it stands: starts and losses obey what was dropped
        progress(f"{claim.id}: {experiment.kind} at {request.digits_or()} digits")
        found += run(experiment, outcomes, work.numeric_points(claim, request), request)
    for m in found:
        if outcomes[m.conclusion].verdict is Verdict.PROVED and m.status == "contradicts":
            raise EnginesDisagree(f"{claim.id}, {m.conclusion}: proved, yet the {m.kind} experiment finds {m.text}")
    return tuple(found)


def _supported(claim: Claim, outcomes: dict[str, Outcome], measured: tuple[Measured, ...]) -> dict[str, Outcome]:
    """Measured conclusions get SUPPORTED from an experiment that agrees and rejected its near miss, else keep UNDECIDED."""
    result = dict(outcomes)
    for name, outcome in outcomes.items():
        mine = [m for m in measured if m.conclusion == name]
        if outcome.verdict is Verdict.UNDECIDED and not outcome.sentence.conclusion.exact and mine:
            worst = next((m for m in mine if m.status != "agrees"), mine[0])
            verdict = Verdict.SUPPORTED if worst.status == "agrees" else Verdict.UNDECIDED
            result[name] = replace(outcome, verdict=verdict, reason=worst.text, scope=worst.numbers.get("scope", ""))
    return result


def _report(claim, request, work, outcomes, measured, needed, certificate, timing) -> Report:
    verdict = weakest(o.verdict for o in outcomes.values())
    expected, code, better = request.closing(claim, verdict)
    notes = [*work.notes, *better, *unused(request, measured)]
    depth, width = work.depth, work.width
    return Report(
        claim=claim.id,
        title=claim.title,
        source=claim.source.text(),
        statement="; ".join(o.stated for o in outcomes.values()),
        setting=claim.setting.title(),
        parameters={
            "depth": depth,
            "width": width,
            "loss": request.loss,
            "data": request.scatter.name if request.scatter else None,
            "start": [[str(x) for x in row] for row in request.start] if request.start else None,
            "digits": digits_of(claim, request),
            "without": list(request.without),
        },
        hypotheses=tuple((h.id, h.prose(), h.when) for h in claim.assuming),
        dropped=work.dropped,
        outcomes=outcomes,
        measured=measured,
        needed=needed,
        verdict=verdict,
        expected=expected,
        notes=tuple(notes),
        certificate=certificate,
        seed=request.seed,
        exit=code,
        timing=timing,
    )
