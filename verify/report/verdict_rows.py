"""The rows of a screen that say what was judged: verdicts, witnesses, links, what was measured and
what is needed. Nothing is shortened here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from verify.claims.evidence import Needed, Outcome, Report
from verify.claims.verdict import Verdict
from verify.exact.exhibit import Exhibit
from verify.report.brief import Row, merged
from verify.spelling.many import many

KERNEL = "verify/kernel"


def of_verdicts(report: Report) -> list[Row]:
    """Each conclusion with its verdict and witness, an instance, what was measured, and which
    hypotheses are needed.
    """
    return [
        *of_conclusions(report),
        *of_links(report),
        *of_instance(report),
        *of_measured(report),
        *of_needed(report),
    ]


def of_conclusions(report: Report) -> list[Row]:
    """Each conclusion with its verdict, and a witness where it is refuted."""
    rows: list[Row] = []
    said, alone = "", len(report.outcomes) == 1
    for name, outcome in report.outcomes.items():
        reason = _reason(report, outcome)
        rows.append(
            Row(
                name,
                "likewise" if reason == said else reason,
                _fixed(outcome, alone),
                outcome.verdict,
                "reason",
            )
        )
        said = reason
        if outcome.witness is not None:
            ring = "exact" if outcome.witness.ring == "exact" else "balls"
            rows.append(Row("witness", witness_text(outcome.witness), middle=ring))
    return rows


def of_links(report: Report) -> list[Row]:
    """The exact links of a chain, each with the verdict of this run."""
    more = lambda x: f"; {x.reason}" if x.reason else ""
    name = lambda x: x.claim if x.by == report.claim else f"{x.claim}, link of {x.by}"
    return [Row("link", f"{name(x)}: {x.statement}", more(x), x.verdict, "link")
            for x in report.links]  # fmt: skip


def of_instance(report: Report) -> list[Row]:
    """An exact state that satisfies the hypotheses, where one is known."""
    shown = next((o for o in report.outcomes.values() if o.instance is not None), None)
    if shown is None or shown.instance is None:
        return []
    middle = "moves" if shown.moves else "exact"
    return [Row("instance", shown.instance.text(), middle=middle, kind="instance")]


def of_needed(report: Report) -> list[Row]:
    """Each hypothesis, and what shows that it is needed."""
    return [
        Row("" if number else "needed?", _needed(needed), middle=needed.hypothesis, kind="needed")
        for number, needed in enumerate(report.needed)
    ]


def of_measured(report: Report) -> list[Row]:
    """What did not agree comes first and is never cut; what a conclusion's own row says is not said
    twice. Of several conclusions it is said which were measured, and what is alike is said once.
    """
    said = {o.reason for o in report.outcomes.values()}
    told = sorted(
        (m for m in report.measured if m.text not in said or m.status != "agrees"),
        key=lambda m: m.status == "agrees",
    )
    of: dict[tuple[str, str, str], list[str]] = {}
    for m in told:
        of.setdefault((m.kind, m.text, m.status), []).append(m.conclusion)
    several = len(report.outcomes) > 1
    return [
        Row(
            kind,
            f"{', '.join(dict.fromkeys(names))}: {text}" if several else text,
            middle=status,
            kind="measured" if status == "agrees" else "",
        )
        for (kind, text, status), names in of.items()
    ]


def _reason(report: Report, outcome: Outcome) -> str:
    expected = outcome.verdict is Verdict.REFUTED and report.expected is Verdict.REFUTED
    return ("as expected, " if expected else "") + merged(outcome.reason.split(" | "))


def _fixed(outcome: Outcome, alone: bool) -> str:
    """Scope, cited theorems and rules; of several conclusions the certificate's own row says that
    it is accepted.
    """
    text = f"; {outcome.scope}" if outcome.scope else ""
    text += f"; given {', '.join(outcome.given)}" if outcome.given else ""
    kernel = [r for r in outcome.rules if r not in outcome.given]
    text += f"; rule{'s' * (len(kernel) > 1)} {', '.join(kernel)}" if kernel else ""
    accepted = f"; certificate accepted by {reader_of(outcome)}{kernel_of([outcome])}"
    return text + accepted if outcome.proof is not None and alone else text


def reader_of(outcome: Outcome) -> str:
    """The file that a stranger runs."""
    kind = outcome.sentence.setting.kind
    kernel = dict.fromkeys(("declared", "formulas"), KERNEL)
    return {"trajectories": "check_enclosure.py", **kernel}.get(kind, "check.py")


def kernel_of(outcomes: Sequence[Outcome]) -> str:
    """That the kernel accepts a proof of them, or of some of them, and with how many steps."""
    found = [o.steps.steps for o in outcomes if o.steps is not None and o.steps.steps]
    if not found:
        return ""
    steps = many(sum(found), "step")
    some = f" for {len(found)} of {len(outcomes)} conclusions"
    also = " and by the kernel" if reader_of(outcomes[0]) != KERNEL else ""
    return f"{also}, {steps}{some if len(found) < len(outcomes) else ''}"


def _needed(needed: Needed) -> str:
    if needed.witness is None:
        return f"{needed.verdict}: {needed.text}" if needed.text else needed.verdict
    return f"{needed.text}{needed.kind}: {witness_text(needed.witness)}"


def witness_text(witness: Any) -> str:
    """In words, with every number that a hand calculation needs."""
    if isinstance(witness, Exhibit):
        return witness.text()
    where = ", ".join(f"{k} = {v}" for k, v in witness.indices.items())
    value = f"{witness.failure.what} = {witness.failure.value}"
    exact = "exact" if witness.ring == "exact" else "enclosed"
    return f"{witness.point.text()}{'; ' + where if where else ''}: {value} ({exact})"
