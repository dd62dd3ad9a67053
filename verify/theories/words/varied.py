"""Other states from an author's example, where relations are such that nobody draws solutions of
them: what words do not see is changed, and what the relations leave free.

Unitary frames: every space gets one, and a letter becomes U x V*. Weights: where all terms of every
relation are multiplied alike. Sums: two such states, block by block. Whether the relations hold is
computed of what was made, always; what does not satisfy them is not taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

from flint import fmpq, fmpq_mat

from verify.theories.words.complex_matrix import CMat
from verify.theories.words.frame import Frame
from verify.theories.words.instance import Instance
from verify.theories.words.points import Relations, admitted
from verify.theories.words.weights import weights

_LARGEST = 4  # of a size of a sum
_FACTORS = (Fraction(1, 2), Fraction(2), Fraction(3), Fraction(3, 2))
_UNITS = ((1, 0), (-1, 0), (0, 1), (Fraction(3, 5), Fraction(4, 5)))
Space = tuple[str, int]


def varied(x: Instance, here: Frame, given: Relations, source: Random) -> Instance:
    """Another state that satisfies all relations, else the example itself."""
    found = x
    for change in (_weighted, _summed, _turned):
        new = next((y for y in change(found, here, source) if admitted(y, here, given)), None)
        found = found if new is None else new
    return found


def _weighted(x: Instance, here: Frame, source: Random) -> Iterator[Instance]:
    """By one of the one-parameter groups that keep the relations, or two."""
    for w in weights(x, here, source):
        yield _by(x, w, source.choice(_FACTORS))


def _by(x: Instance, w: Mapping[str, int], factor: Fraction) -> Instance:
    scale = {name: fmpq(c.numerator, c.denominator) for name, n in w.items() if (c := factor**n)}
    values = {
        name: [m.times(scale[name]) for m in v] if isinstance(v, list) else v.times(scale[name])
        for name, v in x.values.items()
        if name in scale
    }
    scalars = {name: c * factor ** w.get(name, 0) for name, c in x.scalars.items()}
    return replace(x.put(values), scalars=scalars)


def _summed(x: Instance, here: Frame, source: Random) -> Iterator[Instance]:
    """Beside the same with other weights, whose numbers are the same; in one of two draws."""
    if source.randint(0, 1) or 2 * max((*x.dims, *x.sizes.values()), default=1) > _LARGEST:
        return
    fixed = frozenset(x.scalars)
    for w in weights(x, here, source, fixed):
        yield _beside(x, _by(x, w, source.choice(_FACTORS)))


def _beside(x: Instance, y: Instance) -> Instance:
    values: dict[str, CMat | list[CMat]] = {}
    for name, v in x.values.items():
        u = y.values[name]
        if isinstance(v, list) and isinstance(u, list):
            values[name] = [_blocks(a, b) for a, b in zip(v, u, strict=True)]
        elif isinstance(v, CMat) and isinstance(u, CMat):
            values[name] = _blocks(v, u)
    return replace(
        x,
        dims=tuple(2 * d for d in x.dims),
        sizes={name: 2 * n for name, n in x.sizes.items()},
        values=values,
    )


def _blocks(a: CMat, b: CMat) -> CMat:
    (m, n), (p, q) = a.shape, b.shape
    zero = (Fraction(0), Fraction(0))
    rows = [[*row, *[zero] * q] for row in a.entries()]
    rows += [[*[zero] * n, *row] for row in b.entries()]
    return CMat.of(rows) if rows else CMat(fmpq_mat(m + p, n + q), fmpq_mat(m + p, n + q))


def _turned(x: Instance, here: Frame, source: Random) -> Iterator[Instance]:
    """Frames of their own for all spaces; then one for each size, which marks of their own may
    ask for, complex and real.
    """
    for apart, real in ((True, False), (False, False), (False, True)):
        frames: dict[Space, CMat] = {}
        yield _framed(x, frames, apart, real, source)


def _framed(
    x: Instance, frames: dict[Space, CMat], apart: bool, real: bool, source: Random
) -> Instance:
    def frame(text: str, at: int | None, size: int) -> CMat:
        key = _space(x, text, at) if apart else ("", size)
        if key not in frames:
            frames[key] = _unitary(size, real, source)
        return frames[key]

    def turned(name: str, at: int | None, m: CMat) -> CMat:
        spec, (rows, cols) = x.theory.letters[name], m.shape
        return frame(spec.rows, at, rows) * m * frame(spec.cols, at, cols).marked("H")

    values: dict[str, CMat | list[CMat]] = {}
    for name, v in x.values.items():
        places = x.theory.letters[name].indices(x.depth)
        if isinstance(v, list):
            values[name] = [turned(name, at, m) for at, m in zip(places, v, strict=True)]
        else:
            values[name] = turned(name, None, v)
    return x.put(values)


def _space(x: Instance, text: str, at: int | None) -> Space:
    if text in ("k", "k-1"):
        assert at is not None
        return "d", at - (text == "k-1")
    return ("d", 0 if text == "0" else x.depth) if text in ("0", "N") else (text, 0)


def _unitary(n: int, real: bool, source: Random) -> CMat:
    """A number of size 1 times the reflection of a drawn vector."""
    part = lambda: 0 if real else source.randint(-2, 2)
    v = [(Fraction(source.randint(-2, 2)), Fraction(part())) for _ in range(n)]
    length = sum((a * a + b * b for a, b in v), Fraction(0))
    rows = []
    for i, (a, b) in enumerate(v):
        row = []
        for j, (c, d) in enumerate(v):
            share = 2 / length if length else Fraction(0)
            row.append((Fraction(i == j) - share * (a * c + b * d), -share * (b * c - a * d)))
        rows.append(row)
    re, im = source.choice(_UNITS[:2] if real else _UNITS)
    unit = CMat.of([[(re, im) if i == j else (0, 0) for j in range(n)] for i in range(n)])
    return CMat.of(rows) * unit if n else unit
