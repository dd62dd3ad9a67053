"""LaTeX that goes into a paper: real mathematics, written from the report, for every claim and
every theory.

The kind: text of a screen inside a theorem (``u_(l,i)^2``, ``W_k*``, ``sum_i``, ``d/dt``,
``1..N``), a rule by its name in capitals, a theorem around a sentence that is false, a statement
that loses its starts or its condition. Belonging to it: hypotheses, settings, models, witnesses,
quantities named by people, rules, proofs, sentences of one's own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest

from proofs import CLAIMS
from proofs.samples import FAMILIES, integral
from tests.reports import BY_ID, judged, settled_theorem
from tests.runner import SECONDS
from verify import Claim, Source
from verify.claims.conclusions import Conserved
from verify.claims.conclusions.along import latex_of
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.of_actions import OF_ACTIONS
from verify.claims.conclusions.of_dimensions import OF_DIMENSIONS
from verify.claims.conclusions.throughout import Throughout
from verify.claims.hypotheses import Balanced, Homogeneous, NonZero
from verify.claims.request import Request
from verify.claims.rules import CITED, KERNEL, statement_of
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.judge.decide import judge
from verify.models import Flow
from verify.models.formulas import Formulas, Let, Letter
from verify.models.trajectories import Trajectories
from verify.report.latex import theorem
from verify.spelling.notation import name as notation
from verify.spelling.spoken import spoken
from verify.terms.expr import const, total, u

IDS = [c.id for c in CLAIMS]
_GREEK = (
    "alpha|beta|gamma|delta|epsilon|eta|theta|kappa|lambda|lam|mu|nu|xi|rho|sigma|Sigma|tau|phi|psi"
    "|omega"
)
_WORDS = "sum|prod|max|min|int|sqrt|exp|log|det|tr|Tr|grad|sin|cos|diag|rank|next"
ASCII = re.compile(
    r"(?<!\^)(?<!\^\{)\*"  # a star that is no adjoint
    rf"|\^\(|_\(|(?<![\\A-Za-z])(?:{_WORDS})[_(\[]"
    r"|grad J|d/d[a-zA-Z]|<=|>=|!=|->|\|\||\.\.|\boo\b"
    r"|\\_|\\textasciicircum|\\textasciitilde|\\\([<>|]\\\)"  # signs that were escaped to be text
    rf"|(?<![\\A-Za-z{{])(?:{_GREEK})(?![A-Za-z])"
    r"|\b[A-Z]{3,}_[A-Z_]+\b"  # names of rules
)
HEAD = (
    "\\documentclass{article}\\usepackage{amsmath,amssymb,amsthm}\n"
    "\\newtheorem{theorem}{Theorem}\\newtheorem{proposition}{Proposition}\\newtheorem{conjecture}{Conjecture}\n"
    "\\theoremstyle{remark}\\newtheorem*{remark}{Remark}\n\\begin{document}\n"
)


def ascii_in(text: str) -> list[str]:
    """What is left of a screen's mathematics, outside comments."""
    lines = [x for x in text.splitlines() if not x.startswith("%")]
    return [
        f"{m[0]!r} in {line[max(0, m.start() - 30) : m.end() + 30]!r}"
        for line in lines
        for m in ASCII.finditer(line)
    ]


@pytest.mark.parametrize("name", IDS)
def test_it_is_mathematics_and_says_what_was_found(name: str) -> None:
    claim, report = BY_ID[name], judged(name)
    text = theorem(claim, report)
    assert ascii_in(text) == []
    kind = {"PROVED": "theorem", "ENCLOSED": "proposition", "REFUTED": "remark"}.get(
        report.verdict.name, "conjecture"
    )
    assert f"\\begin{{{kind}}}" in text and ("\\begin{proof}" in text) == (
        kind in ("theorem", "proposition")
    )
    assert (
        ("Counterexample: " in text or "counterexample is in" in text)
        == ("The following is false." in text)
        == (kind == "remark")
    )
    assert text.count("\\item{} ") == len(claim.assuming) and all(
        h.latex() in text for h in claim.assuming
    )
    assert all(c.latex() in text for c in claim.concluding.values())
    assert (
        text.count("{") == text.count("}")
        and text.count("\\[") == text.count("\\]")
        and text.count("\\(") == text.count("\\)")
    )
    if claim.setting.kind == "trajectories":
        assert "T = " in text and all(
            str(x.denominator) in text for s in claim.setting.starts.values() for x in s().start
        )


@pytest.mark.parametrize("name", [x for x in IDS if BY_ID[x].expected is Verdict.PROVED])
def test_what_a_proof_excludes_stands_in_its_theorem(name: str) -> None:
    """Whatever the screen's scope excludes: as a condition, a hypothesis, or signs of letters."""
    claim, report = BY_ID[name], judged(name)
    text = theorem(claim, report)
    for outcome in report.outcomes.values():
        excluded = re.search(r"\b(?:where|while) (.*)", outcome.scope)
        if excluded is None or outcome.verdict is not Verdict.PROVED:
            assert outcome.condition == ""
        elif claim.setting.kind == "declared":
            assert "as long as these signs hold" in text
        elif any(isinstance(h, NonZero) for h in claim.assuming):
            assert excluded[1] == "w_i != 0 for each i" and outcome.condition == ""
        else:
            found = outcome.condition.split(" and ")
            signs = [x.replace("\\neq", "!=").split()[-2:] for x in found]
            assert signs == [x.split()[-2:] for x in excluded[1].split(" and ")]
            assert all(x.removeprefix("where ").removeprefix("while ") in text for x in found)


@pytest.mark.skipif(
    shutil.which("pdflatex") is None, reason="no pdflatex on this machine: LaTeX is only looked at"
)
def test_all_of_it_compiles(tmp_path: Path, drawn) -> None:
    """One document with every claim of the list that runs."""
    parts = [theorem(BY_ID[name], judged(name)) for name in drawn(IDS)]
    (tmp_path / "all.tex").write_text(HEAD + "\n".join(parts) + "\\end{document}\n")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, errors="replace", timeout=SECONDS
    )
    assert done.returncode == 0 and (tmp_path / "all.pdf").stat().st_size > 10_000, done.stdout[
        -2000:
    ]


def test_the_closed_lists_are_spelled_out() -> None:
    """Every rule, every sentence about actions and every quantity of a family has its
    mathematics, and no LaTeX where it is read from there.
    """
    found = [statement_of(r, tex=True) for r in (*KERNEL, *CITED)]
    found += [c.said for c in (*OF_ACTIONS, *OF_DIMENSIONS)]
    assert [x for text in found for x in re.findall(r"\\|[_^]\{", spoken(text))] == []
    quantities = {q for f in FAMILIES.values() for q in f.quantities}
    found += [f.tex for f in FAMILIES.values()]
    found += [f"\\({q.latex()}\\)" for q in quantities - {integral.SLIP}]
    assert [x for text in found for x in ascii_in(text)] == []


CUBES = total("i", u["l", "i"] ** 3)


def test_a_false_sentence_is_no_theorem_whatever_its_author_expects() -> None:
    """The environment comes from the verdict, not from what the claim expects."""
    for expected in (Verdict.PROVED, Verdict.REFUTED):
        claim = Claim(
            "mine",
            "cubes",
            Flow(),
            (Homogeneous(),),
            {"c": Conserved(CUBES)},
            Source("2603.02622v1"),
            expected,
        )
        text = settled_theorem(claim)
        assert (
            "\\begin{remark}" in text
            and "Counterexample" in text
            and "\\begin{theorem}" not in text
        )


def test_what_was_dropped_is_not_assumed() -> None:
    claim = BY_ID["quasi-norm"]
    text = theorem(claim, judge(claim, Request(numeric=False, without=("balance",))))
    assert (
        Balanced().latex() not in text
        and Homogeneous().latex() in text
        and "\\begin{remark}" in text
    )


NAMES = {
    "W_1[1,2]": "(W_{1})_{1, 2}",
    "||G||^2/||G(0)||^2": "\\lVert G \\rVert^{2}/\\lVert G(0) \\rVert^{2}",
    "||W||^2 - min": "\\lVert W \\rVert^{2} - \\min",
    "e^(4t) ||G||^2": "e^{4\\,t}\\,\\lVert G \\rVert^{2}",
    "det W": "\\det W",
    "w11": "w_{11}",
    "kappa2": "\\kappa_{2}",
    "w11 sqrt(J)": "w_{11}\\,\\sqrt{J}",
    "J'": "J'",
    "x1_2": "(x_{1})_{2}",  # no letter has two indices, and none two exponents
    "x1_2,3": "(x_{1})_{2,3}",
    "x^2'": "{x^{2}}'",
    "u_12": "u_{12}",
    "x_i1": "x_{i_{1}}",
}


@pytest.mark.parametrize("text", NAMES)
def test_names_are_notation(text: str) -> None:
    assert notation(text) == NAMES[text]


@pytest.mark.parametrize(
    "text", ["what?", "a & b", "50 %", "$x$", "((", "^", "\\x", "{", "x_", "||x|", "+", "x^2^3"]
)
def test_other_names_stand_upright_and_escaped(text: str) -> None:
    assert notation(text).startswith("\\text{")


def decay(name: str) -> System:
    return System(
        "decay",
        ("x_1",),
        (Fraction(1, 3),),
        field=lambda x, m: [-x[0] * 2],
        quantities={name: lambda x, m: x[0] ** 2},
    )


@pytest.mark.parametrize("name", ["x_1^2", "||x||^2", "x_2'", "e^(2t) x_1", "m, m = x_1"])
def test_trajectories_of_ones_own(name: str) -> None:
    setting = Trajectories(
        "decay x' = -2*x, u_(l,i)^2", {"a start u_(1,2)": lambda: decay(name)}, Fraction(2)
    )
    claim = Claim(
        "mine",
        "a decay",
        setting,
        (),
        {"c": Throughout(name, "<", Fraction(1, 2))},
        Source.own("draft"),
    )
    text = settled_theorem(claim)
    assert (
        ascii_in(text) == []
        and "\\begin{proposition}" in text
        and "T = 2" in text
        and "x_{1} = \\tfrac{1}{3}" in text
    )
    assert latex_of(name) in text


def test_formulas_of_ones_own_leave_an_authors_formulas_out() -> None:
    x, y, lam = const("x1"), const("y"), const("lambda2")
    setting = Formulas(
        "where x^2*y <= 1", (Letter("x1", ">"), Letter("lambda2")), (Let("y", x**2),)
    )
    claim = Claim(
        "mine", "a square", setting, (), {"c": Equals(y * lam, lam * x**2)}, Source.own("draft")
    )
    text = settled_theorem(claim)
    assert ascii_in(text) == [] and "x_{1} > 0" in text and "\\lambda_{2}" in text
