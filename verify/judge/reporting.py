"""The report of a run, from what was found about each conclusion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from verify.claims.applies import unused
from verify.claims.certified import Certified
from verify.claims.evidence import Measured, Needed, Outcome, Report
from verify.claims.verdict import Verdict, weakest
from verify.theories.protocol import Theory


def report(
    theory: Theory,
    outcomes: Mapping[str, Outcome],
    measured: tuple[Measured, ...],
    necessity: tuple[Needed, ...],
    certified: Mapping[str, Certified],
    timing: dict[str, float],
) -> Report:
    """Verdict, exit code and certificate of all conclusions together, where there is one."""
    claim, request = theory.claim, theory.request
    outcomes = {name: _told(theory, o) for name, o in outcomes.items()}
    verdict = weakest(o.verdict for o in outcomes.values())
    expected, code, better = request.closing(claim, verdict)
    accepted = [n for n, c in certified.items() if not c.refusal]
    whole = [] if theory.by_steps and len(outcomes) > 1 else accepted
    names = [n for n in accepted if outcomes[n].verdict is Verdict.REFUTED] or whole
    return Report(
        claim=claim.id,
        title=claim.title,
        source=claim.source.text(),
        statement=theory.statement(outcomes),
        setting=theory.setting(),
        parameters=theory.parameters(),
        hypotheses=tuple((h.id, h.prose(), h.when) for h in claim.assuming),
        dropped=theory.dropped,
        outcomes=outcomes,
        measured=measured,
        needed=necessity,
        verdict=verdict,
        expected=expected,
        notes=(*theory.notes, *better, *unused(request, measured or theory.digits_used)),
        certificate=certified[names[0]] if names else None,
        seed=request.seed,
        exit=code,
        timing=timing,
        followed=theory.followed,
    )


def _told(theory: Theory, outcome: Outcome) -> Outcome:
    """With what a report says of it besides: whether its instance moves, and of what was proved
    what its scope adds, which its proof has derived; where that fails, it is an error of ours.
    """
    here = outcome.instance
    moving = here is not None and theory.moves_at(outcome.sentence, here)
    proved = outcome.verdict is Verdict.PROVED
    condition = theory.condition(outcome.sentence) if proved else ""
    return replace(outcome, moves=moving, condition=condition)
