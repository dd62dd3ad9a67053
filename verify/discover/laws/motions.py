"""The text of symmetries of a loss E of the outputs v: motions of v along which E stands still. It
is read in the notation of laws, never evaluated.

    symmetries =  motions (";" motions)*
    motions    =  motion ("," motion)* ["for" range ("," range)*]
    motion     =  "dv" ["[" picks "]"] "=" sum        of degree at most one in the entries of v

Entries that no motion names stand still; of motions that share an entry the sum is meant. With
"for" it is one symmetry for each value of the letters. ``dv = v`` is scale, ``dv = 1`` a shift of
all entries, ``dv[0] = -v[1], dv[1] = v[0]`` a rotation, ``dv[i,:] = v[j,:] for each i, each j``
GL(k) on the rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np

from verify.discover.laws.laurent import Laurent, NotRead
from verify.discover.laws.layout import Layout, Shape
from verify.discover.laws.reading import Reader

#: rows of d + 1 numbers: v_i' = sum_j a_ij v_j + a_id
Motion = tuple[tuple[Fraction, ...], ...]
OPTION = "--symmetry"


def motions(text: str, shape: Shape) -> list[Motion]:
    """Of outputs of a shape, all that the text says. Raises BadInput pointing at the place."""
    layout = Layout.of({"v": shape, "dv": shape})
    return [found for part in text.split(";") for found in _Motions(part, layout).read()]


class _Motions(Reader):
    """One part: motions that are one symmetry, or one for each value of its letters."""

    option = OPTION

    def read(self) -> Iterator[Motion]:
        ranges = self.ranges()
        self._motion()  # shows the axes of the letters
        for letters in self.assignments(ranges):
            self.letters = letters
            yield self._motion()

    def _motion(self) -> Motion:
        self.at = self.open = self.bars = 0
        size = prod(self.shapes["v"])
        rows = [[Fraction(0)] * (size + 1) for _ in range(size)]
        try:
            for _ in self.listed():
                for i, entry in self._moved():
                    self._add(rows[i], entry, size)
        except NotRead as why:
            self.fail(str(why))
        except (ValueError, IndexError) as error:
            self.fail(f"{error}")
        if self.now.kind != "end" and self.now.text != "for":
            self.fail("expected an operator, ',', 'for' or the end")
        return tuple(map(tuple, rows))

    def _moved(self) -> Iterator[tuple[int, Laurent]]:
        """Entries of v, and what each of them moves by."""
        if self.now.text != "dv":
            self.fail("expected dv = .. or dv[..] = .., how the outputs v move")
        target = np.asarray(self.tensor(), object)
        self.need("=")
        value = np.asarray(self.sum(), object)
        if value.ndim and value.shape != target.shape:
            self.fail(f"dv of shape {target.shape} moves by an array of shape {value.shape}")
        flat = np.broadcast_to(value, target.shape).ravel().tolist()
        for entry, by in zip(target.ravel().tolist(), flat, strict=True):
            ((((i, _),), _),) = entry.terms.items()
            yield i - self.starts["dv"], by

    def _add(self, row: list[Fraction], by: Any, size: int) -> None:
        if by.logs or by.powers:
            self.fail("expected a motion that is linear in the entries of v")
        for m, c in by.terms.items():
            at = size if not m else m[0][0]
            if len(m) > 1 or (m and (m[0][1] != 1 or not at < size)):
                self.fail("expected a motion that is linear in the entries of v")
            row[at] += Fraction(c)
