"""The only orchestrator: claim -> sentences -> evidence -> verdict, for the claims of every theory
alike.

A proof comes from a theory's exact steps alone, a refutation from an evaluated witness alone. Where
both speak of one sentence the engines disagree and nothing is reported. Nothing counts that the
independent reader of its certificate does not accept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from time import perf_counter

from verify.claims.applies import check_options
from verify.claims.certified import Certified
from verify.claims.claim import Claim
from verify.claims.evidence import Measured, Needed, Outcome, Report
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.claims.wellformed import finish
from verify.exact.errors import EnginesDisagree
from verify.exact.precision import precision
from verify.judge.necessity import needed
from verify.judge.parts import theory_of
from verify.judge.reporting import report
from verify.judge.restated import restated
from verify.judge.stepped import stepped
from verify.theories.found import Gap, Nothing, Shown
from verify.theories.protocol import Progress, Theory

_SETTLED = (Verdict.PROVED, Verdict.ENCLOSED)


@precision()
def judge(
    claim: Claim, request: Request | None = None, progress: Progress = lambda text: None
) -> Report:
    """Decide every conclusion of a claim. Raises BadInput for a request that does not fit,
    EnginesDisagree for a defect of ours.
    """
    request = request or Request()
    began = perf_counter()
    theory = _asked(claim, request, progress)
    outcomes = _decided(theory)
    proved = perf_counter()
    measured = _measure(theory, outcomes)
    outcomes = _supported(theory, outcomes, measured)
    ran = perf_counter()
    necessity = _necessity(theory, outcomes)
    outcomes, certified = _certified(theory, outcomes)
    timing = {"proof": proved - began, "numeric": ran - proved, "necessity": perf_counter() - ran}
    return report(theory, outcomes, measured, necessity, certified, timing)


@precision()
def settle(claim: Claim, request: Request, progress: Progress = lambda text: None) -> Report:
    """Conclusions alone, with their certificates: no experiment runs, and no need is looked for.
    Raises as ``judge``.
    """
    began = perf_counter()
    theory = _asked(claim, request, progress)
    outcomes, certified = _certified(theory, _decided(theory))
    return report(theory, outcomes, (), (), certified, {"proof": perf_counter() - began})


@precision()
def said(claim: Claim) -> dict[str, Outcome]:
    """Outcomes without a report, for many short questions: each as the kernel reads its steps, and
    by the other reader where none are found. Raises as ``judge``.
    """
    theory = _asked(claim, Request(), lambda text: None)
    found = {name: stepped(name, o) for name, o in _decided(theory).items()}
    rest = {name: o for name, o in found.items() if o.steps is None}
    return found | (_certified(theory, rest)[0] if rest else {})


def _asked(claim: Claim, request: Request, progress: Progress) -> Theory:
    finish(claim)
    check_options(claim, request)
    return theory_of(claim)(claim, request, progress)


def _decided(theory: Theory) -> dict[str, Outcome]:
    outcomes = {}
    for name in theory.claim.concluding:
        theory.progress(f"{theory.claim.id}: {name}")
        outcomes[name] = decide(theory, name)
    return outcomes


def _certified(
    theory: Theory, outcomes: Mapping[str, Outcome]
) -> tuple[dict[str, Outcome], Mapping[str, Certified]]:
    """What was settled and has no certificate that its reader accepts is not."""
    theory.progress(f"{theory.claim.id}: the certificate is checked")
    if theory.by_steps:
        read = {n: stepped(n, o) for n, o in outcomes.items()}
        return read, {n: o.steps for n, o in read.items() if o.steps is not None}
    certified = theory.certify(outcomes)
    read = {n: _read(theory, n, o, certified.get(n)) for n, o in outcomes.items()}
    refused = [id(certified[n]) for n in certified if read[n].verdict is not outcomes[n].verdict]
    return read, {n: c for n, c in certified.items() if id(c) not in refused}


def decide(theory: Theory, name: str) -> Outcome:
    """One sentence: about nothing, or no more than a hypothesis of it; shown with a moving
    instance, refuted by a witness, or neither.
    """
    sentence = theory.sentence(name)
    try:
        found = theory.prove(sentence)
        if isinstance(found, Gap):
            return _without_proof(theory, sentence, found)
        if found.given and not theory.request.cited:
            reason = f"the proof uses {', '.join(found.given)}, which --no-cited refuses"
            return Outcome(sentence, Verdict.UNDECIDED, reason)
        return _shown(theory, sentence, found)
    except Nothing as why:
        return Outcome(sentence, Verdict.VACUOUS, str(why))


def _without_proof(theory: Theory, sentence, gap: Gap) -> Outcome:
    refuted = theory.refute(sentence)
    if refuted is None:
        return Outcome(
            sentence,
            Verdict.UNDECIDED,
            theory.unsettled(sentence, gap),
            about=_about(theory, sentence),
        )
    return Outcome(
        sentence, Verdict.REFUTED, refuted.reason, rules=refuted.rules, witness=refuted.witness
    )


def _about(theory: Theory, sentence) -> str:
    return theory.about() if theory.only_measured(sentence) else ""


def _shown(theory: Theory, sentence, found: Shown) -> Outcome:
    if why := restated(sentence.setting, sentence.assuming, sentence.conclusion):
        raise Nothing(why)
    instance = None
    if found.verdict is Verdict.PROVED:
        instance = theory.instance(sentence)
        if instance is None:
            return Outcome(sentence, Verdict.UNDECIDED, theory.unmoved(sentence))
    reason = found.reason + theory.cross_check(sentence, found, instance)
    return Outcome(
        sentence,
        found.verdict,
        reason,
        found.scope,
        found.given,
        found.rules,
        found.proof,
        instance,
    )


def _measure(theory: Theory, outcomes: Mapping[str, Outcome]) -> tuple[Measured, ...]:
    """Numeric experiments, unless nothing holds that they could illustrate."""
    if not theory.request.numeric or any(
        o.verdict in (Verdict.REFUTED, Verdict.VACUOUS) for o in outcomes.values()
    ):
        return ()
    found: list[Measured] = []
    for said, run in theory.experiments(outcomes):
        theory.progress(f"{theory.claim.id}: {said}")
        found += run()
    for m in found:
        if outcomes[m.conclusion].verdict in _SETTLED and m.status == "contradicts":
            raise EnginesDisagree(
                f"{theory.claim.id}, {m.conclusion}: proved, yet the {m.kind} experiment finds"
                f" {m.text}"
            )
    return tuple(found)


def _supported(
    theory: Theory, outcomes: Mapping[str, Outcome], measured: tuple[Measured, ...]
) -> dict[str, Outcome]:
    """What is only measured gets SUPPORTED where every experiment on it agrees and rejected its
    near miss, else keeps UNDECIDED.
    """
    result = dict(outcomes)
    for name, outcome in outcomes.items():
        mine = [m for m in measured if m.conclusion == name]
        if outcome.verdict is Verdict.UNDECIDED and mine and theory.only_measured(outcome.sentence):
            worst = next((m for m in mine if m.status != "agrees"), mine[0])
            verdict = Verdict.SUPPORTED if worst.status == "agrees" else Verdict.UNDECIDED
            scope = "; ".join(
                dict.fromkeys(m.numbers["scope"] for m in mine if "scope" in m.numbers)
            )
            result[name] = replace(outcome, verdict=verdict, reason=worst.text, scope=scope)
    return result


def _necessity(theory: Theory, outcomes: Mapping[str, Outcome]) -> tuple[Needed, ...]:
    """One line for each hypothesis that the run still assumes; nothing where the sentence is false
    as it stands.
    """
    if any(o.verdict is Verdict.REFUTED for o in outcomes.values()):
        return ()
    theory.progress(f"{theory.claim.id}: is every hypothesis needed?")
    found = [needed(theory, h, outcomes, _settled) for h in theory.assuming]
    return tuple(n for n in found if n is not None)


def _settled(theory: Theory) -> Mapping[str, Outcome]:
    return _certified(theory, _decided(theory))[0]


def _read(theory: Theory, name: str, outcome: Outcome, certified: Certified | None) -> Outcome:
    """By its reader, and by the kernel where there are steps for it."""
    if certified is None:
        return (
            outcome.refused(theory.reader, "there is none")
            if outcome.verdict in _SETTLED
            else outcome
        )
    if certified.refusal:
        return outcome.refused(theory.reader, certified.refusal)
    return stepped(name, outcome)
