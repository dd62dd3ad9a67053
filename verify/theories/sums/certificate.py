"""What certificates of sums have of their own (``proofs/certificates/FORMAT.md``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.claims.evidence import Outcome, Witness
from verify.models.losses import Loss
from verify.models.losses.matrices import DiagonalPlus
from verify.models.point import Point
from verify.terms.wire import encode


def proved(outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
    first = next(iter(outcomes.values()))
    constants = sorted({c for o in outcomes.values() for c in o.sentence.declared()})
    assert first.instance is not None
    proof = {}
    for name, outcome in outcomes.items():
        assert outcome.proof is not None
        through = outcome.proof.hints.through
        proof[name] = {
            "cofactors": [
                {h: encode(c) for h, c in s.cofactors.items()} for s in outcome.proof.steps
            ],
            "through": None if through is None else encode(through),
            "rule": outcome.proof.hints.rule,
        }
    instance = point_wire(first.instance, constants)
    return {"constants": constants, "dropped": [], "proof": proof, "instance": instance}


def refuted(name: str, witness: Witness | Any, dropped: list[str]) -> dict[str, Any]:
    sentence = witness.sentence
    where = {"conclusion": name, "indices": dict(witness.indices)}
    if not sentence.conclusion.exact:
        where = {"conclusion": name, "kind": "trap", "rule": witness.rule}
    return {
        "constants": list(sentence.declared()),
        "dropped": dropped,
        "witness": {**point_wire(witness.point, sentence.declared()), **where},
    }


def point_wire(point: Point, declared: list[str] | tuple[str, ...]) -> dict[str, Any]:
    return {
        "depth": point.depth,
        "width": point.width,
        "loss": loss_wire(point.loss),
        "start": [[str(x) for x in row] for row in point.start],
        "constants": {c: str(x) for c, x in sorted(point.constants.items()) if c in declared},
    }


def loss_wire(loss: Loss) -> dict[str, Any]:
    return {
        "expr": encode(loss.expr),
        "data": {name: _datum(x) for name, x in sorted(loss.data.items())},
    }


def _datum(value: Any) -> Any:
    if isinstance(value, DiagonalPlus):
        value = value.dense()
    return [_datum(x) for x in value] if isinstance(value, tuple) else str(value)
