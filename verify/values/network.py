"""Expressions of a network at an exact state, derivatives along the flow included, by the Taylor
jets of ``models.point``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from verify.claims.request import Request
from verify.exact.errors import BadInput, NoValue
from verify.exact.jets import Jet
from verify.exact.rings import Ball, Inexact
from verify.models.formulas import Formulas
from verify.models.jets import Motion, assignments
from verify.models.losses.base import Loss
from verify.models.point import Point
from verify.terms.expr import Expr, num
from verify.terms.order import order_needed
from verify.terms.words import words
from verify.values.formulas import Jets
from verify.values.radicals import Radical, Radicals
from verify.values.record import Value, enclosed, exactly, narrow
from verify.values.smooth import NotSmooth, larger, magnitude

NO_LOSS = Loss("", "no loss", num(0))


class Smooth(Motion):
    """A motion in which |x|, max and min have derivatives only where they have them on both sides
    of the moment.
    """

    def value(self, node: Expr, scope: Mapping[str, int]) -> Jet:
        if node.head == "abs":
            return magnitude(self.value(node.args[0], scope), words(node))
        if node.head in ("max", "min"):
            index, kind, body = node.args
            size = self.point.width if kind == "coordinates" else self.point.depth
            found = [self.value(body, {**scope, index: s}) for s in range(1, size + 1)]
            best = found[0]
            for x in found[1:]:
                best = (
                    larger(best, x, words(node))
                    if node.head == "max"
                    else -larger(-best, -x, words(node))
                )
            return best
        if node.head == "^":
            return self.value(node.args[0], scope).power(self.exponent(node.args[1]))
        return super().value(node, scope)

    def exponent(self, e: Expr) -> Fraction:
        """A rational number at this depth: L, n and constants have values, so 1/L is one. Raises
        Inexact.
        """
        still = Formulas("", ())
        known = {x: self.constant(x) for x in e.constants()}
        found = Jets(still, known, Radicals(), 0).value(e).c[0].rational  # type: ignore[arg-type]
        if found is None:
            raise Inexact(f"the exponent {words(e)} is not rational")
        return found

    def root(self, i: int) -> Jet:
        if self.balanced or self.point.depth == 1:
            return self.u[0][i] * self.u[0][i]
        size = magnitude(self.w[i], f"|w_{i + 1}|")
        return size.power(Fraction(2, self.point.depth)) if self.point.depth > 2 else size


_OF_THE_LOSS = {
    "D": "the derivative along the flow",
    "next": "the step",
    "loss": "J",
    "g": "the gradient g",
    "form": "its data",
}
_OF_THE_LOSS |= {"S_B": "S_B", "S_W": "S_W", "V": "V", "euler": "its data"}


@dataclass(frozen=True)
class Networks:
    """A point and how it moves. ``decay`` names the constant of weight decay."""

    point: Point
    decay: str | None = None

    def describe(self) -> str:
        rows = self.point.start
        shape = f"u = ({'; '.join(' '.join(map(str, row)) for row in rows)})"
        numbers = [f"{c} = {x}" for c, x in sorted(self.point.constants.items())]
        loss = [] if self.point.loss is NO_LOSS else [f"J = {self.point.loss.text}"]
        return ", ".join([shape, *numbers, *loss])

    def checked(self, e: Expr) -> None:
        """Raises BadInput for what the state lacks."""
        used = {x.head for x in e.walk()} | e.atoms()
        if self.point.loss is NO_LOSS and (
            wanting := next((what for x, what in _OF_THE_LOSS.items() if x in used), None)
        ):
            raise BadInput(
                f"{words(e)} needs a loss, for {wanting}, and none is given: add --loss, or"
                " loss=..."
            )
        for name in (
            e.constants() - {"L", "n"}
            | ({self.decay} if self.decay else set())
            | ({"eta"} if e.has("next") else set())
        ):
            if name not in self.point.constants:
                raise BadInput(
                    f"{words(e)} needs a value of {name}: give it in the state, {name} = 1/10"
                )
        for node in e.walk():
            if node.head == "at":
                self._exists(node)

    def _exists(self, node: Expr) -> None:
        name, *at = node.args
        for place, x in enumerate(at):
            size = (
                self.point.depth
                if place < {"u": 1, "P": 1, "R": 2}.get(name, 0)
                else self.point.width
            )
            if isinstance(x, int) and not 1 <= x <= size:
                sizes = f"depth {self.point.depth} and width {self.point.width}"
                raise BadInput(
                    f"{words(node)} does not exist in a state of {sizes}: indices run from 1 to"
                    f" {size}"
                )
            if name in ("S_B", "S_W", "V") and name not in self.point.loss.data:
                raise BadInput(f"{words(node)}: the loss {self.point.loss.text} has no {name}")

    def value(self, e: Expr, scope: Mapping[str, int], digits: int, start: Any = None) -> Value:
        """``start`` gives balls for the rows at a precision, where the state is a later one. Raises
        BadInput, NoValue.
        """
        self.checked(e)
        of = words(e) + (
            "" if not scope else f" [{', '.join(f'{n} = {x}' for n, x in scope.items())}]"
        )
        order = order_needed(e)
        if start is None:
            try:
                jet = Smooth(self.point, Radicals(), order, decay=self.decay).value(e, scope)  # type: ignore[arg-type]
                x: Radical = jet.c[0]
                return exactly(of, self.describe(), x, digits)
            except NotSmooth as why:
                raise NoValue(str(why)) from None
            except ZeroDivisionError as why:
                raise NoValue(f"{of} is not defined there, or not differentiable: {why}") from None
            except (Inexact, OverflowError):
                pass

        def ball_at(bits: int) -> Any:
            point = self.point if start is None else replace(self.point, start=start(bits))
            origin = None
            if start is not None and e.has("start"):
                origin = Smooth(self.point, Ball(bits), order, decay=self.decay)
            return (
                Smooth(point, Ball(bits), order, decay=self.decay, origin=origin)
                .value(e, scope)
                .c[0]
            )  # type: ignore[arg-type]

        try:
            return enclosed(of, self.describe(), narrow(ball_at, digits), digits)
        except NotSmooth as why:
            raise NoValue(str(why)) from None

    def scopes(self, e: Expr, given: Mapping[str, int]) -> list[dict[str, int]]:
        """Every assignment of the free indices that the state does not fix. Raises BadInput for an
        index that does not exist.
        """
        free = e.free_indices()
        fixed = {n: given[n] for n in free if n in given}
        for n, x in fixed.items():
            size = self.point.depth if free[n] == "layers" else self.point.width
            if not 1 <= x <= size:
                raise BadInput(f"index {n} = {x}; expected a whole number from 1 to {size}")
        distinct = next(
            (tuple(x.args[1:3]) for x in e.walk() if x.head == "at" and x.args[0] == "R"), None
        )
        rest = {n: kind for n, kind in free.items() if n not in fixed}
        found = assignments(rest, self.point.depth, self.point.width, None)
        scopes = [{**fixed, **scope} for scope in found]
        if distinct:
            scopes = [
                s
                for s in scopes
                if s.get(distinct[0], distinct[0]) != s.get(distinct[1], distinct[1])
            ]
        return scopes


def loss_of(loss: str | Loss | None, width: int) -> Loss:
    """The loss that a caller named, or gave, or NO_LOSS, for w of this width. Raises BadInput for a
    name that no loss has.
    """
    if loss is None or isinstance(loss, Loss):
        return loss or NO_LOSS
    return Request(loss=loss).losses(width, "ratio")[0]
