"""On which side the gates of a program are: all of them at one point, at which enclosures decide
that the model has a value and that no gate is at a tie.

Each draw of a count takes its gates at a point of its own: a law that is analytic on the whole
space is killed by each piece of the model everywhere.
"""

from fractions import Fraction
from functools import reduce

from verify.kernel.traced.effort import Beyond, Effort
from verify.kernel.traced.enclose import FUNCTIONS, RING, ZERO, Undecided, Value
from verify.kernel.traced.machine import backward, forward, total
from verify.kernel.traced.modular import Source
from verify.kernel.traced.program import Program
from verify.kernel.traced.variables import GATES, ONE, Entry, Number, Variable

WHOLE = 9  # units of tensors and inputs at which a gate is read off
UNITS = (Fraction(1, 8), 1, Fraction(1, 64), 8)  # drawn until there is a value
TRIES = 200


def gates(program: Program, source: Source, moved: bool = False) -> dict[int, int]:
    """1 or 0 of each; ``moved``: where a tensor moves."""
    products = sum(len(x.terms) + len(x.entries) + 1 for x in program.variables.all)
    products += 4 * len(program.leading) ** 2 * len(program.outputs)
    for _ in range(TRIES):
        Effort.spend("enclosed", products)
        try:
            found, values = _standing(program, source, UNITS[source.below(len(UNITS))])
            if not moved or _moves(program, source, values):
                return found
        except ArithmeticError:
            continue
    nothing = "nothing moves: " * moved
    raise Beyond(f"{nothing}no point was found at which the model has a value and gates no tie")


def _moves(program: Program, source: Source, values: list[Value]) -> bool:
    """By a loss: its gradient by the outputs is orthogonal to the motions that it does not see."""
    seeds = [RING.number(1 + source.below(WHOLE)) for _ in program.outputs]
    rows = [[total(x.items(), values, RING) for x in motion] for motion in program.leading]
    kept: list[list[Value]] = []
    for row in [*rows, seeds]:
        for other in kept:
            c = RING.times(_dot(row, other), RING.inverse(_dot(other, other)))
            minus = [RING.times(RING.times(RING.number(-1), c), y) for y in other]
            row = list(map(RING.plus, row, minus))
        kept.append(row)
    slopes = backward(program, RING, values, kept[-1])
    return any(x and not x[0] <= 0 <= x[1] for x in slopes)


def _dot(a: list[Value], b: list[Value]) -> Value:
    return reduce(RING.plus, map(RING.times, a, b))


def _standing(program: Program, source: Source, unit: Number) -> tuple[dict[int, int], list[Value]]:
    """At one point, whose coordinates are 1 to 9 units."""
    found: dict[int, int] = {}

    def function(v: int, values: list[Value]) -> Value:
        one = program.variables.all[v]
        if one.kind == "leaf":
            return RING.number((1 + source.below(WHOLE)) * (1 - 2 * source.below(2)) * unit)
        if one.kind in GATES:
            found[v] = _open(one, values)
            return RING.number(1) if found[v] else None
        return FUNCTIONS[one.kind](_entry((one.c, one.of), values))

    return found, forward(program, RING, function, range(len(program.variables.all)))


def _entry(x: Entry, values: list[Value]) -> Value:
    return total([((x[1],) * (x[1] != ONE), x[0])], values, RING)


def _open(one: Variable, values: list[Value]) -> int:
    """Whether it is surely among the k largest, or surely not."""
    if one.kind == "step" and values[one.of] is None:
        return 0
    k, rank = one.place
    found = [_entry(x, values) or ZERO for x in one.entries]
    low, high = found[rank]
    if sum(x[0] > high for x in found) >= k:
        return 0
    if sum(x[1] < low for x in found) >= len(found) - k:
        return 1
    raise Undecided
