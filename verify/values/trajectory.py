"""Where a flow is at a time: the true solution enclosed, as balls for the states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from flint import ctx

from verify.exact.errors import BadInput, NoValue
from verify.exact.rings import ball
from verify.integrate.base import FlowStopped
from verify.integrate.stiff.chosen import ChosenValidated, ran
from verify.integrate.system import Moment, System
from verify.models.diagonal_flow import diagonal_flow
from verify.models.formulas import Exp, Formulas, Let, Power, Root
from verify.models.losses.calculus import value as combined
from verify.terms.expr import Expr, const
from verify.values.formulas import Jets
from verify.values.network import Networks
from verify.values.radicals import Radicals
from verify.values.record import Value

SPARE = (5, 25, 80)  # digits beyond those that are asked for


def rows_at(system: System, time: Fraction, digits: int) -> tuple[tuple[tuple[Any, ...], ...], str]:
    """Balls for the states of the true solution at a time, in the rows of the system, and which
    engine ran, where it was not the explicit one. Raises NoValue where it was not enclosed.
    """
    try:
        found = ChosenValidated().run(system, time, digits, samples=1)
    except FlowStopped as why:
        raise NoValue(
            f"the flow could not be enclosed up to {system.clock.symbol} = {time}: {why}"
        ) from None
    with ctx.workprec(4 * digits + 256):
        astray = ball(found.radii[-1])
        around = astray.union(-astray)
        rows = found.states[-1].exact()
        return tuple(tuple(ball(x) + around for x in row) for row in rows), ran(found)


def later(system: System, time: Fraction, digits: int, answer: Callable[[tuple], Value]) -> Value:
    """``answer`` at the enclosed state, with more digits until it is narrow enough; the record says
    where a stiff engine ran. Raises NoValue.
    """
    if time < 0 or not isinstance(time, (int, Fraction)):
        raise BadInput(f"time {time}: expected an exact time >= 0, an int or a Fraction")
    why = NoValue("")
    for spare in SPARE:
        rows, by = rows_at(system, Fraction(time), digits + spare)
        try:
            found = answer(rows)
            return replace(found, at=f"{found.at}{by}")
        except NoValue as problem:
            why = problem
    raise why


def network_later(
    state: Networks, e: Expr, scope: Mapping[str, int], time: Fraction, digits: int
) -> Value:
    """An expression of a network at a time of its gradient flow."""
    decay = state.point.constants.get(state.decay, Fraction(0)) if state.decay else Fraction(0)
    system = diagonal_flow(state.point, decay)

    def answer(rows: tuple) -> Value:
        found = state.value(e, scope, digits, lambda bits: rows)
        return replace(found, at=f"{found.at}, t = {time}")

    return later(system, time, digits, answer)


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
        leaves: dict[Expr, Any] = {const(n): moment.number(v) for n, v in letters.items()}
        leaves |= {const(n): v for n, v in zip(moving, x, strict=True)}
        for atom in setting.atoms:
            leaves[const(atom.name)] = _traced(
                atom, combined(atom.of, leaves, moment.number), exponents
            )
        return [combined(setting.rates[n], leaves, moment.number) for n in moving]

    return System(
        "the flow of the formulas", tuple(moving), tuple(letters[n] for n in moving), field
    )


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
