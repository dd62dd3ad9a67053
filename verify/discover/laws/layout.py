"""Named tensors in one flat vector of parameters, and parts of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, combinations
from math import prod
from typing import Any

import numpy as np

Shape = tuple[int, ...]
MOST_AXES = 4  #: of which all subsets are asked


#: some axes of a tensor, in order, counted row-major as one
Run = tuple[int, ...]


@dataclass(frozen=True)
class Layout:
    """The tensors in their order, each row-major: where each begins in the flat vector."""

    tensors: tuple[tuple[str, Shape], ...]

    @classmethod
    def of(cls, shapes: Mapping[str, Shape]) -> Layout:
        return cls(tuple((name, tuple(shape)) for name, shape in shapes.items()))

    @cached_property
    def shapes(self) -> dict[str, Shape]:
        return dict(self.tensors)

    @cached_property
    def starts(self) -> dict[str, int]:
        sizes = [prod(shape) for _, shape in self.tensors]
        return dict(zip(self.shapes, accumulate(sizes, initial=0), strict=False))

    @cached_property
    def strides(self) -> dict[str, tuple[int, ...]]:
        """How far the next index of each axis is."""
        return {n: tuple(prod(s[k + 1 :]) for k in range(len(s))) for n, s in self.tensors}

    @property
    def size(self) -> int:
        return sum(prod(shape) for _, shape in self.tensors)

    def tensor(self, flat: Any, name: str) -> Any:
        """One tensor of a batch (or of none) of flat vectors."""
        shape = self.shapes[name]
        start = self.starts[name]
        return flat[..., start : start + prod(shape)].reshape(*flat.shape[:-1], *shape)

    @cached_property
    def _owners(self) -> list[tuple[str, int]]:
        return [(name, i) for name, shape in self.tensors for i in range(prod(shape))]

    def entry(self, index: int) -> tuple[str, tuple[int, ...]]:
        """Whose coordinate it is, and where in its tensor."""
        name, at = self._owners[index]
        return name, tuple(int(i) for i in np.unravel_index(at, self.shapes[name]))

    def axes(self) -> list[tuple[str, Run, int]]:
        """(tensor, axes, how many indices they have): neighbouring axes, of up to four any (a head,
        and an index on the other side), not all axes of a matrix.
        """
        return [
            (name, run, prod(shape[a] for a in run))
            for name, shape in self.tensors
            for run in _runs(len(shape))
        ]


def _runs(axes: int) -> list[Run]:
    found = [tuple(range(a, b)) for a in range(axes) for b in range(a + 1, axes + 1)]
    if axes <= MOST_AXES:
        found += [run for k in range(2, axes) for run in combinations(range(axes), k)
                  if run[-1] - run[0] >= k]  # fmt: skip
    return [run for run in found if len(run) < axes or axes == 1]


#: an index, or a range of an axis (its ends)
Pick = int | tuple[int, int]


@dataclass(frozen=True, order=True)
class Part:
    """Entries of a tensor: for each axis an index or a range."""

    tensor: str
    picks: tuple[Pick, ...]

    @property
    def shape(self) -> Shape:
        return tuple(p[1] - p[0] for p in self.picks if isinstance(p, tuple))

    def flat(self, layout: Layout) -> Any:
        """The flat indices of its entries, row-major."""
        made = np.array([layout.starts[self.tensor]])
        for p, n, k in zip(self.picks, layout.shapes[self.tensor], layout.strides[self.tensor],
                           strict=True):  # fmt: skip
            here = np.arange(n)[p if isinstance(p, int) else slice(*p)] * k
            made = np.add.outer(made, here).ravel()
        return made


def whole(layout: Layout, tensor: str) -> Part:
    """A whole tensor."""
    return Part(tensor, tuple((0, n) for n in layout.shapes[tensor]))


def at(layout: Layout, tensor: str, run: Run, index: int) -> Part:
    """A tensor at one index of some of its axes; an axis of one index is not cut."""
    picks = list(whole(layout, tensor).picks)
    shape = tuple(layout.shapes[tensor][a] for a in run)
    for axis, i, n in zip(run, np.unravel_index(index, shape), shape, strict=True):
        picks[axis] = int(i) if n > 1 else (0, 1)
    return Part(tensor, tuple(picks))


def single(layout: Layout, index: int) -> Part:
    """One coordinate."""
    return Part(*layout.entry(index))
