"""The motion that the kernel reads off an objective, against exact difference quotients: along a
line theta + e delta a polynomial objective is a polynomial in e, whose slope is found from its
values.
"""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from verify.kernel.exact import Matrix, Value
from verify.kernel.limits import Refused, Work
from verify.kernel.points import Point
from verify.kernel.setting import setting
from verify.kernel.terms import term_of

LAYERS = {"from": 1, "to": "N"}
MATRICES = {"rows": ["d", "k"], "cols": ["d", {"k": 1, "": -1}]}
INNER = {"from": 1, "to": {"N": 1, "": -1}}
HERE: Any = ["at", "W", "k"]
NEXT: Any = ["at", "W", {"k": 1, "": 1}]
MOMENT = ["+", ["*", HERE, ["H", HERE]], ["*", "-1", ["H", NEXT], NEXT]]
LETTERS: dict[str, Any] = {
    "u": {"role": "parameter", "for": {"l": LAYERS, "i": "coord"}},
    "v": {"role": "parameter", "for": {"i": "coord"}},
    "W": {"role": "parameter", "for": {"k": LAYERS}, **MATRICES},
    "Q": {"role": "parameter", "rows": "n", "cols": "n"},
    "c": {"role": "constant", "for": {"i": "coord", "j": "coord"}},
    "w": {"role": "product", "of": "u", "others": "P"},
    "X": {"role": "chain", "of": "W", "left": "A", "right": "B"},
    "e": {"role": "constant", "for": {"k": {"from": 0, "to": "N"}}, "ends": True},
    "M": {"role": "name", "for": {"k": INNER}, "ends": True, "is": MOMENT, "form": "hermitian"},
}  # fmt: skip
AFTER: Any = ["at", "W", {"l": 1, "": 1}]
BESIDE: Any = ["tr", ["*", AFTER, ["at", "M", "l"], ["H", AFTER]]]
DEGREE = 18  # three leaves, each of degree 6 at most at depth 3


def objective(r: Random, deep: int = 2) -> Any:
    """Sums, products and traces of layers, of the product, of the chain, at fixed layers too."""
    if deep:
        op = r.choice("+*")
        return [op, objective(r, deep - 1), objective(r, deep - 1) if op == "+" else leaf(r)]
    return leaf(r)


def leaf(r: Random) -> Any:
    layer = r.choice([1, "N", "l"])

    def over_layers(t: Any) -> Any:
        return ["sum", "l", LAYERS, t] if layer == "l" else t

    def over_inner(t: Any) -> Any:
        """A part of the layers, or in the other order."""
        return ["sum", "l", INNER, t] if layer == "l" else ["sum", "l", INNER, backwards(t)]

    u = ["at", "u", layer, "i"]
    w: Any = ["at", "W", "l"]  # at a fixed layer of its own size: refused
    q: Any = ["at", "Q"]
    square = ["*", ["H", w], w]
    choices: list[Any] = [
        ["sum", "i", "coord", over_layers(["^", u, r.choice("23")])],
        ["sum", "i", "coord", over_layers(["*", u, ["at", "v", "i"]])],
        ["sum", "i", "coord", ["*", ["at", "w", "i"], ["at", "v", "i"]]],
        [
            "sum",
            "i",
            "coord",
            ["sum", "j", "coord", ["*", ["at", "c", "i", "j"], ["at", "w", "j"]]],
        ],
        ["sum", "l", LAYERS, ["tr", square]],
        ["sum", "l", LAYERS, ["tr", ["*", square, square]]],
        ["tr", ["*", ["H", ["at", "X"]], ["at", "X"]]],
        ["tr", ["*", q, ["+", q, ["H", q]], q]],
        ["tr", ["^", q, "3"]],
        over_inner(["tr", ["^", ["at", "M", "l"], r.choice("23")]]),
        over_inner(["*", ["at", "e", "l"], ["tr", square]]),
        over_inner(["*", ["at", "e", "l"], ["tr", ["*", AFTER, ["H", AFTER]]]]),
        over_inner(["*", ["at", "e", "l"], ["tr", ["at", "M", "l"]]]),
        "3/2",
    ]
    return r.choice(choices)


def backwards(t: Any) -> Any:
    """At N - l for l."""
    if isinstance(t, dict):
        return {"N": 1, "l": -1, **({"": t[""]} if "" in t else {})}
    if isinstance(t, list):
        return [backwards(x) for x in t]
    return {"N": 1, "l": -1} if t == "l" else t


def state(r: Random, depth: int) -> dict[str, Any]:
    def entry() -> str:
        return str(Fraction(r.randint(-2, 2)))

    def matrix(rows: int, columns: int) -> list[list[str]]:
        return [[entry() for _ in range(columns)] for _ in range(rows)]

    d = [r.randint(1, 2) for _ in range(depth + 1)]
    values: dict[str, Any] = {
        "u": matrix(depth, 2),
        "v": matrix(1, 2)[0],
        "W": [matrix(d[k], d[k - 1]) for k in range(1, depth + 1)],
        "Q": matrix(2, 2),
        "c": matrix(2, 2),
        "e": matrix(1, depth - 1)[0],
    }
    return {"integers": {"N": depth}, "sets": {"coord": 2, "n": 2},
            "families": {"d": {str(k): n for k, n in enumerate(d)}}, "values": values}  # fmt: skip


def moved(data: Any, direction: Any, e: int) -> Any:
    if isinstance(data, list):
        return [moved(x, y, e) for x, y in zip(data, direction, strict=True)]
    return str(Fraction(data) + e * Fraction(direction))


def slope(values: list[Fraction]) -> Fraction:
    """Of the polynomial through (0, values[0]), (1, values[1]), ..., at 0."""
    total, level, sign = Fraction(0), list(values), 1
    for k in range(1, len(values)):
        level = [b - a for a, b in pairwise(level)]
        total, sign = total + sign * level[0] / k, -sign
    return total


def inner(a: Value, b: Value) -> Fraction:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a * b
    assert isinstance(a, tuple) and isinstance(b, tuple)
    pairs: list[tuple[Matrix, Matrix]] = [(a, b)]
    return sum((x * y for m, n in pairs for r, s in zip(m, n, strict=True)
                for x, y in zip(r, s, strict=True)), Fraction(0))  # fmt: skip


def test_the_computed_rates_are_minus_the_gradient(tail: Fraction) -> None:
    """Each that is drawn is compared, at three depths."""
    compared = 0
    for seed in range(int(300 * max(tail, Fraction(1, 30)))):
        r = Random(seed)
        Work.begin()
        data = flowing(LETTERS, objective(r))
        found = setting(data)
        assert found.objective is not None
        for depth in (1, 2, 3):
            here, way = state(r, depth), state(Random(seed + 10**6), depth)
            way["families"] = here["families"]
            shape = deepcopy(here)
            for x in ("u", "v", "W", "Q"):
                way["values"][x] = drawn_like(here["values"][x], r)
            heights = []
            for e in range(DEGREE + 1):
                for x in ("u", "v", "W", "Q"):
                    shape["values"][x] = moved(here["values"][x], way["values"][x], e)
                Work.begin()
                point = Point(shape, found)
                value = point.value(found.objective, point.env)
                assert isinstance(value, Fraction)
                heights.append(value)
            Work.begin()
            point, along = Point(here, found), Point({**way, "families": here["families"]}, found)
            total = Fraction(0)
            for u, p in found.rates.items():
                for env in point.places(u.indices):
                    at = tuple(int(env[x]) for x in u.indices)
                    total -= inner(point.value(term_of(p), env), along.letter(u, at))
            assert total == slope(heights), (seed, depth, data["motion"])
            compared += 1
    assert compared >= 30


def flowing(letters: dict[str, Any], of: Any) -> dict[str, Any]:
    return {
        "integers": {"N": 1},
        "sets": ["coord", "n"],
        "families": ["d"],
        "letters": letters,
        "motion": {"kind": "gradient-flow", "of": of},
    }


def drawn_like(data: Any, r: Random) -> Any:
    return [drawn_like(x, r) for x in data] if isinstance(data, list) else str(r.randint(-1, 1))


@pytest.mark.parametrize("turned", [False, True], ids=["up", "backwards"])
def test_a_moment_beside_a_layer_is_refused_where_its_end_is_a_layer_too_many(turned: bool) -> None:
    """The rate of W_N would hold W_(N+1)."""
    t = ["sum", "l", INNER, backwards(BESIDE) if turned else BESIDE]
    Work.begin()
    with pytest.raises(Refused, match="a part of a parameter's indices"):
        setting(flowing(LETTERS, t))


def test_what_has_no_gradient_is_refused() -> None:
    """A product of others, a partial product, an abstract gradient, a root that may vanish."""
    more = {
        "J": {"role": "loss", "for": {"i": "coord"}, "of": ["at", "w", "i"], "gradient": "g"},
        "q": {
            "role": "root",
            "degree": "2",
            "is": ["sum", "i", "coord", ["^", ["at", "v", "i"], "2"]],
        },
        "f": {"role": "free"},
    }
    for bad in (
        ["sum", "i", "coord", ["at", "P", 1, "i"]],
        ["tr", ["*", ["H", ["at", "A", 1]], ["at", "A", 1]]],
        ["sum", "i", "coord", ["at", "g", "i"]],
        ["at", "q"],
        ["at", "f"],
    ):
        data = flowing({**LETTERS, **more}, bad)
        try:
            setting(data)
        except Refused as error:
            assert "no derivative" in str(error) or "not defined" in str(error), error
        else:
            raise AssertionError(bad)
