"""Points at which a program is evaluated: tensors, and for each draw inputs, values of exponentials
and gates of its own. Numbers come from a generator written here, the same for every certificate:
that a minor is not 0 at a point proves its rank, whatever the point.

A gate is taken as it stands at tensors and inputs of its own, at which enclosures decide that the
model has a value and on which side every gate is: a law that is analytic on the whole space is
killed by each piece of the model everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from verify.kernel.limits import need
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
from verify.kernel.traced.jets import Jet, Machine, NoValue
from verify.kernel.traced.program import Program
from verify.kernel.traced.variables import ONE, Entry, Variable, density

WHOLE = 9  # units of tensors and inputs at which a gate is read off
UNITS = (UNIT // 8, UNIT, UNIT // 64, UNIT * 8)  # one after the other, until there is a value
TRIES = 200
NOTHING: Between = (0, 0)  # this very object: what is 0 near the point, as a gate is shut


class Source:
    """A linear congruential generator of 64 bits, of which the upper ones are used."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, n: int) -> int:
        """From 0 to n - 1."""
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 20) % n


@dataclass
class Parts:
    """Which variables depend on a tensor, on an input, on a gate."""

    tensors: set[int] = field(default_factory=set)
    inputs: set[int] = field(default_factory=set)
    gated: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, program: Program) -> Parts:
        """Of a program."""
        made, every = cls(), program.variables.all
        for v, one in enumerate(every):
            args = arguments(program, v)
            if one.kind == "leaf":
                (made.tensors if v < program.size else made.inputs).add(v)
            if one.kind in ("step", "top"):
                made.gated.add(v)
            for some in (made.tensors, made.inputs, made.gated):
                if not some.isdisjoint(args):
                    some.add(v)
        return made


def arguments(program: Program, v: int) -> set[int]:
    """The variables from which one is made."""
    one = program.variables.all[v]
    found = {x for m, _ in one.terms for x in m} | {one.of} - {ONE}
    if one.kind == "erf":
        found.add(density(one)[1])
    if one.kind == "top":
        found |= {x for _, x in _rivals(one.data)} - {ONE}
    return found


def _rivals(data: tuple[object, ...]) -> tuple[Entry, ...]:
    rivals = data[2]
    assert isinstance(rivals, tuple)
    return rivals


def leaves(program: Program, source: Source, p: int) -> dict[int, Jet]:
    """Tensors and inputs at random, none of them 0."""
    every = program.variables.all
    return {v: (1 + source.below(p - 1),) for v, x in enumerate(every) if x.kind == "leaf"}


def only(program: Program, of: dict[int, Jet]) -> dict[int, Jet]:
    """The inputs among the leaves."""
    return {v: x for v, x in of.items() if v >= program.size}


@dataclass
class Draw:
    """Inputs and outputs' weights, with what is chosen: ``at`` gives the field at tensors' jets."""

    machine: Machine
    shared: dict[int, int]
    leaves: dict[int, Jet]
    seeds: list[int]
    own: dict[int, int]
    source: Source
    of_inputs: set[int]

    def at(self, theta: list[Jet]) -> list[Jet]:
        """The gradient by the tensors."""
        leaves = dict(enumerate(theta)) | self.leaves
        return self.machine.gradient(self.machine.values(leaves, self.chosen), self.seeds)

    def chosen(self, v: int, z: Jet) -> int:
        """The same at every jet of the point."""
        kept = self.own if v in self.of_inputs or self.machine.kind(v) in GATES else self.shared
        if v not in kept:
            kept[v] = self.fresh(v, z[0])
        return kept[v]

    def fresh(self, v: int, z: int) -> int:
        """A value of exp, log or erf, not 0, or a root; a gate was read off before."""
        p = self.machine.p
        need(self.machine.kind(v) not in GATES, "a gate that was not read off")
        if self.machine.kind(v) != "sqrt":
            return 1 + self.source.below(p - 1)
        r = pow(z, (p + 1) // 4, p)
        if not z or r * r % p != z:
            raise NoValue(v)
        return r


GATES = ("step", "top")


def gates(program: Program, source: Source) -> dict[int, int]:
    """All gates at one point near which the model has a value, and no gate is at a tie."""
    products = sum(len(x.terms) + 1 for x in program.variables.all)
    for n in range(TRIES):
        Effort.spend("enclosed", products)
        try:
            return standing(program, source, UNITS[n % len(UNITS)])
        except Undecided:
            continue
    raise Beyond("no point was found at which the model has a value and gates are at no tie")


def standing(program: Program, source: Source, unit: int = UNITS[0]) -> dict[int, int]:
    """By enclosures at one point, whose coordinates are 1 to 9 units; Undecided."""
    found: dict[int, int] = {}
    values: list[Between] = []
    for v, one in enumerate(program.variables.all):
        if one.kind == "leaf":
            x = (1 + source.below(WHOLE)) * (1 - 2 * source.below(2)) * unit
            values.append((x, x))
        elif one.kind == "free":
            values.append(constant())
        elif one.kind == "sum":
            values.append(_sum(one, values))
        elif one.kind in GATES:
            found[v] = _largest(one, values) if one.kind == "top" else _above(one, values)
            values.append((UNIT, UNIT) if found[v] else NOTHING)
        else:
            values.append(VALUES[one.kind](multiply(number(one.c), values[one.of])))
    return found


VALUES = {"inv": inverse, "exp": exponential, "log": logarithm, "sqrt": root, "erf": error}


def _sum(one: Variable, values: list[Between]) -> Between:
    total = NOTHING
    for m, c in one.terms:
        if not any(values[x] is NOTHING for x in m):
            part = number(c)
            for x in m:
                part = multiply(part, values[x])
            total = add(total, part)
    return total


def _above(one: Variable, values: list[Between]) -> int:
    if values[one.of] is NOTHING:
        return 0
    low, high = multiply(number(one.c), values[one.of])
    if low <= 0 <= high:
        raise Undecided
    return int(low > 0)


def _largest(one: Variable, values: list[Between]) -> int:
    """Whether it is surely among the k largest, or surely not."""
    k, rank, rivals = one.data
    assert isinstance(k, int) and isinstance(rank, int) and isinstance(rivals, tuple)
    found = [multiply(number(c), values[x]) if x != ONE else number(c) for c, x in rivals]
    low, high = found[rank]
    if sum(x[0] > high for x in found) >= k:
        return 0
    if sum(x[1] < low for x in found) >= len(found) - k:
        return 1
    raise Undecided
