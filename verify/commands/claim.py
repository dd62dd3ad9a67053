"""``verify claim``, the child's side: build the request, let the judge decide, send the report;
draw where a picture is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from verify.claims.claim import Claim
from verify.claims.evidence import Report
from verify.claims.request import Request, dims_of, read_start
from verify.claims.verdict import Verdict
from verify.commands.beside import with_certificate, with_picture
from verify.commands.drawing import Drawing, check_drawing
from verify.commands.options import positive, seed_of
from verify.commands.outcome import no_match, trouble
from verify.commands.run import Run
from verify.exact.errors import BadInput, Stopped
from verify.exact.limits import shorten
from verify.exact.numbers import number
from verify.library.addresses import at_its_line, choose
from verify.library.registry import Found, leave_out, printed
from verify.library.slips import Misstated
from verify.process.channel import send, tell
from verify.process.exits import USAGE, combine
from verify.process.limits import out_of_memory
from verify.report.plain import as_data


@dataclass(frozen=True)
class Wanted:
    """What is made of each report."""

    request: Request
    form: str
    certificate: Path | None
    drawing: Drawing
    axis: str | None
    alone: bool
    html: Path | None = None
    verbose: bool = False
    links: dict[Any, Any] = field(default_factory=dict)  # of chains, that this run has judged


def decide_named(run: Run, name: str, form: str, certificate: Path | None, **options: Any) -> int:
    """Judge what an argument names and send a row for each claim."""
    leave_out(run.left_out)
    chosen = choose(name)
    found = list(chosen.found)
    if not found and not chosen.slips:
        return no_match(name)
    if certificate is not None and len(found) > 1:
        raise BadInput(
            f"--certificate {certificate}: {len(found)} claims match {name!r}; name one claim"
        )
    if options.pop("as_printed", False):
        found = [printed(f) for f in found]
    drawing, axis = options.pop("drawing", Drawing()), options.pop("plot_time", None)
    html = options.pop("html", None)
    if html is not None and len(found) > 1:
        raise BadInput(
            f"--html {html}: {len(found)} claims match {name!r}; name one claim, or write a folder"
            " of pages with verify all PATTERN --html FOLDER"
        )
    verbose = bool(options.pop("verbose", False))
    wanted = Wanted(
        request_from(**options),
        form,
        certificate,
        drawing,
        axis,
        len(found) + len(chosen.slips) == 1,
        html,
        verbose,
    )
    check_drawing(name, found, wanted.request, drawing, axis)
    todo = [f for f in found if f.claim.id not in run.rows]
    send("listed", [outlined(f.claim, wanted.request.seed) for f in found])
    codes = []
    for f in todo:
        send("others", f is not todo[-1])
        codes.append(_row(f, wanted))
    for slip in chosen.slips:
        send("row", slip.data())
    return combine(codes + [USAGE] * len(chosen.slips))


def _row(found: Found, wanted: Wanted) -> int:
    """One claim; of several, one that cannot be judged does not take the others along."""
    outline = outlined(found.claim, wanted.request.seed)
    send("claim", outline)
    try:
        report = decide_one(found, wanted)
        report, path = with_certificate(found, report, wanted.certificate)
        sent = partial(_send, found, outline, wanted, path)
        if wanted.drawing.plot is not None:
            report = with_picture(found, wanted.request, report, wanted, partial(sent, True))
        if wanted.html is not None:
            from verify.commands.page import with_page

            report = with_page(found, wanted.request, report, wanted.html, wanted.drawing.plot)
        sent(False, report)
        return report.exit
    except (KeyboardInterrupt, Stopped):
        raise
    except Misstated as error:
        send("row", error.slip.data())
        return USAGE
    except BaseException as error:
        message, code = trouble(error)
        if wanted.alone and not out_of_memory(error):
            raise
        send("row", {**outline, "verdict": Verdict.UNDECIDED.name, "error": message, "exit": code})
        tell(f"verify: {found.claim.id}: UNDECIDED: {message}")
        return code


def _send(
    found: Found,
    outline: dict[str, Any],
    wanted: Wanted,
    path: Path | None,
    unfinished: bool,
    report: Report,
) -> None:
    """The row of a claim; a second one takes the place of the first."""
    own = {"verdict": report.verdict.name, "exit": report.exit}
    own |= {"unfinished": True} if unfinished else {}
    send("row", {**outline, **own, **_drawn(found, report, path, wanted)})


def outlined(claim: Claim, seed: int) -> dict[str, Any]:
    """What is known of a claim before it is judged."""
    statement = "; ".join(c.render() for c in claim.concluding.values())
    return {
        "claim": claim.id,
        "statement": statement,
        "expected": claim.expected.name,
        "seed": seed,
    }


def _drawn(found: Found, report: Report, path: Path | None, wanted: Wanted) -> dict[str, Any]:
    """The report in the form that is asked for."""
    if wanted.form != "text":
        return {"data": as_data(report, path)}
    from verify.report.screen import shown, told

    drawn = told(report, found, wanted.request, path, found.address, wanted.verbose)
    return {"text": shown(drawn)}


def request_from(**o: Any) -> Request:
    """Every option checked before anything runs. Raises BadInput."""
    start = read_start(o["start"]) if o.get("start") is not None else None
    return Request(
        depth=positive("--depth", o["depth"]) if o.get("depth") is not None else None,
        width=positive("--width", o["width"]) if o.get("width") is not None else None,
        loss=o.get("loss"),
        scatter=read_data(o.get("data"), o.get("label"), tuple(o.get("drop") or ())),
        start=start,
        digits=positive("--digits", o["digits"], 1_000) if o.get("digits") is not None else None,
        seed=seed_of(o.get("seed", "0")),
        without=tuple(o.get("without") or ()),
        expect=Verdict.named(o["expect"]) if o.get("expect") else None,
        at_least=Verdict.named(o["at_least"]) if o.get("at_least") else None,
        cited=not o.get("no_cited"),
        numeric=not o.get("no_numeric"),
        dims=dims_of(o["sizes"]) if o.get("sizes") is not None else None,
        horizon=_horizon(o["horizon"]) if o.get("horizon") is not None else None,
    )


def _horizon(text: str) -> Fraction:
    """An exact time > 0. Raises BadInput."""
    value = number(text, f"--horizon {shorten(text)}", "change the unit of time")
    if value <= 0:
        raise BadInput(
            f"--horizon {shorten(text)}: expected an exact time > 0, for example 100, 1/2 or 0.25"
        )
    return value


def read_data(data: str | None, label: str | None, drop: tuple[str, ...]):
    if data is None:
        for name, value in (("--label", label), ("--drop", drop)):
            if value is not None and value != ():
                raise BadInput(f"{name} {value!r} needs --data")
        return None
    from verify.models.data import read_scatter

    return read_scatter(data, label, drop)


def decide_one(found: Found, wanted: Wanted) -> Report:
    """Judge one claim with progress on stderr."""
    from verify.judge.chain import judge_chain
    from verify.report.progress import status

    with status(found.claim.id) as say, at_its_line(found):
        return judge_chain(found.claim, found.linkable(), wanted.request, say, wanted.links)
