"""Every PROVED sentence about diagonal networks: steps that the kernel accepts. The kernel's
sentence and the claim's are the same function at exact points.
"""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

import proofs
from proofs import CLAIMS
from tests.kernel.read import answer
from verify.claims.conclusions import Conserved, Equation, Inequality, KeepsSign, LinearLaw
from verify.claims.conclusions.base import Conclusion
from verify.claims.hypotheses import Homogeneous
from verify.claims.sentence import Sentence
from verify.exact.errors import NotGeneric
from verify.exact.rings import Exact, Inexact
from verify.kernel.limits import Refused, Work
from verify.kernel.points import Point
from verify.kernel.setting import setting
from verify.models.flow import Flow, Step
from verify.models.jets import Motion, assignments
from verify.terms.expr import L, R, after, dot, g, num, over_layers, q, start, total, u, w
from verify.theories.states.sampler import points
from verify.theories.steps import forms, network_states, networks
from verify.theories.steps.diagonal import certificate, sentences, wordings
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
#: sentences about w alone, whose claims suppose more for other ones
FREE = {("quasi-norm-output-space", "euler")}


def sentence_of(claim: str, name: str) -> Sentence:
    return sentences(BY_ID[claim])[name]


@cache
def written(claim: str, name: str) -> tuple[dict, str]:
    found = certificate(sentence_of(claim, name))
    assert not found.refusal
    return found.body, found.statement


@pytest.mark.parametrize(("claim", "name"), SENTENCES)
def test_the_kernel_accepts_the_steps(claim: str, name: str) -> None:
    """And says the same from the bytes that are handed out."""
    data, said = written(claim, name)
    assert answer(json.loads(json.dumps(data))) == (0, said)
    assert f"[{label(name)}]" in said
    text = certificate(sentence_of(claim, name)).text
    assert (STEPS / f"{claim}.{name}.json").read_text() == text, "stale: make certificates"


@pytest.mark.parametrize(("claim", "name"), SENTENCES)
def test_both_say_the_same(claim: str, name: str) -> None:
    """Terms of the certificate and expressions of the claim have equal values at exact states;
    derivatives, too: here by the kernel's rates, there by a Taylor jet of the flow.
    """
    data, _ = written(claim, name)
    sentence, compared = sentence_of(claim, name), 0
    stated = data["conclude"][label(name)]
    factors = [stated[x] for x in ("rate", "cofactor") if x in stated]
    terms = stated.get("eq") or stated.get("ge", [None])[::-1]
    terms = terms if terms[0] else [stated["what"], *factors]
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
            exact = Point(network_states.instance(sentence, point), here)
        except (Inexact, NotGeneric, Refused, ZeroDivisionError):
            continue
        for at in assignments(free, point.depth, point.width, None):
            env = {**exact.env, **{x: Fraction(at[x.name]) for x in indices}}
            for t, e, asked in zip(terms, expressions, rated, strict=True):
                if asked:
                    value = exact.value(scope.term(t), env)
                    assert value == motion.value(e, at).c[0]
                    compared += 1
    assert compared


@pytest.mark.parametrize(("claim", "name"), SENTENCES)
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


NORMS = over_layers("prod", "l", start(total("i", u["l", "i"] ** 2)))
Q = total("i", q["i"])
SQUARE = u["l", "i"] ** 2
SPREADS = total("i", over_layers("max", "l", SQUARE) - over_layers("min", "l", SQUARE))
#: bounds of the two shapes, whether they follow
BOUNDED = [
    (Inequality(left, num(c) * right), c >= 1)
    for left, right in ((Q**L, NORMS), (abs(Q - start(Q)), SPREADS))
    for c in (Fraction(1, 2), Fraction(1), Fraction(5, 3))
]


@pytest.mark.parametrize(("bound", "follows"), BOUNDED, ids=repr)
def test_a_bound_may_be_larger_and_not_smaller(bound: Inequality, follows: bool) -> None:
    """And without a degree, or with weight decay, neither follows."""
    name = Sentence(Flow(), (Homogeneous(),), "c", bound)
    if follows:
        assert not certificate(name).refusal
    else:
        with pytest.raises(NotGeneric, match="another shape"):
            certificate(name)
    for other in (replace(name, assuming=()), replace(name, setting=Flow(decay="kappa"))):
        with pytest.raises(NotGeneric):
            certificate(other)
    with pytest.raises(NotGeneric, match="fails later on"):
        next(iter(wordings("c", name, True)))


@pytest.mark.parametrize("change", ("hi", "lo", "norm"))
def test_bounds_are_of_the_state(change: str) -> None:
    """A constant that is not what its hypothesis says is refused."""
    claim = (
        ("quasi-norm-bound", "bound") if change == "norm" else ("quasi-norm-near-balance", "drift")
    )
    data = deepcopy(written(*claim)[0])
    values = data["instance"]["values"]
    values[change][0] = str(Fraction(values[change][0]) + (-1 if change == "hi" else 1))
    assert "fails at the point" in answer(data)[1]


def test_an_absolute_value_has_two_sides_and_its_spread_stays() -> None:
    """Values are compared of the last conclusion; those beside it are read here."""
    said = answer(written("quasi-norm-near-balance", "drift")[0])[1]
    now, spread = "(Sum_(i in coord) q_(i))", "Sum_(i in coord) (hi_(i) - lo_(i))"
    then = "start(Sum_(i in coord) q_(i))"
    for line in (
        f"[falls] {spread} >= {then} - {now}",
        f"[drift] {spread} >= {now} - {then}",
        "[spread] for all l in 1..L, m in 1..L, i in coord: u_(l,i)^2 - u_(m,i)^2 is conserved",
    ):
        assert f"then {line}\n" in said


def test_the_state_after_a_step_is_what_the_step_gives() -> None:
    """Its layers are those of the step, and nothing is said of a gradient there."""
    data = json.loads((STEPS / "quasi-norm-descent.conserved.json").read_text())
    assert answer(data)[0] == 0
    for change in (["v", 0, 0], ["p", 0]):
        forged = deepcopy(data)
        *path, last = change
        inner = forged["witness"]["values"]
        for x in path:
            inner = inner[x]
        inner[last] = str(Fraction(inner[last]) * 2)
        assert "fails at the point" in answer(forged)[1]
    free = deepcopy(data)
    del free["assume"]["after"]
    free["witness"]["values"]["v"] = free["witness"]["values"]["u"]
    free["witness"]["values"]["p"] = free["witness"]["values"]["q"]
    assert "holds at the witness" in answer(free)[1]
    with pytest.raises(NotGeneric, match="gradient after a step"):
        networks.stated(Sentence(Step(), (), "c", Equation(after(w["i"] * g["i"]), num(0))))
