"""Quantities of a System, at its start, or at a state given instead: exact where they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from verify.exact.errors import BadInput, NoValue
from verify.exact.rings import Ball, Inexact
from verify.integrate.at_state import along
from verify.integrate.enclosable import meant
from verify.integrate.system import PLAIN, Quantity, System
from verify.integrate.trace import measured, program
from verify.models.formulas import Formulas
from verify.models.losses.calculus import value as combined
from verify.terms.expr import Expr, const, num
from verify.terms.words import words
from verify.values.formulas import Jets
from verify.values.lower import scalar
from verify.values.question import Question
from verify.values.radicals import Radicals
from verify.values.record import Value, enclosed, exactly, narrow
from verify.values.state import given
from verify.values.trajectory import later


@dataclass(frozen=True)
class Quantities:
    """A system at its start. Quantities are its own by name, its states, expressions in the states,
    or functions like its own.
    """

    system: System

    def describe(self, time: Fraction | None = None) -> str:
        start = ", ".join(
            f"{n} = {x}" for n, x in zip(self.system.names, self.system.start, strict=True)
        )
        return (
            start
            if time is None
            else f"{self.system.title}, from {start}, {self.system.clock.symbol} = {time}"
        )

    def quantity(self, wanted: str | Quantity) -> tuple[str, Quantity]:
        """Its name and the function. Raises BadInput."""
        if callable(wanted):
            return getattr(wanted, "__name__", "the quantity"), wanted
        if wanted in self.system.quantities:
            return wanted, meant(self.system, wanted)
        if wanted in self.system.names:
            return wanted, lambda x, moment: x[self.system.names.index(wanted)]
        try:
            e = scalar(wanted, self.system.names)
        except BadInput as why:
            known = ", ".join(dict.fromkeys([*self.system.quantities, *self.system.names]))
            raise BadInput(f"{why}\n  {self.system.title} has the quantities {known}") from None
        if e.has("abs", "D") or any(n.head.startswith("d/d") for n in e.walk()):
            raise BadInput(
                f"{words(e)}: a quantity of a system is made of + - * / ^, log and exp; for its"
                " derivative ask derivative=True"
            )
        return words(e), lambda x, m: combined(
            _numeric(e), dict(zip(map(const, self.system.names), x, strict=True)), m.number
        )

    def value(
        self, wanted: str | Quantity, time: Fraction | None, derivative: bool, digits: int
    ) -> Value:
        """Raises BadInput for an unknown quantity, NoValue where there is no value."""
        name, quantity = self.quantity(wanted)
        if derivative and self.system.clock is not PLAIN:
            raise BadInput(
                f"a derivative in the clock {self.system.clock.name}: expected a system in plain"
                " time"
            )
        traced, flow = measured(self.system, [quantity]), program(self.system)
        of, order = (f"({name})'" if derivative else name), int(derivative)
        at = lambda ring, x, clock: along(traced, flow, ring, x, clock, order)
        if time is None:
            try:
                x: Any = at(Radicals(), self.system.start, Fraction(0))
                return exactly(of, self.describe(), x, digits)
            except ZeroDivisionError as why:
                raise NoValue(f"{of} is not defined there, or not differentiable: {why}") from None
            except (Inexact, OverflowError):
                ball = narrow(lambda bits: at(Ball(bits), self.system.start, Fraction(0)), digits)
                return enclosed(of, self.describe(), ball, digits)

        def answer(rows: tuple) -> Value:
            signed = lambda: [
                rows[r][i] if s > 0 else -rows[r][i] for r, i, s in self._places()
            ]  # rounded at the
            ball = narrow(
                lambda bits: at(Ball(bits), signed(), time), digits
            )  # precision of the moment
            return enclosed(of, self.describe(time), ball, digits)

        return later(self.system, time, digits, answer)

    def _places(self) -> list[tuple[int, int, int]]:
        """Row, place and sign of each state in the rows of the system."""
        places = {
            j: (r, i, s) for r, row in enumerate(self.system.layout) for i, (j, s) in enumerate(row)
        }
        return [places[j] for j in range(len(self.system.start))]


def _numeric(e: Expr) -> Expr:
    """sqrt and sums of numbers in exponents are numbers."""
    args = tuple(_numeric(a) if isinstance(a, Expr) else a for a in e.args)
    if e.head == "^" and args[1].head != "num":
        value = Jets(Formulas("", ()), {}, Radicals(), 0).rational(args[1])  # type: ignore[arg-type]
        if value is None:
            raise BadInput("an exponent of a quantity of a system is a rational number")
        args = (args[0], num(value))
    return Expr(e.head, args)


def of_system(q: Question, system: System) -> Value:
    """From its own start, or from a state that gives a number for each of its names. Raises
    BadInput for what is not well formed, NoValue where there is none.
    """
    if q.loss is not None:
        raise BadInput(
            f"loss {q.loss!r:.60}: only a network takes a loss; {system.title} is a System, which"
            " has its own flow"
        )
    if q.state is not None:
        values = given(q.state).values
        unknown = {*values} ^ {*system.names}
        if unknown:
            raise BadInput(
                f"the state names {', '.join(values)}; expected a number for each of"
                f" {', '.join(system.names)}"
            )
        system = replace(system, start=tuple(values[n] for n in system.names))
    if not isinstance(q.wanted, str) and not callable(q.wanted):
        raise BadInput(
            f"{q.wanted!r:.60}; expected the name of a quantity of {system.title}, or an expression"
            " in its states as text"
        )
    return Quantities(system).value(q.wanted, q.time, q.derivative, q.digits)
