"""Every PROVED sentence about diagonal networks: steps that the kernel accepts, or the reason why
there are none yet. The kernel's sentence and the claim's are the same function at exact points.
"""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

import proofs
from proofs import CLAIMS
from tests.kernel.read import answer
from verify.claims.conclusions import Conserved, Equation, KeepsSign, LinearLaw
from verify.claims.conclusions.base import Conclusion
from verify.claims.sentence import Sentence
from verify.exact.errors import NotGeneric
from verify.exact.rings import Exact, Inexact
from verify.kernel.limits import Refused, Work
from verify.kernel.points import Point
from verify.kernel.setting import setting
from verify.models.flow import Flow
from verify.models.jets import Motion, assignments
from verify.terms.expr import L, R, dot, g, num, total, u, w
from verify.theories.states.sampler import points
from verify.theories.steps import forms, networks
from verify.theories.steps.diagonal import certificate, sentences
from verify.theories.steps.reworded import reworded
from verify.theories.written import label

STEPS = Path(proofs.__file__).parent / "steps"
BY_ID = {c.id: c for c in CLAIMS if c.setting.kind in ("flow", "step")}
SENTENCES = [
    (c.id, name)
    for c in BY_ID.values()
    for name, conclusion in c.concluding.items()
    if c.expected.name == "PROVED" and conclusion.exact
]
#: what has no steps yet, by the reason that is given; rows only go
NOT_YET = {
    "a conclusion of kind inequality: not written yet": {
        ("quasi-norm-near-balance", "drift"),
        ("quasi-norm-bound", "bound"),
    },
}
#: sentences about w alone, whose claims suppose more for other ones
FREE = {("quasi-norm-output-space", "euler")}
WAITING = {x: reason for reason, rows in NOT_YET.items() for x in rows}
WRITTEN = [x for x in SENTENCES if x not in WAITING]


def sentence_of(claim: str, name: str) -> Sentence:
    return sentences(BY_ID[claim])[name]


@cache
def written(claim: str, name: str) -> tuple[dict, str]:
    found = certificate(sentence_of(claim, name))
    assert not found.refusal
    return found.body, found.statement


@pytest.mark.parametrize(("claim", "name"), sorted(WAITING))
def test_what_has_no_steps_says_why(claim: str, name: str) -> None:
    with pytest.raises(NotGeneric) as gap:
        written(claim, name)
    assert str(gap.value) == WAITING[claim, name]


@pytest.mark.parametrize(("claim", "name"), WRITTEN)
def test_the_kernel_accepts_the_steps(claim: str, name: str) -> None:
    """And says the same from the bytes that are handed out."""
    data, said = written(claim, name)
    assert answer(json.loads(json.dumps(data))) == (0, said)
    assert f"[{label(name)}]" in said
    text = certificate(sentence_of(claim, name)).text
    assert (STEPS / f"{claim}.{name}.json").read_text() == text, "stale: make certificates"


@pytest.mark.parametrize(("claim", "name"), WRITTEN)
def test_both_say_the_same(claim: str, name: str) -> None:
    """Terms of the certificate and expressions of the claim have equal values at exact states;
    derivatives, too: here by the kernel's rates, there by a Taylor jet of the flow.
    """
    data, _ = written(claim, name)
    sentence, compared = sentence_of(claim, name), 0
    stated = data["conclude"][label(name)]
    factors = [stated[x] for x in ("rate", "cofactor") if x in stated]
    terms = stated.get("eq") or [stated["what"], *factors]
    expressions = sentence.conclusion.expressions()[: len(terms)]
    free = sentence.free_indices()
    assert stated.get("for", {}) == networks.ranges(free, sentence.pair())
    rated = [not (e.has("D") and "q" in e.atoms()) for e in expressions]  # q' needs the steps
    for point in islice(points(sentence, 3, 2, first=1, rounds=4), 12):
        Work.begin()
        here = setting(data["setting"])
        indices, scope = here.scope().bound(stated, "for")
        decay, balanced = sentence.setting.decay, sentence.balanced
        try:
            point = forms.rational(sentence, point)
            motion = Motion(point, Exact(), 2, decay=decay, balanced=balanced)
            exact = Point(networks.instance(sentence, point), here)
        except (Inexact, Refused, ZeroDivisionError):
            continue
        for at in assignments(free, point.depth, point.width, None):
            env = {**exact.env, **{x: Fraction(at[x.name]) for x in indices}}
            for t, e, asked in zip(terms, expressions, rated, strict=True):
                if asked:
                    value = exact.value(scope.term(t), env)
                    assert value == motion.value(e, at).c[0]
                    compared += 1
    assert compared


@pytest.mark.parametrize(("claim", "name"), WRITTEN)
def test_without_a_hypothesis_or_a_use_it_is_refused(claim: str, name: str) -> None:
    """Each use, each hypothesis and the degree is needed."""
    data, _ = written(claim, name)
    stated = data["conclude"][label(name)]
    for k in range(len(stated["by"])):
        by = [x for j, x in enumerate(stated["by"]) if j != k]
        forged = {**data, "conclude": {label(name): {**stated, "by": by}}}
        assert answer(forged)[0] == 1
    for x in data["assume"] if (claim, name) not in FREE else ():
        rest = {y: h for y, h in data["assume"].items() if y != x}
        assert answer({**data, "assume": rest})[0] == 1


def drawn(*concluding: Conclusion) -> Sentence:
    return Sentence(Flow(), (), "c", concluding[0], concluding)


def test_one_coordinate_by_its_number_is_any() -> None:
    """All coordinates are alike, so what is said of one is said of each; of two it is not."""
    one = reworded(drawn(Conserved(u["l", 2] ** 2 - u["m", 2] ** 2)))
    assert one.free_indices() == {"l": "layers", "m": "layers", "i": "coordinates"}
    assert one.conclusion == Conserved(u["l", "i"] ** 2 - u["m", "i"] ** 2)
    beside = Conserved(u["l", "i"] ** 2 - u["l", 1] ** 2 * total("j", w["j"]))
    assert reworded(drawn(beside)).free_indices()["h"] == "coordinates"
    two = drawn(Equation(u["l", 1] * w[1], u["l", 2] * w[1]))
    assert reworded(two) == two
    with pytest.raises(NotGeneric, match="called by its number"):
        certificate(two)


def test_a_derivative_or_a_rate_that_is_zero_is_a_law() -> None:
    what = u["l", "i"] ** 2 - u["m", "i"] ** 2
    for c in (Equation(dot(what), num(0)), LinearLaw(what, L - L)):
        assert reworded(drawn(c)).conclusion == Conserved(what)
    for c in (Equation(dot(what), num(1)), LinearLaw(what, L - 1), Equation(what, num(0))):
        assert reworded(drawn(c)).conclusion == c


def test_what_is_not_alike_for_both_layers_has_no_steps() -> None:
    """l > m is enough where l and m can change places, and only there."""
    R2 = R["l", "m", "i"] ** 2 * g["i"] ** 2
    networks.stated(drawn(KeepsSign(u["m", "i"] - u["l", "i"], R2)))
    for c in (
        KeepsSign(u["l", "i"] + 2 * u["m", "i"], R2),
        KeepsSign(u["l", "i"] + u["m", "i"], R2 * u["l", "i"]),
        Equation(R["l", "m", "i"] * u["l", "i"], u["l", "i"] - u["m", "i"]),
    ):
        with pytest.raises(NotGeneric, match="differs for l < m"):
            networks.stated(drawn(c))
    with pytest.raises(NotGeneric, match="no indices of the sentence"):
        networks.stated(drawn(Equation(R[1, "m", "i"], u["m", "i"])))
