"""Prose of an author is printed as the author's words, and never as a finding.

The kind (B6, A7): text that nothing judged, printed where a verdict is read: ``not needed: ..`` of
a break, the meaning of a letter, the note of a setting. Each is told something false here; what is
printed may say only that the author says so.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from verify import Claim, Source
from verify.claims.claim import Break
from verify.claims.conclusions import Conserved
from verify.claims.evidence import Needed
from verify.claims.hypotheses import Balanced, Homogeneous
from verify.claims.request import Request
from verify.judge.decide import judge
from verify.library.registry import claims
from verify.models import Flow
from verify.models.matrices import Matrices
from verify.report.latex import theorem
from verify.terms.expr import total, u
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
    text = theorem(claims()[name].claim)
    assert "not needed" not in text
