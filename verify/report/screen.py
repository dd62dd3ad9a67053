"""The screen of one claim. Text is handed to rich as Text, never as markup: mathematics such as [w] stays as written."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from verify import __version__
from verify.evidence import Needed, Outcome, Report
from verify.exhibit import Exhibit
from verify.report.moving import moving
from verify.settings.point import Point
from verify.streams import terminal
from verify.streams.width import width
from verify.verdict import HOLDS, Verdict

MOST_SHOWN = 200  # characters of one start
_COLOURS = {Verdict.PROVED: "bold green", Verdict.REFUTED: "bold red", Verdict.SUPPORTED: "cyan", Verdict.ENCLOSED: "green"}


def console(stderr: bool = False) -> Console:
    """Plain where nobody looks at a terminal; NO_COLOR is respected."""
    made = Console(file=terminal.stream(2 if stderr else 1), markup=False, highlight=False, emoji=False)
    made.width = width()
    return made


def shown(*drawn: RenderableType) -> str:
    """As the terminal wants it; where nobody looks at one, as plain lines without trailing blanks."""
    made = console()
    if not made.is_terminal:
        return plain_text(*drawn)
    with made.capture() as caught:
        made.print(*drawn, sep="\n")
    return caught.get()


def plain_text(*drawn: RenderableType) -> str:
    """Lines without trailing blanks."""
    from io import StringIO

    stream = StringIO()
    Console(file=stream, markup=False, highlight=False, emoji=False, width=width(), no_color=True).print(*drawn, sep="\n")
    return "".join(line.rstrip() + "\n" for line in stream.getvalue().splitlines())


def styled(verdict: Verdict) -> Text:
    return Text(verdict.name, style=_COLOURS.get(verdict, "yellow"))


def grid(*widths: int) -> Table:
    """Columns of fixed minimal width and one that takes the rest; long text wraps inside its column."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for least in widths:
        table.add_column(min_width=least, no_wrap=True, vertical="top")
    table.add_column(overflow="fold")
    return table


def screen(report: Report, remarks: list[tuple[str, str, str]], path: Path | None, address: str | None = "") -> RenderableType:
    """Everything that one run found, for people; ``address`` names it on the command line: its id if empty, None if nothing does."""
    head = Text(f"{report.claim}    {report.source}    flowlaw {__version__}", style="bold")
    parts: list[RenderableType] = [head, Text(""), _statement(report), Text(""), _verdicts(report), Text("")]
    foot = grid(11)
    for word, text, command in remarks:
        foot.add_row(Text(word), Text(text + (f"    {command}" if command else "")))
    for note in report.notes:
        foot.add_row(Text("Note"), Text(note))
    if report.certificate is not None and report.parameters.keys() & {"horizon", "sizes"}:
        # titles and notes are an author's prose: this is what was read
        lines = report.certificate.statement.splitlines()
        for number, line in enumerate(lines[1:] or lines):
            foot.add_row(Text("" if number else "Checked"), Text(line.strip()))
    if report.certificate is not None:
        place = str(path) if path is not None else "accepted, kept nowhere"
        shown = "" if address is None else f"    LaTeX  verify show {quote(address or report.claim)} --latex"
        foot.add_row(Text("Certificate"), Text(place + shown))
    parts += [Padding(foot, (0, 0, 0, 2)), Text(""), _last_line(report)]
    return Group(*parts)


def _statement(report: Report) -> RenderableType:
    table = grid(11)
    table.add_row(Text("Setting"), Text(_setting(report)))
    left_out = {name for name, _ in report.dropped}
    for number, outcome in enumerate(report.outcomes.values()):
        table.add_row(Text("" if number else "Statement"), Text(outcome.stated))
    assumed = [h for h in report.hypotheses if h[0] not in left_out]
    for number, (name, prose, when) in enumerate(assumed):
        table.add_row(Text("" if number else "Assumes"), Text(f"{name:<9} {prose}    [{when}]"))
    if not assumed:
        table.add_row(Text("Assumes"), Text(_nothing(report)))
    for number, (label, values) in enumerate((report.parameters.get("starts") or {}).items()):
        table.add_row(Text("" if number else "Starts"), Text(f"{label}: {_short(values)}"))
    for name, reason in report.dropped:
        table.add_row(Text("Dropped"), Text(f"{name:<9} {reason}"))
    return Padding(table, (0, 0, 0, 2))


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
    if "horizon" in report.parameters:
        return f"{report.setting}; clock in [0, {report.parameters['horizon']}]"
    if "loss" not in report.parameters:  # the setting says everything
        return report.setting
    measured = not any(o.sentence.conclusion.exact for o in report.outcomes.values())
    unnamed = "the losses that the scope lists" if measured else "any loss J that the hypotheses admit"
    loss = report.parameters["loss"] or (report.parameters["data"] and "the loss of the data") or unnamed
    return f"{report.setting}; g = grad J(w), J minimised: {loss}"


def _verdicts(report: Report) -> RenderableType:
    table = grid(12, 10)
    for name, outcome in report.outcomes.items():
        table.add_row(Text(name), styled(outcome.verdict), Text(_how(outcome)))
        if outcome.witness is not None:
            table.add_row(
                Text("witness"), Text("exact" if outcome.witness.ring == "exact" else "balls"), Text(witness_text(outcome.witness))
            )
    shown = next((o for o in report.outcomes.values() if o.instance is not None), None)
    if shown is not None and shown.instance is not None:
        table.add_row(Text("instance"), Text("moves" if moving(shown) else "exact"), Text(point_text(shown.instance)))
    for m in report.measured:
        table.add_row(Text(m.kind), Text(m.status), Text(m.text))
    for number, needed in enumerate(report.needed):
        table.add_row(Text("" if number else "needed?"), Text(needed.hypothesis), Text(_needed(needed)))
    return Padding(table, (0, 0, 0, 2))


def _how(outcome: Outcome) -> str:
    text = outcome.reason
    if outcome.scope:
        text += f"; {outcome.scope}"
    if outcome.given:
        text += f"; given {', '.join(outcome.given)}"
    kernel = [r for r in outcome.rules if r not in outcome.given]
    text += f"; rules {', '.join(kernel)}" if kernel else ""
    return text + "; certificate accepted by check.py" if outcome.proof is not None else text


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
    return f"{point_text(witness.point)}{'; ' + where if where else ''}: {value} ({exact})"


def point_text(point: Point | Exhibit) -> str:
    return point.text()


def _last_line(report: Report) -> RenderableType:
    line = styled(report.verdict)
    if report.given_all:
        line.append(f" given {', '.join(report.given_all)}")
    if report.dropped and report.verdict is Verdict.REFUTED:
        names = ", ".join(f"`{n}`" for n, _ in report.dropped)
        line.append(f"  the sentence without {names} is false.")
        if report.expected in HOLDS:
            line.append(f" The theorem itself stands: it assumes {names}.")
    elif report.verdict is not report.expected:
        line.append(f"  expected {report.expected.name}")
    seconds = sum(report.timing.values())
    line.append(f"    exit {report.exit}, seed {report.seed}, {seconds:.2f} s")
    return line
