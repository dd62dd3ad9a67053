"""What a picture of a claim shows, as numbers and words; ``plot`` draws it. Nothing here needs
matplotlib.

A value on a trajectory is a pair of fractions, ``Span``: either ends of an enclosure, rigorous, or
a computed value and its estimated error on both sides. Which of the two it is, is said in the
picture. Coordinates of an axis that is logarithmic are decimal logarithms already, so that 1e-400
has a place on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import e, expm1, inf, log1p, log10, nan

from verify.claims.evidence import Report
from verify.exact.errors import BadInput
from verify.exact.numbers import short
from verify.integrate.system import LOG, Clock

Progress = Callable[[str], None]
Span = tuple[Fraction, Fraction]
Points = tuple[tuple[float, ...], tuple[float, ...]]
SAMPLES = 240
DECADES = 2  # a positive curve over more than these is drawn on a logarithmic axis
# a horizon beyond this gets a logarithmic time axis, which begins at the horizon divided by this,
# or with the first step
LONG = 1000
STIFF = 4000
MOST_EXPONENT = 700  # e^s on a linear axis for s = log(1 + t)
LARGEST = 10.0**300


@dataclass(frozen=True, slots=True)
class Curve:
    """``y`` with the band from ``low`` to ``high`` (empty: none), in the coordinates of its panel;
    nan where there is nothing to draw.

    ``kind`` is value, near miss, radius, bound or fitted; curves of one ``hue`` have one colour; no
    label: not in the legend.
    """

    label: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    kind: str = "value"
    hue: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """One pair of axes; ``log``: y are decimal logarithms. ``note`` says how far the curves can be
    trusted.
    """

    title: str
    curves: tuple[Curve, ...]
    log: bool = False
    note: str = ""
    y: str = ""  # what the axis holds, in words
    tex: str = ""  # the same in LaTeX


@dataclass(frozen=True, slots=True)
class Stroke:
    """Curves of one kind (fibre, level, balanced, flow, circle) with one label; ``arrows`` are
    places with directions.
    """

    label: str
    kind: str
    parts: tuple[Points, ...]
    arrows: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Plane:
    """Axes w1 and w2 of one scale, from -half to half. ``note`` says how far the flow lines can be
    trusted.
    """

    title: str
    curves: tuple[Stroke, ...]
    note: str
    half: float


@dataclass(frozen=True, slots=True)
class Picture:
    """``log_time``: x are decimal logarithms. ``title`` and ``lines`` are plain text, never
    markup.
    """

    title: str
    lines: tuple[str, ...]
    clock: str
    log_time: bool
    panels: tuple[Panel | Plane, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """Sampled times of the clock and where they lie on the axis."""

    clock: tuple[Fraction, ...]
    x: tuple[float, ...]
    label: str
    log: bool
    place: Callable[[Fraction], float]


def times(
    clock: Clock, steps: Sequence[Fraction], wanted: str | None, samples: int = SAMPLES
) -> Times:
    """``samples`` + 1 times, evenly on the axis, and about as many ends of ``steps``, which lie
    close where much happens.

    The last step ends at the horizon. Logarithmic by itself: a log clock, a horizon beyond LONG, or
    a first step that is a STIFFth
    of the horizon or less: on a linear axis all that happens would be one vertical line. Raises
    BadInput where t = e^s - 1 is too large for a linear axis.
    """
    horizon, first = steps[-1], min(steps[0], steps[-1] / LONG)
    linear = (
        wanted
        or ("log" if clock is LOG or horizon > min(Fraction(LONG), STIFF * steps[0]) else "linear")
    ) == "linear"
    if clock is LOG and linear and horizon > MOST_EXPONENT:
        raise BadInput(
            f"--plot-time linear: t = e^{float(horizon):.4g} has no place on a linear axis; leave"
            " it out, or choose log"
        )
    label = "t" if clock is LOG and linear else clock.text or clock.symbol
    log = not linear and clock is not LOG  # s = log(1 + t) is logarithmic already
    if clock is LOG and linear:
        last = expm1(float(horizon))
        even = [Fraction(log1p(last * j / samples)) for j in range(samples)]
    elif log:
        start, decades = log_of(first), log_of(horizon) - log_of(first)
        even = [_power_of_ten(start + decades * j / samples, horizon) for j in range(samples)]
    else:
        even = [horizon * j / samples for j in range(samples)]
    every = sorted(
        {
            t
            for t in (*even, *steps[:: 1 + len(steps) // samples])
            if t < horizon and (t >= first or not log)
        }
    )
    found = (*every, horizon)
    place: Callable[[Fraction], float] = (
        log_of if log else (lambda s: expm1(float(s))) if clock is LOG and linear else float
    )
    return Times(found, tuple(map(place, found)), label, log, place)


def _power_of_ten(e: float, most: Fraction) -> Fraction:
    whole = int(e // 1)
    return min(most, Fraction(10.0 ** (e - whole)) * Fraction(10) ** whole)


def log_of(x: Fraction) -> float:
    """The decimal logarithm, also far outside the range of doubles; nan unless x > 0."""
    return log10(x.numerator) - log10(x.denominator) if x > 0 else nan


def number(x: Fraction) -> float:
    """A double; what is larger than 1e300 is drawn there."""
    return float(x) if abs(x) < LARGEST else LARGEST if x > 0 else -LARGEST


def middle(span: Span) -> Fraction:
    return (span[0] + span[1]) / 2


def radius(span: Span) -> Fraction:
    return (span[1] - span[0]) / 2


def sizes(span: Span) -> Span:
    """Least and largest |x| of a span."""
    return max(Fraction(0), span[0], -span[1]), max(abs(span[0]), abs(span[1]))


def is_wide(curves: Sequence[Sequence[Span]]) -> bool:
    """Positive, over more than DECADES."""
    middles = [middle(s) for spans in curves for s in spans]
    return min(middles) > 0 and max(middles) > 10**DECADES * min(middles)


def curve(
    label: str,
    x: Sequence[float],
    spans: Sequence[Span],
    log: bool,
    kind: str = "value",
    hue: int = 0,
) -> Curve:
    """The middle and the band around it; on a logarithmic axis a band that reaches 0 goes down to
    -inf.
    """
    place: Callable[[Fraction], float] = log_of if log else number
    below = [-inf if log and s[0] <= 0 else place(s[0]) for s in spans]
    return Curve(
        label,
        tuple(x),
        tuple(place(middle(s)) for s in spans),
        tuple(below),
        tuple(place(s[1]) for s in spans),
        kind,
        hue,
    )


def trust(curves: Sequence[Sequence[Span]], validated: bool) -> str:
    """How wide the bands are at their widest, in words."""
    widest = short(max(radius(s) for spans in curves for s in spans))
    return (
        f"enclosed: radius <= {widest}" if validated else f"not validated: estimated error {widest}"
    )


def radius_curve(label: str, x: Sequence[float], spans: Sequence[Span]) -> Curve:
    """Half the width of a band that is too narrow to be seen, on a logarithmic axis."""
    return Curve(label, tuple(x), tuple(log_of(radius(s)) for s in spans), kind="radius")


def decay(
    label: str, rate: Fraction, at: Times, where: Sequence[int], through: tuple[Fraction, Fraction]
) -> Curve:
    """A multiple of e^(-rate t) on a logarithmic axis, ``through`` a time and a value > 0, drawn at
    the sampled times ``where``.
    """
    since, value = through
    y = tuple(log_of(value) - float(rate * (at.clock[j] - since)) * log10(e) for j in where)
    return Curve(label, tuple(at.x[j] for j in where), y, kind="bound")


def title_of(report: Report) -> str:
    return f"{report.claim}: {report.verdict.name}" + (
        f" given {', '.join(report.given_all)}" if report.given_all else ""
    )
