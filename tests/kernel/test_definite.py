"""Positive definite matrices, their powers of every sign, roots of matrices, and any path.

The kinds: an inverse of what need not have one; the derivative of a power that may be negative; a
root that is not positive, of what is not Hermitian, with a rate that is typed; a path that is free
and taken as continuous, or as two things at once.
"""

# ruff: noqa: E501

from __future__ import annotations

from fractions import Fraction
from math import ceil
from random import Random
from typing import Any

import pytest

from tests.kernel.forgeries import at, equal, flow, minus, small, square
from tests.kernel.mutants import silent
from tests.kernel.read import proves, refuses
from verify.kernel.exact import inverse, times
from verify.kernel.limits import Refused, Work
from verify.kernel.points import Point
from verify.kernel.setting import setting
from verify.kernel.terms import term_of

Json = Any
SIDE: Json = {"rows": "n", "cols": "n"}
FREE: Json = {"role": "free", **SIDE}
ROOT: Json = {"role": "root", "degree": "N", "is": ["*", ["H", at("X")], at("X")], "sign": ">"}
S: Json = {"role": "constant", **SIDE, "form": "hermitian", "sign": ">"}
PATH: Json = {"X": {"role": "parameter", **SIDE}, "V": FREE, "Q": FREE}
ANY: Json = {"kind": "flow", "rates": {"X": at("V"), "R": at("Q")}}
TWO, ONE, NONE = [["2", "0"], ["0", "2"]], [["1", "0"], ["0", "1"]], [["0", "0"], ["0", "0"]]
FOUR: Json = [["4", "0"], ["0", "4"]]
HERE: Json = {"X": FOUR, "V": TWO, "Q": TWO, "R": FOUR}  # N = 2, where R^2 = X^2
DEEP: Json = {"N": -1, "": 1}


def inverted(t: Json, e: Json = "-1") -> Json:
    return ["^", t, e]


def of(said: Json, s: Json = S, value: Json = TWO, **letters: Json) -> Json:
    """Of a constant S."""
    values = {
        "S": value,
        **{x: ONE for x, y in letters.items() if y["role"] in ("constant", "root")},
    }
    return small({"S": s, **letters}, said, values=values)


def path(said: Json, *steps: Json, root: Json = ROOT, motion: Json = ANY, letters: Json = PATH,
         assume: Json = None, least: int = 1, **values: Json) -> Json:  # fmt: skip
    found = small({**letters, "R": root}, said, steps, assume, {**HERE, **values}, motion)
    found["setting"]["integers"]["N"] = least
    return found


def refuting(data: Json) -> Json:
    data["witness"] = data.pop("instance")
    for x in data["conclude"].values():
        del x["by"]
    return data


SLOPE: Json = {"use": "R@rate", "left": inverted(at("R"), DEEP), "tr": True}
INVERSE: Json = equal(
    ["D", inverted(at("R"))], minus(["*", inverted(at("R")), at("Q"), inverted(at("R"))])
)
#: N tr R' = 2 Re tr (X R^(1-N))* V
GRADIENT: Json = equal(
    ["*", at("N"), ["tr", at("Q")]],
    ["*", "2", ["tr", ["*", ["H", ["*", at("X"), inverted(at("R"), DEEP)]], at("V")]]], SLOPE)  # fmt: skip
NAMED: Json = {
    "role": "name",
    "form": "hermitian",
    "sign": ">",
    "is": ["*", ["H", at("W")], at("W")],
}
W: Json = {"role": "parameter", **SIDE}
DECAYS: Json = equal(
    ["D", inverted(at("T"))], ["*", "4", inverted(at("T"))],
    {"use": "T@", "left": ["*", "-4", inverted(at("T"))], "right": inverted(at("T"))})  # fmt: skip
TRUE: dict[str, tuple[Json, str]] = {
    "an inverse": (of(equal(["*", at("S"), inverted(at("S")), at("S")], at("Y"), {"use": "Y@", "left": "-1"}),
                      Y={"role": "name", "is": at("S")}), "constant S: n x n matrix, Hermitian, > 0"),
    "the depth in its power": (
        of(equal(["*", inverted(at("S"), DEEP), at("Y")], ["^", at("S"), "2"],
                 {"use": "Y@", "left": inverted(at("S"), DEEP)}),
           Y={"role": "name", "is": ["^", at("S"), {"N": 1, "": 1}]}), "M > 0: positive definite"),
    "along any path": (path(GRADIENT), "along any path with given rates, as long as the solution exists:"),
    "the rate of an inverse": (path(INVERSE), "d/dt R = Q"),
    "of its square": (
        path(equal(["D", inverted(at("R"), "-2")],
                   minus(["*", inverted(at("R"), "-2"), ["+", ["*", at("Q"), at("R")], ["*", at("R"), at("Q")]], inverted(at("R"), "-2")]))),
        "up to the first time at which a sign that is stated fails"),
    "a name that is supposed to be definite": (
        small({"W": W, "T": NAMED}, DECAYS,
              values={"W": TWO}, motion=flow(["tr", ["*", ["H", at("W")], at("W")]])),
        "T = W^* W, Hermitian, T > 0"),
    "a root where nothing moves": (
        of(equal(["*", at("R"), at("R"), at("S")], ["*", at("S"), at("S")], {"use": "R@", "right": at("S")}),
           R={"role": "root", "degree": "2", "is": at("S"), "sign": ">"}, value=ONE), "R >= 0 with R^(2) = S, Hermitian, and R > 0"),
}  # fmt: skip
KEPT: Json = {
    "rule": "keep",
    "of": [{"use": "s", "name": "k", "by": [{"use": "s", "left": at("V")}]}],
}
REFUSED: dict[str, tuple[Json, str]] = {
    "an inverse of what is Hermitian": (
        of(equal(inverted(at("S")), ["I", "n"]), {x: S[x] for x in S if x != "sign"}, ONE), "not surely natural"),
    "an inverse of any matrix": (
        of(equal(inverted(at("S")), ["I", "n"]), {"role": "constant", **SIDE}, ONE), "not surely natural"),
    "an inverse of a product": (
        of(equal(inverted(["*", at("S"), at("Y")]), ["*", inverted(at("S")), inverted(at("Y"))]), Y=S, value=ONE), "word of several"),
    "a root as a power": (of(equal(inverted(at("S"), "1/2"), at("S")), value=ONE), "not surely natural"),
    "half the depth": (of(equal(inverted(at("S"), {"N": "1/2"}), at("S")), value=ONE), "not surely natural"),
    "another inverse": (of(equal(inverted(at("S")), at("S")), value=ONE), "do not close"),
    "a sign without a form": (
        of(equal(at("S"), ["I", "n"]), {"role": "constant", **SIDE, "sign": ">"}, ONE), "with a sign is Hermitian"),
    "a sign that says less": (of(equal(at("S"), ["I", "n"]), {**S, "sign": ">="}, ONE), "with a sign is Hermitian"),
    "a sign that says other": (of(equal(at("S"), ["I", "n"]), {**S, "sign": "!="}, ONE), "with a sign is Hermitian"),
    "a name with a sign and no form": (
        small({"W": W, "T": {x: NAMED[x] for x in NAMED if x != "form"}}, equal(["D", at("T")], minus(at("T"))),
              values={"W": TWO}, motion=flow(["tr", ["*", ["H", at("W")], at("W")]])), "with a sign is Hermitian"),
    "a rectangular one": (
        of(equal(at("S"), ["I", "n"]), {**S, "cols": "h"}, [["1"], ["0"]]), "rows = cols"),
    "not definite at the point": (
        of(equal(["*", at("S"), at("Y")], ["I", "n"], {"use": "Y@", "left": at("S")}), value=[["1", "2"], ["2", "1"]],
           Y={"role": "name", "is": inverted(at("S"))}), "not positive definite"),
    "a name that is not definite there": (
        small({"W": W, "T": NAMED}, DECAYS,
              values={"W": [["1", "0"], ["0", "0"]]}, motion=flow(["tr", ["*", ["H", at("W")], at("W")]])), "not positive definite"),
    "the rate of an inverse as of a number": (
        path(equal(["D", inverted(at("R"))], minus(["*", at("Q"), inverted(at("R"), "-2")]))), "do not close"),
    "the rate of an inverse with no sign": (
        path(equal(["D", inverted(at("R"))], ["*", inverted(at("R")), at("Q"), inverted(at("R"))])), "do not close"),
    "the rate of a power that may be negative": (
        path(equal(["D", inverted(at("R"), DEEP)], "0")), "derivative of a power that is not surely natural"),
    "the rate of the constant power 0": (
        path(equal(["D", inverted(at("R"), {"N": 1, "": -3})], "0"), least=2), "derivative of a power that is not surely natural"),
    "a root of what is not Hermitian": (
        path(INVERSE, root={**ROOT, "is": at("X")}), "with a sign is Hermitian"),
    "a root without a sign": (path(INVERSE, root={x: ROOT[x] for x in ROOT if x != "sign"}), "with a sign is Hermitian"),
    "a root that is negative": (path(INVERSE, R=[["-4", "0"], ["0", "-4"]], Q=[["-2", "0"], ["0", "-2"]]), "not positive definite"),
    "a witness where the root is negative": (
        refuting(path({"kind": "inequality", "ge": [["tr", at("R")], "0"], "by": []}, R=[["-4", "0"], ["0", "-4"]], Q=[["-2", "0"], ["0", "-2"]])),
        "not positive definite"),
    "a witness where a name is not definite": (
        refuting(small({"W": W, "T": NAMED}, equal(["D", at("T")], minus(at("T"))), values={"W": [["1", "0"], ["0", "0"]]},
                       motion=flow(["tr", ["*", ["H", at("W")], at("W")]]))), "not positive definite"),
    "one rate for every index": (
        small({"u": {"role": "parameter", "for": {"k": {"from": 1, "to": "N"}}}, "v": {"role": "free", "for": {"k": {"from": 1, "to": "N"}}}},
              equal(["D", at("u", 1)], ["D", ["+", at("u", 1), minus(at("u", 1)), at("u", "N")]]), values={"u": ["1", "2"], "v": ["1", "2"]},
              motion={"kind": "flow", "rates": {"u": at("v", 1)}}), "not continuous by its role"),
    "a root with another rate at the point": (path(INVERSE, Q=ONE), "R@rate fails at the point"),
    "another root": (path(INVERSE, R=ONE, Q=[["8", "0"], ["0", "8"]]), "R@ fails at the point"),
    "a rate of a root that is typed": (
        path(equal(["D", at("R")], at("R")), motion={"kind": "flow", "rates": {"X": at("V"), "R": at("R")}}), "not continuous by its role"),
    "a rate of a root that is fixed": (
        path(equal(["D", at("R")], ["*", "0", at("R")]), motion={"kind": "flow", "rates": {"X": at("V"), "R": ["*", "0", at("R")]}}),
        "not continuous by its role"),
    "a root without a rate": (
        path(equal(["D", at("R")], at("V")), motion={"kind": "flow", "rates": {"X": at("V")}}), "R has no derivative"),
    "a rate of a root of numbers": (
        small({"x": {"role": "parameter"}, "v": {"role": "free"}, "r": {"role": "root", "degree": "2", "is": square(at("x")), "sign": ">"}},
              equal(["D", at("r")], at("v")), values={"x": "1", "v": "1", "r": "1"},
              motion={"kind": "flow", "rates": {"x": at("v"), "r": at("v")}}), "expected one of each parameter"),
    "a rate of a root of constants": (
        path(INVERSE, letters={**PATH, "S": S}, root={**ROOT, "is": at("S")}, S=FOUR), "expected one of each parameter"),
    "a root in an objective": (
        small({"X": PATH["X"], "R": ROOT}, equal(["D", at("X")], minus(at("X"))), values={"X": ONE, "R": ONE},
              motion=flow(["tr", at("R")])), "R has no derivative along the variation"),
    "one rate of two": (
        path(equal(["D", at("R")], ["D", ["*", "1", at("X")]]), motion={"kind": "flow", "rates": {"X": at("V"), "R": at("V")}}), "not continuous"),
    "a free factor of a rate": (
        path(equal(["D", at("X")], ["*", at("V"), at("X")]), motion={"kind": "flow", "rates": {"X": ["*", at("V"), at("X")], "R": at("Q")}}),
        "not continuous"),
    "a path as a cofactor of KEEP": (
        path(equal(at("X"), "0", {"use": "k"}), KEPT, assume={"s": {"time": "start", "eq": [at("X"), "0"]}}), "not continuous by its role"),
    "the rate of a path": (path(equal(["D", at("V")], "0")), "V has no derivative"),
    "a path that is kept": (path({"kind": "conserved", "what": at("X"), "by": []}), "do not close"),
    "half the gradient": (
        path({**GRADIENT, "eq": [["tr", at("Q")], GRADIENT["eq"][1]]}), "do not close"),
    "a direction along the fibre with a form": (
        small({"W": {"role": "parameter", "for": {"k": {"from": 1, "to": "N"}}, "rows": "n", "cols": "n"},
               "Y": {"role": "chain", "of": "W", "left": "A", "right": "B"},
               "b": {**FREE, "form": "hermitian", "for": {"k": {"from": 0, "to": "N"}}, "ends": True}},
              equal(["tr", at("b", 1)], "0"), values={"W": [ONE, TWO], "b": [NONE]},
              motion={"kind": "fibre-flow", "of": ["tr", ["*", ["H", at("W", 1)], at("W", 1)]], "chain": "Y", "along": "b"}), "or has a form"),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_it_proves(name: str) -> None:
    proves(*TRUE[name])


@pytest.mark.parametrize("name", REFUSED)
def test_it_does_not_prove(name: str) -> None:
    refuses(*REFUSED[name])


@pytest.mark.parametrize("name", TRUE)
def test_a_change_alters_the_sentence_or_is_refused(name: str, tail: Fraction) -> None:
    assert silent(TRUE[name][0], ceil(400 * max(tail, Fraction(1, 10)))) == []


Rows = list[list[Fraction]]


def drawn(r: Random, symmetric: bool = False) -> Rows:
    a, b, c, d = (Fraction(r.randint(-3, 3)) for _ in range(4))
    return [[a, b], [b if symmetric else c, d]]


@pytest.mark.parametrize("seed", range(12))
def test_pivots_say_whether_it_is_definite(seed: int) -> None:
    """Of 2 x 2 by the leading minors; and an inverse is one."""
    for r in [Random(100 * seed + k) for k in range(20)]:
        ((a, b), (_, d)) = found = drawn(r, symmetric=True)
        definite = a > 0 and a * d - b * b > 0
        try:
            one = times(inverse(tuple(map(tuple, found))), tuple(map(tuple, found)))
            assert definite and one == ((1, 0), (0, 1))
        except Refused:
            assert not definite


def dual(a: Rows, b: Rows, n: int) -> Rows:
    """The derivative of (a + b t)^n, n < 0, at t = 0: by the cofactors of 2 x 2 as dual numbers."""

    def prod(x: Any, y: Any) -> Any:
        return (x[0] * y[0], x[0] * y[1] + x[1] * y[0])

    def minus_of(x: Any) -> Any:
        return (-x[0], -x[1])

    (p, q), (s, u) = [
        [(x, y) for x, y in zip(r, c, strict=True)] for r, c in zip(a, b, strict=True)
    ]
    first, second = prod(p, u), prod(q, s)
    det = (first[0] - second[0], first[1] - second[1])
    over = (1 / det[0], -det[1] / det[0] ** 2)
    one = [[prod(x, over) for x in r] for r in ((u, minus_of(q)), (minus_of(s), p))]
    found = one
    for _ in range(-n - 1):
        found = [[tuple(map(sum, zip(prod(x, c[0]), prod(y, c[1]), strict=True))) for c in zip(*one, strict=True)]
                 for x, y in found]  # fmt: skip
    return [[x[1] for x in r] for r in found]


@pytest.mark.parametrize("seed", range(12))
def test_negative_powers_move_as_dual_numbers_do(seed: int) -> None:
    """R = a + b t is the root of R^2, a > 0; X = R."""
    r = Random(seed)
    c, b = drawn(r), drawn(r, symmetric=True)
    a = [
        [sum(x * y for x, y in zip(p, q, strict=True)) + (i == j) for j, q in enumerate(c)]
        for i, p in enumerate(c)
    ]
    found = setting(path(INVERSE, root={**ROOT, "degree": "2"})["setting"])
    text = {
        x: [[str(e) for e in row] for row in m] for x, m in (("X", a), ("R", a), ("V", b), ("Q", b))
    }
    point = Point(
        {"integers": {"N": 2}, "sets": {"n": 2, "h": 1}, "families": {"d": {}}, "values": text},
        found,
    )
    for n in (-1, -2, -3):
        Work.begin()
        term = found.scope().term(["D", inverted(at("R"), str(n))])
        assert point.value(term_of(term.poly), point.env) == tuple(map(tuple, dual(a, b, n)))
