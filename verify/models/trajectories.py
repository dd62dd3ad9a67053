"""Concrete flows from exact starts, each followed to a horizon: what enclosures and rates speak
about.

What is printed is written from the systems that the builders give: equations, quantities, exact
starts, clock. Words of an author are printed as such, beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar

from verify.exact.errors import BadInput, quoted
from verify.exact.limits import LIMITS, fits, long, up_to
from verify.exact.numbers import rational
from verify.integrate.enclosable import certifiable, meant
from verify.integrate.equations import flow, quantity
from verify.integrate.system import System
from verify.integrate.written import flow_of, quantity_of
from verify.models.starts import Built, check_alike, equations, quantities, shared, spoken, start
from verify.models.until import SPEED, Until, with_speed
from verify.spelling import tex
from verify.spelling.called import in_quotes
from verify.spelling.notation import name as spelt
from verify.spelling.tex import inline, number

__all__ = ["Built", "Trajectories", "check_alike", "equations", "quantities", "spoken"]


@dataclass(frozen=True)
class Trajectories:
    """``starts`` satisfy every hypothesis; ``contrary`` has, for a hypothesis, a start that
    violates it and no other.

    ``flow`` is what the author calls it, printed as the author's words and nowhere as the
    statement. Systems are built when they are needed, once. ``horizon`` is a reading of their
    clock; with ``until`` the flow is followed to that event, which has to come before. Raises
    BadInput for a start that is not a function, or a horizon that is not exact.
    """

    flow: str
    starts: Mapping[str, Callable[[], System]]
    horizon: Fraction
    contrary: Mapping[str, tuple[str, Callable[[], System]]] = field(default_factory=dict)
    until: Until | None = None
    kind: ClassVar[str] = "trajectories"
    least_depth: ClassVar[int] = 1
    decay: ClassVar[None] = None

    def __post_init__(self) -> None:
        if not isinstance(self.flow, str):
            raise BadInput(
                f"Trajectories({self.flow!r}, ...): expected a few words first, then"
                " starts={label: builder} and horizon="
            )
        whose = f"Trajectories({self.flow[:40]!r}, ...)"
        for what, given in (("starts", self.starts), ("contrary", self.contrary)):
            if not isinstance(given, Mapping):
                raise BadInput(
                    f"{whose}: {what} = {given!r}; expected a dictionary from labels to builders"
                )
        horizon = rational(self.horizon)
        if horizon is None or horizon <= 0:
            raise BadInput(
                f"{whose}: horizon {self.horizon!r}; expected an exact time > 0, int or Fraction:"
                " Fraction(1, 10) for 0.1"
            )
        if not fits(horizon):
            raise BadInput(f"{whose}: horizon: {long(horizon)}; change the unit of time")
        for name, pair in self.contrary.items():
            if not isinstance(pair, tuple) or len(pair) != 2:
                raise BadInput(
                    f"{whose}: contrary[{name!r}] = {pair!r}; expected a pair (label, builder)"
                )
        if self.until is not None and not isinstance(self.until, Until):
            raise BadInput(
                f"{whose}: until = {self.until!r}; expected Until(quantity, relation, bound) or"
                " all_rates_below(bound)"
            )
        object.__setattr__(self, "horizon", horizon)
        object.__setattr__(
            self, "starts", {label: self._once(whose, label, b) for label, b in self.starts.items()}
        )
        contrary = {
            name: (label, self._once(whose, label, b)) for name, (label, b) in self.contrary.items()
        }
        object.__setattr__(self, "contrary", contrary)

    def _once(self, whose: str, label: object, build: object) -> Built:
        if not isinstance(label, str) or not label.isprintable() or len(label) > LIMITS["label"]:
            shown = f"{label!r:.60}"
            raise BadInput(
                f"{whose}: a start is called {shown}; expected one line of"
                f" {up_to('label', 'printable letters')}"
            )
        if isinstance(build, System):
            raise BadInput(
                f"{whose}: the start {label} is a System; expected a function that builds it: write"
                " lambda: system"
            )
        if not callable(build):
            raise BadInput(
                f"{whose}: the start {label} is {build!r}; expected a function without arguments"
                " that returns a System"
            )
        if self.until is not None and self.until.quantity == SPEED:
            return shared(label, with_speed(build))
        return build if isinstance(build, Built) else shared(label, build)

    def ends(self) -> list[Until]:
        """What ends it, if an event does."""
        return [self.until] if self.until else []

    def span(self, horizon: Fraction) -> str:
        """The times of the clock that are meant."""
        return self.until.span(horizon) if self.until else f"[0, {horizon}]"

    def require(self, what: str, quantity: object) -> None:
        """Raises BadInput where a system has no such quantity, of which ``what`` speaks."""
        for build in (*self.starts.values(), *(build for _, build in self.contrary.values())):
            system = build()
            if quantity not in system.quantities:
                known = ", ".join(sorted(system.quantities)) or "none"
                raise BadInput(
                    f"{what}: {system.title} has no quantity {quantity!r}; it has: {known}"
                )
            meant(system, str(quantity))

    def enclosable(self, quantities: Collection[str]) -> None:
        """Raises BadInput where a system could not be written for the reader of enclosures; nothing
        to check where nothing is asked.
        """
        if not quantities:
            return
        if len(self.starts) > LIMITS["facts"]:
            raise BadInput(
                f"{len(self.starts)} starts; a certificate of enclosures has"
                f" {up_to('facts')}: make several claims"
            )
        for build in (*self.starts.values(), *(build for _, build in self.contrary.values())):
            certifiable(build(), quantities)

    def title(self) -> str:
        """The equations of the flow, from each start where they differ."""
        return equations(self.starts)

    def detail(self) -> str:
        """Starts, horizon, and the author's words."""
        found = "; ".join(
            f"{in_quotes(label)}: {start(build())}" for label, build in self.starts.items()
        )
        clocks = ", ".join(sorted({build().clock.text for build in self.starts.values()}))
        return f"starts: {found}; clock {clocks} in {self.span(self.horizon)}; {self.words()}"

    def words(self) -> str:
        return quoted(self.flow)

    def latex(self, *names: str) -> str:
        """The flow, the formulas of the quantities that are named, the starts and the clock, all
        from the systems.
        """
        systems = [build() for build in self.starts.values()]
        names = (*names, *(event.quantity for event in self.ends()))
        flows = tex.each([flow(s) for s in systems])
        formulas = [
            tex.each([quantity(s, n, k) for s in systems if n in s.quantities])
            for k, n in enumerate(dict.fromkeys(names))
        ]
        pairs = [zip(s.names, s.start, strict=True) for s in systems]
        starts = tex.each(
            [", ".join(inline(f"{spelt(n)} = {number(x)}") for n, x in each) for each in pairs]
        )
        clocks = ", ".join(dict.fromkeys(inline(f"\\tau = {spelt(s.clock.text)}") for s in systems))
        end = f"the clock {clocks}, followed up to {inline(f'T = {number(self.horizon)}')}"
        if self.until is not None:
            end = f"the clock {clocks}, followed up to {self.until.latex(self.horizon)}"
        return tex.sentence((f"the flow {flows}", *formulas, f"from {starts}", end))

    def complete(self) -> list[str]:
        """Every equation, quantity and start in full, one line each."""
        lines = []
        for label, build in self.starts.items():
            system = build()
            start = zip(system.names, system.start, strict=True)
            lines += [f"from {in_quotes(label)}:", "  " + ", ".join(f"{n} = {x}" for n, x in start)]
            lines += [f"  {line}" for line in flow_of(system).lines()]
            lines += [
                f"  {line}"
                for name in system.quantities
                for line in quantity_of(system, name).lines()
            ]
        return lines

    def wire(self) -> dict:
        starts = {label: build() for label, build in self.starts.items()}
        return {
            "kind": self.kind,
            "words": self.flow,
            "horizon": str(self.horizon),
            **({"until": self.until.wire()} if self.until else {}),
            "clock": sorted({system.clock.name for system in starts.values()}),
            "starts": {
                label: dict(zip(s.names, map(str, s.start), strict=True))
                for label, s in starts.items()
            },
            "flow": {label: list(flow_of(s).lines()) for label, s in starts.items()},
            "quantities": {
                label: {n: list(quantity_of(s, n).lines()) for n in s.quantities}
                for label, s in starts.items()
            },
        }
