"""Forgeries of certificates of version 1 about matrices of every depth, written for the kernel, and
why it refuses them.

The kind: a hole that is closed in the reader of words and open in the kernel. Belonging to it:
false equations between words, expressions without a meaning, letters that move, gradients that are
typed, lemmas without a base or out of order, uses that are dropped or doubled, states that satisfy
nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.kernel.read import answer, proves, refuses

Json = Any
STEPS = Path(__file__).resolve().parents[2] / "proofs" / "steps"
LAST = {"N": 1, "": -1}


def shipped(name: str) -> Json:
    return json.loads((STEPS / f"{name}.json").read_text())


def at(x: str, *index: Json) -> Json:
    return ["at", x, *index]


def star(x: Json) -> Json:
    return ["H", x]


def concluding(said: Json, square: bool = True) -> Json:
    """About two layers or more; at gradient flow, with sizes that are all alike or are not."""
    data = shipped("dln-moments-conserved.moment")
    setting, (name,) = data["setting"], data["conclude"]
    setting["integers"]["N"] = 2
    if square:
        setting |= {"sets": ["d"], "families": []}
        setting["letters"]["W"] |= {"rows": "d", "cols": "d"}
    return {**data, "conclude": {name: {**said, "by": []}}, "instance": {}}


def equation(left: Json, right: Json, to: Json = LAST) -> Json:
    over = {"for": {"k": {"from": 1, "to": to}}} if '"k"' in json.dumps([left, right]) else {}
    return {"kind": "equation", **over, "eq": [left, right]}


X, P, W, UP = at("X"), at("P"), at("W", "k"), at("W", {"k": 1, "": 1})
Q = at("W", "p")


def total(to: Json) -> Json:
    return ["sum", "p", {"from": 1, "to": to}, ["tr", ["*", Q, star(Q)]]]


FALSE: dict[str, Json] = {
    "a product twice": equation(X, ["*", at("A", 1), at("A", 1)]),
    "the gradient is the product": equation(P, X),
    "a transpose for an adjoint": equation(["H", ["C", X]], star(X)),
    "a trace that need not be 0": equation(["tr", ["*", star(X), ["C", P]]], "0"),
    "a sum with a layer fewer": equation(total("N"), total(LAST)),
    "balance that nobody supposes": equation(["*", W, star(W)], ["*", star(UP), UP]),
    "A_0 from the other side": equation(["*", at("W", 1), at("A", 1)], X),
    "the depth, of a sum that is shorter": equation(["sum", "p", {"from": 1, "to": LAST}, "1"],
                                                    at("N")),
    "the product stays": {"kind": "conserved", "what": X},
    "a layer stays": {"kind": "conserved", "for": {"k": {"from": 1, "to": "N"}}, "what": W},
}  # fmt: skip
MEANINGLESS: dict[str, tuple[Json, str]] = {
    "sizes that do not fit": (equation(["*", W, W], ["*", W, W]), "do not fit"),
    "sizes that differ": (equation(["+", X, star(X)], ["+", X, star(X)]), "different"),
    "a trace of what is not square": (equation(["tr", X], ["tr", X]), "no square"),
    "a number beside what is not square": (equation(["+", X, "1"], ["+", X, "1"]), "different"),
    "a layer that need not be there": (equation(at("W", 3), at("W", 3)), "not surely in its range"),
    "a layer beyond the last": (equation(UP, UP, "N"), "not surely in its range"),
    "an index that nothing binds": (equation(at("W", "j"), at("W", 1)), "not known here"),
    "an unknown letter": (equation(at("V"), at("V")), "no letter"),
    "an index of what has none": (equation(at("X", 1), X), "indices"),
    "a decimal": (equation(["*", "0.5", X], X), "no rational number"),
    "a sum in a sum of its index": (
        equation(["sum", "p", {"from": 1, "to": "N"}, total("N")], "0"), "is taken"),
    "the gradient stays": ({"kind": "conserved", "what": P}, "no derivative"),
    "a factor too many": (equation(["D", X, X], X), "parts"),
    "no operation": (equation(["zz", X], X), "no operation"),
}  # fmt: skip


def test_a_true_one_is_accepted() -> None:
    proves(shipped("dln-moments-conserved.moment"), "W_(k)")


@pytest.mark.parametrize("name", FALSE)
def test_false_sentences_are_refused(name: str) -> None:
    refuses(concluding(FALSE[name]), "do not close it")


@pytest.mark.parametrize("name", MEANINGLESS)
def test_what_has_no_meaning_is_refused(name: str) -> None:
    said, why = MEANINGLESS[name]
    refuses(concluding(said, square=False), why)


def _uses(x: Json) -> Iterator[tuple[list[Json], int]]:
    inside = x.values() if isinstance(x, dict) else x if isinstance(x, list) else ()
    for y in inside:
        if isinstance(y, list) and y and isinstance(y[0], dict) and "use" in y[0]:
            yield from ((y, k) for k in range(len(y)))
        yield from _uses(y)


@pytest.mark.parametrize("name", ["dln-learning-flow.product", "dln-balanced-roots.left"])
@pytest.mark.parametrize("change", ["doubled", "dropped"])
def test_every_use_counts(name: str, change: str) -> None:
    places = len([*_uses(shipped(name))])
    assert places >= 3
    for n in range(places):
        data = shipped(name)
        uses, k = [*_uses(data)][n]
        uses[k:k + 1] = [uses[k], deepcopy(uses[k])] if change == "doubled" else []  # fmt: skip
        assert answer(data)[0] == 1, (n, uses)


def test_a_lemma_needs_its_base_its_place_and_what_it_rests_on() -> None:
    data = shipped("dln-learning-flow.product")
    lemmas = [s for s in data["steps"] if s["rule"] == "induct"]
    assert lemmas
    for n, lemma in enumerate(lemmas):
        place = data["steps"].index(lemma)
        for change in ({"rule": "lin"}, {"eq": [["*", "2", lemma["eq"][0]], lemma["eq"][1]]}):
            other = deepcopy(data)
            other["steps"][place] |= change
            assert answer(other)[0] == 1, (n, change)
    other = {**data, "steps": data["steps"][::-1]}
    refuses(other, "no fact")
    refuses({**data, "assume": {}}, "no fact")


def test_the_gradient_is_the_kernel_s() -> None:
    """Of another objective the moments move; a decay of another rate is none."""
    data = shipped("dln-moments-conserved.moment")
    data["setting"]["motion"]["of"] = ["+", at("E"), total("N")]
    refuses(data, "do not close it")
    data = shipped("dln-weight-decay.moment")
    (said,) = data["conclude"].values()
    said["rate"] = ["*", "3/2", said["rate"]]
    refuses(data, "do not close it")


def test_a_state_satisfies_what_is_supposed_and_moves() -> None:
    data = shipped("dln-learning-flow.product")
    data["instance"]["values"]["W"][0][0][0] = "77"
    refuses(data, "fails at the point")
    data = shipped("dln-moments-conserved.moment")
    values = data["instance"]["values"]
    values["P"] = [["0" for _ in row] for row in values["P"]]
    refuses(data, "no parameter moves")


def test_a_witness_refutes_what_fails_there() -> None:
    """The printed factor is half of the true one."""
    data = shipped("dln-kn-dissipation-printed.dissipation")
    (said,) = data["conclude"].values()
    left, right = said["eq"]
    proves(data, "refuted")
    said["eq"] = [left, ["*", "3", right]]
    proves(data, "refuted")
    said["eq"] = [left, ["*", "2", right]]
    refuses(data, "holds at the witness")
