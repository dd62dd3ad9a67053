"""The gradient flow of a model of the catalogue at given sizes, as fields of engines take it: how
its weights move under a force f = -grad J at the output, whatever J and the clock are.

    squares = Driven.of("signed-power", 2, 3)
    squares.output(theta, lift)            # phi
    squares.moved(theta, force, lift)      # theta' = dphi(theta)^T f

Nothing of it is typed: both are the model's straight line of operations (``compiled``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from verify.exact.errors import BadInput
from verify.integrate.system import Scalar
from verify.integrate.tape import Tape
from verify.integrate.traced import ONE, Traced, constant
from verify.models.catalogue import model
from verify.models.catalogue.base import Model
from verify.models.compiled import Lift, Line, compiled
from verify.models.derived import coordinates
from verify.terms.array_values import Sizes


@dataclass(frozen=True)
class Driven:
    """A model at sizes."""

    model: Model
    sizes: Sizes

    @classmethod
    def of(cls, name: str, *sizes: int) -> Driven:
        """Raises BadInput for an unknown model or sizes that do not fit."""
        found = model(name)
        return cls(found, found.at(sizes))

    @cached_property
    def line(self) -> Line:
        return compiled(self.model, self.sizes)

    def output(self, theta: Sequence[Scalar], lift: Lift) -> list[Scalar]:
        """phi(theta), a row of scalars."""
        return self.line.at(theta, lift).phi

    def moved(self, theta: Sequence[Scalar], force: Sequence[Scalar], lift: Lift) -> list[Scalar]:
        """dphi(theta)^T f, entry by entry."""
        return self.line.at(theta, lift).slopes([-f for f in force])

    def exponentials(self) -> tuple[list[Traced], Lift]:
        """The weights as exponentials of symbols, whose products are collected, and fractions."""
        tape = Tape(len(coordinates(self.model, self.sizes)))
        theta = [Traced(tape, i, ONE).exp() for i in range(len(tape.nodes))]
        return theta, lambda x: constant(tape, x)

    def logarithmic(self) -> list[list[Fraction]]:
        """A with (log theta)' = A f: how logarithms of weights move, where the force alone says it.
        Raises BadInput for a model where it does not.
        """
        theta, lift = self.exponentials()
        count, columns = len(self.output(theta, lift)), []
        for j in range(count):
            moved = self.moved(theta, [lift(Fraction(i == j)) for i in range(count)], lift)
            columns.append([y / x for x, y in zip(theta, moved, strict=True)])
        if any(y.index >= 0 or y.exponent is not None for column in columns for y in column):
            raise BadInput(f"{self.model.title}: logarithms of weights move by weights")
        return [[y.factor for y in row] for row in zip(*columns, strict=True)]
