"""What the values that are chosen have to respect, tested at points modulo the prime.

exp, by Ax: values of exp at arguments that are independent over Q modulo constants are
algebraically independent over the functions of tensors and inputs, also where an argument holds
such values, or roots. Draws share the tensors: arguments with inputs have to be independent modulo
functions of the tensors, the others modulo constants. Full rank modulo a prime proves both. erf is
a primitive of its density, whose exponential is among these.

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
FUNCTIONS = ("exp", "sqrt", "erf")
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
        self.exps, self.roots, self.erfs = kinds["exp"], kinds["sqrt"], kinds["erf"]
        every_one = [*self.exps, *self.roots, *self.erfs]
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
        if self.exps:
            made.append(
                f"{AX}: {len(self.exps)} arguments of exp are checked to be independent over Q"
                " modulo constants, those that hold inputs modulo functions of the tensors, so"
                f" that the values of exp are algebraically independent{each}"
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
        moving = [v for v in self.exps if v in self.parts.inputs]
        held = [v for v in self.exps if v not in self.parts.inputs]
        one, two = Rows(self.machine.p), Rows(self.machine.p)
        done, cut = 0, len(moving)
        for _ in range(TRIES):
            if one.rank == cut and two.rank == len(held) + 1:
                return
            if done > len(self.exps) + MORE:
                raise Beyond(
                    "arguments of exp that are not independent (equal up to a factor, a sum of"
                    " others, or up to a constant or a function of the tensors)"
                )
            pair = self._pair(own)
            if pair is None:
                continue
            done += 1
            z, other = ([self._argument(x, v) for v in (*moving, *held)] for x in pair)
            one.add([x - y for x, y in zip(z[:cut], other[:cut], strict=True)])
            two.add([*z[cut:], 1])
        raise Beyond("points modulo the prime at which all has a value are too rare")

    def _argument(self, values: list[Jet], v: int) -> int:
        one = self.program.variables.all[v]
        return values[one.of][0] * self.machine.scale[v] % self.machine.p

    def _pair(self, own: dict[int, int]) -> list[list[Jet]] | None:
        """Values at the same tensors and two inputs; None where these tensors have none."""
        shared, made = dict[int, int](), list[list[Jet]]()
        program, parts = self.program, self.parts
        at = leaves(program, self.source, self.machine.p)
        for _ in range(TRIES):
            at |= only(program, leaves(program, self.source, self.machine.p))
            draw = Draw(self.machine, shared, {}, [], self._shut(own), self.source, parts.inputs)
            try:
                made.append(self.machine.values(at, draw.chosen))
            except NoValue as why:
                if not why.args or why.args[0] not in parts.inputs:
                    return None
            if len(made) == 2:
                return made
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
