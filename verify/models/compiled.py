"""A model's motion at given sizes as a straight line of operations, made once and run over any
ring: jets, recorded symbols, fractions, polynomials.

    line = compiled(MODEL, {"L": 3, "n": 2})
    here = line.at(theta, lift)          # here.phi, here.products
    here.slopes(g, kappa=..., eta=...)   # entry by entry; after a descent step the new values

It is written by evaluating phi and its gradient on symbols, so that nothing of it is typed. What
two places need is computed once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from verify.models.catalogue.base import Model, shape
from verify.models.derived import (
    ETA,
    KAPPA,
    Given,
    arranged,
    coordinates,
    motion,
    outputs,
    slopes_in,
)
from verify.terms.affine import Affine
from verify.terms.array_families import others, walk
from verify.terms.array_values import Arithmetic, Sizes, Values

Lift = Callable[[Fraction], Any]
#: (operation, place, place): + * -, or a number and its place
Step = tuple[str, Any, Any]


@dataclass
class _Tape:
    """``count`` places are given; each step fills one more. Equal steps are one."""

    count: int
    steps: list[Step] = field(default_factory=list)
    known: dict[Step, int] = field(default_factory=dict)

    def push(self, step: Step) -> _Symbol:
        if step not in self.known:
            self.known[step] = self.count
            self.steps.append(step)
            self.count += 1
        return _Symbol(self, self.known[step])

    def number(self, value: Fraction) -> _Symbol:
        made = self.push(("number", Fraction(value), 0))
        return _Symbol(self, made.place, Fraction(value))

    def take(self, count: int) -> list[_Symbol]:
        """Places that are given when the steps so far have run."""
        found = [_Symbol(self, self.count + i) for i in range(count)]
        self.count += count
        return found


@dataclass(frozen=True)
class _Symbol:
    tape: _Tape
    place: int
    value: Fraction | None = None

    def __add__(self, other: _Symbol) -> _Symbol:
        return self.tape.push(("+", self.place, other.place))

    def __mul__(self, other: _Symbol) -> _Symbol:
        for c, x in ((self.value, other), (other.value, self)):
            if c == 1:
                return x
            if c == -1:
                return self.tape.push(("-", x.place, 0))
        return self.tape.push(("*", self.place, other.place))


@dataclass(frozen=True)
class Line:
    """``first`` needs the coordinates and gives phi, ``named`` the products that the gradient
    names, ``last`` also needs the gradient of the loss, kappa and eta.
    """

    first: tuple[Step, ...]
    named: tuple[Step, ...]
    last: tuple[Step, ...]
    phi: tuple[int, ...]
    products: tuple[int, ...]
    rates: tuple[int, ...]

    def at(self, theta: Sequence[Any], lift: Lift) -> Here:
        """At one state, in numbers that ``lift`` makes of fractions."""
        return Here(self, _ran(list(theta), self.first, lift), lift)


@dataclass(frozen=True)
class Here:
    """``products``: all factors but one, for each factor of an entrywise run."""

    line: Line
    places: list[Any]
    lift: Lift

    @property
    def phi(self) -> list[Any]:
        return [self.places[i] for i in self.line.phi]

    @cached_property
    def _named(self) -> list[Any]:
        return _ran(list(self.places), self.line.named, self.lift)

    @property
    def products(self) -> list[Any]:
        return [self._named[i] for i in self.line.products]

    def slopes(self, g: Sequence[Any], kappa: Any = None, eta: Any = None) -> list[Any]:
        """``kappa`` and ``eta`` where the motion has them."""
        given = [x for x in (kappa, eta) if x is not None]
        found = _ran([*self._named, *g, *given], self.line.last, self.lift)
        return [found[i] for i in self.line.rates]


def _ran(places: list[Any], steps: Sequence[Step], lift: Lift) -> list[Any]:
    for op, a, b in steps:
        if op == "*":
            places.append(places[a] * places[b])
        elif op == "+":
            places.append(places[a] + places[b])
        else:
            places.append(-places[a] if op == "-" else lift(a))
    return places


def compiled(model: Model, sizes: Sizes, decay: bool = False, descent: bool = False) -> Line:
    """Raises BadInput for a model whose phi needs more than + and *."""
    return _compiled(model, tuple(sorted(sizes.items())), decay, descent)


@lru_cache(maxsize=256)
def _compiled(model: Model, sizes: tuple, decay: bool, descent: bool) -> Line:
    return _written(model, dict(sizes), decay, descent)


def _written(model: Model, sizes: Sizes, decay: bool, descent: bool) -> Line:
    tape = _Tape(len(coordinates(model, sizes)))
    ring = Arithmetic(lift=tape.number)
    theta = [_Symbol(tape, i) for i in range(tape.count)]
    known: Given = dict(arranged(model.members(sizes), sizes, theta))
    values = Values(known, sizes, ring)
    phi = [x for rows in values.stack(model.phi) for row in rows for x in row]
    cut = len(tape.steps)
    products = _products(model, sizes, values)
    end = len(tape.steps)
    places = [(of, i, *shape(of, i, sizes)) for of, i in outputs(model, sizes)]
    symbols = tape.take(sum(r * c for _, _, r, c in places))
    known |= arranged([(of, i) for of, i, _, _ in places], sizes, symbols)
    for letter in [*([KAPPA] if decay else []), *([ETA] if descent else [])]:
        known[letter.name, None] = [tape.take(1)]
    rates = slopes_in(motion(model, descent, decay), sizes, values)
    at = lambda found: tuple(x.place for x in found)
    first, named, last = tape.steps[:cut], tape.steps[cut:end], tape.steps[end:]
    return Line(tuple(first), tuple(named), tuple(last), at(phi), at(products), at(rates))


def _products(model: Model, sizes: Mapping, values: Values) -> list[_Symbol]:
    """The product of all other factors, for each factor of an entrywise run."""
    parts = [y for x in motion(model).rates.values() for y in walk(x) if y.head == "others"]
    runs = {y.args[0] for y in parts}
    found: list[_Symbol] = []
    for letter, i in model.members(sizes):
        if letter in runs and i is not None:
            rows = values.sized(others(letter, Affine(i)), *shape(letter, i, sizes))
            found += [x for row in rows for x in row]
    return found
