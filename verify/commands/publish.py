"""The rows of judged claims as text, JSON or JUnit, to standard output or to a file: done by the
parent, which judges nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from verify.claims.verdict import Verdict
from verify.commands.outcome import outcome
from verify.commands.run import Run
from verify.process.channel import tell
from verify.process.deliver import Undelivered, deliver
from verify.process.exits import INTERNAL, UNSETTLED, combine
from verify.process.files import write_text
from verify.process.written import SCHEMA_VERSION, as_json
from verify.report.junit import as_junit


def publish(
    text: str, form: str, output: Path | None, rows: Sequence[dict[str, Any]], code: int
) -> int:
    """The exit code: ``code``, unless the result does not arrive; then the verdicts are told on
    standard error.
    """

    def out() -> int:
        if output is not None:
            write_text(output, text)
        else:
            deliver(text, None if form == "text" else "utf-8")
        return code

    arrived = outcome(out) if output is not None else _delivered(out)
    if arrived != code:
        for row in rows:
            tell(f"verify: {row['claim']}: {row['verdict']}")
        return INTERNAL if code == INTERNAL else arrived
    return code


def _delivered(out) -> int:
    try:
        return out()
    except Undelivered as error:
        if not error.quiet:
            tell(f"verify: {error}")
        return error.code


def publish_claims(run: Run, name: str, form: str, output: Path | None) -> int:
    """What ``verify claim`` prints: one report, or one after another; slips of their author also on
    standard error. What is read by programs is never empty.
    """
    rows = list(run.rows.values())
    judged = [r for r in rows if r["verdict"] is not None]
    slips = [r for r in rows if r["verdict"] is None]
    for slip in slips:
        tell(f"verify: {slip['error']}")
    code = combine([run.code, *(r["exit"] for r in rows)])
    if form == "text" and not judged:
        return code
    if form == "text":
        text = "".join(r["text"] if "text" in r else _without(r) for r in judged)
        return publish(text + _together(rows, judged, code), form, output, judged, code)
    data = [r["data"] if "data" in r else {"schema_version": SCHEMA_VERSION, **r} for r in judged]
    data = data + slips or [unanswered(name, run)]
    text = as_junit(data) if form == "junit" else as_json(data[0] if len(data) == 1 else data)
    return publish(text, form, output, judged, code)


def _together(rows: Sequence[dict[str, Any]], judged: Sequence[dict[str, Any]], code: int) -> str:
    """The last line says with which code the command ends, where the screen above it says another
    one.
    """
    if code == judged[-1]["exit"]:
        return ""
    slips = len(rows) - len(judged)
    beside = f", and {slips} that cannot be decided" if slips else ""
    return f"\n{len(judged)} claim{'s' * (len(judged) > 1)} decided{beside}    exit {code}\n"


def unanswered(name: str, run: Run) -> dict[str, Any]:
    """In the place of claims, where there are none: why, and the exit code."""
    verdict = Verdict.UNDECIDED.name if run.code == UNSETTLED else None
    own = {"claim": name, "verdict": verdict, "error": run.reason(), "exit": run.code}
    return {"schema_version": SCHEMA_VERSION, **own}


def _without(row: dict[str, Any]) -> str:
    """The screen of a claim that a limit left without a verdict."""
    during = f"  At the end   {row['during']}\n\n" if row.get("during") else ""
    return (
        f"{row['claim']}\n\n  {row['statement']}\n\n{during}{row['verdict']}    {row['error']}"
        f"    exit {row['exit']}\n"
    )
