"""The rows of a screen: what a report says, in the order in which it is read. Nothing is shortened
here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shlex import quote
from typing import Any

from verify.claims.evidence import Report
from verify.models.action import Action
from verify.models.flow import Flow
from verify.models.trajectories import Trajectories
from verify.report.brief import Row
from verify.report.verdict_rows import kernel_of, reader_of
from verify.spelling.called import in_quotes

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


def of_foot(
    report: Report, remarks: Sequence[tuple[str, str, str]], path: Path | None, address: str | None
) -> list[Row]:
    """Claims beside this one, notes, what the reader states, and where the certificate is."""
    rows = [
        Row(word, text, f"    {command}" if command else "", kind="see")
        for word, text, command in remarks
    ]
    rows += [Row("Note", note, kind="note") for note in report.notes]
    outcomes = [*report.outcomes.values()]
    kept = _kept(report)
    if report.certificate is None and not report.by_steps:
        return rows
    if report.certificate is not None and report.parameters.keys() & {"horizon", "sizes"}:
        # titles and notes are an author's prose: this is what was read
        lines = report.certificate.statement.splitlines()
        rows.append(
            Row("Checked", " ".join(line.strip() for line in lines[1:] or lines), kind="checked")
        )
    proved = [o for o in outcomes if o.proof is not None]
    several = proved and len(outcomes) > 1
    where = "one of each conclusion" if kept and report.certificate is None else path
    place = (
        f"{where}{f', accepted by {reader_of(proved[0])}{kernel_of(proved)}' if several else ''}"
        if where is not None
        else "accepted, kept nowhere"
    )
    shown = (
        ""
        if address is None
        else f"    LaTeX  verify show {quote(address or report.claim)} --latex"
    )
    beside = [x for x in kept if x != str(path)]
    word = "Steps" if proved else "Witness"
    steps = [Row(word, ", ".join(beside), kind="note")] if beside else []
    return [*rows, Row("Certificate", place, shown), *steps]


def _kept(report: Report) -> list[str]:
    """Where the certificates are that the kernel reads."""
    every = (o.steps for o in report.outcomes.values())
    return [steps.path for steps in every if steps is not None and steps.path]
