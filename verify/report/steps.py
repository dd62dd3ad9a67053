"""A proof told step by step: obligations, cofactors, and which hypothesis and rule each step uses."""

from __future__ import annotations

from verify.claim import Claim
from verify.conclusions.base import Hints
from verify.evidence import Proof, Step
from verify.parts import steps_of
from verify.prove import Gap, prove
from verify.report.words import words
from verify.rules import CITED, statement_of
from verify.sentence import Sentence


def steps(claim: Claim) -> list[str]:
    """Lines of text."""
    lines = [
        f'{claim.id}    called "{claim.title}"',
        f"Setting: {claim.setting.title()}; {claim.setting.detail()}",
        *_complete(claim),
        "",
    ]
    lines += [f"Hypothesis {h.id} [{h.when}]: {h.prose()}" for h in claim.assuming]
    for name, conclusion in claim.concluding.items():
        lines += ["", f"Conclusion {name}: {conclusion.render()}"]
        own = steps_of(claim)
        if own is not None:
            lines += [f"  {line}" for line in own(claim, name)]
            continue
        if not conclusion.exact:
            how = "decided by an enclosure from each start" if conclusion.kind == "throughout" else "measured by experiment"
            lines.append(f"  This kind is {how}; it has no exact proof here.")
            continue
        sentence = Sentence(claim.flow, claim.assuming, name, conclusion)
        proof = prove(sentence, claim.hints.get(name, Hints()))
        lines += [f"  No proof: {proof.reason}"] if isinstance(proof, Gap) else _told(sentence, proof)
    return lines


def _complete(claim: Claim) -> list[str]:
    """Equations in full, where the setting has them."""
    complete = getattr(claim.setting, "complete", None)
    return [] if complete is None else [f"  {line}" for line in complete()]


def _told(sentence: Sentence, proof: Proof) -> list[str]:
    lines = [f"  0. {line}" for line in _relations(sentence, proof)]
    for number, step in enumerate(proof.steps, 1):
        lines += [f"  {number}. {line}" for line in _step(sentence, step)]
    lines += [f"  Rule {r}{' (cited)' if r in CITED else ''}: {statement_of(r)}" for r in proof.rules]
    return lines


def _relations(sentence: Sentence, proof: Proof) -> list[str]:
    lines = ["the model gives u_(l,i) P_(l,i) = w_i for every layer, |w_i|^(2/L) = q_i with q_i^L = w_i^2"]
    if proof.keeps_balance is not None:
        lines.append(
            f"balance is kept: {words(proof.keeps_balance)} = 0, computed without assuming it;"
            " hence u_(l,i)^2 = q_i and P_(l,i)^2 = q_i^(L-1) at all times"
        )
    return lines


def _step(sentence: Sentence, step: Step) -> list[str]:
    relations = sentence.relations()
    if not step.cofactors:
        return [f"to show: {words(step.obligation)} = 0. It reduces to 0 by the relations of the model alone."]
    used = " + ".join(f"({words(c)}) * [{words(relations[h])}]" for h, c in step.cofactors.items())
    names = ", ".join(step.cofactors)
    return [f"to show: {words(step.obligation)} = 0. It equals {used}, which vanishes by {names}."]
