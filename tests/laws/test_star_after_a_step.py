"""What holds always holds after a step of descent too (A2: a relation that must last).

The kind: hypotheses and definitions, the forms of letters that a relation names, witnesses and the
instances that accompany a proof. Statements, relations and states are drawn, layers are 1 x 1, and
the step from every state that is shown is worked out here: with two layers, W_1 - eta W_2 P and
W_2 - eta W_1 P.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest

from verify.check import Refused
from verify.check_matrices import check
from verify.claims.claim import Claim, Source
from verify.claims.conclusions.matrix_kinds import Identity
from verify.claims.evidence import Outcome
from verify.claims.hypotheses.matrices import Holds
from verify.claims.verdict import Verdict
from verify.judge.decide import judge
from verify.models.matrices import Example, Matrices
from verify.models.motions import GradientStep
from verify.terms.letters import Letter
from verify.terms.matrices import LOSS, Mat, P, W, after, letter, num
from verify.terms.relation import Equal
from verify.theories import protocol
from verify.theories.words import after_step

S = letter("S")
RELATIONS: dict[str, tuple[Equal, Any]] = {
    "equal": (Equal(W[1], W[2]), lambda a, b: a - b),
    "opposite": (Equal(W[1], -W[2]), lambda a, b: a + b),
    "balanced": (Equal(W[1] * W[1].H, W[2].H * W[2]), lambda a, b: a * a - b * b),
    "first": (Equal(W[1], num(1)), lambda a, b: a - 1),
    "second": (Equal(W[2], 2 * num(1)), lambda a, b: b - 2),
    "sum": (Equal(W[1] + W[2], 3 * num(1)), lambda a, b: a + b - 3),
    "product": (Equal(W[2] * W[1], 0 * W[1]), lambda a, b: a * b),
}
SAYS: dict[str, tuple[Mat, Mat]] = {
    "after W_1 is after W_2": (after(W[1]), after(W[2])),
    "W_1 = 5": (W[1], 5 * num(1)),
    "W_1 stays": (after(W[1]), W[1]),
    "P = 1": (P, num(1)),
}
STATES = [
    (Fraction(a), Fraction(b), Fraction(e), Fraction(f))
    for a, b, e, f in product((-1, 0, 1, 2), (-2, -1, 1, 2), (-1, 0, 1), (0, 1))
]
DRAWN = Random(5).sample(list(product(RELATIONS, SAYS, (True, False), range(6))), 80)


def claim(says: tuple[Mat, Mat], setting: Matrices, assuming: tuple[Holds, ...] = ()) -> Claim:
    source = Source("2511.01137v2")
    return Claim("step", "t", setting, assuming, {"c": Identity(*says)}, source)


def at(a: Fraction, b: Fraction, slope: Fraction, eta: Fraction) -> Example:
    values = {"W": [[[a]], [[b]]], "P": [[slope]]}
    return Example(values, 2, (1, 1, 1), scalars={"eta": eta})


def drawn(what: str, says: str, defined: bool, seed: int) -> Outcome:
    relation, gap = RELATIONS[what]
    holds = [s for s in STATES if gap(s[0], s[1]) == 0]
    states = tuple(at(*s) for s in Random(seed).sample(holds, 2))
    setting = Matrices(
        GradientStep(LOSS),
        definitions={"it": (relation,)} if defined else {},
        square=True,
        least_depth=2,
        examples=states,
    )
    assuming = () if defined else (Holds("it", "so", (relation,)),)
    return judge(claim(SAYS[says], setting, assuming)).outcomes["c"]


@pytest.mark.parametrize(("what", "says", "defined", "seed"), DRAWN)
def test_every_state_that_is_shown_keeps_the_relation(
    what: str, says: str, defined: bool, seed: int
) -> None:
    found = drawn(what, says, defined, seed)
    shown: Any = found.instance or (found.witness.instance if found.witness else None)
    assert "does not accept" not in found.reason
    if shown is None or shown.depth != 2 or set(shown.dims) != {1}:
        return
    wire = shown.wire()
    a, b, slope = (Fraction(x[0][0]) for x in (*wire["values"]["W"], wire["values"]["P"]))
    eta, gap = Fraction(wire["scalars"]["eta"]), RELATIONS[what][1]
    assert gap(a, b) == 0 == gap(a - eta * b * slope, b - eta * a * slope), shown.text()


def test_many_are_refuted_and_many_are_not() -> None:
    verdicts = [drawn(*row).verdict for row in DRAWN]
    assert min(verdicts.count(v) for v in (Verdict.REFUTED, Verdict.UNDECIDED)) >= 10


@pytest.mark.parametrize("form", ["hermitian", "positive", "invertible"])
def test_the_form_of_what_a_relation_names_holds_after_the_step(form: str) -> None:
    """S = W_2 W_1 is what the letter says before the step only."""
    layers = (((2, 1), (1, 1)), ((1, 0), (0, 1)))
    state = Example(
        {"W": layers, "S": layers[0], "P": ((0, 1), (0, 0))}, 2, (2, 2, 2), scalars={"eta": 1}
    )
    setting = Matrices(
        GradientStep(LOSS),
        (Letter("S", "N", "N", form=form),),
        {"it": (Equal(W[2] * W[1], S),)},
        square=True,
        least_depth=2,
        examples=(state,),
    )
    found = judge(claim((W[1], W[2]), setting)).outcomes["c"]
    assert found.witness is None or found.witness.instance.wire()["values"] != state.values
    if found.verdict is not Verdict.REFUTED:
        assert "the form of S" in found.reason


@pytest.mark.parametrize("what", ["first", "second", "product"])
def test_the_reader_refuses_by_itself(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the hole put back into the prover."""
    monkeypatch.setattr(after_step, "keeps", lambda *args: True)
    read, made = protocol.read, []
    monkeypatch.setattr(protocol, "read", lambda body: made.append(body) or read(body))
    relation, gap = RELATIONS[what]
    state = next(s for s in STATES if not gap(s[0], s[1]) and s[2] * s[3] and s[0] != 5)
    setting = Matrices(GradientStep(LOSS), square=True, least_depth=2, examples=(at(*state),))
    found = judge(claim(SAYS["W_1 = 5"], setting, (Holds("it", "so", (relation,)),))).outcomes["c"]
    assert found.verdict is Verdict.UNDECIDED and "does not accept" in found.reason
    with pytest.raises(Refused, match="after the step"):
        check(made[0])


def test_a_relation_of_the_start_is_one_before_the_step() -> None:
    start = Holds("it", "so", (RELATIONS["equal"][0],), when="at the start")
    setting = Matrices(
        GradientStep(LOSS),
        square=True,
        least_depth=2,
        examples=(at(*map(Fraction, (1, 1, 1, 1))),),
    )
    found = judge(claim((after(W[1]), W[1]), setting, (start,))).outcomes["c"]
    assert found.verdict is Verdict.REFUTED
