"""Certificates of formulas: inputs and hints, read back by a reader that shares no code with the
prover.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.claims.certified import Certified, read
from verify.claims.claim import Claim
from verify.claims.evidence import Outcome
from verify.claims.verdict import Verdict
from verify.terms.wire import encode
from verify.theories.towers.decide import constant
from verify.theories.towers.domain import domain, scope
from verify.theories.towers.place import Spot
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.towers.solution import Solved

_FORMAT = {"format": "flowlaw-formulas", "version": 1}


def certify(
    claim: Claim, without: tuple[str, ...], outcomes: Mapping[str, Outcome]
) -> dict[str, Certified]:
    """One certificate for all that was proved, one for each refutation, as the reader found
    them.
    """
    found = {}
    proved = {n: o for n, o in outcomes.items() if o.verdict is Verdict.PROVED}
    for name, o in outcomes.items():
        if o.verdict is Verdict.REFUTED:
            found[name] = read(_refutation(claim.id, without, name, o))
    if proved:
        found |= dict.fromkeys(proved, read(_proof(claim.id, without, proved)))
    return found


def _frame(
    claim: str, verdict: str, without: tuple[str, ...], sentences: list[FormulaSentence]
) -> dict[str, Any]:
    return {
        **_FORMAT,
        "claim": claim,
        "verdict": verdict,
        "setting": sentences[0].setting.wire(),
        "assuming": [h.wire() for h in sentences[0].assuming],
        "dropped": list(without),
        "conclusions": {s.name: s.conclusion.wire() for s in sentences},
        "statement": "; ".join(_stated(s, verdict) for s in sentences),
    }


def _stated(sentence: FormulaSentence, verdict: str) -> str:
    """What was proved is said with its conditions; a place refutes the sentence as it stands."""
    condition = scope(sentence) if verdict == "PROVED" else ""
    return " ".join(x for x in (sentence.conclusion.render(), condition) if x)


def _proof(claim: str, without: tuple[str, ...], proved: Mapping[str, Outcome]) -> dict[str, Any]:
    sentences: list[Any] = [o.sentence for o in proved.values()]
    proof = {}
    for name, o in proved.items():
        reduced: Any = o.proof
        proof[name] = {
            "instance": _letters(o.instance),  # type: ignore[arg-type]
            "factors": [[encode(e), k] for e, k in reduced.factors],
            "while": [[encode(c.expr), c.relation] for c in domain(o.sentence)],  # type: ignore[arg-type]
        }
    return {**_frame(claim, "PROVED", without, sentences), "proof": proof}


def _refutation(claim: str, without: tuple[str, ...], name: str, o: Outcome) -> dict[str, Any]:
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
    return {**_frame(claim, "REFUTED", without, [sentence]), "witness": own}


def _letters(spot: Spot) -> dict[str, str]:
    return {x: str(v) for x, v in spot.letters.items()}
