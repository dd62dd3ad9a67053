"""Combinations of squared norms: of every index of every axis of every tensor."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np

from verify.discover.laws.atoms import Inner, Law, law, square
from verify.discover.laws.layout import Layout, Run, at, whole
from verify.discover.laws.modular import PRIME, Residues, kernel, matmul, rationals
from verify.discover.laws.search import FEW, Search
from verify.trace.linear import reduced

#: unknowns of the general kernel
UNKNOWNS = 4000


def solved(matrix: Residues, atoms: list[Inner]) -> Iterator[Law]:
    """The combinations with small fractions that vanish at each sample."""
    yield from combined(kernel(matrix), atoms)


def combined(basis: Residues, atoms: list[Inner]) -> Iterator[Law]:
    """Of a basis the combinations with small fractions."""
    for vector in basis:
        there = np.flatnonzero(vector)
        if (found := rationals(vector[there])) is not None:
            yield law([atoms[i] for i in there], found)


def norms(products: Residues, run: Run) -> Residues:
    """From (K, *shape), the sums over all other axes: (K, how many indices the run has)."""
    others = tuple(a for a in range(1, products.ndim) if a - 1 not in run)
    sums = products.sum(axis=others, dtype=np.uint64) % np.uint64(PRIME)
    return sums.reshape(len(products), -1)


#: (tensor, axes, which of their indices unit i has: members[i])
Units = tuple[str, Run, Any]


def _units(layout: Layout) -> dict[int, list[Units]]:
    """By their number n > 1 (else it is the norm of the tensor): each index of some axes is a
    unit; then index (a, r, b) belongs to unit (a, b), as query heads share the keys of their group.
    """
    found: dict[int, list[Units]] = {}
    for name, axis, n in layout.axes():
        if n > 1:
            found.setdefault(n, []).append((name, axis, np.arange(n)[:, None]))
    for name, shape in layout.tensors:  # entries of a matrix, where another tensor has as many
        if len(shape) == 2 and (n := prod(shape)) in found:
            found[n].append((name, (0, 1), np.arange(n)[:, None]))
    for name, axis, size in layout.axes():
        for n in found:
            for b in (b for b in range(1, n + 1) if size > n and not (size % n or n % b)):
                members = np.arange(size).reshape(n // b, size // n, b)
                found[n].append((name, axis, members.transpose(0, 2, 1).reshape(n, -1)))
    return found


def units(search: Search) -> list[list[Law]]:
    """Laws of one unit that hold for each: sum over axes with n > 1 units of c |unit i|^2. Of
    each, the laws of unit 0, 1, ...
    """
    layout, names = search.layout, list(search.layout.shapes)
    theta, fields = search.draws.first(search.draws.few)
    found: list[list[Law]] = []
    products = {name: layout.tensor(theta, name) * layout.tensor(fields, name) % np.uint64(PRIME)
                for name in layout.shapes}  # fmt: skip
    for n, every in sorted(_units(layout).items()):
        columns: dict[bytes, tuple[Residues, Units]] = {}  # equal ones are one sum written twice
        for unit in every:
            name, axis, members = unit
            own = norms(layout.tensor(theta[:1], name), axis)[:, members].sum(axis=2)
            sums = norms(products[name], axis)[:, members].sum(axis=2) % np.uint64(PRIME)
            columns.setdefault(own.tobytes(), (sums.ravel(), unit))
        for vector in kernel(np.stack([flat for flat, _ in columns.values()], axis=1)):
            c = rationals(vector)
            if c is not None:
                kept = [(x, unit) for x, (_, unit) in zip(c, columns.values(), strict=True) if x]
                kept.sort(key=lambda pair: names.index(pair[1][0]))
                found.append([_of_unit(layout, kept, i) for i in range(n)])
    return found


def _of_unit(layout: Layout, kept: list[tuple[Fraction, Units]], i: int) -> Law:
    pairs = [(c, square(at(layout, name, axis, int(k))))
             for c, (name, axis, members) in kept for k in members[i]]  # fmt: skip
    return law([a for _, a in pairs], [c for c, _ in pairs])


def by_unit(search: Search) -> None:
    """One law for each unit; families of small units first, and whole ones."""
    fine = lambda laws: (len(laws[0].form(search.layout).touched), len(laws[0].sum))
    search.take_families(sorted(units(search), key=fine))


def by_tensor(search: Search) -> None:
    """Combinations of squared norms of whole tensors."""
    layout = search.layout
    atoms = [square(whole(layout, name)) for name in layout.shapes]
    theta, fields = search.draws.first(max(FEW, len(atoms) + 8))
    products = theta * fields % np.uint64(PRIME)
    columns = [layout.tensor(products, n).reshape(len(theta), -1).sum(axis=1, dtype=np.uint64)
               for n in layout.shapes]  # fmt: skip
    search.take(solved(np.stack(columns, axis=1) % np.uint64(PRIME), atoms))


def finest(layout: Layout) -> list[tuple[str, Run, int]]:
    """Of each tensor all axes but the last, and all but the first: the others are sums of these."""
    most = {name: max(len(shape) - 1, 1) for name, shape in layout.tensors}
    return [(name, run, n) for name, run, n in layout.axes()
            if run[-1] - run[0] + 1 == len(run) == most[name]]  # fmt: skip


def dropped(layout: Layout, way: int) -> set[tuple[str, Run, int]]:
    """Squared norms that the others give: summed over what only one of two runs has, they agree.
    Four ways, so that each law is sparse in one of them.
    """
    gone: set[tuple[str, Run, int]] = set()
    for name, shape in layout.tensors:
        if len(shape) < 2:
            continue
        run = tuple(range(len(shape) - 1) if way % 2 else range(1, len(shape)))
        sizes = tuple(shape[a] for a in run)
        grid = np.arange(prod(sizes)).reshape(sizes)
        end = 0 if way // 2 else -1
        edge = grid[end] if run[0] == 0 else grid[..., end]
        gone |= {(name, run, int(i)) for i in np.ravel(edge)}
    return gone


def general(search: Search) -> None:
    """The whole kernel of all squared norms, in four coordinate systems, finest first."""
    layout = search.layout
    places = [(name, axis, i) for name, axis, n in finest(layout) for i in range(n)]
    if not places or search.too_large("squared norms", len(places), UNKNOWNS):
        return
    theta, fields = search.draws.first(len(places) + FEW)
    products = theta * fields % np.uint64(PRIME)
    columns = {}
    for name, axis, n in finest(layout):
        sums = norms(layout.tensor(products, name), axis)
        columns.update({(name, axis, i): sums[:, i] for i in range(n)})
    whole_kernel = kernel(np.stack([columns[p] for p in places], axis=1))
    proposed: list[Law] = []
    for way in range(4):
        gone = dropped(layout, way)
        out = np.array([p in gone for p in places])
        basis = vanishing(whole_kernel, out)
        atoms = [square(at(layout, *p)) for p in places if p not in gone]
        proposed += combined(basis, atoms)
    search.take(proposed)


def vanishing(vectors: Residues, out: Any) -> Residues:
    """Of what the vectors span, those that are 0 in some columns, without these: a basis, each with
    1 in a column where all others have 0, as late as can be.
    """
    inside = kernel(np.ascontiguousarray(vectors[:, out].T))
    part = matmul(inside, vectors)[:, ~out][:, ::-1]
    rows, _ = reduced(np.ascontiguousarray(part), PRIME)
    return rows[::-1, ::-1]
