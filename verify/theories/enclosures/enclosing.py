"""Deciding conclusions about trajectories by enclosures: one start, all conclusions, precision
raised by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.claims.conclusions import Reaches, Throughout
from verify.claims.evidence import Decided, Followed
from verify.exact.errors import BadInput
from verify.exact.exhibit import Exhibit
from verify.exact.numbers import short
from verify.integrate.base import Progress
from verify.integrate.stiff.chosen import ChosenValidated
from verify.integrate.stops import FlowStopped
from verify.integrate.system import System
from verify.models.until import Until
from verify.spelling.called import called, in_quotes
from verify.spelling.notation import name as spelt
from verify.spelling.tex import inline, number, value
from verify.theories.enclosures.cross_checked import cross_checked
from verify.theories.enclosures.deciding import decided, span
from verify.theories.enclosures.ending import before_it, followed_until

if TYPE_CHECKING:
    pass

MOST_RAISED = 4  # times the digits that were asked for


@dataclass(frozen=True)
class Excluded(Exhibit):
    """A witness: an enclosure of the true solution from an exact start excludes the conclusion at a
    time.
    """

    sentence: Any
    label: str
    system: System
    found: Decided
    ring: str = "balls"

    def text(self) -> str:
        d, conclusion = self.found, self.sentence.conclusion
        if not d.until:
            what = f"{called(conclusion.quantity)} is {conclusion.bound} at the start, exactly"
            return f"from {in_quotes(self.label)}: {what}"
        when = f"clock in [{short(d.since, 6)}, {short(d.until, 6)}]"
        where = f"{span(d.least, d.most, conclusion)} (enclosed) for {when}"
        return f"from {in_quotes(self.label)}: {called(conclusion.quantity)} lies in {where}"

    def latex(self) -> str:
        start = ", ".join(
            inline(f"{spelt(n)} = {number(x)}")
            for n, x in zip(self.system.names, self.system.start, strict=True)
        )
        d, conclusion = self.found, self.sentence.conclusion
        if not d.until:
            what = inline(f"{spelt(conclusion.quantity)} = {number(Fraction(conclusion.bound))}")
            return f"from {start}: {what} at the start, exactly"
        low, high = (value(x) for x in span(d.least, d.most, conclusion)[1:-1].split(", "))
        since, until = value(short(d.since, 6)), value(short(d.until, 6))
        where = inline(f"{spelt(conclusion.quantity)} \\in [{low}, {high}]")
        when = inline(f"\\tau \\in [{since}, {until}]")
        return f"from {start}: {where} for {when}, enclosed"

    def data(self) -> dict[str, Any]:
        d, conclusion = self.found, self.sentence.conclusion
        return {
            "refutes": conclusion.render(),
            "start": {
                name: str(x) for name, x in zip(self.system.names, self.system.start, strict=True)
            },
            "label": self.label,
            "clock": f"[{d.since}, {d.until}]",
            "what": conclusion.quantity,
            "value": span(d.least, d.most, conclusion),
            "arithmetic": self.ring,
        }


def follow_start(
    label: str,
    build: Callable[[], System],
    horizon: Fraction,
    conclusions: Mapping[str, Throughout | Reaches],
    digits: int,
    progress: Progress | None = None,
    until: Until | None = None,
) -> Followed:
    """Enclose and decide; where the enclosure is too wide to decide, again with twice the digits,
    up to MOST_RAISED times as many.
    """
    system = checked_system(label, build, conclusions)
    precision, found = digits, None
    while True:
        found = _once(label, system, (horizon, until), conclusions, precision, progress)
        wide = any(d.wide for d in found.decided.values())
        if found.trouble or not wide or 2 * precision > MOST_RAISED * digits:
            return replace(found, checked=cross_checked(found.enclosure))
        precision *= 2


def checked_system(
    label: str, build: Callable[[], System], conclusions: Mapping[str, Any]
) -> System:
    """Raises BadInput where a start builds something else, or a conclusion is about a quantity that
    it does not have.
    """
    system = build()
    if not isinstance(system, System):
        raise BadInput(f"the start {label} builds {system!r}; expected a System")
    check_quantities(system, conclusions)
    return system


def check_quantities(system: System, conclusions: Mapping[str, Any]) -> None:
    """Raises BadInput for a conclusion about a quantity that the system does not have."""
    for name, c in conclusions.items():
        if c.quantity not in system.quantities:
            raise BadInput(
                f"conclusion {name}: {system.title} has no quantity {c.quantity!r}; it has:"
                f" {', '.join(sorted(system.quantities))}"
            )


def _once(
    label: str,
    system: System,
    times: tuple[Fraction, Until | None],
    conclusions,
    digits: int,
    progress: Progress | None,
) -> Followed:
    (horizon, until), event = times, None
    try:
        if until is None:
            enclosure = ChosenValidated().run(system, horizon, digits, samples=8, progress=progress)
        else:
            enclosure, event = followed_until(system, until, horizon, digits, progress)
    except FlowStopped as end:
        trouble = f"from {in_quotes(label)}: {end}"
        return Followed(
            label, system, None, trouble, {n: Decided(None, reason=trouble) for n in conclusions}
        )
    found = {n: decided(system, enclosure, c) for n, c in conclusions.items()}
    if until is not None and event is not None:
        found = {
            n: before_it(system, enclosure, event, until, conclusions[n], d)
            for n, d in found.items()
        }
    return Followed(label, system, enclosure, "", found, event=event)
