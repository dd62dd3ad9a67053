"""Which pattern a model has at a state: in doubles, with what lies near a tie; in balls; and where
a tie is harmless, as the number is 0 in the whole piece.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from flint import arb
from scipy.special import erf

from verify.discover.draw import values_of
from verify.exact.errors import NoValue
from verify.exact.precision import precision
from verify.exact.rings import ball
from verify.trace.balls import Balls
from verify.trace.graph import Graph
from verify.trace.jets import Jets
from verify.trace.numbers import constant
from verify.trace.prime import Reals

NEAR = 1e-6  #: relative; nearer to a tie than that a double does not decide
BITS = 128  #: of balls
ByPlace = dict[int, Any]


@dataclass
class Doubles:
    """The values of functions in doubles. Each pattern is kept, the entries that are ``close`` to a
    tie, and whether all arguments of roots and logarithms are positive for ``sure``.
    """

    kept: ByPlace = field(default_factory=dict)
    close: ByPlace = field(default_factory=dict)
    sure: Any = True

    def exp(self, place: int, z: Any) -> Any:
        return np.exp(z)

    def log(self, place: int, z: Any) -> Any:
        self._above_zero(z)
        return np.log(z)

    def sqrt(self, place: int, z: Any) -> Any:
        self._above_zero(z)
        return np.sqrt(z)

    def _above_zero(self, z: Any) -> None:
        """A state at which the model has no value shows no pattern of it."""
        low = np.min(z.reshape(z.shape[0], -1), axis=1, initial=np.inf)
        self.sure = self.sure & (low > NEAR * (1 + self._largest(z)))

    def _largest(self, z: Any) -> Any:
        return np.max(np.abs(z).reshape(z.shape[0], -1), axis=1, initial=0.0)

    def erf(self, place: int, z: Any) -> Any:
        return erf(z)

    def free(self, name: str) -> Any:
        return np.array([constant(name)])

    def pattern(self, place: int, z: Any, k: int, axis: int) -> Any:
        scale = NEAR * (1 + self._largest(z)).reshape(-1, *(1,) * (z.ndim - 1))
        if k:
            made, close = largest(z, k, axis + 1, scale)
        else:
            made, close = z > 0, ~(np.abs(z) > scale)  # what is no number is close, too
        self.kept[place], self.close[place] = made.astype(np.uint64), close
        return made.astype(float)


def largest(z: Any, k: int, axis: int, scale: Any) -> tuple[Any, Any]:
    """The k largest along an axis, of equal ones the first; and the two between which the others
    begin, where these are no further apart than ``scale``.
    """
    order = np.argsort(-z, axis=axis, kind="stable")
    rank = np.argsort(order, axis=axis, kind="stable")
    if k == z.shape[axis]:
        return rank < k, np.isnan(z)
    ordered = np.take_along_axis(z, order, axis)
    gap = np.take(ordered, [k - 1], axis) - np.take(ordered, [k], axis)
    return rank < k, ~(gap > scale) & ((rank == k - 1) | (rank == k))


class _Maybe(Reals):
    """1 where a number may be other than 0, whatever the tensors and inputs are: sums do not
    cancel.
    """

    def add(self, a: Any, b: Any) -> Any:
        return np.maximum(a, b)

    sub = add

    def neg(self, a: Any) -> Any:
        return a

    def total(self, a: Any, axes: tuple[int, ...]) -> Any:
        return np.max(a, axis=axes, initial=0.0)

    def inverse(self, a: Any) -> Any:
        return np.ones_like(a)

    def matmul(self, a: Any, b: Any) -> Any:
        return np.minimum(np.matmul(a, b), 1.0)

    def array(self, entries: Any, shape: tuple[int, ...]) -> Any:
        return np.array([float(x != 0) for x in entries]).reshape(shape)


@dataclass
class _Support:
    """Functions of such numbers, in given patterns; ``nothing``: arguments of a pattern that are 0
    in all of its piece.
    """

    patterns: ByPlace
    nothing: ByPlace = field(default_factory=dict)

    def exp(self, place: int, z: Any) -> Any:
        return np.ones_like(z)

    log = exp

    def sqrt(self, place: int, z: Any) -> Any:
        return z

    erf = sqrt

    def free(self, name: str) -> Any:
        return np.ones(1)

    def pattern(self, place: int, z: Any, k: int, axis: int) -> Any:
        made = self.patterns[place].astype(float)
        self.nothing[place] = np.broadcast_to(z == 0, made.shape)
        return made


def nothing(graph: Graph, patterns: ByPlace, stop: int) -> ByPlace:
    """Of each pattern's arguments, (count, *shape), whether it is 0 in the whole piece, so that on
    which side of 0 it lies changes nothing.
    """
    choice = _Support(patterns)
    ones = values_of(graph, {0: np.ones((1, graph.parameters))},
                     {n: np.ones((1, *s)) for n, s in graph.inputs.items()})  # fmt: skip
    graph.run(Jets(_Maybe(), choice), ones, stop)
    return choice.nothing


class Decided(Balls):
    """Balls that lie on one side of 0, or are 0 where there is ``nothing`` else; where a root or a
    logarithm is taken, above 0. Else NoValue.
    """

    def __init__(self, nothing: ByPlace) -> None:
        super().__init__()
        self.nothing = nothing

    def log(self, place: int, z: Any) -> Any:
        return super().log(place, self._above_zero(z))

    def sqrt(self, place: int, z: Any) -> Any:
        return super().sqrt(place, self._above_zero(z))

    def _above_zero(self, z: Any) -> Any:
        if not all(x > 0 for x in z.ravel()):
            raise NoValue("a root or a logarithm whose argument is not known to be positive")
        return z

    def step(self, place: int, z: Any) -> Any:
        """0 where there is nothing."""
        there = ~self.nothing[place]
        made = np.full(z.shape, ball(0), dtype=object)
        made[there] = super().step(place, z[there])
        return made

    def top(self, place: int, z: Any, k: int, axis: int) -> Any:
        """Of entries that are nothing the first count as the larger ones."""
        rows = np.moveaxis(z, axis, -1)
        empty = np.moveaxis(self.nothing[place], axis, -1)
        made = np.empty(rows.shape, dtype=object)
        for at in np.ndindex(*rows.shape[:-1]):
            row, none = rows[at], empty[at]
            middle = [-float(x.mid()) for x in row]
            order = sorted(range(len(row)), key=middle.__getitem__)
            for i, j in ((i, j) for i in order[:k] for j in order[k:]):
                if not row[i] > row[j] and not (none[i] and none[j]):
                    raise NoValue("which entries are the largest is not decided")
            made[at] = [ball(int(i in order[:k])) for i in range(len(row))]
        return np.moveaxis(made, -1, axis)


def decided(
    graph: Graph, pattern: ByPlace, empty: ByPlace, state: dict[str, Any], stop: int
) -> bool:
    """Whether balls have this pattern at a state, of doubles, which are binary fractions."""
    with precision(BITS):
        ring = Decided(empty)
        exact = {n: ring.array([arb(x) for x in v.ravel().tolist()], v.shape)
                 for n, v in state.items()}  # fmt: skip
        try:
            places = graph.run(ring, exact, stop)
        except NoValue:
            return False
    return all((places[n] == x).all() for n, x in pattern.items())
