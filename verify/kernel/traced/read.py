"""One certificate of a traced model, from its frame to its sentence: the model as it was read, what
is conserved, and whether there is more.
"""

from verify.kernel.limits import At, need
from verify.kernel.load import Data, fields, items
from verify.kernel.traced.count import counted
from verify.kernel.traced.damped import slope, swung, told
from verify.kernel.traced.effort import Effort
from verify.kernel.traced.gates import gates
from verify.kernel.traced.laws import Law, bent, direction, excluded, law, spoken
from verify.kernel.traced.machine import total
from verify.kernel.traced.modular import Prime, Rows, Source
from verify.kernel.traced.moves import Moves
from verify.kernel.traced.operations import Shape
from verify.kernel.traced.program import Program, program, sized
from verify.kernel.traced.symmetries import restricted
from verify.kernel.traced.variables import GATES

PRIME = 2**31 - 1
UNCOUNTED = ["Nothing is said of other laws: the kernel has not counted them."]
POINT = 7  # where the point begins at which laws are told apart


def traced(data: dict[str, Data]) -> str:
    """The sentence that it proves; Refused otherwise."""
    Effort.begin()
    fields(data, "format version traced laws", "count symmetry")
    model = program(data["traced"])
    if "symmetry" in data:
        with At("symmetry"):
            need("count" not in data, "a count is of every loss")
            restricted(model, data["symmetry"])
    gates(model, Source(POINT), moved=True)  # else nothing were said
    given = items(data["laws"])
    need(given or "count" in data, "nothing is concluded")
    found = _laws(given, model)
    with At("count"):
        count = counted(data["count"], model, len(found)) if "count" in data else UNCOUNTED
    return "\n".join([*_sentence(model, found), *count])


def _laws(given: list[Data], model: Program) -> list[Law]:
    """Each conserved, and independent of those before it at a point modulo a prime."""
    moves, source, ring = Moves(model), Source(POINT), Prime(PRIME)
    at = {x: (1 + source.below(PRIME - 1),) for x in model.coordinates.values()}
    tau = 1 + source.below(PRIME - 1)
    rows, made = Rows(ring.p), []
    for number, one in enumerate(given, 1):
        with At(f"law {number}"):
            found = law(one, model)
            start = direction(found, model)
            need(start, "it is constant")
            row = [total(start.get(x, {}).items(), at, ring)[0] for x in at]
            if model.speeds:
                start = swung(found, start, model)
                row = slope(row, [x for (x,) in at.values()], tau, found.still)
            moves.check(bent(start, model) if model.metric else start, found.claimed, found.unseen)
            need(rows.add(row), "it depends on those before it")
        made.append(found)
    return made


def _sentence(program: Program, laws: list[Law]) -> list[str]:
    inputs = f" and the inputs {_shapes(program.inputs)}" * bool(program.inputs)
    lines = [f"Of the model with the tensors {_shapes(program.params)} ({program.size} coordinates)"
             f"{inputs}: {'; '.join(program.lines)}.", *_conserved(program, laws)]  # fmt: skip
    for number, one in enumerate(laws, 1):
        divisors = [f"{x} != 0" for x in excluded(one, program)]
        more = f"   (while {', '.join(divisors)})" * bool(divisors)
        said = (told if program.speeds else spoken)(one, program)
        lines.append(f"  ({number}) {said}{more}")
    return lines


def _shapes(of: dict[str, Shape]) -> str:
    return ", ".join(f"{n} {sized(s)}" for n, s in of.items())


def _conserved(program: Program, laws: list[Law]) -> list[str]:
    if not laws:
        return []
    where = ["wherever it has a value and is differentiable"]
    if program.of_kind(*GATES):
        where.append("on each activation region, until an argument of a gate is 0 or two tie")
    are = f"these {len(laws)} are" if len(laws) > 1 else "this is"
    return [f"Under {program.flow} of {program.losses}, on all data, {', '.join(where)},"
            f" {are} conserved:"]  # fmt: skip
