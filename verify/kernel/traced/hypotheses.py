"""What the values that are chosen have to respect, tested at points modulo the prime.

exp and log, by Ax: if arguments of exp and logarithms are independent over Q modulo constants, the
values of exp and the logarithms are algebraically independent over the functions of tensors and
inputs, also where an argument holds such values, or roots. Draws share the tensors: those with
inputs have to be independent modulo functions of the tensors, which is that their derivatives by
the inputs are independent over Q; the others modulo constants, which is that their derivatives are.
Full rank modulo a prime proves both. erf is a primitive of its density, whose exponential is among
these (not beside logarithms).

Roots: where radicands are independent modulo squares and constants, the cover is irreducible, and
one root is as good as the other. Quadratic characters at points are a homomorphism: full rank over
two elements, with a column of ones, proves it. A radicand that holds roots is asked at points where
these exist; radicands with inputs at one point of the tensors, the others at many.

With gates all is asked for the pattern of a draw.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from verify.kernel.traced.draws import GATES, Draw, Parts, Source, arguments, leaves, only
from verify.kernel.traced.effort import Beyond
from verify.kernel.traced.jets import Jet, Machine, NoValue
from verify.kernel.traced.program import Program
from verify.kernel.traced.ranks import Rows

MORE = 6  #: points beyond the number of arguments
TRIES = 2_000
FUNCTIONS = ("exp", "log", "sqrt", "erf")
AX = "AX (Ax 1971, On Schanuel's conjectures)"
ERF = "ERF (Ostrowski, Kolchin; Liouville)"


@dataclass
class Hypotheses:
    """Tests for one program; what was tested is kept."""

    program: Program
    machine: Machine
    source: Source
    parts: Parts
    kept: dict[tuple[tuple[int, int], ...], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        every = self.program.variables.all
        kinds = {k: [v for v, one in enumerate(every) if one.kind == k] for k in FUNCTIONS}
        self.exps, self.logs, self.roots, self.erfs = (kinds[k] for k in FUNCTIONS)
        every_one = [*self.exps, *self.logs, *self.roots, *self.erfs]
        if self.logs and self.erfs:
            raise Beyond("erf beside logarithms")
        self.gated = any(v in self.parts.gated for v in every_one)
        if any(v in self.parts.gated and v not in self.parts.inputs for v in every_one):
            raise Beyond("a function of the tensors alone that depends on a gate")

    def hold(self, own: dict[int, int]) -> None:
        """For the gates of a draw; Beyond where the values are related."""
        key = tuple(sorted(own.items())) if self.gated else ()
        if key not in self.kept:
            try:
                self._roots(own)
                self._exponentials(own)
                self.kept[key] = ""
            except Beyond as why:
                self.kept[key] = str(why)
        if self.kept[key]:
            raise Beyond(self.kept[key])

    def said(self) -> list[str]:
        """In words, with the theorems that are cited."""
        made = []
        each = ", for each pattern of gates that was drawn" if self.gated else ""
        if self.exps or self.logs:
            logs = f" and {len(self.logs)} logarithms" if self.logs else ""
            made.append(
                f"{AX}: {len(self.exps)} arguments of exp{logs} are checked to be independent over"
                " Q modulo constants, those that hold inputs modulo functions of the tensors, so"
                f" that the values{' of exp' * (not logs)} are algebraically independent{each}"
            )
        if self.erfs:
            made.append(
                f"{ERF}: {len(self.erfs)} values of erf are independent of these and of each"
                " other, as the exponentials in their densities are"
            )
        if self.roots:
            made.append(
                f"{len(self.roots)} radicands are checked to be independent modulo squares and"
                f" constants{each}"
            )
        return made

    def _exponentials(self, own: dict[int, int]) -> None:
        some = [*self.exps, *self.logs]
        moving = [v for v in some if v in self.parts.inputs]
        held = [v for v in some if v not in self.parts.inputs]
        one, two = Rows(self.machine.p), Rows(self.machine.p)
        done = 0
        for _ in range(TRIES):
            if one.rank == len(moving) and two.rank == len(held):
                return
            if done > len(some) + MORE:
                raise Beyond(
                    "arguments of exp, or logarithms, that are not independent (equal up to a"
                    " factor, a sum of others, or up to a constant or a function of the tensors)"
                )
            values = self._values(own)
            if values is not None:
                done += 1
                one.add([self._part(values, v, 2) for v in moving])
                two.add([self._part(values, v, 1) for v in held])
        raise Beyond("points modulo the prime at which all has a value are too rare")

    def _part(self, values: list[Jet], v: int, at: int) -> int:
        """Of an argument of exp, or of a logarithm."""
        one = self.program.variables.all[v]
        found, c = (values[v], 1) if one.kind == "log" else (values[one.of], self.machine.scale[v])
        return found[at] * c % self.machine.p if at < len(found) else 0

    def _values(self, own: dict[int, int]) -> list[Jet] | None:
        """With derivatives along the tensors (part 1) and along the inputs (part 2); None where
        these tensors have no values.
        """
        program, below = self.program, self.source.below
        shared, at, p = dict[int, int](), dict[int, Jet](), self.machine.p
        for _ in range(TRIES):
            for v, one in enumerate(program.variables.all):
                if one.kind == "leaf" and (v >= program.size or v not in at):
                    x, rate = 1 + below(p - 1), below(p)
                    at[v] = (x, rate) if v < program.size else (x, 0, rate, 0)
            draw = Draw(self.machine, shared, {}, [], self._shut(own), self.source,
                        self.parts.inputs)  # fmt: skip
            try:
                return self.machine.values(at, draw.chosen)
            except NoValue as why:
                if not why.args or why.args[0] not in self.parts.inputs:
                    return None
        return None

    def _shut(self, own: dict[int, int]) -> dict[int, int]:
        """The gates of the draw; anyhow where no function depends on one."""
        every = self.program.variables.all
        return {v: own.get(v, 1) for v, x in enumerate(every) if x.kind in GATES}

    def _roots(self, own: dict[int, int]) -> None:
        """Level by level: a radicand without roots, with such roots, ..."""
        level: dict[int, int] = {}
        for v in range(len(self.program.variables.all)):
            below = max((level[x] for x in arguments(self.program, v)), default=0)
            level[v] = below + (v in self.roots)
        for moves in (False, True):
            for n in sorted({level[v] for v in self.roots}):
                some = [
                    v for v in self.roots if level[v] == n and (v in self.parts.inputs) == moves
                ]
                if some:
                    self._independent(some, own, at_one=moves)

    def _independent(self, some: list[int], own: dict[int, int], at_one: bool) -> None:
        characters, p = Rows(2), self.machine.p
        at, done = leaves(self.program, self.source, p), 0
        shared: dict[int, int] = {}
        for _ in range(TRIES):
            if characters.rank == len(some) + 1:
                return
            if done > 2 * len(some) + 40:
                raise Beyond("radicands that are dependent modulo squares and constants")
            more = leaves(self.program, self.source, p)
            at = at | only(self.program, more) if at_one else more
            seen = _Seen(self.machine, shared if at_one else {}, {}, [], self._shut(own),
                         self.source, self.parts.inputs)  # fmt: skip
            found = seen.characters(at, some)
            if found is not None:
                done += 1
                characters.add([*found, 1])
            elif at_one and not done and any(v not in self.parts.inputs for v in seen.bad):
                at, shared = more, {}  # a root of the tensors alone does not exist there
        raise Beyond("points modulo the prime at which roots exist are too rare")


@dataclass
class _Seen(Draw):
    """A draw that notes which roots do not exist, and goes on."""

    bad: set[int] = field(default_factory=set)
    sign: dict[int, int] = field(default_factory=dict)

    def fresh(self, v: int, z: int) -> int:
        """1 in the place of a root that does not exist."""
        if self.machine.kind(v) == "sqrt":
            p = self.machine.p
            if not z:
                raise NoValue
            self.sign[v] = 0 if pow(z, (p - 1) // 2, p) == 1 else 1
            if self.sign[v]:
                self.bad.add(v)
                return 1
        return super().fresh(v, z)

    def characters(self, at: dict[int, Jet], some: list[int]) -> list[int] | None:
        """1 where a radicand is no square; None where a root below one of these does not exist."""
        try:
            self.machine.values(at, self.chosen)
        except NoValue:
            return None
        for v in self.shared:  # seen at a draw before
            self.sign.setdefault(v, 0)
        program, lost = self.machine.program, set[int]()
        for v in range(len(program.variables.all)):
            if not (lost | self.bad).isdisjoint(arguments(program, v)):
                lost.add(v)
        return None if lost.intersection(some) else [self.sign[v] for v in some]
