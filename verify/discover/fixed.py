"""Sets that a symmetry of the model leaves alone: where the outputs do not change when coordinates
change places, up to signs, the gradient of any loss of them changes places likewise, and a state
that is its own image stays one: tensors with u = -v, units of a layer with equal weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from verify.discover.laws.families import Family
from verify.discover.laws.layout import Layout

#: of tensors
Axes = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Swap:
    """``parts``: of tensors, two indices of entries that change places, in arrays of one shape;
    with ``sign`` -1 both change their signs as well.
    """

    parts: tuple[tuple[tuple[str, Any], tuple[str, Any]], ...]
    sign: int
    condition: str
    turns: int = 0

    def signs(self) -> list[tuple[int, ...]]:
        return [()]

    def image(self, arrays: Mapping[str, Any]) -> dict[str, Any]:
        """Of a state."""
        made = {n: x.copy() for n, x in arrays.items()}
        for (a, i), (b, j) in self.parts:
            made[a][i], made[b][j] = arrays[b][j] * self.sign, arrays[a][i] * self.sign
        return made

    def tensors(
        self, free: Mapping[str, Any], turns: Sequence[Any], signs: Sequence[int], one: Any
    ) -> dict[str, Any]:
        """A state that is its own image."""
        made = {n: x.copy() for n, x in free.items()}
        for (a, i), (b, j) in self.parts:
            made[b][j] = made[a][i] * self.sign
        return made


def swaps(layout: Layout, families: Sequence[Family]) -> Iterator[Swap]:
    """Of tensors of one shape, with and without signs; of the first two units of each law that
    speaks of units, and of all axes of one length. Whether they are symmetries is not asked here.
    """
    whole = np.s_[...]
    for a, b in combinations(layout.shapes, 2):
        if layout.shapes[a] == layout.shapes[b]:
            pair = (((a, whole), (b, whole)),)
            yield Swap(pair, -1, f"{a} = -{b}")
            yield Swap(pair, 1, f"{a} = {b}")
    for axes in dict.fromkeys((*_of_laws(families), *_of_lengths(layout))):
        parts = tuple(((t, _at(layout, t, k, 0)), (t, _at(layout, t, k, 1))) for t, k in axes)
        yield Swap(
            parts, 1, ", ".join(f"{t}{_said(x)} = {t}{_said(y)}" for (t, x), (_, y) in parts)
        )


def _of_laws(families: Sequence[Family]) -> Iterator[Axes]:
    for f in families:
        axes = tuple((r.tensor, r.axis) for r in f.rows if r.axis is not None and not r.lead)
        once = len(axes) == len(f.rows) == len({t for t, _ in axes})
        if f.kind != "single" and f.count > 1 and once:
            yield tuple(sorted(axes))


def _of_lengths(layout: Layout) -> Iterator[Axes]:
    for n in sorted({n for s in layout.shapes.values() for n in s if n > 1}):
        axes = [(t, s.index(n)) for t, s in layout.shapes.items() if s.count(n) == 1]
        yield tuple(sorted(axes))


def _at(layout: Layout, tensor: str, axis: int, index: int) -> tuple[Any, ...]:
    return tuple(index if k == axis else np.s_[:] for k in range(len(layout.shapes[tensor])))


def _said(at: tuple[Any, ...]) -> str:
    return f"[{','.join(':' if isinstance(i, slice) else str(i) for i in at)}]"
