"""The picture of a claim about trajectories: every start, with bounds, limits, slopes and near
misses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from math import isfinite, log

from verify.claims.claim import Claim
from verify.claims.conclusions import Decays, Grows, Tends, Throughout
from verify.claims.conclusions.along import latex_of
from verify.claims.evidence import Report
from verify.claims.experiments import Contrast
from verify.claims.request import Request
from verify.integrate.base import FlowStopped
from verify.integrate.evaluate import ends, value
from verify.integrate.notebook import notebook
from verify.integrate.system import LOG
from verify.models.trajectories import Trajectories, equations
from verify.report.pictures.decay import stated
from verify.report.pictures.lines import ENTRY, Line, line
from verify.report.pictures.picture import (
    SAMPLES,
    Curve,
    Panel,
    Picture,
    Progress,
    curve,
    is_wide,
    log_of,
    middle,
    number,
    radius_curve,
    title_of,
    trust,
)
from verify.theories.enclosures.contrary import starts_of

MOST_STARTS = 4


def drawn(
    claim: Claim, request: Request, report: Report, wanted: str | None, progress: Progress
) -> Picture:
    setting = claim.setting
    assert isinstance(setting, Trajectories)
    starts = starts_of(claim, setting, request)
    horizon = request.horizon or setting.horizon
    lines = []
    for label, build in islice(starts.items(), MOST_STARTS):
        progress(f"{claim.id}: drawing from {label}")
        lines.append(
            line(claim, label, build, horizon, request.digits_or(), wanted, report.followed)
        )
    left_out = [f"{MOST_STARTS} of {len(starts)} starts"] if len(starts) > MOST_STARTS else []
    words = (
        equations(starts),
        setting.words(),
        *left_out,
        *(f"from {x.label}: {x.words}" for x in lines),
    )
    return Picture(
        title_of(report), words, lines[0].at.label, lines[0].at.log, tuple(panels(claim, lines))
    )


def panels(claim: Claim, lines: Sequence[Line]) -> list[Panel]:
    found = [
        _compared(f"loss {name}", name, lines) for name in ("J", "E") if name in lines[0].spans
    ]
    found += [_entries(x, len(lines) > 1) for x in lines]
    seen: dict[str, list[str]] = {}
    for name, conclusion in claim.concluding.items():
        if hasattr(conclusion, "quantity"):
            seen.setdefault(conclusion.quantity, []).append(name)
    for quantity, conclusions in seen.items():
        if all(quantity in x.spans for x in lines):
            found.append(_concluded(claim, quantity, conclusions, lines))
    return found


def _compared(title: str, name: str, lines: Sequence[Line], linear: bool = False) -> Panel:
    """One quantity from every start."""
    log, several = not linear and is_wide([x.spans[name] for x in lines]), len(lines) > 1
    curves = [
        curve(x.label if several else name, x.at.x, x.spans[name], log, hue=k)
        for k, x in enumerate(lines)
    ]
    return Panel(
        title,
        tuple(curves),
        log,
        trust([x.spans[name] for x in lines], all(x.validated for x in lines)),
        name,
        latex_of(name),
    )


def _radii(name: str, lines: Sequence[Line]) -> list[Curve]:
    """Half-widths of the bands."""
    return [
        radius_curve(_whose(x) + (f", {x.label}" if len(lines) > 1 else ""), x.at.x, x.spans[name])
        for x in lines
    ]


def _whose(x: Line) -> str:
    return "radius of the enclosure" if x.validated else "estimated error"


def _entries(x: Line, several: bool) -> Panel:
    names = [n for n in x.spans if ENTRY.fullmatch(n)] or [
        n for n in x.spans if n in x.system.names
    ]
    every = sum(bool(ENTRY.fullmatch(n)) for n in x.system.quantities) or len(x.system.names)
    title = "entries" if ENTRY.fullmatch(names[0]) else "states"
    title += f", {len(names)} of {every}" if len(names) < every else ""
    title += f", from {x.label}" if several else ""
    curves = tuple(curve(n, x.at.x, x.spans[n], False, hue=k) for k, n in enumerate(names))
    note = trust([x.spans[n] for n in names], x.validated)
    return Panel(title, curves, note=note, y=title.partition(",")[0])


def _concluded(claim: Claim, quantity: str, names: Sequence[str], lines: Sequence[Line]) -> Panel:
    """The quantity of conclusions with bounds, limits and slopes, and a double run where the claim
    is contrasted with one.
    """
    conclusions = [claim.concluding[n] for n in names]
    linear = any(
        isinstance(c, Throughout) and c.bound for c in conclusions
    )  # the distance to a bound is what counts
    panel = _compared(f"{', '.join(names)}: {quantity}", quantity, lines, linear)
    curves = list(panel.curves)
    for c in conclusions:
        if isinstance(c, Throughout):
            curves += _level(f"bound {c.bound}", c.bound, c.after, lines[0], panel.log)
        elif isinstance(c, Tends):
            curves += _level(f"limit {c.value}", c.value, Fraction(0), lines[0], panel.log)
        elif isinstance(c, Grows):
            curves += _slope(c, lines[0], panel)
    for n in names if panel.log else ():
        if isinstance(claim.concluding[n], Decays):
            added = stated(claim, n, lines)
            floors = [c for c in added if c.kind == "radius"]
            curves += [c for c in added if c not in floors] + _unless_flat(panel, floors)
    if panel.log and any(
        isinstance(c, Throughout) for c in conclusions
    ):  # the radius decides these
        curves += _unless_flat(panel, _radii(quantity, lines))
    for experiment in claim.experiments:
        if isinstance(experiment, Contrast) and experiment.conclusion in names:
            curves += _doubles(experiment, quantity, lines[0], panel.log)
    first = conclusions[0]
    title = (
        f" {first.relation} {first.bound}"
        if isinstance(first, Throughout) and len(names) == 1
        else ""
    )
    return replace(panel, title=panel.title + title, curves=tuple(curves))


def _unless_flat(panel: Panel, radii: list[Curve]) -> list[Curve]:
    """Radii where they leave the values a fifth of the axis at least; else the note alone tells how
    wide the band is.
    """
    values = [y for c in panel.curves for y in c.y if isfinite(y)]
    below = [y for c in radii for y in c.y if isfinite(y)]
    return radii if below and 5 * (max(values) - min(values)) >= max(values) - min(below) else []


def _level(label: str, level: Fraction, after: Fraction, x: Line, log: bool) -> list[Curve]:
    """A horizontal line from a time on; nothing where the axis has no place for it."""
    inside = tuple(a for time, a in zip(x.at.clock, x.at.x, strict=True) if time >= after)
    if not inside or (log and level <= 0):
        return []
    return [
        Curve(
            label,
            inside,
            (log_of(Fraction(level)) if log else number(Fraction(level)),) * len(inside),
            kind="bound",
        )
    ]


def _doubles(contrast: Contrast, name: str, x: Line, log: bool) -> list[Curve]:
    """The near miss: the quantity at the states in doubles, from the first start; on a logarithmic
    axis where it is positive.
    """
    try:
        run = notebook(x.system, x.at.clock[-1], 10.0**-contrast.digits, contrast.method, SAMPLES)
    except FlowStopped:
        return []
    values = [
        (time, middle(ends(value(x.system, x.system.quantities[name], state, time))))
        for time, state in run
        if time or not x.at.log
    ]
    label = f"near miss: doubles ({contrast.method}, tolerance 1e-{contrast.digits})"
    lost = next((time for time, v in values if v <= 0), None) if log else None
    label += f", <= 0 at {x.system.clock.symbol} = {float(lost):.3g}" if lost is not None else ""
    y = tuple(log_of(v) if log else number(v) for _, v in values)
    return [Curve(label, tuple(x.at.place(time) for time, _ in values), y, kind="near miss")]


def _slope(conclusion: Grows, x: Line, panel: Panel) -> list[Curve]:
    """t^exponent through the last value, over the last third, where both axes are logarithmic."""
    per_decade = (
        1.0 if x.at.log else log(10) if x.system.clock is LOG and x.at.label != "t" else 0.0
    )
    if not panel.log or not per_decade:
        return []
    xs, end = panel.curves[0].x, panel.curves[0].y[-1]
    last = tuple(a for a in xs if a >= xs[-1] - (xs[-1] - xs[0]) / 3)
    y = tuple(end + float(conclusion.exponent) * (a - xs[-1]) / per_decade for a in last)
    return [Curve(f"slope of t^({conclusion.exponent})", last, y, kind="bound")]
