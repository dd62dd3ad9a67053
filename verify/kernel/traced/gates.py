"""On which side the gates of a program are: all of them at one point, at which enclosures decide
that the model has a value and that no gate is at a tie.

Each draw of a count takes its gates at a point of its own: a law that is analytic on the whole
space is killed by each piece of the model everywhere.
"""

from __future__ import annotations

from verify.kernel.traced.effort import Beyond, Effort
from verify.kernel.traced.enclose import (
    UNIT,
    Between,
    Undecided,
    add,
    constant,
    error,
    exponential,
    inverse,
    logarithm,
    multiply,
    number,
    root,
)
from verify.kernel.traced.modular import Source, total
from verify.kernel.traced.program import Program
from verify.kernel.traced.variables import GATES, ONE, Entry, Variable

PARTIAL = ("inv", "log", "sqrt", *GATES)  # what may have no value, or be at a tie, everywhere
WHOLE = 9  # units of tensors and inputs at which a gate is read off
UNITS = (UNIT // 8, UNIT, UNIT // 64, UNIT * 8)  # one after the other, until there is a value
TRIES = 200
Value = Between | None  # None: 0 near the point, as a gate is shut


class Values:
    """The ring of these."""

    zero: Value = None
    number = staticmethod(number)

    def plus(self, a: Value, b: Value) -> Value:
        """The sum."""
        return add(a, b) if a and b else a or b

    def times(self, a: Value, b: Value) -> Value:
        """The product."""
        return multiply(a, b) if a and b else None


FUNCTIONS = {"inv": inverse, "exp": exponential, "log": logarithm, "sqrt": root, "erf": error}


def gates(program: Program, source: Source) -> dict[int, int]:
    """1 or 0 of each."""
    products = sum(len(x.terms) + 1 for x in program.variables.all)
    for n in range(TRIES):
        Effort.spend("enclosed", products)
        try:
            return _standing(program, source, UNITS[n % len(UNITS)])
        except Undecided:
            continue
    raise Beyond("no point was found at which the model has a value and gates are at no tie")


def _standing(program: Program, source: Source, unit: int) -> dict[int, int]:
    """At one point, whose coordinates are 1 to 9 units; Undecided."""
    found: dict[int, int] = {}
    values: list[Value] = []
    for v, one in enumerate(program.variables.all):
        if one.kind == "leaf":
            x = (1 + source.below(WHOLE)) * (1 - 2 * source.below(2)) * unit
            values.append((x, x))
        elif one.kind == "free":
            values.append(constant())
        elif one.kind == "sum":
            values.append(total(one.terms, values, Values()))
        elif one.kind in GATES:
            found[v] = _open(one, values)
            values.append(number(1) if found[v] else None)
        else:
            values.append(FUNCTIONS[one.kind](_entry((one.c, one.of), values)))
    return found


def _entry(x: Entry, values: list[Value]) -> Between:
    found: Value = total([((x[1],) * (x[1] != ONE), x[0])], values, Values())
    return found or (0, 0)


def _open(one: Variable, values: list[Value]) -> int:
    """Whether it is surely among the k largest, or surely not; of a step z: of z and 0."""
    if one.kind == "step" and values[one.of] is None:
        return 0
    k, rank = one.place
    found = [_entry(x, values) for x in one.entries]
    low, high = found[rank]
    if sum(x[0] > high for x in found) >= k:
        return 0
    if sum(x[1] < low for x in found) >= len(found) - k:
        return 1
    raise Undecided
