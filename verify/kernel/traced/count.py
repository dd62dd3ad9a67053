"""How many laws there are: a minor of gradient fields and of their brackets that is not 0 at a
point modulo the prime is not 0 at generic tensors, so that the rank bounds the laws from above;
laws whose gradients are independent bound them from below. Only where both meet is anything said.
"""

from collections.abc import Callable, Sequence

from verify.kernel.limits import Refused, need
from verify.kernel.load import Data, fields, whole
from verify.kernel.traced.effort import TRACED, Beyond, known
from verify.kernel.traced.gates import gates
from verify.kernel.traced.hypotheses import Hypotheses
from verify.kernel.traced.machine import Machine, Point
from verify.kernel.traced.modular import Jet, Prime, Rows, Source, prime
from verify.kernel.traced.program import Program

QUIET = 3  # generic draws that add nothing end a level
QUIET_GATES = 64  # where draws stand on activation regions, few of which may show a law to be none
RELATED = 30  # patterns one after the other that leave values related
SEED = 20230714
Field = Callable[[list[Jet]], list[Jet]]  # of tensors at jets


def counted(data: Data, program: Program, laws: int) -> list[str]:
    """What is said; Refused unless rank and laws add up to the number of coordinates."""
    given = fields(data, "prime rank brackets")
    p, D = prime(given["prime"]), program.state
    rank, brackets = whole(given["rank"], 0), whole(given["brackets"], 0)
    compared = "more" if rank + laws > D else "fewer"
    need(rank + laws == D, f"rank {rank} and {laws} laws: {compared} than {D} coordinates")
    need(rank, "nothing moves")
    _affordable(program, rank, brackets)
    counting = Fields(program, p)
    said = _said(program, rank, counting.rank(rank, brackets), p)
    return said + [f"Cited: {x}." for x in counting.asked.said()]


def _said(program: Program, rank: int, brackets: int, p: int) -> list[str]:
    laws = program.state - rank
    fields = "gradients times the rates" if program.metric else "gradients"
    space, almost = "tensors", ""
    if program.speeds:
        fields, space = "fields of the flow", "tensors, velocities and time"
        almost = ", for all tau but finitely many,"
    if brackets:
        fields += f" and their brackets of up to {brackets + 1} fields"
    valued = " at which it has values" * bool(program.of_kind("log", "sqrt"))
    what, more = f"near generic {space}{valued} every smooth quantity that", []
    if program.gated:
        what = f"every quantity that is analytic on the whole space of the {space} and"
        more = ["Gates were taken as they stand at points at which the model has a value; on one"
                " activation region there can be more laws."]  # fmt: skip
    end = "is a function of these, which are independent" if laws else "is constant"
    return [
        f"There are no {'others' if laws else 'laws'}: {what} is conserved under {program.flow} for"
        f" every loss and all data{almost} {end}. Counted by the kernel: the {fields} have rank"
        f" {rank} = {program.state} - {laws} at a point modulo the prime {p}.",
        *more,
    ]


def _affordable(program: Program, rank: int, brackets: int) -> None:
    size, most = program.size, TRACED["parameters"]
    known(size <= most, f"{size} coordinates; the kernel counts up to {most}")
    known(brackets < TRACED["brackets"], "brackets of more fields than are formed")
    roots = len(program.moving.intersection(program.of_kind("sqrt")))
    products = sum(sum(len(m) + 1 for m, _ in x.terms) or 2 for x in program.variables.all)
    each = sum((2 * k + 1) * 3**k for k in range(brackets + 1))
    asked = 2 * len(program.of_kind("exp", "log"))  # along tensors, and along inputs
    work = 3 * products * 2**roots * ((rank + 2 * QUIET) * each + asked)
    known(work <= TRACED["multiplications"], "a count of more multiplications than the kernel does")


class Fields:
    """Gradient fields of one program, and the rank that they and their brackets reach."""

    def __init__(self, program: Program, p: int, seed: int = SEED) -> None:
        self.program, self.source = program, Source(seed)
        self.machine = Machine(program, p, self.source)
        self.asked, self.tau = Hypotheses(self.machine), (self._number(),)

    def rank(self, target: int, brackets: int) -> int:
        """How many brackets it took; Refused where the target is not met."""
        rows, at = Rows(self.machine.ring.p), self.machine.point()
        theta = [at.leaves[v] for v in range(self.program.size)]
        if self.program.speeds:
            theta += [(self._number(),) for _ in theta] + [(0,)]
        most = QUIET_GATES if self.program.gated else QUIET
        for depth in range(brackets + 1):
            quiet = 0
            while quiet < most and rows.rank < target:
                drawn = [self._draw(at) for _ in range(depth + 1)]
                found = bracket(drawn, theta, self.machine.ring)
                quiet = 0 if rows.add([x[0] for x in found]) else quiet + 1
            if rows.rank == target:
                return depth
        raise Refused(f"fields and brackets have rank {rows.rank}, not {target}")

    def _draw(self, at: Point) -> Field:
        """With inputs, weights and gates of its own. Patterns of gates that leave values related
        are passed over.
        """
        machine, own = self.machine, self._pattern()
        found = machine.point(at, own)
        seeds = [self._number() for _ in self.program.outputs]
        size, ring, weight = self.program.size, machine.ring, (self._number(),)

        def field(state: list[Jet]) -> list[Jet]:
            leaves = found.leaves | dict(enumerate(state[:size]))
            slopes = machine.fields(leaves, found.chosen, seeds)
            if not self.program.speeds:
                return slopes
            drift = [ring.times(v, weight) for v in state[size:-1]]
            pairs = zip(drift, slopes, strict=True)
            minus = [ring.plus(ring.times(v, self.tau), x) for v, x in pairs]
            return [*drift, *(ring.times(x, (ring.p - 1,)) for x in minus), weight]

        return field

    def _number(self) -> int:
        return self.source.below(self.machine.ring.p)

    def _pattern(self) -> dict[int, int]:
        for left in reversed(range(RELATED + 1)):
            own = gates(self.program, self.source) if self.program.gated else {}
            try:
                self.asked.hold(own)
            except Beyond:
                if not self.asked.gated or not left:
                    raise
            else:
                break
        return own


def bracket(fields: Sequence[Field], theta: list[Jet], ring: Prime) -> list[Jet]:
    """[X1, [X2, ..]] at a jet, where [X, Y] = DY X - DX Y: derivatives along theta + e X and along
    theta + e Y.
    """
    (first, *rest), size = fields, len(theta[0])
    here = _long(first(theta), size)
    if not rest:
        return here
    inner = bracket(rest, [x + y for x, y in zip(theta, here, strict=True)], ring)
    along = [x + y[:size] for x, y in zip(theta, inner, strict=True)]
    pairs = zip(inner, _long(first(along), 2 * size), strict=True)
    return [ring.plus(y[size:], ring.times(x[size:], (ring.p - 1,))) for y, x in pairs]


def _long(jets: list[Jet], size: int) -> list[Jet]:
    return [x + (0,) * (size - len(x)) for x in jets]
