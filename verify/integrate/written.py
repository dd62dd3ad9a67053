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
    equations, parts = Writer(p, list(system.names), system.clock.symbol).equations(heads)
    return Written(tuple(equations), tuple(parts))


class Writer:
    """A formula for every node, children first: text here, another notation in a subclass."""

    longest = INLINE

    def __init__(self, p: Program, names: list[str], symbol: str, place: int = 0) -> None:
        self.program, self.symbol = p, symbol
        self.parts: list[str] = []
        self.texts: list[Text] = []
        self.letter = self.free(names, place)
        uses = [0] * len(p.nodes)
        for node in p.nodes:
            for child in children(node):
                uses[child] += 1
        for i, _ in p.slopes or p.values:
            uses[i] += 1
        for i, node in enumerate(p.nodes):
            text = (names[i], ATOM) if node[0] == "state" else self._node(node)
            if uses[i] > 1 and len(text[0]) > self.longest:
                part = self.part(len(self.parts) + 1)
                self.parts.append(f"{part} = {text[0]}")
                text = (part, ATOM)
            self.texts.append(text)

    def equations(self, heads: Sequence[str]) -> tuple[list[str], list[str]]:
        """One for each output, and the shared parts that they name."""
        outputs = self.program.slopes or self.program.values
        texts = [self.scaled(factor, self.texts[node])[0] for node, factor in outputs]
        return [f"{head} = {x}" for head, x in zip(heads, texts, strict=True)], self.parts

    def free(self, names: list[str], place: int) -> str:
        """A letter for shared parts."""
        taken, known = {*names, self.symbol, "t"}, ("a", "b", "c", "k", "z", "part")
        return next(x for x in known if not any(n.startswith(x) for n in taken))

    def part(self, count: int) -> str:
        return f"{self.letter}{count}"

    def number(self, x: Fraction) -> str:
        return str(Fraction(x))

    def function(self, name: str, inside: str) -> str:
        return f"{name}({inside})"

    def product(self, a: Text, b: Text) -> Text:
        if a == b:
            return self.power(a, Fraction(2))
        a, b = (b, a) if a[0].startswith("1/") else (a, b)
        left, right = held(a, PRODUCT), held(b, PRODUCT)
        if right.startswith("1/"):
            return f"{left}/{right[2:]}", PRODUCT
        return f"{left}*({right})" if b[
            1
        ] == PRODUCT and "/" in right else f"{left}*{right}", PRODUCT

    def power(self, x: Text, e: Fraction) -> Text:
        if e == -1:
            return f"1/{held(x, POWER)}", PRODUCT
        base = held(x, ATOM)
        return f"{base}^{e}" if e.denominator == 1 and e > 0 else f"{base}^({e})", POWER

    def times(self, factor: Fraction, x: Text) -> str:
        if x[0].startswith("1/"):
            return f"{factor}*({x[0]})"
        return f"{factor}*{held(x, PRODUCT)}"

    def scaled(self, factor: Fraction, x: Text) -> Text:
        if factor == 1:
            return x
        return f"-{held(x, PRODUCT)}" if factor == -1 else self.times(factor, x), PRODUCT

    def _node(self, node: tuple) -> Text:
        match node[0]:
            case "clock":
                return self.symbol, ATOM
            case "lin":
                return self._sum((), node[1], node[2])
            case "dot":
                return self._sum(node[1], node[2], node[3])
            case "mul":
                return self.product(self.texts[node[1]], self.texts[node[2]])
            case "power":
                return self.power(self.texts[node[1]], node[2])
        return self.function(node[0], self.texts[node[1]][0]), ATOM

    def _sum(self, products: Sequence, terms: Sequence, constant: Fraction) -> Text:
        found = [
            self.scaled(Fraction(c), self.product(self.texts[a], self.texts[b]))
            for a, b, c in products
        ]
        found += [self.scaled(Fraction(c), self.texts[a]) for a, c in terms]
        if constant or not found:
            found.append((self.number(constant), PRODUCT))
        if len(found) == 1:
            return found[0]
        first = sorted(found, key=lambda t: t[0].startswith("-"))  # a sum begins with what is added
        text = first[0][0]
        for part, tight in first[1:]:
            inner = f"({part})" if tight == SUM else part
            text += f" - {inner[1:]}" if inner.startswith("-") else f" + {inner}"
        return text, SUM


def held(x: Text, tight: int) -> str:
    """In brackets where it does not hold together as tightly as it has to."""
    return x[0] if x[1] >= tight and not x[0].startswith("-") else f"({x[0]})"
