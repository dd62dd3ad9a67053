"""The Jacobian of a field over balls, by forward differentiation along its program, in whole
arrays.

Each node moves like a sum over its children, d node = sum_k A_k d child_k, where A_k is a ball: a
coefficient, a value of another node, or a derivative of a power, exponential or logarithm. Middles
are summed in doubles; the radius collects what the balls A_k and d child_k allow and more than all
roundings can amount to.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from verify.exact.rings import ball
from verify.integrate.enclosure import NotEnclosed
from verify.integrate.intervals import MORE, TINY, UNIT, Balls, exactly
from verify.integrate.trace import Program

MOST_NUMBERS = 30_000_000  # nodes times parts times states: two arrays of doubles of that length


class _Forward:
    """Values of shape (nodes, parts) and slopes of shape (nodes, parts, states), filled node by
    node.
    """

    def __init__(self, program: Program, x: Balls, clock: Balls) -> None:
        import numpy

        self.numpy, self.program, self.clock = numpy, program, clock
        (n, parts), nodes = x.mid.shape, len(program.nodes)
        if nodes * parts * n > MOST_NUMBERS:
            raise NotEnclosed(f"{nodes} operations on {n} states are too many for an enclosure")
        self.value = Balls(numpy.zeros((nodes, parts)), numpy.zeros((nodes, parts)))
        self.slope = Balls(numpy.zeros((nodes, parts, n)), numpy.zeros((nodes, parts, n)))
        self.value.mid[:n], self.value.rad[:n] = x.mid, x.rad
        self.slope.mid[numpy.arange(n), :, numpy.arange(n)] = 1
        for i in range(n, nodes):
            self._node(i, program.nodes[i])

    def _node(self, i: int, node: tuple) -> None:
        match node[0]:
            case "clock":
                self._set(i, self.clock, [])
            case "lin":
                self._sum(i, (), node[1], node[2])
            case "dot":
                self._sum(i, node[1], node[2], node[3])
            case "mul":
                self._sum(i, ((node[1], node[2], 1),), (), 0)
            case _:
                outer, inner = functions(node)
                x = self._value(node[1])
                self._set(i, x.through(outer), [(node[1], x.through(inner))])

    def _value(self, i: int) -> Balls:
        return Balls(self.value.mid[i], self.value.rad[i])

    def _sum(self, i: int, products: tuple, terms: tuple, constant: Any) -> None:
        total = Balls(self.clock.mid * 0, self.clock.rad * 0).__add__(
            Balls(*exactly(Fraction(constant)))
        )
        moves: list[tuple[int, Balls]] = []
        for a, b, factor in products:
            x, y, ball = self._value(a), self._value(b), Balls(*exactly(factor))
            scaled = x if factor == 1 else x * ball
            total = total + scaled * y
            moves += [(b, scaled), (a, y if factor == 1 else y * ball)]
        for a, factor in terms:
            ball = Balls(*exactly(factor))
            total = total + self._value(a) * ball
            moves.append((a, Balls(total.mid * 0 + ball.mid, total.mid * 0 + ball.rad)))
        self._set(i, total, moves)

    def _set(self, i: int, value: Balls, moves: list[tuple[int, Balls]]) -> None:
        self.value.mid[i], self.value.rad[i] = value.mid, value.rad
        if not moves:
            return
        stack = self.numpy.array
        at = [child for child, _ in moves]
        mid = stack([a.mid for _, a in moves])[:, :, None]
        rad = stack([a.rad for _, a in moves])[:, :, None]
        terms, spread = mid * self.slope.mid[at], abs(self.slope.mid[at])
        size = abs(mid)
        rounding = (size * spread).sum(axis=0) * ((len(moves) + 4) * UNIT)
        wide = (size * self.slope.rad[at] + rad * (spread + self.slope.rad[at])).sum(axis=0)
        self.slope.mid[i] = terms.sum(axis=0)
        self.slope.rad[i] = (wide * (1 + len(moves) * UNIT) + rounding) * MORE + TINY

    def rows(self) -> Iterator[Balls]:
        for d, factor in self.program.slopes:
            yield Balls(self.slope.mid[d], self.slope.rad[d]) * Balls(*exactly(factor))


def functions(node: tuple) -> tuple[Any, Any]:
    """A function of one argument and its derivative, on python-flint's balls."""
    if node[0] == "exp":
        return (lambda t: t.exp()), (lambda t: t.exp())
    if node[0] == "log":
        return (lambda t: t.log()), (lambda t: 1 / t)
    e = node[2]
    if e.denominator == 1:
        return (lambda t: t ** int(e)), (lambda t: int(e) * t ** (int(e) - 1))
    number = ball(e)
    return (lambda t: t**number), (lambda t: number * t ** (number - 1))


def jacobian(program: Program, x: Balls, clock: Balls) -> Balls:
    """Shape (parts, states, states): d slope_i / d x_j for states x of shape (states, parts) and a
    clock of shape (parts,).

    Raises NotEnclosed where the program is too long. Where a node is not defined on a ball, the
    entries are not finite.
    """
    import numpy

    with numpy.errstate(all="ignore"):
        rows = list(_Forward(program, x, clock).rows())
    return Balls(
        numpy.stack([r.mid for r in rows], axis=1), numpy.stack([r.rad for r in rows], axis=1)
    )
