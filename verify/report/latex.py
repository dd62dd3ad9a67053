"""A claim as a LaTeX theorem environment with its proof, written from the same objects that are judged."""

from __future__ import annotations

import re

from verify.algebra.expr import Expr
from verify.claim import Claim
from verify.conclusions.base import Hints
from verify.evidence import Proof
from verify.parts import condition_of, steps_of
from verify.prove import Gap, prove
from verify.report.stated import setting
from verify.report.words import latex
from verify.rules import statement_of
from verify.sentence import Sentence
from verify.verdict import Verdict

_SPECIAL = {
    "\\": r"\textbackslash{}",
    **{c: f"\\{c}" for c in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
}


def plain(text: str) -> str:
    """Text that LaTeX prints as it is."""
    text = "".join({"<": r"\(<\)", ">": r"\(>\)", "|": r"\(|\)"}.get(c, _SPECIAL.get(c, c)) for c in text)
    return re.sub(r"(?<=[-',])(?=[-',])", "{}", text)  # no dashes, no closing quotes out of two signs


def theorem(claim: Claim) -> str:
    """Compiles with amsmath and amsthm and two environments, theorem and conjecture."""
    kind = "theorem" if claim.expected is Verdict.PROVED else "conjecture"
    name = claim.title + (f"; {claim.source.text()}" if claim.source.draft else "")  # a draft is said to be one, also in print
    # the name in braces: a bracket in it would end the argument
    lines = [f"% {claim.id}, {claim.source.text()}", f"\\begin{{{kind}}}[{{{plain(name)}}}]"]
    detail = "where \\(g=\\nabla J(w)\\)" if claim.setting.kind in ("flow", "step") else plain(claim.setting.detail())
    followed = claim.setting.kind == "trajectories"
    lines.append(f"Consider {plain(setting(claim))}." if followed else f"Consider {plain(claim.setting.title())}, {detail}.")
    if claim.assuming:
        lines += ["Assume", "\\begin{itemize}"]
        lines += [f"\\item{{}} {plain(h.prose())} ({h.when})" for h in claim.assuming]
        lines.append("\\end{itemize}")
    lines += ["Then"]
    lines += [f"\\[ {c.latex()}{_condition(claim, name)} \\]" for name, c in claim.concluding.items()]
    if claim.expected is Verdict.REFUTED:
        lines.append("This statement is false; a counterexample is in the certificate.")
    lines.append(f"\\end{{{kind}}}")
    proofs = [_proof(claim, name) for name in claim.concluding]
    if all(proofs):
        lines += ["\\begin{proof}", *[line for p in proofs for line in p], "\\end{proof}"]
    return "\n".join(lines) + "\n"


def _condition(claim: Claim, name: str) -> str:
    """``while x > 0``, as displayed mathematics; ``and`` stays upright."""
    found = condition_of(claim, name)
    if not found:
        return ""
    word, _, rest = found.partition(" ")
    return f"\\quad\\text{{{word} }}" + rest.replace(" and ", "\\text{ and }")


def _proof(claim: Claim, name: str) -> list[str]:
    conclusion = claim.concluding[name]
    if not conclusion.exact or steps_of(claim) is not None:
        return []
    sentence = Sentence(claim.flow, claim.assuming, name, conclusion)
    proof = prove(sentence, claim.hints.get(name, Hints()))
    return [] if isinstance(proof, Gap) else _steps(sentence, proof)


def _steps(sentence: Sentence, proof: Proof) -> list[str]:
    relations = sentence.relations()
    lines = []
    if proof.keeps_balance is not None:
        lines.append("Balance persists, so \\(u_{l,i}^2 = |w_i|^{2/L}\\) for every \\(l\\) at all times.")
    for step in proof.steps:
        lines.append(f"\\[ {latex(step.obligation)} = {_combination(relations, step.cofactors)} \\]")
    rules = "; ".join(plain(f"{r}: {statement_of(r)}") for r in proof.rules)
    return [*lines, f"Rules used: {rules}."] if rules else lines


def _combination(relations: dict[str, Expr], cofactors) -> str:
    if not cofactors:
        return "0"
    return " + ".join(f"({latex(c)})\\Bigl({latex(relations[h])}\\Bigr)" for h, c in cofactors.items()) + " = 0"
