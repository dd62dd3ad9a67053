"""The proof of one conclusion in LaTeX, written from what was found: identities with their
cofactors, lemmas, steps and rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from verify.claims.evidence import Outcome, Proof
from verify.claims.rules import CITED, statement_of
from verify.models.matrices import stated_latex
from verify.spelling.tex import displayed, inline, roman
from verify.terms.affine import k
from verify.terms.matrices import Mat
from verify.terms.matrix_words import LATEX
from verify.terms.matrix_words import latex as of_words
from verify.terms.relation import Equal
from verify.terms.words import latex
from verify.theories.declared.elaborate import Elaborated
from verify.theories.declared.proof_latex import argument as of_steps
from verify.theories.enclosures.proof_latex import EnclosureProof
from verify.theories.enclosures.proof_latex import argument as of_enclosure
from verify.theories.steps.told import told
from verify.theories.symmetries.proof_latex import ActionProof
from verify.theories.symmetries.proof_latex import argument as of_action
from verify.theories.words.element import Word
from verify.theories.words.frame import frame
from verify.theories.words.prove import MatrixProof
from verify.theories.words.rewrite import Cofactor

_BY = {
    "": "directly",
    "down": "by induction from \\(N\\) down",
    "up": "by induction from the first layer up",
}


def proof(outcomes: Sequence[Outcome]) -> list[str]:
    """The proof of every conclusion, numbered as they are where there are several, and what is used
    beside algebra.
    """
    lines: list[str] = []
    for number, outcome in enumerate(outcomes, 1):
        fresh = [x for x in _steps(outcome) if x not in lines]
        label = [f"({roman(number)})"] if len(outcomes) > 1 else []
        opened = number == 1 and isinstance(outcome.proof, (ActionProof, EnclosureProof))
        opening = fresh[: int(opened)]
        told = fresh[len(opening) :] or ["The same steps show this."]
        lines += [*opening, *label, *told]
    return [*lines, *rules(*outcomes)]


def _steps(outcome: Outcome) -> list[str]:
    """Sentences and displays, each complete in itself; the kernel's steps where there are some."""
    if outcome.steps is not None:
        return told(outcome.steps.body, latex=True)
    if isinstance(outcome.proof, MatrixProof):
        return _of_matrices(outcome.sentence, outcome.proof)
    if isinstance(outcome.proof, Proof):
        return _of_sums(outcome.sentence, outcome.proof)
    if isinstance(outcome.proof, Elaborated):
        return of_steps(outcome.sentence, outcome.proof)
    if isinstance(outcome.proof, ActionProof):
        return of_action(outcome.sentence.conclusion, outcome.proof)
    assert isinstance(outcome.proof, EnclosureProof)
    return of_enclosure(outcome.sentence.conclusion, outcome.proof)


def rules(*outcomes: Outcome) -> list[str]:
    """What is used beside algebra, by what it says; published theorems as such."""
    names = dict.fromkeys(name for o in outcomes for name in (*o.rules, *o.given))
    own = [statement_of(r, tex=True) for r in names if r not in CITED]
    cited = [statement_of(r, tex=True) for r in names if r in CITED]
    found = [f"Here it is used that {'; that '.join(own)}."] if own else []
    return [*found, *([f"Cited is that {'; that '.join(cited)}."] if cited else [])]


def _of_sums(sentence: Any, found: Proof) -> list[str]:
    relations = sentence.relations()
    lines = []
    if found.keeps_balance is not None:
        lines.append(
            "Balance persists, so \\(u_{\\ell,i}^{2} = |w_i|^{2/L}\\) for every \\(\\ell\\) at all"
            " times."
        )
    for step in found.steps:
        lines.append(
            displayed(f"{latex(step.obligation)} = {_combination(relations, step.cofactors)}")
        )
    return lines


def _combination(relations: Mapping[str, Any], cofactors: Mapping[str, Any]) -> str:
    if not cofactors:
        return "0"
    parts = [f"({latex(c)})\\Bigl({latex(relations[h])}\\Bigr)" for h, c in cofactors.items()]
    return " + ".join(parts) + " = 0"


def _of_matrices(sentence: Any, found: MatrixProof) -> list[str]:
    relations = dict(frame(sentence.setting, sentence.assuming).relations)
    relations |= {name: es for o in found.obligations for name, es in o.given.items()}
    relations |= {x.lemma.name: (x.lemma.equation,) for x in found.lemmas}
    lines = [
        f"What holds at the start ({_equations(relations[name])}) is kept by the flow."
        for name in found.kept
    ]
    for lemma in found.lemmas:
        lines.append(
            f"{stated_latex(lemma.lemma.equation)},"
            f" {_BY[lemma.lemma.by]}{_from(relations, (*lemma.base, *lemma.steps))}."
        )
    for o in found.obligations:
        steps = found.steps[o.name]
        why = _from(relations, steps) if steps else " by the definitions alone"
        lines.append(displayed(f"{of_words(o.gap)} = 0") + f"\nholds{why}.")
    return lines


def _equations(found: tuple[Equal, ...]) -> str:
    return "; ".join(stated_latex(e) for e in found)


def _from(relations: Mapping[str, tuple[Equal, ...]], steps: tuple[Cofactor, ...]) -> str:
    """The multiples of relations that are subtracted."""
    told = ", ".join(inline(_step(relations, s)) for s in steps)
    return f": subtract {told}" if told else ""


def _step(relations: Mapping[str, tuple[Equal, ...]], s: Cofactor) -> str:
    """c left (left side - right side) right."""
    e = relations[s.relation][s.part]
    at = s.at if s.at is not None else k if e.indexed else None
    gap = of_words(e.left - e.right if at is None else (e.left - e.right).put("k", at))
    mark = {"": "", "H": "^{*}", "T": "^{T}", "C": "^{\\mathrm{conj}}"}[s.mark]
    scalars_ = " ".join(LATEX.index(LATEX.name(name), i) for (name, i), _ in s.scalars)
    size = "" if s.c == 1 else "-" if s.c == -1 else of_words(Mat("num", (s.c,)))
    text = " ".join(
        x
        for x in (size, scalars_, _word(s.left), f"\\bigl({gap}\\bigr){mark}", _word(s.right))
        if x
    )
    text = f"\\operatorname{{Re Tr}}\\bigl({text}\\bigr)" if s.trace else text
    return f"\\sum_{{j}} {text}".replace("#", "j") if any(r[0] == "#" for r in s.ranges) else text


def _word(w: Word) -> str:
    marks = {"": "", "H": "^{*}", "T": "^{T}", "C": "^{\\mathrm{conj}}"}

    def one(name: str, i: Any, mark: str, e: Any) -> str:
        base = LATEX.index(LATEX.name(name), i) + marks[mark]
        return base if str(e) == "1" else f"({base})^{{{e}}}" if mark else f"{base}^{{{e}}}"

    return " ".join(one(*x) for x in w)
