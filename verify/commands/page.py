"""The page of one claim, the child's side: what is told of its report, with its picture where there
is one, and its HTML beside other pages.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from verify.claims.evidence import Report
from verify.claims.request import Request
from verify.commands.beside import failed
from verify.commands.steps import reported
from verify.exact.errors import Stopped
from verify.library.registry import Found
from verify.process.channel import tell
from verify.process.files import read_regular, write_text
from verify.report.pages import recheck
from verify.report.pages.claim import Beside, claim_page, readers_of
from verify.report.pages.frame import file_of
from verify.report.pages.index import paper_file
from verify.report.pages.told import Told, told_of
from verify.report.stated import remarks, said_by

PICTURES = "pictures"


def told_among(found: Found, report: Report) -> Told:
    """Of a claim that was judged with default options, for a page among others."""
    return _told(found, report, Request(seed=report.seed), True)


def _told(found: Found, report: Report, request: Request, beside: bool) -> Told:
    claim, others = found.claim, found.known()
    steps = reported(claim, report) if request == Request(seed=report.seed) else {}
    said = said_by(claim, others)
    return told_of(claim, report, found.address, said, remarks(claim, others), steps, beside)


def page_data(told: Told, listed: Sequence[str]) -> dict[str, Any]:
    """A page among others: its HTML, what the index says of it, and the files beside it."""
    stem = file_of("claim", told.claim).removesuffix(".html")
    files, picture = dict(told.files), ""
    if told.picture:
        picture = f"{PICTURES}/{stem}.svg"
        files[picture] = told.picture
    beside = Beside(
        {name: file_of("claim", name) for name in listed},
        paper_file(told.card["paper"]),
        picture,
        recheck.PAGE if recheck.pyodide() else "",
    )
    own = {"page": claim_page(told, beside), "card": dict(told.card), "files": files}
    return {**own, "readers": readers_of(told)}


def with_page(
    found: Found, request: Request, report: Report, wanted: Path, plot: Path | None
) -> Report:
    """The report once its page is written; a place that takes nothing is said in the report. A
    picture in SVG that was asked for, too, stands in the page.
    """
    try:
        told = _told(found, report, request, False)
        write_text(wanted, claim_page(told, Beside(picture=_picture(plot))))
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
