"""Points at which a program is evaluated: tensors, and for each draw inputs, values of exponentials
and gates of its own. Numbers come from a generator written here, the same for every certificate:
that a minor is not 0 at a point proves its rank, whatever the point.

A gate is taken as it stands at whole tensors and inputs of its own, evaluated exactly: a law that
is analytic on the whole space is killed by each piece of the model everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from verify.kernel.limits import need
from verify.kernel.traced.effort import Beyond
from verify.kernel.traced.jets import Jet, Machine, NoValue
from verify.kernel.traced.program import Program
from verify.kernel.traced.variables import ONE, Entry, Number, Variable, density

WHOLE = 9  # of tensors and inputs at which a gate is read off
TRIES = 200


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
    """Which variables depend on an input, on a tensor, on a gate; those on which a gate depends."""

    inputs: set[int] = field(default_factory=set)
    tensors: set[int] = field(default_factory=set)
    gated: set[int] = field(default_factory=set)
    before: set[int] = field(default_factory=set)

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
            for some in (made.inputs, made.tensors, made.gated):
                if not some.isdisjoint(args):
                    some.add(v)
        for v in range(len(every) - 1, -1, -1):
            if every[v].kind in ("step", "top") or v in made.before:
                made.before.update(arguments(program, v))
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
        """A value of exp or erf, not 0, or a root; a gate was read off before."""
        p = self.machine.p
        need(self.machine.kind(v) not in GATES, "a gate that was not read off")
        if self.machine.kind(v) != "sqrt":
            return 1 + self.source.below(p - 1)
        r = pow(z, (p + 1) // 4, p)
        if not z or r * r % p != z:
            raise NoValue(v)
        return r


GATES = ("step", "top")


def gates(program: Program, source: Source, parts: Parts) -> dict[int, int]:
    """All gates at one whole point that is at no tie."""
    every = program.variables.all
    for v in sorted(parts.before):
        if every[v].kind not in ("leaf", "sum", "inv", *GATES):
            raise Beyond(f"a gate whose argument holds {every[v].kind}")
    for _ in range(TRIES):
        made = _standing(program, source, parts)
        if made is not None:
            return made
    raise Beyond("gates that are at a tie at nearly all whole points")


def _standing(program: Program, source: Source, parts: Parts) -> dict[int, int] | None:
    every, values, found = program.variables.all, dict[int, Number](), dict[int, int]()
    for v in sorted(parts.before | {v for v in parts.gated if every[v].kind in GATES}):
        one = every[v]
        if one.kind == "leaf":
            values[v] = (1 + source.below(WHOLE)) * (1 - 2 * source.below(2))
        elif one.kind == "sum":
            values[v] = sum(_product(c, m, values) for m, c in one.terms)
        elif one.kind == "inv":
            if not values[one.of]:
                return None
            values[v] = Fraction(1) / values[one.of]
        else:
            open_ = _open(one.data, values) if one.kind == "top" else _above(one, values)
            if open_ is None:
                return None
            values[v] = found[v] = int(open_)
    return found


def _product(c: Number, m: tuple[int, ...], values: dict[int, Number]) -> Number:
    for x in m:
        c = c * values[x]
    need(c.numerator.bit_length() < 4000, "numbers of too many digits at a gate")
    return c


def _above(one: Variable, values: dict[int, Number]) -> bool | None:
    z = one.c * values[one.of]
    return None if not z else z > 0


def _open(data: tuple[object, ...], values: dict[int, Number]) -> bool | None:
    """Whether it is among the k largest; None at a tie between the k-th and the next."""
    k, rank, _ = data
    assert isinstance(k, int) and isinstance(rank, int)
    found = [c * values[x] if x != ONE else c for c, x in _rivals(data)]
    ordered = sorted(found, reverse=True)
    if k < len(ordered) and ordered[k - 1] == ordered[k]:
        return None
    return found[rank] >= ordered[k - 1]
