"""How each conclusion of a claim is decided, in lines of text; what a theory does not tell, its
decision tells.
"""

from __future__ import annotations

from verify.claims.claim import Claim
from verify.claims.evidence import Outcome, Report
from verify.claims.request import Request
from verify.claims.rules import CITED, statement_of
from verify.claims.verdict import Verdict
from verify.judge.decide import decide
from verify.judge.parts import steps_of, theory_of
from verify.judge.stepped import stepped
from verify.report.stated import titled
from verify.theories.steps.told import told as of_kernel


def steps(claim: Claim) -> list[str]:
    """Lines of text."""
    lines = [
        f'{claim.id}    called "{claim.title}"',
        f"Setting: {titled(claim)}; {claim.setting.detail()}",
        *_complete(claim),
        "",
    ]
    lines += [f"Hypothesis {h.id} [{h.when}]: {h.prose()}" for h in claim.assuming]
    for name, conclusion in claim.concluding.items():
        lines += [
            "",
            f"Conclusion {name}: {conclusion.render()}",
            *(f"  {line}" for line in told(claim, name)),
        ]
    return lines


def reported(claim: Claim, report: Report) -> dict[str, list[str]]:
    """The steps of the conclusions that a report with default options has proved or enclosed."""
    found: dict[str, list[str]] = {}
    for name, o in report.outcomes.items():
        if o.verdict in (Verdict.PROVED, Verdict.ENCLOSED):
            steps = o.steps if o.steps is not None and o.steps.steps else None
            lines = None if steps is None else [*of_kernel(steps.body), *_rules(o)]
            found[name] = lines or told(claim, name)
    return found


def told(claim: Claim, name: str) -> list[str]:
    """One conclusion: the steps that the kernel checks, where there are some."""
    theory, outcome = theory_of(claim), None
    if steps_of(claim) is not None:
        outcome = stepped(name, decide(theory(claim, Request(), lambda text: None), name))
        if outcome.steps is not None and outcome.steps.steps:
            return [*of_kernel(outcome.steps.body), *_rules(outcome)]
    own = theory.told(claim, name)
    if own is not None:
        return own
    outcome = outcome or decide(theory(claim, Request(), lambda text: None), name)
    return [
        f"{outcome.verdict.name}: {outcome.reason}",
        *([outcome.scope] if outcome.scope else []),
    ]


def _rules(outcome: Outcome) -> list[str]:
    """What is used besides, and what of it is cited."""
    return [f"Rule {r}{' (cited)' if r in CITED else ''}: {statement_of(r)}" for r in outcome.rules]


def _complete(claim: Claim) -> list[str]:
    """Equations in full, where the setting has them."""
    complete = getattr(claim.setting, "complete", None)
    return [] if complete is None else [f"  {line}" for line in complete()]
