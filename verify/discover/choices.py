"""The values that a draw chooses freely: exponentials at independent arguments, error functions,
logarithms, transcendental constants; and the patterns and roots that it keeps.

What does not depend on the inputs belongs to the point: all draws there share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from verify.trace.prime import Field


class Patterns(Protocol):
    """Patterns that some state and input have, all places of one state together."""

    def draw(self, random: np.random.Generator, count: int) -> dict[int, Any]:
        """(count, *shape) for each place of step and top."""
        ...


@dataclass(frozen=True)
class Powers:
    """How exponentials are written in a basis: at a place, (size, basis) exponents, where the
    first ``drawn`` basis elements depend on the inputs, the others on the tensors alone, and the
    last is e itself to the power of some fraction.
    """

    at: Mapping[int, Any]
    drawn: int
    held: int


@dataclass(frozen=True)
class Alike:
    """Of erf and log: at a place, the class of each entry, its sign, and whether each class
    depends on the inputs. erf is odd: opposite arguments are one class; sign 0 is the value 0.
    """

    at: Mapping[int, tuple[Any, Any]]
    drawn: tuple[bool, ...]


@dataclass(frozen=True)
class Rules:
    """What a graph's free values have to respect; ``powers`` None where all exponentials are
    independent, ``roots`` and ``all_roots`` count radicands that depend on the inputs, and all;
    ``branches``: rules for each of some patterns, of which each batch of draws has one.
    """

    of_inputs: frozenset[int]
    powers: Powers | None = None
    alike: Alike | None = None
    patterns: Patterns | None = None
    roots: int = 0
    all_roots: int = 0
    same_roots: Mapping[int, list[Any]] = field(default_factory=dict)
    branches: tuple[Rules, ...] = ()

    def irrational(self) -> list[str]:
        """The numbers that exponentials and roots differ by, beside fractions."""
        roots = [row[-1][1] for rows in self.same_roots.values() for row in rows]
        found = {f"sqrt({x})" for primes in roots for x in primes}
        if self.powers is not None and any(row[-1] for x in self.powers.at.values() for row in x):
            found.add("a power of e")
        return sorted(found.union(*(x.irrational() for x in self.branches)))


@dataclass
class Point:
    """Tensors, (1 or count, D), and the free values that belong to them."""

    theta: Any
    random: np.random.Generator
    numbers: Field
    values: dict[Any, Any] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return int(self.theta.shape[0])

    def value(self, key: Any, shape: tuple[int, ...]) -> Any:
        """(count, *shape), the same whenever it is asked for."""
        if key not in self.values:
            self.values[key] = self.numbers.random(self.random, (self.count, *shape))
        return self.values[key]


@dataclass
class Choices:
    """The free values of ``count`` draws at a point; each is chosen once and kept."""

    rules: Rules
    point: Point
    count: int
    kept: dict[Any, Any] = field(default_factory=dict)

    def _free(self, key: Any, shape: tuple[int, ...], drawn: bool) -> Any:
        if not drawn:
            return self.point.value(key, shape)
        if key not in self.kept:
            fresh = self.point.numbers.random(self.point.random, (self.count, *shape))
            self.kept[key] = fresh
        return self.kept[key]

    def free(self, name: str) -> Any:
        """A constant: the same at every point modulo this prime."""
        own = np.random.default_rng([self.point.numbers.p, *name.encode()])
        return self.point.numbers.random(own, (1,))

    def exp(self, place: int, z: Any) -> Any:
        powers = self.rules.powers
        if powers is None:
            return self._free(("exp", place), z.shape[1:], place in self.rules.of_inputs)
        if ("exp", place) not in self.kept:
            self.kept["exp", place] = self._of_basis(powers, powers.at[place], z.shape[1:])
        return self.kept["exp", place]

    def _of_basis(self, powers: Powers, exponents: Any, shape: tuple[int, ...]) -> Any:
        f = self.point.numbers
        parts = [(self._free("drawn", (powers.drawn,), True), 0)]
        if powers.held:  # of all patterns at one point that of one alone
            parts += [(self.point.value("held", (powers.held,)), powers.drawn)]
        parts += [(self.free("e")[:, None], powers.drawn + powers.held)]
        made = np.ones((1, exponents.shape[0]), np.uint64)
        for values, at in parts:
            for j in range(values.shape[1]):
                column = exponents[:, at + j]
                for e in sorted({int(x) for x in column} - {0}):
                    power = f.power(values[:, j], e % (f.p - 1))
                    with_it = f.mul(made, power[:, None])
                    made = np.where(column == e, with_it, made)
        return made.reshape(-1, *shape)

    def log(self, place: int, z: Any) -> Any:
        return self._alike("log", place, z)

    def erf(self, place: int, z: Any) -> Any:
        return self._alike("erf", place, z)

    def _alike(self, kind: str, place: int, z: Any) -> Any:
        alike, f = self.rules.alike, self.point.numbers
        if alike is None:
            return self._free((kind, place), z.shape[1:], place in self.rules.of_inputs)
        classes, signs = alike.at[place]
        columns = []
        for c, s in zip(classes.tolist(), signs.tolist(), strict=True):
            value = self._free((kind, c), (), alike.drawn[c])
            columns.append(value if s > 0 else f.neg(value) if s else np.zeros_like(value))
        width = max(x.shape[0] for x in columns)
        made = np.stack([np.broadcast_to(x, (width,)) for x in columns], axis=1)
        return made.reshape(width, *z.shape[1:])

    def sqrt(self, place: int, z: Any) -> Any:
        """The root that the filter kept."""
        return self.kept["sqrt", place]

    def pattern(self, place: int, z: Any, k: int, axis: int) -> Any:
        if place not in self.kept:
            assert self.rules.patterns is not None
            self.kept |= self.rules.patterns.draw(self.point.random, self.count)
        return self.kept[place]

    def pick(self, places: Any) -> None:
        """Keep these draws only, in this order."""
        of = lambda x: x[places] if x.shape[0] == self.count else x
        self.kept = {key: of(x) for key, x in self.kept.items()}
        if self.point.count == self.count and self.count > 1:
            self.point.theta = self.point.theta[places]
            self.point.values = {key: x[places] for key, x in self.point.values.items()}
        self.count = len(places)
