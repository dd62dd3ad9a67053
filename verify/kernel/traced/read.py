"""One certificate of a traced model, from its frame to its sentence."""

from __future__ import annotations

from verify.kernel.limits import At, need
from verify.kernel.load import Data, fields, items
from verify.kernel.traced.count import counted, prime
from verify.kernel.traced.draws import GATES, Parts, Source, gates
from verify.kernel.traced.effort import TRACED, Effort
from verify.kernel.traced.laws import Law, bent, direction, law, slopes
from verify.kernel.traced.moves import Moves
from verify.kernel.traced.program import Program, program
from verify.kernel.traced.ranks import Rows
from verify.kernel.traced.sentence import sentence

PRIME = "2147483647"
PARTIAL = {
    "inv",
    "log",
    "sqrt",
    *GATES,
}  # what may have no value anywhere, or be at a tie everywhere
POINT = 7  # where the point begins at which laws are told apart


def traced(data: dict[str, Data]) -> str:
    """The sentence that it proves; Refused otherwise."""
    Effort.begin()
    fields(data, "format version traced laws", "count")
    model = program(data["traced"])
    if not PARTIAL.isdisjoint(x.kind for x in model.variables.all):
        gates(model, Source(POINT))  # else nothing were said
    moved = Parts.of(model).tensors
    need(any(c and v in moved for c, v in model.outputs), "nothing moves")
    given = items(data["laws"])
    need(len(given) <= TRACED["laws"], f"more than {TRACED['laws']} laws")
    need(given or "count" in data, "nothing is concluded")
    found = _laws(given, model)
    with At("count"):
        count = counted(data["count"], model, len(found)) if "count" in data else None
    return sentence(model, found, count)


def _laws(given: list[Data], model: Program) -> list[Law]:
    """Each conserved, and independent of those before it at a point modulo a prime."""
    moves, source, p = Moves(model), Source(POINT), prime(PRIME)
    theta = [1 + source.below(p - 1) for _ in range(model.size)]
    rows, made = Rows(p), []
    for number, one in enumerate(given, 1):
        with At(f"law {number}"):
            found = law(one, model)
            start = direction(found)
            need(start, "it is constant")
            along = bent(start, model.metric) if model.metric else start
            moves.check(along, found.claimed)
            need(rows.add(slopes(start, theta, p)), "it depends on those before it")
        made.append(found)
    return made
