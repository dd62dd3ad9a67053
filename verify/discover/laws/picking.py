"""Tensors of a written law and what is picked of them, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any

import numpy as np

from verify.discover.laws.laurent import coordinate
from verify.discover.laws.layout import Layout
from verify.discover.laws.scanning import Cursor


class Tensors(Cursor):
    """A cursor that reads W, W[i,:], W[2h:2h+2,:].T, W[:,[0,2]]."""

    def __init__(self, text: str, layout: Layout) -> None:
        super().__init__(text, layout.shapes)
        self.starts, self.arrays = layout.starts, dict[str, Any]()

    def tensor(self) -> Any:
        name = self.now.text
        self.at += 1
        if name not in self.arrays:
            size, start = prod(self.shapes[name]), self.starts[name]
            flat = np.empty(size, object)
            flat[:] = [coordinate(start + i) for i in range(size)]
            self.arrays[name] = flat.reshape(self.shapes[name])
        found = self.arrays[name]
        if self.take("["):
            found = self._picked(found)
        found = found.item() if isinstance(found, np.ndarray) and not found.ndim else found
        while self.take(".T"):
            found = np.transpose(found) if np.ndim(found) else found
        return found

    def _picked(self, whole: Any) -> Any:
        axis = 0
        for _ in self.listed():
            if axis >= whole.ndim:
                self.fail(f"more indices than the {whole.ndim} axes")
            size = whole.shape[axis]
            if self.take("["):
                picks = np.array([self._inside(size) for _ in self.listed()])
                self.need("]")
                whole, axis = np.take(whole, picks, axis), axis + 1
                continue
            first = None if self.now.text == ":" else self._at(size)
            if self.take(":"):
                last = size if self.now.text in (",", "]") else self._at(size)
                if not 0 <= (first or 0) < last <= size:
                    self.fail(f"the range {first or 0}:{last} of an axis of {size} entries")
                whole, axis = whole[(slice(None),) * axis + (slice(first, last),)], axis + 1
            else:
                if first is None or not 0 <= first < size:
                    self.fail(f"the index {first} of an axis of {size} entries")
                whole = whole[(slice(None),) * axis + (first,)]
                whole = np.asarray(whole, object) if not np.ndim(whole) else whole
        self.need("]")
        return whole

    def _inside(self, size: int) -> int:
        i = self.whole()
        if i >= size:
            self.fail(f"the index {i} of an axis of {size} entries")
        return i

    def _at(self, size: int) -> int:
        """part + part - ..; a letter by itself picks from the whole axis."""
        total, alone = 0, ""
        for n, factor in enumerate(self._parts()):
            name = self.now.text
            if self.now.kind == "name" and name in self.letters:
                self.at += 1
                total += factor * self.letters[name]
                alone = name if not n and factor == 1 else ""
            else:
                total, alone = total + factor, ""
        if alone in self.axes and self.now.text in (",", "]"):
            self.axes[alone].add(size)
        return total

    def _parts(self) -> Iterator[int]:
        """The number before each letter, or by itself."""
        yield self._factor()
        while (plus := self.take("+")) or self.take("-"):
            yield self._factor() if plus else -self._factor()

    def _factor(self) -> int:
        if self.now.kind == "number":
            return self.whole()
        if self.now.kind == "name" and self.now.text in self.letters:
            return 1
        self.fail("expected a number, ':' or a letter of 'for'")
