"""The rates of letters of formulas that are weights of a model, or functions of these: the gradient
flow of a loss, from the model's phi.

    NET = Weights("signed-power", (2, 1), "p m")    # beta = p^2 - m^2
    Formulas.following("...", letters, atoms, Follows(NET, 2 * RHO * NET.phi[0]))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from verify.exact.errors import BadInput, require
from verify.models.formula_atoms import Atom, Letter, Power
from verify.models.formula_slopes import added, derivative, held
from verify.models.formula_weights import Weights
from verify.terms.expr import Expr, const
from verify.terms.tidied import Tidy
from verify.terms.words import words

__all__ = ["Derived", "Follows", "Weights"]


class Derived(dict[str, Expr]):
    """Rates by letter; ``said`` is what they are."""

    said = ""


@dataclass(frozen=True)
class Follows:
    """Gradient flow of ``loss``, which holds entries of ``net.phi``, in those weights that are
    letters of the formulas. ``along``: letters as functions of the weights, their rates by the
    chain rule; ``put``: weights that are no letters, in letters; ``own``: rates of other
    letters, such as a clock. A weight that is an atom of the formulas is held while others move,
    which is said, unless the atom is seen to move as the weight does.
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
        every, atoms = atoms, [a for a in atoms if a.name not in self.net.names]
        for name, e in self.along.items():
            if self.put and tidy.of(e) != const(name):
                raise BadInput(
                    f"{name} = {words(e)}; with what is put in it is {words(tidy.of(e))}"
                )
        slopes = self._slopes(atoms, tidy)
        chained = {x: _changed(e, slopes, atoms) for x, e in self.along.items()}
        self._put_moves(slopes, chained, atoms, tidy)
        moved = {x: slopes[x] for x in self.net.names if x in {y.name for y in letters}} | chained
        told = [a.name for a in every if a.name in self.net.names]
        stay = [x for x in told if tidy.sum(slopes[x] - _changed(const(x), moved, every))]
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

    def _put_moves(
        self, slopes: Mapping[str, Expr], moved: Mapping[str, Expr], atoms: list[Atom], tidy: Tidy
    ) -> None:
        """What is put in for a weight moves as the weight does."""
        for x, e in self.put.items():
            if x not in slopes:
                raise BadInput(f"Follows: put: {x} is no weight")
            if tidy.sum(slopes[x] - _changed(e, moved, atoms)):
                said = f"{x} moves by another rate than {words(e)}, which is put in for it"
                raise BadInput(f"Follows: {said}")

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
        told = {x for e in self.along.values() for x in e.constants()}
        rows = [*self.along.items(), *((x, e) for x, e in self.put.items() if x not in told)]
        shown = [f"{x} = {words(e)}" for x, e in rows]
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


def _changed(e: Expr, rates: Mapping[str, Expr], atoms: Sequence[Atom]) -> Expr:
    """Its derivative along a flow, by the chain rule."""
    return added(derivative(e, x, atoms) * r for x, r in rates.items())
