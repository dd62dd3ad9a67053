"""What excludes a mirror flow, exactly: a defect, or a derivative of it along the fields, that is
not 0 at the start (``verify.mirror.geometry`` has the reason).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flint import fmpq, fmpq_mat

from verify.exact.errors import NoValue
from verify.mirror.field import Element, TooLarge
from verify.mirror.geometry import Geometry, Rows
from verify.mirror.signs import sign

Named = Sequence[tuple[tuple[int, ...], Element]]  #: indices, which count from 0, and a function
DEEPEST = 3  #: derivatives along the fields
MOST = 1200  #: functions that are looked at
LARGEST_INVERSE = 4  #: outputs up to which det K K^-1 is written out


@dataclass(frozen=True)
class Word:
    """``what`` was computed with these ``indices``; ``fields`` = (a, .., b) say which derivative.

    X_a .. X_b of it has this ``value`` at the start. With S_ik = K^-1 J [X_i, X_k]:

        defect            i, k, m      (J [X_i, X_k])_m
        vertical          i, k, l, m   [X_i, X_k](K_lm)
        shape             i, k, m      det K (S_ik)_m
        slope             i, k, l      det K ((S_ik)_k - (S_il)_l)
        vertical-shape    l, m         det K (v(K)_11 K_lm - v(K)_lm K_11)
        closed            1, 2         X_1 mu_2 - X_2 mu_1 - nu

    shape-solved and slope-solved are those without det K.
    """

    what: str
    indices: tuple[int, ...]
    fields: tuple[int, ...]
    value: Any


def first_word(
    g: Geometry, what: str, named: Named, start: Sequence[Any], deepest: int = DEEPEST
) -> Word | None:
    """The first that is not 0 at the start, shorter ones first; None where none was found."""
    level = [(indices, (), f) for indices, f in named if not f.nothing]
    seen = 0
    for depth in range(deepest + 1):
        for indices, fields, f in level:
            seen += 1
            value = f.at(start)
            if sign(value):
                return Word(what, indices, fields, value)
        if depth == deepest or seen + len(level) * g.count > MOST:
            return None
        try:
            level = list(_longer(g, level))
        except TooLarge:
            return None
    return None


def _longer(g: Geometry, level: list) -> Iterator[tuple]:
    for indices, fields, f in level:
        for a in range(g.count):
            more = g.along(a, f)
            if not more.nothing:
                yield indices, (a, *fields), more


def plain(g: Geometry, start: Sequence[Any]) -> Word | None:
    """What excludes a mirror flow without a change of time."""
    found = first_word(g, "defect", list(g.defects.items()), start)
    if found is None:
        try:
            found = first_word(g, "vertical", list(of_vertical(g)), start, 1)
        except TooLarge:
            return None
    return found


def of_vertical(g: Geometry) -> Iterator[tuple[tuple[int, ...], Element]]:
    """[X_i, X_k](K_lm). Along a mirror flow it is 0 on the leaf, where K is a function of beta by
    (A), and J [X_i, X_k] = 0 by (B).
    """
    for (i, k), v in g.brackets.items():
        for l in range(g.count):
            for m in range(l, g.count):
                yield (i, k, l, m), g.apply(v, g.kernel[l][m])


def retimed(g: Geometry, start: Sequence[Any]) -> Word | None:
    """What excludes one after any change of time as well; None where nothing was found, also where
    it would be too large.
    """
    try:
        return _retimed(g, start)
    except TooLarge:
        return None


def _retimed(g: Geometry, start: Sequence[Any]) -> Word | None:
    if g.count > LARGEST_INVERSE:
        return _at_start(g, start)
    scaled = _scaled(g)
    if g.count == 2:
        return _of_two(g, scaled, start)
    shape = [((i, k, m), s[m]) for (i, k), s in scaled.items()
             for m in range(g.count) if m not in (i, k)]  # fmt: skip
    found = first_word(g, "shape", shape, start)
    return found or first_word(g, "slope", list(_slopes(g, scaled)), start)


def _slopes(g: Geometry, scaled: dict[tuple[int, int], list[Element]]) -> Iterator:
    for i in range(g.count):
        others = [k for k in range(g.count) if k != i]
        for k, l in pairwise(others):
            yield (i, k, l), _factor(scaled, i, k) - _factor(scaled, i, l)


def _factor(scaled: dict[tuple[int, int], list[Element]], i: int, k: int) -> Element:
    """mu_i det K as S_ik has it."""
    return scaled[i, k][k] if i < k else -scaled[k, i][k]


def _scaled(g: Geometry) -> dict[tuple[int, int], list[Element]]:
    """det K S_ik."""
    adjugate = adjugate_of(g.kernel, g)
    found = {}
    for i, k in g.pairs:
        row = [g.defects[i, k, m] for m in range(g.count)]
        found[i, k] = [_dot(a, row, g) for a in adjugate]
    return found


def _of_two(g: Geometry, scaled: dict, start: Sequence[Any]) -> Word | None:
    """Two outputs: v(K) = nu K with one nu, and X_1 mu_2 - X_2 mu_1 = nu."""
    s, k = scaled[0, 1], g.kernel
    size = determinant(k, g)
    v = {a: x * size for a, x in g.brackets[0, 1].items()}
    for j in (0, 1):
        for a, x in g.fields[j].items():
            v[a] = v[a] - x * s[j] if a in v else -(x * s[j])
    slopes = {(l, m): g.apply(v, k[l][m]) for l, m in ((0, 0), (0, 1), (1, 1))}
    cross = [((l, m), slopes[0, 0] * k[l][m] - slopes[l, m] * k[0][0]) for l, m in ((0, 1), (1, 1))]
    found = first_word(g, "vertical-shape", cross, start)
    if found is not None:
        return found
    mu = [s[1] / size, -(s[0] / size)]
    nu = slopes[0, 0] / (k[0][0] * size)
    turned = g.along(0, mu[1]) - g.along(1, mu[0]) - nu
    return first_word(g, "closed", [((0, 1), turned)], start)


def adjugate_of(rows: Rows, g: Geometry) -> Rows:
    """Of a symmetric matrix: det times its inverse."""
    if len(rows) == 1:
        return [[g.field.number(1)]]
    return [[_cofactor(rows, i, j, g) for j in range(len(rows))] for i in range(len(rows))]


def _cofactor(rows: Rows, i: int, j: int, g: Geometry) -> Element:
    rest = [[x for b, x in enumerate(r) if b != j] for a, r in enumerate(rows) if a != i]
    found = determinant(rest, g)
    return -found if (i + j) % 2 else found


def determinant(rows: Rows, g: Geometry) -> Element:
    """By its first row."""
    if len(rows) == 1:
        return rows[0][0]
    return _dot(rows[0], [_cofactor(rows, 0, j, g) for j in range(len(rows))], g)


def _dot(a: Sequence[Element], b: Sequence[Element], g: Geometry) -> Element:
    found = g.field.number(0)
    for x, y in zip(a, b, strict=True):
        found = found + x * y
    return found


def _at_start(g: Geometry, start: Sequence[Any]) -> Word | None:
    """The conditions on S_ik at the start alone. Raises NoValue where a letter is not exact."""

    def exact(f: Element) -> fmpq:
        found = f.at(start)
        if not isinstance(found, fmpq):
            raise NoValue("more than four outputs at a start that is not rational")
        return found

    size = g.count
    kernel = fmpq_mat(size, size, [exact(x) for row in g.kernel for x in row])
    solved: dict[tuple[int, int], list[fmpq]] = {}
    for i, k in g.pairs:
        right = fmpq_mat(size, 1, [exact(g.defects[i, k, m]) for m in range(size)])
        solved[i, k] = [kernel.solve(right)[m, 0] for m in range(size)]
        for m in range(size):
            if m not in (i, k) and solved[i, k][m] != 0:
                return Word("shape-solved", (i, k, m), (), solved[i, k][m])
    for i in range(size):
        others = [k for k in range(size) if k != i]
        for k, l in pairwise(others):
            a, b = (solved[i, x][x] if i < x else -solved[x, i][x] for x in (k, l))
            if a != b:
                return Word("slope-solved", (i, k, l), (), a - b)
    return None
