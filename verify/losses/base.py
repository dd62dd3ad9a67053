"""A loss J(w): an expression in forms (w'Sw, m'w), coordinates and numbers, together with its exact data.

Abstract losses have no expression; proofs only ever see their gradient as a free vector g. Minimised, always.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from verify.algebra.expr import Expr, num

Matrix = tuple[tuple[Fraction, ...], ...]
Vector = tuple[Fraction, ...]
Draw = Callable[[], Fraction]


@dataclass(frozen=True)
class Loss:
    """A concrete loss with data. ``data`` maps names to symmetric matrices, vectors or numbers, all exact."""

    name: str
    text: str
    expr: Expr
    data: Mapping[str, Matrix | Vector | Fraction] = field(default_factory=dict)

    @cached_property
    def partials(self) -> tuple[tuple[Expr, Expr], ...]:
        """Pairs (leaf, dF/dleaf) for every form and coordinate in the expression."""
        leaves = sorted({x for x in self.expr.walk() if x.head in ("form", "at")}, key=repr)
        return tuple((leaf, partial(self.expr, leaf)) for leaf in leaves)

    def matvec(self, name: str, w: Sequence, number: Callable[[Fraction], object]) -> list:
        """S w over any ring; ``number`` brings a fraction into it. Zero entries cost nothing."""
        matrix = self.data[name]
        assert isinstance(matrix, tuple)
        result = []
        for row in matrix:
            assert isinstance(row, tuple)
            total = None
            for a, x in zip(row, w, strict=True):
                if a:
                    term = x if a == 1 else number(a) * x  # type: ignore[operator]
                    total = term if total is None else total + term
            result.append(number(Fraction(0)) * w[0] if total is None else total)  # type: ignore[operator]
        return result


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
    """A named loss whose data are still to be drawn or read.

    ``build(width, draw)`` draws small exact data; ``needs`` names what real data must offer ("S_W > 0", "two classes").
    ``text`` is the formula that people read; ``moves`` is False where the loss is constant in w.
    """

    name: str
    text: str
    build: Callable[[int, Draw], Loss]
    from_data: Callable[..., Loss] | None = None
    needs: str = ""
    moves: bool = True
    widths: tuple[int, int] = (1, 10**9)
