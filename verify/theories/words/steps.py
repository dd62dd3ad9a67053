"""A proof about matrices told step by step."""

from __future__ import annotations

from verify.claims.rules import CITED, statement_of
from verify.models.matrices import stated
from verify.spelling.called import in_quotes
from verify.terms.matrix_words import words
from verify.theories.words.prove import MatrixProof
from verify.theories.words.rewrite import Cofactor


def lines(proof: MatrixProof) -> list[str]:
    found = []
    for name in proof.kept:
        found.append(
            f"{name} is kept: the derivative of each of its equations reduces to zero modulo the"
            " relations"
        )
    for lemma in proof.lemmas:
        how = {
            "": "directly",
            "down": "by induction from N down",
            "up": "by induction from the first layer up",
        }[lemma.lemma.by]
        found.append(f"lemma {in_quotes(lemma.lemma.name)}: {stated(lemma.lemma.equation)}, {how}")
        found += [f"  subtract {said(s)}" for s in (*lemma.base, *lemma.steps)]
    for o in proof.obligations:
        steps = proof.steps[o.name]
        tail = "by definitions alone it reduces to 0" if not steps else "it reduces to 0 after"
        found.append(f"to show: {words(o.gap)} = 0; {tail}")
        found += [f"  subtracting {said(s)}" for s in steps]
    rules = dict.fromkeys((*proof.rules, *proof.cited))
    return [
        *found,
        *(f"Rule {r}{' (cited)' if r in CITED else ''}: {statement_of(r)}" for r in rules),
    ]


def said(s: Cofactor) -> str:
    """c left [relation] right."""
    at = f" at {s.at}" if s.at is not None else ""
    mark = {"": "", "H": "*", "T": "^T", "C": "^conj"}[s.mark]
    scalars = " ".join(name + (f"_({i})" if i is not None else "") for (name, i), _ in s.scalars)
    text = " ".join(
        x
        for x in (str(s.c), scalars, _word(s.left), f"[{s.relation}{at}]{mark}", _word(s.right))
        if x
    )
    text = f"Re Tr({text})" if s.trace else text
    return f"sum over # of {text}" if any(r[0] == "#" for r in s.ranges) else text


def _word(w: tuple) -> str:
    def one(n, i, m, e) -> str:
        name = n if i is None else f"{n}_({i})"
        mark = {"": "", "H": "*", "T": "^T", "C": "^conj"}[m]
        return name + mark + ("" if str(e) == "1" else f"^({e})")

    return " ".join(one(*x) for x in w)
