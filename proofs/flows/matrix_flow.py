"""Gradient flows of matrix products W = W_N ... W_1, entry by entry.

The product is phi of ``verify.models.catalogue.layers``. Each flow is given by its loss, and its
gradient comes from one pass backwards along the product: nothing is expanded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from verify.exact.errors import BadInput
from verify.integrate.system import PLAIN, Clock, Layout, Moment, Quantity, Scalar, System
from verify.models.catalogue.layers import MODEL
from verify.models.compiled import compiled
from verify.models.hidden import Hidden, hidden

Matrix = Sequence[Sequence[Scalar]]
#: (i, j) -> target: the entries that a loss sees
Observed = Mapping[tuple[int, int], Fraction]


def matrix_flow(layers: Sequence[Matrix], observed: Observed, clock: Clock = PLAIN) -> System:
    """The flow of J(W) = 1/2 sum over observed (i, j) of (W_ij - target)^2; ``layers`` are W_1,
    ..., W_N, exact, W_p of size d_p x d_(p-1).

    All entries observed: the deep linear network. Some: matrix completion. Raises BadInput where
    the sizes do not fit.
    """
    shapes = fitting(layers)
    rows, columns = shapes[-1][0], shapes[0][1]
    for i, j in observed:
        if not (0 <= i < rows and 0 <= j < columns):
            raise BadInput(
                f"the observed entry ({i + 1}, {j + 1}) lies outside W, which is {rows} x {columns}"
            )

    def output(x: Sequence[Scalar]) -> Matrix:
        return product(unflatten(x, shapes))

    def loss(x: Sequence[Scalar], moment: Moment) -> Scalar:
        w = output(x)
        return sum((w[i][j] - y) ** 2 for (i, j), y in observed.items()) * Fraction(1, 2)

    quantities: dict[str, Quantity] = {"J": loss}
    for i in range(rows):
        for j in range(columns):
            quantities[f"W_{i + 1},{j + 1}"] = entry(output, i, j)
    if (rows, columns) == (2, 2):
        quantities["det W"] = lambda x, moment: determinant(output(x))
    sizes = " x ".join(str(d) for d in [rows, *(s[1] for s in reversed(shapes))])
    names, start, layout = entries("W", layers)
    title = (
        f"matrix product of {len(layers)} layers, {sizes}, squared loss of {len(observed)} entries"
    )
    return System(title, names, start, loss=loss, layout=layout, clock=clock, quantities=quantities)


def balancing_flow(layers: Sequence[Matrix], clock: Clock = PLAIN) -> System:
    """The gradient flow of E = sum_p |G_p|^2, G_p = W_(p+1)^T W_(p+1) - W_p W_p^T: W_p' = 4 (G_p
    W_p - W_p G_(p-1)), G_0 = G_N = 0.
    """
    shapes = fitting(layers)

    def energy(x: Sequence[Scalar], moment: Moment) -> Scalar:
        entries = (v for g in moments(unflatten(x, shapes)) for row in g for v in row)
        return sum((v * v for v in entries), moment.number(Fraction(0)))

    names, start, layout = entries("W", layers)
    title = f"squared-moment-map flow, {len(layers)} layers"
    return System(
        title, names, start, loss=energy, layout=layout, clock=clock, quantities={"E": energy}
    )


def entry(output: Callable[[Sequence[Scalar]], Matrix], i: int, j: int) -> Quantity:
    """Entry (i, j), counted from 0, of an output of matrices, as a quantity of its own."""
    return lambda x, moment: output(x)[i][j]


def fitting(layers: Sequence[Matrix]) -> list[tuple[int, int]]:
    """Rows and columns of every layer. Raises BadInput where there is none, or two layers do not
    fit.
    """
    if not layers:
        raise BadInput("a product of no layers; expected at least one matrix")
    shapes = [shape(p, layer) for p, layer in enumerate(layers, 1)]
    for p, ((_, inner), (outer, _)) in enumerate(zip(shapes[1:], shapes, strict=False), 1):
        if inner != outer:
            raise BadInput(
                f"W_{p + 1} has {inner} columns and W_{p} has {outer} rows; expected equal numbers"
            )
    return shapes


def product(w: Sequence[Matrix]) -> Matrix:
    """W_N ... W_1: phi of the model. Raises BadInput where the sizes do not fit."""
    shapes = fitting(w)
    found = compiled(MODEL, _sizes(shapes)).at(flat(w), Fraction).phi
    return unflatten(found, [(shapes[-1][0], shapes[0][1])])[0]


def group(shapes: Sequence[tuple[int, int]]) -> Hidden:
    """The hidden groups of layers with these rows and columns."""
    return hidden(MODEL, _sizes(shapes))


def moments(w: Sequence[Matrix]) -> Sequence[Matrix]:
    """G_k = W_k W_k^T - W_(k+1)^T W_(k+1), k = 1..N-1, the moment map of the hidden groups; none
    for a single layer.
    """
    theta, shapes = flat(w), fitting(w)
    return unflatten(group(shapes).paired(theta, theta), inner(shapes))


def inner(shapes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Shapes of what belongs to the sizes between layers."""
    return [(rows, rows) for rows, _ in shapes[:-1]]


def flat(matrices: Sequence[Matrix]) -> list[Scalar]:
    """All entries in a row."""
    return [x for m in matrices for row in m for x in row]


def _sizes(shapes: Sequence[tuple[int, int]]) -> dict:
    return {"d": (shapes[0][1], *(rows for rows, _ in shapes)), "N": len(shapes)}


def multiply(a: Matrix, b: Matrix) -> Matrix:
    """The product a b; the columns of a are as many as the rows of b."""
    columns = list(zip(*b, strict=True))
    return [[dot(row, column) for column in columns] for row in a]


def dot(x: Sequence[Scalar], y: Sequence[Scalar]) -> Scalar:
    """sum_i x_i y_i of two vectors of one length, at least 1; nothing is conjugated."""
    total = x[0] * y[0]
    for a, b in zip(x[1:], y[1:], strict=True):
        total = total + a * b
    return total


def determinant(w: Matrix) -> Scalar:
    """Of a 2 x 2 matrix."""
    return w[0][0] * w[1][1] - w[0][1] * w[1][0]


def transpose(a: Matrix) -> Matrix:
    """The transpose; nothing is conjugated."""
    return [list(column) for column in zip(*a, strict=True)]


def subtract(a: Matrix, b: Matrix) -> Matrix:
    """a - b, of two matrices of one shape."""
    return [[x - y for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def shape(p: int, layer: Matrix) -> tuple[int, int]:
    """Rows and columns of W_p. Raises BadInput where rows differ in length or there are none."""
    widths = {len(row) for row in layer}
    if len(widths) != 1 or 0 in widths:
        raise BadInput(f"W_{p} = {layer!r}: expected at least one row, and rows of one length >= 1")
    return len(layer), widths.pop()


def unflatten(x: Sequence[Scalar], shapes: Sequence[tuple[int, int]]) -> Sequence[Matrix]:
    """The layers from their entries in a row."""
    layers, at = [], 0
    for rows, columns in shapes:
        layers.append([list(x[at + i * columns : at + (i + 1) * columns]) for i in range(rows)])
        at += rows * columns
    return layers


def entries(
    letter: str, layers: Sequence[Matrix]
) -> tuple[tuple[str, ...], tuple[Fraction, ...], Layout]:
    """Names, start and layout: one state for each entry, one row of the layout for each row of each
    layer.
    """
    names: list[str] = []
    start: list[Fraction] = []
    layout = []
    for p, layer in enumerate(layers, 1):
        for i, row in enumerate(layer, 1):
            layout.append(tuple((len(start) + k, 1) for k in range(len(row))))
            names += [f"{letter}_{p}[{i},{j}]" for j in range(1, len(row) + 1)]
            start += row
    return tuple(names), tuple(start), tuple(layout)
