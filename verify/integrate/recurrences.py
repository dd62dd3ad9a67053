"""The text of one order of the Taylor coefficients of a program, in Python.

The text holds names that are made of node numbers, and whole numbers (in the text for doubles:
doubles) of the program; nothing else enters it. Names: v3 the coefficient of node 3 at this order
s, c3 the coefficients so far, r3 the same newest first, w3 the coefficients times their order. A
convolution is then the dot product of two sequences. Recurrences: see ``series``.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verify.integrate.source import Source

AT_ONCE = 50  # terms in one expression
Weighted = list[tuple[Any, str]]


class Orders:
    """The text for orders >= 1 in integers."""

    constants = False

    def __init__(self, source: Source) -> None:
        self.source, self.bits, self.program = source, source.bits, source.program

    def function(self) -> str:
        """run(C, R, W, F, first, last, clock, bits): append the coefficients of orders first to
        last - 1, of states one further.
        """
        s, count = self.source, len(self.program.nodes)
        lines = ["def run(C, R, W, F, first, last, clock, bits):"]
        for name, nodes, all_of in (
            ("c", range(count), "C"),
            ("r", sorted(s.backward), "R"),
            ("w", sorted(s.weighted), "W"),
        ):
            lines += [f" {name}{i} = {all_of}[{i}]" for i in nodes]
        lines += [f" f{k}, g{k} = F[{k}]" for k in range(len(s.factors))]
        lines += [" for s in range(first, last):", *(f"  {line}" for line in self._order())]
        return "\n".join(lines)

    def _order(self) -> Iterator[str]:
        for i, node in enumerate(self.program.nodes):
            if node[0] == "state":
                yield f"v{i} = c{i}[-1]"
            else:
                yield from self.value(i, node)
                yield f"c{i}.append(v{i})"
            if i in self.source.backward:
                yield f"r{i}.appendleft(v{i})"
            if i in self.source.weighted and not self.constants:
                yield f"w{i}.append(s * v{i})"
        yield "s += 1"
        for j, (d, a) in enumerate(self.program.slopes):
            yield self.update(j, d, self.source.factors.index(a))

    def update(self, j: int, d: int, k: int) -> str:
        return f"c{j}.append(v{d} * f{k} // (g{k} * s))"

    def value(self, i: int, node: tuple) -> Iterator[str]:
        """Lines that end with v_i."""
        match node[0]:
            case "clock":
                yield f"v{i} = clock[s] if s < 2 else 0"
            case "lin":
                yield from self.linear(i, [(a, f"v{j}") for j, a in node[1]], node[2])
            case "mul":
                yield f"v{i} = {self.product(*node[1:])} >> bits"
            case "dot":
                yield from self.dot(i, *node[1:])
            case _:
                yield from self.function_of(i, node)

    def product(self, a: int, b: int) -> str:
        if a == b:
            return (
                f"(2 * sum(map(mul, c{a}, islice(r{a}, (s + 1) // 2))) + (0 if s % 2 else c{a}[s //"
                " 2] ** 2))"
            )
        return f"sum(map(mul, c{a}, r{b}))"

    def linear(self, i: int, terms: Weighted, constant: Fraction) -> Iterator[str]:
        """v_i = constant + sum_k a_k x_k; factors are exact as long as their common denominator is
        short.
        """
        below, terms = self._common(terms)
        yield from self._sum(f"v{i}", terms)
        if below != 1:
            yield f"v{i} //= {below}"
        if self.constants and constant:
            yield f"v{i} += {(constant.numerator << self.bits) // constant.denominator:#x}"

    def dot(self, i: int, products: tuple, terms: tuple, constant: Fraction) -> Iterator[str]:
        below, parts = self._common([(k, self.product(a, b)) for a, b, k in products])
        yield from self._sum("t", parts)
        yield "t >>= bits"
        if below != 1:
            yield f"t //= {below}"
        yield from self.linear(i, [(a, f"v{j}") for j, a in terms], constant)
        yield f"v{i} += t"

    def _common(self, terms: Weighted) -> tuple[int, Weighted]:
        below = lcm(*(a.denominator for a, _ in terms))
        if below.bit_length() > self.bits // 2:
            below = 1 << self.bits
        return below, [(round(a * below), x) for a, x in terms]

    def _sum(self, name: str, terms: Weighted) -> Iterator[str]:
        yield f"{name} = {_plus(terms[:AT_ONCE])}"
        for k in range(AT_ONCE, len(terms), AT_ONCE):
            yield f"{name} += {_plus(terms[k : k + AT_ONCE])}"

    def function_of(self, i: int, node: tuple) -> Iterator[str]:
        x = node[1]
        match node[0]:
            case "exp":
                yield f"v{i} = sum(map(mul, w{x}, r{i})) // (s << bits)"
            case "log":
                yield (
                    f"v{i} = ((s * v{x} << bits) - sum(map(mul, w{i}, islice(r{x}, 1, None)))) //"
                    f" (s * c{x}[0])"
                )
            case "power" if node[2] == -1:
                yield f"v{i} = -sum(map(mul, islice(c{x}, 1, None), r{i})) // c{x}[0]"
            case "power":
                a, b = node[2].numerator, node[2].denominator
                yield f"t = {b} * s * sum(map(mul, islice(c{x}, 1, None), r{i}))"
                yield f"v{i} = ({a + b} * sum(map(mul, w{x}, r{i})) - t) // ({b} * s * c{x}[0])"
            case _:
                raise ValueError(f"no recurrence for a node {node[0]!r}")


class Begin(Orders):
    """The text for order 0, in integers."""

    constants = True

    def product(self, a: int, b: int) -> str:
        return f"v{a} * v{b}"

    def function_of(self, i: int, node: tuple) -> Iterator[str]:
        match node[0]:
            case "power":
                e = node[2]
                yield (
                    f"v{i} = fixed.power(v{node[1]}, Fraction({e.numerator}, {e.denominator}),"
                    " bits)"
                )
            case "exp" | "log":
                yield f"v{i} = fixed.{node[0]}(v{node[1]}, bits)"
            case _:
                raise ValueError(f"no recurrence for a node {node[0]!r}")


class Doubles(Orders):
    """The text for orders > 1 in doubles; nothing is shifted."""

    def update(self, j: int, d: int, k: int) -> str:
        return f"c{j}.append(v{d} * f{k} / s)"

    def value(self, i: int, node: tuple) -> Iterator[str]:
        match node[0]:
            case "clock":
                yield f"v{i} = 0.0"
            case "mul":
                yield f"v{i} = {self.product(*node[1:])}"
            case _:
                yield from super().value(i, node)

    def linear(self, i: int, terms: Weighted, constant: Fraction) -> Iterator[str]:
        yield from self._sum(f"v{i}", [(float(a), x) for a, x in terms])

    def dot(self, i: int, products: tuple, terms: tuple, constant: Fraction) -> Iterator[str]:
        parts = [(k, self.product(a, b)) for a, b, k in products]
        yield from self.linear(i, [*parts, *((a, f"v{j}") for j, a in terms)], constant)

    def function_of(self, i: int, node: tuple) -> Iterator[str]:
        x = node[1]
        match node[0]:
            case "exp":
                yield f"v{i} = sum(map(mul, w{x}, r{i})) / s"
            case "log":
                yield (
                    f"v{i} = v{x} / c{x}[0] - sum(map(mul, w{i}, islice(r{x}, 1, None))) / (s *"
                    f" c{x}[0])"
                )
            case "power" if node[2] == -1:
                yield f"v{i} = -sum(map(mul, islice(c{x}, 1, None), r{i})) / c{x}[0]"
            case _:
                e = float(node[2])
                yield (
                    f"t = {e + 1!r} * sum(map(mul, w{x}, r{i})) / s - sum(map(mul, islice(c{x}, 1,"
                    f" None), r{i}))"
                )
                yield f"v{i} = t / c{x}[0]"


def _plus(terms: Weighted) -> str:
    """The text of sum a x; 0 for no terms."""
    text = ""
    for a, x in terms:
        sign = "-" if a < 0 else "+" if text else ""
        number = (
            f"{abs(a):#x}" if isinstance(a, int) else repr(abs(a))
        )  # Python reads no long decimals
        text += f" {sign} {x}" if abs(a) == 1 else f" {sign} {number} * {x}"
    return text.strip() or "0"
