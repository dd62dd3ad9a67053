"""Values of expressions at drawn points modulo a prime, derivatives along the motion included. No
normal form takes part.

``order`` counts derivatives: the value of d/dt x at order j is that of x at order j + 1, and a
product obeys Leibniz. A mark is pushed down to the letters. A moment G_k is its own star, and Re Tr
x = Tr x where x is its own star.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from math import comb
from typing import TYPE_CHECKING, Any

from flint import nmod_mat

from verify.models.layers import metric, moment, moved
from verify.terms.affine import Affine, index
from verify.terms.letters import RUNS
from verify.terms.matrices import A, B, Mat, P, W, X, dot, inner, w
from verify.theories.words.derive import direction
from verify.theories.words.gate_arithmetic import (
    Value,
    added,
    is_own_star,
    is_zero,
    multiplied,
    raised,
    trace,
)
from verify.theories.words.gate_fibre import solved
from verify.theories.words.gate_gradient import Piece, pieces
from verify.theories.words.gate_points import HALF, PRIME, Drawn
from verify.theories.words.sizes import MARK_BITS, Beyond

if TYPE_CHECKING:
    from verify.models.matrices import Matrices

Marks = tuple[bool, bool]
PLAIN, STAR = (False, False), (True, True)
_k = index("k")


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
                self._letter(name, i, marks, order)
                if e.head == "letter"
                else self._moment(e.head, name, i, marks, order)
            )
        return self.memo[key]

    def _moment(self, head: str, name: str, i: int | None, marks: Marks, order: int) -> Value:
        assert i is not None
        if head != "w" and not 0 < i < self.depth:
            return 0
        c, at = partial(direction, name), Affine(i)
        e = moment(at) if head == "G" else moved(c, at) if head == "w" else metric(c, at)
        return self.value(e, {}, marks, order)

    def _letter(self, name: str, i: int | None, marks: Marks, order: int) -> Value:
        spec = self.letters[name]
        if i is not None:
            first, less = RUNS[spec.index]
            if not first <= i <= self.depth - less:
                if spec.index == "inner":
                    return 0
                raise Beyond(f"{name}_{i} at depth {self.depth}")
        at = {} if i is None else {"k": i}
        if name in self.relations.defined:
            return self.value(self.relations.defined[name], at, marks, order)
        if name in ("A", "B", "X") and self.setting.layers:
            return self._product(name, i, marks, order)
        if order:
            return self.moved(name, i, marks, order - 1)
        x = self._drawn(name, i, marks)
        if self.before is None or name != "W":
            return x
        return added(
            x, multiplied(PRIME - self.drawn.number("eta"), self.before.gradient(i, marks, 0))
        )

    def _drawn(self, name: str, i: int | None, marks: Marks) -> nmod_mat:
        spec, sizes = self.letters[name], self.drawn.sizes
        sign = self.relations.mirrored.get(name)
        motion: Any = self.setting.motion
        if motion.kind == "fibre-flow" and name == motion.family:
            pair = solved(self, i or 0)
        else:
            pair = self.drawn.pair(
                name,
                i,
                sizes.of(spec.rows, i),
                sizes.of(spec.cols, i),
                sign,
                self.relations.balance,
            )
        x = pair[marks[1]]
        return x.transpose() if marks[0] ^ marks[1] else x

    def _product(self, name: str, i: int | None, marks: Marks, order: int) -> Value:
        """A_k = A_(k+1) W_(k+1), B_k = W_(k-1) B_(k-1), X = A_0; shared by all sentences at order
        0.
        """
        name, k = ("A", 0) if name == "X" else (name, i or 0)
        if k == (self.depth if name == "A" else 1):
            n = self.drawn.sizes.d[-1 if name == "A" else 0]
            return (
                0
                if order
                else nmod_mat(n, n, [int(r == c) for r in range(n) for c in range(n)], PRIME)
            )
        e = A[k + 1] * W[k + 1] if name == "A" else W[k - 1] * B[k - 1]
        if order or self.before is not None:
            return self.value(e, {}, marks, order)
        key = (name, k, marks, self.relations.balance)
        if key not in self.drawn.shared:
            self.drawn.shared[key] = self.value(e, {}, marks, 0)
        return self.drawn.shared[key]

    def moved(self, name: str, i: int | None, marks: Marks, order: int) -> Value:
        """The derivative of a letter along the motion. Raises Beyond for P and b, which move in no
        known way.
        """
        motion: Any = self.setting.motion
        at = {} if i is None else {"k": i}
        if motion.kind == "prescribed":
            return self.value(motion.rates[name], at, marks, order) if name in motion.rates else 0
        if name == "W":
            if motion.kind == "gradient-flow":
                return multiplied(PRIME - 1, self.gradient(i, marks, order))
            found = self.value(w(motion.family, _k), at, marks, order)
            return found if motion.kind == "action-flow" else multiplied(PRIME - 1, found)
        if (name == "P" and self.setting.layers) or (
            name == getattr(motion, "family", "") and motion.kind == "fibre-flow"
        ):
            raise Beyond(f"nothing says how {name} moves")
        return 0

    def gradient(self, i: int | None, marks: Marks, order: int) -> Value:
        """Of the motion's objective, in W_i: the sum over the pieces of c*."""
        objective = self.setting.motion.objective  # type: ignore[union-attr]
        if "pieces" not in self.memo:
            self.memo["pieces"] = list(pieces(objective))
        assert i is not None
        found: Value = 0
        for piece in self.memo["pieces"]:
            for at in self._met(piece, i):
                found = added(found, self.value(piece.c.H, at, marks, order))
        return found

    def _met(self, piece: Piece, i: int) -> list[dict[str, int]]:
        """The values of the piece's own index at which it speaks of W_i."""
        if not piece.over:
            return [{}] if self.at(piece.at, {}) == i else []
        span = range(self.at(piece.first, {}), self.at(piece.last, {}) + 1)
        if piece.at.base == piece.over:
            j = i - piece.at.const
            return [{piece.over: j}] if j in span else []
        return [{piece.over: j} for j in span] if self.at(piece.at, {}) == i else []


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
