"""All that the page of a claim says, as text and lists: written once from the report that was
judged, kept as JSON, and set as HTML whenever a page is wanted. Nothing here judges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from verify.claims.claim import Claim
from verify.claims.evidence import Report
from verify.claims.verdict import Verdict
from verify.report.brief import Row
from verify.report.latex import theorem
from verify.report.pages.card import card
from verify.report.pages.frame import file_of
from verify.report.rows import of_foot, of_statement
from verify.report.verdict_rows import of_conclusions, of_instance, of_measured, of_needed
from verify.theories.written import label

FOLDER = "certificates"  # beside the pages
Remarks = list[tuple[str, str, str]]


@dataclass(frozen=True)
class Line:
    """A row of a table; ``badge`` says that the middle is a verdict, None that there is none."""

    head: str
    text: str
    middle: str | None = None
    badge: bool = False


Sections = tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True)
class Told:
    """What a page says of a claim. ``certificate`` is a path beside the page, or empty, also where
    each conclusion has its own; ``files`` are what lies there, by their paths; ``card`` is what an
    index says.
    """

    claim: str
    address: str  # on a command line
    verdict: str
    expected: str
    seed: int
    source: str
    arxiv: str  # empty for a draft
    latex: str  # the environment, with its proof
    sections: Sections
    measures: bool  # whether anything was measured
    steps: tuple[tuple[str, tuple[str, ...]], ...]  # of each conclusion
    certificate: str
    sha256: str  # empty where there is no certificate
    reader: str
    stated: str
    step_files: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    others: tuple[str, ...]  # claims that this one names
    card: Mapping[str, Any]
    picture: str = ""  # SVG
    no_picture: str = ""  # why there is none, where there could be one

    def data(self) -> dict[str, Any]:
        return asdict(self)


def told_from(data: Mapping[str, Any]) -> Told:
    """What ``Told.data`` wrote, after it went through JSON. Raises TypeError, KeyError or
    ValueError where it is nothing of the kind.
    """
    made = dict(data)
    made["sections"] = tuple((t, tuple(Line(**x) for x in rows)) for t, rows in data["sections"])
    made["steps"] = tuple((name, tuple(lines)) for name, lines in data["steps"])
    made["files"] = tuple((path, text) for path, text in data["files"])
    made |= {k: tuple(data[k]) for k in ("step_files", "others")}
    return Told(**made)


def told_of(
    claim: Claim,
    report: Report,
    address: str,
    said: str = "",
    remarks: Remarks | None = None,
    steps: Mapping[str, Sequence[str]] | None = None,
    beside: bool = False,
) -> Told:
    """Of a report. ``beside``: certificates lie beside the page, else they are left out."""
    stem = file_of("claim", claim.id).removesuffix(".html")
    certificate = report.certificate
    report, files = _with_steps(report, stem) if beside else (report, {})
    kept = ""
    if certificate is not None and beside:
        kept = _of_claim(report) or f"{FOLDER}/{stem}.json"
        files[kept] = certificate.text
    named = [claim.corrects, claim.as_printed, *(r.claim for r in claim.remarks)]
    foot = of_foot(report, remarks or [], Path(kept) if kept else None, address)
    return Told(
        claim.id,
        address,
        report.verdict.name,
        report.expected.name,
        report.seed,
        claim.source.text(),
        claim.source.arxiv,
        theorem(claim, report),
        _sections(report, said, foot),
        bool(of_measured(report)) or _supported(report),
        tuple((name, tuple(lines)) for name, lines in (steps or {}).items()),
        kept,
        certificate.sha256 if certificate else "",
        _reader(report),
        certificate.statement if certificate else "",
        tuple(o.steps.path for o in report.outcomes.values() if o.steps and o.steps.path),
        tuple(files.items()),
        tuple(n for n in dict.fromkeys(named) if n),
        card(claim, report).data(),
    )


def _sections(report: Report, said: str, foot: list[Row]) -> Sections:
    """The tables of the screen, each under its name; those that are empty are left out."""
    tables = (
        ("As it was judged", of_statement(report, said)),
        ("Verdicts", of_conclusions(report)),
        ("Hypotheses", of_instance(report) + of_needed(report)),
        ("Measured", of_measured(report)),
        ("Beside it", foot),
    )
    return tuple((title, tuple(map(_line, rows))) for title, rows in tables if rows)


def _supported(report: Report) -> bool:
    return any(o.verdict is Verdict.SUPPORTED for o in report.outcomes.values())


def _line(row: Row) -> Line:
    verdict = isinstance(row.middle, Verdict)
    middle = row.middle.name if isinstance(row.middle, Verdict) else row.middle
    return Line(row.head, row.whole, None if middle is None else str(middle), verdict)


def _reader(report: Report) -> str:
    """What reads the certificate; an enclosure's needs more than the standard library."""
    kinds = {o.sentence.setting.kind for o in report.outcomes.values()}
    kernel = dict.fromkeys(("declared", "formulas"), "the kernel")
    named = {"trajectories": "check_enclosure.py", **kernel}
    return next((named[k] for k in kinds if k in named), "check.py")


def _of_claim(report: Report) -> str:
    """Where the steps are kept that are the certificate of the claim."""
    whole, found = report.certificate, [o.steps for o in report.outcomes.values() if o.steps]
    mine = (x.path for x in found if report.by_steps and whole and whole.text == x.text)
    return next(mine, "")


def _with_steps(report: Report, stem: str) -> tuple[Report, dict[str, str]]:
    """The report, which says where its steps lie beside the page, and these files."""
    files: dict[str, str] = {}
    outcomes = dict(report.outcomes)
    for name, o in report.outcomes.items():
        if o.steps is not None:
            path = f"{FOLDER}/{stem}.steps.{label(name)}.json"
            files[path] = o.steps.text
            outcomes[name] = replace(o, steps=replace(o.steps, path=path))
    return replace(report, outcomes=outcomes), files
