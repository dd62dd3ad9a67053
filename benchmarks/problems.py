"""The five flows that engines are timed on, exact data throughout.

P1 diagonal network, ratio loss; P2 the same, deep and wide; P3 deep linear network, squared loss;
P4 the squared-moment-map flow;
P5 a diagonal network on the logistic loss of separable data, in log time: clock 47 is beyond t =
10^20.
"""

from __future__ import annotations

from fractions import Fraction

from benchmarks.flows import unbalanced
from proofs.flows.matrix_flow import balancing_flow, matrix_flow
from verify.integrate.system import LOG, System
from verify.models.diagonal_flow import diagonal_flow
from verify.models.losses.base import Loss
from verify.models.point import Point
from verify.terms.expr import exp, lin, log

SAMPLES = (
    (1, Fraction(1, 5)),
    (Fraction(3, 10), Fraction(11, 10)),
    (2, Fraction(3, 2)),
    (Fraction(1, 2), Fraction(5, 2)),
)


def p1(depth: int = 3, width: int = 4) -> System:
    """To time 10. Every entry of a column starts different, so that nothing is shared; S_W is
    dense.
    """
    return diagonal_flow(unbalanced(depth, width, full=True), share=False)


def p2() -> System:
    """To time 10: depth 10, width 20."""
    return p1(10, 20)


def p3(layers: int = 4, size: int = 5) -> System:
    """To time 5: W = W_4 ... W_1 towards a full target."""
    target = {
        (i, j): Fraction((3 * i + 5 * j) % 7 - 3, 4) for i in range(size) for j in range(size)
    }
    return matrix_flow([near_identity(size, k) for k in range(1, layers + 1)], target)


def p4() -> System:
    """To time 20: three 4 x 4 layers."""
    return balancing_flow([near_identity(4, k) for k in (1, 2, 3)])


def p5() -> System:
    """To clock 47."""
    names = [f"x{k}" for k in range(1, len(SAMPLES) + 1)]
    first, *others = [log(1 + exp(-lin(name))) for name in names]
    data = {name: tuple(map(Fraction, row)) for name, row in zip(names, SAMPLES, strict=True)}
    loss = Loss("logistic", "sum_n log(1 + exp(-w'x_n))", sum(others, first), data)
    half, third = Fraction(1, 2), Fraction(1, 3)
    return diagonal_flow(Point(((half, third), (third, half)), loss), clock=LOG)


def near_identity(size: int, k: int) -> list[list[Fraction]]:
    """I/2 plus entries in tenths."""
    cell = lambda i, j: (
        Fraction((7 * k * (i * size + j)) % 11 - 5, 10) + (Fraction(1, 2) if i == j else 0)
    )
    return [[cell(i, j) for j in range(size)] for i in range(size)]


HORIZONS = {p1: Fraction(10), p2: Fraction(10), p3: Fraction(5), p4: Fraction(20), p5: Fraction(47)}
