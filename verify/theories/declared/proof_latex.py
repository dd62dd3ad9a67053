"""The steps of a proof in declared letters as LaTeX: what is derived, used, and cancels."""

from __future__ import annotations

from verify.claims.hypotheses.related import Related
from verify.spelling.tex import displayed
from verify.terms.expr import Expr, dot
from verify.terms.words import latex
from verify.theories.declared.elaborate import Elaborated
from verify.theories.declared.sentence import DeclaredSentence
from verify.theories.declared.told import closing, squares, use_name


def argument(sentence: DeclaredSentence, found: Elaborated) -> list[str]:
    """Sentences and displays, each complete in itself."""
    c, own = sentence.conclusion, {h.id: h for h in sentence.assuming}
    e = c.expressions()
    gap: Expr = e[0] - e[1] if len(e) > 1 else e[0]
    if c.kind == "conserved":
        gap = dot(e[0])
    elif c.kind == "linear-law":
        gap = dot(e[0]) - e[1] * e[0]
    lines = []
    for kept in [r["use"] for s in found.steps if s["rule"] == "keep" for r in s["of"]]:
        h = own.get(kept)
        if isinstance(h, Related):
            lines.append(f"What holds at the start, {h.latex()}, is kept by the flow.")
    used = dict.fromkeys(use_name(x["use"], found) for x in closing(found))
    given = [h.latex() for n in used if isinstance(h := own.get(n), Related)]
    by = f" by {' and '.join(given)}" if given else ""
    if found.found.relation == ">=":
        return [*lines, _added(gap, given, found)]
    told = f"With the gradients of the objective put in,\n{displayed(f'{latex(gap)} = 0')}"
    lines.append(f"{told}\nholds term by term{by}.")
    return lines


def _added(gap: Expr, given: list[str], found: Elaborated) -> str:
    """An inequality: what is added up."""
    parts = [f"{' and '.join(given)}, times factors that are not negative"] if given else []
    parts += ["squares, times factors that are not negative"] if squares(found) else []
    moved = "With the gradients of the objective put in," if found.proof.rates else "Here"
    by = "; and ".join(parts)
    stated = displayed(f"{latex(gap)} \\le 0")
    return f"{moved}\n{stated}\nholds: right less left is the sum of {by}."
