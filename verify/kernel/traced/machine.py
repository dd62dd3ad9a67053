"""A program in a ring, which has zero, number, plus, times and the one constant: values forwards,
and by one pass backwards gradients. At jets modulo a prime it has points: values of exp, log and
erf are drawn there (``hypotheses``), roots are taken where they exist.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from verify.kernel.traced.effort import Beyond, Effort
from verify.kernel.traced.modular import Jet, NoValue, Prime, Source
from verify.kernel.traced.program import Program
from verify.kernel.traced.variables import GATES, Number, Product, Rates, Variable

TRIES = 40_000
Gates = dict[int, int]  # 1 or 0 of each


def total(terms: Iterable[tuple[Product, Number]], values: Any, ring: Any) -> Any:
    """A sum of products of variables, from their values."""
    found = ring.zero
    for m, c in terms:
        one = ring.number(c)
        for x in m:
            one = ring.times(one, values[x])
        found = ring.plus(found, one)
    return found


def forward(
    program: Program, ring: Any, function: Callable[[int, list[Any]], Any], some: Iterable[int]
) -> list[Any]:
    """The values of some variables; what is not rational by a function of those before it."""
    every = program.variables.all
    made = [ring.zero] * len(every)
    for v in some:
        match every[v].kind:
            case "sum":
                made[v] = total(every[v].terms, made, ring)
            case "free":
                made[v] = ring.constant
            case _:
                made[v] = function(v, made)
    return made


def backward(program: Program, ring: Any, values: Sequence[Any], seeds: Iterable[Any]) -> list[Any]:
    """By the D coordinates, of the sum of the outputs times these numbers, times the rates."""
    slopes = [ring.zero] * (len(values) + 1)  # the last one by the constant 1

    def add(slope: Any, rates: Rates) -> None:
        for c, x, by in rates:
            part = ring.times(total([(by, c)], values, ring), slope)
            slopes[x] = ring.plus(slopes[x], part)

    for (c, v), y in zip(program.outputs, seeds, strict=True):
        add(y, [(c, v, ())])
    for v in reversed(range(program.size, len(values))):
        if slopes[v] != ring.zero:
            add(slopes[v], program.rates[v])
    found = slopes[: program.size]
    for v, (rate, k) in enumerate(program.metric):
        found[v] = ring.times(found[v], total([((v,) * k, rate)], values, ring))
    return found


@dataclass
class Point:
    """Tensors, or these and inputs; what is chosen: the first parts of functions, and gates."""

    leaves: dict[int, Jet] = field(default_factory=dict)
    chosen: dict[int, int] = field(default_factory=dict)
    values: list[Jet] = field(default_factory=list)


class Machine:
    """What depends on an input or a gate is of one draw's own, all else the same in all draws."""

    def __init__(self, program: Program, p: int, source: Source) -> None:
        self.program, self.ring, self.source = program, Prime(p), source
        self.every = program.variables.all
        self.own = program.moving | program.gated

    def values(
        self, leaves: dict[int, Jet], chosen: dict[int, int], some: Iterable[int]
    ) -> list[Jet]:
        """Of some variables; what is not chosen yet is, so that it is kept."""

        def function(v: int, made: list[Jet]) -> Jet:
            one = self.every[v]
            if one.kind == "leaf":
                return leaves[v]
            if one.kind in GATES:
                return (chosen[v],)
            z = made[one.of]
            if v not in chosen:
                chosen[v] = self._fresh(one, z[0])
            return self.ring.grown(z, chosen[v], partial(self._slope, v, made))

        return forward(self.program, self.ring, function, some)

    def fields(self, leaves: dict[int, Jet], chosen: dict[int, int], seeds: list[int]) -> list[Jet]:
        """The gradient by the tensors of the sum of the outputs times these numbers."""
        values = self.values(leaves, chosen, range(len(self.every)))
        return backward(self.program, self.ring, values, [(y,) for y in seeds])

    def inside(self, one: Variable, z: int) -> int:
        """c z of a function, at the first part."""
        return self.ring.number(one.c)[0] * z % self.ring.p

    def _fresh(self, one: Variable, z: int) -> int:
        """A value that is not 0; of a root one of the two; NoValue where there is none."""
        p, inside, root = self.ring.p, self.inside(one, z), one.kind == "sqrt"
        if one.kind not in ("inv", "sqrt"):
            return 1 + self.source.below(p - 1)
        found = pow(inside, (p + 1) // 4 if root else p - 2, p)
        if not found or (root and found**2 % p != inside):
            raise NoValue
        return found

    def _slope(self, v: int, made: Sequence[Jet], w: Jet) -> Jet:
        """The derivative of a function by the variable inside, from its own value."""
        ((c, _, by),) = self.program.rates[v]
        at = {x: w if x == v else made[x][: len(w)] for x in by}
        found: Jet = total([(by, c)], at, self.ring)
        return found

    def point(
        self,
        at: Point | None = None,
        gates: Gates | None = None,
        rated: bool = False,
        before: int | None = None,
    ) -> Point:
        """Tensors where what depends on them alone has values; or, at these and for these gates,
        inputs where all has, or all before a variable. ``rated``: with derivatives along the
        tensors in part 1, along the inputs in part 2.
        """
        p, below, size = self.ring.p, self.source.below, self.program.size
        some: Sequence[int] = range(len(self.every))[:before]
        new, rates = self.program.of_kind("leaf")[size:], (0, 1, 0) * rated
        if at is None:
            some = [v for v in some if v not in self.own]
            at, new, rates = Point(), [*range(size)], (1,) * rated
        chosen = at.chosen | (gates or {})
        for _ in range(TRIES):
            Effort.spend("tried", len(some))
            more = {v: (1 + below(p - 1), *(below(p) * r for r in rates)) for v in new}
            found = Point(at.leaves | more, dict(chosen))
            try:
                found.values = self.values(found.leaves, found.chosen, some)
            except NoValue:
                continue
            return found
        raise Beyond("points modulo the prime at which all has a value are too rare")
