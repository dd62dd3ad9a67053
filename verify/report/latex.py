"""A claim as LaTeX that goes into a paper, from the one report: setting, assumptions, statement and
proof, as they were judged.

PROVED is a theorem with its proof, ENCLOSED a proposition with starts and times, REFUTED a remark
with its counterexample; what is measured or not settled is a conjecture, and says so. The text
compiles with amsmath, amssymb and amsthm and four environments: theorem, proposition, conjecture,
remark.
"""

from __future__ import annotations

from verify.claims.claim import Claim
from verify.claims.evidence import Outcome, Report
from verify.claims.hypotheses.related import spoken_of
from verify.claims.verdict import Verdict
from verify.models.matrices import Matrices
from verify.models.trajectories import Trajectories
from verify.report.proof_latex import proof, rules
from verify.spelling.tex import displayed, inline, plain, roman, sentence
from verify.terms.matrix_words import LATEX
from verify.theories.words.frame import roles_said

__all__ = ["plain", "theorem"]

ENVIRONMENTS = {
    Verdict.PROVED: "theorem",
    Verdict.ENCLOSED: "proposition",
    Verdict.REFUTED: "remark",
}
_UNPROVED = {
    Verdict.SUPPORTED: (
        "This is supported by experiments that reject a near miss; it is not proved."
    ),
    Verdict.UNDECIDED: "This is neither proved nor refuted here.",
    Verdict.VACUOUS: "This states nothing that could fail:",
}


def theorem(claim: Claim, found: Report) -> str:
    """An environment, and a proof where there is one."""
    verdict = found.verdict
    kind = ENVIRONMENTS.get(verdict, "conjecture")
    name = f"{{``}}{plain(claim.title)}{{''}}"  # a title is a name, and states nothing
    if claim.source.draft:  # it is said to be one, also in print
        name += plain(f"; {claim.source.text()}")
    # the name in braces: a bracket in it would end the argument
    lines = [f"% {claim.id}, {claim.source.text()}", f"\\begin{{{kind}}}[{{{name}}}]"]
    lines += [*_setting(claim), *_assumed(claim, found)]
    lines += ["The following is false." if verdict is Verdict.REFUTED else "Then"]
    several = len(found.outcomes) > 1
    for number, (name, o) in enumerate(found.outcomes.items(), 1):
        lines += _stated(claim, name, o, roman(number) if several else "")
    lines += [line for o in found.outcomes.values() for line in _counterexample(o)]
    lines += [_unproved(found)] if verdict in _UNPROVED else []
    lines.append(f"\\end{{{kind}}}")
    if verdict in (Verdict.PROVED, Verdict.ENCLOSED):
        lines += [
            "\\begin{proof}",
            *proof(list(found.outcomes.values())),
            "\\end{proof}",
        ]
    return "\n".join(lines) + "\n"


def _unproved(found: Report) -> str:
    unrun = not found.measured and any(
        not o.sentence.conclusion.exact for o in found.outcomes.values()
    )
    said = _UNPROVED[found.verdict]
    if found.verdict is Verdict.VACUOUS:
        whys = [o.reason for o in found.outcomes.values() if o.verdict is Verdict.VACUOUS]
        said = f"{said} {plain('; '.join(dict.fromkeys(whys)))}."
    return f"{said} No experiment was run for this text." if unrun else said


def _setting(claim: Claim) -> list[str]:
    """What moves; the letters that sentence and assumptions use."""
    conclusions = claim.concluding.values()
    if isinstance(claim.setting, Matrices):
        parts = [e for c in conclusions for e in c.parts()]  # type: ignore[attr-defined]
        parts += [x for h in claim.assuming for e in h.equations for x in (e.left, e.right)]  # type: ignore[attr-defined]
        said = roles_said(claim.setting, claim.assuming, lambda name: inline(LATEX.name(name)))  # type: ignore[arg-type]
        return [f"Consider {sentence((claim.setting.latex(*parts), *said))}."]
    if isinstance(claim.setting, Trajectories):
        named = [x.quantity for x in (*claim.assuming, *conclusions)]  # type: ignore[attr-defined]
        return [f"Consider {claim.setting.latex(*named)}."]
    if claim.setting.kind == "declared":
        return [f"Consider {claim.setting.latex(*spoken_of(claim))}."]
    return [f"Consider {claim.setting.latex(*(e for c in conclusions for e in c.expressions()))}."]


def _assumed(claim: Claim, found: Report) -> list[str]:
    """The hypotheses of the sentence that was judged: those that were dropped are none."""
    dropped = {name for name, _ in found.dropped}
    items = [f"\\item{{}} {h.latex()} ({h.when})" for h in claim.assuming if h.id not in dropped]
    return ["Assume", "\\begin{itemize}", *items, "\\end{itemize}"] if items else []


def _stated(claim: Claim, name: str, outcome: Outcome, label: str) -> list[str]:
    """One conclusion, with its number among several; of one that is not refuted also the condition
    of its scope.
    """
    c, text = claim.concluding[name], claim.concluding[name].latex()
    condition = _condition(outcome) if outcome.verdict is not Verdict.REFUTED else ""
    if c.display:
        return [displayed(text + condition + (f" \\tag{{{label}}}" if label else ""))]
    told = f"({label}) {text}" if label else text
    if text.startswith("\\["):
        return [told]
    return [f"\\begin{{quote}}{told}{'.' * (text[-1:] != '.')}\\end{{quote}}"]


def _condition(outcome: Outcome) -> str:
    """``while x > 0``, as displayed mathematics; ``and`` stays upright."""
    if not outcome.condition:
        return ""
    word, _, rest = outcome.condition.partition(" ")
    return f"\\quad\\text{{{word} }}" + rest.replace(" and ", "\\text{ and }")


def _counterexample(outcome: Outcome) -> list[str]:
    if outcome.witness is None:
        return []
    told = outcome.witness.latex()
    return [
        f"Counterexample: {told}." if told else "A counterexample is in the certificate.",
        *rules(outcome),
    ]
