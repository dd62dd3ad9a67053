"""The judge's part for claims about linear group actions. Every conclusion is decided for each case of the setting, exactly."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from verify.certified import Certified, read
from verify.claim import Claim
from verify.errors import BadInput
from verify.evidence import Outcome, Report
from verify.invariants import dimension_findings as dimensions
from verify.invariants import identities, spaces
from verify.invariants.actions import MOST_TO_SEARCH, build
from verify.invariants.certificate import proved, refuted
from verify.invariants.finding import Exact, Finding, Subject, moving
from verify.invariants.linear import bracket, outside
from verify.invariants.stabiliser import stabiliser
from verify.request import Request
from verify.sentence import Sentence
from verify.settings.action import Action
from verify.verdict import Verdict, weakest

_PLAIN: dict[str, Callable[[Subject], Finding]] = {
    "preserves": identities.preserves,
    "lie-algebra": spaces.lie_algebra,
    "moment-conserved": identities.moment_conserved,
    "every-element": identities.every_element,
    "orthogonal": identities.orthogonal,
    "skew-empty": identities.skew_empty,
    "integrates": identities.integrates,
    "finite-moment": identities.finite_moment,
    "one-orbit": spaces.one_orbit,
    "stabiliser": spaces.is_stabiliser,
    "normals-in-fibre": dimensions.normals_in_fibre,
    "orthogonal-foliations": dimensions.orthogonal_foliations,
    "rotations-leave": dimensions.rotations_leave,
    "one-rotation": dimensions.one_rotation,
}
_STATED: dict[str, Callable[[Subject, Any], Finding]] = {
    "moment-is": identities.moment_is,
    "first-variation": identities.moment_is,
}
_COUNTED: dict[str, Callable[[Subject, Any, int], Finding]] = {
    "law-count": spaces.law_count,
    "algebra-count": spaces.algebra_count,
    "balanced-dimension": dimensions.balanced_dimension,
    "leaf-dimension": dimensions.leaf_dimension,
    "leaf-by-rank": dimensions.leaf_by_rank,
    "common-tangents": dimensions.common_count,
}
_RULES = {
    "moment-conserved": ("ZERO_DERIVATIVE_IS_CONSTANT",),
    "every-element": ("ZERO_DERIVATIVE_IS_CONSTANT",),
    "law-count": ("ZERO_DERIVATIVE_IS_CONSTANT",),
    "first-variation": ("TRACE_PAIRING",),
    "balanced-dimension": ("ONTO_DIFFERENTIAL",),
    "leaf-dimension": ("RANK_OF_AN_IMAGE",),
    "common-tangents": ("ONTO_DIFFERENTIAL", "MINOR_NOT_ZERO"),
    "rotations-leave": ("MINOR_NOT_ZERO",),
}
_WITNESS_RULES = {
    "one-orbit": ("INVARIANT_ON_ORBITS",),
    "balanced-dimension": ("ONTO_DIFFERENTIAL",),
    "leaf-dimension": ("RANK_OF_AN_IMAGE",),
    "leaf-by-rank": ("RANK_OF_AN_IMAGE",),
    "common-tangents": ("ONTO_DIFFERENTIAL", "MINOR_NOT_ZERO"),
    "orthogonal-foliations": ("ONTO_DIFFERENTIAL",),
    "one-rotation": ("ONTO_DIFFERENTIAL",),
}
_SCOPES = {
    "balanced-dimension": "near the printed W",
    "leaf-dimension": "every Q_k and D",
    "normals-in-fibre": "every theta",
    "common-tangents": "almost every theta",
    "rotations-leave": "almost every theta",
}
_SEARCHES = ("law-count", "stabiliser")
_OF_SPANS = (
    "preserves",
    "lie-algebra",
    "finite-moment",
    "stabiliser",
    "law-count",
)  # these speak of no algebra, or ask whether it is one


def judge(claim: Claim, request: Request, progress: Callable[[str], None]) -> Report:
    """Decide every conclusion. Raises BadInput for sizes that are too large, EnginesDisagree for a defect of ours."""
    began = perf_counter()
    subjects = subjects_of(claim, request.seed, progress)
    instances = [moving(s) for s in subjects]
    findings, outcomes = {}, {}
    for name in claim.concluding:
        progress(f"{claim.id}: {name}")
        findings[name] = [find(claim, name, n, s) for n, s in enumerate(subjects)]
        outcomes[name] = _outcome(claim, name, findings[name], subjects, instances)
    progress(f"{claim.id}: the certificate is checked")
    certificate = _certify(claim, subjects, findings, outcomes, instances)
    if certificate is not None and certificate.refusal:
        outcomes = {n: _refused(o, certificate.refusal) for n, o in outcomes.items()}
        certificate = None
    return _report(claim, request, subjects, outcomes, certificate, perf_counter() - began)


def subjects_of(claim: Claim, seed: int, progress: Callable[[str], None] = lambda text: None) -> list[Subject]:
    setting = claim.setting
    assert isinstance(setting, Action)
    subjects = []
    for model in setting.cases:
        case = build(model)
        progress(f"{claim.id}: {case.title}")
        if case.size > MOST_TO_SEARCH and (setting.found or any(c.kind in _SEARCHES for c in claim.concluding.values())):
            raise BadInput(f"{case.title}: {case.size} coordinates; expected at most {MOST_TO_SEARCH}: choose smaller sizes")
        algebra = stabiliser(case) if setting.found else case.matrices()
        subjects.append(Subject(case, tuple(algebra), seed, setting.found))
    return subjects


def find(claim: Claim, name: str, which: int, subject: Subject) -> Finding:
    conclusion = claim.concluding[name]
    if conclusion.kind not in _OF_SPANS and not closed(subject):
        return Finding(None, "the printed matrices span no Lie algebra: a bracket of two is no combination of them; print it as well")
    if conclusion.kind in _PLAIN:
        return _PLAIN[conclusion.kind](subject)
    if conclusion.kind in _STATED:
        return _STATED[conclusion.kind](subject, conclusion)
    return _COUNTED[conclusion.kind](subject, conclusion, which)


def closed(subject: Subject) -> bool:
    """Is the span an algebra? The algebras of models with blocks are, and so is what is found."""
    own = subject.algebra
    if subject.found or subject.case.blocks:
        return True
    return outside(own, [bracket(a, b) for n, a in enumerate(own) for b in own[:n]]) is None


def told(claim: Claim, name: str) -> list[str]:
    """How a conclusion is decided, case by case, in lines of text."""
    lines = []
    for which, subject in enumerate(subjects_of(claim, 0)):
        finding = find(claim, name, which, subject)
        lines.append(f"{subject.case.title}: {finding.text}" + (f" ({finding.shown})" if finding.holds is False else ""))
    rules = _RULES.get(claim.concluding[name].kind, ())
    from verify.rules import statement_of

    return lines + [f"Rule {r}: {statement_of(r)}" for r in rules]


def reach(kind: str, models: int) -> str:
    """Of which states and of how many models a proof speaks."""
    return f"{_SCOPES.get(kind, 'every theta, every g')}; {models} {'model' if models == 1 else 'models'}"


def _outcome(claim: Claim, name: str, found: list[Finding], subjects: list[Subject], instances: list[Exact | None]) -> Outcome:
    sentence = Sentence(claim.setting, claim.assuming, name, claim.concluding[name])  # type: ignore[arg-type]
    kind = claim.concluding[name].kind
    for subject, f in zip(subjects, found, strict=True):
        if f.holds is False:
            witness = Exact(subject.case.title, f.shown, f.witness)
            return Outcome(sentence, Verdict.REFUTED, f.text, rules=_WITNESS_RULES.get(kind, ()), witness=witness)
    for subject, f, instance in zip(subjects, found, instances, strict=True):
        if f.empty:
            return Outcome(sentence, Verdict.VACUOUS, f"{subject.case.title}: {f.text}")
        if f.holds is None:
            return Outcome(sentence, Verdict.UNDECIDED, f"{subject.case.title}: {f.text}")
        if instance is None:
            return Outcome(sentence, Verdict.VACUOUS, f"{subject.case.title}: phi is constant, so nothing moves")
    reason = " | ".join(f.text for f in found)
    shown = found[0].instance or instances[0]
    return Outcome(sentence, Verdict.PROVED, reason, reach(kind, len(found)), rules=_RULES.get(kind, ()), instance=shown)  # type: ignore[arg-type]


def _certify(claim, subjects, findings, outcomes, instances) -> Certified | None:
    for name, outcome in outcomes.items():
        if outcome.verdict is Verdict.REFUTED:
            which = next(n for n, f in enumerate(findings[name]) if f.holds is False)
            return read(refuted(claim, subjects, name, which, findings[name][which]))
    held = {n: findings[n] for n, o in outcomes.items() if o.verdict is Verdict.PROVED}
    return read(proved(claim, subjects, held, instances)) if held else None


def _refused(outcome: Outcome, why: str) -> Outcome:
    """Nothing counts that the independent reader does not accept."""
    if outcome.verdict not in (Verdict.PROVED, Verdict.REFUTED):
        return outcome
    return outcome.refused("check_actions.py", why)


def _report(claim, request, subjects, outcomes, certificate, seconds) -> Report:
    verdict = weakest(o.verdict for o in outcomes.values())
    expected, code, notes = request.closing(claim, verdict)
    return Report(
        claim=claim.id,
        title=claim.title,
        source=claim.source.text(),
        statement="; ".join(c.render() for c in claim.concluding.values()),
        setting=claim.setting.title(),
        parameters={"cases": [s.case.title for s in subjects], "sizes": [s.case.size for s in subjects]},
        hypotheses=(),
        dropped=(),
        outcomes=outcomes,
        measured=(),
        needed=(),
        verdict=verdict,
        expected=expected,
        notes=tuple(notes),
        certificate=certificate,
        seed=request.seed,
        exit=code,
        timing={"proof": seconds, "numeric": 0.0, "necessity": 0.0},
    )
