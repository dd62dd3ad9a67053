"""Certificates of formulas: inputs and hints, read back by a reader that shares no code with the prover."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.algebra.wire import encode
from verify.certified import Certified, read
from verify.claim import Claim
from verify.formulas.decide import Decided
from verify.formulas.domain import domain, scope
from verify.formulas.place import Spot
from verify.formulas.sentence import FormulaSentence
from verify.formulas.solution import Solved
from verify.verdict import Verdict

_FORMAT = {"format": "flowlaw-formulas", "version": 1}


def certify(claim: Claim, without: tuple[str, ...], decided: Mapping[str, Decided]) -> dict[str, Certified]:
    """One certificate for all that was proved, one for each refutation, as the reader found them."""
    found = {}
    proved = {n: d for n, d in decided.items() if d.outcome.verdict is Verdict.PROVED}
    for name, d in decided.items():
        if d.outcome.verdict is Verdict.REFUTED:
            found[name] = read(_refutation(claim.id, without, name, d))
    if proved:
        found |= dict.fromkeys(proved, read(_proof(claim.id, without, proved)))
    return found


def _frame(claim: str, verdict: str, without: tuple[str, ...], sentences: list[FormulaSentence]) -> dict[str, Any]:
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


def _proof(claim: str, without: tuple[str, ...], proved: Mapping[str, Decided]) -> dict[str, Any]:
    sentences: list[Any] = [d.outcome.sentence for d in proved.values()]
    proof = {}
    for name, d in proved.items():
        spot: Any = d.outcome.instance
        proof[name] = {
            "instance": _letters(spot),
            "factors": [[encode(e), k] for e, k in d.factors],
            "while": [[encode(c.expr), c.relation] for c in domain(d.outcome.sentence)],  # type: ignore[arg-type]
        }
    return {**_frame(claim, "PROVED", without, sentences), "proof": proof}


def _refutation(claim: str, without: tuple[str, ...], name: str, d: Decided) -> dict[str, Any]:
    sentence: Any = d.outcome.sentence
    witness: Any = d.outcome.witness
    own: dict[str, Any] = {"conclusion": name}
    if isinstance(witness, Solved):
        own["atoms"] = [a.wire() for a in witness.given.clock.atoms]
        own["solution"] = {x: encode(e) for x, e in witness.given.values.items()}
    else:
        own["letters"] = _letters(witness)
        own["constant"] = None if d.constant is None else str(d.constant)
    return {**_frame(claim, "REFUTED", without, [sentence]), "witness": own}


def _letters(spot: Spot) -> dict[str, str]:
    return {x: str(v) for x, v in spot.letters.items()}
