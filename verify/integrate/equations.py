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

from verify.integrate.tape import children
from verify.integrate.trace import Program, measured, program
from verify.integrate.written import flow_of
from verify.spelling.notation import name
from verify.spelling.tex import inline, number

if TYPE_CHECKING:
    from verify.integrate.system import System

MOST = 1600  # letters of LaTeX; beyond it the number of equations and a hash stand for them
SHORT = 24  # letters of a shared part that is written out each time
_SUM, _PRODUCT, _ATOM = range(3)
_Text = tuple[str, int]
_FUNCTIONS = {"exp": "\\exp", "log": "\\log", "sin": "\\sin", "cos": "\\cos", "tanh": "\\tanh"}


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
    writer = _Writer(p, [name(x) for x in system.names], system.clock.symbol, place)
    outputs = [
        writer.scaled(factor, writer.texts[node])[0] for node, factor in p.slopes or p.values
    ]
    return [*(f"{head} = {text}" for head, text in zip(heads, outputs, strict=True)), *writer.parts]


class _Writer:
    """A formula for every node, children first."""

    def __init__(self, p: Program, names: list[str], symbol: str, place: int = 0) -> None:
        self.symbol = symbol
        self.parts: list[str] = []
        self.texts: list[_Text] = []
        free = [x for x in (*"abcdefkpqrvyz", "\\alpha") if not any(x in n for n in names)]
        self.letter = free[place % len(free)]  # parts of one formula are no parts of another
        uses = [0] * len(p.nodes)
        for node in p.nodes:
            for child in children(node):
                uses[child] += 1
        for i, _ in p.slopes or p.values:
            uses[i] += 1
        for i, node in enumerate(p.nodes):
            text = (names[i], _ATOM) if node[0] == "state" else self._node(node)
            if uses[i] > 1 and len(text[0]) > SHORT:
                self.parts.append(f"{self.letter}_{{{len(self.parts) + 1}}} = {text[0]}")
                text = (f"{self.letter}_{{{len(self.parts)}}}", _ATOM)
            self.texts.append(text)

    def _node(self, node: tuple) -> _Text:
        match node[0]:
            case "clock":
                return self.symbol, _ATOM
            case "lin":
                return self._sum((), node[1], node[2])
            case "dot":
                return self._sum(node[1], node[2], node[3])
            case "mul":
                return self._product(self.texts[node[1]], self.texts[node[2]])
            case "power":
                return self._power(self.texts[node[1]], node[2])
        head = _FUNCTIONS.get(node[0]) or f"\\operatorname{{{node[0]}}}"
        return f"{head}\\left({self.texts[node[1]][0]}\\right)", _ATOM

    def _sum(self, products: Sequence, terms: Sequence, constant: Fraction) -> _Text:
        found = [
            self.scaled(Fraction(c), self._product(self.texts[a], self.texts[b]))
            for a, b, c in products
        ]
        found += [self.scaled(Fraction(c), self.texts[a]) for a, c in terms]
        if constant or not found:
            found.append((number(constant), _PRODUCT))
        if len(found) == 1:
            return found[0]
        ordered = sorted(
            found, key=lambda t: t[0].startswith("-")
        )  # a sum begins with what is added
        text = ordered[0][0]
        for part, tight in ordered[1:]:
            inner = f"({part})" if tight == _SUM else part
            text += f" - {inner[1:]}" if inner.startswith("-") else f" + {inner}"
        return text, _SUM

    def _product(self, a: _Text, b: _Text) -> _Text:
        return (
            self._power(a, Fraction(2))
            if a == b
            else (f"{_held(a, _PRODUCT)}\\,{_held(b, _PRODUCT)}", _PRODUCT)
        )

    def _power(self, x: _Text, e: Fraction) -> _Text:
        if e == -1:
            return f"\\frac{{1}}{{{x[0]}}}", _PRODUCT
        return f"{_held(x, _ATOM)}^{{{e}}}", _PRODUCT

    def scaled(self, factor: Fraction, x: _Text) -> _Text:
        if factor == 1:
            return x
        if factor == -1:
            return f"-{_held(x, _PRODUCT)}", _PRODUCT
        return f"{number(factor)}\\,{_held(x, _PRODUCT)}", _PRODUCT


def _held(x: _Text, tight: int) -> str:
    return x[0] if x[1] >= tight and not x[0].startswith("-") else f"({x[0]})"
