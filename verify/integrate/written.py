"""The equations of a system, written from the record of its functions: what is printed is what was
followed.

Shared parts that are long get names, so that the length stays near that of the program. The
notation is that of a pocket calculator: ``*`` for products, ``^`` for powers, ``1/`` for
reciprocals, exp and log, and names that are the states', the clock's or a part's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.integrate.tape import children
from verify.integrate.trace import Program, measured, program

if TYPE_CHECKING:
    from verify.integrate.system import System

BRIEF = 240  # letters of equations on one line of a screen
INLINE = 16  # letters of a shared part that is written out each time
SUM, PRODUCT, POWER, ATOM = 0, 1, 2, 3
Text = tuple[str, int]  # a formula and how tightly it holds together


@dataclass(frozen=True, slots=True)
class Written:
    """``equations`` in full, one for each output; ``parts`` are the shared parts that they name, in
    order.
    """

    equations: tuple[str, ...]
    parts: tuple[str, ...] = ()

    def lines(self) -> tuple[str, ...]:
        return (
            *self.equations,
            *(("with " if not k else "     ") + part for k, part in enumerate(self.parts)),
        )

    def full(self) -> str:
        return "; ".join(self.equations) + (f", with {', '.join(self.parts)}" if self.parts else "")

    def brief(self, most: int = BRIEF) -> str:
        """In full, or the beginning, with how long the rest is and a hash of all of it."""
        text = self.full()
        if len(text) <= most:
            return text
        count = len(self.equations) + len(self.parts)
        many = f"{count} equations, " if count > 1 else ""
        mark = hashlib.sha256(text.encode()).hexdigest()[:16]
        return f"{text[:most].rsplit(' ', 1)[0]} ... ({many}{len(text)} letters, sha-256 {mark})"


def flow_of(system: System) -> Written:
    """x' = -grad J with J, or a slope for each state; in the clock of the system."""
    clock = system.clock
    if system.loss is not None:
        found = _written(measured(system, [system.loss]), system, ["J"])
        marks = (
            ", ".join(f"{name}'" for name in system.names)
            if len(system.names) <= 4
            else "each state'"
        )
        told = (
            f"{marks} = -grad J" if len(system.names) > 1 else f"{marks} = -dJ/d{system.names[0]}"
        )
        told += "" if clock.symbol == "t" else f" (' = d/dt, clock {clock.text})"
        return Written((told, *found.equations), found.parts)
    plain = clock.symbol == "t" and clock.rate is None
    heads = [f"{name}'" if plain else f"d{name}/d{clock.symbol}" for name in system.names]
    found = _written(program(system), system, heads)
    return found if plain else Written((*found.equations, f"clock {clock.text}"), found.parts)


def slopes_of(system: System, heads: Sequence[str]) -> Written:
    """The slopes of the states under other names, as ``heads`` call them."""
    return _written(program(system), system, heads)


def quantity_of(system: System, name: str) -> Written:
    """The formula of a named quantity."""
    return _written(measured(system, [system.quantities[name]]), system, [name])


def _written(p: Program, system: System, heads: Sequence[str]) -> Written:
    writer = _Writer(p, list(system.names), system.clock.symbol)
    outputs = [_scaled(factor, writer.texts[node]) for node, factor in p.slopes or p.values]
    equations = tuple(f"{head} = {text}" for head, (text, _) in zip(heads, outputs, strict=True))
    return Written(equations, tuple(writer.parts))


class _Writer:
    """A formula for every node, children first."""

    def __init__(self, p: Program, names: list[str], symbol: str) -> None:
        self.names, self.symbol = names, symbol
        self.parts: list[str] = []
        self.texts: list[Text] = []
        taken = {*names, symbol, "t"}
        self.letter = next(
            x for x in ("a", "b", "c", "k", "z", "part") if not any(n.startswith(x) for n in taken)
        )
        uses = [0] * len(p.nodes)
        for node in p.nodes:
            for child in children(node):
                uses[child] += 1
        for i, _ in p.slopes or p.values:
            uses[i] += 1
        for i, node in enumerate(p.nodes):
            text = (names[i], ATOM) if node[0] == "state" else self._node(node)
            if uses[i] > 1 and len(text[0]) > INLINE:
                name = f"{self.letter}{len(self.parts) + 1}"
                self.parts.append(f"{name} = {text[0]}")
                text = (name, ATOM)
            self.texts.append(text)

    def _node(self, node: tuple) -> Text:
        match node[0]:
            case "clock":
                return self.symbol, ATOM
            case "lin":
                return self._sum((), node[1], node[2])
            case "dot":
                return self._sum(node[1], node[2], node[3])
            case "mul":
                return _product(self.texts[node[1]], self.texts[node[2]])
            case "power":
                return _power(self.texts[node[1]], node[2])
        return f"{node[0]}({self.texts[node[1]][0]})", ATOM

    def _sum(self, products: Sequence, terms: Sequence, constant: Fraction) -> Text:
        found = [
            _scaled(Fraction(c), _product(self.texts[a], self.texts[b])) for a, b, c in products
        ]
        found += [_scaled(Fraction(c), self.texts[a]) for a, c in terms]
        if constant or not found:
            found.append((str(Fraction(constant)), PRODUCT))
        if len(found) == 1:
            return found[0]
        first = sorted(found, key=lambda t: t[0].startswith("-"))  # a sum begins with what is added
        text = first[0][0]
        for part, tight in first[1:]:
            inner = f"({part})" if tight == SUM else part
            text += f" - {inner[1:]}" if inner.startswith("-") else f" + {inner}"
        return text, SUM


def _held(x: Text, tight: int) -> str:
    return x[0] if x[1] >= tight and not x[0].startswith("-") else f"({x[0]})"


def _product(a: Text, b: Text) -> Text:
    if a == b:
        return _power(a, Fraction(2))
    a, b = (b, a) if a[0].startswith("1/") else (a, b)
    left, right = _held(a, PRODUCT), _held(b, PRODUCT)
    if right.startswith("1/"):
        return f"{left}/{right[2:]}", PRODUCT
    return f"{left}*({right})" if b[1] == PRODUCT and "/" in right else f"{left}*{right}", PRODUCT


def _power(x: Text, e: Fraction) -> Text:
    if e == -1:
        return f"1/{_held(x, POWER)}", PRODUCT
    base = _held(x, ATOM)
    return f"{base}^{e}" if e.denominator == 1 and e > 0 else f"{base}^({e})", POWER


def _scaled(factor: Fraction, x: Text) -> Text:
    if factor == 1:
        return x
    if factor == -1:
        return f"-{_held(x, PRODUCT)}", PRODUCT
    if x[0].startswith("1/"):
        return f"{factor}*({x[0]})", PRODUCT
    return f"{factor}*{_held(x, PRODUCT)}", PRODUCT
