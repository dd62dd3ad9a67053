"""Prose of an author is printed as the author's words, and never as a finding.

The kind (B6, A7): text that nothing judged, printed where a verdict is read: ``not needed: ..`` of
a break, the meaning of a letter, the note of a setting. Each is told something false here; what is
printed may say only that the author says so.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest

from tests.reports import settled_theorem
from verify import Claim, Source
from verify.claims.claim import Break
from verify.claims.conclusions import Conserved, Grows, Tends, Throughout
from verify.claims.conclusions.agrees import Agrees
from verify.claims.conclusions.never_below import NeverBelow
from verify.claims.conclusions.tends_at_order import TendsAtOrder
from verify.claims.evidence import Needed
from verify.claims.hypotheses import Balanced, Homogeneous
from verify.claims.hypotheses.start import AtStart
from verify.claims.request import Request
from verify.exact.errors import BadInput
from verify.integrate.system import System
from verify.judge.decide import judge
from verify.library.registry import claims
from verify.models import Flow
from verify.models.formulas import Formulas
from verify.models.formulas import Letter as FormulaLetter
from verify.models.matrices import Matrices
from verify.models.samples import Family, Quantity, Samples
from verify.models.trajectories import Trajectories
from verify.terms.expr import const, total, u
from verify.terms.letters import Letter

FALSE = "it is PROVED without it, for every loss"
MARKED = f"author's words: {FALSE!r}"
NORM = total("i", u["l", "i"] ** 2)
WITH_REASONS = ("lda-mirror", "lda-direction", "lda-ratio-trace-constant", "diag-balance-descent")


@cache
def network() -> tuple[Needed, ...]:
    """Euler is needed for the norm; the author says that it is not."""
    breaks = (Break("euler", not_needed=FALSE), Break("balance", not_needed=FALSE))
    claim = Claim(
        "mine",
        "a title",
        Flow(),
        (Homogeneous(), Balanced()),
        {"c": Conserved(NORM)},
        Source("2603.02622v1"),
        breaks=breaks,
    )
    return judge(claim, Request(numeric=False)).needed


def test_a_reason_is_no_finding() -> None:
    """The norm needs the first hypothesis and not the second, whatever its author says of both."""
    euler, balance = network()
    assert euler.verdict == "needed" and euler.witness is not None
    assert balance.verdict == "not needed" and "every depth" in balance.text
    assert not any(FALSE in n.text for n in network())


@pytest.mark.parametrize("name", ["lda-mirror", "lda-ratio-trace-constant"])
def test_a_reason_stands_where_nothing_decides(name: str) -> None:
    """A power that has no value at w_i = 0: without the hypothesis there is no sentence."""
    claim = next(f.claim for n, f in claims().items() if n == name)
    lying = replace(claim, id="mine", breaks=(Break("nonzero", not_needed=FALSE),))
    found = {n.hypothesis: n for n in judge(lying, Request(numeric=False)).needed}["nonzero"]
    assert (found.verdict, found.text) == ("not shown", MARKED)


def test_a_sentence_that_holds_without_is_judged_to() -> None:
    """With one layer there are no two layers: it is a proof that says so, and for which depths."""
    claim = claims()["diag-balance-descent"].claim
    (found,) = judge(claim, Request(numeric=False)).needed
    assert found.verdict == "not needed" and "every depth >= 2" in found.text
    assert claim.breaks[0].not_needed not in found.text


@pytest.mark.parametrize("name", ["ou-density", "dln-learning-flow"])
def test_in_every_language(name: str) -> None:
    """Formulas and matrices: the same break, said of a hypothesis of a shipped claim, changes
    nothing that is found.
    """

    claim = next(
        f.claim
        for n, f in claims().items()
        if f.claim.setting.kind == claims()[name].claim.setting.kind and f.claim.assuming
    )
    lying = replace(
        claim, id="mine", breaks=tuple(Break(h.id, not_needed=FALSE) for h in claim.assuming)
    )
    told, quiet = (judge(c, Request()).needed for c in (lying, replace(lying, breaks=())))
    assert told and [n.verdict for n in told] == [n.verdict for n in quiet]
    assert all(n.text == MARKED for n in told if n.verdict == "not shown")
    assert not any(FALSE in n.text for n in told if n.verdict != "not shown")


def test_a_letter_and_a_note_say_what_their_author_says() -> None:
    setting = Matrices(letters=(Letter("Y", "0", "0", about=FALSE),), note=FALSE)
    assert (
        setting.detail().count(FALSE) == 2 == setting.detail().count(f"author's words: {FALSE!r}")
    )


@pytest.mark.parametrize("name", ["dln-fiber-orbit", "lda-layer-norm"])
def test_latex_has_no_reasons(name: str) -> None:
    text = settled_theorem(claims()[name].claim)
    assert "not needed" not in text


LIES = (
    "0 < x", "x for every start", "every start in (0, 1)", "x > 0 and x", "if x(0) < 1 then x",
    "x = y", "x -> 0, hence x", "the proved loss", "x; y", "x..y", "\u221e > x", "lim x",
)  # fmt: skip
FORMULAS = (
    "x", "E", "loss", "det W", "w2/w1", "||G||^2/||G(0)||^2", "W_1,1", "W_2[1,1]", "w11 sqrt(J)",
    "w11^2 w11'", "||W_o - P W_c P||", "log(det W/det W(0))", "||W||^2 - min", "2 x + 3",
)  # fmt: skip


def logistic() -> System:
    return System(
        "logistic",
        ("x",),
        (Fraction(1, 4),),
        field=lambda x, moment: [x[0] * (1 - x[0])],
        quantities={name: lambda x, moment: x[0] for name in (*LIES, *FORMULAS)},
    )


@pytest.mark.parametrize("name", [*LIES, *FORMULAS])
def test_a_name_of_a_quantity_or_a_start_makes_no_sentence(name: str) -> None:
    """``0 < x < 1`` was printed, and ENCLOSED, of a quantity called ``0 < x`` of which only < 1 was
    decided, and "from every start in (0, 1)" of the one start 1/4.
    """
    shown = name if name in FORMULAS else repr(name)
    about = AtStart("small", name, "<", Fraction(1))
    setting = Trajectories("a flow", {name: logistic}, Fraction(1, 8), {})
    for c, text in (
        (Throughout(name, "<", Fraction(1)), f"{shown} < 1, from"),
        (Tends(name, Fraction(1)), f"{shown} -> 1 as"),
        (Grows(name, Fraction(1)), f"{shown} grows like t^(1): t ({shown})'/({shown}) ->"),
    ):
        assert c.render().startswith(text)
    assert about.prose() == f"{shown} < 1"
    if set("<>\u221e") & set(name):
        return  # measured kinds alone: enclosures refuse such a name
    claim = Claim(
        "mine", "t", setting, (), {"c": Throughout(name, "<", Fraction(1))}, Source("2603.02622v1")
    )
    report = judge(claim, Request())
    (outcome,) = report.outcomes.values()
    for said in (outcome.scope, outcome.reason, report.statement, setting.detail()):
        left = said.replace(repr(name), "").replace(f" {shown} ", " ")
        assert name in FORMULAS or name not in left, said
    assert outcome.scope.startswith(f"from {name!r}, clock")


@pytest.mark.parametrize("name", LIES)
def test_a_state_is_called_by_a_letter(name: str) -> None:
    with pytest.raises(BadInput, match="a state is called"):
        System("s", (name,), (Fraction(1),), field=lambda x, moment: [-x[0]])


def test_what_formulas_are_said_to_be_is_their_authors_words() -> None:
    """The screen began with it, as if it were the setting; the reader has never seen it."""
    setting = Formulas(FALSE, (FormulaLetter("x", ">"),), (), {"x": -const("x")})
    assert setting.title() == f"x > 0; x' = -x; {MARKED}"


@pytest.mark.parametrize("kind", [Agrees, NeverBelow, lambda a, b: TendsAtOrder(a, b, 1)])
def test_quantities_of_samples_are_what_their_author_computes(kind: type) -> None:
    """pi = 22/7 came out SUPPORTED from two functions that both gave 1; nobody reads functions."""
    a, b = Quantity("pi", "the area of the unit disk"), Quantity("22/7", FALSE)
    said, tex = kind(a, b).render(), kind(a, b).latex()
    assert said.startswith("'pi' ") and " '22/7' as" in said.replace(" as N -> oo,", " as N")
    assert "as their author computes them, at every drawn instance" in said
    assert "as their author computes them, at every drawn instance" in tex
    assert "\\text{``}\\pi\\text{''}" in tex and "\\text{``}22/7\\text{''}" in tex
    family = Family("f", FALSE, "words", (), (a, b), lambda size, source: None)  # type: ignore[arg-type,return-value]
    assert Samples(family, ((),), 5).title() == MARKED
    assert "in the author's words ``words''" in Samples(family, ((),), 5).latex()
