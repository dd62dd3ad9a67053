"""A model at exact weights with a loss: its output, its slopes and its flow, all derived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.exact.exhibit import Shown
from verify.exact.rings import Exact, Inexact
from verify.integrate.system import Moment, System
from verify.models.catalogue.base import Model, indices
from verify.models.derived import (
    Given,
    arranged,
    coordinates,
    motion,
    phi_at,
    shown,
    slopes_at,
    system,
)
from verify.models.entries import given_names, given_values, gradient_at
from verify.models.objectives import Objective
from verify.terms.array_values import Arithmetic, Sizes
from verify.terms.array_words import words
from verify.terms.arrays import Letter

Member = tuple[Letter, int | None]


def _irrational(x: Fraction) -> Fraction:
    raise Inexact(f"log or exp of {x}")


#: of fractions; raises Inexact where a value is not rational
RATIONAL = Arithmetic(power=Exact().power, log=_irrational, exp=_irrational)


@dataclass(frozen=True, repr=False)
class Network(Shown):
    """``weights`` are all entries of all letters, ``given`` what the loss takes as given, in
    the order of their names (``given_names``).
    """

    model: Model
    sizes: Sizes
    weights: tuple[Fraction, ...]
    loss: Objective
    given: tuple[Fraction, ...]

    @property
    def names(self) -> list[str]:
        return coordinates(self.model, self.sizes)

    @property
    def given_names(self) -> list[str]:
        return given_names(_members(self.loss, self.sizes), self.sizes)

    def letters(self) -> Given:
        """The rows of each letter, by name and index (None for one without)."""
        return arranged(self.model.members(self.sizes), self.sizes, self.weights)

    def output(self) -> list[Fraction]:
        """phi, entry by entry."""
        return phi_at(self.model, self.sizes, self.weights)

    def gradient(self) -> list[Fraction]:
        """grad J at the output, entry by entry. Raises Inexact where it is not rational,
        ZeroDivisionError where J has none.
        """
        return self._gradient(self.output(), RATIONAL)

    def slope(self) -> list[Fraction]:
        """theta' = -dphi^T grad J, weight by weight. Raises what ``gradient`` raises."""
        of = motion(self.model)
        return slopes_at(of, self.sizes, self.weights, self.gradient(), RATIONAL)

    def system(self) -> System:
        """The gradient flow from here, for every engine."""

        def gradient(z: Sequence[Any], moment: Moment) -> list[Any]:
            ring = Arithmetic(lift=moment.number)
            return [moment.rate * g for g in self._gradient(list(z), ring)]

        return system(self.model, self.sizes, self.weights, gradient)

    def _gradient(self, z: list[Any], ring: Arithmetic) -> list[Any]:
        data = [ring.lift(x) for x in self.given]
        given = given_values(_members(self.loss, self.sizes), self.sizes, data, ring)
        return gradient_at(self.loss, self.sizes, z, given, ring)

    def text(self) -> str:
        numbers = _numbers(self.names, self.weights)
        data = _numbers(self.given_names, self.given)
        head = f"{self.model.name} at {shown(self.sizes)}, J = {words(self.loss.value)}"
        return f"{head}: {numbers}" + (f"; {data}" if data else "")

    def __repr__(self) -> str:
        return f"<{self.text()}>"


def _members(loss: Objective, sizes: Sizes) -> list[Member]:
    """The letters of a loss, each at its indices."""
    return [(letter, i) for letter in loss.data for i in indices(letter, sizes)]


def _numbers(names: Sequence[str], values: Sequence[Fraction]) -> str:
    return ", ".join(f"{n} = {x}" for n, x in zip(names, values, strict=True))
