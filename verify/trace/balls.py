"""The ring of balls: real numbers enclosed, so that what is not 0 is known not to be."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb

from verify.exact.errors import NoValue
from verify.exact.rings import ball
from verify.trace.numbers import CONSTANTS, Arrays
from verify.trace.shapes import Shape


class Balls(Arrays):
    """python-flint's arb at the precision that is set. NoValue where a pattern is not decided."""

    def __init__(self) -> None:
        super().__init__(ball, object)

    def array(self, entries: Any, shape: Shape) -> Any:
        """From fractions or balls, row by row."""
        made = np.empty(len(entries), dtype=object)
        made[:] = [x if isinstance(x, arb) else ball(Fraction(x)) for x in entries]
        return made.reshape(shape)

    def inv(self, z: Any) -> Any:
        return self.each(lambda x: 1 / x, z)

    def exp(self, place: int, z: Any) -> Any:
        return self.each(arb.exp, z)

    def log(self, place: int, z: Any) -> Any:
        return self.each(arb.log, z)

    def sqrt(self, place: int, z: Any) -> Any:
        return self.each(arb.sqrt, z)

    def erf(self, place: int, z: Any, density: Any) -> Any:
        return self.each(arb.erf, z)

    def free(self, place: int, name: str) -> Any:
        made = np.empty((), dtype=object)
        made[()] = 2 / arb.pi().sqrt() if name in CONSTANTS else arb(int(name[5:-1])).sqrt()
        return made

    def step(self, place: int, z: Any) -> Any:
        def decided(x: Any) -> Any:
            if not (x > 0 or x < 0):
                raise NoValue("the sign in a pattern is not decided")
            return ball(int(x > 0))

        return self.each(decided, z)

    def top(self, place: int, z: Any, k: int, axis: int) -> Any:
        """1 at the k largest."""

        def chosen(row: Any) -> Any:
            order = sorted(row, key=lambda x: float(x.mid()), reverse=True)
            if k < len(order) and not order[k - 1] > order[k]:
                raise NoValue("which entries are the largest is not decided")
            limit = order[k - 1]
            made = np.empty(len(row), dtype=object)
            made[:] = [ball(int(not x < limit)) for x in row]
            return made

        return np.apply_along_axis(chosen, axis, z)
