"""A statement at one exact point.

The flow is expanded in a Taylor jet of the order that the statement needs, over fractions or balls,
and the statement's expressions are read off it. This is the route by which anything is refuted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

from verify.exact.jets import Jet
from verify.exact.rings import Inexact, Ring
from verify.models.catalogue.diagonal import MODEL
from verify.models.compiled import Here, compiled
from verify.models.losses.base import Loss
from verify.models.losses.calculus import euler_value, loss_gradient, loss_value
from verify.models.point import Point
from verify.terms.exponents import exponent_of
from verify.terms.expr import Expr, kind_of


class Corner(ZeroDivisionError):
    """A derivative is taken where there is none."""


class Motion:
    """Jets of u, w, P, g, J and q at a point, along the flow that phi gives."""

    def __init__(
        self,
        point: Point,
        ring: Ring,
        order: int,
        *,
        decay: str | None = None,
        balanced: bool = False,
        origin: Motion | None = None,
    ) -> None:
        """``origin`` is the motion at time 0 where the point is a later state: what ``start``
        refers to.
        """
        self.point, self.ring, self.balanced, self.origin = point, ring, balanced, origin
        self.length, self._smooth = order + 1, 0
        kappa = point.constants[decay] if decay else Fraction(0)
        self._line = compiled(MODEL, point.sizes, decay=bool(kappa))
        u = [[Jet.constant(ring, x, 1) for x in row] for row in point.start]
        for s in range(order):
            slopes = self._fill(u, s + 1).slopes(self.g, self.lift(kappa) if kappa else None)
            for jet, slope in zip((x for row in u for x in row), slopes, strict=True):
                jet.c.append(slope.c[s] / ring.number(Fraction(s + 1)))
        self._fill(u, self.length)

    def _fill(self, u: list[list[Jet]], length: int) -> Here:
        self.u, width = u, self.point.width
        lift = lambda x: Jet.constant(self.ring, x, length)
        here = self._line.at([x for row in u for x in row], lift)
        self.w, products = here.phi, here.products
        self.P = [products[l * width : (l + 1) * width] for l in range(self.point.depth)]
        self.g = loss_gradient(self.point.loss, self.w, lift)
        return here

    def lift(self, x: Fraction) -> Jet:
        return Jet.constant(self.ring, x, self.length)

    def loss(self) -> Jet:
        return loss_value(self.point.loss, self.w, self.lift)

    def root(self, i: int) -> Jet:
        """q_i; balanced: u_1,i^2, otherwise |w_i|^(2/L), which needs w_i != 0 once time derivatives
        are taken.
        """
        if self.balanced:
            return self.u[0][i] * self.u[0][i]
        if self.point.depth == 1:
            return self.w[i] * self.w[i]
        return self._abs(self.w[i]).power(Fraction(2, self.point.depth))

    def _abs(self, x: Jet) -> Jet:
        """|x|, whose one-sided derivative at a corner is no derivative."""
        self._is_smooth(x)
        return x.abs()

    def _is_smooth(self, x: Jet) -> None:
        if self._smooth and x.kink():
            raise Corner(f"|x| has no derivative at x = 0, x' = {self.ring.text(x.c[1])}")

    def _derivative(self, body: Expr, scope: Mapping[str, int]) -> Jet:
        """The derivative from both sides: a state at which it does not exist is no witness. Raises
        Corner.
        """
        self._smooth += 1
        try:
            return self.value(body, scope).derivative()
        finally:
            self._smooth -= 1

    def after(self) -> Motion:
        """The same point after one descent step of length eta."""
        number, width = self.ring.number, self.point.width
        eta = number(self.point.constants["eta"])
        line = compiled(MODEL, self.point.sizes, descent=True)
        here = line.at([number(x) for row in self.point.start for x in row], number)
        found = here.slopes([x.c[0] for x in self.g], eta=eta)
        rows = [tuple(found[i : i + width]) for i in range(0, len(found), width)]
        return Motion(
            Point(tuple(rows), self.point.loss, self.point.constants),
            self.ring,
            self.length - 1,
            balanced=False,
        )

    def value(self, node: Expr, scope: Mapping[str, int]) -> Jet:
        match node:
            case Expr("num", (x,)):
                return self.lift(x)
            case Expr("const", (name,)):
                return self.lift(self.constant(name))
            case Expr("loss"):
                return self.loss()
            case Expr("at", (name, *indices)):
                return self._atom(
                    name,
                    [scope.get(x, x) if isinstance(x, str) else x for x in indices],  # type: ignore[arg-type]
                )
            case Expr("+", args):
                return _fold([self.value(a, scope) for a in args], lambda a, b: a + b)
            case Expr("*", args):
                return _fold([self.value(a, scope) for a in args], lambda a, b: a * b)
            case Expr("^", (base, e)):
                a, b = exponent_of(e)
                return self.value(base, scope).power(a + b * self.point.depth)
            case Expr("sum" | "prod" | "max" | "min" as head, (index, kind, body)):
                size = self.point.width if kind == "coordinates" else self.point.depth
                values = [self.value(body, {**scope, index: s}) for s in range(1, size + 1)]
                return self._over(head, values)
            case Expr("abs", (body,)):
                return self._abs(self.value(body, scope))
            case Expr("D", (body,)):
                return self._derivative(body, scope)
            case Expr("next", (body,)):
                return self.after().value(body, scope)
            case Expr("start", (body,)):
                inner = (self.origin or self).value(body, scope)
                return Jet(
                    self.ring, [inner.c[0], *[self.ring.number(Fraction(0))] * (self.length - 1)]
                )
            case Expr("form" | "log" | "exp"):
                return loss_value(self._named(node), self.w, self.lift)
            case Expr("euler", (body,)):
                return euler_value(self._named(body), self.w, self.lift)
        raise Inexact(f"'{node.head}' has no value at a point")

    def _over(self, head: str, values: list[Jet]) -> Jet:
        if head in ("sum", "prod"):
            return _fold(values, (lambda a, b: a + b) if head == "sum" else (lambda a, b: a * b))
        best = values[0]
        for v in values[1:]:
            self._is_smooth(v - best)
            if ((v - best).germ() > 0) == (head == "max"):
                best = v
        return best

    def _named(self, expr: Expr) -> Loss:
        """An expression in forms as a loss of its own on the data of this point."""
        return Loss("", "", expr, {**self.point.loss.data, **self.point.constants})

    def constant(self, name: str) -> Fraction:
        """Raises KeyError for a constant without a value here."""
        if name in ("L", "n"):
            return Fraction(self.point.depth if name == "L" else self.point.width)
        return self.point.constants[name]

    def _atom(self, name: str, at: Sequence[int]) -> Jet:
        if any(
            not 1
            <= x
            <= (self.point.width if kind_of(name, p) == "coordinates" else self.point.depth)
            for p, x in enumerate(at)
        ):
            raise IndexError(
                f"{name}{list(at)} does not exist at depth {self.point.depth}, width"
                f" {self.point.width}"
            )
        match name:
            case "u":
                return self.u[at[0] - 1][at[1] - 1]
            case "P":
                return self.P[at[0] - 1][at[1] - 1]
            case "R":
                others = [row[at[2] - 1] for l, row in enumerate(self.u, 1) if l not in at[:2]]
                return _fold([self.lift(Fraction(1)), *others], lambda a, b: a * b)
            case "w":
                return self.w[at[0] - 1]
            case "g":
                return self.g[at[0] - 1]
            case "q":
                return self.root(at[0] - 1)
            case "S_B" | "S_W" | "V":
                matrix = self.point.loss.data[name]
                return self.lift(matrix[at[0] - 1][at[1] - 1])  # type: ignore[index]
        raise Inexact(f"unknown atom {name}")


def _fold(values: list[Jet], op) -> Jet:
    result = values[0]
    for v in values[1:]:
        result = op(result, v)
    return result


def assignments(node_indices: Mapping[str, str], depth: int, width: int, distinct: tuple | None):
    """All values of the free index variables; a pair that R needs stays distinct."""
    names = list(node_indices)
    sizes = [depth if node_indices[x] == "layers" else width for x in names]
    for values in product(*(range(1, s + 1) for s in sizes)):
        scope = dict(zip(names, values, strict=True))
        if distinct is None or scope.get(distinct[0], distinct[0]) != scope.get(
            distinct[1], distinct[1]
        ):
            yield scope
