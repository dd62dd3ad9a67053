"""Writing certificates (``proofs/certificates/FORMAT.md``) and having the independent reader accept
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from verify.claims.certified import Certified, read, text_of
from verify.claims.claim import Claim
from verify.claims.evidence import Outcome, Witness
from verify.claims.sentence import conditions
from verify.claims.verdict import Verdict
from verify.models.losses import Loss
from verify.models.losses.matrices import DiagonalPlus
from verify.models.point import Point
from verify.terms.wire import encode
from verify.theories.sums.drops import Plan

_FORMAT = {"format": "flowlaw-certificate", "version": 1}


def certify(claim: Claim, work: Plan, outcomes: Mapping[str, Outcome]) -> dict[str, Certified]:
    """For each conclusion that was proved or refuted, the certificate that says so, as check.py
    read it.
    """
    proved = {n: o for n, o in outcomes.items() if o.verdict is Verdict.PROVED}
    found = {}
    for name, outcome in outcomes.items():
        if outcome.verdict is Verdict.REFUTED:
            found[name] = read(
                refutation(claim.id, name, outcome.witness, [x for x, _ in work.dropped])
            )
    if proved:
        together = read(proof_of(claim.id, proved))
        found |= dict.fromkeys(proved, together)
    return found


def proof_of(claim: str, proved: Mapping[str, Outcome]) -> dict[str, Any]:
    first = next(iter(proved.values()))
    constants = sorted({c for o in proved.values() for c in o.sentence.declared()})
    assert first.instance is not None
    proof = {}
    for name, outcome in proved.items():
        assert outcome.proof is not None
        through = outcome.proof.hints.through
        proof[name] = {
            "cofactors": [
                {h: encode(c) for h, c in s.cofactors.items()} for s in outcome.proof.steps
            ],
            "through": None if through is None else encode(through),
            "rule": outcome.proof.hints.rule,
        }
    return {
        **_FORMAT,
        "claim": claim,
        "verdict": "PROVED",
        **_sentence(first, constants),
        "dropped": [],
        "conclusions": {n: o.sentence.conclusion.wire() for n, o in proved.items()},
        "proof": proof,
        "instance": point_wire(first.instance, constants),
        "statement": "; ".join(
            " ".join(x for x in (o.sentence.conclusion.render(), conditions(o.sentence)) if x)
            for o in proved.values()
        ),
    }


def refutation(claim: str, name: str, witness: Witness | Any, dropped: list[str]) -> dict[str, Any]:
    sentence = witness.sentence
    where = {"conclusion": name, "indices": dict(witness.indices)}
    if not sentence.conclusion.exact:
        where = {"conclusion": name, "kind": "trap", "rule": witness.rule}
    return {
        **_FORMAT,
        "claim": claim,
        "verdict": "REFUTED",
        "setting": sentence.setting.wire(),
        "constants": list(sentence.declared()),
        "assuming": [h.wire() for h in sentence.assuming],
        "dropped": dropped,
        "conclusions": {name: sentence.conclusion.wire()},
        "witness": {**point_wire(witness.point, sentence.declared()), **where},
        "statement": sentence.conclusion.render(),
    }


def _sentence(outcome: Outcome, constants: list[str]) -> dict[str, Any]:
    sentence = outcome.sentence
    return {
        "setting": sentence.setting.wire(),
        "constants": constants,
        "assuming": [h.wire() for h in sentence.assuming],
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


def write(body: Mapping[str, Any], path: Path) -> None:
    """Into a temporary file beside the target, then renamed: never half a certificate."""
    from verify.process.files import write_text

    write_text(path, text_of(body))
