"""Gradient flows of matrix products W = W_N ... W_1, entry by entry: W_p' = -A_p^T (dJ/dW) B_p^T, A_p B_p the outer products.

A_p = W_N ... W_(p+1) and B_p = W_(p-1) ... W_1 come from prefix and suffix products: the loss is never expanded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from verify.errors import BadInput
from verify.settings.system import PLAIN, Clock, Layout, Moment, Quantity, Scalar, System

Matrix = Sequence[Sequence[Scalar]]
#: (i, j) -> target: the entries that a loss sees
Observed = Mapping[tuple[int, int], Fraction]
Pull = Callable[[Matrix, Moment], Matrix]


def matrix_flow(layers: Sequence[Matrix], observed: Observed, clock: Clock = PLAIN) -> System:
    """The flow of J(W) = 1/2 sum over observed (i, j) of (W_ij - target)^2; ``layers`` are W_1, ..., W_N, exact, W_p of size d_p x d_(p-1).

    All entries observed: the deep linear network. Some: matrix completion. Raises BadInput where the sizes do not fit.
    """
    shapes = [shape(p, layer) for p, layer in enumerate(layers, 1)]
    for p, ((_, inner), (outer, _)) in enumerate(zip(shapes[1:], shapes, strict=False), 1):
        if inner != outer:
            raise BadInput(f"W_{p + 1} has {inner} columns and W_{p} has {outer} rows; expected equal numbers")
    for i, j in observed:
        if not (0 <= i < shapes[-1][0] and 0 <= j < shapes[0][1]):
            raise BadInput(f"the observed entry ({i + 1}, {j + 1}) lies outside W, which is {shapes[-1][0]} x {shapes[0][1]}")

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        w = unflatten(x, shapes)
        after, before = outer_products(w)
        product = multiply(after[0], w[0]) if after[0] else w[0]
        pull = [[(product[i][j] - observed[i, j]) * moment.rate if (i, j) in observed else 0 for j in range(len(product[0]))] for i in range(len(product))]
        slopes: list[Scalar] = []
        for a, b in zip(after, before, strict=True):
            left = multiply(transpose(a), pull) if a else pull
            gradient = multiply(left, transpose(b)) if b else left
            slopes += [-entry if entry else 0 for row in gradient for entry in row]
        return slopes

    def output(x: Sequence[Scalar]) -> Matrix:
        w = unflatten(x, shapes)
        after, _ = outer_products(w)
        return multiply(after[0], w[0]) if after[0] else w[0]

    def loss(x: Sequence[Scalar], moment: Moment) -> Scalar:
        w = output(x)
        return sum((w[i][j] - y) ** 2 for (i, j), y in observed.items()) * Fraction(1, 2)

    quantities: dict[str, Quantity] = {"J": loss}
    for i in range(shapes[-1][0]):
        for j in range(shapes[0][1]):
            quantities[f"W_{i + 1},{j + 1}"] = lambda x, moment, i=i, j=j: output(x)[i][j]
    if (shapes[-1][0], shapes[0][1]) == (2, 2):
        quantities["det W"] = lambda x, moment: determinant(output(x))
    sizes = " x ".join(str(d) for d in [shapes[-1][0], *(s[1] for s in reversed(shapes))])
    names, start, layout = entries("W", layers)
    title = f"matrix product of {len(layers)} layers, {sizes}, squared loss of {len(observed)} entries"
    return System(title, names, start, field, layout=layout, clock=clock, quantities=quantities)


def balancing_flow(layers: Sequence[Matrix], clock: Clock = PLAIN) -> System:
    """The gradient flow of E = sum_p |G_p|^2, G_p = W_(p+1)^T W_(p+1) - W_p W_p^T: W_p' = 4 (G_p W_p - W_p G_(p-1)), G_0 = G_N = 0."""
    shapes = [shape(p, layer) for p, layer in enumerate(layers, 1)]

    def moments(x: Sequence[Scalar]) -> list[Matrix]:
        w = unflatten(x, shapes)
        return [subtract(multiply(transpose(b), b), multiply(a, transpose(a))) for a, b in zip(w, w[1:], strict=False)]

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        w, g = unflatten(x, shapes), [None, *moments(x), None]
        slopes: list[Scalar] = []
        for p, layer in enumerate(w):
            inner, outer = g[p], g[p + 1]
            parts = [multiply(outer, layer)] if outer else []
            parts += [[[-entry for entry in row] for row in multiply(layer, inner)]] if inner else []
            total = parts[0] if len(parts) == 1 else add(*parts) if parts else [[0] * len(layer[0])] * len(layer)
            slopes += [entry * 4 for row in total for entry in row]
        return slopes

    def energy(x: Sequence[Scalar], moment: Moment) -> Scalar:
        return sum(entry * entry for g in moments(x) for row in g for entry in row)

    names, start, layout = entries("W", layers)
    title = f"squared-moment-map flow, {len(layers)} layers"
    return System(title, names, start, field, layout=layout, clock=clock, quantities={"E": energy})


def outer_products(w: Sequence[Matrix]) -> tuple[list[Matrix], list[Matrix]]:
    """A_p = W_N ... W_(p+1) and B_p = W_(p-1) ... W_1 for every p; the empty product is []."""
    after: list[Matrix] = [[]]
    for layer in reversed(w[1:]):
        after.append(multiply(after[-1], layer) if after[-1] else layer)
    before: list[Matrix] = [[]]
    for layer in w[:-1]:
        before.append(multiply(layer, before[-1]) if before[-1] else layer)
    return after[::-1], before


def multiply(a: Matrix, b: Matrix) -> Matrix:
    """Entries that are the integer 0 cost nothing."""
    columns = list(zip(*b, strict=True))
    return [[_dot(row, column) for column in columns] for row in a]


def _dot(row: Sequence[Scalar], column: Sequence[Scalar]) -> Scalar:
    total: Scalar = 0
    for x, y in zip(row, column, strict=True):
        if not (_is_zero(x) or _is_zero(y)):
            total = x * y if _is_zero(total) else total + x * y
    return total


def _is_zero(x: Scalar) -> bool:
    return isinstance(x, int) and x == 0


def determinant(w: Matrix) -> Scalar:
    """Of a 2 x 2 matrix."""
    return w[0][0] * w[1][1] - w[0][1] * w[1][0]


def transpose(a: Matrix) -> Matrix:
    return [list(column) for column in zip(*a, strict=True)]


def add(a: Matrix, b: Matrix) -> Matrix:
    return [[x + y for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def subtract(a: Matrix, b: Matrix) -> Matrix:
    return [[x - y for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def shape(p: int, layer: Matrix) -> tuple[int, int]:
    """Rows and columns of W_p. Raises BadInput where rows differ in length or there are none."""
    widths = {len(row) for row in layer}
    if len(widths) != 1 or 0 in widths:
        raise BadInput(f"W_{p} = {layer!r}: expected at least one row, and rows of one length >= 1")
    return len(layer), widths.pop()


def unflatten(x: Sequence[Scalar], shapes: Sequence[tuple[int, int]]) -> list[Matrix]:
    """The layers from their entries in a row."""
    layers, at = [], 0
    for rows, columns in shapes:
        layers.append([list(x[at + i * columns : at + (i + 1) * columns]) for i in range(rows)])
        at += rows * columns
    return layers


def entries(letter: str, layers: Sequence[Matrix]) -> tuple[tuple[str, ...], tuple[Fraction, ...], Layout]:
    """Names, start and layout: one state for each entry, one row of the layout for each row of each layer."""
    names, start, layout = [], [], []
    for p, layer in enumerate(layers, 1):
        for i, row in enumerate(layer, 1):
            layout.append(tuple((len(start) + k, 1) for k in range(len(row))))
            names += [f"{letter}_{p}[{i},{j}]" for j in range(1, len(row) + 1)]
            start += row
    return tuple(names), tuple(start), tuple(layout)
