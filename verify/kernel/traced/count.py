"""How many laws there are: the rank of gradient fields and of their brackets, modulo a prime.

A minor that is not 0 at a point modulo the prime is not 0 at generic tensors, so that the rank
bounds the laws from above, by the number of coordinates less the rank; laws whose gradients are
independent bound it from below. Only where both meet is anything said.
"""

from __future__ import annotations

from dataclasses import dataclass

from verify.kernel.limits import Refused, need
from verify.kernel.load import Data, fields, rational, whole
from verify.kernel.traced.draws import Draw, Parts, Source, gates, leaves, only
from verify.kernel.traced.effort import TRACED, Beyond
from verify.kernel.traced.hypotheses import Hypotheses
from verify.kernel.traced.jets import Jet, Machine, NoValue
from verify.kernel.traced.program import Program
from verify.kernel.traced.ranks import Rows

QUIET = 3  # generic draws that add nothing end a level
QUIET_GATES = 64  # where draws stand on activation regions, few of which may show a law to be none
TRIES = 4_000
RELATED = 30  # patterns one after the other that leave values related
SEED = 20230714


@dataclass(frozen=True)
class Count:
    """``brackets``: how many fields the longest of them holds, less one."""

    rank: int
    brackets: int
    p: int
    gated: bool
    cited: list[str]


def prime(data: Data) -> int:
    """A prime just below 2^31 that is 3 modulo 4."""
    found = rational(data)
    p = int(found)
    need(found == p and 2**30 < p < 2**31, "prime: expected one between 2^30 and 2^31")
    need(p % 4 == 3, "prime: expected one that is 3 modulo 4")
    need(all(p % n for n in (2, *range(3, 46341, 2))), "prime: it is none")
    return p


def counted(data: Data, program: Program, laws: int) -> Count:
    """Refused unless rank and laws add up to the number of coordinates."""
    given = fields(data, "prime rank brackets")
    p, D = prime(given["prime"]), program.size
    rank, brackets = whole(given["rank"], 0), whole(given["brackets"], 0)
    need(rank + laws <= D, f"rank {rank} and {laws} laws: more than {D} coordinates")
    need(rank + laws == D, f"rank {rank} and {laws} laws: fewer than {D} coordinates")
    need(rank, "nothing moves")
    if D > TRACED["parameters"]:
        raise Beyond(f"{D} coordinates; the kernel counts up to {TRACED['parameters']}")
    if brackets >= TRACED["brackets"]:
        raise Beyond("brackets of more fields than are formed")
    _affordable(program, rank, brackets)
    try:
        machine = Machine(program, p)
    except NoValue:
        raise Refused("a constant whose denominator is divisible by the prime") from None
    source, parts = Source(SEED), Parts.of(program)
    asked = Hypotheses(program, machine, source, parts)
    used = Fields(program, machine, source, parts, asked).rank(rank, brackets)
    return Count(rank, used, p, bool(parts.gated), asked.said())


def _affordable(program: Program, rank: int, brackets: int) -> None:
    parts, every = Parts.of(program), program.variables.all
    roots = sum(one.kind == "sqrt" and v in parts.inputs for v, one in enumerate(every))
    products = 2**roots * sum(
        sum(len(m) + 1 for m, _ in x.terms) or 2 for x in program.variables.all
    )
    each = sum((2 * k + 1) * 3**k for k in range(brackets + 1))
    if 3 * products * (rank + 2 * QUIET) * each > TRACED["multiplications"]:
        raise Beyond("a count of more multiplications than the kernel does")


@dataclass
class Fields:
    """Gradient fields of one program, and the rank that they and their brackets reach."""

    program: Program
    machine: Machine
    source: Source
    parts: Parts
    asked: Hypotheses

    def rank(self, target: int, brackets: int) -> int:
        """How many brackets it took; Refused where the target is not met, or not alone."""
        for _ in range(TRIES):
            point = leaves(self.program, self.source, self.machine.p)
            theta = [point[v] for v in range(self.program.size)]
            try:
                return self._at(theta, target, brackets)
            except NoValue:
                continue
        raise Beyond("points modulo the prime that are too rare")

    def _at(self, theta: list[Jet], target: int, brackets: int) -> int:
        rows, shared = Rows(self.machine.p), dict[int, int]()
        for depth in range(brackets + 1):
            quiet = 0
            while quiet < (QUIET_GATES if self.parts.gated else QUIET) and rows.rank < target:
                draws = [self._draw(shared, theta) for _ in range(depth + 1)]
                field = nested(draws, theta, 0, self.machine.p)
                quiet = 0 if rows.add([x[0] for x in field]) else quiet + 1
            if rows.rank == target:
                return depth
        raise Refused(f"fields and brackets have rank {rows.rank}, not {target}")

    def _draw(self, shared: dict[int, int], theta: list[Jet]) -> Draw:
        """Inputs, weights and gates of its own; NoValue where the first are too rare, or not to
        blame. Patterns of gates that leave values related are passed over.
        """
        p, related = self.machine.p, 0
        for _ in range(TRIES):
            own = gates(self.program, self.source) if self.parts.gated else {}
            try:
                self.asked.hold(own)
            except Beyond:
                related += 1
                if not self.asked.gated or related > RELATED:
                    raise
                continue
            inputs = only(self.program, leaves(self.program, self.source, p))
            seeds = [self.source.below(p) for _ in self.program.outputs]
            found = Draw(self.machine, shared, inputs, seeds, own, self.source, self.parts.inputs)
            try:
                found.at(theta)
            except NoValue as why:
                if why.args and why.args[0] not in self.parts.inputs:
                    raise
                continue
            return found
        raise NoValue


def nested(draws: list[Draw], theta: list[Jet], k: int, p: int) -> list[Jet]:
    """The bracket [X1, [X2, .. Xn]] at a jet of k infinitesimals, where [X, Y] = DY X - DX Y."""
    first, rest = draws[0], draws[1:]
    if not rest:
        return _long(first.at(theta), k)
    size = 1 << k
    along = [a + b for a, b in zip(_long(theta, k), _long(first.at(theta), k), strict=True)]
    inner = nested(rest, along, k + 1, p)
    back = [a + y[:size] for a, y in zip(_long(theta, k), inner, strict=True)]
    other = _long(first.at(back), k + 1)
    return [
        tuple([(x - y) % p for x, y in zip(one[size:], two[size:], strict=True)])
        for one, two in zip(inner, other, strict=True)
    ]


def _long(jets: list[Jet], k: int) -> list[Jet]:
    return [x + (0,) * ((1 << k) - len(x)) for x in jets]
