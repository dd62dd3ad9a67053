"""A program as the tables that ``kernels`` reads: every node is one form, a weighted sum of
products and nodes.

    y = x^(a/b)   y_s = inverse * ((a + b) sum X_t y_(s-t) - b s sum x_t y_(s-t)) / (b s),     X_t =
    t x_t
    y = exp x     y_s = sum X_t y_(s-t) / s
    y = log x     y_s = inverse * (s x_s - sum Y_t x_(s-t)) / s,                               Y_t =
    t y_t

with y_s = 0 and Y_s = 0 on the right; X, Y and the inverse of x_0 are nodes of their own. A
coefficient that is not a short fraction is a constant node, and multiplying by it a product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from verify.integrate import fast_digits as at
from verify.integrate.trace import Program

SHIFT = 30
SHORT, ALL_SHORT = 1 << SHIFT, 1 << 36  # one weight, all of a sum
SHORT_EXPONENT, SHORT_TOP, SHORT_BELOW = 1 << 20, 4, 1 << 20
SUM, EXP, LOG, POWER = range(4)
ONE = Fraction(1)


class Unsupported(Exception):
    """The kernel has no place for this program or number."""


@dataclass(slots=True)
class Waiting:
    """A node whose first coefficient is computed outside: kind, argument, exponent, node, and the
    node that holds 1 / x_0.
    """

    kind: int
    x: int
    exponent: Fraction
    y: int
    inverse: int


@dataclass(slots=True)
class Tables:
    """``ops``, ``groups``, ``terms``, ``lins``, ``slopes`` are rows for the kernel; ``constants``
    are exact, None for the clock.
    """

    size: int
    ops: list[list[int]] = field(default_factory=list)
    groups: list[list[int]] = field(default_factory=list)
    terms: list[list[int]] = field(default_factory=list)
    lins: list[list[int]] = field(default_factory=list)
    slopes: list[list[int]] = field(default_factory=list)
    constants: list[Fraction | None] = field(default_factory=list)
    waiting: dict[int, Waiting] = field(default_factory=dict)
    back: dict[int, int] = field(default_factory=dict)

    def emit(self, slot: int, groups: Sequence = (), lins: Sequence = (), **columns: int) -> None:
        """One operation; ``groups`` are (weight, weight per order, [(x, y)]), ``lins`` (weight,
        weight per order, node).
        """
        at, first = len(self.groups), len(self.lins)
        for weight, by_order, pairs in groups:
            begin = len(self.terms)
            self.terms += [[x, y, self.back.setdefault(y, len(self.back))] for x, y in pairs]
            self.groups.append([weight, by_order, begin, len(self.terms)])
        self.lins += [list(l) for l in lins]
        row = {
            "divisor": 1,
            "by_order": 0,
            "inverse": -1,
            "constant": -1,
            "last": 0,
            "waits": 0,
            "clears": -1,
        } | columns
        ends = [at, len(self.groups), first, len(self.lins)]
        tail = [row[name] for name in ("divisor", "by_order", "inverse", "constant", "last")]
        self.ops.append([slot, -1, row["waits"], row["clears"], *ends, *tail])

    def node(self) -> int:
        self.size += 1
        return self.size - 1

    def constant(self, *values: Fraction | None) -> int:
        self.constants += values
        return len(self.constants) - len(values)


def tables(program: Program) -> Tables:
    """Raises Unsupported."""
    out = _Lowering(program)
    for i, node in enumerate(program.nodes):
        out.node(i, node)
    for d, a in program.slopes:
        # a state is a coefficient ahead where another one is updated: its slope is read from a node
        # of its own
        if d < program.states or abs(a.numerator) > SHORT_TOP or a.denominator > SHORT_BELOW:
            d, a = out.multiple(d, a), ONE
        out.t.slopes.append([d, a.numerator, a.denominator, -1])
    for row in out.t.ops:
        row[at.BACK] = out.t.back.get(row[at.SLOT], -1)
    for j, slope in enumerate(out.t.slopes):
        slope[3] = out.t.back.get(j, -1)
    return out.t


class _Lowering:
    def __init__(self, program: Program) -> None:
        self.t = Tables(len(program.nodes))
        self._known: dict[object, int] = {}

    def node(self, i: int, node: tuple) -> None:
        match node[0]:
            case "clock":
                self.t.emit(i, constant=self.t.constant(None, None), last=1)
            case "lin":
                self._sum(i, [], node[1], node[2])
            case "mul":
                self._sum(i, [(*node[1:], ONE)], [], Fraction(0))
            case "dot":
                self._sum(i, node[1], node[2], node[3])
            case "exp":
                self._wait(
                    i, EXP, node[1], ONE, [(1, 0, [(self._weighted(node[1]), i)])], by_order=1
                )
            case "power":
                self._power(i, node[1], node[2])
            case "log":
                self._log(i, node[1])
            case "state":
                pass
            case _:
                raise Unsupported(f"a node {node[0]!r}")

    def _sum(self, i: int, products: Sequence, terms: Sequence, constant: Fraction) -> None:
        factors = [Fraction(a) for *_, a in (*products, *terms)]
        below = lcm(*(a.denominator for a in factors))
        weights = [int(a * below) for a in factors] if below <= SHORT else []
        if (
            not weights
            or max(map(abs, weights), default=0) > SHORT
            or sum(map(abs, weights)) > ALL_SHORT
        ):
            products = [(a if c == 1 else self.multiple(a, c), b, ONE) for a, b, c in products]
            terms = [(x if c == 1 else self.multiple(x, c), ONE) for x, c in terms]
            below, weights = 1, [1] * len(factors)
        groups: dict[int, list[tuple[int, int]]] = {}
        for (a, b, _), weight in zip(products, weights, strict=False):
            groups.setdefault(weight, []).append((a, b))
        lins = [
            (weight, 0, x) for (x, _), weight in zip(terms, weights[len(products) :], strict=True)
        ]
        at = self.t.constant(Fraction(constant)) if constant else -1
        self.t.emit(
            i, [(w, 0, pairs) for w, pairs in groups.items()], lins, divisor=below, constant=at
        )

    def multiple(self, x: int, a: Fraction) -> int:
        """A node a x."""
        if (x, a) not in self._known:
            slot = self._known[x, a] = self.t.node()
            if abs(a.numerator) <= SHORT and a.denominator <= SHORT:
                self.t.emit(slot, lins=[(a.numerator, 0, x)], divisor=a.denominator)
            else:  # a factor near 1, and a power of two
                e = max(-SHIFT, min(SHIFT, a.numerator.bit_length() - a.denominator.bit_length()))
                self.t.emit(
                    slot,
                    [(1 << max(0, e), 0, [(self._factor(a / Fraction(2) ** e), x)])],
                    divisor=1 << max(0, -e),
                )
        return self._known[x, a]

    def _factor(self, a: Fraction) -> int:
        if a not in self._known:
            self._known[a] = self.t.node()
            self.t.emit(self._known[a], constant=self.t.constant(Fraction(a)))
        return self._known[a]

    def _weighted(self, x: int) -> int:
        if ("weighted", x) not in self._known:
            slot = self._known["weighted", x] = self.t.node()
            self.t.emit(slot, lins=[(0, 1, x)])
        return self._known["weighted", x]

    def _wait(
        self,
        i: int,
        kind: int,
        x: int,
        e: Fraction,
        groups: Sequence,
        lins: Sequence = (),
        **columns: int,
    ) -> None:
        inverse = -1 if kind == EXP else self.t.node()
        self.t.waiting[len(self.t.ops)] = Waiting(kind, x, e, i, inverse)
        self.t.emit(i, groups, lins, waits=1, inverse=inverse, **columns)

    def _power(self, i: int, x: int, e: Fraction) -> None:
        a, b = e.numerator, e.denominator
        if e == -1:
            return self._wait(i, POWER, x, e, [(-1, 0, [(x, i)])])
        if max(abs(a), b) > SHORT_EXPONENT:
            raise Unsupported(f"the exponent {e}")
        groups = [(a + b, 0, [(self._weighted(x), i)]), (0, -b, [(x, i)])]
        return self._wait(i, POWER, x, e, groups, divisor=b, by_order=1)

    def _log(self, i: int, x: int) -> None:
        y = self._known["weighted", i] = self.t.node()
        self._wait(i, LOG, x, ONE, [(-1, 0, [(y, x)])], [(0, 1, x)], by_order=1, clears=y)
        self.t.emit(y, lins=[(0, 1, i)])
