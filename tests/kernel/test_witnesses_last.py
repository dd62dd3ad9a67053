"""A witness against a sentence about matrices is one state, and what the sentence says to hold
always has to last from it: by steps of the kernel, whatever the search for witnesses believes.

The kind: a state that satisfies what is said to hold always and leaves it at once, or after one
step. Belonging to it: definitions, squares that are 0, relations of layers, what is said of the
gradient; and what a stored certificate may state.
"""

from __future__ import annotations

from typing import Any

import pytest

from verify.claims.claim import Claim, Source
from verify.claims.conclusions.matrix_kinds import Identity
from verify.claims.evidence import Outcome
from verify.claims.hypotheses.matrices import Holds
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import NotGeneric
from verify.judge.decide import decide
from verify.judge.parts import stated_by, steps_of, theory_of
from verify.models.matrices import Example, Matrices
from verify.models.motions import GradientFlow, GradientStep, Motion, Prescribed
from verify.terms.letters import Letter
from verify.terms.matrices import LOSS, P, W, letter, num
from verify.terms.relation import Equal
from verify.theories.steps.matrices import Lasting
from verify.theories.words import after_step, search

Y, Z = letter("Y"), letter("Z")
AT: Any = Example(values={"Y": [[0]], "Z": [[1]]}, sizes={"n": 1})
LAYERS: Any = Example(
    values={"W": [[[1]], [[1]]], "P": [[1]]}, depth=2, dims=(1, 1, 1), scalars={"eta": 1}
)
FALSE = Identity(Z * Z, 0 * Z)  # at Z = 1
FIVE = Identity(W[1], 5 * num(1))


def claim(said: Identity, setting: Matrices, assuming: tuple[Holds, ...] = ()) -> Claim:
    return Claim("last", "t", setting, assuming, {"c": said}, Source.own("draft"))


def told(*equations: Equal, when: str = "always") -> tuple[Holds, ...]:
    return (Holds("it", "so", equations, when=when),)


def rates(y: Any, z: Any = 0 * Z, *by: Equal) -> Matrices:
    letters, moves = (Letter("Y", "n", "n"), Letter("Z", "n", "n")), Prescribed({"Y": y, "Z": z})
    return Matrices(moves, letters, {"by": by} if by else {}, layers=False, examples=(AT,))


def layers(motion: Motion) -> Matrices:
    return Matrices(motion, square=True, least_depth=2, examples=(LAYERS,))


FLOW, STEP = layers(GradientFlow(LOSS)), layers(GradientStep(LOSS))
LEAVES: dict[str, Claim] = {
    "zero": claim(FALSE, rates(Z), told(Equal(Y, 0 * Y))),
    "a square that is zero": claim(FALSE, rates(Z), told(Equal(Y * Y, 0 * Y))),
    "defined so": claim(FALSE, rates(Z, 0 * Z, Equal(Y * Y, 0 * Y))),
    "the first of two that last together": claim(
        FALSE, rates(Z, 0 * Z), told(Equal(Y * Z, 0 * Y), Equal(Y, 0 * Y))),
    "layers, by the flow": claim(FIVE, FLOW, told(Equal(W[1], num(1)))),
    "a layer, after a step": claim(FIVE, STEP, told(Equal(W[1], num(1)))),
    "equal layers, after a step": claim(FIVE, STEP, told(Equal(W[1], W[2]))),
    "the gradient, after a step": claim(FIVE, STEP, told(Equal(P, num(1)))),
}  # fmt: skip
LASTS: dict[str, Claim] = {
    "both decay": claim(FALSE, rates(-Y, -Z), told(Equal(Y, 0 * Y))),
    "a square that stays zero": claim(FALSE, rates(-Y, -Z), told(Equal(Y * Y, 0 * Y))),
    "at the start alone": claim(FALSE, rates(Z), told(Equal(Y, 0 * Y), when="at the start")),
    "before the step alone": claim(FIVE, STEP, told(Equal(W[1], num(1)), when="at the start")),
}


@pytest.fixture
def believing(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The search takes every state for one from which all lasts."""
    monkeypatch.setattr(search, "stays", lambda *args: True)
    monkeypatch.setattr(after_step, "keeps", lambda *args: True)
    return monkeypatch


def decided(of: Claim) -> Outcome:
    found = decide(theory_of(of)(of, Request(), lambda text: None), "c")
    assert found.verdict is Verdict.REFUTED, found.reason
    return found


def asked(of: Claim) -> Any:
    write = steps_of(of)
    assert write is not None
    return write("c", decided(of))


@pytest.mark.parametrize("name", LEAVES)
def test_what_leaves_has_no_certificate(name: str, believing: pytest.MonkeyPatch) -> None:
    """The kernel would accept the state, as it says "at the start", or before the step."""
    with pytest.raises(NotGeneric, match=r"left over|lasts|refuses"):
        asked(LEAVES[name])
    believing.setattr(Lasting, "all", lambda self, names: None)
    found = asked(LEAVES[name])
    assert not found.refusal and found.statement.startswith("refuted")
    assert stated_by(found.body, LEAVES[name], "c") is Verdict.REFUTED
    believing.undo()
    assert stated_by(found.body, LEAVES[name], "c") is None


@pytest.mark.parametrize("name", LASTS)
def test_what_lasts_has_one(name: str) -> None:
    found = asked(LASTS[name])
    assert not found.refusal and found.statement.startswith("refuted"), found.refusal
    assert stated_by(found.body, LASTS[name], "c") is Verdict.REFUTED
