"""The rows of claims with their pages, the child's side of ``verify all --html``: what an earlier
run has judged, and what is judged now, with its picture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from verify.claims.evidence import Report
from verify.claims.request import Request
from verify.commands.outcome import trouble
from verify.commands.page import page_data, told_among
from verify.commands.stored import store, stored
from verify.exact.errors import Stopped
from verify.library.registry import Found
from verify.process.channel import part, send
from verify.report.pages.frame import file_of
from verify.report.pages.told import Told
from verify.report.pictures.of_claims import drawable, picture
from verify.report.pictures.plot import needs_matplotlib, rendered

_COORDINATES = re.compile(r' (?:d|x|y)="[-0-9. \nMLCQHVz]*"')
_TAG = re.compile(r"<[^<>]*>")
_DIGITS = re.compile(r"(\.[0-9]{2})[0-9]+")
UNFINISHED = "The picture was not finished within the limits of the run: verify claim {} --plot {}"


def send_known(found: Sequence[Found], seed: int) -> None:
    """Of each claim that an earlier run has judged its row, as one that is resumed."""
    listed = [f.claim.id for f in found]
    for f in found:
        part(f"{f.claim.id}: is it known from an earlier run?")
        known = stored(f, seed)
        if known is not None:
            row, told = known
            send("row", {**row, "resumed": True, "page": page_data(told, listed)})


def send_with_page(
    found: Found, report: Report, row: dict[str, Any], listed: Sequence[str], cards: bool
) -> None:
    """The row; first without the picture, so that no limit of drawing takes it along. ``cards``:
    only what an index says is wanted.
    """
    told = told_among(found, report)
    if not cards and drawable(found.claim):
        send("row", {**row, "page": page_data(_unfinished(told), listed)})
        told = _with_drawing(found, report, told)
    send("row", {**row, "page": page_data(told, listed)})
    if not cards:
        store(found, row, told)


def _unfinished(told: Told) -> Told:
    """What stands if the process that draws does not come back."""
    file = file_of("claim", told.claim).removesuffix(".html")
    return replace(told, no_picture=UNFINISHED.format(told.address, f"{file}.svg"))


def _with_drawing(found: Found, report: Report, told: Told) -> Told:
    """The same with its picture, or with the reason why there is none."""
    part(f"{told.claim}: the picture is drawn")
    try:
        needs_matplotlib("a picture of this claim")
        request = Request(seed=report.seed)
        drawn = rendered(picture(found.claim, request, report, None), "svg")
    except (KeyboardInterrupt, Stopped):
        raise
    except BaseException as error:
        return replace(told, no_picture=f"There is no picture: {trouble(error)[0]}")
    return replace(told, picture=lighter(drawn.decode("utf-8")))


def lighter(svg: str) -> str:
    """Coordinates to a hundredth of a point, which no screen shows. Texts stay as they are."""

    def shorter(tag: re.Match[str]) -> str:
        return _COORDINATES.sub(lambda found: _DIGITS.sub(r"\1", found[0]), tag[0])

    return _TAG.sub(shorter, svg)
