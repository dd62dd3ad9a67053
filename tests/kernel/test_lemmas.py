"""What the kernel concludes by a lemma: where a gradient flow settles, and the least sum of squares
of the layers of a product.

The kinds: a flow that need not be one of a polynomial, or bounded; a quantity that need not vanish;
layers of which more, less or something else than balance is supposed; a root that is none, or whose
power is not shown; a witness that is not balanced, or where it holds.
"""

# ruff: noqa: E501

from __future__ import annotations

from fractions import Fraction
from math import ceil
from random import Random
from typing import Any

import pytest

from tests.kernel.forgeries import at, flow, minus, small, square
from tests.kernel.mutants import silent
from tests.kernel.read import answer, proves
from tests.kernel.test_ends_and_fibres import (
    AT,
    BELOW,
    FIBRE,
    INNER,
    LAYERS,
    NET,
    NEXT,
    ON,
    W,
    norm,
)

Json = Any
V: Json = {"v": {"role": "parameter"}}
HALF: Json = ["*", "1/2", square(at("v"))]
FOURTH: Json = ["^", at("v"), "4"]


def settling(what: Json = None, factor: Json = "2", of: Json = HALF, letters: Json = V,
             motion: Json = None, assume: Json = None, *by: Json, **values: Json) -> Json:  # fmt: skip
    said = {"kind": "settles", "what": what or square(at("v")), "factor": factor, "by": list(by)}
    return small(
        letters, said, assume=assume, values={"v": "3", **values}, motion=motion or flow(of)
    )


BALANCED: Json = {
    "time": "always",
    "for": INNER,
    "eq": [["*", W, ["H", W]], ["*", ["H", NEXT], NEXT]],
}
ROOT: Json = {"role": "name", "is": ["*", ["H", at("W", 1)], at("W", 1)]}
ONE: Json = {"rows": ["d", 0], "cols": ["d", 0]}
#: W_k^H B_(k+1) = B_k S, B_k^H B_k = S^(k-1), Re tr W_k^H W_k = Re tr S
LEMMAS: Json = [
    {"rule": "induct", "name": "pull", "for": LAYERS, "over": "k", "eq": [["*", ["H", W], at("B", {"k": 1, "": 1})], ["*", at("B", "k"), at("S")]],
     "base": [{"use": "X@bottom", "left": "-1", "right": at("S")}, {"use": "X@right", "at": [1], "left": minus(["H", at("W", 1)])},
              {"use": "X@bottom", "left": ["*", ["H", at("W", 1)], at("W", 1)]}, {"use": "S@", "left": "-1"}],
     "step": [{"use": "balance", "at": [BELOW], "left": "-1", "right": at("B", "k")}, {"use": "IH@", "left": at("W", BELOW)},
              {"use": "X@right", "at": ["k"], "left": minus(["H", W])}, {"use": "X@right", "at": [BELOW], "right": at("S")}]},
    {"rule": "induct", "name": "powers", "for": {"k": {"from": 1, "to": {"N": 1, "": 1}}}, "over": "k",
     "eq": [["*", ["H", at("B", "k")], at("B", "k")], ["^", at("S"), BELOW]],
     "base": [{"use": "X@bottom", "left": ["H", at("B", 1)]}, {"use": "X@bottom", "mark": "H"}],
     "step": [{"use": "pull", "at": [BELOW], "left": ["H", at("B", BELOW)]}, {"use": "IH@", "right": at("S")},
              {"use": "X@right", "at": [BELOW], "left": "-1", "right": at("B", "k"), "mark": "H"}]},
    {"rule": "lin", "name": "whole", "eq": [at("B", {"N": 1, "": 1}), at("X")],
     "by": [{"use": "X@", "at": ["N"]}, {"use": "X@top", "left": "-1", "right": at("B", {"N": 1, "": 1})}]},
    {"rule": "induct", "name": "traces", "for": LAYERS, "over": "k", "eq": [norm(W), ["tr", at("S")]],
     "base": [{"use": "S@", "left": "-1", "tr": True}], "step": [{"use": "IH@"}, {"use": "balance", "at": [BELOW], "left": "-1", "tr": True}]},
]  # fmt: skip
POWER: Json = {"rule": "lin", "name": "power", "eq": [["^", at("S"), "N"], ["*", ["H", at("X")], at("X")]],
               "by": [{"use": "powers", "at": [{"N": 1, "": 1}], "left": "-1"}, {"use": "whole", "left": ["H", at("B", {"N": 1, "": 1})]},
                      {"use": "whole", "right": at("X"), "mark": "H"}]}  # fmt: skip
TRACES: Json = {"use": "traces", "at": ["p"], "sum": {"p": {"from": 1, "to": "N"}}}
EQUAL: Json = {"W": [[["2"]], [["2"]]]}


def least(factor: Json = ("at", "N"), letters: Json = None, steps: Json = None, assume: Json = None,
          motion: Json = None, by: Json = None, of: Json = "X", root: Json = "S", **values: Json) -> Json:  # fmt: skip
    said = {"kind": "least", "of": of, "root": root, "factor": list(factor) if isinstance(factor, tuple) else factor,
            "by": [TRACES] if by is None else by}  # fmt: skip
    return small({**NET, "S": ROOT, **(letters or {})}, said, [*LEMMAS, POWER] if steps is None else steps,
                 {"balance": BALANCED} if assume is None else assume, {**EQUAL, **values}, motion)  # fmt: skip


def from_two(data: Json) -> Json:
    data["setting"]["integers"]["N"] = 2
    return data


def refuting(data: Json) -> Json:
    data["witness"] = data.pop("instance")
    del data["conclude"]["c"]["by"]
    data["steps"] = []
    return data


TRUE: dict[str, tuple[Json, str]] = {
    "a square": (settling(), "converges, to where v^2 = 0: the sum of all squares moves at the rate -(2) times that"),
    "a fourth power": (settling(FOURTH, "8", FOURTH), "converges, to where v^4 = 0"),
    "a factor of constants": (
        settling(square(at("v")), ["*", "2", at("c")], ["*", at("c"), HALF], {**V, "c": {"role": "constant", "sign": ">"}}, c="5"),
        "(2 c) times that"),
    "from some starts": (
        settling(assume={"h": {"time": "start", "ge": [at("v"), "1"]}}), "suppose [h] v >= 1 at the start"),
    "the least sum": (least(), "have the least sum of squares, (N) Re tr(S), where S = (X^* X)^(1/N) >= 0"),
    "not the least sum": (refuting(least("1")), "false is [c] of all layers with the product X"),
    "twice the least sum": (refuting(least(["*", "2", at("N")])), "(2 N) Re tr(S)"),
}  # fmt: skip
POSITIVE: Json = {"role": "constant", "sign": ">"}
REFUSED: dict[str, tuple[Json, str]] = {
    "a flow that leaves": (settling(factor="-2", of=minus(HALF)), "not > 0"),
    "a factor 0": (settling(factor="0"), "not > 0"),
    "a factor that moves": (settling(factor=square(at("v"))), "not made of constants"),
    "a factor that moves and is positive": (
        settling(["*", "2", square(at("v"))], ["+", "1", square(at("v"))], ["+", HALF, ["*", "1/4", FOURTH]]), "not made of constants"),
    "a factor that is only constant": (settling(factor=at("c"), letters={**V, "c": {"role": "constant"}}, c="2"), "not > 0"),
    "a factor that is another": (settling(factor="3"), "do not close"),
    "what may be negative": (settling(minus(square(at("v"))), "2", minus(HALF)), "not visibly >= 0"),
    "what has either sign": (settling(at("v"), "1", at("v")), "not visibly >= 0"),
    "what is a matrix": (
        small(NET, {"kind": "settles", "what": at("X"), "factor": "2", "by": []}, values=AT, motion=flow(norm(at("X")))), "a real number"),
    "one parameter of two": (
        settling(letters={**V, "u": {"role": "parameter"}}, of=["+", HALF, minus(square(at("u")))], u="1"), "do not close"),
    "a motion that is given": (
        settling(motion={"kind": "flow", "rates": {"v": minus(at("v"))}}), "no gradient flow"),
    "a path": (
        settling(letters={**V, "f": {"role": "free"}}, motion={"kind": "flow", "rates": {"v": at("f")}}, f="1"), "no polynomial"),
    "with speeds": (settling(factor="4", motion={**flow(HALF), "speeds": {"v": "2"}}), "no gradient flow"),
    "on a fibre": (
        small(FIBRE, {"kind": "settles", "what": norm(at("X")), "factor": "2", "by": []}, values={**AT, "b": [[["-3/5"]]]}, motion=ON),
        "no polynomial"),
    "in steps": (settling(letters={**V, "s": {"role": "constant"}}, motion={"kind": "gradient-step", "of": HALF, "size": "s"}, s="1"), "needs a gradient flow"),
    "where nothing moves": (settling(motion={"kind": "still"}), "needs a gradient flow"),
    "of any loss": (
        settling(letters={**V, "J": {"role": "loss", "of": at("v"), "gradient": "g"}}, of=at("J"), J="0", g="1"), "J is no polynomial"),
    "up to where a sign fails": (settling(letters={"v": {"role": "parameter", "sign": ">"}}), "v is no polynomial"),
    "of an exponential": (
        settling(letters={**V, "y": {"role": "exp", "is": at("v")}}, of=["+", HALF, at("y")]), "y is no polynomial"),
    "of a name that is not 0": (
        settling(letters={**V, "y": {"role": "name", "is": at("v"), "sign": "!="}}, of=HALF), "y is no polynomial"),
    "a point where it does not": (
        {k: v for k, v in {**settling(), "witness": settling()["instance"], "conclude": {"c": {"kind": "settles", "what": square(at("v")), "factor": "3"}}}.items()
         if k != "instance"}, "does not refute what is said of all times"),
    "without balance": (least(assume={}, steps=[], by=[]), "not balance alone"),
    "with more than balance": (least(assume={"balance": BALANCED, "more": {"time": "always", "eq": [norm(at("W", 1)), "4"]}}), "not balance alone"),
    "balance of some layers": (
        from_two(least(assume={"balance": {**BALANCED, "for": {"k": {"from": 1, "to": {"N": 1, "": -2}}}}}, steps=[], by=[])), "not balance alone"),
    "balance of one pair": (
        from_two(least(assume={"balance": {**BALANCED, "for": {"k": {"from": 2, "to": {"N": 1, "": -1}}}}}, steps=[], by=[])), "not balance alone"),
    "less than balance": (
        least(assume={"balance": {"time": "always", "for": INNER, "eq": [norm(W), norm(NEXT)]}}, steps=[], by=[]), "different types|not balance alone"),
    "twice balance": (
        least(assume={"balance": {**BALANCED, "eq": [["*", "2", W, ["H", W]], ["*", "2", ["H", NEXT], NEXT]]}}, steps=[], by=[]), "not balance alone"),
    "balance that is no equation": (
        least(assume={"balance": {"time": "always", "for": INNER, "ge": [norm(W), norm(NEXT)]}}, steps=[], by=[]), "not balance alone"),
    "balance with another sign": (
        least(assume={"balance": {**BALANCED, "eq": [["*", W, ["H", W]], minus(["*", ["H", NEXT], NEXT])]}}, steps=[], by=[], W=[[["0"]], [["0"]]]),
        "not balance alone"),
    "another value": (least("1"), "do not close"),
    "a value that varies": (least(["tr", at("S")]), "not made of constants"),
    "no power": (least(steps=LEMMAS[3:]), "no step shows the power of S"),
    "another power": (
        least(steps=[*LEMMAS, {**POWER, "eq": [["*", at("S"), x] for x in POWER["eq"]],
                               "by": [{**u, "left": ["*", at("S"), u["left"]]} if "left" in u else {**u, "left": at("S")} for u in POWER["by"]]}]),
        "no step shows the power of S"),
    "a power at places that need not be": (
        least(steps=[*LEMMAS, {**POWER, "for": INNER}]), "no step shows the power of S"),
    "a root that is no product x^H x": (
        least(letters={"S": {"role": "name", "is": at("Z")}, "Z": {"role": "constant", **ONE}}, steps=[], by=[]), "no letter|is not known"),
    "minus a square": (least(letters={"T": {**ROOT, "is": minus(ROOT["is"])}}, steps=[], by=[], root="T"), "different types"),
    "two squares": (least(letters={"T": {**ROOT, "is": ["*", "2", ROOT["is"]]}}, steps=[], by=[], root="T"), "different types"),
    "a square and more": (least(letters={"T": {**ROOT, "is": ["+", ROOT["is"], ["I", ["d", 0]]]}}, steps=[], by=[], root="T"), "T is no product x^H x"),
    "nothing as a root": (least(letters={"T": {**ROOT, "is": ["*", "0", ROOT["is"]]}}, steps=[], by=[], root="T"), "different types"),
    "a word that is no square": (
        least(letters={"Z": {"role": "constant", "rows": ["d", 1], "cols": ["d", 1]},
                       "T": {"role": "name", "is": ["*", ["H", at("W", 1)], ["H", at("Z")], at("Z"), at("Z"), at("W", 1)]}},
              steps=[], by=[], root="T", Z=[["1"]]), "T is no product x^H x"),
    "a letter as a root": (
        least(letters={"Z": {"role": "constant", **ONE}, "T": {"role": "name", "is": at("Z")}}, steps=[], by=[], root="T", Z=[["4"]]), "T is no product x^H x"),
    "many roots": (
        least(letters={"T": {"role": "name", "for": LAYERS, "is": ["*", ["H", W], W]}}, steps=[], by=[], root="T"), "many roots"),
    "a constant as a root": (least(letters={"Z": {"role": "constant", **ONE}}, steps=[], by=[], root="Z", Z=[["4"]]), "is no name"),
    "layers that are fixed": (
        least(letters={"W": {**NET["W"], "role": "constant"}}, steps=[], by=[]), "not all layers"),
    "layers with a form": (
        least(letters={"W": {"role": "parameter", "for": LAYERS, "rows": "n", "cols": "n", "form": "hermitian"}}, steps=[], by=[],
              W=[[["1", "0"], ["0", "1"]]] * 2), "not all layers"),
    "layers that move": (least(motion=flow(norm(at("X"))), assume={"balance": {**BALANCED, "time": "start"}}, steps=[], by=[]), "not all layers"),
    "layers with a sign beside": (least(letters={"u": {"role": "parameter", "sign": ">"}}, u="1"), "u is no polynomial"),
    "a free letter beside": (least(letters={"f": {"role": "free"}}, f="1"), "f is no polynomial"),
    "a witness that is not balanced": (refuting(least("1", W=AT["W"])), "balance fails at the point"),
    "a witness where it holds": (refuting(least()), "c holds at the witness"),
    "a witness with another root": (
        refuting(least("1", letters={"T": {"role": "name", "is": ["*", ["H", at("X")], at("X")]}}, root="T")), "@root fails at the point"),
    "a zero by the lemma's own fact": (
        least(steps=[], by=[{"use": "@root"}]), "no step shows|there is no fact"),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_it_proves(name: str) -> None:
    proves(*TRUE[name])


@pytest.mark.parametrize("name", REFUSED)
def test_it_does_not_prove(name: str) -> None:
    data, why = REFUSED[name]
    code, said = answer(data)
    assert code == 1 and any(x in said for x in why.split("|")), said


@pytest.mark.parametrize("name", TRUE)
def test_a_change_alters_the_sentence_or_is_refused(name: str, tail: Fraction) -> None:
    assert silent(TRUE[name][0], ceil(400 * max(tail, Fraction(1, 10)))) == []


@pytest.mark.parametrize("seed", range(8))
def test_no_layers_have_less(seed: int) -> None:
    """Of numbers, w_N ... w_1 = x: N |x|^(2/N) at balance, and never less, to rounding; of two
    layers the norm of Frobenius is no less than twice the sum of singular values (2 x 2: by sqrt(|X|^2 +
    2 |det X|)).
    """
    r = Random(seed)
    for _ in range(40):
        w = [r.uniform(-3, 3) or 1.0 for _ in range(r.randint(1, 5))]
        product = 1.0
        for x in w:
            product *= x
        assert sum(x * x for x in w) >= len(w) * abs(product) ** (2 / len(w)) - 1e-9
        (a, b, c, d), (p, q, s, t) = ([r.uniform(-2, 2) for _ in range(4)] for _ in range(2))
        x = (a * p + b * s, a * q + b * t, c * p + d * s, c * q + d * t)
        nuclear = (sum(e * e for e in x) + 2 * abs(x[0] * x[3] - x[1] * x[2])) ** 0.5
        assert sum(e * e for e in (a, b, c, d, p, q, s, t)) >= 2 * nuclear - 1e-9
