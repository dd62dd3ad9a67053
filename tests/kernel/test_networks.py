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
from verify.claims.sentence import Sentence
from verify.exact.errors import NotGeneric
from verify.exact.rings import Exact, Inexact
from verify.kernel.limits import Refused, Work
from verify.kernel.points import Point
from verify.kernel.setting import setting
from verify.models.jets import Motion, assignments
from verify.theories.states.sampler import points
from verify.theories.steps import forms, networks
from verify.theories.steps.diagonal import certificate, sentences
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
    "the kernel refuses: P has no derivative along the motion": {
        ("quasi-norm-degree-k", "curvature"),
    },
    "at: no operation of the kernel": {
        ("diag-balance-descent", "difference"),  # R, the product of all layers but two
        ("lda-two-layers", "sum"),
        ("lda-two-layers", "difference"),
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
    assert stated.get("for", {}) == networks.ranges(free)
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
