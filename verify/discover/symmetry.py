"""Losses with declared linear symmetries: E(v) of the outputs at one input, constant along motions
v' = A v + b. What moves the tensors then are J^T g with the g that all motions annihilate.

Where E is constant along two motions it is constant along their bracket: the motions are closed
first. Near a v where their rank is the generic one, r, the closed motions are tangent to leaves of
dimension r (Frobenius), the gradients of functions that are constant on the leaves are all g with
g . (A v + b) = 0, and fields f X with functions f generate at a point what fields X generate; so
any rational basis of these g counts the same. Statements are about losses defined near a state: a
loss on the whole space can have further symmetries (a dense winding of a torus).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from math import lcm, prod
from random import Random
from typing import Any

import numpy as np
from flint import Ordering, fmpq, fmpq_mat, fmpq_mpoly_ctx

from verify.discover.laws.motions import OPTION, Motion, motions
from verify.discover.laws.refute import NUMBERS, TRIES, had
from verify.exact.errors import BadInput, EnginesDisagree, NoValue
from verify.trace.graph import Graph, Losses, Shape
from verify.trace.numbers import Fractions
from verify.trace.trace import traced

MOST_OUTPUTS, MOST = 64, 40  #: entries of v; motions, closed
MOST_DEPENDENT = 100  #: entries of motions whose generic rank is below their number
WIDE = 10**6  #: of a random point


def with_symmetry(graph: Graph, text: str) -> Graph:
    """The model, trained by losses with these symmetries. Raises BadInput for a text that is not
    read, and where no loss of the outputs is left.
    """
    if len(graph.outputs) != 1:
        raise BadInput(f"{OPTION}: expected a model that returns one array, v")
    shape = graph.nodes[graph.outputs[0]].shape
    size = prod(shape)
    if size > MOST_OUTPUTS:
        raise BadInput(f"{OPTION}: {size} outputs; at most {MOST_OUTPUTS}")
    given = motions(text, shape)
    if not any(map(_moves, given)):
        raise BadInput(f"{OPTION} {text!r:.60}: no output moves; expected a motion such as dv = v")
    closed = _closed([x for x in given if _moves(x)])
    rows, pivots = _pivots(closed)
    if len(pivots) == size:
        raise BadInput(
            f"{OPTION} {text!r:.60}: the outputs move in all directions, so that such a loss does"
            " not depend on them"
        )
    slopes = traced(_slopes(shape, [_whole(closed[k]) for k in rows], pivots), "slopes")
    said = (
        "every sum of losses, E of the outputs v at one input, that are constant along each of the"
        f" motions {' '.join(text.split())}"
    )
    losses = Losses(said, tuple(closed), slopes, tuple(pivots))
    _at_a_point(losses, shape)
    made = replace(graph, losses=losses)
    _at_the_outputs(made)
    return made


def _at_the_outputs(graph: Graph) -> None:
    """Raises BadInput unless at some state, in balls, the gradients of the losses at the outputs
    are not all 0: outputs that stay where the motions are dependent show no gradient at all, which
    says nothing of the losses.
    """
    assert graph.losses is not None
    draw, ones = Random(3), (Fraction(1),) * graph.nodes[graph.outputs[0]].size
    for _ in range(TRIES):
        shapes = {**graph.params, **graph.inputs}
        values = {n: tuple(draw.choices(NUMBERS, k=prod(s)))
                  for n, s in shapes.items()}  # fmt: skip
        with suppress(NoValue, ZeroDivisionError):
            found = had(graph, values, ones)
            free = [x for j, x in enumerate(found) if j not in graph.losses.solved]
            if any(x != 0 if isinstance(x, Fraction) else not x.contains(0) for x in free):
                return
    raise BadInput(
        f"{OPTION}: at the outputs of {graph.name} the motions have less than their generic rank,"
        " at all states that were tried: what such a loss sees there is not known"
    )


def _at_a_point(losses: Losses, shape: Shape) -> None:
    """Raises EnginesDisagree where a gradient is not annihilated, or another than a multiple is
    made of one that is.
    """
    random, size = Random(2), prod(shape)
    draw = lambda: np.array([Fraction(random.randrange(1, 99)) for _ in range(size)], object)
    v, c = draw(), draw()
    ring = Fractions()
    (g,) = losses.gradients(ring, v.reshape(shape), [c.reshape(shape)])
    (again,) = losses.gradients(ring, v.reshape(shape), [g])
    flat = g.ravel()
    still = (sum(x * sum(a * y for a, y in zip(row, [*v, 1], strict=True))
                 for x, row in zip(flat, m, strict=True)) for m in losses.generators)  # fmt: skip
    scale = next((y / x for x, y in zip(flat, again.ravel(), strict=True) if x), 0)
    if any(still) or not scale or (again != scale * g).any():
        raise EnginesDisagree(f"{OPTION}: a gradient that no such loss has was made")


def _moves(motion: Motion) -> bool:
    return any(x for row in motion for x in row)


def _matrix(motion: Motion) -> fmpq_mat:
    """On (v, 1)."""
    n = len(motion) + 1
    flat = [fmpq(x.numerator, x.denominator) for row in motion for x in row]
    return fmpq_mat(n, n, flat + [fmpq(0)] * n)


def _closed(given: list[Motion]) -> list[Motion]:
    """A basis of the Lie algebra that they generate, the given ones first."""
    kept: list[Motion] = []
    for motion in given:
        _keep(kept, motion)
    done = 0
    while done < len(kept):
        for k in range(done):
            a, b = _matrix(kept[k]), _matrix(kept[done])
            _keep(kept, _motion(a * b - b * a))
        done += 1
    return kept


def _motion(m: fmpq_mat) -> Motion:
    n = m.nrows()
    return tuple(tuple(Fraction(int(m[i, j].p), int(m[i, j].q)) for j in range(n))
                 for i in range(n - 1))  # fmt: skip


def _keep(kept: list[Motion], motion: Motion) -> None:
    rows = [[x for row in one for x in row] for one in (*kept, motion)]
    flat = [fmpq(x.numerator, x.denominator) for row in rows for x in row]
    if fmpq_mat(len(rows), len(rows[0]), flat).rank() == len(rows):
        kept.append(motion)
    if len(kept) > MOST:
        raise BadInput(f"{OPTION}: more than {MOST} independent motions, closed under brackets")


def _pivots(closed: list[Motion]) -> tuple[list[int], list[int]]:
    """Motions that are a basis at a generic v, and an output for each on which it is solved."""
    random, size = Random(1), len(closed[0])
    while True:
        v = [Fraction(random.randrange(1, WIDE)) for _ in range(size)] + [Fraction(1)]
        values = [[sum(a * x for a, x in zip(row, v, strict=True)) for row in m] for m in closed]
        rows, pivots = _eliminated([list(map(Fraction, x)) for x in values])
        if len(rows) == len(closed) or len(rows) == size or len(rows) == _generic_rank(closed):
            return rows, pivots


def _eliminated(rows: list[list[Fraction]]) -> tuple[list[int], list[int]]:
    """Rows that depend on none before them, and the column of each."""
    kept: list[tuple[int, int]] = []
    for k, row in enumerate(rows):
        for i, j in kept:
            c = row[j]
            row[:] = [x - c * y for x, y in zip(row, rows[i], strict=True)]
        pivot = next((j for j, x in enumerate(row) if x), None)
        if pivot is not None:
            row[:] = [x / row[pivot] for x in row]
            kept.append((k, pivot))
    return [k for k, _ in kept], [j for _, j in kept]


def _generic_rank(closed: list[Motion]) -> int:
    """Of the motions as polynomials in v, without a division."""
    size = len(closed[0])
    if size * len(closed) > MOST_DEPENDENT:
        raise BadInput(f"{OPTION}: {len(closed)} dependent motions of {size} outputs: too many")
    ring = fmpq_mpoly_ctx.get(("v", size), Ordering.degrevlex)
    v = [*ring.gens(), ring.constant(1)]
    one = lambda row: sum((x * fmpq(a.numerator, a.denominator) for a, x in
                           zip(row, v, strict=True)), ring.constant(0))  # fmt: skip
    rows = [[one(row) for row in m] for m in closed]
    rank, last = 0, ring.constant(1)
    for j in range(size):
        k = next((k for k in range(rank, len(rows)) if rows[k][j] != 0), None)
        if k is None:
            continue
        rows[rank], rows[k] = rows[k], rows[rank]
        top = rows[rank]
        for k in range(rank + 1, len(rows)):
            c = rows[k][j]
            rows[k] = [(top[j] * x - c * y) / last for x, y in zip(rows[k], top, strict=True)]
        rank, last = rank + 1, top[j]
    return rank


def _whole(motion: Motion) -> list[list[int]]:
    scale = lcm(*(x.denominator for row in motion for x in row))
    return [[int(x * scale) for x in row] for row in motion]


def _slopes(shape: Shape, closed: list[list[list[int]]], pivots: list[int]) -> Callable[..., Any]:
    """A function of v and c: c times a number that v gives, but at the pivots what makes every
    motion annihilate it.
    """

    def slopes(v: Any, *, c: Any) -> Any:
        flat, free = np.reshape(v, -1), np.reshape(c, -1)
        entries = [flat[i] for i in range(len(closed[0]))]
        rows = _reduced([[_total(row, entries) for row in m] for m in closed], pivots)
        own = [row[j] for row, j in zip(rows, pivots, strict=True)]
        found: list[Any] = [prod(own, start=free[i]) for i in range(len(entries))]
        for k, (row, pivot) in enumerate(zip(rows, pivots, strict=True)):
            parts = [(j, x) for j, x in enumerate(row) if not _none(x) and j not in pivots]
            seen = 0 * free[pivot] - sum(x * free[j] for j, x in parts)
            found[pivot] = prod([*own[:k], *own[k + 1 :]], start=seen)
        return np.reshape(np.stack(found), shape)

    slopes.__annotations__ = {"v": shape, "c": shape}
    return slopes


def _total(row: list[int], entries: list[Any]) -> Any:
    parts = [a * x for a, x in zip(row, entries, strict=False) if a]
    return sum(parts[1:], parts[0]) + row[-1] if parts else row[-1]


def _none(x: Any) -> bool:
    """0 as it is written, whatever v."""
    return isinstance(x, (int, Fraction)) and not x


def _reduced(rows: list[list[Any]], pivots: list[int]) -> list[list[Any]]:
    """0 at the pivots of all others, without a division: where something is 0 no draw is lost."""
    for k, pivot in enumerate(pivots):
        for i, row in enumerate(rows):
            if i != k and not _none(row[pivot]):
                rows[i] = list(_without(row, rows[k], pivot))
    return rows


def _without(row: list[Any], other: list[Any], pivot: int) -> Iterator[Any]:
    for j, (x, y) in enumerate(zip(row, other, strict=True)):
        part = 0 if _none(x) else x * other[pivot]
        yield 0 if j == pivot else part if _none(y) else part - row[pivot] * y
