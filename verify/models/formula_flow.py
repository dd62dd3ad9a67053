"""The rates of letters of formulas that are weights of a model, or functions of these: the gradient
flow of a loss, from the model's phi.

    NET = Weights("signed-power", (2, 1), "p m")    # beta = p^2 - m^2
    Formulas.following("...", letters, atoms, Follows(NET, 2 * RHO * NET.phi[0]))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from verify.exact.errors import BadInput, require
from verify.models.catalogue import model
from verify.models.derived import arranged
from verify.models.formula_atoms import Atom, Letter, Power
from verify.models.formula_slopes import added, derivative, held
from verify.terms.affine import Affine
from verify.terms.array_values import Arithmetic, Rows, Values
from verify.terms.expr import Expr, const, num
from verify.terms.tidied import Tidy
from verify.terms.words import words

Size = int | Expr


@dataclass(frozen=True)
class Weights:
    """All entries of a model's letters, by names, in the model's order. A size that is an exponent
    may be an expression; a member of a family, a number, may stand ``times`` (an expression).

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
            type(x) is int or (type(x) is Expr and not x.constants() & {*names}) for x in self.sizes
        )
        require(fits, "Weights: sizes", self.sizes, "a tuple of whole numbers: (2, 1)")
        places = {i for _, i in self._given}
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
    def _whole(self) -> dict[str, Any]:
        return model(self.model).at(tuple(2 if isinstance(s, Expr) else s for s in self.sizes))

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
        many = [f"{of.letters[0].name}_{i} {words(x)} times" for i, x in self.times.items()]
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


class Derived(dict[str, Expr]):
    """Rates by letter; ``said`` is what they are."""

    said = ""


@dataclass(frozen=True)
class Follows:
    """Gradient flow of ``loss``, which holds entries of ``net.phi``, in those weights that are
    letters of the formulas. ``along``: letters as functions of the weights, their rates by the
    chain rule; ``put``: weights that are no letters, in letters; ``own``: rates of other
    letters, such as a clock. A weight that is an atom of the formulas is held while others move.
    ``fibre``: on the fibres of phi, which has one output: the part along grad phi is taken away.
    """

    net: Weights
    loss: Expr
    along: Mapping[str, Expr] = field(default_factory=dict)
    put: Mapping[str, Expr] = field(default_factory=dict)
    own: Mapping[str, Expr] = field(default_factory=dict)
    fibre: bool = False

    def __post_init__(self) -> None:
        """Raises BadInput for a field of another type, and for fibres of several outputs."""
        require(isinstance(self.net, Weights), "Follows: net", self.net, "Weights(...)")
        require(isinstance(self.loss, Expr), "Follows: loss", self.loss, "an expression")
        fits = not self.fibre or (len(self.net.phi) == 1 and not self.net.times)
        require(fits, "Follows: fibre", self.fibre, "a model with one output, each member once")
        for what in ("along", "put", "own"):
            value = getattr(self, what)
            fits = isinstance(value, Mapping) and all(isinstance(e, Expr) for e in value.values())
            require(fits, f"Follows: {what}", value, "expressions by letter: {'t': num(1)}")

    def rates(self, letters: Sequence[Letter], atoms: Sequence[Atom]) -> Derived:
        """Raises BadInput where what is put in for a weight is not what the weight is, and where a
        derivative would take for constant what moves with the weights.
        """
        tidy = self._tidy(letters, atoms)
        self._one_rate()
        self._in_weights(atoms)
        if both := self.put.keys() & {x.name for x in letters}:
            raise BadInput(f"Follows: put: {', '.join(sorted(both))} is a letter of the formulas")
        stay = [a.name for a in atoms if a.name in self.net.names]
        atoms = [a for a in atoms if a.name not in self.net.names]
        for name, e in self.along.items():
            if self.put and tidy.of(e) != const(name):
                raise BadInput(
                    f"{name} = {words(e)}; with what is put in it is {words(tidy.of(e))}"
                )
        slopes = self._slopes(atoms, tidy)
        moved = {x: slopes[x] for x in self.net.names if x in {y.name for y in letters}}
        moved |= {
            name: added(derivative(e, x, atoms) * s for x, s in slopes.items())
            for name, e in self.along.items()
        }
        found = Derived({x: tidy.of(e) for x, e in moved.items() if x not in self.own})
        found |= self.own
        found.said = self._said(found, stay)
        return found

    def _slopes(self, atoms: Sequence[Atom], tidy: Tidy) -> dict[str, Expr]:
        """Of all weights; on a fibre of x minus (g - <n, g>/<n, n> n) for n = grad x."""
        names = self.net.names
        g = {x: derivative(self.loss, x, atoms) for x in names}
        if self.fibre:
            n = {x: derivative(self.net.phi[0], x) for x in names}
            square = tidy.of(added(n[x] ** 2 for x in names))
            along = added(n[x] * g[x] for x in names) / square
            g = {x: g[x] - along * n[x] for x in names}
        return {x: -g[x] / many for x, many in names.items()}

    def _one_rate(self) -> None:
        """Of a function of weights, which is no weight: that of the chain rule."""
        for others, what in (
            (self.net.names, "a weight, and a function of weights"),
            (self.own, "a function of weights, and its rate is given"),
        ):
            if both := self.along.keys() & others.keys():
                raise BadInput(f"Follows: along: {', '.join(sorted(both))} is {what}")

    def _in_weights(self, atoms: Sequence[Atom]) -> None:
        """What is derived by weights holds no letter that stands for a function of them, and no
        weight whose rate is given; what is put in for one holds none.
        """
        rows = [(f"{x} = ", e, {*self.along, *self.own}) for x, e in self.along.items()]
        rows += [(f"{x} = ", e, {*self.net.names, *self.own}) for x, e in self.put.items()]
        for what, e, others in (("the loss ", self.loss, {*self.along}), *rows):
            if wrong := others & held(e, [a for a in atoms if a.name not in self.net.names]):
                raise BadInput(
                    f"Follows: {what}{words(e)} holds {', '.join(sorted(wrong))}, which"
                    " moves by another rate; expected the weights themselves, as in net.phi"
                )

    def _said(self, found: Derived, stay: list[str]) -> str:
        names = [x for x in self.net.names if x in found and x not in self.own]
        shown = [f"{x} = {words(e)}" for x, e in self.along.items()]
        moving = ", ".join(names or self.net.names)
        moving += f", {', '.join(stay)} held" if stay else ""
        where = f", where {', '.join(shown)}" if shown else ""
        fibre = f" on the fibres of {words(self.net.phi[0])}" if self.fibre else ""
        return f"gradient flow of {words(self.loss)}{fibre} in {moving} ({self.net.said()}){where}"

    def _tidy(self, letters: Sequence[Letter], atoms: Sequence[Atom]) -> Tidy:
        names = [x.name for x in (*letters, *atoms)]
        moving = {*self.net.names, *self.along, *self.own, *(a.name for a in atoms)}
        put = {const(x): e for x, e in self.put.items()}
        put |= {e: const(x) for x, e in self.along.items() if e.head == "exp"}
        return Tidy(
            [*(x for x in names if x not in moving), *(x for x in names if x in moving)],
            frozenset(names) - moving,
            frozenset(x.name for x in letters if x.sign == ">"),
            put,
            [(a.name, a.of, a.exponent) for a in atoms if isinstance(a, Power)],
        )
