"""Certificates that state something false, empty or contradictory, each with the side condition that
keeps it out.

The kinds: names and roles, ranges and telescopes, ends, exponents, forms, time and relation of
premises, loss, point, strictness. Each entry is one case of its kind; others are drawn by
``test_mutants.py``.
"""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.kernel.read import certificate

Json = Any
N = {"from": 1, "to": "N"}
ONE_FREE = {"x": {"role": "free"}}


def small(
    letters: Json,
    conclude: Json,
    steps: Json = (),
    assume: Json = None,
    values: Json = None,
    motion: Json = None,
    **point: Json,
) -> Json:
    """A certificate of a small setting with an integer N and a set n."""
    return {
        "format": "flowlaw-certificate",
        "version": 2,
        "setting": {
            "integers": {"N": 1}, "sets": ["n", "h"], "families": ["d"], "letters": letters,
            "motion": motion or {"kind": "still"},
        },
        "assume": assume or {},
        "steps": list(steps),
        "conclude": {"c": conclude},
        "instance": {
            "integers": {"N": 2}, "sets": {"n": 2, "h": 1}, "families": {"d": {"0": 1, "1": 1, "2": 1}},
            "values": values or {}, **point,
        },
    }  # fmt: skip


def equal(a: Json, b: Json, *by: Json, **more: Json) -> Json:
    return {"kind": "equation", "eq": [a, b], "by": list(by), **more}


def at(x: str, *i: Json) -> Json:
    return ["at", x, *i]


def square(t: Json) -> Json:
    return ["^", t, "2"]


def minus(t: Json) -> Json:
    return ["*", "-1", t]


def flow(of: Json) -> Json:
    return {"kind": "gradient-flow", "of": of}


def changed(name: str, *path: Json) -> Json:
    """A certificate of the shelf with one entry put in place: keys, then the value."""
    data = certificate(name)
    *keys, last, value = path
    inner = data
    for k in keys:
        inner = inner[k]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return data


def names() -> Iterator[tuple[str, Json, str]]:
    shelf = "quasi-norm"
    letters = certificate(shelf)["setting"]["letters"]
    yield "gradient declared a constant too", changed(
        shelf, "setting", "letters", "g", {"role": "constant"}), "declared twice"  # fmt: skip
    yield "loss and gradient of one name", changed(
        shelf, "setting", "letters", "J", "gradient", "J"), "declared twice"  # fmt: skip
    yield (
        "a set called like a letter",
        changed(shelf, "setting", "sets", ["coord", "u"]),
        "declared twice",
    )
    yield (
        "an integer called like a set",
        changed(shelf, "setting", "sets", ["coord", "L"]),
        "declared twice",
    )
    yield "an index called like the integer", small(
        {"x": {"role": "constant", "for": {"k": N}}},
        equal(["sum", "N", N, at("x", "N")], "0"), values={"x": ["1", "2"]}), "is taken"  # fmt: skip
    yield "an index bound twice", small(
        {"x": {"role": "constant", "for": {"k": N}}},
        equal(["sum", "k", N, ["sum", "k", N, at("x", "k")]], "0"), values={"x": ["1", "2"]}), "is taken"  # fmt: skip
    yield "an index of a statement called like a letter", changed(
        "mirror-identity", "conclude", "rate", "for", {"X": "coord"}), "is taken"  # fmt: skip
    yield (
        "a name of the kernel",
        changed(shelf, "setting", "letters", "u@0", {"role": "constant"}),
        "no name",
    )
    yield "an index with a sign of the kernel", small(
        ONE_FREE, equal(["sum", "#0", N, at("x")], "0"), values={"x": "1"}), "no name"  # fmt: skip
    yield (
        "a letter called like a word of the sentence",
        small({"start": {"role": "free"}}, equal(at("start"), "0"), values={"start": "0"}),
        "word of the sentence",
    )
    yield (
        "an index called t",
        changed("kempf-ness", "conclude", "nonneg", "for", {"t": N}),
        "word of the sentence",
    )
    yield "a definition of itself", small(
        {"x": {"role": "name", "is": ["+", at("x"), "1"]}}, equal(at("x"), "1")), "no letter"  # fmt: skip
    yield "circular definitions", small(
        {"a": {"role": "name", "is": ["+", at("b"), "1"]}, "b": {"role": "name", "is": at("a")}},
        equal(at("a"), "1")), "no letter"  # fmt: skip
    yield "a loss of itself", changed(shelf, "setting", "letters", "J", "of", at("J")), "no letter"
    yield (
        "a loss of its gradient",
        changed(shelf, "setting", "letters", "J", "of", at("g", "i")),
        "no letter",
    )
    twice = {
        **letters,
        "K": {"role": "loss", "for": {"i": "coord"}, "of": at("g", "i"), "gradient": "h"},
    }
    yield "a loss of another's gradient", changed(shelf, "setting", "letters", twice), "a loss of"
    yield "a product of a product", changed(
        shelf, "setting", "letters", "v", {"role": "product", "of": "w", "others": "R"}), "no parameter or constant"  # fmt: skip
    yield "the fact of a step stated twice", changed(
        shelf, "steps", 1, "name", "balanced"), "stated twice"  # fmt: skip
    yield "a hypothesis under the kernel's name", changed(
        shelf, "assume", {"w@": certificate(shelf)["assume"]["balance"]}), "no name"  # fmt: skip


def roles() -> Iterator[tuple[str, Json, str]]:
    v = {"v": {"role": "parameter"}, "x": {"role": "free"}}
    law = {"kind": "conserved", "what": at("x"), "by": []}
    yield "a letter without a rate", small(
        v, law, motion=flow(square(at("v"))), values={"v": "1", "x": "1"}), "no derivative"  # fmt: skip
    yield "h = g^2 with g the abstract gradient", changed(
        "quasi-norm", "conclude", "conserved", "what", ["sum", "i", "coord", square(at("g", "i"))]), "no derivative"  # fmt: skip
    yield "the product of the others has no rate", changed(
        "quasi-norm", "conclude", "conserved", "what", ["sum", "i", "coord", at("P", 1, "i")]), "no derivative"  # fmt: skip
    yield "a partial product has no rate", changed(
        "balanced-product", "conclude", "product", "eq", 0, ["D", at("A", 0)]), "no derivative"  # fmt: skip
    yield "D where nothing moves", small(
        v, equal(["D", at("v")], "0"), values={"v": "1", "x": "1"}), "D needs a motion"  # fmt: skip
    yield (
        "conserved where nothing moves",
        small(v, law, values={"v": "1", "x": "1"}),
        "needs a gradient flow",
    )
    yield "a free function as cofactor of KEEP", small(
        v, {"kind": "conserved", "what": at("v"), "by": [{"use": "k", "left": "-2"}]},
        [{"rule": "keep", "of": [{"use": "s", "name": "k", "by": [{"use": "s", "left": at("x")}]}]}],
        {"s": {"time": "start", "eq": [at("v"), "0"]}}, {"v": "0", "x": "-2"}, flow(square(at("v")))), "not continuous"  # fmt: skip
    yield "a loss of a free function, as cofactor", small(
        {**v, "y": {"role": "name", "is": at("x")}, "J": {"role": "loss", "of": at("y"), "gradient": "g"}},
        law, motion=flow(square(at("v"))), values={"v": "1", "x": "1", "J": "0", "g": "0"}), "continuous in time"  # fmt: skip
    yield "a parameter as exponent", small(
        {"v": {"role": "parameter", "sign": ">"}}, equal(["^", at("v"), "v"], "1"), values={"v": "1"}), "no integer, index or constant"  # fmt: skip
    yield "dd along a constant", small(
        {"x": {"role": "constant"}}, equal(["dd", ["x"], at("x")], "1"), values={"x": "1"}), "dd: .x. is no parameter"  # fmt: skip
    yield "dd past another letter", small(
        {**ONE_FREE, "y": {"role": "free"}}, equal(["dd", ["x"], ["*", at("x"), at("y")]], at("y")),
        values={"x": "1", "y": "1"}), "no derivative along dd"  # fmt: skip
    u = {
        "u": {"role": "parameter", "for": {"l": N, "i": "n"}},
        "w": {"role": "product", "of": "u", "others": "P"},
    }
    at_i, point = {"for": {"i": "n"}}, {"u": [["1", "2"], ["1", "2"]]}
    for x, inner in (
        ("factor", at("u", 1, "i")),
        ("product of the other factors", at("P", 1, "i")),
    ):
        yield f"dd along a product, of a {x}", small(
            u, equal(["dd", ["w", "i"], inner], "1") | at_i, values=point), "no derivative along dd"  # fmt: skip
    yield "dd along a product of constants", small(
        {**u, "u": {**u["u"], "role": "constant"}}, equal(["dd", ["w", "i"], square(at("w", "i"))], "1") | at_i,
        values=point), "that moves"  # fmt: skip
    yield "indices of two sets, alike", small(
        {}, {**equal(["is", "i", "k"], "1"), "for": {"i": "n", "k": N}}), "of different sets"  # fmt: skip
    yield "constancy that is declared", changed(
        "mirror-identity", "setting", "letters", "beta", "constant", True), "unknown field"  # fmt: skip
    yield "a rate twice", changed(
        "quasi-norm", "steps", certificate("quasi-norm")["steps"] + [{"rule": "rate", "of": "q", "use": "qu"}]), "has a rate"  # fmt: skip
    yield (
        "a rate for a parameter",
        changed("quasi-norm", "steps", 4, "of", "u"),
        "no root or free",
    )
    yield "a rate from a fact for one index only", changed(
        "quasi-norm", "steps", 4, {"rule": "rate", "of": "q", "use": "first"}), "not for all indices"  # fmt: skip
    yield "an objective at the start", changed(
        "attention", "setting", "motion", "of", ["start", at("E")]), "start needs a motion|start or dd"  # fmt: skip


def time() -> Iterator[tuple[str, Json, str]]:
    yield "a start relation used at all times", changed(
        "quasi-norm", "steps", 1, "by", [{"use": "balance", "at": ["l", 1, "i"]}]), "at the start only"  # fmt: skip
    yield "an always hypothesis on letters that move", changed(
        "quasi-norm", "assume", "balance", "time", "always"), "letters that move"  # fmt: skip
    yield "always P = 0 for a product letter", changed(
        "quasi-norm", "assume", "p", {"time": "always", "for": {"l": {"from": 1, "to": "L"}, "i": "coord"},
                                      "eq": [at("P", "l", "i"), "0"]}), "letters that move"  # fmt: skip
    yield "an equation from an inequality", changed(
        "drift", "conclude", "drift", {"kind": "equation", "for": {"i": "coord"},
         "eq": [at("hi", "i"), square(["start", at("u", 1, "i")])], "by": [{"use": "max", "at": [1, "i"]}]}), "an equation does not follow"  # fmt: skip
    keep = certificate("quasi-norm")
    keep["assume"]["balance"] = {"time": "start", **{k: v for k, v in keep["assume"]["balance"].items() if k == "for"},
                                 "ge": keep["assume"]["balance"]["eq"]}  # fmt: skip
    yield (
        "START where nothing moves",
        small(
            ONE_FREE,
            equal(at("x"), "1", {"use": "s"}),
            [{"rule": "start", "name": "s", "use": "h"}],
            {"h": {"time": "always", "eq": [at("x"), "1"]}},
            {"x": "1"},
        ),
        "needs a gradient flow",
    )
    yield (
        "a start where nothing moves",
        small(
            ONE_FREE,
            equal(at("x"), "1"),
            [],
            {"h": {"time": "start", "eq": [at("x"), "1"]}},
            {"x": "1"},
        ),
        "no start",
    )
    yield "an inequality kept", keep, "no start equation"
    yield (
        "what is always so is not kept",
        changed("quasi-norm", "steps", 0, "of", 0, "use", "w@"),
        "no start equation",
    )
    yield "a negative cofactor of an inequality", changed(
        "drift", "conclude", "drift", "by", 0, "left", "-1"), "not visibly >= 0"  # fmt: skip
    yield "a hypothesis dropped", changed("quasi-norm", "assume", {}), "no fact 'balance'"
    yield (
        "a step dropped",
        changed("quasi-norm", "steps", certificate("quasi-norm")["steps"][1:]),
        "no fact 'balanced'",
    )
    yield (
        "a wrong cofactor",
        changed("quasi-norm", "conclude", "conserved", "by", 1, "left", "-1"),
        "do not close",
    )
    yield (
        "another degree",
        changed("quasi-norm", "setting", "letters", "J", "degree", "1"),
        "do not close",
    )
    yield (
        "no degree, and Euler used",
        changed("quasi-norm", "setting", "letters", "J", "degree", None),
        "no fact 'J@'",
    )
    yield "a decay that is none", changed(
        "quasi-norm", "conclude", "conserved", "kind", "decay"), "the field rate is missing"  # fmt: skip


def ranges() -> Iterator[tuple[str, Json, str]]:
    x = {"x": {"role": "constant", "for": {"k": N}}}
    values = {"x": ["1", "2"]}
    yield "an index beyond its family", small(
        x, equal(["sum", "k", N, at("x", {"k": 1, "": 1})], "0"), values=values), "not surely in its range"  # fmt: skip
    yield (
        "layer 0",
        changed("quasi-norm", "conclude", "conserved", "by", 0, "at", [0, "i"]),
        "not surely in its range",
    )
    yield "a set index as a number", small(
        {"x": {"role": "constant", "for": {"i": "n"}}}, equal(["sum", "i", "n", ["*", at("i"), at("x", "i")]], "0"),
        values=values), "no letter here"  # fmt: skip
    yield "an index of another set", small(
        {"x": {"role": "constant", "for": {"i": "n"}}}, equal(["sum", "i", "h", at("x", "i")], "0"), values=values),\
        "not surely in its range"  # fmt: skip
    yield "a range that ends before it begins", small(
        x, equal(["sum", "k", {"from": 3, "to": "N"}, at("x", "k")], "0"), values=values), "not surely >= its beginning"  # fmt: skip
    yield "depth 0", changed("quasi-norm", "setting", "integers", {"L": 0}), "less than 1"
    yield "an empty range in a conclusion", small(
        x, equal(at("x", "k"), "1", for_=0) | {"for": {"k": {"from": 2, "to": 1}}}, values=values), "unknown field"  # fmt: skip
    yield "a fact used where its range is captured", small(
        {"a": {"role": "constant", "for": {"k": N}}},
        {"kind": "inequality", "ge": [minus(square(at("a", 1))), "0"], "by": [{"use": "f", "at": [1, 2]}]},
        [], {"f": {"time": "always", "for": {"m": N, "k": {"from": 1, "to": "m"}},
                   "ge": [minus(["*", square(at("a", "k")), ["+", at("k"), minus(at("m"))]]), "0"]}},
        {"a": ["1", "1"]}), "not surely in its range"  # fmt: skip
    yield "a range that speaks of a later index", small(
        x, equal(at("x", "k"), "1", {"use": "f", "at": ["k", "k"]}) | {"for": {"k": N}}, [],
        {"f": {"time": "always", "for": {"k": {"from": 1, "to": "m"}, "m": N}, "eq": [at("x", "k"), "1"]}},
        values), "not known here"  # fmt: skip
    yield "a sum of matrices of different sizes", small(
        {"M": {"role": "constant", "for": {"k": N}, "rows": ["d", "k"], "cols": ["d", "k"]}},
        equal(["tr", ["sum", "k", N, at("M", "k")]], "0"), values={"M": [[["1"]], [["1"]]]}), "different sizes"  # fmt: skip
    yield "a letter's range with another letter's index", small(
        {"x": {"role": "constant", "for": {"k": N, "m": {"from": 1, "to": "k"}}}}, equal(at("x", 1, 1), "0"),
        values={"x": [["1"], ["1", "1"]]}), "mentions more than integers"  # fmt: skip
    peel = {
        "rule": "peel",
        "name": "p",
        "sum": ["k", {"from": 2, "to": "N"}, at("x", "k")],
        "end": "last",
    }
    yield "the end of a sum that may be empty", small(
        x, equal(["sum", "k", {"from": 2, "to": "N"}, at("x", "k")], at("x", "N"), {"use": "p"}), [peel],
        values=values), "not surely inhabited"  # fmt: skip
    cut = {"rule": "split", "name": "p", "sum": ["k", N, at("x", "k")], "after": {"N": 1, "": 1}}
    yield "a cut outside the range", small(
        x, equal(["sum", "k", N, at("x", "k")], "0", {"use": "p"}), [cut], values=values), "cut outside|is not one of"  # fmt: skip
    delta = {"rule": "delta", "name": "p", "sum": ["k", N, at("x", "k")], "at": 2}
    yield "DELTA beyond the range", small(
        x, equal(at("x", 1), "0", {"use": "p"}), [delta], values=values), "not surely in the range|is not one of"  # fmt: skip


def induction() -> Iterator[tuple[str, Json, str]]:
    x = {"x": {"role": "constant", "for": {"k": N}}}
    step = {"rule": "induct", "name": "p", "for": {"k": N}, "over": "k", "eq": [at("x", "k"), "0"],
            "base": [], "step": [{"use": "IH@"}]}  # fmt: skip
    done = equal(at("x", "k"), "0", {"use": "p", "at": ["k"]}) | {"for": {"k": N}}
    values = {"x": ["0", "0"]}
    yield "no base", small(x, done, [step], values=values), "base: the uses do not close"
    base = {"z": {"time": "always", "eq": [at("x", 1), "0"]}}
    first = {**step, "base": [{"use": "z"}]}
    yield "the hypothesis of induction at another index", small(
        x, done, [{**first, "step": [{"use": "IH@", "at": ["k"]}]}], base, values), "expected 0 indices"  # fmt: skip
    yield (
        "the neighbour is not the place",
        small(x, done, [first], base, values),
        "step: the uses do not close",
    )
    yield "IH outside of an induction", small(
        x, equal(at("x", 1), "0", {"use": "IH@"}), [], base, values), "no fact 'IH@'"  # fmt: skip
    two = {**first, "for": {"k": N, "m": {"from": 1, "to": "k"}}}
    yield (
        "another index's range mentions the one gone over",
        small(x, done, [two], base, values),
        "mentions k",
    )
    yield "induction over a range that may be empty", small(
        x, done, [{**first, "for": {"k": {"from": 2, "to": "N"}}}], base, values), "not surely inhabited"  # fmt: skip
    yield "induction over a set", small(
        {"x": {"role": "constant", "for": {"k": "n"}}}, done, [{**first, "for": {"k": "n"}}],
        {"z": {"time": "always", "for": {"i": "n"}, "eq": [at("x", "i"), "0"]}}, values), "no interval"  # fmt: skip


def exponents() -> Iterator[tuple[str, Json, str]]:
    x = {"x": {"role": "constant"}, "a": {"role": "constant"}}
    values = {"x": "1", "a": "1"}
    for e, why in (("-1", "does not allow"), ("1/2", "does not allow"), ("a", "does not allow"),
                   ({"N": 1, "": -2}, "does not allow"), ({"N": "1/2"}, "does not allow")):  # fmt: skip
        yield (
            f"the power {e} of a real letter",
            small(x, equal(["^", at("x"), e], "1"), values=values),
            why,
        )
    signed = {"x": {"role": "constant", "sign": ">="}}
    yield "a negative power of what may vanish", small(
        signed, equal(["*", at("x"), ["^", at("x"), "-1"]], "1"), values={"x": "1"}), "does not allow"  # fmt: skip
    yield "the root of a square is not the letter", small(
        {"x": {"role": "constant", "sign": "!="}}, equal(["^", square(at("x")), "1/2"], at("x")), values={"x": "-1"}), "does not allow"  # fmt: skip
    yield "a power of a sum", small(
        x, equal(["^", ["+", at("x"), "1"], "N"], "1"), values=values), "one monomial only"  # fmt: skip
    yield "a power of a multiple", small(
        x, equal(["^", ["*", "2", at("x")], "N"], ["^", at("x"), "N"]), values=values), "no coefficient"  # fmt: skip
    yield "a power of a word of two letters", small(
        {"M": {"role": "constant", "rows": "n", "cols": "n"}, "Q": {"role": "constant", "rows": "n", "cols": "n"}},
        equal(["^", ["*", at("M"), at("Q")], "N"], ["*", ["^", at("M"), "N"], ["^", at("Q"), "N"]]),
        values={"M": [["1", "0"], ["0", "1"]], "Q": [["1", "0"], ["0", "1"]]}), "word of several letters"  # fmt: skip
    yield "a negative power of a matrix", small(
        {"M": {"role": "constant", "rows": "n", "cols": "n"}},
        equal(["^", at("M"), {"N": 1, "": -2}], ["I", "n"]), values={"M": [["1", "0"], ["0", "1"]]}), "not surely natural"  # fmt: skip
    yield "e x^(e-1) at e = 0", small(
        {"v": {"role": "parameter"}}, {"kind": "conserved", "what": ["^", at("v"), {"N": 1, "": -1}], "by": []},
        motion=flow(square(at("v"))), values={"v": "1"}), "is not defined"  # fmt: skip
    yield "a root of what may be negative", small(
        {**x, "y": {"role": "root", "degree": "2", "is": at("x")}}, equal(at("y"), "1"), values={**values, "y": "1"}), "not visibly >= 0"  # fmt: skip
    yield "a root of degree 0", small(
        {**x, "y": {"role": "root", "degree": {"N": 1, "": -1}, "is": square(at("x"))}}, equal(at("y"), "1"),
        values={**values, "y": "1"}), "not surely 1, 2, 3"  # fmt: skip
    yield "a log of what may be negative", small(
        {**x, "y": {"role": "log", "is": at("x")}}, equal(at("y"), "0"), values=values), "no product of positive"  # fmt: skip
    yield "ROOT of sides that may be negative", small(
        x, equal(at("x"), at("a"), {"use": "r"}), [{"rule": "root", "name": "r", "eq": [at("x"), at("a")], "power": "2",
        "by": [{"use": "s"}]}], {"s": {"time": "always", "eq": [square(at("x")), square(at("a"))]}}, values), "not visibly >= 0"  # fmt: skip
    yield "ROOT of power 0", changed("quasi-norm", "steps", 3, "power", "0"), "surely 1, 2, 3"


def sizes() -> Iterator[tuple[str, Json, str]]:
    m = {"M": {"role": "constant", "rows": "n", "cols": "h"}}
    values = {"M": [["1"], ["1"]]}
    yield (
        "tr I_n = tr I_m",
        small({}, equal(["tr", ["I", "n"]], ["tr", ["I", "h"]])),
        "do not close",
    )
    yield "I_n = I_m", small({}, equal(["I", "n"], ["I", "h"])), "different types"
    yield (
        "tr of what is not square",
        small(m, equal(["tr", at("M")], "0"), values=values),
        "no square matrix",
    )
    yield (
        "a product that does not fit",
        small(m, equal(["*", at("M"), at("M")], "0"), values=values),
        "do not fit",
    )
    yield (
        "a matrix and a number",
        small(m, equal(["+", at("M"), "1"], "0"), values=values),
        "different types",
    )
    yield "a matrix as a number's name", small(
        {**m, "y": {"role": "exp", "is": at("M")}}, equal(at("y"), "1"), values=values), "y: expected a real number"  # fmt: skip
    yield "matrices do not commute", small(
        {x: {"role": "constant", "rows": "n", "cols": "n"} for x in "MQ"},
        equal(["*", at("M"), at("Q")], ["*", at("Q"), at("M")]),
        values={"M": [["1", "0"], ["0", "1"]], "Q": [["1", "0"], ["0", "1"]]}), "do not close"  # fmt: skip
    yield "Hermitian of a size that is not square", small(
        {"M": {"role": "constant", "rows": "n", "cols": "h", "form": "hermitian"}}, equal(at("M"), "0"), values=values), "rows = cols"  # fmt: skip
    yield "a Hermitian parameter of two sizes", changed(
        "attention", "setting", "letters", "Q", "form", "hermitian"), "rows = cols"  # fmt: skip
    yield "a name that is not seen to be Hermitian", changed(
        "balanced-product", "setting", "letters", "M", "is", ["*", at("W", "N"), at("B", "N")]), "different types|not seen to be"  # fmt: skip
    yield "not Hermitian at the point", small(
        {"M": {"role": "constant", "rows": "n", "cols": "n", "form": "hermitian"}}, equal(["H", at("M")], ["+", at("M"), "0"]),
        values={"M": [["1", "2"], ["0", "1"]]}), "different types"  # fmt: skip
    yield "an order between matrices", small(
        m, {"kind": "inequality", "ge": [at("M"), "0"], "by": []}, values=values), "order between matrices"  # fmt: skip
    yield (
        "a marked inequality",
        changed("drift", "conclude", "drift", "by", 0, "tr", True),
        "no right, mark or tr",
    )


def order() -> Iterator[tuple[str, Json, str]]:
    x = {"x": {"role": "constant"}, "i": {"role": "constant"}}
    values = {"x": "1", "i": "1"}
    bad = {
        "rule": "squares",
        "name": "s",
        "ge": [at("x"), "0"],
        "squares": [{"c": at("x"), "x": "1"}],
        "by": [],
    }
    done = {"kind": "inequality", "ge": [at("x"), "0"], "by": [{"use": "s"}]}
    yield (
        "a coefficient of a square that may be negative",
        small(x, done, [bad], values=values),
        "not visibly >= 0",
    )
    yield "a negative coefficient", small(
        x, done, [{**bad, "squares": [{"c": "-1", "x": at("x")}]}], values=values), "not visibly >= 0"  # fmt: skip
    yield "LIN of a square that may vanish", small(
        x, done, [{"rule": "lin", "name": "s", "by": [], "gt": [square(at("x")), "0"]}], values=values), "not visibly > 0"  # fmt: skip
    yield "LIN of a sum that may be empty", small(
        {**x, "z": {"role": "constant", "sign": ">", "for": {"k": N}}}, done,
        [{"rule": "lin", "name": "s", "by": [], "gt": [["sum", "k", {"from": 2, "to": "N"}, at("z", "k")], "0"]}],
        values={**values, "z": ["1", "1"]}), "not visibly > 0"  # fmt: skip
    power = certificate("quasi-norm")["steps"][2]
    yield "PRODUCT-POWER from one layer", changed(
        "quasi-norm", "steps", 2, {**power, "by": [{"use": "first", "at": [1, "i"]}]}), "do not close"  # fmt: skip
    yield "PRODUCT-POWER with a constant that depends on the layer", changed(
        "quasi-norm", "steps", 2, {**power, "const": square(at("u", "l", "i")), "by": []}), "not known here"  # fmt: skip
    yield "PRODUCT-POWER for another range of indices", changed(
        "quasi-norm", "steps", 2, {k: v for k, v in power.items() if k != "for"}), "indices are not those"  # fmt: skip
    yield (
        "PRODUCT-POWER with another power",
        changed("quasi-norm", "steps", 2, {**power, "power": "3"}),
        "do not close",
    )
    drift = certificate("drift")["steps"]
    yield (
        "BETWEEN from the wrong side",
        changed("drift", "steps", 3, {**drift[3], "side": ">="}),
        "do not close|visibly",
    )
    yield (
        "BETWEEN with an odd power",
        changed("drift", "steps", 3, {**drift[3], "power": "1"}),
        "factor is not visibly",
    )
    yield (
        "BETWEEN with a root of another power",
        changed("drift", "steps", 3, {**drift[3], "power": "4"}),
        "power-by",
    )
    yield "BETWEEN of values at the start, not marked", changed(
        "drift", "steps", 5, {k: v for k, v in drift[5].items() if k != "start"}), "power-by"  # fmt: skip
    yield "one layer's bound for all", changed(
        "drift", "steps", 3, {**drift[3], "by": [{"use": "above", "at": [1, "i"]}]}), "do not close"  # fmt: skip
    product = certificate("hoelder")["steps"][1]
    for what, change, why in (
        ("of values that are not those at the start", {"by": product["by"][:1]}, "do not close"),
        ("with an odd power", {"power": "1"}, "factor is not visibly"),
        ("with means of another power", {"power": "4"}, "power-by"),
        ("with a mean that may be negative", {"root": minus(at("q", "i"))}, "root is not visibly"),
        ("of one mean alone", {"total-by": []}, "total-by"),
        ("with the product of other numbers", {"bound": "w"}, "is of other layers"),
        ("with the product of fewer layers", {"bound": "fewer"}, "is of other layers"),
        (
            "for another range of indices",
            {"for": {"i": {"from": 1, "to": "L"}}},
            "indices are not those",
        ),
    ):
        found = changed("hoelder", "steps", 1, {**product, **change})
        if what.endswith("fewer layers"):
            letters = found["setting"]["letters"]
            run = {"from": 1, "to": 1}
            letters["part"] = {"role": "constant", "for": {"l": run}}
            letters["fewer"] = {"role": "product", "of": "part", "others": "none"}
            found["instance"]["values"]["part"] = ["40"]
        yield f"HOELDER {what}", found, why


def points() -> Iterator[tuple[str, Json, str]]:
    shelf = "quasi-norm"
    yield "no instance", changed(shelf, "instance", None), "instance is missing"
    yield (
        "a value of a computed letter",
        changed(shelf, "instance", "values", "w", ["1", "-8"]),
        "expected values of",
    )
    yield "a hypothesis fails there", changed(
        shelf, "instance", "values", "u", [["1", "2"], ["1", "2"], ["2", "-2"]]), "fails at the point"  # fmt: skip
    yield "Euler fails there", changed(shelf, "instance", "values", "g", ["1", "1"]), "J@ fails"
    yield "a root that is none", changed(shelf, "instance", "values", "q", ["1", "5"]), "q@ fails"
    yield (
        "a negative root",
        changed(shelf, "instance", "values", "q", ["-1", "4"]),
        "the setting says",
    )
    yield (
        "a sign that fails",
        changed("mirror-identity", "instance", "values", "wp", ["0", "4"]),
        "the setting says",
    )
    yield (
        "nothing moves",
        changed("attention", "instance", "values", "P", [["0"], ["0"]]),
        "no parameter moves",
    )
    yield (
        "a column cut off",
        changed("attention", "instance", "values", "Q", [["1"], ["0"]]),
        "2 x 2",
    )
    yield (
        "a row too many",
        changed("attention", "instance", "values", "K", [["3", "1"], ["1", "1"]]),
        "1 x 2",
    )
    yield (
        "a size missing",
        changed("balance-of-matrices", "instance", "families", "d", {"0": 2, "1": 1}),
        "no size d at 2",
    )
    yield "below the least depth", changed(shelf, "instance", "integers", {"L": 0}), "less than 1"
    yield "an argument 0 of a homogeneous loss", changed(
        shelf, "instance", "values", {"u": [["1", "0"]] * 3, "J": "5", "g": ["0", "1"], "q": ["1", "0"]}), "moves|argument"  # fmt: skip
    yield "a law of what stands still", changed(
        "attention", "conclude", "law", "what", ["*", ["H", ["start", at("Q")]], ["start", at("Q")]]), "says nothing"  # fmt: skip
    yield (
        "0 = 0",
        small(ONE_FREE, equal(["*", "0", at("x")], "0"), values={"x": "1"}),
        "equal by RING",
    )
    yield "x = x", small(ONE_FREE, equal(at("x"), at("x")), values={"x": "1"}), "equal by RING"
    yield "a hypothesis as it stands", small(
        ONE_FREE, equal(at("x"), "1", {"use": "h"}), values={"x": "1"},
        assume={"h": {"time": "always", "eq": [at("x"), "1"]}}), "hypothesis as it stands"  # fmt: skip
    yield "a hypothesis as it stands, said by a step", small(
        ONE_FREE, {"kind": "inequality", "ge": [at("x"), "0"], "by": [{"use": "s"}]},
        [{"rule": "lin", "name": "s", "ge": [at("x"), "0"], "by": [{"use": "h"}]}], values={"x": "1"},
        assume={"h": {"time": "always", "ge": [at("x"), "0"]}}), "hypothesis as it stands"  # fmt: skip
    yield "a range that is empty there", changed(
        "balance-of-matrices", "instance", {"integers": {"N": 1}, "sets": {}, "families": {"d": {"0": 1, "1": 1}},
        "values": {"W": [[["1"]]], "E": "0", "P": [["1"]]}}), "range is empty"  # fmt: skip
    yield (
        "exp of an exponential is not evaluated",
        small(
            {
                **ONE_FREE,
                "p": {"role": "exp", "is": at("x")},
                "y": {"role": "exp", "is": at("p")},
            },
            {"kind": "inequality", "gt": [at("y"), "0"], "by": []},
            values={"x": "1"},
        ),
        "not rational",
    )
    yield "a witness where the sentence holds", {
        **{k: v for k, v in small(ONE_FREE, {}).items() if k != "instance"},
        "conclude": {"c": {"kind": "inequality", "ge": [square(at("x")), "0"]}},
        "witness": small(ONE_FREE, {}, values={"x": "1"})["instance"]}, "holds at the witness"  # fmt: skip


def strictness() -> Iterator[tuple[str, Json, str]]:
    shelf = "quasi-norm"
    yield "a flag that is 1", changed("drift", "steps", 5, "start", 1), "expected true"
    yield (
        "a flag that is false",
        changed("balanced-product", "steps", 1, "down", False),
        "expected true",
    )
    marked = ("balance-of-matrices", "conclude", "moment", "by", 0, "mark")
    yield "a mark of another kind", changed(*marked, "K"), "not one of H, C, T"
    yield "a transpose for an adjoint", changed(*marked, "T"), "do not close it"
    yield (
        "an item too many",
        changed(shelf, "conclude", "conserved", "what", ["sum", "i", "coord", at("q", "i"), "1"]),
        "with 4 parts",
    )
    yield (
        "an unknown operation",
        changed(shelf, "conclude", "conserved", "what", ["prod", "i", "coord", at("q", "i")]),
        "no operation",
    )
    yield (
        "a number that is not in lowest terms",
        changed(shelf, "steps", 2, "power", "4/2"),
        "lowest terms",
    )
    yield (
        "minus 0",
        changed(shelf, "conclude", "conserved", "by", 1, "left", "-0"),
        "no rational number",
    )
    yield (
        "a number that is none",
        changed(shelf, "conclude", "conserved", "by", 1, "left", "2e3"),
        "no rational number",
    )
    yield "an unknown field", changed(shelf, "note", "x"), "unknown field"
    yield "an unknown rule", changed(shelf, "steps", 1, "rule", "magic"), "not one of"
    yield "an unknown kind", changed(shelf, "conclude", "conserved", "kind", "true"), "not one of"
    yield (
        "an unknown role",
        changed(shelf, "setting", "letters", "u", "role", "moment"),
        "not one of",
    )
    yield "nothing concluded", changed(shelf, "conclude", {}), "nothing is concluded"
    yield "a step that serves nothing", changed(
        shelf, "steps", certificate(shelf)["steps"] + [{"rule": "start", "name": "z", "use": "q@"}]), "used nowhere"  # fmt: skip
    yield (
        "a long number",
        changed(shelf, "conclude", "conserved", "by", 1, "left", "9" * 100),
        "more than 60 digits",
    )
    yield "a huge exponent", changed(shelf, "steps", 2, "power", "100000"), "more than 1000"
    yield "a huge power", small(
        ONE_FREE, equal(["^", ["+", at("x"), "1"], "65"], "0"), values={"x": "1"}), "one monomial only"  # fmt: skip
    deep: Json = at("x")
    for _ in range(20):
        deep = ["^", ["+", deep, ["at", "y"]], "2"]
    yield (
        "a power that explodes",
        small({**ONE_FREE, "y": {"role": "free"}}, equal(deep, "0"), values={"x": "1", "y": "1"}),
        "bits|monomials|work|beyond",
    )


KINDS = (names, roles, time, ranges, induction, exponents, sizes, order, points, strictness)
FORGERIES = [
    (f"{kind.__name__}: {what}", data, why) for kind in KINDS for what, data, why in kind()
]
