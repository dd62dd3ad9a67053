"""Each law that was found gets a proof that a second reading accepts, or a reason."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, TypeVar

from verify.discover.laws.direction import NotProved, direction
from verify.discover.laws.equivariance import Proof, Prover
from verify.discover.laws.forms import Form
from verify.discover.laws.recheck import Recheck, Refuted, TooLarge
from verify.discover.laws.scalars import Poly
from verify.discover.laws.writing_out import written_out
from verify.exact.errors import EnginesDisagree, NoValue
from verify.trace.graph import Graph

Key = TypeVar("Key", bound=Hashable)
Direction = Mapping[int, Poly]


@dataclass(frozen=True)
class Proofs(Generic[Key]):
    """``proved``, the ``reasons`` of the others, and what has no proof of its own: laws that are
    ``following`` from those. Those ``by_weights`` have no steps.
    """

    proved: dict[Key, Proof]
    reasons: dict[Key, str]
    following: set[Key] = field(default_factory=set)
    by_weights: set[Key] = field(default_factory=set)


def proved(graph: Graph, laws: Mapping[Key, Form]) -> Proofs[Key]:
    """Raises EnginesDisagree where the second reading refuses what the prover says."""
    return proved_along(graph, {key: partial(direction, form) for key, form in laws.items()})


def proved_along(graph: Graph, starts: Mapping[Key, Callable[[], Direction]]) -> Proofs[Key]:
    """That no output moves in each direction of the coordinates, which may raise NotProved. Raises
    EnginesDisagree.
    """
    if not starts:
        return Proofs({}, {})
    try:
        scalars = written_out(graph)
    except NoValue as why:
        return Proofs({}, dict.fromkeys(starts, str(why)))
    prover, reader = Prover(scalars), Recheck(scalars)
    found: dict[Key, Proof] = {}
    reasons: dict[Key, str] = {}
    for law, begin in starts.items():
        try:
            start = begin()
            proof = prover.along(start)
            reader.check(start, proof.moves, proof.symmetry, proof.unseen)
        except (NotProved, TooLarge) as why:
            reasons[law] = str(why)
        except Refuted as why:
            raise EnginesDisagree(f"the proof of a conservation law is refused: {why}") from why
        else:
            found[law] = proof
    return Proofs(found, reasons)
