"""The page of one claim, from the report that its screen is written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Any

from verify.claims.claim import Claim
from verify.claims.evidence import Report
from verify.report.brief import Row
from verify.report.latex import theorem
from verify.report.pages.element import Content, Element, element
from verify.report.pages.frame import badge, page, section, whence
from verify.report.pages.prose import blocks
from verify.report.rows import of_foot, of_statement, of_verdicts

Remarks = list[tuple[str, str, str]]


@dataclass(frozen=True)
class Beside:
    """What a page needs beside the report.

    ``address`` names the claim on a command line, ``said`` says whose sentence it is; ``pages`` are
    the pages of other claims by their ids, ``paper`` that of its source; ``certificate`` is the
    file that lies beside the page, ``picture`` an address of an image, or why there is none.
    """

    address: str
    said: str = ""
    remarks: Remarks | None = None
    pages: Mapping[str, str] | None = None
    paper: str = ""
    certificate: str = ""
    picture: str = ""
    no_picture: str = ""


def claim_page(claim: Claim, report: Report, beside: Beside) -> str:
    """Statement and proof, verdicts with scope and witnesses, what was measured, and how to check
    it again.
    """
    pages = beside.pages or {}
    told = blocks(theorem(claim, report))
    kept = Path(beside.certificate) if beside.certificate else None
    foot = of_foot(report, beside.remarks or [], kept, beside.address)
    return page(
        claim.title,
        _head(claim, report, beside),
        section("Statement", *told),
        section("As it was judged", _table(of_statement(report, beside.said))),
        section("Verdicts", _table(of_verdicts(report))),
        *_pictures(beside),
        *([section("Beside it", _table(foot))] if foot else []),
        section("To check it again", *_again(report, beside)),
        *_others(claim, pages),
        back="all claims" if pages else "",
    )


def _head(claim: Claim, report: Report, beside: Beside) -> Element:
    paper: list[Content] = [" (", element("a", "what else this paper says", href=beside.paper), ")"]
    against = "" if report.verdict is report.expected else f", expected {report.expected.name}"
    return element(
        "p",
        badge(report.verdict.name),
        f" {report.verdict.value}{against}. ",
        element("code", claim.id),
        " from ",
        whence(claim.source),
        *(paper if beside.paper else []),
        f"; seed {report.seed}.",
        class_="meta",
    )


def _table(rows: list[Row]) -> Element:
    """The rows of the screen, whole."""
    body = element("tbody")
    for row in rows:
        cells = [element("th", row.head, scope="row")] if row.head else [element("td", "")]
        if any(r.middle is not None for r in rows):
            cells.append(element("td", *_middle(row.middle), class_="middle"))
        body.append(element("tr", *cells, element("td", row.whole)))
    return element("div", element("table", body, class_="rows"), class_="wide")


def _middle(middle: Any) -> list[Content]:
    if middle is None:
        return []
    return [badge(middle.name)] if hasattr(middle, "name") else [str(middle)]


def _pictures(beside: Beside) -> list[Content]:
    if beside.picture:
        shown = element("img", src=beside.picture, alt="What was followed, as the table says it.")
        return [section("Picture", element("figure", shown))]
    return [section("Picture", element("p", beside.no_picture))] if beside.no_picture else []


def _again(report: Report, beside: Beside) -> list[Content]:
    """Commands for a terminal, the certificate, and what its reader states."""
    name = quote(beside.address)
    lines = [f"verify claim {name}", f"verify show {name} --latex"]
    found = report.certificate
    if found is None:
        return [element("pre", "\n".join(lines)), element("p", "There is no certificate to check.")]
    steps = [o.steps.path for o in report.outcomes.values() if o.steps and o.steps.path]
    lines += [f"verify replay {quote(path)}" for path in steps]
    links = [element("li", element("a", path, href=path)) for path in steps if beside.certificate]
    lines[:0] = [f"verify replay {quote(beside.certificate)}"] if beside.certificate else []
    file = [element("a", beside.certificate, href=beside.certificate)] if beside.certificate else []
    along = "horizon" in report.parameters
    reader = "check_enclosure.py, which needs python-flint" if along else "check.py, alone"
    told = f" of sha256 {found.sha256} was accepted by {reader}."
    stated = element("details", element("summary", "What the reader states"))
    stated.append(element("pre", found.statement))
    shown = element("pre", "\n".join(lines))
    told_steps = [element("p", "Its steps, which the kernel reads:"), element("ul", *links)]
    more = told_steps if links else []
    return [shown, element("p", "The certificate ", *file, told), *more, stated]


def _others(claim: Claim, pages: Mapping[str, str]) -> list[Content]:
    """Links to the claims that this one names."""
    named = [claim.corrects, claim.as_printed, *(r.claim for r in claim.remarks)]
    found = [n for n in dict.fromkeys(named) if n and n in pages]
    links = [element("li", element("a", n, href=pages[n])) for n in found]
    return [section("Pages beside this one", element("ul", *links))] if links else []
