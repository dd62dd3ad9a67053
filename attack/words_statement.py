"""Statements about matrices: the exact places at which they speak, and those at which they fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any

from attack.matrices import Gauss, Mat, Misfit, add, identity, is_zero, of, times, transposed
from attack.series import Undefined
from attack.trees import Tree, prod
from attack.words import RUNS, Place, Relation, Setting, uses, walk


@dataclass(frozen=True)
class Statement:
    """kind: identity (l, r), unchanged (q), decays (q, factor); for k = first..N - less. ``given``:
    (id, relations, when); ``places`` names the way to draw places that satisfy what is assumed, ""
    where there is none.
    """

    setting: Setting
    kind: str
    parts: tuple[Tree, ...]
    first: int = 1
    less: int = 1
    given: tuple[tuple[str, tuple[Relation, ...], str], ...] = ()
    places: str = "any"
    family: str = ""

    def constants(self) -> list[str]:
        trees = [
            *self.parts,
            *self.setting.rates.values(),
            *([self.setting.steps] if self.setting.steps else []),
        ]
        trees += [x for _, es, _ in self.given for e in es for x in e[:2]]
        trees += [x for es in self.setting.definitions.values() for e in es for x in e[:2]]
        return sorted({x[1] for e in trees for x in walk(e) if x[0] == "const"} - {"N"})


def places(s: Statement, rng: Random, turns: int = 10) -> Iterator[Place]:
    for turn in range(turns):
        try:
            made = _place(s, rng, turn)
            if _admitted(s, made):
                yield made
        except (Undefined, ZeroDivisionError):
            continue


def _place(s: Statement, rng: Random, turn: int) -> Place:
    own = s.setting
    depth = rng.choice([n for n in (1, 2, 2, 3, 3, 4) if n >= own.least])
    size = rng.choice([1, 2])
    dims = tuple(
        size if own.square or s.places == "balanced" else rng.choice([1, 1, 2, 2, 3])
        for _ in range(depth + 1)
    )
    names = {d for x in own.letters for d in x[1:3]} - {"k", "k-1", "0", "N"}
    sizes = {d: rng.choice([1, 2, 2]) for d in sorted(names)}
    real = turn % 3 != 2
    numbers = {
        c: Fraction(rng.randint(1, 7), rng.choice([1, 1, 2])) * rng.choice([1, 1, -1])
        for c in [*s.constants(), "eta"]
    }
    sequences = {
        x: [Fraction(0), *(Fraction(rng.randint(-3, 3)) for _ in range(depth - 1)), Fraction(0)]
        for x in own.sequences
    }
    blank = Place(replace(own, rates={}), depth, dims, sizes, {}, numbers, sequences, (None, 0))
    start: dict = {}
    for x, rows, cols, run, form in (
        *own.letters,
        *([("W", "k", "k-1", "layers", "free")] if own.layers else []),
    ):
        first, less = RUNS[run] if run else (0, 0)
        for j in range(first, depth - less + 1) if run else [None]:
            start[x, j] = _drawn(rng, blank.dim(rows, j), blank.dim(cols, j), form, real)
    if s.places == "balanced":
        base = rng.choice([1, 2, -1, 3])
        for j in range(1, depth + 1):
            start["W", j] = _orthogonal(rng, size, base)
    if s.places == "idempotent":
        n = blank.dim(own.letters[0][1], None)
        start["K", None] = _idempotent(rng, n)
    if s.places == "defined":
        _define(
            s,
            Place(
                replace(own, rates={}),
                depth,
                dims,
                sizes,
                start,
                numbers,
                sequences,
                (_loss(rng, dims, real), 0),
            ),
            start,
        )
    a = rng.choice([0, 1, 2])
    return Place(own, depth, dims, sizes, start, numbers, sequences, (_loss(rng, dims, real), a))


def _loss(rng: Random, dims: tuple[int, ...], real: bool) -> Mat:
    return _drawn(rng, dims[-1], dims[0], "free", real)


def _define(s: Statement, at: Place, start: dict) -> None:
    """Letters that a definition names get its value; they move with it only where nothing asks."""
    for es in s.setting.definitions.values():
        for left, right, _, _ in es:
            start[right[1], None] = at.value(left, {})[0]


def _drawn(rng: Random, rows: int, cols: int, form: str, real: bool) -> Mat:
    def entry() -> Any:
        x = rng.randint(-3, 3)
        y = 0 if real else rng.randint(-2, 2)
        return Gauss(x, y) if y else x

    x = of([[entry() for _ in range(cols)] for _ in range(rows)], cols)
    if form == "hermitian":
        return add(x, transposed(x, True))
    if form == "positive":
        return add(times(x, transposed(x, True)), identity(rows))
    return x


def _orthogonal(rng: Random, n: int, c: int) -> Mat:
    order = rng.sample(range(n), n)
    return of(
        [[(c * rng.choice([1, -1]) if order[i] == j else 0) for j in range(n)] for i in range(n)], n
    )


def _idempotent(rng: Random, n: int) -> Mat:
    """[[1, a], [0, 0]], or 1, or 0."""
    if n == 1:
        return of([[rng.choice([0, 1])]])
    return of(
        [
            [1 if i == 0 == j else (rng.randint(-2, 2) if i == 0 else 0) for j in range(n)]
            for i in range(n)
        ],
        n,
    )


def _admitted(s: Statement, at: Place) -> bool:
    """What is assumed holds here, and what is assumed always does so to every order that is
    computed.
    """
    wanted = [(e, when) for _, es, when in s.given for e in es]
    wanted += [(e, "start") for es in s.setting.definitions.values() for e in es]
    for (left, right, first, less), when in wanted:
        for env in _indices(at, (left, right), first, less):
            gap = at.value(("-", left, right), env)
            if any(not is_zero(v) for v in (gap if when == "always" else gap[:1])):
                return False
    return True


def _indices(at: Place, trees: tuple[Tree, ...], first: int, less: int) -> list[dict[str, int]]:
    if not any(uses(e, "k") for e in trees):
        return [{}]
    return [{"k": j} for j in range(first, at.depth - less + 1)]


def gaps(s: Statement) -> list[Tree]:
    if s.kind == "identity":
        return [("-", *s.parts)]
    if s.kind == "unchanged":
        return [("D", s.parts[0])]
    return [("-", ("D", s.parts[0]), prod(s.parts[1], s.parts[0]))]


def failures(s: Statement, rng: Random, turns: int = 10) -> list[tuple[Place, int | None]]:
    """Places, each with an index, at which it fails; none where the places that it speaks of cannot
    be drawn here.
    """
    if not s.places:
        return []
    found = []
    for at in places(s, rng, turns):
        for gap in gaps(s):
            for env in _indices(at, s.parts, s.first, s.less):
                try:
                    values = at.value(gap, env)
                except Misfit:
                    raise
                except (Undefined, KeyError, ZeroDivisionError):
                    continue
                if not is_zero(values[0]) or (
                    s.kind == "unchanged" and any(not is_zero(v) for v in values)
                ):
                    found.append((at, env.get("k")))
        if len(found) >= 4:
            break
    return found
