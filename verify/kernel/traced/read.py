"""One certificate of a traced model, from its frame to its sentence."""

from __future__ import annotations

from verify.kernel.limits import At, need
from verify.kernel.load import Data, fields, items
from verify.kernel.traced.count import counted
from verify.kernel.traced.effort import TRACED, Effort
from verify.kernel.traced.gates import PARTIAL, gates
from verify.kernel.traced.laws import Law, bent, direction, law
from verify.kernel.traced.modular import Prime, Rows, Source, prime, total
from verify.kernel.traced.moves import Moves
from verify.kernel.traced.program import Program, program
from verify.kernel.traced.sentence import sentence

PRIME = "2147483647"
POINT = 7  # where the point begins at which laws are told apart


def traced(data: dict[str, Data]) -> str:
    """The sentence that it proves; Refused otherwise."""
    Effort.begin()
    fields(data, "format version traced laws", "count")
    model = program(data["traced"])
    if model.of_kind(*PARTIAL):
        gates(model, Source(POINT))  # else nothing were said
    moved = model.made_from(set(range(model.size)))
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
    moves, source, ring = Moves(model), Source(POINT), Prime(prime(PRIME))
    theta = [(1 + source.below(ring.p - 1),) for _ in range(model.size)]
    rows, made = Rows(ring.p), []
    for number, one in enumerate(given, 1):
        with At(f"law {number}"):
            found = law(one, model)
            start = direction(found, model)
            need(start, "it is constant")
            moves.check(bent(start, model) if model.metric else start, found.claimed)
            slope = [total(start.get(i, {}).items(), theta, ring)[0] for i in range(model.size)]
            need(rows.add(slope), "it depends on those before it")
        made.append(found)
    return made
