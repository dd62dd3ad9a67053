"""What a stated rate of decay adds to a picture: lines with its slope and the near miss's, the
fitted window, the noise floor.

Window and floor are read from the same experiment that decided: the same digits and samples.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import isfinite, log10

from verify.claims.claim import Claim
from verify.claims.conclusions import Decays
from verify.claims.experiments import Late
from verify.claims.experiments.late import DIGITS
from verify.integrate.base import FlowStopped
from verify.integrate.system import PLAIN
from verify.report.pictures.lines import Line
from verify.report.pictures.picture import Curve, curve, decay, middle
from verify.spelling.called import in_quotes
from verify.theories.measure.late import SAMPLES
from verify.theories.measure.late_slope import EXPONENTIAL, late_slope_along


def stated(claim: Claim, name: str, lines: Sequence[Line]) -> list[Curve]:
    """For one conclusion, on a logarithmic axis; each kind of line is named once, every window by
    itself. Empty in another clock.
    """
    conclusion = claim.concluding[name]
    late = next(
        (e for e in claim.experiments if isinstance(e, Late) and e.conclusion == name), None
    )
    if not isinstance(conclusion, Decays) or any(x.system.clock is not PLAIN for x in lines):
        return []
    found: list[Curve] = []
    for hue, x in enumerate(lines):
        fits = [] if late is None else list(_fitted(conclusion, x, hue))
        found += [replace(c, label="") if hue and c.kind == "radius" else c for c in fits]
        where = _between(x, fits[0].x if fits else x.at.x)
        spans, words = x.spans[conclusion.quantity], f"slope of e^(-{conclusion.rate} t), as stated"
        end = x.at.clock[where[-1]], middle(spans[where[-1]])
        found.append(decay("" if hue else words, conclusion.rate, x.at, where, end))
        if late is not None and not hue:
            missed = f"near miss, {in_quotes(late.named)}: e^(-{late.near_miss} t)"
            last = where[-1 - len(where) // 3 :]
            found.append(replace(decay(missed, late.near_miss, x.at, last, end), kind="near miss"))
    return found


def _between(x: Line, places: Sequence[float]) -> range:
    return range(bisect_left(x.at.x, places[0]), bisect_right(x.at.x, places[-1]))


def _fitted(conclusion: Decays, x: Line, hue: int) -> Iterator[Curve]:
    """The part of the curve whose slope was read, and the floor at which readings end. Nothing
    where the fit does not come about.
    """
    try:
        rate = late_slope_along(
            x.system,
            conclusion.quantity,
            x.at.clock[-1],
            DIGITS,
            law=EXPONENTIAL,
            samples=SAMPLES[-1],
        )
    except FlowStopped:
        return
    if not all(map(isfinite, rate.window)):
        return
    inside = _between(x, [x.at.place(Fraction(t)) for t in rate.window])
    words = f"fitted: t in [{rate.window[0]:.3g}, {rate.window[1]:.3g}], floor {rate.floor:.1e}"
    seen = slice(inside.start, inside.stop)
    yield Curve(
        words,
        x.at.x[seen],
        curve("", x.at.x, x.spans[conclusion.quantity], True).y[seen],
        kind="fitted",
        hue=hue,
    )
    if rate.floor > 0:
        yield Curve(
            "noise floor of the fits", x.at.x, (log10(rate.floor),) * len(x.at.x), kind="radius"
        )
