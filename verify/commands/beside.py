"""What a run of one claim leaves beside its screen: the certificate and the picture. Where one
cannot be made or written, the report says so and ends with that exit code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from verify.claims.evidence import Report
from verify.claims.request import Request
from verify.commands.outcome import trouble
from verify.exact.errors import Stopped
from verify.library.registry import Found
from verify.process.channel import tell
from verify.process.exits import UNSETTLED, combine
from verify.process.files import write_text
from verify.report.place import place
from verify.report.progress import status


def with_certificate(
    found: Found, report: Report, wanted: Path | None
) -> tuple[Report, Path | None]:
    """The report, which says where its steps lie, and where its certificate does; a place that was
    asked for and takes nothing is said in the report.
    """
    if wanted is not None and report.certificate is None and not report.by_steps:
        tell(f"verify: {found.claim.id} has no certificate, so {wanted} is not written")
    try:
        return place(found, report, wanted)
    except (KeyboardInterrupt, Stopped):
        raise
    except BaseException as error:
        return failed(report, f"--certificate {wanted}", error), None


def with_picture(
    found: Found,
    request: Request,
    report: Report,
    wanted: Any,
    meanwhile: Callable[[Report], None],
) -> Report:
    """The report once the picture is drawn and written. ``meanwhile`` gets what is to stand if this
    process does not come back: undecided whether there is a picture. ``wanted`` has the drawing
    and the axis of time.
    """
    plot = wanted.drawing.plot
    meanwhile(_ending(report, UNSETTLED, f"--plot {plot}: the picture was not finished"))
    try:
        _draw(found, request, report, wanted)
    except (KeyboardInterrupt, Stopped):
        raise
    except BaseException as error:
        return failed(report, f"--plot {plot}", error)
    for path in wanted.drawing.places().values():
        if path is not None:
            what = "picture" if path is plot else "its numbers"
            tell(f"verify: {what} written to {path}")
    return report


def _draw(found: Found, request: Request, report: Report, wanted: Any) -> None:
    from verify.report.pictures.of_claims import picture
    from verify.report.pictures.plot import draw
    from verify.report.pictures.table import as_table

    with status(f"{found.claim.id}: drawing") as say:
        say(f"{found.claim.id}: the picture is drawn")
        drawn, drawing = picture(found.claim, request, report, wanted.axis, say), wanted.drawing
        draw(drawn, drawing.plot, drawing.look())
        if drawing.plot_data is not None:
            write_text(drawing.plot_data, as_table(drawn))


def failed(report: Report, option: str, error: BaseException) -> Report:
    """The report with what kept a file from being written, also said on standard error."""
    message, code = trouble(error)
    said = message if option.partition(" ")[2] in message else f"{option}: {message}"
    tell(f"verify: {said}")
    return _ending(report, code, said)


def _ending(report: Report, code: int, note: str) -> Report:
    return replace(report, exit=combine([report.exit, code]), notes=(*report.notes, note))
