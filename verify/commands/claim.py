"""``verify claim``: build the request, let the judge decide, print; draw where a picture is asked for."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from verify.addresses import at_its_line, choose
from verify.errors import BadInput
from verify.evidence import Report
from verify.exact.limits import shorten
from verify.exact.numbers import number
from verify.registry import Found, known, printed
from verify.report.files import write_text
from verify.report.junit import as_junit
from verify.report.plain import as_data, as_json
from verify.request import Request, dims_of, positive, read_start, seed_of
from verify.slips import Misstated, Slip
from verify.verdict import USAGE, Verdict, combine


def decide_named(name: str, form: str, output: Path | None, certificate: Path | None, **options: Any) -> int:
    """Exit code of one claim, or of all that match a glob. A picture changes neither the verdict nor the code."""
    from verify.cli import no_match

    chosen = choose(name)
    found, slips = list(chosen.found), list(chosen.slips)
    if not found and not slips:
        return no_match(name)
    if certificate is not None and len(found) > 1:
        raise BadInput(f"--certificate {certificate}: {len(found)} claims match {name!r}; name one claim")
    if options.pop("as_printed", False):
        found = [printed(f) for f in found]
    plot, axis = options.pop("plot", None), options.pop("plot_time", None)
    request = request_from(**options)
    _check_plot(name, found, request, plot, axis, (output, certificate))
    results = []
    for f in found:
        try:
            results.append((f, *decide_one(f, request, certificate)))
        except Misstated as error:  # the other claims of the file go on
            slips.append(error.slip)
    if os.environ.get("FLOWLAW_RESUME"):
        _remember(results, request.seed)
    also = (request.family.see,) if request.family and request.family.see else ()
    publish(results, slips, form, output, also)
    if plot is not None and results:
        _draw(found[0], request, results[0][1], plot, axis)
    return combine([r.exit for _, r, _ in results] + [USAGE] * len(slips))


def request_from(**o: Any) -> Request:
    """Every option checked before anything runs. Raises BadInput."""
    start = read_start(o["start"]) if o.get("start") else None
    return Request(
        depth=positive("--depth", o["depth"]) if o.get("depth") is not None else None,
        width=positive("--width", o["width"]) if o.get("width") is not None else None,
        loss=o.get("loss"),
        scatter=_scatter(o.get("data"), o.get("label"), tuple(o.get("drop") or ())),
        start=start,
        digits=positive("--digits", o.get("digits") or "50", 1_000),
        seed=seed_of(o.get("seed") or "0"),
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
        raise BadInput(f"--horizon {shorten(text)}: expected an exact time > 0, for example 100, 1/2 or 0.25")
    return value


def _check_plot(name: str, found: list[Found], request: Request, plot: Path | None, axis: str | None, others: tuple) -> None:
    """Everything that would spoil a picture or a file is said before any long work. Raises BadInput."""
    output, certificate = others
    if output is not None and certificate is not None and output.resolve() == certificate.resolve():
        raise BadInput(f"--output {output} and --certificate name the same file; choose another one")
    if plot is None:
        if axis is not None:
            raise BadInput(f"--plot-time {axis} needs --plot FILE")
        return
    if len(found) > 1:
        raise BadInput(f"--plot {plot}: {len(found)} claims match {name!r}; name one claim")
    if any(other is not None and other.resolve() == plot.resolve() for other in others):
        raise BadInput(f"--plot {plot}: --output or --certificate names the same file; choose another one")
    from verify.report.plot import check_target

    check_target(plot)
    from verify.report.picture import check

    check(found[0].claim, request, axis)


def _draw(found: Found, request: Request, report: Report, plot: Path, axis: str | None) -> None:
    """One line on stderr says where the picture is; stdout belongs to the result."""
    from verify.report.picture import picture
    from verify.report.plot import draw
    from verify.report.progress import status

    with status(f"{found.claim.id}: drawing") as say:
        draw(picture(found.claim, request, report, axis, say), plot)
    click.echo(f"verify: picture written to {plot}", err=True)


def _scatter(data: str | None, label: str | None, drop: tuple[str, ...]):
    if data is None:
        for name, value in (("--label", label), ("--drop", drop)):
            if value:
                raise BadInput(f"{name} {value} needs --data")
        return None
    from verify.data import read_scatter

    return read_scatter(data, label, drop)


def decide_one(found: Found, request: Request, certificate: Path | None) -> tuple[Report, Path | None]:
    """Judge one claim with progress on stderr, and store its certificate."""
    from verify.judge import judge
    from verify.report.place import place
    from verify.report.progress import status

    with status(found.claim.id) as say, at_its_line(found):
        report = judge(found.claim, request, say)
    if certificate is not None and report.certificate is None:
        click.echo(f"verify: {found.claim.id} has no certificate, so {certificate} is not written", err=True)
    return report, place(found, report.certificate, certificate)


def _remember(results: list[tuple[Found, Report, Path | None]], seed: int) -> None:
    """A child of ``verify all`` keeps its certificate, so that the next run can resume."""
    from verify.resume import remember

    for f, report, _ in results:
        if report.certificate is not None:
            remember(f.claim, seed, report.certificate.body)


def publish(
    results: list[tuple[Found, Report, Path | None]], slips: list[Slip], form: str, output: Path | None, also: tuple[str, ...] = ()
) -> None:
    """To stdout, or whole to a file; slips also on stderr; ``also`` are claims about the loss of this run, named beside the result."""
    from verify.report.screen import plain_text, screen, show
    from verify.report.stated import remarks

    for slip in slips:
        click.echo(f"verify: {slip.text()}", err=True)
    if form == "text":
        drawn = [screen(report, remarks(f.claim, known(f), also), path, f.address) for f, report, path in results]
        if not drawn:
            return
        if output is None:
            show(*drawn)
        else:
            write_text(output, plain_text(*drawn))
        return
    data = [as_data(report, path) for _, report, path in results] + [slip.data() for slip in slips]
    text = as_json(data[0] if len(data) == 1 else data) if form == "json" else as_junit(data)
    if output is not None:
        write_text(output, text)
    else:
        click.echo(text, nl=False)
