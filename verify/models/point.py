"""One exact point: fixed depth and width, a concrete loss, a rational start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod
from typing import Any

from verify.exact.exhibit import Shown
from verify.models.losses.base import Loss
from verify.spelling.notation import name
from verify.spelling.tex import inline, number, sentence, vector

#: L rows of n weights
Start = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True)
class Point(Shown):
    """start: L rows of n rationals; constants: values of k, eta, kappa, ..."""

    start: Start
    loss: Loss
    constants: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def depth(self) -> int:
        return len(self.start)

    @property
    def width(self) -> int:
        return len(self.start[0])

    @property
    def sizes(self) -> dict[str, int]:
        """As the model calls them."""
        return {"L": self.depth, "n": self.width}

    @property
    def w(self) -> tuple[Fraction, ...]:
        return tuple(prod(column) for column in zip(*self.start, strict=True))

    def __repr__(self) -> str:
        return f"<{self.text()}>"

    def text(self) -> str:
        """One line with every number that a hand calculation needs; of a large state its size."""
        if self.depth * self.width > 40:
            start = f"a start with {self.depth} x {self.width} weights (in the certificate)"
        elif len(set(self.start)) == 1:
            start = f"u_l = {_row(self.start[0])} for every l"
        else:
            start = ", ".join(f"u_{l} = {_row(row)}" for l, row in enumerate(self.start, 1))
        data = [
            f"{name} = {_datum(x)}"
            for name, x in sorted(self.loss.data.items())
            if self.width <= 4 and name != "I"
        ]
        numbers = ", ".join(f"{c} = {x}" for c, x in sorted(self.constants.items()))
        return "; ".join(x for x in (f"J = {self.loss.text}", *data, numbers, start) if x)

    def latex(self) -> str:
        start = ", ".join(
            inline(f"u_{{{l}}} = {vector(row)}") for l, row in enumerate(self.start, 1)
        )
        large = (
            f"{self.depth * self.width} weights, in the certificate"
            if self.depth * self.width > 40
            else ""
        )
        numbers = ", ".join(
            inline(f"{name(c)} = {number(x)}") for c, x in sorted(self.constants.items())
        )
        return sentence((self.loss.latex(self.width <= 4), numbers, large or start))


def _row(row: tuple) -> str:
    return "(" + ", ".join(str(x) for x in row) + ")"


def _datum(x: Any) -> str:
    if hasattr(x, "dense"):
        x = x.dense()
    return "[" + ", ".join(_datum(y) for y in x) + "]" if isinstance(x, tuple) else str(x)
