"""What is written beside a formula: for which indices it holds, at which depth and numbers it
fails, and why it says nothing; in words and in LaTeX alike (section B).

The kind: a template of words with a range whose LaTeX has none (a sum of squares, a root, a
model's equations), a witness that leaves out what a reader needs to check it by hand (the depth of
families without layers, the numbers of a sequence), a reason of one verdict printed with another
reason. Every kind of conclusion, every run of an index and every model is gone through.
"""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from tests.reports import settled_theorem
from tests.runner import cli
from verify import Claim, Source
from verify.claims.conclusions.matrix_kinds import (
    MATRIX,
    Aid,
    Identity,
    NonNegative,
    Root,
    Square,
    Unchanged,
)
from verify.claims.verdict import Verdict
from verify.judge.decide import judge
from verify.models.catalogue import MODELS
from verify.models.matrices import Matrices
from verify.models.motions import Prescribed
from verify.terms.affine import N, k, p
from verify.terms.letters import RUNS, Letter
from verify.terms.matrices import Family, G, H, Mat, Sequence, W, norm2, num, total, w
from verify.terms.matrix_words import LATEX

SOURCE = Source("2511.01137v2")


def claim(conclusion: object, setting: Matrices, **hints: Aid) -> Claim:
    return Claim("mine", "t", setting, (), {"c": conclusion}, SOURCE, hints=hints)


@pytest.mark.parametrize("kind", [c for c in MATRIX if "{where}" in c.said], ids=lambda c: c.kind)
def test_every_kind_that_says_for_which_k_says_it_in_latex(kind: type) -> None:
    moving = [norm2(W[k]) for x in fields(kind) if x.type == "Mat"]  # type: ignore[arg-type]
    placed = {x.name for x in fields(kind)} >= {"first", "less"}
    for first, less in product((0, 1, 2), (-1, 0, 1, 2)) if placed else [(1, 1)]:
        c = kind(*moving, first, less) if placed else kind(*moving)
        assert f" for k = {first}..{N - less}" in c.render()
        assert f"k = {first}, \\dots, {N - less}" in c.latex()


@pytest.mark.parametrize(
    "c", [NonNegative(norm2(W[k])), Root(W[k].H * W[k], (W[k].H * W[k]) ** N)], ids=lambda c: c.kind
)
def test_the_theorem_has_it(c: NonNegative | Root) -> None:
    square = W[k] if isinstance(c, NonNegative) else W[k].H
    text = settled_theorem(claim(c, Matrices(), c=Aid(squares=(Square(Fraction(1), square),))))
    assert "k = 1, \\dots, N-1" in text


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("name", ["s", "lam"])
def test_a_witness_is_all_that_is_needed_to_check_it(run: str, name: str) -> None:
    """s_k c_k = 0 fails at a depth, an index, a number of s and a matrix c_k; each is printed."""
    first, less = RUNS[run]
    at = max(first, 1), max(less, 1)
    sentence = Identity(Sequence(name)[k] * Family("c")[k], num(0), *at)
    setting = Matrices(
        letters=(Letter("c", "n", "n", run),), sequences=(name,), layers=False, least_depth=3
    )
    (outcome,) = judge(claim(sentence, setting)).outcomes.values()
    assert outcome.verdict is Verdict.REFUTED and outcome.witness is not None
    text, tex = outcome.witness.text(), outcome.witness.latex()
    wire = outcome.witness.instance.wire()
    spelt = LATEX.name(name)
    assert text.startswith(f"N = {wire['depth']}, n = {wire['sizes']['n']}: ")
    assert f"\\(N = {wire['depth']}\\)" in tex
    for j, x in enumerate(wire["sequences"][name], 1):
        assert f"{name}_{j} = {x}" in text and f"{spelt}_{{{j}}} = " in tex
    for j in range(first, wire["depth"] - less + 1):
        assert f"c_{j} = [" in text


def test_the_depth_is_printed_where_only_an_exponent_has_it() -> None:
    y: Mat = Mat("letter", ("Y", None))
    setting = Matrices(letters=(Letter("Y", "n", "n"),), layers=False, least_depth=2)
    (outcome,) = judge(claim(Identity(y**N, y), setting)).outcomes.values()
    assert outcome.witness is not None and outcome.witness.text().startswith("N = ")


@pytest.mark.parametrize("name", [m.name for m in MODELS])
@pytest.mark.parametrize("options", [(), ("--decay",), ("--descent",), ("--descent", "--decay")])
def test_the_equations_of_a_model_have_their_ranges_in_latex(
    tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    letters = next(m for m in MODELS if m.name == name).letters
    lines = cli(tmp_path, "ode", name, "--format", "latex", *options).out.splitlines()[1:]
    for x, line in zip(letters, lines, strict=False):
        sign = "\\ell" if x.index == "l" else x.index  # as the equation writes it
        assert not x.index or f"({sign} = {x.first}, \\dots, {x.last})" in line


def test_a_sentence_without_content_is_not_said_to_lack_an_instance() -> None:
    """LaTeX said "Nothing satisfies the assumptions and moves" of a quantity that is 0 anyway."""
    flow = Matrices(Prescribed({"c": num(1)}), (Letter("c", "n", "n", "inner"),), layers=False)
    mine = claim(Unchanged(Family("c")[k] - Family("c")[k]), flow)
    (outcome,) = judge(mine).outcomes.values()
    assert outcome.verdict is Verdict.VACUOUS
    text = settled_theorem(mine)
    assert outcome.reason in text and "Nothing satisfies" not in text


ENDS: dict[str, tuple[str, Mat, Mat]] = {
    "H": (
        "H_0(c) = H_N(c) = 0",
        total(norm2(H("a", p)), 0, N),
        total(norm2(H("a", p)), 1, N - 1),
    ),
    "G": ("G_0 = G_N = 0", total(norm2(G(p)), 0, N), total(norm2(G(p)), 1, N - 1)),
    "w": ("c_0 = c_N = 0", total(norm2(w("a", p))), total(norm2(w("a", p)), 2) + norm2(w("a", 1))),
}


@pytest.mark.parametrize("head", ENDS)
def test_what_is_zero_at_the_ends_says_so_wherever_it_is_written(head: str) -> None:
    """The sum of H_p(a) from 0 to N is PROVED equal to that from 1 to N - 1: true by H_0 = H_N = 0,
    which nothing printed; by the printed formula alone H_0(a) = -W_1* a_1 W_1.
    """
    ends, left, right = ENDS[head]
    setting = Matrices(letters=(Letter("a", "k", "k", "inner"),), least_depth=2)
    report = judge(claim(Identity(left, right), setting))
    (outcome,) = report.outcomes.values()
    assert outcome.verdict is Verdict.PROVED and report.certificate is not None
    assert ends in setting.detail(left, right) and ends in setting.latex(left, right)
    assert ends in report.certificate.statement
