"""Flows whose settled directions bind every explicit engine, with what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction as F
from itertools import pairwise
from random import Random
from typing import Any

from verify.integrate.system import System


def approach() -> System:
    """x' = 1 - x from 0: x = 1 - e^-t."""
    return System("approach", ("x",), (F(0),), lambda x, m: [1 - x[0]])


def three_layers(start: F) -> System:
    """J = (a b c - 1)^2/2: one saddle after another, from three small numbers."""
    begin = (start, F(11, 10) * start, F(13, 10) * start)
    return System(
        "three layers", ("a", "b", "c"), begin, loss=lambda x, m: (x[0] * x[1] * x[2] - 1) ** 2 / 2
    )


def two_features(start: F) -> System:
    """Depth three: a = u^3 - 1, b = v^3 - 1/2, J = (a^2 + b^2)/2 + a b/4."""

    def loss(x: Sequence[Any], m: Any) -> Any:
        a, b = x[0] ** 3 - 1, x[1] ** 3 - F(1, 2)
        return (a * a + b * b) / 2 + a * b / 4

    return System("two features", ("u", "v"), (start, start), loss=loss)


def saddles(count: int, start: F) -> System:
    """Depth three, one feature after another: a_k = u_k^3 - 2^-k, and J is the sum of a_k^2/2 + a_k
    a_(k+1)/4.
    """

    def loss(x: Sequence[Any], m: Any) -> Any:
        a = [y**3 - F(1, 2**k) for k, y in enumerate(x)]
        both = sum((y * z / 4 for y, z in pairwise(a)), F(0))
        return sum((y * y / 2 for y in a), both)

    names = tuple(f"u{k}" for k in range(count))
    return System("saddles", names, (start,) * count, loss=loss)


def completion(start: F) -> System:
    """W = U U^T of size 2 x 2, U = start I at first, w12 = 1 and w22 = 0 observed; U = V^T of the
    flow in U and V.
    """

    def loss(x: Sequence[Any], m: Any) -> Any:
        across, below = x[0] * x[2] + x[1] * x[3], x[2] ** 2 + x[3] ** 2
        return (across - 1) ** 2 / 2 + below**2 / 4

    begin = (start, F(0), F(0), start)
    return System("completion", ("u11", "u12", "u21", "u22"), begin, loss=loss)


def margins() -> System:
    """Exponential loss on rows whose hard margin is (1, 0), w = (tau, 0) + rho(tau), tau = log t:
    two rows support it, and a third one falls behind.
    """
    rows = ((F(1), F(1)), (F(1), F(-1, 2)), (F(2), F(1, 3)))

    def field(x: Sequence[Any], m: Any) -> list[Any]:
        forces = [(-(a * x[0] + b * x[1]) - (a - 1) * m.time).exp() for a, b in rows]
        found = [sum(r[k] * f for r, f in zip(rows, forces, strict=True)) for k in range(2)]
        return [found[0] - 1, found[1]]

    return System("margins", ("r1", "r2"), (F(0), F(0)), field)


def factorisation(size: int) -> System:
    """J = |W V - Y|^2/2 of that size, Y diagonal, from small unequal factors."""
    places = [(i, j) for i in range(size) for j in range(size)]
    target = lambda i, j: F(size - i, size) if i == j else F(0)

    def loss(x: Sequence[Any], m: Any) -> Any:
        left, right = x[: size * size], x[size * size :]
        entry = lambda i, j: sum(left[size * i + k] * right[size * k + j] for k in range(size))
        return sum((entry(i, j) - target(i, j)) ** 2 / 2 for i, j in places)

    begin = [F(1 + (7 * k) % 5 + 9 * (k % (size * size) % (size + 1) == 0), 100) for k in range(18)]
    names = [f"{n}_{i + 1},{j + 1}" for n in "WV" for i, j in places]
    return System("factorisation", tuple(names), tuple(begin[: len(names)]), loss=loss)


def linear(seed: int, size: int, decades: int) -> tuple[System, list[list[F]], list[F]]:
    """x' = -Q D Q x + b, Q = I - 2 v v^T/|v|^2, from (1, ..., 1); with Q and the rates D > 0, the
    first 1 and the last 10^decades.
    """
    draw = Random(f"linear {seed} {size}")
    v = [F(draw.randint(1, 9)) for _ in range(size)]
    square = sum(a * a for a in v)
    q = [[(i == j) - 2 * v[i] * v[j] / square for j in range(size)] for i in range(size)]
    rates = [F(10 ** (decades * k // max(1, size - 1))) for k in range(size)]

    def field(x: Sequence[Any], m: Any) -> list[Any]:
        turned = [sum(q[k][j] * x[j] for j in range(size)) * -rates[k] for k in range(size)]
        return [sum(q[i][k] * turned[k] for k in range(size)) for i in range(size)]

    names = tuple(f"x{k}" for k in range(size))
    return System("linear", names, (F(1),) * size, field), q, rates


SHAPES = ("gradient", "turning", "roots", "exponentials", "clock")


def drawn(seed: int) -> tuple[System, F]:
    """Two to eight states, rates over ten decades, from a start of size one to a drawn horizon: a
    loss that is a sum of squares of random polynomials with weights, or a field with a part that
    turns, with roots and quotients, with exponentials and logarithms, or with the time in it.
    """
    draw = Random(f"a stiff flow {seed}")
    size, shape = draw.randint(2, 8 if seed % 15 == 0 else 4), SHAPES[seed % len(SHAPES)]
    number = lambda: F(draw.randint(-9, 9), draw.randint(3, 9))
    weights = [F(10) ** draw.randint(-4, 6) for _ in range(size)]
    rows = [[number() + 3 * (i == j) for j in range(size)] for i in range(size)]
    bends = [(draw.randrange(size), draw.randrange(size), number() / 4) for _ in range(size)]
    targets, pulls = [number() for _ in range(size)], [abs(number()) for _ in range(size)]

    def parts(x: Sequence[Any]) -> list[Any]:
        return [
            sum((a * y for a, y in zip(row, x, strict=True)), -c) + k * x[i] * x[j]
            for row, c, (i, j, k) in zip(rows, targets, bends, strict=True)
        ]

    def loss(x: Sequence[Any], m: Any) -> Any:
        return sum(w * r * r / 2 for w, r in zip(weights, parts(x), strict=True))

    def own(y: Any, z: Any, c: F, m: Any) -> Any:
        match shape:
            case "turning":
                return z / 2 - y * z * z / 5
            case "roots":
                return (1 + y * y).sqrt() / 2 - y * z / (2 + z * z)
            case "exponentials":
                return (-y * y).exp() / 3 - (2 + z * z).log() * y
        return (1 / (1 + m.time) + c - y) * 3

    def field(x: Sequence[Any], m: Any) -> list[Any]:
        pairs = enumerate(zip(weights, pulls, strict=True))
        return [-w * (x[k] - c) + own(x[k], x[(k + 1) % size], c, m) for k, (w, c) in pairs]

    names, start = tuple(f"x{k}" for k in range(size)), tuple(number() for _ in range(size))
    given = {"loss": loss} if shape == "gradient" else {"field": field}
    return System(f"{shape} {seed}", names, start, **given), F(10) ** draw.randint(-2, 2)


def growing(seed: int) -> tuple[System, F]:
    """Two states that grow without bound, by roots and quotients, from size one to as many decades
    as the horizon allows: numbers of a link differ in size, and in sum most digits lie before the
    point.
    """
    draw = Random(f"grows {seed}")
    rates = [F(draw.randint(3, 6), 10) for _ in range(2)]
    pulls = [F(draw.randint(1, 9), 10) for _ in range(2)]

    def field(x: Sequence[Any], m: Any) -> list[Any]:
        pairs = ((x[0], x[1], rates[0], pulls[0]), (x[1], x[0], rates[1], pulls[1]))
        return [a * (1 + y * y).sqrt() - b * y * z / (2 + z * z) for y, z, a, b in pairs]

    start = tuple(F(draw.randint(1, 9), 7) for _ in range(2))
    return System(f"grows {seed}", ("y", "z"), start, field), F(draw.randint(30, 50))
