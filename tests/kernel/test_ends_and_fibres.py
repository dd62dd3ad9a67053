"""Families that are 0 at their ends, sums over a part that gradients are read off because of that,
and the flow on the fibre of a product.

The kinds: an end that is 0 without being said so, a derivative where a family has ended, a gradient
of a summand that is not there; a motion that is not the nearest one along the fibre, of what does
not end, along what is fixed, of more than the layers.
"""

# ruff: noqa: E501

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import ceil
from random import Random
from typing import Any

import pytest

from tests.kernel.forgeries import at, equal, flow, minus, small, square
from tests.kernel.mutants import silent
from tests.kernel.read import proves, refuses
from verify.kernel.certificate import holds
from verify.kernel.limits import Work
from verify.kernel.points import Point
from verify.kernel.setting import setting

Json = Any
BELOW: Json = {"k": 1, "": -1}
ABOVE: Json = {"k": 1, "": 1}
LAYERS: Json = {"k": {"from": 1, "to": "N"}}
WHOLE: Json = {"k": {"from": 0, "to": "N"}}
INNER: Json = {"k": {"from": 1, "to": {"N": 1, "": -1}}}
W, NEXT = at("W", "k"), at("W", ABOVE)
SIDE: Json = {"rows": ["d", "k"], "cols": ["d", "k"]}
MOMENT: Json = ["+", ["*", W, ["H", W]], minus(["*", ["H", NEXT], NEXT])]
NET: Json = {
    "W": {"role": "parameter", "for": LAYERS, "rows": ["d", "k"], "cols": ["d", BELOW]},
    "X": {"role": "chain", "of": "W", "left": "A", "right": "B"},
}
M: Json = {"role": "name", "for": INNER, "ends": True, "is": MOMENT, "form": "hermitian"}
C: Json = {"role": "constant", "for": WHOLE, "ends": True}
B: Json = {"role": "free", "for": WHOLE, "ends": True, **SIDE}
AT: Json = {"W": [[["1"]], [["2"]]]}


def over(run: Json, t: Json) -> Json:
    return ["sum", "k", run["k"], t]


def norm(t: Json) -> Json:
    return ["tr", ["*", ["H", t], t]]


HALF: Json = ["*", "1/2", over(LAYERS, norm(W))]
ON: Json = {"kind": "fibre-flow", "of": HALF, "chain": "X", "along": "b"}
FIBRE: Json = {**NET, "b": B}
MOMENTS: Json = flow(["*", "1/2", over(INNER, norm(at("M", "k")))])
DECAY: Json = flow(["*", "1/2", over(INNER, ["*", at("c", "k"), norm(W)])])
ALONG: Json = minus(["+", ["*", at("b", "k"), W], minus(["*", W, at("b", BELOW)])])
RATE: Json = ["*", "2", ["+", ["*", W, at("M", BELOW)], minus(["*", at("M", "k"), W])]]
#: b w1^2 + b w2^2 = w1^2 - w2^2, so that b = -3/5
SOLVED: Json = {**AT, "b": [[["-3/5"]]]}


def laws(t: Json, kind: str = "conserved", **more: Json) -> Json:
    return {"kind": kind, "what": t, "by": [], **more}


def of_moments(a: Json, b: Json, run: Json = LAYERS, letters: Json = None) -> Json:
    said = equal(a, b, **({"for": run} if run else {}))
    return small(letters or {**NET, "M": M}, said, values=AT, motion=MOMENTS)


def decaying(c: Json = C, motion: Json = DECAY, at_c: Json = ("3",)) -> Json:
    said = equal(["D", W], minus(["*", at("c", "k"), W]), **{"for": LAYERS})
    return small({"c": c, **NET}, said, values={**AT, "c": list(at_c)}, motion=motion)


def short() -> Json:
    """Sum_(1..N-2), N >= 2."""
    part: Json = ["sum", "k", {"from": 1, "to": {"N": 1, "": -2}}, ["*", at("c", "k"), norm(W)]]
    found = decaying(motion=flow(["*", "1/2", part]))
    found["setting"]["integers"]["N"] = 2
    return found


def powers(j: Json, x: str, run: Json) -> Json:
    """x_j = c_k^(j-1) for all k, at k = N."""
    power = {"time": "always", "for": {**WHOLE, "j": LAYERS["k"]},
             "eq": [["^", at("c", "k"), {"j": 1, "": -1}], at("x", "j")]}  # fmt: skip
    letters = {"c": C, "x": {"role": "constant", "for": LAYERS}}
    said = equal(at("x", j), x, {"use": "h", "at": ["N", j], "left": "-1"}, **run)
    return small(letters, said, assume={"h": power}, values={"c": ["0"], "x": ["1", "0"]})


def on_the_fibre(
    letters: Json = None, motion: Json = None, conclude: Json = None, **at_: Json
) -> Json:
    said = conclude or equal(["D", W], ALONG, **{"for": LAYERS})
    return small(letters or FIBRE, said, values={**SOLVED, **at_}, motion=motion or ON)


DROPPED = {"kind": "equation", "eq": [at("c", 0), "0"], "by": []}
TRUE: dict[str, tuple[Json, str]] = {
    "the gradient of squares of moments": (of_moments(["D", W], RATE), "and 0 at 0 and N"),
    "a rate of inner layers alone": (decaying(), "constant c_(k): real number, k in 1..N - 1, and 0"),
    "0 to the power 0": (powers(1, "1", {}), "x_(1) = 1"),
    "the flow on a fibre": (on_the_fibre(), "on the fibre of the product, as long as"),
    "the nearest direction": (
        on_the_fibre(conclude=laws(MOMENT, "decay", rate="-2", **{"for": INNER}) | {"by": [
            {"use": "b@", "at": ["k"], "left": "-1"},
            {"use": "b@", "at": ["k"], "left": "-1", "mark": "H"}]}),
        "where [b@] for all k in 1..N - 1: ",
    ),
}  # fmt: skip
REFUSED: dict[str, tuple[Json, str]] = {
    "twice the gradient": (of_moments(["D", W], ["*", "2", RATE]), "do not close"),
    "a moment without ends": (
        of_moments(["D", W], ["D", W], letters={**NET, "M": {x: M[x] for x in M if x != "ends"}}),
        "a part of a parameter's indices only",
    ),
    "an end that is read off its definition": (
        of_moments(at("M", "N"), ["*", at("W", "N"), ["H", at("W", "N")]], {}), "do not close"),
    "its definition at an end": (
        small({**NET, "M": M}, equal(at("M", 1), "0", {"use": "M@", "at": [0]}), values=AT, motion=MOMENTS),
        "not surely in its range"),
    "the rate of an end": (
        of_moments(["D", at("M", "k")], "0", WHOLE), "where it may have ended"),
    "the partial rate of an end": (
        small({"u": {"role": "parameter", "for": LAYERS},
               "m": {"role": "name", "for": INNER, "ends": True, "is": square(at("u", "k"))}},
              equal(["dd", ["u", 1], at("m", "k")], "0", **{"for": WHOLE}),
              motion=flow(square(at("u", 1))), values={"u": ["1", "2"]}),
        "where it may have ended"),
    "a constant without ends": (
        decaying({"role": "constant", "for": WHOLE}, at_c=("0", "3", "0")), "a part of a parameter's"),
    "a sum that is short by two": (
        short(), "a part of a parameter's"),
    "an end that is not 0": (decaying(at_c=("0", "3", "0")), "expected 1 entries"),
    "ends with a sign": (decaying({**C, "sign": ">"}), "or has a sign"),
    "ends of a set": (decaying({"role": "constant", "for": {"k": "n"}, "ends": True}), "ends of what has not one"),
    "ends without an index": (decaying({"role": "constant", "ends": True}), "ends of what has not one"),
    "ends of two indices": (
        decaying({"role": "constant", "for": {**WHOLE, "l": WHOLE["k"]}, "ends": True}), "ends of what has not one"),
    "a parameter with ends": (
        small({"u": {"role": "parameter", "for": WHOLE, "ends": True}}, equal(["D", at("u", 1)], "0"),
              motion=flow(square(at("u", 1))), values={"u": ["1"]}), "unknown field 'ends'"),
    "a power that may be 0": (
        powers("i", "0", {"for": {"i": LAYERS["k"]}}), "do not close"),
    "a family that does not end": (
        on_the_fibre({**NET, "b": {x: B[x] for x in B if x != "ends"}}, b=[[["0"]], [["-3/5"]], [["0"]]]), "has no ends at 0"),
    "a family of the layers only": (
        on_the_fibre({**NET, "b": {**B, "for": LAYERS}}, b=[]), "has no ends at 0"),
    "a family of numbers": (
        on_the_fibre({**NET, "b": {x: B[x] for x in ("role", "for", "ends")}}, b=["-3/5"]), "has no ends at 0"),
    "a family of other sizes": (
        on_the_fibre({**NET, "b": {**B, "rows": "n", "cols": "n"}}), "do not fit"),
    "a family that is fixed": (
        on_the_fibre({**NET, "b": {**B, "role": "constant"}}), "is no free"),
    "a chain that is fixed": (
        on_the_fibre({**FIBRE, "V": {**NET["W"], "role": "constant"},
                      "Y": {"role": "chain", "of": "V", "left": "E", "right": "F"}},
                     {**ON, "chain": "Y"}, V=AT["W"]), "beside the layers"),
    "another parameter": (
        on_the_fibre({**FIBRE, "v": {"role": "parameter"}}, v="1"), "beside the layers"),
    "an objective of the family": (
        on_the_fibre(motion={**ON, "of": ["+", HALF, ["*", ["tr", ["*", at("b", 1), ["H", at("b", 1)]]], norm(at("X"))]]}),
        "b has no derivative"),
    "speeds": (on_the_fibre(motion={**ON, "speeds": {"W": "2"}}), "unknown field 'speeds'"),
    "another direction": (on_the_fibre(b=[[["3/5"]]]), "b@ fails at the point"),
    "the rate of the direction": (
        on_the_fibre(conclude=equal(["D", at("b", "k")], "0", **{"for": INNER})), "no derivative"),
    "the whole decay": (
        on_the_fibre(conclude=laws(MOMENT, "decay", rate="-4", **{"for": INNER}) | {"by": [
            {"use": "b@", "at": ["k"], "left": "-1"},
            {"use": "b@", "at": ["k"], "left": "-1", "mark": "H"}]}), "do not close"),
    "a direction that is kept": (
        on_the_fibre(conclude=laws(at("b", "k"), **{"for": INNER})), "no derivative"),
    "the moment itself": (on_the_fibre(conclude=laws(MOMENT, **{"for": INNER})), "do not close"),
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


def times(a: Rows, b: Rows) -> Rows:
    return [[sum((x * y for x, y in zip(r, c, strict=True)), Fraction(0))
             for c in zip(*b, strict=True)] for r in a]  # fmt: skip


def minus_of(a: Rows, b: Rows) -> Rows:
    return [[x - y for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def inner(a: list[Rows], b: list[Rows]) -> Fraction:
    return sum((x * y for m, n in zip(a, b, strict=True) for r, s in zip(m, n, strict=True)
                for x, y in zip(r, s, strict=True)), Fraction(0))  # fmt: skip


def drawn(r: Random, rows: int, columns: int) -> Rows:
    return [[Fraction(r.randint(-2, 2)) for _ in range(columns)] for _ in range(rows)]


def moved(w: list[Rows], a: list[Rows]) -> list[Rows]:
    """(w_a)_k = a_k W_k - W_k a_(k-1), a with its ends."""
    return [minus_of(times(a[k + 1], x), times(x, a[k])) for k, x in enumerate(w)]


def solved(matrix: Rows, right: list[Fraction]) -> list[Fraction]:
    """One solution of linear equations that have one; what is not determined is 0."""
    rows, n = [[*r, y] for r, y in zip(matrix, right, strict=True)], len(matrix)
    done: list[int] = []
    for c in range(n):
        p = next((i for i in range(len(done), n) if rows[i][c]), None)
        if p is None:
            continue
        k = len(done)
        rows[k], rows[p] = rows[p], [x / rows[p][c] for x in rows[p]] if p == k else rows[k]
        rows[k] = [x / rows[k][c] for x in rows[k]]
        for i in range(n):
            if i != k:
                rows[i] = [x - rows[i][c] * y for x, y in zip(rows[i], rows[k], strict=True)]
        done.append(c)
    assert not any(r[-1] for r in rows[len(done) :])
    found = [Fraction(0)] * n
    for k, c in enumerate(done):
        found[c] = rows[k][-1]
    return found


@pytest.mark.parametrize("seed", range(12))
def test_the_direction_is_the_nearest_one(seed: int) -> None:
    """b solves <w_b - V, w_a> = 0 for every a, by elimination over a basis; of half the squares of
    the layers V = W. Where it does, the kernel's relation holds; where it is changed by what does
    change w_b, it fails; and the rate is -w_b.
    """
    r = Random(seed)
    depth = r.randint(1, 3)
    d = [r.randint(1, 2) for _ in range(depth + 1)]
    w = [drawn(r, d[k + 1], d[k]) for k in range(depth)]
    zero = [[[Fraction(0)] * n for _ in range(n)] for n in d]
    places = [(k, i, j) for k in range(1, depth) for i, j in product(range(d[k]), repeat=2)]

    def family(c: list[Fraction]) -> list[Rows]:
        found = [[[*row] for row in m] for m in zero]
        for (k, i, j), x in zip(places, c, strict=True):
            found[k][i][j] = x
        return found

    units = [moved(w, family([Fraction(p == q) for q in places])) for p in places]
    c = solved([[inner(a, b) for b in units] for a in units], [inner(a, w) for a in units])
    found = setting(
        {"integers": {"N": 1}, "sets": [], "families": ["d"], "letters": FIBRE, "motion": ON}
    )
    other = [x + r.randint(-1, 1) for x in c]
    same = moved(w, family(other)) == moved(w, family(c))
    for b, right in ((c, True), (other, same)):
        Work.begin()
        text = [[[str(x) for x in row] for row in m] for m in family(b)[1:depth]]
        values = {"W": [[[str(x) for x in row] for row in m] for m in w], "b": text}
        point = Point({"integers": {"N": depth}, "sets": {}, "values": values,
                       "families": {"d": {str(k): n for k, n in enumerate(d)}}}, found)  # fmt: skip
        assert holds(point, found.facts["b@"]) == right
