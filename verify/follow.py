"""The judge's part for claims about trajectories: enclosures decide, measurements support, a double run is a near miss.

An enclosure decides a strict inequality for its start and its times, and no conclusion that it decides says more than that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from time import perf_counter

from verify.applies import digits_of, unused
from verify.certified import Certified
from verify.claim import Claim
from verify.conclusions import Throughout
from verify.contrary import check_start, needed_starts, starts_of
from verify.enclosing import Excluded, checked_system, follow_start, nearest
from verify.evidence import Decided, Followed, Measured, Outcome, Report
from verify.exact.numbers import short
from verify.integrate.written import flow_of, quantity_of
from verify.measure.run import along
from verify.request import Request
from verify.sentence import Sentence
from verify.settings.system import System
from verify.settings.trajectories import Trajectories, equations, quantities, spoken
from verify.verdict import Verdict, weakest

Progress = Callable[[str], None]


def follow(claim: Claim, request: Request, progress: Progress) -> Report:
    """Decide every conclusion. Raises BadInput for a start that does not fit, EnginesDisagree for a defect of ours."""
    began = perf_counter()
    setting = claim.setting
    assert isinstance(setting, Trajectories)
    horizon = request.horizon or setting.horizon
    starts = starts_of(claim, setting, request)
    _check_starts(claim, starts, request)
    followed = _all(claim, starts, horizon, request, progress)
    outcomes = {name: _outcome(claim, name, followed, horizon, request) for name in claim.concluding}
    enclosed = perf_counter()
    measured = _measure(claim, setting, outcomes, followed, request, progress)
    outcomes = _supported(outcomes, measured)
    ran = perf_counter()
    refuted = any(o.verdict is Verdict.REFUTED for o in outcomes.values())
    needed = () if refuted or request.without or not request.numeric else needed_starts(claim, setting, horizon, request, progress)
    certificate = _certify(claim, followed, outcomes, progress)
    if certificate is not None and certificate.refusal:
        outcomes = {n: _refused(o, certificate.refusal) for n, o in outcomes.items()}
        certificate = None
    timing = {"proof": enclosed - began, "numeric": ran - enclosed, "necessity": perf_counter() - ran}
    report = _report(claim, request, starts, horizon, outcomes, measured, needed, certificate, timing)
    return replace(report, followed=tuple(followed))


def _all(claim: Claim, starts: dict, horizon: Fraction, request: Request, progress: Progress) -> list[Followed]:
    """Every start, unless numbers are not wanted."""
    throughout = {n: c for n, c in claim.concluding.items() if isinstance(c, Throughout)}
    if not request.numeric or not throughout:
        return []
    found = []
    from verify.settings.enclosable import certifiable

    for label, build in starts.items():
        certifiable(checked_system(label, build, throughout), [c.quantity for c in throughout.values()])
    for label, build in starts.items():
        progress(f"{claim.id}: enclosing from {label}")
        found.append(follow_start(label, build, horizon, throughout, request.digits_or(), _percent(claim.id, label, horizon, progress)))
    return found


def _percent(claim: str, label: str, horizon: Fraction, progress: Progress) -> Callable[[Fraction], None]:
    shown = [-1]

    def say(time: Fraction) -> None:
        done = int(100 * time / horizon)
        if done > shown[0]:
            shown[0] = done
            progress(f"{claim}: enclosing from {label}, {done} %")

    return say


def _check_starts(claim: Claim, starts: dict, request: Request) -> None:
    """Every listed start satisfies what is assumed."""
    assumed = [h for h in claim.assuming if h.id not in request.without]
    for label, build in starts.items():
        for h in assumed:
            check_start(claim, label, build, h, True)


def _outcome(claim: Claim, name: str, followed: list[Followed], horizon: Fraction, request: Request) -> Outcome:
    conclusion = claim.concluding[name]
    assuming = tuple(h for h in claim.assuming if h.id not in request.without)
    sentence = Sentence(claim.setting, assuming, name, conclusion)  # type: ignore[arg-type]
    if not request.numeric:
        return Outcome(sentence, Verdict.UNDECIDED, "decided by numbers, which --no-numeric leaves out")
    if not isinstance(conclusion, Throughout):
        return Outcome(sentence, Verdict.UNDECIDED, "this kind of conclusion is measured, and no experiment has run")
    still = next((f.label for f in followed if f.enclosure is not None and f.moved == 0), None)
    if still is not None:
        return Outcome(sentence, Verdict.VACUOUS, f"from {still} nothing is seen to move: choose another start")
    for f in followed:
        d = f.decided[name]
        if d.holds is False:
            witness = Excluded(
                sentence, f.label, f.system.names, f.system.start, conclusion.quantity, d.since, d.until, d.least, d.most
            )
            return Outcome(sentence, Verdict.REFUTED, "an enclosure of the true solution excludes it", witness=witness)
    undecided = next((f.decided[name] for f in followed if f.decided[name].holds is None), None)
    if undecided is not None:
        return Outcome(sentence, Verdict.UNDECIDED, undecided.reason)
    words = "; ".join(_enclosed(f, conclusion, f.decided[name]) for f in followed)
    systems = {f.label: f.system for f in followed}
    return Outcome(sentence, Verdict.ENCLOSED, words, reach(systems, conclusion, horizon))


def reach(systems: Mapping[str, System], conclusion: Throughout, horizon: Fraction) -> str:
    """From which starts and in which times an enclosure decides."""
    clocks = sorted({s.clock.text or s.clock.name for s in systems.values()})
    return f"from {', '.join(systems)}, clock ({'; '.join(clocks)}) in [{conclusion.after}, {horizon}]"


def _enclosed(f: Followed, conclusion: Throughout, d: Decided) -> str:
    assert f.enclosure is not None
    radius = short(f.enclosure.radius, up=True)
    return (
        f"{len(f.enclosure.links)} steps, radius <= {radius} with {f.enclosure.worked} digits, the state moved {short(f.moved)};"
        f" {conclusion.quantity} {nearest(d, conclusion)}, its bound nearest at clock {float(d.since):.4g}; {f.checked}"
    )


def _measure(claim: Claim, setting: Trajectories, outcomes, followed, request: Request, progress: Progress) -> tuple[Measured, ...]:
    if not request.numeric or request.without or any(o.verdict is Verdict.REFUTED for o in outcomes.values()):
        return ()
    found: list[Measured] = []
    for experiment in claim.experiments:
        progress(f"{claim.id}: {experiment.kind}")
        found += along(experiment, outcomes, setting, followed, request)
    return tuple(found)


def _supported(outcomes: dict[str, Outcome], measured: tuple[Measured, ...]) -> dict[str, Outcome]:
    """What is only measured gets SUPPORTED where every experiment on it agrees."""
    result = dict(outcomes)
    for name, outcome in outcomes.items():
        mine = [m for m in measured if m.conclusion == name]
        if outcome.verdict is Verdict.UNDECIDED and mine and not isinstance(outcome.sentence.conclusion, Throughout):
            worst = next((m for m in mine if m.status != "agrees"), mine[0])
            verdict = Verdict.SUPPORTED if worst.status == "agrees" else Verdict.UNDECIDED
            result[name] = replace(
                outcome, verdict=verdict, reason=worst.text, scope="; ".join(m.numbers["scope"] for m in mine if "scope" in m.numbers)
            )
    return result


def _certify(claim: Claim, followed: list[Followed], outcomes: dict[str, Outcome], progress: Progress) -> Certified | None:
    """The enclosures with what they decided, as check_enclosure.py read them; of a refutation only what excludes."""
    from verify import check_enclosure
    from verify.certified import read
    from verify.enclosure import against, body_of, facts_of

    witnesses = [o.witness for o in outcomes.values() if isinstance(o.witness, Excluded)]
    parts = [against(f, w) for w in witnesses for f in followed if f.label == w.label]
    held = {n for n, o in outcomes.items() if o.verdict in (Verdict.ENCLOSED, Verdict.SUPPORTED)}
    enclosed = [(f.label, f.system, f.enclosure, facts_of(claim, f, held)) for f in followed if f.enclosure is not None]
    parts += [part for part in enclosed if part[-1]]
    if not parts:
        return None
    progress(f"{claim.id}: the certificate is checked")
    return read(body_of(claim.id, parts), check_enclosure)


def _refused(outcome: Outcome, why: str) -> Outcome:
    if outcome.verdict not in (Verdict.ENCLOSED, Verdict.REFUTED) and not isinstance(outcome.sentence.conclusion, Throughout):
        return outcome
    return outcome.refused("check_enclosure.py", why)


def _report(claim, request, starts, horizon, outcomes, measured, needed, certificate, timing) -> Report:
    verdict = weakest(o.verdict for o in outcomes.values())
    expected, code, notes = request.closing(claim, verdict)
    assumed = [h for h in claim.assuming if h.id not in request.without]
    where = quantities(starts, spoken(*claim.assuming, *claim.concluding.values()))
    given = f"From {'; '.join(starts)}, clock in [0, {horizon}]: "
    given += f"if {' and '.join(h.prose() for h in assumed)} at the start: " if assumed else ""
    return Report(
        claim=claim.id,
        title=claim.title,
        source=claim.source.text(),
        statement=given + "; ".join(c.render() for c in claim.concluding.values()),
        setting=f"{equations(starts)}; {where}{claim.setting.words()}",
        parameters={
            "starts": {label: {n: str(x) for n, x in zip(s.names, s.start, strict=True)} for label, s in _built(starts)},
            "flow": {label: list(flow_of(s).lines()) for label, s in _built(starts)},
            "quantities": {label: {n: list(quantity_of(s, n).lines()) for n in s.quantities} for label, s in _built(starts)},
            "horizon": str(horizon),
            "digits": digits_of(claim, request),
            "without": list(request.without),
        },
        hypotheses=tuple((h.id, h.prose(), h.when) for h in claim.assuming),
        dropped=tuple((name, f"asked for with --without {name}") for name in request.without),
        outcomes=outcomes,
        measured=measured,
        needed=needed,
        verdict=verdict,
        expected=expected,
        notes=(*notes, *unused(request, measured or any(isinstance(c, Throughout) for c in claim.concluding.values()))),
        certificate=certificate,
        seed=request.seed,
        exit=code,
        timing=timing,
    )


def _built(starts: dict) -> list:
    return [(label, build()) for label, build in starts.items()]
