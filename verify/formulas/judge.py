"""The judge's part for claims about formulas: normal forms prove, rational places refute, the independent reader has the last word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from verify.certified import Certified
from verify.claim import Claim
from verify.conclusions.exponential_decay import ExponentialDecay
from verify.evidence import Needed, Outcome, Report
from verify.formulas import domain
from verify.formulas.certificate import certify
from verify.formulas.decide import Decided, decide, refute
from verify.formulas.domain import Condition, scope
from verify.formulas.sentence import FormulaSentence
from verify.request import Request
from verify.settings.formulas import Formulas
from verify.verdict import Verdict, weakest

Progress = Callable[[str], None]


@dataclass(frozen=True)
class _Found:
    outcomes: dict[str, Outcome]
    needed: tuple[Needed, ...]
    certificate: Certified | None
    timing: dict[str, float]


def judge(claim: Claim, request: Request, progress: Progress) -> Report:
    """Decide every conclusion. Raises BadInput for a hypothesis that it does not have."""
    for name in request.without:
        claim.hypothesis(name)
    began = perf_counter()
    decided = {}
    for name in claim.concluding:
        progress(f"{claim.id}: {name}")
        decided[name] = decide(_sentence(claim, name, request.without), claim.hints.get(name))
    proved = perf_counter()
    refuted = any(d.outcome.verdict is Verdict.REFUTED for d in decided.values())
    progress(f"{claim.id}: is every hypothesis needed?")
    needed = () if refuted or request.without else tuple(_needed(claim, h.id) for h in claim.assuming)
    certificates = certify(claim, request.without, decided)
    outcomes = {n: _read(d, certificates[n]) if n in certificates else d.outcome for n, d in decided.items()}
    names = [n for v in (Verdict.REFUTED, Verdict.PROVED) for n, o in outcomes.items() if o.verdict is v]
    timing = {"proof": proved - began, "numeric": 0.0, "necessity": perf_counter() - proved}
    return _report(claim, request, _Found(outcomes, needed, certificates[names[0]] if names else None, timing))


def steps(claim: Claim, name: str) -> list[str]:
    """How one conclusion was decided, for ``verify explain``."""
    outcome = decide(_sentence(claim, name, ()), claim.hints.get(name)).outcome
    return [f"{outcome.verdict.name}: {outcome.reason}", *([outcome.scope] if outcome.scope else [])]


def condition(claim: Claim, name: str) -> str:
    """The conditions under which one conclusion is proved, in LaTeX; one that is only refuted stands as it is."""
    if isinstance(claim.concluding[name], ExponentialDecay) or claim.expected is Verdict.REFUTED:
        return ""
    return scope(_sentence(claim, name, ()), Condition.latex)


def reach(claim: Claim, name: str) -> str:
    """Of which values, solutions and times a proof of one conclusion speaks."""
    return domain.reach(_sentence(claim, name, ()))


def _sentence(claim: Claim, name: str, without: tuple[str, ...]) -> FormulaSentence:
    assert isinstance(claim.setting, Formulas)
    assuming = tuple(h for h in claim.assuming if h.id not in without)
    return FormulaSentence(claim.setting, assuming, name, claim.concluding[name])  # type: ignore[arg-type]


def _needed(claim: Claim, name: str) -> Needed:
    """The sentence without the hypothesis, refuted; or its author's words, which show nothing."""
    reason = next((b.said for b in claim.breaks if b.hypothesis == name and b.not_needed), "")
    if reason:
        return Needed(name, "stated", "not shown", reason)
    for conclusion in claim.concluding:
        witness = refute(_sentence(claim, conclusion, (name,)))
        if witness is not None:
            return Needed(name, "point", "needed", "", witness)
    return Needed(name, "point", "not shown", "no place among those tried breaks the claim without it")


def _read(decided: Decided, certified: Certified) -> Outcome:
    """Nothing counts that the independent reader does not accept."""
    outcome = decided.outcome
    return outcome.refused("check_formulas.py", certified.refusal) if certified.refusal else outcome


def _report(claim: Claim, request: Request, found: _Found) -> Report:
    verdict = weakest(o.verdict for o in found.outcomes.values())
    expected, code, notes = request.closing(claim, verdict)
    assumed = [h.prose() for h in claim.assuming if h.id not in request.without]
    given = f"If {' and '.join(assumed)}: " if assumed else ""
    return Report(
        claim=claim.id,
        title=claim.title,
        source=claim.source.text(),
        statement=given + "; ".join(c.render() for c in claim.concluding.values()),
        setting=claim.setting.title(),
        parameters={"without": list(request.without)},
        hypotheses=tuple((h.id, h.prose(), h.when) for h in claim.assuming),
        dropped=tuple((name, f"asked for with --without {name}") for name in request.without),
        outcomes=found.outcomes,
        measured=(),
        needed=found.needed,
        verdict=verdict,
        expected=expected,
        notes=tuple(notes),
        certificate=found.certificate if found.certificate and not found.certificate.refusal else None,
        seed=request.seed,
        exit=code,
        timing=found.timing,
    )
