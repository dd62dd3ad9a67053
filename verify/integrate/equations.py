"""The equations of a system as mathematics, written from the record of its functions, as
``verify.integrate.written`` does in text.

Names of states and quantities are read as notation; shared parts get letters, so that the length
stays near that of the program.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.integrate.trace import Program, measured, program
from verify.integrate.written import ATOM, PRODUCT, Text, Writer, flow_of, held
from verify.spelling.notation import name
from verify.spelling.tex import inline, number

if TYPE_CHECKING:
    from verify.integrate.system import System

MOST = 1600  # letters of LaTeX; beyond it the number of equations and a hash stand for them
SHORT = 24  # letters of a shared part that is written out each time
_FUNCTIONS = ("exp", "log", "sin", "cos", "tanh")


def flow(system: System) -> str:
    """x' = -grad J with J, or a slope for each state, as a clause."""
    states = [name(x) for x in system.names]
    clock = system.clock
    if system.loss is not None:
        field = "\\dot x = -\\nabla J(x)"
        told = [f"{inline(field)} for {inline(f'x = ({_listed(states)})')}"]
        return _clause(told, _told(system, None, 0), system)
    rate = (
        "\\dot{{{}}}"
        if clock.symbol == "t" and clock.rate is None
        else f"\\frac{{d {{}}}}{{d{clock.symbol}}}"
    )
    return _clause(
        [], _equations(program(system), system, [rate.format(x) for x in states]), system
    )


def slopes(system: System, heads: Sequence[str]) -> list[str]:
    """The slopes of the states under other names, then the parts that they share."""
    return _equations(program(system), system, heads)


def quantity(system: System, wanted: str, place: int = 0) -> str:
    """The formula of a named quantity, or nothing where it is said already, or long; ``place``
    among those that are told.
    """
    if wanted in system.names:
        return ""
    heads = [f"\\bigl[{name(wanted)}\\bigr]" if "=" in wanted else name(wanted)]
    if (
        system.loss is not None
        and heads == ["J"]
        and _told(system, wanted, 0) == _told(system, None, 0)
    ):
        return ""
    found = _told(system, wanted, place + 1, heads)
    return ", ".join(map(inline, found)) if sum(map(len, found)) <= MOST // 4 else ""


def _told(
    system: System, wanted: str | None, place: int, heads: Sequence[str] = ("J",)
) -> list[str]:
    """Equations of a quantity, or of the loss."""
    function = system.loss if wanted is None else system.quantities[wanted]
    assert function is not None
    return _equations(measured(system, [function]), system, heads, place)


def _listed(states: Sequence[str]) -> str:
    return (
        ", ".join(states) if len(states) <= 8 else f"{', '.join(states[:3])}, \\dots, {states[-1]}"
    )


def _clause(told: list[str], equations: list[str], system: System) -> str:
    if sum(map(len, equations)) > MOST:
        mark = hashlib.sha256(flow_of(system).full().encode()).hexdigest()[:16]
        short = (
            f"{len(equations)} equations in {len(system.names)} unknowns, SHA-256 of their text"
            f" \\texttt{{{mark}}}"
        )
        return ", ".join([*told, short])
    return ", ".join([*told, *map(inline, equations)])


def _equations(p: Program, system: System, heads: Sequence[str], place: int = 0) -> list[str]:
    states = [name(x) for x in system.names]
    told, parts = _Latex(p, states, system.clock.symbol, place).equations(heads)
    return [*told, *parts]


class _Latex(Writer):
    longest = SHORT

    def free(self, names: list[str], place: int) -> str:
        free = [x for x in (*"abcdefkpqrvyz", "\\alpha") if not any(x in n for n in names)]
        return free[place % len(free)]  # parts of one formula are no parts of another

    def part(self, count: int) -> str:
        return f"{self.letter}_{{{count}}}"

    def number(self, x: Fraction) -> str:
        return number(x)

    def function(self, name: str, inside: str) -> str:
        head = f"\\{name}" if name in _FUNCTIONS else f"\\operatorname{{{name}}}"
        return f"{head}\\left({inside}\\right)"

    def product(self, a: Text, b: Text) -> Text:
        if a == b:
            return self.power(a, Fraction(2))
        return f"{held(a, PRODUCT)}\\,{held(b, PRODUCT)}", PRODUCT

    def power(self, x: Text, e: Fraction) -> Text:
        if e == -1:
            return f"\\frac{{1}}{{{x[0]}}}", PRODUCT
        return f"{held(x, ATOM)}^{{{e}}}", PRODUCT

    def times(self, factor: Fraction, x: Text) -> str:
        return f"{number(factor)}\\,{held(x, PRODUCT)}"
