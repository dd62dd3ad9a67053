"""Values of expressions at drawn points modulo a prime, derivatives along the motion included. No
normal form takes part.

``order`` counts derivatives: the value of d/dt x at order j is that of x at order j + 1, and a
product obeys Leibniz. A mark is pushed down to the letters. A moment G_k is its own star, and Re Tr
x = Tr x where x is its own star.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import comb
from typing import TYPE_CHECKING, Any

from verify.terms.affine import Affine
from verify.terms.matrices import Mat, P, X, dot, inner
from verify.theories.words.gate_arithmetic import (
    Value,
    added,
    is_own_star,
    is_zero,
    multiplied,
    raised,
    trace,
)
from verify.theories.words.gate_letters import letter_value, moment_value
from verify.theories.words.gate_points import HALF, PRIME, Drawn
from verify.theories.words.sizes import MARK_BITS, Beyond

if TYPE_CHECKING:
    from verify.models.matrices import Matrices

Marks = tuple[bool, bool]
PLAIN, STAR = (False, False), (True, True)


class Values:
    """At one drawn point. ``before``: the values before a step, where these are those after it."""

    def __init__(
        self, setting: Matrices, drawn: Drawn, relations: Any, before: Values | None = None
    ) -> None:
        self.setting, self.drawn, self.relations, self.before = setting, drawn, relations, before
        self.letters = setting.theory().letters
        self.depth = drawn.sizes.depth
        self.memo: dict = {}

    def value(self, e: Mat, at: Mapping[str, int], marks: Marks = PLAIN, order: int = 0) -> Value:
        """Raises Beyond where nothing is known to compute."""
        return _VALUES[e.head](self, e, at, marks, order)

    def at(self, i: Affine, at: Mapping[str, int]) -> int:
        return i.const + sum(c * (self.depth if n == "N" else at[n]) for n, c in i.terms)

    def number(self, e: Mat, at: Mapping[str, int], marks: Marks, order: int) -> Value:
        return 0 if order else e.args[0].numerator * pow(e.args[0].denominator, -1, PRIME) % PRIME

    def const(self, e: Mat, at: Mapping[str, int], marks: Marks, order: int) -> Value:
        name = e.args[0]
        return 0 if order else self.depth if name == "N" else self.drawn.number(name)

    def seq(self, e: Mat, at: Mapping[str, int], marks: Marks, order: int) -> Value:
        i = self.at(e.args[1], at)
        return self.drawn.number(f"{e.args[0]} {i}") if 0 < i < self.depth and not order else 0

    def plus(self, e: Mat, at: Mapping[str, int], marks: Marks, order: int) -> Value:
        return added(*(self.value(x, at, marks, order) for x in e.args))

    def times(self, e: Mat, at: Mapping[str, int], marks: Marks, order: int) -> Value:
        x, y = reversed(e.args) if marks[0] else e.args
        found: Value = 0
        for j in range(order + 1):
            u = self.value(x, at, marks, j)
            v = 0 if is_zero(u) else self.value(y, at, marks, order - j)
            if not is_zero(u) and not is_zero(v):
                term = multiplied(u, v)
                found = added(
                    found, term if comb(order, j) == 1 else multiplied(comb(order, j), term)
                )
        return found

    def power(self, e: Mat, at: Mapping[str, int], marks: Marks, order: int) -> Value:
        base, n = e.args[0], self.at(e.args[1], at)
        if order:
            if n < 0:
                raise Beyond("the derivative of a negative power")
            return (
                0
                if n == 0
                else self.value(base * Mat("^", (base, Affine(n - 1))), at, marks, order)
            )
        return raised(self.value(base, at, marks, 0), n)

    def mark(self, e: Mat, at: Mapping[str, int], marks: Marks, order: int) -> Value:
        turn, conj = MARK_BITS[e.args[0]]
        return self.value(e.args[1], at, (marks[0] ^ turn, marks[1] ^ conj), order)

    def real_trace(self, e: Mat, at: Mapping[str, int], marks: Marks, order: int) -> Value:
        """Re Tr x = (Tr x + Tr x*) / 2."""
        (body,) = e.args
        found = trace(self.value(body, at, PLAIN, order))
        if is_own_star(body):
            return found
        return (found + trace(self.value(body, at, STAR, order))) * HALF % PRIME

    def sum(self, e: Mat, at: Mapping[str, int], marks: Marks, order: int) -> Value:
        over, first, last, body = e.args
        found: Value = 0
        for i in range(self.at(first, at), self.at(last, at) + 1):
            found = added(found, self.value(body, {**at, over: i}, marks, order))
        return found

    def inside(self, e: Mat, at: Mapping[str, int], marks: Marks, order: int) -> Value:
        return (
            self.value(e.args[1], at, marks, order)
            if 0 < self.at(e.args[0], at) < self.depth
            else 0
        )

    def derivative(self, e: Mat, at: Mapping[str, int], marks: Marks, order: int) -> Value:
        if self.setting.motion.kind in ("still", "gradient-step"):
            raise Beyond("a derivative where nothing moves")
        return self.value(e.args[0], at, marks, order + 1)

    def step(self, e: Mat, at: Mapping[str, int], marks: Marks, order: int) -> Value:
        if self.setting.motion.kind != "gradient-step" or "P" in e.args[0].letters():
            raise Beyond("a step where nothing steps")
        if "after" not in self.memo:
            self.memo["after"] = Values(self.setting, self.drawn, self.relations, self)
        return self.memo["after"].value(e.args[0], at, marks, order)

    def loss(self, e: Mat, at: Mapping[str, int], marks: Marks, order: int) -> Value:
        """E itself is abstract; E' = Re Tr(P* X')."""
        if not order:
            raise Beyond("the value of an abstract loss")
        return self.value(inner(P, dot(X)), {}, marks, order - 1)

    def named(self, e: Mat, at: Mapping[str, int], marks: Marks, order: int) -> Value:
        """A letter, moment, direction or metric: each is worked out once for each index, mark and
        order.
        """
        name = e.args[0] if isinstance(e.args[0], str) else ""
        i = None if e.args[-1] is None else self.at(e.args[-1], at)
        if e.head == "G" and marks[1]:  # G* = G
            marks = (not marks[0], False)
        key = (e.head, name, i, marks, order)
        if key not in self.memo:
            self.memo[key] = (
                letter_value(self, name, i, marks, order)
                if e.head == "letter"
                else moment_value(self, e.head, name, i, marks, order)
            )
        return self.memo[key]


_VALUES: dict[str, Callable[..., Value]] = {
    "num": Values.number,
    "const": Values.const,
    "seq": Values.seq,
    "letter": Values.named,
    "G": Values.named,
    "H": Values.named,
    "w": Values.named,
    "+": Values.plus,
    "*": Values.times,
    "^": Values.power,
    "mark": Values.mark,
    "tr": Values.real_trace,
    "sum": Values.sum,
    "inside": Values.inside,
    "D": Values.derivative,
    "next": Values.step,
    "loss": Values.loss,
}
