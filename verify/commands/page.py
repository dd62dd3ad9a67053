"""The page of one claim, the child's side: made from its report, and a card of it for an index."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from verify.claims.evidence import Report
from verify.commands.beside import failed
from verify.exact.errors import Stopped
from verify.library.registry import Found, known
from verify.process.channel import tell
from verify.process.files import read_regular, write_text
from verify.report.pages.card import card
from verify.report.pages.claim import Beside, claim_page
from verify.report.pages.frame import file_of
from verify.report.pages.index import paper_file
from verify.report.stated import remarks, said_by
from verify.theories.steps.written import label

FOLDER = "certificates"


def page_data(found: Found, report: Report, listed: Sequence[str]) -> dict[str, Any]:
    """A page among others: its HTML, what the index says of it, and the certificate beside it."""
    claim = found.claim
    here = card(claim, report)
    stem = here.file.removesuffix(".html")
    body = report.certificate
    report, files = _with_steps(report, stem)
    if body is not None:
        files[f"{FOLDER}/{stem}.json"] = body.text
    beside = Beside(
        found.address,
        said_by(claim, known(found)),
        remarks(claim, known(found)),
        {name: file_of("claim", name) for name in listed},
        paper_file(here.paper),
        f"{FOLDER}/{stem}.json" if body else "",
    )
    return {"page": claim_page(claim, report, beside), "card": here.data(), "files": files}


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


def with_page(found: Found, report: Report, wanted: Path, plot: Path | None) -> Report:
    """The report once its page is written; a place that takes nothing is said in the report. A
    picture in SVG that was asked for, too, stands in the page.
    """
    claim = found.claim
    try:
        beside = Beside(
            found.address,
            said_by(claim, known(found)),
            remarks(claim, known(found)),
            picture=_picture(plot),
        )
        write_text(wanted, claim_page(claim, report, beside))
    except (KeyboardInterrupt, Stopped):
        raise
    except BaseException as error:
        return failed(report, f"--html {wanted}", error)
    tell(f"verify: page written to {wanted}")
    return report


def _picture(plot: Path | None) -> str:
    """An address that holds the picture itself: in an image nothing of it runs."""
    if plot is None or plot.suffix != ".svg" or not plot.is_file():
        return ""
    drawn = base64.b64encode(read_regular(plot)).decode()
    return f"data:image/svg+xml;base64,{drawn}"
