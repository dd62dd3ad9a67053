"""A loss J(w): an expression in forms (w'Sw, m'w), coordinates and numbers, together with its exact
data.

Abstract losses have no expression; proofs only ever see their gradient as a free vector g.
Minimised, always.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from verify.exact.errors import BadInput
from verify.models.losses.data import Datum, Draw, draw_data, read_data
from verify.models.losses.matrices import times_vector
from verify.spelling import notation
from verify.spelling.tex import inline, matrix, number, sentence, vector
from verify.terms.expr import Expr, num
from verify.terms.words import latex

if TYPE_CHECKING:
    from verify.models.data.scatter import Scatter


@dataclass(frozen=True)
class Loss:
    """A concrete loss with data. ``data`` maps names to symmetric matrices, vectors or numbers, all
    exact.
    """

    name: str
    text: str
    expr: Expr
    data: Mapping[str, Datum] = field(default_factory=dict)

    @cached_property
    def partials(self) -> tuple[tuple[Expr, Expr], ...]:
        """Pairs (leaf, dF/dleaf) for every form and coordinate in the expression."""
        leaves = sorted({x for x in self.expr.walk() if x.head in ("form", "at")}, key=repr)
        return tuple((leaf, partial(self.expr, leaf)) for leaf in leaves)

    def latex(self, data: bool = True) -> str:
        """The loss, and its data unless these are not wanted, in LaTeX."""
        used = {x.args[1] for x in self.expr.walk() if x.head == "form"} - {"I"} if data else set()
        given = [
            inline(f"{notation.name(n)} = {_tex(x)}")
            for n, x in sorted(self.data.items())
            if n in used
        ]
        return sentence((inline(f"J(w) = {latex(self.expr)}"), *given))

    def matvec(self, name: str, w: Sequence, number: Callable[[Fraction], object]) -> list:
        """S w over any ring; ``number`` brings a fraction into it."""
        return times_vector(self.data[name], w, number)  # type: ignore[arg-type]


def _tex(x: Any) -> str:
    if hasattr(x, "dense"):
        x = x.dense()
    if not isinstance(x, tuple):
        return number(x)
    return matrix([[number(y) for y in row] for row in x]) if isinstance(x[0], tuple) else vector(x)


def partial(node: Expr, leaf: Expr) -> Expr:
    """d node / d leaf by the rules; no simplification beyond dropping zeros."""
    if node == leaf:
        return num(1)
    match node:
        case Expr("+", args):
            parts = [p for p in (partial(a, leaf) for a in args) if p != num(0)]
            return Expr("+", tuple(parts)) if len(parts) > 1 else parts[0] if parts else num(0)
        case Expr("*", args):
            terms = []
            for j, a in enumerate(args):
                p = partial(a, leaf)
                if p != num(0):
                    terms.append(Expr("*", (p, *args[:j], *args[j + 1 :])))
            return Expr("+", tuple(terms)) if len(terms) > 1 else terms[0] if terms else num(0)
        case Expr("^", (base, exponent)):
            p = partial(base, leaf)
            return num(0) if p == num(0) else exponent * base ** num(exponent.args[0] - 1) * p
        case Expr("log", (body,)):
            p = partial(body, leaf)
            return num(0) if p == num(0) else p / body
        case Expr("exp", (body,)):
            p = partial(body, leaf)
            return num(0) if p == num(0) else node * p
    return num(0)


@dataclass(frozen=True, slots=True)
class Family:
    """A named loss whose data are still to be drawn or read: ``expr(width)`` names them (S_B, S_W,
    m, lambda, ...).

    ``text`` is the formula that people read, ``numbers`` the scalar constants in it, ``still`` says
    why nothing moves, where nothing does, ``drawn`` that its data are drawn only (never taken from
    a data set), and ``see`` the claim about it.
    """

    name: str
    text: str
    expr: Callable[[int], Expr]
    numbers: Mapping[str, Fraction] = field(default_factory=dict)
    widths: tuple[int, int] = (1, 10**9)
    still: str = ""
    drawn: bool = False
    see: str = ""

    def build(self, width: int, draw: Draw) -> Loss:
        """A loss with small exact data."""
        return self._with(width, lambda kind, name: draw_data(kind, name, width, draw))

    def on(self, scatter: Scatter) -> Loss:
        """The loss of a data set. Raises BadInput where the data set does not offer what the loss
        needs.
        """
        if self.drawn:
            raise BadInput(
                f"--loss {self.name} draws its own data and cannot be taken from {scatter.name}:"
                " leave out --data"
            )
        return self._with(
            len(scatter.columns), lambda kind, name: read_data(kind, name, scatter, self.name)
        )

    def _with(self, width: int, supply: Callable[[str, str], Datum]) -> Loss:
        low, high = self.widths
        if not low <= width <= high:
            raise BadInput(
                f"--loss {self.name} is available for widths {low} to {high}, got width {width}"
            )
        expr = self.expr(width)
        forms = sorted({(*x.args,) for x in expr.walk() if x.head == "form"})
        data: dict[str, Datum] = {name: supply(kind, name) for kind, name in forms}
        return Loss(self.name, self.text, expr, {**data, **self.numbers})
