"""Certificates of claims about matrices (``proofs/certificates/FORMAT.md``): inputs, suggested
squares and cofactors, never results.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from verify.terms.matrix_wire import encode, relation, spot
from verify.theories.words.lasting import Lasting, Steps
from verify.theories.words.rewrite import Cofactor

if TYPE_CHECKING:
    from verify.claims.evidence import Outcome
    from verify.theories.words.prove import MatrixProof


def proof_wire(proof: MatrixProof) -> dict[str, Any]:
    aid = proof.aid
    return {
        "squares": [
            {"c": str(s.c), "x": encode(s.x), "over": None if s.over is None else list(s.over)}
            for s in aid.squares
        ],
        "factor": str(aid.factor),
        "lemmas": [
            {
                "name": x.lemma.name,
                "equation": relation(x.lemma.equation),
                "by": x.lemma.by,
                "base": [_step(s) for s in x.base],
                "steps": [_step(s) for s in x.steps],
            }
            for x in proof.lemmas
        ],
        "steps": {name: [_step(s) for s in steps] for name, steps in proof.steps.items()},
    }


def proved(outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
    """Of all conclusions that were proved, with one instance each."""
    proofs: dict[str, MatrixProof] = {n: o.proof for n, o in outcomes.items()}  # type: ignore[misc]
    first = next(iter(proofs.values()))
    return {
        **_lasting(first.lasting, first.kept),
        "proof": {n: proof_wire(p) for n, p in proofs.items()},
        "instance": {n: o.instance.wire() for n, o in outcomes.items()},  # type: ignore[union-attr]
    }


def refuted(name: str, outcome: Outcome) -> dict[str, Any]:
    return {
        **_lasting(outcome.sentence.lasting(), {}),  # type: ignore[attr-defined]
        "witness": {"conclusion": name, **outcome.witness.wire()},  # type: ignore[union-attr]
    }


def _lasting(known: Lasting, started: Mapping[str, tuple[Steps, ...]]) -> dict[str, Any]:
    """Why relations and forms last at every state; without proofs for those that hold always, each
    state has to show it itself.
    """
    kept = {**started, **known.kept}
    return {
        "kept": {
            name: [[_step(s) for s in steps] for steps in equations]
            for name, equations in kept.items()
        },
        "forms": {name: [_step(s) for s in steps] for name, steps in known.forms.items()},
    }


def _step(s: Cofactor) -> dict:
    """Ranges as [variable, first, N - last]."""
    return {
        "c": str(s.c),
        "relation": s.relation,
        "part": s.part,
        "at": spot(s.at),
        "mark": s.mark,
        "left": _word(s.left),
        "right": _word(s.right),
        "scalars": [[n, spot(i), spot(e)] for (n, i), e in s.scalars],
        "trace": s.trace,
        "ranges": [[n, low + 1, high] for n, low, high, _, _ in s.ranges],
    }


def _word(w: tuple) -> list:
    return [[n, spot(i), m, spot(e)] for n, i, m, e in w]
