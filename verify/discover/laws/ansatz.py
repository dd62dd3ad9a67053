"""Laws that are solved for with many unknowns: linear ones, sums of Gram entries and products of
tensors of one shape with linear parts, squares of entries, all quadratic ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, combinations_with_replacement

import numpy as np

from verify.discover.laws.atoms import Atom, Inner, Law, Power, Total, entry, law, square
from verify.discover.laws.diagonal import dropped, finest
from verify.discover.laws.forms import along
from verify.discover.laws.layout import Layout, Part, at, single
from verify.discover.laws.modular import PRIME, kernel, rationals
from verify.discover.laws.search import FEW, Search
from verify.trace.linear import rational
from verify.trace.prime import Field

ONE = Fraction(1)
UNKNOWNS = 1200  # of one linear system here
COORDINATES = 45  # of the full quadratic ansatz


def combined(search: Search, stage: str, atoms: Sequence[Atom]) -> list[Law]:
    """The kernel of the atoms' derivatives, as laws with small fractions."""
    atoms = list(dict.fromkeys(atoms))
    if not atoms or search.too_large(stage, len(atoms), UNKNOWNS):
        return []
    theta, fields = search.draws.first(len(atoms) + FEW)
    forms = [law([a], [1]).form(search.layout) for a in atoms]  # type: ignore[list-item]
    matrix = np.stack([along(form, theta, fields) for form in forms], axis=1)
    found = (rationals(vector) for vector in kernel(matrix))
    return [law(atoms, c) for c in found if c is not None]


def sums(search: Search) -> None:
    """Linear laws: of two tensors that are added, sums over one axis (sum of the rows of a gate),
    then any.
    """
    layout = search.layout
    search.take(_added(search) if layout.size <= UNKNOWNS else [])
    if search.gap == 0:
        return
    search.take(combined(search, "sums over an axis", list(_axis_sums(layout))))
    if search.gap != 0 and layout.size <= UNKNOWNS:
        search.take(combined(search, "linear", [entry(layout, i) for i in range(layout.size)]))


def _added(search: Search) -> list[Law]:
    """Entry by entry c S - T, where T always moves c times as S does."""
    layout, made, known = search.layout, list[Law](), set[str]()
    _, fields = search.draws.first(FEW)
    moves = {name: layout.tensor(fields, name).reshape(FEW, -1) for name, _ in layout.tensors}
    numbers = Field(PRIME)
    for (one, shape), (two, other) in combinations(layout.tensors, 2):
        if shape != other or two in known or not moves[one].all(axis=0).any():
            continue
        k = int(np.flatnonzero(moves[one].all(axis=0))[0])
        ratio = numbers.mul(moves[two][:1, k], numbers.inverse(moves[one][:1, k]))
        c = rational(int(ratio[0]), PRIME)
        if c and (numbers.mul(moves[one], ratio) == moves[two]).all():
            known.add(two)
            for index in np.ndindex(*shape):
                place = tuple(int(i) for i in index)
                made.append(law([Total(Part(one, place)), Total(Part(two, place))], [c, -ONE]))
    return made


def _axis_sums(layout: Layout) -> Iterator[Total]:
    for name, shape in layout.tensors:
        for axis, n in enumerate(shape):
            for index in np.ndindex(*(m for a, m in enumerate(shape) if a != axis)):
                picks: list[int | tuple[int, int]] = [int(i) for i in index]
                picks.insert(axis, (0, n))
                yield Total(Part(name, tuple(picks)))


def gram(search: Search) -> None:
    """Entries of Gram matrices of each axis, of products of two tensors of one shape, entries."""
    layout = search.layout
    if layout.size > UNKNOWNS:
        search.notes.append(f"Gram entries with linear parts: left out, {layout.size} parameters")
        return
    proposed: list[Law] = []
    for way in range(4):  # coordinate systems without what the sums over all axes have in common
        gone = dropped(layout, way)
        atoms: list[Atom] = [
            Inner(at(layout, name, axis, i), at(layout, name, axis, j))
            for name, axis, n in finest(layout)
            for i, j in combinations_with_replacement(range(n), 2)
            if i != j or (name, axis, i) not in gone
        ]
        for (one, shape), (two, other) in combinations(layout.tensors, 2):
            for axis, n in enumerate(shape) if shape == other else ():
                for i, j in np.ndindex(n, n):
                    atoms.append(
                        Inner(
                            at(layout, one, (axis,), i),
                            at(layout, two, (axis,), j),
                        )
                    )
        atoms += [entry(layout, i) for i in range(layout.size)]
        proposed += combined(search, "Gram entries with linear parts", atoms)
    search.take(proposed)


def entrywise(search: Search) -> None:
    """Squares of entries, products of entries at one place of two tensors, entries."""
    layout = search.layout
    if layout.size > UNKNOWNS:
        search.notes.append(f"squares of entries: left out, {layout.size} parameters")
        return
    atoms: list[Atom] = [square(single(layout, i)) for i in range(layout.size)]
    for (one, shape), (two, other) in combinations(layout.tensors, 2):
        for index in np.ndindex(*shape) if shape == other else ():
            place = tuple(int(i) for i in index)
            atoms.append(Inner(Part(one, place), Part(two, place)))
    atoms += [entry(layout, i) for i in range(layout.size)]
    search.take(combined(search, "squares of entries", atoms))


def quadratic(search: Search) -> None:
    """All monomials of degree 1 and 2, not homogeneous."""
    layout, n = search.layout, search.layout.size
    if n > COORDINATES:
        search.notes.append(f"all quadratic laws: left out beyond {COORDINATES} parameters")
        return
    pairs = combinations_with_replacement(range(n), 2)
    atoms: list[Atom] = [Inner(single(layout, i), single(layout, j)) for i, j in pairs]
    atoms += [entry(layout, i) for i in range(n)]
    search.take(combined(search, "all quadratic laws", atoms))


def powers(layout: Layout, exponents: Sequence[int]) -> list[Atom]:
    """Powers of single coordinates."""
    return [Power(((i, e),)) for i in range(layout.size) for e in exponents]
