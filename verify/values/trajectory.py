"""Where a flow is at a time: the true solution enclosed, as balls for the states; and quantities of
a System, exact where they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from verify.exact.errors import BadInput, NoValue
from verify.exact.jets import Jet
from verify.exact.rings import Ball, Inexact, Ring
from verify.integrate.base import FlowStopped
from verify.integrate.enclosable import meant
from verify.integrate.system import PLAIN, Moment, Quantity, System
from verify.integrate.trace import Program, measured, program
from verify.integrate.validated import Validated
from verify.models.diagonal_flow import diagonal_flow
from verify.models.formulas import Exp, Formulas, Let, Power, Root
from verify.models.losses.calculus import value as combined
from verify.terms.expr import Expr, num
from verify.values.formulas import Jets
from verify.values.network import Networks
from verify.values.radicals import Radicals
from verify.values.record import Value, enclosed, exactly, narrow

SPARE = (5, 25, 80)  # digits beyond those that are asked for
Rows = Callable[[int], tuple[tuple[Any, ...], ...]]


def rows_at(system: System, time: Fraction, digits: int) -> tuple[tuple[Any, ...], ...]:
    """Balls for the states of the true solution at a time, in the rows of the system. Raises
    NoValue where it was not enclosed.
    """
    from flint import arb, ctx, fmpq

    try:
        found = Validated().run(system, time, digits, samples=1)
    except FlowStopped as why:
        raise NoValue(
            f"the flow could not be enclosed up to {system.clock.symbol} = {time}: {why}"
        ) from None
    number = lambda x: arb(fmpq(x.numerator, x.denominator))
    with ctx.workprec(4 * digits + 256):
        astray = number(found.radii[-1])
        around = astray.union(-astray)
        return tuple(tuple(number(x) + around for x in row) for row in found.states[-1].exact())


def later(system: System, time: Fraction, digits: int, answer: Callable[[tuple], Value]) -> Value:
    """``answer`` at the enclosed state, with more digits until it is narrow enough. Raises
    NoValue.
    """
    if time < 0 or not isinstance(time, (int, Fraction)):
        raise BadInput(f"time {time}: expected an exact time >= 0, an int or a Fraction")
    why = NoValue("")
    for spare in SPARE:
        rows = rows_at(system, Fraction(time), digits + spare)
        try:
            return answer(rows)
        except NoValue as problem:
            why = problem
    raise why


def network_later(
    state: Networks, e: Expr, scope: Mapping[str, int], time: Fraction, digits: int
) -> Value:
    """An expression of a network at a time of its gradient flow."""
    decay = state.point.constants.get(state.decay, Fraction(0)) if state.decay else Fraction(0)
    system = diagonal_flow(state.point, decay)
    found = later(
        system, time, digits, lambda rows: state.value(e, scope, digits, lambda bits: rows)
    )
    return replace(found, at=f"{found.at}, t = {time}")


def formula_system(setting: Formulas, letters: Mapping[str, Fraction]) -> System:
    """The flow of the rates of a setting; letters without a rate stand still. Raises BadInput where
    no letter has one.
    """
    moving = [x for x in letters if x in setting.rates]
    if not moving:
        raise BadInput("a time needs a flow, and no letter has a rate: give a setting with rates")
    exponents = {
        a.name: _exponent(setting, letters, a) for a in setting.atoms if isinstance(a, Power)
    }

    def field(x: Sequence[Any], moment: Moment) -> list[Any]:
        leaves: dict[Expr, Any] = {_name(n): moment.number(v) for n, v in letters.items()}
        leaves |= {_name(n): v for n, v in zip(moving, x, strict=True)}
        for atom in setting.atoms:
            leaves[_name(atom.name)] = _traced(
                atom, combined(atom.of, leaves, moment.number), exponents
            )
        return [combined(setting.rates[n], leaves, moment.number) for n in moving]

    return System(
        "the flow of the formulas", tuple(moving), tuple(letters[n] for n in moving), field
    )


def _name(name: str) -> Expr:
    return Expr("const", (name,))


def _exponent(setting: Formulas, letters: Mapping[str, Fraction], atom: Power) -> Fraction:
    e = Jets(setting, letters, Radicals(), 0).rational(atom.exponent)  # type: ignore[arg-type]
    if e is None:
        raise BadInput(f"{atom.text()}: a trajectory needs a rational exponent there")
    return e


def _traced(atom: Root | Power | Exp | Let, inside: Any, exponents: Mapping[str, Fraction]) -> Any:
    if isinstance(atom, Root):
        return inside.power(Fraction(1, atom.degree))
    if isinstance(atom, Power):
        return inside.power(exponents[atom.name])
    return inside.exp() if isinstance(atom, Exp) else inside


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
        from verify.terms.words import words
        from verify.values.lower import scalar

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
            _numeric(e), dict(zip(map(_name, self.system.names), x, strict=True)), m.number
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


def along(
    traced: Program, flow: Program, ring: Ring, x: Sequence[Any], clock: Fraction, order: int
) -> Any:
    """A quantity, or (``order`` 1) its derivative along the flow, at a state over a ring."""
    states = [Jet(ring, [ring.number(v)]) for v in x]
    for s in range(order):
        nodes = _nodes(flow, states, ring, clock)
        slopes = [nodes[i] * Jet.constant(ring, a, s + 1) for i, a in flow.slopes]
        inverse = ring.number(Fraction(1, s + 1))
        states = [Jet(ring, [*y.c, d.c[s] * inverse]) for y, d in zip(states, slopes, strict=True)]
    node, factor = traced.values[0]
    found = _nodes(traced, states, ring, clock)[node] * Jet.constant(ring, factor, order + 1)
    return found.derivative().c[0] if order else found.c[0]


def _nodes(traced: Program, states: list[Jet], ring: Ring, clock: Fraction) -> list[Jet]:
    length = len(states[0].c)
    number = lambda a: Jet.constant(ring, Fraction(a), length)
    found: list[Jet] = []
    for i, node in enumerate(traced.nodes):
        match node[0]:
            case "state":
                found.append(states[i])
            case "clock":
                rate = [ring.number(Fraction(1))] + [ring.number(Fraction(0))] * (length - 2)
                found.append(Jet(ring, [ring.number(clock), *rate[: length - 1]]))
            case "lin":
                found.append(sum((found[a] * number(c) for a, c in node[1]), number(node[2])))
            case "dot":
                total = sum(
                    (found[a] * found[b] * number(c) for a, b, c in node[1]), number(node[3])
                )
                found.append(sum((found[a] * number(c) for a, c in node[2]), total))
            case "mul":
                found.append(found[node[1]] * found[node[2]])
            case "power":
                found.append(found[node[1]].power(node[2]))
            case "exp":
                found.append(found[node[1]].exp())
            case _:
                found.append(found[node[1]].log())
    return found
