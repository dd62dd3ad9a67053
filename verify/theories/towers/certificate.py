"""Certificates of formulas: inputs and hints, read back by a reader that shares no code with the
prover.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.claims.evidence import Outcome
from verify.terms.wire import encode
from verify.theories.towers.domain import domain
from verify.theories.towers.place import Spot
from verify.theories.towers.refute import constant
from verify.theories.towers.solution import Solved


def proved(outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
    proof = {}
    for name, o in outcomes.items():
        reduced: Any = o.proof
        proof[name] = {
            "instance": _letters(o.instance),  # type: ignore[arg-type]
            "factors": [[encode(e), k] for e, k in reduced.factors],
            "while": [[encode(c.expr), c.relation] for c in domain(o.sentence)],  # type: ignore[arg-type]
        }
    return {"proof": proof}


def refuted(name: str, o: Outcome) -> dict[str, Any]:
    sentence: Any = o.sentence
    witness: Any = o.witness
    own: dict[str, Any] = {"conclusion": name}
    if isinstance(witness, Solved):
        own["atoms"] = [a.wire() for a in witness.given.clock.atoms]
        own["solution"] = {x: encode(e) for x, e in witness.given.values.items()}
    else:
        own["letters"] = _letters(witness)
        right = constant(sentence)
        own["constant"] = None if right is None else str(right)
    return {"witness": own}


def _letters(spot: Spot) -> dict[str, str]:
    return {x: str(v) for x, v in spot.letters.items()}
