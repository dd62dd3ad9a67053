"""A model's letters by names, and its phi in these: sizes that are exponents, and how often a
member stands, may be expressions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from verify.exact.errors import BadInput, require
from verify.models.catalogue import model
from verify.models.catalogue.base import Sizes, shape
from verify.models.derived import arranged
from verify.models.formula_slopes import added
from verify.terms.affine import Affine
from verify.terms.array_values import Arithmetic, Rows, Values
from verify.terms.expr import Expr, const, num
from verify.terms.tidied import Tidy
from verify.terms.words import words

Size = int | Expr


@dataclass(frozen=True)
class Weights:
    """All entries of a model's letters, by names, in the model's order. A size that is an exponent
    may be an expression; a layer may stand ``times`` (an expression).

    Raises BadInput for an unknown model, sizes that do not fit, too few or too many names, a field
    of another type.
    """

    model: str
    sizes: tuple[Size, ...]
    at: str
    times: Mapping[int, Expr] = field(default_factory=dict)

    def __post_init__(self) -> None:
        require(isinstance(self.model, str), "Weights: model", self.model, "the name of a model")
        names = self.at.split() if isinstance(self.at, str) else []
        fits = bool(names) and len(names) == len(set(names))
        require(fits, "Weights: at", self.at, "names of all entries, each once: 'p m'")
        fits = isinstance(self.sizes, tuple) and all(
            type(x) is int or (type(x) is Expr and x.constants() and not x.constants() & {*names})
            for x in self.sizes
        )
        fits = fits and self._laid(2) == self._laid(3)
        wanted = "a tuple of whole numbers: (2, 1); an exponent may be an expression in letters"
        require(fits, "Weights: sizes", self.sizes, wanted)
        layered = model(self.model).depth  # a unit that stands twice is no power
        places = {i for _, i in self._given if layered}
        fits = isinstance(self.times, Mapping) and set(self.times) <= places - {None}
        fits = fits and all(_often(x, {*names}) for x in self.times.values())
        wanted = "an expression without weights, or a number >= 1, by member: {1: const('L')}"
        require(fits, "Weights: times", self.times, wanted)

    @cached_property
    def names(self) -> dict[str, Expr]:
        """Each with how often it stands there."""
        found: dict[str, Expr] = {}
        names = iter(self.at.split())
        for (_, i), rows in self._given.items():
            found |= {next(names): self.times.get(i or 0, num(1)) for row in rows for _ in row}
        return found

    @cached_property
    def _given(self) -> dict[tuple[str, int | None], Rows]:
        of, sizes = model(self.model), self._whole
        return arranged(of.members(sizes), sizes, [const(x) for x in self.at.split()])

    @cached_property
    def _whole(self) -> Sizes:
        return self._with(2)

    def _with(self, n: int) -> Sizes:
        """With a number for expressions."""
        return model(self.model).at(tuple(n if isinstance(s, Expr) else s for s in self.sizes))

    def _laid(self, n: int) -> list[tuple[int, int]]:
        """Which matrices there are: as many, of the same sizes, whatever an exponent is."""
        sizes = self._with(n)
        return [shape(x, i, sizes) for x, i in model(self.model).members(sizes)]

    @cached_property
    def phi(self) -> tuple[Expr, ...]:
        """The model's output as a row of expressions in the names."""
        of = model(self.model)
        named = {s.name: x for s, x in zip(of.sizes, self.sizes, strict=False)}
        given = {s: x for s, x in named.items() if isinstance(x, Expr)}
        values = _Named(self._given, self._whole, Arithmetic(lift=num))
        values.named, values.times = given, self.times
        return tuple(x for rows in values.stack(of.phi) for row in rows for x in row)

    def said(self) -> str:
        """Which model, of what sizes; its depth is that of members that stand several times."""
        of = model(self.model)
        named = [s.name for s in of.sizes for _ in (self.sizes if s.run else [0])]
        shown = [f"{n} = {_word(s)}" for n, s in zip(named, self.sizes, strict=True)]
        if of.sizes[0].run:
            shown = [f"widths {', '.join(map(_word, self.sizes))}"]
        kept = [x for x in shown if not self.times or not x.startswith(f"{of.depth} = ")]
        places = {i: " and ".join(f"{n}_{i}" for n, j in self._given if j == i) for i in self.times}
        many = [f"{places[i]} {words(x)} times" for i, x in self.times.items()]
        return ", ".join([of.title, *kept, *many])


def _often(x: Any, names: set[str]) -> bool:
    """Whether it says how often a member stands: no weight is in it; a number is 1, 2, 3, .."""
    if not isinstance(x, Expr) or x.constants():
        return isinstance(x, Expr) and not x.constants() & names
    many = Tidy().of(x)
    return many.head == "num" and many.args[0] >= 1 and many.args[0].denominator == 1


class _Named(Values):
    """Values in expressions, with sizes and lengths of runs that are expressions, too."""

    named: Mapping[str, Expr]
    times: Mapping[int, Expr]

    def _number(self, e: Any, at: Mapping[str, int]) -> Any:
        if isinstance(e, Affine) and any(n in self.named for n, _ in e.terms):
            terms = [self.named[n] if c == 1 else c * self.named[n] for n, c in e.terms]
            return added([*terms, num(e.const)])
        return super()._number(e, at)

    def _power(self, x: Rows, e: Any) -> Rows:
        return [[a**e for a in row] for row in x]

    def _of_run(self, head: str, args: tuple, at: dict[str, int]) -> Rows | None:
        """Members that stand several times are powers, of numbers or entry by entry."""
        given = dict(self.given)
        for i, many in self.times.items():
            rows = given[args[0].name, i]
            if head == "chain" and (len(rows), len(rows[0])) != (1, 1):
                raise BadInput(f"member {i} stands {words(many)} times; expected a number")
            given[args[0].name, i] = self._power(rows, many)
        return Values(given, self.sizes, self.ring)._of_run(head, args, at)


def _word(x: Size) -> str:
    return words(x) if isinstance(x, Expr) else str(x)
