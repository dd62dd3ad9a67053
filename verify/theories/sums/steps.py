"""A proof about a network told step by step: obligations, cofactors, and which hypothesis and rule
each step uses.
"""

from __future__ import annotations

from verify.claims.evidence import Proof, Step
from verify.claims.rules import CITED, statement_of
from verify.claims.sentence import Sentence
from verify.terms.words import words


def lines(sentence: Sentence, proof: Proof) -> list[str]:
    found = [f"0. {line}" for line in _relations(proof)]
    for number, step in enumerate(proof.steps, 1):
        found += [f"{number}. {line}" for line in _step(sentence, step)]
    return found + [
        f"Rule {r}{' (cited)' if r in CITED else ''}: {statement_of(r)}" for r in proof.rules
    ]


def _relations(proof: Proof) -> list[str]:
    lines = [
        "the model gives u_(l,i) P_(l,i) = w_i for every layer, |w_i|^(2/L) = q_i with q_i^L ="
        " w_i^2"
    ]
    if proof.keeps_balance is not None:
        lines.append(
            f"balance is kept: {words(proof.keeps_balance)} = 0, computed without assuming it;"
            " hence u_(l,i)^2 = q_i and P_(l,i)^2 = q_i^(L-1) at all times"
        )
    return lines


def _step(sentence: Sentence, step: Step) -> list[str]:
    relations = sentence.relations()
    if not step.cofactors:
        return [
            f"to show: {words(step.obligation)} = 0. It reduces to 0 by the relations of the model"
            " alone."
        ]
    used = " + ".join(f"({words(c)}) * [{words(relations[h])}]" for h, c in step.cofactors.items())
    names = ", ".join(step.cofactors)
    return [f"to show: {words(step.obligation)} = 0. It equals {used}, which vanishes by {names}."]
