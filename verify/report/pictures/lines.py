"""One start of a claim about trajectories: its quantities at sampled times, enclosed as the judge
encloses them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

from verify.claims.claim import Claim
from verify.claims.conclusions import Throughout
from verify.claims.evidence import Followed
from verify.exact.errors import BadInput
from verify.exact.numbers import short
from verify.integrate.base import FlowStopped
from verify.integrate.enclosure import NotEnclosed
from verify.integrate.evaluate import ends, values
from verify.integrate.system import Quantity, System
from verify.integrate.taylor import Taylor
from verify.integrate.trace import measured
from verify.report.pictures.picture import Span, Times, middle, times
from verify.spelling.called import in_quotes
from verify.theories.enclosures.deciding import courses, engine_of
from verify.theories.enclosures.enclosing import follow_start

MOST_ENTRIES, DIGITS = 8, 30
DOUBLINGS = 2  # of the digits, as where the judge encloses
MORE = 10  # digits of the second run, whose distance from the first is the estimated error
MOST_PIECES = 5_000
ENTRY = re.compile(r"[^\W\d_]_\d+(,\d+)*")  # w_3, W_1,2


@dataclass(frozen=True)
class Line:
    """One start: what its quantities do at the times, in ``spans``; ``words`` say how far they can
    be trusted.
    """

    label: str
    system: System
    at: Times
    spans: Mapping[str, list[Span]]
    words: str
    validated: bool


def line(
    claim: Claim,
    label: str,
    build: Callable[[], System],
    horizon: Fraction,
    digits: int,
    wanted: str | None,
    known: Sequence[Followed] = (),
) -> Line:
    """Enclosed, with DIGITS or, where an enclosure decides, as many as keep the band away from
    every bound; else computed twice.
    """
    throughout = [c for c in claim.concluding.values() if isinstance(c, Throughout)]
    digits = digits if throughout else min(digits, DIGITS)
    judged = next((f for f in known if f.label == label and f.enclosure is not None), None)
    for turn in range(1 + DOUBLINGS):
        followed = (
            judged
            if judged is not None and not turn
            else follow_start(label, build, horizon, {}, digits)
        )
        names = shown(claim, followed.system)
        if followed.enclosure is None:
            return computed(followed, names, horizon, digits, wanted)
        found = enclosed(followed, names, wanted)
        if not any(blurred(found, c) for c in throughout):
            break
        digits *= 2
    return found


def blurred(found: Line, conclusion: Throughout) -> bool:
    """Whether the band of the quantity covers the bound at a time that is drawn."""
    here = zip(found.at.clock, found.spans.get(conclusion.quantity, ()), strict=False)
    return any(
        low <= conclusion.bound <= high for time, (low, high) in here if time >= conclusion.after
    )


def shown(claim: Claim, system: System) -> dict[str, Quantity]:
    """Loss, entries and what the conclusions speak of; states where no quantity is an entry."""
    concluded = {c.quantity for c in claim.concluding.values() if hasattr(c, "quantity")}
    named = {n: q for n, q in system.quantities.items() if n in ("J", "E") or n in concluded}
    entries = {n: q for n, q in system.quantities.items() if ENTRY.fullmatch(n)}
    if not entries:
        entries = {n: _state(j) for j, n in enumerate(system.names) if n not in named}
    return {**named, **dict(islice(entries.items(), MOST_ENTRIES))}


def _state(j: int) -> Quantity:
    return lambda x, moment: x[j]


def enclosed(followed: Followed, names: Mapping[str, Quantity], wanted: str | None) -> Line:
    """Each quantity by its own polynomials and their error: rigorous at every time."""
    system, enclosure = followed.system, followed.enclosure
    assert enclosure is not None
    ends = [link.end for link in enclosure.links]
    at = times(system.clock, ends, wanted)
    spans, missing = {}, ""
    for name, quantity in names.items():
        try:
            found = courses(system, quantity, enclosure)
        except NotEnclosed as error:
            missing += f"; {name} is not drawn: {error}"
            continue
        here = ((time, found[bisect_left(ends, time)]) for time in at.clock)
        spans[name] = [
            (centre - width, centre + width) for centre, width in (c.at(time) for time, c in here)
        ]
    words = (
        f"{enclosure.worked} digits, enclosed: radius <= {short(enclosure.radius)}, {len(ends)}"
        f" steps{engine_of(enclosure)}{missing}"
    )
    return Line(followed.label, system, at, spans, words, True)


def computed(
    followed: Followed,
    names: Mapping[str, Quantity],
    horizon: Fraction,
    digits: int,
    wanted: str | None,
) -> Line:
    """Not validated: two runs, as far as both get; their distance is the estimated error. Raises
    BadInput where there is no step.
    """
    system, worst = followed.system, Fraction(0)
    runs = [pieces(system, horizon, d) for d in (digits, digits + MORE)]
    at = times(
        system.clock, [piece.end for piece in min(runs, key=lambda run: run[-1].end)], wanted
    )
    both = [_along(system, names, run, at.clock, digits + 2 * MORE) for run in runs]
    spans: dict[str, list[Span]] = {}
    for k, name in enumerate(names):
        found = [(fine[k], abs(rough[k] - fine[k])) for rough, fine in zip(*both, strict=True)]
        spans[name] = [(value - off, value + off) for value, off in found]
        worst = max([worst, *(off for _, off in found)])
    why = followed.trouble.removeprefix(f"from {in_quotes(followed.label)}: ")
    words = f"{digits} digits, not validated: estimated error {short(worst)} ({why})"
    return Line(followed.label, system, at, spans, words, False)


def pieces(system: System, horizon: Fraction, digits: int) -> list[Any]:
    """Step by step, up to where the flow stops or MOST_PIECES."""
    found: list[Any] = []
    try:
        found.extend(islice(Taylor().pieces(system, horizon, digits), MOST_PIECES))
    except FlowStopped as end:
        if not found:
            raise BadInput(f"--plot: {system.title} cannot be followed at all: {end}") from end
    return found


def _along(
    system: System,
    names: Mapping[str, Quantity],
    run: list[Any],
    clock: Sequence[Fraction],
    digits: int,
) -> list[list]:
    """Rows of values, one row for each time."""
    program, bits = measured(system, list(names.values())), 4 * digits
    until = [p.end for p in run]
    rows = []
    for time in clock:
        piece = run[bisect_left(until, time)]
        x = [Fraction(int(c), 1 << piece.bits) for c in piece.at(time)]
        rows.append([middle(ends(ball)) for ball in values(program, x, time, bits)])
    return rows
