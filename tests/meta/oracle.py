"""An independent oracle: is a sentence violated at one of many exact points?

Shares no code with the judge: own truncated series, vector field, losses with gradients by hand,
roots and points. Of the package it reads expression trees and the fields of claims, nothing else. A
violation is exact (``false``); its absence is evidence only (``true``: as far as the oracle sees);
``undefined`` is a sentence with a value nowhere tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from fractions import Fraction
from functools import cache, reduce
from itertools import product
from math import factorial, lcm, prod
from random import Random
from types import SimpleNamespace
from typing import Any, NamedTuple

from tests.meta.oracle_series import (
    VALUES,
    NoValue,
    Series,
    constant,
    derivative,
    drawn,
    loss_at,
    loss_terms,
    plus,
    times,
)
from verify.terms.expr import Expr

SIZES = (
    (3, 2),
    (2, 2),
    (1, 2),
    (4, 2),
    (2, 3),
    (3, 1),
    (2, 1),
    (3, 3),
    (1, 1),
    (1, 3),
)  # depth, width
DEGREES = (2, 0, 1, 3, -1, 4, -2)  # tried for a symbolic degree
TURNS = 120


class State:
    """One exact state and its motion u_l' = -P_l g - kappa u_l, as series with ``length``
    coefficients.
    """

    def __init__(
        self,
        start: list,
        terms: list,
        key: str,
        fixed: dict,
        length: int,
        decay: str | None,
        shape: tuple,
    ):
        self.start, self.terms, self.key, self.fixed, self.decay = start, terms, key, fixed, decay
        self.balanced, self.finest = self.shape = shape
        self.depth, self.width, self.length = len(start), len(start[0]), length
        self.data = [self.draw(f"loss {j}", self.width) for j in range(3)]
        kappa = self.number(decay) if decay else Fraction(0)
        self.u = [[Series([x]) for x in row] for row in start]
        for s in range(1, length + 1):
            self.P = [
                [
                    times([constant(Fraction(1), s), *(r[i] for r in self.u if r is not row)])
                    for i in range(self.width)
                ]
                for row in self.u
            ]
            self.w = [x * y for x, y in zip(self.u[0], self.P[0], strict=True)]
            self.J, self.g = loss_at(terms, self.data, self.w)
            if s < length:
                for row, others in zip(self.u, self.P, strict=True):
                    for x, y, z in zip(row, others, self.g, strict=True):
                        x.c.append((-(y * z).c[-1] - kappa * x.c[s - 1]) / s)

    def draw(self, salt: str, count: int) -> list[Fraction]:
        return drawn(f"{self.key} {salt}", count)

    def number(self, name: str) -> Fraction:
        known = {"L": Fraction(self.depth), "n": Fraction(self.width), **self.fixed}
        return known[name] if name in known else self.draw(name, 1)[0]

    def stepped(self) -> State:
        eta = self.number("eta")
        step = lambda row, others: [
            x.c[0] - eta * (y * z).c[0] for x, y, z in zip(row, others, self.g, strict=True)
        ]
        start = [step(row, others) for row, others in zip(self.u, self.P, strict=True)]
        return State(start, self.terms, self.key, self.fixed, 1, self.decay, (False, self.finest))

    def inflated(self) -> State:
        """w -> (1 + t) w with nothing else: the coefficient of t is Euler's operator."""
        other = copy(self)
        other.length, other.balanced, other.u, other.P, other.g = 2, False, [], [], []
        other.w = [Series([x.c[0], x.c[0]]) for x in self.w]
        return other

    def form(self, kind: str, name: str) -> Series:
        if kind == "lin":
            return plus(
                constant(a, self.length) * x
                for a, x in zip(self.draw(name, self.width), self.w, strict=True)
            )
        entries = [[constant(a, self.length) for a in row] for row in self.matrix(name)]
        return plus(
            a * x * y
            for row, x in zip(entries, self.w, strict=True)
            for a, y in zip(row, self.w, strict=True)
        )

    def matrix(self, name: str) -> list[list[Fraction]]:
        """Symmetric; scaled so that w'Aw is a perfect power where roots of it may be taken."""
        v, d, size = (
            self.draw(name, self.width),
            self.draw(name + " diagonal", self.width),
            range(self.width),
        )
        if name == "I" or name.startswith("diag_"):
            v, d = [Fraction(0) for _ in v], [Fraction(1) if name == "I" else x for x in d]
        turned = (
            1 if name == "I" or self.draw(name + " sign", 1)[0] > 0 else -1
        )  # symmetric is all that is said
        rows = [
            [turned * (v[i] * v[j] + (abs(d[i]) if i == j and name != "S_B" else 0)) for j in size]
            for i in size
        ]
        now = abs(sum(rows[i][j] * self.w[i].c[0] * self.w[j].c[0] for i in size for j in size))
        if self.finest == 1 or name == "I" or now == 0:
            return rows
        return [
            [a * self.draw(name + " value", 1)[0] ** (2 * self.finest) / now for a in row]
            for row in rows
        ]

    def atom(self, name: str, at: list[int]) -> Series:
        *layers, i = (x - 1 for x in at)
        if name in ("S_B", "S_W", "V"):
            return constant(self.matrix(name)[layers[0]][i], self.length)
        if name in ("w", "g"):
            return (self.w if name == "w" else self.g)[i]
        if name == "q":
            x = self.u[0][i] if self.balanced else self.w[i]
            return (
                x * x
                if self.balanced
                else (-x if x.germ() < 0 else x).power(Fraction(2, self.depth))
            )
        if name == "R" and (layers[0] == layers[1] or max(layers) >= self.depth):
            raise NoValue("R needs two different layers")
        if name == "R":
            others = [row[i] for l, row in enumerate(self.u) if l not in layers]
            return times([constant(Fraction(1), self.length), *others])
        return {"u": self.u, "P": self.P}[name][layers[0]][i]


def value(node: Expr, s: State, at: Mapping[str, int]) -> Series:
    """Raises NoValue, or IndexError for an index that this size does not have."""
    match node:
        case Expr("num" | "const" as head, (x,)):
            return constant(x if head == "num" else s.number(x), s.length)
        case Expr("loss"):
            return s.J
        case Expr("at", (name, *indices)):
            return s.atom(name, [at.get(x, x) if isinstance(x, str) else x for x in indices])
        case Expr("+" | "*" as head, args):
            return (plus if head == "+" else times)(value(a, s, at) for a in args)
        case Expr("^", (base, e)):
            return value(base, s, at).power(value(e, s, at).c[0])
        case Expr("sum" | "prod" | "max" | "min" as head, (name, kind, body)):
            size = s.width if kind == "coordinates" else s.depth
            parts = [value(body, s, {**at, name: x}) for x in range(1, size + 1)]
            if head in ("sum", "prod"):
                return (plus if head == "sum" else times)(parts)
            return reduce(
                lambda a, b: b if (b - a).germ() == (1 if head == "max" else -1) else a, parts
            )
        case Expr("abs" | "D" | "next" | "start" | "log" | "euler" as head, (body,)):
            inner = value(body, {"next": s.stepped, "euler": s.inflated}.get(head, lambda: s)(), at)
            match head:
                case "abs":
                    return -inner if inner.germ() < 0 else inner
                case "D" | "next":
                    return derivative(inner) if head == "D" else inner
                case "start":
                    return constant(inner.c[0], s.length)
                case "log":
                    return inner.log()
            return Series([inner.c[1], *[None] * (s.length - 1)])
        case Expr("form", (kind, name)):
            return s.form(kind, name)
    raise NoValue(f"no value for {node.head}")


class World(NamedTuple):
    """What the hypotheses admit, and how fine the roots are that the sentence takes."""

    decay: str | None
    least: int
    balanced: bool
    nonzero: bool
    degree: Fraction | str | None
    length: int
    finest: int


@cache
def state(world: World, turn: int) -> State | None:
    """The state number ``turn`` that satisfies the hypotheses, or None. One in three is balanced,
    one has zeros, every second of these beside balanced columns (sums of layers vanish there too).
    """
    rng, (depth, width) = Random(f"state {turn}"), SIZES[turn % len(SIZES)]
    degree = DEGREES[turn % len(DEGREES)] if isinstance(world.degree, str) else world.degree
    if depth < world.least or (degree == 0 == world.degree and width == 1) or (degree or 0) % 1:
        return None
    columns = []
    for _ in range(width):
        size = rng.choice(VALUES) ** world.finest
        power = 0 if world.balanced or turn % 3 == 2 or turn % 6 == 4 else world.finest
        factors = [rng.choice(VALUES) ** power for _ in range(depth - 1)]
        columns.append(
            [
                x * size * rng.choice((1, -1))
                for x in (*factors, 1 / prod(factors, start=Fraction(1)))
            ]
        )
    if turn % 3 == 1 and not world.nonzero:
        columns[0] = [Fraction(0)] * depth if world.balanced else [Fraction(0), *columns[0][1:]]
    terms = rng.choice(loss_terms(None if degree is None else int(degree)))
    fixed = {world.degree: Fraction(degree)} if isinstance(world.degree, str) else {}
    start = [list(row) for row in zip(*columns, strict=True)]
    try:
        return State(
            start,
            terms,
            f"{turn}",
            fixed,
            world.length,
            world.decay,
            (world.balanced, world.finest),
        )
    except NoValue:
        return None


class Finding(NamedTuple):
    """``status`` is false, true (as far as the oracle sees) or undefined; ``seen`` counts the
    points with a value.
    """

    status: str
    where: str
    seen: int


def world_of(setting: Any, assuming: tuple, conclusion: Any) -> World:
    nodes = [node for e in expressions(conclusion) for node in e.walk()]
    depths = [
        SimpleNamespace(length=1, number=lambda name, depth=depth: Fraction(depth))
        for depth in (1, 2, 3, 4)
    ]
    exponents = [
        value(node.args[1], d, {}).c[0] for node in nodes if node.head == "^" for d in depths
    ]  # type: ignore[arg-type]
    orders = {"equation": 3 if any(x.head == "start" for x in nodes) else 1, "inequality": 4}
    degree = next((h.degree.args[0] for h in assuming if h.kind == "homogeneous"), None)
    return World(
        setting.decay,
        max([setting.least_depth, *(h.bound for h in assuming if h.kind == "depth-at-least")]),
        any(h.kind == "balanced" for h in assuming),
        any(h.kind == "nonzero" for h in assuming),
        degree,
        orders.get(conclusion.kind, 3)
        + sum(x.head == "D" for e in expressions(conclusion) for x in e.walk()),
        min(lcm(*(e.denominator for e in exponents)), 20),
    )


def expressions(conclusion: Any) -> list[Expr]:
    names = ("left", "right", "quantity", "rate")
    return [getattr(conclusion, name) for name in names if hasattr(conclusion, name)]


def violated(conclusion: Any, s: State, at: Mapping[str, int]) -> bool:
    """Exactly, at one state and one choice of the free indices."""
    first = value(expressions(conclusion)[0], s, at)
    if conclusion.kind == "keeps-sign":  # the rate is the author's bound: no part of the sentence
        return first.c[0] == 0 and first.germ() != 0
    second = first if conclusion.kind == "conserved" else value(expressions(conclusion)[1], s, at)
    match conclusion.kind:
        case "conserved":
            return derivative(first).germ() != 0
        case "linear-law":
            grown = [first.c[0] * second.c[0] ** j / factorial(j) for j in range(len(first.c))]
            return (first - Series(grown)).germ() != 0
        case "inequality":
            return (first - second).germ() > 0
        case "equation":
            gap = first - second
            whole = any(e.has("start") for e in expressions(conclusion))
            return (gap if whole else Series(gap.c[:1])).germ() != 0
    raise ValueError(f"no reading of a conclusion of kind {conclusion.kind!r}")


def examine(setting: Any, assuming: tuple, conclusion: Any) -> Finding:
    """Look for a violation at ``TURNS`` states and all values of the free indices."""
    world, seen = world_of(setting, assuming, conclusion), 0
    free = {name: kind for e in expressions(conclusion) for name, kind in e.free_indices().items()}
    walked = [node for e in expressions(conclusion) for node in e.walk() if node.head == "at"]
    apart = [n.args[1:3] for n in walked if n.args[0] == "R"]  # R_(l,m) is of two layers
    for turn in range(TURNS):
        s = state(world, turn)
        if s is None:
            continue
        sizes = [s.width if kind == "coordinates" else s.depth for kind in free.values()]
        for indices in product(*(range(1, size + 1) for size in sizes)):
            at = dict(zip(free, indices, strict=True))
            if any(at.get(a, a) == at.get(b, b) for a, b in apart):
                continue
            try:
                bad = violated(conclusion, s, at)
            except (NoValue, IndexError):
                continue
            seen += 1
            if bad:
                start = [[str(x) for x in row] for row in s.start]
                return Finding("false", f"start {start}, loss {s.terms}, indices {at}", seen)
    return Finding("true" if seen else "undefined", "", seen)
