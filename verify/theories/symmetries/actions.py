"""Models with a linear group action: theta -> phi(theta) as polynomials, and matrices xi that act
by theta' = xi theta.

A generator of a group of matrices is labelled by the group's index and by (i, j), the place of the
1 in the elementary matrix E_ij.
Blocks are coordinates read as matrices, by letter and index: W_k of a deep linear network, A, B, C
of a linear system.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise, product
from typing import Any

from verify.exact.limits import digits
from verify.models.action import (
    DIGITS,
    DeepLinear,
    Diagonal,
    Explicit,
    LinearSystem,
    Model,
    Units,
    limited,
)
from verify.models.catalogue import model as model_called
from verify.models.derived import phi_at
from verify.models.hidden import hidden
from verify.terms.polynomials import RING, Poly, Polynomial, coordinate, from_expr

Matrix = dict[tuple[int, int], Fraction]  # sparse
Block = tuple[tuple[int, ...], ...]  # rows of coordinates
MOST_TO_SEARCH = 20  # coordinates, where all matrices that leave phi unchanged are looked for


@dataclass(frozen=True)
class Generator:
    group: tuple[int, ...]
    at: tuple[int, int]
    xi: Matrix


@dataclass(frozen=True)
class Case:
    """``permutations[s][i]`` is where the coordinate i of s theta comes from."""

    title: str
    names: tuple[str, ...]
    phi: tuple[Poly, ...]
    generators: tuple[Generator, ...]
    blocks: dict[tuple[str, tuple[int, ...]], Block]
    permutations: tuple[tuple[int, ...], ...] = ()

    @property
    def size(self) -> int:
        return len(self.names)

    def matrices(self) -> list[Matrix]:
        return [g.xi for g in self.generators]


def build(model: Model) -> Case:
    """The case of a model. Raises BadInput where its polynomials are longer than their reader
    reads.
    """
    case = _BUILDERS[type(model)](model)
    longest, degree = (
        max(map(len, case.phi), default=0),
        max((len(m) for p in case.phi for m in p), default=0),
    )
    limited(
        case.title,
        (len(case.phi), "functions", "entries"),
        (longest, "terms", "terms"),
        (degree, "factors of one term", "degree"),
    )
    limited(
        case.title, (max((digits(x) for p in case.phi for x in p.values()), default=1), *DIGITS)
    )
    return case


class _Layout:
    """Hands out coordinates block by block."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.blocks: dict[tuple[str, tuple[int, ...]], Block] = {}

    def block(self, letter: str, index: tuple[int, ...], rows: int, columns: int) -> Block:
        first = len(self.names)
        label = letter + "".join(map(str, index))
        places = list(product(range(rows), range(columns)))
        self.names += [
            label if rows == columns == 1 else f"{label}_{i + 1},{j + 1}" for i, j in places
        ]
        block = tuple(
            tuple(range(first + i * columns, first + (i + 1) * columns)) for i in range(rows)
        )
        self.blocks[letter, index] = block
        return block


#: the model of the catalogue whose phi it is
OF: dict[type, str] = {
    DeepLinear: "layers",
    Diagonal: "diagonal",
    Units: "units",
    LinearSystem: "linear-system",
}


def _phi(model: Model, sizes: tuple[int, ...], theta: Iterable[int]) -> list[Poly]:
    """Of a model of the catalogue; ``theta`` says which coordinates of ours its own are."""
    found = model_called(OF[type(model)])
    values = phi_at(found, found.at(sizes), [Polynomial(coordinate(i)) for i in theta], RING)
    return [x.terms for x in values]


def _hidden(model: Model, sizes: tuple[int, ...]) -> tuple[Generator, ...]:
    found = model_called(OF[type(model)])
    return tuple(
        Generator(() if d.group[1] is None else (d.group[1],), d.at, d.xi)
        for d in hidden(found, found.at(sizes)).directions
    )


def _scalings(phi: Sequence[Poly], blocks: dict) -> tuple[Generator, ...]:
    """Of blocks that meet in the terms of phi, each and the next are scaled against one another, by
    the degree that the terms have in the other.
    """
    of = {i: index for index, block in blocks.items() for row in block for i in row}
    terms = {tuple(sorted({of[i] for i in m}, key=list(blocks).index)): m for p in phi for m in p}
    found = {}
    for met, m in terms.items():
        degree = Counter(of[i] for i in m)
        for x, y in pairwise(met):
            by = {x: Fraction(degree[y]), y: -Fraction(degree[x])}
            places = [(i, c) for z, c in by.items() for row in blocks[z] for i in row]
            found[x[1]] = Generator(x[1], (0, 0), {(i, i): c for i, c in places})
    return tuple(found[x] for x in sorted(found))


def _deep_linear(model: DeepLinear) -> Case:
    layout, sizes = _Layout(), model.sizes
    for k in range(1, len(sizes)):
        layout.block("W", (k,), sizes[k], sizes[k - 1])
    return Case(
        model.title(),
        tuple(layout.names),
        tuple(_phi(model, sizes, range(len(layout.names)))),
        _hidden(model, sizes),
        layout.blocks,
    )


def _diagonal(model: Diagonal) -> Case:
    layout = _Layout()
    for l, i in product(range(1, model.depth + 1), range(1, model.width + 1)):
        layout.block("u", (l, i), 1, 1)
    phi = tuple(_phi(model, (model.depth, model.width), range(len(layout.names))))
    scalings = _scalings(phi, layout.blocks)
    return Case(model.title(), tuple(layout.names), phi, scalings, layout.blocks)


def _units(model: Units) -> Case:
    layout, n = _Layout(), model.inputs
    units = [
        (layout.block("w", (k,), 1, n)[0], layout.block("a", (k,), 1, 1)[0][0])
        for k in range(1, model.units + 1)
    ]
    theta = [*(a for _, a in units), *(i for w, _ in units for i in w)]
    whole = _phi(model, (model.units, n), theta)
    phi = [whole[i * n + j] for i, j in combinations_with_replacement(range(n), 2)]
    scalings = _scalings(phi, layout.blocks)
    swaps = []
    for (w, a), (v, b) in pairwise(units):
        moved = dict(zip((*w, a, *v, b), (*v, b, *w, a), strict=True))
        swaps.append(tuple(moved.get(i, i) for i in range(len(layout.names))))
    return Case(
        model.title(), tuple(layout.names), tuple(phi), scalings, layout.blocks, tuple(swaps)
    )


def _linear_system(model: LinearSystem) -> Case:
    layout, n = _Layout(), model.states
    layout.block("A", (), n, n)
    layout.block("B", (), n, model.inputs)
    layout.block("C", (), model.outputs, n)
    sizes = (n, model.inputs, model.outputs)
    phi = _phi(model, sizes, range(len(layout.names)))
    return Case(
        model.title(), tuple(layout.names), tuple(phi), _hidden(model, sizes), layout.blocks
    )


def _explicit(model: Explicit) -> Case:
    phi = tuple(from_expr(p, model.names) for p in model.phi)
    given = [
        {(i, j): Fraction(x) for i, row in enumerate(xi) for j, x in enumerate(row) if x}
        for xi in model.generators
    ]
    return Case(
        model.title(),
        model.names,
        phi,
        tuple(Generator((k,), (0, 0), xi) for k, xi in enumerate(given, 1)),
        {},
    )


_BUILDERS: dict[type, Callable[[Any], Case]] = {
    DeepLinear: _deep_linear,
    Diagonal: _diagonal,
    Units: _units,
    LinearSystem: _linear_system,
    Explicit: _explicit,
}
