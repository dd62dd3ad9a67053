"""The rows of a screen: what a report says, in the order in which it is read. Nothing is shortened
here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shlex import quote
from typing import Any

from verify.claims.evidence import Needed, Outcome, Report
from verify.claims.verdict import Verdict
from verify.exact.exhibit import Exhibit
from verify.judge.parts import moves
from verify.models.action import Action
from verify.models.flow import Flow
from verify.models.trajectories import Trajectories
from verify.report.brief import Row, merged
from verify.spelling.called import in_quotes
from verify.spelling.many import many

MOST_SHOWN = 200  # characters of one start


def of_statement(report: Report, said: str = "") -> list[Row]:
    """Setting, statement, where it comes from, hypotheses and starts; what was dropped."""
    rows = [Row("Setting", _setting(report), kind="setting")]
    for number, outcome in enumerate(report.outcomes.values()):
        rows.append(Row("" if number else "Statement", outcome.stated, kind="statement"))
    rows += [Row("Source", said)] if said else []
    left_out = {name for name, _ in report.dropped}
    assumed = [h for h in report.hypotheses if h[0] not in left_out]
    for number, (name, prose, when) in enumerate(assumed):
        rows.append(Row("" if number else "Assumes", f"{name:<9} {prose}    [{when}]"))
    rows += [] if assumed else [Row("Assumes", _nothing(report))]
    for number, (label, values) in enumerate((report.parameters.get("starts") or {}).items()):
        start = f"{in_quotes(label)}: {_short(values)}"
        rows.append(Row("" if number else "Starts", start, kind="start"))
    return rows + [Row("Dropped", f"{name:<9} {reason}") for name, reason in report.dropped]


def _nothing(report: Report) -> str:
    """What is followed or drawn is all that the sentence speaks of."""
    kinds = {o.sentence.setting.kind for o in report.outcomes.values()}
    beyond = {"trajectories": " and its starts", "samples": " and its instances"}
    return "nothing beyond the setting" + "".join(beyond.get(k, "") for k in kinds)


def _short(values: dict[str, str]) -> str:
    """An exact start; of a long one the first numbers, and how many more there are."""
    shown = list(values.items())
    text: list[str] = []
    for n, (name, x) in enumerate(shown):
        if sum(map(len, text)) > MOST_SHOWN:
            return ", ".join(text) + f", and {len(shown) - n} more"
        text.append(f"{name} = {x}")
    return ", ".join(text)


def _setting(report: Report) -> str:
    outcomes = list(report.outcomes.values())
    setting: Any = outcomes[0].sentence.setting if outcomes else None
    if "horizon" in report.parameters and isinstance(setting, Trajectories):
        return f"{report.setting}; clock in {setting.span(report.parameters['horizon'])}"
    if isinstance(setting, Action):
        return setting.brief()
    if "loss" not in report.parameters:  # the setting says everything
        return report.setting
    measured = not any(o.sentence.conclusion.exact for o in outcomes)
    unnamed = (
        "the losses that the scope lists" if measured else "any loss J that the hypotheses admit"
    )
    loss = (
        report.parameters["loss"]
        or (report.parameters["data"] and "the loss of the data")
        or unnamed
    )
    letters = (
        setting.meanings(*(e for o in outcomes for e in o.sentence.conclusion.expressions()))
        if isinstance(setting, Flow)
        else {}
    )
    meant = "".join(f"; {words}" for words, _ in letters.values())
    return f"{report.setting}{meant}; g = grad J(w), J minimised: {loss}"


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
    return [Row("link", f"{x.claim}: {x.statement}", more(x), x.verdict, "link")
            for x in report.links]  # fmt: skip


def of_instance(report: Report) -> list[Row]:
    """An exact state that satisfies the hypotheses, where one is known."""
    shown = next((o for o in report.outcomes.values() if o.instance is not None), None)
    if shown is None or shown.instance is None:
        return []
    middle = "moves" if moves(shown) else "exact"
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
    accepted = f"; certificate accepted by {_reader(outcome)}{_kernel([outcome])}"
    return text + accepted if outcome.proof is not None and alone else text


def _reader(outcome: Outcome) -> str:
    """The file that a stranger runs."""
    kind = outcome.sentence.setting.kind
    return {"trajectories": "check_enclosure.py", "declared": "verify/kernel"}.get(kind, "check.py")


def _kernel(outcomes: Sequence[Outcome]) -> str:
    """What else accepts a proof of them, or of some of them, with how many steps."""
    found = [o.steps.steps for o in outcomes if o.steps is not None and o.steps.steps]
    if not found:
        return ""
    steps = many(sum(found), "step")
    some = f" for {len(found)} of {len(outcomes)} conclusions"
    return f" and by the kernel, {steps}{some if len(found) < len(outcomes) else ''}"


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


def of_foot(
    report: Report, remarks: Sequence[tuple[str, str, str]], path: Path | None, address: str | None
) -> list[Row]:
    """Claims beside this one, notes, what the reader states, and where the certificate is."""
    rows = [
        Row(word, text, f"    {command}" if command else "", kind="see")
        for word, text, command in remarks
    ]
    rows += [Row("Note", note, kind="note") for note in report.notes]
    if report.certificate is None:
        return rows
    if report.parameters.keys() & {"horizon", "sizes"}:
        # titles and notes are an author's prose: this is what was read
        lines = report.certificate.statement.splitlines()
        rows.append(
            Row("Checked", " ".join(line.strip() for line in lines[1:] or lines), kind="checked")
        )
    proved = [o for o in report.outcomes.values() if o.proof is not None]
    several = proved and len(report.outcomes) > 1
    place = (
        f"{path}{f', accepted by {_reader(proved[0])}{_kernel(proved)}' if several else ''}"
        if path is not None
        else "accepted, kept nowhere"
    )
    shown = (
        ""
        if address is None
        else f"    LaTeX  verify show {quote(address or report.claim)} --latex"
    )
    return [*rows, Row("Certificate", place, shown), *_steps(report)]


def _steps(report: Report) -> list[Row]:
    """Where the certificates are that the kernel reads."""
    kept = [o.steps.path for o in report.outcomes.values() if o.steps is not None and o.steps.path]
    word = "Steps" if any(o.proof is not None for o in report.outcomes.values()) else "Witness"
    return [Row(word, ", ".join(kept), kind="note")] if kept else []
