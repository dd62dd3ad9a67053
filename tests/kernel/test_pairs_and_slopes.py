"""The product of all layers but two, and a derivative that is another one because what is derived
lasts.

The kinds: the product without two layers taken at one layer, at the other one, beyond the depth,
taken for that without one, with a sign that the factors do not have, with a rate, of matrices; a
derivative from what holds at the start alone, from an order, at a place, from another function,
where nothing moves.
"""

from __future__ import annotations

from fractions import Fraction
from math import prod
from random import Random
from typing import Any

import pytest

from tests.kernel.forgeries import at, equal, flow, minus, small, square
from tests.kernel.read import answer, proves, refuses
from verify.kernel.certificate import holds
from verify.kernel.limits import Work
from verify.kernel.points import Point
from verify.kernel.setting import setting

Json = Any
ALL: Json = {"from": 1, "to": "N"}
LESS: Json = {"from": 1, "to": {"l": 1, "": -1}}
U: Json = {"role": "parameter", "for": {"l": ALL, "i": "n"}}
PAIRS: Json = {
    "u": U,
    "w": {"role": "product", "of": "u", "others": "P", "pairs": "R"},
    "J": {"role": "loss", "for": {"i": "n"}, "of": at("w", "i"), "gradient": "g"},
}
UL, UM, R = at("u", "l", "i"), at("u", "m", "i"), at("R", "l", "m", "i")
OVER: Json = {"for": {"l": ALL, "m": LESS, "i": "n"}}
EVERY: Json = {"for": {"l": ALL, "m": ALL, "i": "n"}}
VALUES: Json = {"u": [["2", "3"], ["5", "7"]], "J": "0", "g": ["1", "-1"]}


def first(left: Json, *where: Json) -> Json:
    return {"use": "w@first", "at": [*(where or ("l", "m", "i"))], "left": left}


def pairs(a: Json, b: Json, *by: Json, over: Json = OVER, **letters: Json) -> Json:
    said = equal(a, b, *by, **over)
    return small({**PAIRS, **letters}, said, values=VALUES, motion=flow(at("J")))


W_IS = ["*", UL, UM, R]
BOTH = [first(minus(UL)), {"use": "w@", "at": ["l", "i"]}]
OF_W = pairs(W_IS, at("w", "i"), *BOTH)
#: v' = -v, s = v^2: s' = -2 s, s'' = 4 s
V: Json = {"v": {"role": "parameter"}, "y": {"role": "free"}}
FALLS: Json = flow(["*", "1/2", square(at("v"))])
SLOPE: Json = {
    "rule": "lin", "name": "slope", "by": [],
    "eq": [["D", square(at("v"))], ["*", "-2", square(at("v"))]],
}  # fmt: skip
RATE: Json = {"rule": "rate", "use": "slope"}
TWICE: Json = ["D", ["D", square(at("v"))]]


#: J'' of a C^1 loss J of v, as long as J' lasts to be -3 J: from what holds at the start
LOSS: Json = {"v": {"role": "parameter"}, "J": {"role": "loss", "of": at("v"), "gradient": "g"}}
MOVES: Json = ["D", at("J")]
GRADIENT = square(at("g"))
BESIDE: Json = {"z": {"role": "parameter"}, "J": {**LOSS["J"], "of": at("z")}}
TOGETHER: Json = flow(["+", ["*", "1/2", square(at("v"))], at("J")])


def twice(steps: Json, of: Json = TWICE, to: Json = None, letters: Json = None) -> Json:
    said = equal(of, to or ["*", "4", square(at("v"))])
    data = small(letters or V, said, steps, values={"v": "3", "y": "1"}, motion=FALLS)
    if letters is LOSS:
        data["instance"]["values"] = {"v": "3", "J": "1", "g": "2"}
        data["setting"]["motion"] = flow(at("J"))
    return data


def kept(relation: str, time: str = "start") -> Json:
    """J'' from a hypothesis about J' or about its start."""
    data = twice([{**RATE, "use": "h"}], ["D", MOVES], "0", LOSS)
    data["assume"] = {"h": {"time": time, relation: [MOVES, "0"]}}
    return data


TRUE: dict[str, tuple[Json, str]] = {
    "w from the product without two": (
        OF_W, "R_(l,l',i) = that product without u_(l,i) and u_(l',i), l' in"),
    "the second layer": (
        pairs(W_IS, at("w", "i"), {"use": "w@second", "at": ["l", "m", "i"], "left": minus(UM)},
              {"use": "w@", "at": ["m", "i"]}), "u_(l,i) u_(m,i) R_(l,m,i) = w_(i)"),
    "a second derivative": (twice([SLOPE, RATE]), "d/dt(d/dt(v^2)) = 4 v^2"),
}  # fmt: skip
REFUSED: dict[str, tuple[Json, str]] = {
    "at one layer": (
        pairs(at("P", "l", "i"), ["*", UL, at("R", "l", "l", "i")], first("1", "l", "l", "i"),
              over={"for": {"l": ALL, "i": "n"}}), "not surely in its range"),
    "of the lower layer first": (
        pairs(at("P", "m", "i"), ["*", UL, at("R", "m", "l", "i")], first("1", "m", "l", "i")),
        "not surely in its range"),
    "of any two layers": (pairs(W_IS, at("w", "i"), *BOTH, over=EVERY), "not surely in its range"),
    "beyond the depth": (
        pairs(at("w", "i"), ["*", at("u", 1, "i"), at("R", {"N": 1, "": 1}, 1, "i")],
              over={"for": {"i": "n"}}), "not surely in its range"),
    "for that without one": (pairs(["*", UL, R], at("w", "i"), *BOTH), "do not close"),
    "the other layer's": (pairs(at("P", "l", "i"), ["*", UL, R], first("1")), "do not close"),
    "a sign of its own": (
        pairs(W_IS, at("w", "i"), *BOTH, w={**PAIRS["w"], "sign": ">"}), "unknown field"),
    "an even power of what may be negative": (
        small(PAIRS, {"kind": "inequality", "ge": [R, "0"], "by": [], **OVER}, values=VALUES,
              motion=flow(at("J"))), "do not close"),
    "its rate": (pairs(["D", R], "0"), "R has no derivative along the motion"),
    "as the argument of a loss": (
        pairs(W_IS, at("w", "i"), *BOTH, K={"role": "loss", "for": {"i": "n"},
              "of": at("R", 2, 1, "i"), "gradient": "h"}), "not surely in its range"),
    "the name of the product": (
        pairs(W_IS, at("w", "i"), *BOTH, w={**PAIRS["w"], "pairs": "w"}), "declared twice"),
    "the name of the others": (
        pairs(W_IS, at("w", "i"), *BOTH, w={**PAIRS["w"], "pairs": "P"}), "declared twice"),
    "of matrices": (
        small({"W": {"role": "parameter", "for": {"l": ALL}, "rows": "n", "cols": "n"},
               "w": {"role": "product", "of": "W", "others": "P", "pairs": "R"}},
              equal(at("w"), "1")), "is a chain"),
    "another second derivative": (
        twice([SLOPE, RATE], to=["*", "2", square(at("v"))]), "do not close"),
    "of a law that is not so": (
        twice([{**SLOPE, "eq": [SLOPE["eq"][0], square(at("v"))]}, RATE]), "do not close"),
    "of another function": (
        small({**V, **BESIDE}, equal(["D", MOVES], "0"), [SLOPE, RATE], motion=TOGETHER,
              values={"v": "3", "y": "1", "z": "2", "J": "1", "g": "2"}), "g has no derivative"),
    "of what has no derivative": (
        twice([{**SLOPE, "eq": [MOVES, minus(GRADIENT)]}, RATE], ["D", MOVES], GRADIENT, LOSS),
        "g has no derivative"),
    "what is supposed of a derivative": (kept("eq"), "about derivatives in time"),
    "at each place": (
        twice([{**SLOPE, "for": {"k": ALL}}, RATE]), "has indices"),
    "of a fact of the kernel that has no sides": (
        pairs(["D", W_IS], "0", over=OVER) | {"steps": [{"rule": "rate", "use": "w@"}]},
        "has indices, or no sides"),
    "of a letter that is not one": (twice([SLOPE, {**RATE, "of": "v"}]), "no root or free"),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_it_proves(name: str) -> None:
    proves(*TRUE[name])


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    refuses(*REFUSED[name])


def test_an_order_that_lasts_says_nothing_of_slopes() -> None:
    """v^2 >= 0, always: its derivative is no derivative of 0."""
    order = {"rule": "lin", "name": "order", "ge": [square(at("v")), "0"], "by": []}
    code, said = answer(twice([order, {"rule": "rate", "use": "order"}]))
    assert code == 1 and "order is no equation that lasts" in said


def test_an_equation_of_the_start_says_nothing_of_slopes() -> None:
    """v^2 = 9 at the start is no law of v^2."""
    data = twice([{"rule": "rate", "use": "h"}], ["D", square(at("v"))], "0")
    data["assume"] = {"h": {"time": "start", "eq": [square(at("v")), "9"]}}
    code, said = answer(data)
    assert code == 1 and "h is no equation that lasts" in said


@pytest.mark.parametrize("seed", range(20))
def test_products_without_two_layers_are_what_is_left(seed: int) -> None:
    """At random points of any depth: by multiplication, apart from the kernel; and both facts."""
    source = Random(seed)
    depth, width = source.randint(1, 5), source.randint(1, 3)
    u = [[Fraction(source.randint(-4, 4), source.randint(1, 3)) for _ in range(width)]
         for _ in range(depth)]  # fmt: skip
    data = pairs(W_IS, at("w", "i"))
    given = {**data["instance"], "integers": {"N": depth}}
    given["sets"] = {"n": width, "h": 1}
    given["families"] = {"d": {}}
    rows = [[str(x) for x in row] for row in u]
    given["values"] = {"u": rows, "J": "0", "g": ["1"] * width}
    Work.begin()
    here = setting(data["setting"])
    point = Point(given, here)
    r = here.names["R"]
    for l in range(1, depth + 1):
        for m in range(1, l):
            for i in range(width):
                rest = [u[k - 1][i] for k in range(1, depth + 1) if k not in (l, m)]
                assert point.letter(r, (l, m, i + 1)) == prod(rest)  # type: ignore[arg-type]
    assert all(holds(point, here.facts[x]) for x in ("w@", "w@first", "w@second"))
