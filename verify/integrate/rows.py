"""A program as NumPy calls on many trajectories at once, in doubles.

A node is a row with one number for each trajectory. Nodes are sorted by depth; neighbours of one
shape whose children lie at equal distances become one call, and long sums over the same children
become one matrix product, so that there are far fewer calls than nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from verify.exact.errors import BadInput
from verify.integrate.trace import Program

Array = Any
Call = tuple[Callable, tuple]
Run = list[tuple[int, list[int]]]  # nodes that share a call, with the rows of their children
Field = Callable[..., Array]

LONG_SUM = 3  # sums of at least so many terms are matrix products


def field(p: Program, watched: Sequence[int] = ()) -> Field:
    """f(clock, x, out=None, seen=None) -> dx/dclock; x and the result have the shape (states,
    trajectories), clock is a number or one for each. ``seen`` takes the values of the ``watched``
    nodes.

    Division by zero and the like give inf or nan, with NumPy's warnings. Raises BadInput where a
    constant is no double.
    """
    rows, count, runs = _numbered(p)
    slopes = _rows([rows[d] for d, _ in p.slopes])
    places = _rows([rows[i] for i in watched]) if watched else slice(0, 0)
    factors = _column([a for _, a in p.slopes])
    buffers: dict[int, tuple[Array, list[Call]]] = {}

    def f(clock: Array, x: Array, out: Array = None, seen: Array = None) -> Array:
        width = x.shape[1]
        if width not in buffers:
            buffers.clear()
            buffers[width] = _bind(p, runs, count, width)
        w, calls = buffers[width]
        w[: p.states], w[-1] = x, clock
        for call, operands in calls:
            call(*operands)
        if seen is not None:
            seen[:] = w[places]
        return np.multiply(w[slopes], factors, out=out)

    return f


def double(x: Fraction) -> float:
    """The nearest double. Raises BadInput beyond their range."""
    try:
        return float(x)
    except OverflowError:
        size = x.numerator.bit_length() - x.denominator.bit_length()
        raise BadInput(
            f"a number of about 2^{size} is beyond doubles, expected at most 2^1024: use the engine"
            " taylor"
        ) from None


def _column(factors: Sequence[Fraction]) -> Array:
    return np.array([[double(a)] for a in factors])


def _rows(indices: Sequence[int]) -> Any:
    """A slice where the indices lie at equal distances (no copy is made then), else the indices."""
    first, last = indices[0], indices[-1]
    if len(indices) == 1:
        return slice(first, first + 1)
    step = indices[1] - first
    if any(b - a != step for a, b in pairwise(indices)):
        return np.array(indices)
    if step == 0:
        return slice(first, first + 1)
    end = last + (1 if step > 0 else -1)
    return slice(first, end if end >= 0 else None, step)


def parts(node: tuple) -> tuple[tuple, tuple, Fraction]:
    """Products, terms and constant of a sum of any kind."""
    match node[0]:
        case "mul":
            return ((node[1], node[2], Fraction(1)),), (), Fraction(0)
        case "lin":
            return (), tuple(sorted(node[1])), Fraction(node[2])
    return node[1], node[2], Fraction(node[3])


def _shape(node: tuple) -> tuple:
    """Neighbours of one shape may share a call. A long sum is known by its children, so that equal
    ones meet in one matrix.
    """
    if node[0] in ("power", "exp", "log"):
        return (node[0], *node[2:])
    products, terms, _ = parts(node)
    if not products and len(terms) >= LONG_SUM:
        return ("matrix", *(i for i, _ in terms))
    return ("sum", len(products), len(terms))


def _children(node: tuple) -> tuple[int, ...]:
    if node[0] in ("power", "exp", "log"):
        return node[1:2]
    products, terms, _ = parts(node)
    return (*(i for a, b, _ in products for i in (a, b)), *(i for i, _ in terms))


def _order(p: Program) -> list[tuple[int, int]]:
    """(group, node) for all but states and clock: by depth, then by shape."""
    depth = [0] * len(p.nodes)
    seen: dict[tuple, int] = {}
    keys = []
    for i, node in enumerate(p.nodes):
        if node[0] not in ("state", "clock"):
            depth[i] = 1 + max((depth[c] for c in _children(node)), default=0)
            keys.append((depth[i], seen.setdefault(_shape(node), len(seen)), i))
    groups: dict[tuple, int] = {}
    return [(groups.setdefault(key[:2], len(groups)), key[2]) for key in sorted(keys)]


def _numbered(p: Program) -> tuple[list[int], int, list[Run]]:
    """The row of every node (states first, the clock last), the number of rows, and the runs of
    nodes that share a call.
    """
    order = _order(p)
    rows = [*range(p.states), *[p.states + len(order)] * (len(p.nodes) - p.states)]
    for r, (_, i) in enumerate(order, p.states):
        rows[i] = r
    runs: list[Run] = []
    last = -1
    for group, i in order:
        here = [rows[c] for c in _children(p.nodes[i])]
        if group == last and (_shape(p.nodes[i])[0] == "matrix" or _continues(runs[-1], here)):
            runs[-1].append((i, here))
        else:
            runs.append([(i, here)])
        last = group
    return rows, p.states + len(order) + 1, runs


def _continues(run: Run, here: list[int]) -> bool:
    """Whether these children follow on the last ones at the distances of the run."""
    if len(run) == 1:
        return True
    return all(
        d - c == b - a for a, b, c, d in zip(run[0][1], run[1][1], run[-1][1], here, strict=True)
    )


def _bind(p: Program, runs: list[Run], rows: int, width: int) -> tuple[Array, list[Call]]:
    """Rows for so many trajectories, and the calls on them."""
    w = np.empty((rows, width))
    spare = np.empty((max((max(len(run), len(run[0][1])) for run in runs), default=0), width))
    calls: list[Call] = []
    at = p.states
    for run in runs:
        nodes = [p.nodes[i] for i, _ in run]
        out = w[at : at + len(run)]
        at += len(run)
        if _shape(nodes[0])[0] == "matrix":
            calls += _matrix(nodes, w, run[0][1], out, spare)
            continue
        children = [w[_rows(c)] for c in zip(*(c for _, c in run), strict=True)]
        if _shape(nodes[0])[0] == "sum":
            calls += _sum(nodes, children, out, spare[: len(run)])
        else:
            calls += _function(nodes[0], children[0], out)
    return w, calls


def _function(node: tuple, x: Array, out: Array) -> Iterator[Call]:
    match node:
        case ("exp", _):
            yield np.exp, (x, out)
        case ("log", _):
            yield np.log, (x, out)
        case ("power", _, -1):
            yield np.reciprocal, (x, out)
        case ("power", _, e):
            yield (np.sqrt, (x, out)) if e == Fraction(1, 2) else (np.power, (x, double(e), out))


def _matrix(
    nodes: list[tuple], w: Array, children: list[int], out: Array, spare: Array
) -> Iterator[Call]:
    """Sums over the same children, as one product."""
    rows = _rows(children)
    if isinstance(rows, slice) and len(set(children)) == len(children):
        x = w[rows]
    else:
        x = spare[: len(children)]
        yield np.take, (w, np.array(children), 0, x)
    found = [parts(node) for node in nodes]
    yield np.matmul, (np.array([[double(a) for _, a in terms] for _, terms, _ in found]), x, out)
    if any(constant for _, _, constant in found):
        yield np.add, (out, _column([constant for _, _, constant in found]), out)


def _sum(nodes: list[tuple], children: list[Array], out: Array, spare: Array) -> Iterator[Call]:
    """Sums of one shape: out = x y c, then spare = x y c and out += spare for every further
    part.
    """
    found = [parts(node) for node in nodes]
    products = len(found[0][0])
    target = out
    for k in range(products + len(found[0][1])):
        if k < products:
            factors = [ps[k][2] for ps, _, _ in found]
            yield np.multiply, (children[2 * k], children[2 * k + 1], target)
            value = target
        else:
            factors = [ts[k - products][1] for _, ts, _ in found]
            value = children[products + k]
        sign = -1 if target is spare and all(a == -1 for a in factors) else 1
        if any(a != sign for a in factors) or (value is not target and target is out):
            yield np.multiply, (value, _column(factors), target)
            value = target
        if target is spare:
            yield (np.add if sign == 1 else np.subtract), (out, value, out)
        target = spare
    constants = [constant for _, _, constant in found]
    if target is out:
        yield np.copyto, (out, _column(constants))
    elif any(constants):
        yield np.add, (out, _column(constants), out)
