"""Each law that was found gets a proof that a second reading accepts, or a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from verify.discover.laws.atoms import Law
from verify.discover.laws.direction import NotProved, direction
from verify.discover.laws.equivariance import Proof, Prover
from verify.discover.laws.layout import Layout
from verify.discover.laws.recheck import Recheck, Refuted
from verify.discover.laws.writing_out import written_out
from verify.exact.errors import EnginesDisagree, NoValue
from verify.trace.graph import Graph


@dataclass(frozen=True)
class Proofs:
    """``proved`` and the ``reasons`` of the others."""

    proved: dict[Law, Proof]
    reasons: dict[Law, str]


def proofs(graph: Graph, layout: Layout, laws: Iterable[Law]) -> Proofs:
    """Raises EnginesDisagree where the second reading refuses what the prover says."""
    laws = tuple(laws)
    if not laws:
        return Proofs({}, {})
    try:
        scalars = written_out(graph)
    except NoValue as why:
        return Proofs({}, dict.fromkeys(laws, str(why)))
    prover, reader = Prover(scalars), Recheck(scalars)
    proved: dict[Law, Proof] = {}
    reasons: dict[Law, str] = {}
    for law in laws:
        form = law.form(layout)
        try:
            proof = prover.prove(form)
            reader.check(direction(form), proof.moves)
        except NotProved as why:
            reasons[law] = str(why)
        except Refuted as why:
            raise EnginesDisagree(f"the proof of a conservation law is refused: {why}") from why
        else:
            proved[law] = proof
    return Proofs(proved, reasons)
