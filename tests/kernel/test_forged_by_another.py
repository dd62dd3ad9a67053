"""Certificates forged by someone who did not write the kernel: read as an attacker, each aims at one
place of its code, and is refused for the reason that keeps that place closed.

What was seen accepted stands under ``holes``; what it belongs to is said there. The others are one
case each of: names that are captured, roles, ranges, ends, exponents, motion, order, points, printing.
"""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.kernel.forgeries import at, changed, equal, flow, minus, small, square
from tests.kernel.read import answer, certificate

Json = Any
N, LESS, L = {"from": 1, "to": "N"}, {"from": 1, "to": {"N": 1, "": -1}}, {"from": 1, "to": "L"}
V = {"v": {"role": "parameter"}}
C = {"c": {"role": "constant"}}
X = {"x": {"role": "constant", "for": {"k": N}}}
ON = {"motion": flow(square(at("v"))), "values": {"v": "1"}}
QN, BAL, DRIFT, MIR = "quasi-norm", "balanced-product", "drift", "mirror-identity"


def fixed(letters: Json, a: Json, b: Json, values: Json, *by: Json, assume: Json = None, steps: Json = (), **more: Json) -> Json:
    """An equation about constants, where nothing moves."""
    return small(letters, equal(a, b, *by, **more), steps, assume, values)


def ge(a: Json, b: Json, *by: Json, **more: Json) -> Json:
    return {"kind": "inequality", "ge": [a, b], "by": list(by), **more}


def law(what: Json, *by: Json, **more: Json) -> Json:
    return {"kind": "conserved", "what": what, "by": list(by), **more}


def put(name: str, *changes: tuple[Json, ...]) -> Json:
    """A certificate of the shelf with several entries put in place."""
    data = certificate(name)
    for *keys, last, value in changes:
        inner = data
        for k in keys:
            inner = inner[k]
        inner[last] = value
    return data


def vector(motion: Json, what: Json, **letters: Json) -> Json:
    """A law of a vector x_k with the layers 1..N under the flow of an objective."""
    return small({"x": {"role": "parameter", "for": {"k": N}}, **letters}, law(what), motion=flow(motion), values={"x": ["1", "2"]})


def always(p: Json, q: Json, relation: str = "eq", **more: Json) -> Json:
    return {"time": "always", relation: [p, q], **more}


NAMES = {
    "the index of a use captures one of the statement": (changed(QN, "conclude", "conserved", "by", 0, {"use": "w@", "at": [1, "i"], "left": at("g", "i"), "sum": {"i": "coord", "L": "coord"}}), "is taken"),
    "the layer of PRODUCT-POWER is called like an index of it": (changed(QN, "steps", 2, "layer", "i"), "is taken"),
    "the layer is called like a letter": (changed(QN, "steps", 2, "layer", "g"), "is taken"),
    "the layer is called like an integer": (changed(DRIFT, "steps", 3, "layer", "L"), "is taken"),
    "the others are called like the product": (changed(QN, "setting", "letters", "w", "others", "w"), "declared twice"),
    "the others are called like the factors": (changed(QN, "setting", "letters", "w", "others", "u"), "declared twice"),
    "both parts of a chain have one name": (changed(BAL, "setting", "letters", "X", "right", "A"), "declared twice"),
    "a part of a chain is called like the family": (changed(BAL, "setting", "letters", "X", "left", "d"), "declared twice"),
    "a gradient is called like a set": (changed(QN, "setting", "letters", "J", "gradient", "coord"), "declared twice"),
    "two losses share a gradient": (changed(QN, "setting", "letters", "K", {"role": "loss", "for": {"i": "coord"}, "of": at("w", "i"), "gradient": "g"}), "declared twice"),
    "an index of a letter is called like a letter declared later": (fixed({"a": {"role": "constant", "for": {"b": N}}, "b": {"role": "constant"}}, at("a", 1), at("b"), {"a": ["1", "1"], "b": "1"}), "is taken"),
    "an index is called like a gradient declared later": (changed(QN, "setting", "letters", "u", {"role": "parameter", "for": {"l": L, "g": "coord"}}), "is taken"),
    "a set stands as a family": (fixed(C, ["size", ["n", 1]], at("c"), {"c": "2"}), "no family"),
    "a family stands as a set": (fixed(C, ["size", "d"], at("c"), {"c": "2"}), "no set"),
    "a constant stands as an index": (fixed({**X, **C}, at("x", "c"), "1", {"x": ["1", "1"], "c": "1"}), "no index"),
    "a constant stands as the end of a range": (fixed({**X, **C}, ["sum", "k", {"from": 1, "to": "c"}, at("x", 1)], "1", {"x": ["1", "1"], "c": "1"}), "whole multiples"),
    "a constant stands as the depth of a letter": (fixed({**C, "y": {"role": "constant", "for": {"k": {"from": 1, "to": "c"}}}}, at("y", 1), "1", {"c": "1", "y": ["1"]}), "whole multiples"),
    "a letter with indices stands as a number": (fixed(X, at("x"), "1", {"x": ["1", "1"]}), "expected 1 indices"),
    "an integer with an index": (fixed(C, at("N", 1), at("c"), {"c": "2"}), "a number has no indices"),
    "an index of a set stands as a number": (fixed(X, ["sum", "i", "n", at("i")], "3", {"x": ["1", "1"]}), "no letter here"),
    "a fact of the kernel is overwritten by a step": (changed(QN, "steps", 1, "name", "w@"), "no name"),
    "a step is called like the hypothesis that it keeps": (changed(QN, "steps", 0, "of", 0, "name", "balance"), "stated twice"),
    "a start value written with the kernel's name": (changed(DRIFT, "assume", "max", "ge", 1, square(at("u@0", "l", "i"))), "no name"),
    "the velocity of the variation as a letter": (changed("attention", "conclude", "law", "what", at("d.Q")), "no name"),
    "a name that is no ASCII": (changed(QN, "setting", "sets", ["coord", "co\u043erd"]), "no name"),
    "a fact stands as a letter": (changed(QN, "conclude", "conserved", "by", 1, "left", at("balanced")), "no letter here"),
}

ROLES = {
    "a loss stands as a constant in an exponent": (changed(QN, "conclude", "conserved", "what", ["^", at("q", 1), "J"]), "no integer, index or constant|not surely"),
    "a parameter stands as the degree of a loss": (small({**V, "J": {"role": "loss", "of": at("v"), "gradient": "g", "degree": "v"}}, law(at("v")), motion=flow(at("J")), values={"v": "1", "J": "0", "g": "0"}), "no integer, index or constant"),
    "a gradient stands as the rate of a decay": (changed("attention", "conclude", "law", {"kind": "decay", "what": at("E"), "rate": at("E"), "by": []}), "made of constants"),
    "a start value as the rate of a decay": (small(V, {"kind": "decay", "what": at("v"), "rate": ["*", "-2", ["start", at("v")]], "by": []}, **ON), "made of constants"),
    "a free letter as the cofactor of a sign": (small({**V, "f": {"role": "free"}}, {"kind": "keeps-sign-squared", "what": at("v"), "cofactor": at("f"), "by": []}, motion=flow(square(at("v"))), values={"v": "1", "f": "-2"}), "not continuous by its role"),
    "a free letter behind a let as that cofactor": (small({**V, "f": {"role": "free"}, "m": {"role": "let", "is": ["+", at("f"), "1"]}}, {"kind": "keeps-sign-squared", "what": at("v"), "cofactor": at("m"), "by": []}, motion=flow(square(at("v"))), values={"v": "1", "f": "-3"}), "not continuous by its role"),
    "a free letter behind exp as that cofactor": (small({**V, "f": {"role": "free"}, "m": {"role": "exp", "is": at("f")}}, {"kind": "keeps-sign-squared", "what": at("v"), "cofactor": at("m"), "by": []}, motion=flow(square(at("v"))), values={"v": "1", "f": "0"}), "not continuous by its role"),
    "a name of a name of a free letter moves a loss": (small({**V, "f": {"role": "free"}, "m": {"role": "name", "is": at("f")}, "n2": {"role": "name", "is": at("m")}, "J": {"role": "loss", "of": ["+", at("v"), at("n2")], "gradient": "g"}}, law(at("v")), motion=flow(square(at("v"))), values={"v": "1", "f": "1", "J": "0", "g": "0"}), "continuous in time"),
    "a gradient behind a name is not its constant": (changed(QN, "setting", "letters", "m", {"role": "name", "for": {"i": "coord"}, "is": at("g", "i"), "form": "hermitian"}), "not seen to be Hermitian"),
    "the name of a gradient has no rate": (put(QN, ("setting", "letters", "named", {"role": "name", "for": {"i": "coord"}, "is": at("g", "i")}), ("conclude", "conserved", "what", ["sum", "i", "coord", at("named", "i")])), "g has no derivative"),
    "an objective of a free letter": (small({**V, "f": {"role": "free"}}, law(at("v")), motion=flow(["*", at("v"), at("f")]), values={"v": "1", "f": "0"}), "no derivative along the variation"),
    "an objective of a gradient": (changed(QN, "setting", "motion", "of", ["sum", "i", "coord", at("g", "i")]), "no derivative along the variation"),
    "an objective of the others of a product": (changed(QN, "setting", "motion", "of", ["sum", "i", "coord", at("P", 1, "i")]), "no derivative along the variation"),
    "an objective of a root that may vanish": (changed(QN, "setting", "motion", "of", ["sum", "i", "coord", at("q", "i")]), "q has no derivative"),
    "an objective of a part of a chain": (changed(BAL, "setting", "motion", "of", ["tr", ["*", at("A", 0), ["H", at("A", 0)]]]), "A has no derivative"),
    "a matrix as objective": (changed("attention", "setting", "motion", "of", at("Q")), "expected a real number"),
    "a flow without parameters": (small({"f": {"role": "constant"}}, law(at("f")), motion=flow(square(at("f"))), values={"f": "1"}), "without parameters"),
    "a rate for a free letter from its own name": (small({**V, "f": {"role": "free"}, "m": {"role": "name", "is": at("f")}}, law(at("f")), [{"rule": "rate", "of": "f", "use": "m@"}], motion=flow(square(at("v"))), values={"v": "1", "f": "1"}), "f has no derivative"),
    "a rate for a root of constants": (small({**V, **C, "y": {"role": "root", "degree": "1", "is": square(at("c"))}}, law(at("v")), [{"rule": "rate", "of": "y", "use": "y@"}], motion=flow(square(at("v"))), values={"v": "1", "c": "1", "y": "1"}), "has a rate"),
    "a rate where y stands on both sides": (small({**V, "s": {"role": "let", "is": square(at("v"))}, "y": {"role": "root", "degree": "1", "is": at("s")}}, law(at("y")), [{"rule": "lin", "name": "f", "eq": [at("y"), ["+", ["*", at("y"), square(at("y"))], at("s"), minus(["*", at("s"), square(at("y"))])]], "by": [{"use": "y@", "left": ["+", "1", minus(square(at("y")))]}]}, {"rule": "rate", "of": "y", "use": "f"}], motion=flow(square(at("v"))), values={"v": "1", "y": "1"}), "on both sides"),
    "a step of a size that moves": (small({**V, "s": {"role": "parameter"}}, equal(["next", at("v")], "0"), motion={"kind": "gradient-step", "of": square(at("v")), "size": "s"}, values={"v": "1", "s": "1"}), "no constant"),
    "a loss after a step": (small({**V, **C, "J": {"role": "loss", "of": at("v"), "gradient": "g"}}, equal(["next", at("J")], at("J")), motion={"kind": "gradient-step", "of": at("J"), "size": "c"}, values={"v": "1", "c": "1", "J": "1", "g": "1"}), "no value after a step"),
    "a name after a step": (small({**V, **C, "m": {"role": "name", "is": at("v")}}, equal(["next", at("m")], at("v")), motion={"kind": "gradient-step", "of": square(at("v")), "size": "c"}, values={"v": "1", "c": "1"}), "no value after a step"),
    "a derivative in time of a step": (small({**V, **C}, equal(["D", at("v")], at("v")), motion={"kind": "gradient-step", "of": square(at("v")), "size": "c"}, values={"v": "1", "c": "1"}), "D needs a motion"),
    "a step within a flow": (small(V, equal(["next", at("v")], "0"), **ON), "next needs a step"),
    "dd along a product at a place that it does not have": (changed(QN, "conclude", "conserved", {"kind": "equation", "eq": [["dd", ["w", 1], at("J")], at("g", 1)], "by": []}), "not surely in its range"),
    "dd along a matrix": (changed("attention", "conclude", "law", {"kind": "equation", "eq": [["dd", ["Q"], at("E")], at("P")], "by": []}), "dd is along a real letter"),
    "dd past a gradient": (small({**V, "J": {"role": "loss", "of": at("v"), "gradient": "g"}}, equal(["dd", ["v"], at("g")], "0"), motion=flow(at("J")), values={"v": "1", "J": "0", "g": "1"}), "g has no derivative along dd"),
    "a chain of what is no family of matrices": (changed(QN, "setting", "letters", "Y", {"role": "chain", "of": "u", "left": "A", "right": "B"}), "a chain is of matrices"),
    "a product of matrices": (changed(BAL, "setting", "letters", "Y", {"role": "product", "of": "W", "others": "Q"}), "a product of matrices is a chain"),
}

ENDS = {
    "A at layer N + 1": (changed(BAL, "steps", 2, "step", 0, "at", [{"N": 1, "": 1}]), "not surely in its range"),
    "B at layer 0": (changed(BAL, "conclude", "product", "by", 0, "right", ["*", at("P"), ["H", at("B", 0)], at("B", 0)]), "not surely in its range"),
    "A_0 is taken for I": (changed(BAL, "steps", 2, "base", [{"use": "X@top", "right": at("A", 0)}, {"use": "X@top", "left": at("A", 0)}]), "do not fit|different types|do not close"),
    "the product is peeled at W_0": (changed(BAL, "steps", 1, "base", 0, "at", [0]), "not surely in its range"),
    "balance beyond the last pair": (changed(BAL, "steps", 1, "step", 1, "at", [{"k": 1, "": 1}]), "not surely in its range"),
    "balance at N, where there is none": (changed(BAL, "steps", 0, "of", 0, "by", 2, "at", ["N"]), "do not fit|different types|do not close"),
    "AA from 0 where down is forgotten": (changed(BAL, "steps", 2, "down", None), "not surely in its range|do not close|base|different"),
    "an exponent that is negative at the end": (changed(BAL, "steps", 2, "eq", 1, ["^", at("M"), {"N": 1, "k": -1, "": -1}]), "not surely natural"),
    "u at layer 2 where N may be 1": (changed(QN, "steps", 1, "eq", 1, square(at("u", 2, "i"))), "not surely in its range"),
    "a sum 1..N-1 has a first summand": (fixed(X, ["sum", "k", LESS, at("x", "k")], at("x", 1), {"x": ["1", "2"]}, {"use": "p"}, steps=[{"rule": "peel", "name": "p", "sum": ["k", LESS, at("x", "k")], "end": "first"}]), "not surely inhabited"),
    "a sum 1..N-1 of ones is N": (fixed(C, ["sum", "k", LESS, "1"], at("N"), {"c": "1"}), "do not close"),
    "a sum from 0 to N of ones is N": (fixed(C, ["sum", "k", {"from": 0, "to": "N"}, "1"], at("N"), {"c": "1"}), "do not close"),
    "DELTA at N in 1..N-1": (fixed(X, ["sum", "k", LESS, ["*", ["is", "k", "N"], at("x", "k")]], at("x", "N"), {"x": ["1", "2"]}, {"use": "p"}, steps=[{"rule": "delta", "name": "p", "sum": ["k", LESS, at("x", "k")], "at": "N"}]), "not surely in the range|is not one of"),
    "[k = N] is 0 for k in 1..N": (fixed(X, ["sum", "k", N, ["*", ["is", "k", "N"], at("x", "k")]], "0", {"x": ["1", "2"]}), "do not close"),
    "[1 = N] is 0": (fixed(C, ["*", ["is", 1, "N"], at("c")], "0", {"c": "1"}), "do not close"),
    "a cut below the range by two": (fixed(X, ["sum", "k", N, at("x", "k")], "0", {"x": ["1", "2"]}, {"use": "p"}, steps=[{"rule": "split", "name": "p", "sum": ["k", N, at("x", "k")], "after": -1}]), "cut outside|is not one of"),
    "a cut at 2 where N may be 1": (fixed(X, ["sum", "k", N, at("x", "k")], "0", {"x": ["1", "2"]}, {"use": "p"}, steps=[{"rule": "split", "name": "p", "sum": ["k", N, at("x", "k")], "after": 2}]), "cut outside|is not one of"),
    "cases without the place between": (fixed(X, at("x", "k"), "0", {"x": ["0", "0"]}, {"use": "p", "at": ["k"]}, **{"for": {"k": N}}, steps=[{"rule": "cases", "name": "p", "for": {"k": N}, "over": "k", "after": {"N": 1, "": 1}, "eq": [at("x", "k"), "0"], "low": [], "high": []}]), "cut outside|is not one of"),
    "cases proved for the low part only": (fixed(X, at("x", "k"), "0", {"x": ["0", "0"]}, {"use": "p", "at": ["k"]}, **{"for": {"k": N}}, assume={"z": always(at("x", 1), "0")}, steps=[{"rule": "cases", "name": "p", "for": {"k": N}, "over": "k", "after": 1, "eq": [at("x", "k"), "0"], "low": [{"use": "z"}], "high": [{"use": "z"}]}]), "high: the uses do not close|is not one of"),
    "induction begun at the wrong end": (fixed(X, at("x", "k"), "0", {"x": ["0", "0"]}, {"use": "p", "at": ["k"]}, **{"for": {"k": N}}, assume={"z": always(at("x", "N"), "0")}, steps=[{"rule": "induct", "name": "p", "for": {"k": N}, "over": "k", "eq": [at("x", "k"), "0"], "base": [{"use": "z"}], "step": [{"use": "IH@"}]}]), "base: the uses do not close"),
    "a step of induction that uses the next layer": (fixed(X, at("x", "k"), at("x", 1), {"x": ["1", "1"]}, {"use": "p", "at": ["k"]}, **{"for": {"k": N}}, assume={"z": always(at("x", "j"), at("x", {"j": 1, "": 1}), **{"for": {"j": LESS}})}, steps=[{"rule": "induct", "name": "p", "for": {"k": N}, "over": "k", "eq": [at("x", "k"), at("x", 1)], "base": [], "step": [{"use": "z", "at": ["k"], "left": "-1"}, {"use": "IH@"}]}]), "not surely in its range"),
    "a point below the least value": (changed(DRIFT, "instance", "integers", "L", 0), "less than 1"),
    "a least value below 1": (changed(BAL, "setting", "integers", "N", -1), "less than 1"),
    "X@ at k = N + 1": (changed(BAL, "conclude", "product", "by", 0, {"use": "X@", "at": [{"N": 1, "": 1}]}), "not surely in its range"),
    "a chain that begins at layer 2": (changed(BAL, "setting", "letters", "W", "for", {"k": {"from": 2, "to": "N"}}), "does not run from 1"),
    "a chain whose neighbours do not fit": (changed(BAL, "setting", "letters", "W", "cols", ["d", "k"]), "do not fit"),
    "a product over layers that may not be there": (changed(QN, "setting", "letters", "u", "for", {"l": {"from": 1, "to": {"L": 1, "": -1}}, "i": "coord"}), "does not run from 1"),
}

TWO = {"for": {"m": N, "k": {"from": 1, "to": "m"}}}
RANGES = {
    "a telescope used with its indices exchanged": (fixed(X, at("x", 1), "0", {"x": ["0", "0"]}, {"use": "t", "at": [1, "N"]}, assume={"t": always(["*", at("x", "k"), ["+", at("k"), minus(at("m"))]], "0", **TWO)}), "not surely in its range"),
    "the end of a telescope is another statement's index": (fixed(X, at("x", "j"), "0", {"x": ["0", "0"]}, {"use": "t", "at": ["j", "N"]}, **{"for": {"j": N}}, assume={"t": always(at("x", "k"), "0", **TWO)}), "not surely in its range"),
    "a telescope with one index too few": (fixed(X, at("x", 1), "0", {"x": ["0", "0"]}, {"use": "t", "at": ["N"]}, assume={"t": always(at("x", "k"), "0", **TWO)}), "expected 2 indices"),
    "an index that the sum of a use does not bind": (changed(QN, "conclude", "conserved", "by", 0, {"use": "w@", "at": [1, "i"], "left": at("g", "i")}), "'i' is not known here"),
    "a cofactor under the index of another use": (changed(QN, "conclude", "conserved", "by", 1, {"use": "J@", "left": ["*", "-2", at("g", "i")]}), "'i' is not known here"),
    "PRODUCT-POWER for some of the coordinates": (changed(QN, "steps", 2, "for", {"i": N | {"to": "L"}}), "indices are not those"),
    "BETWEEN with the layer among its indices": (changed(DRIFT, "steps", 3, "for", {"l": L, "i": "coord"}), "indices are not those"),
    "an index of d_k stands in d_(k+1)": (fixed({"y": {"role": "constant", "for": {"i": ["d", 1]}}}, ["sum", "i", ["d", 0], at("y", "i")], "0", {"y": ["1"]}), "not surely in its range"),
    "an index of d_k under an induction over k": (fixed(C, at("c"), "0", {"c": "0"}, {"use": "p", "at": [1, 1]}, steps=[{"rule": "induct", "name": "p", "for": {"k": N, "i": ["d", "k"]}, "over": "k", "eq": [at("c"), "0"], "base": [], "step": [{"use": "IH@"}]}]), "the range of i mentions k"),
    "cases over an index that another's range mentions": (fixed(X, at("x", 1), "0", {"x": ["0", "0"]}, {"use": "p", "at": [1, 1]}, steps=[{"rule": "cases", "name": "p", **TWO, "over": "m", "after": 1, "eq": [at("x", "k"), "0"], "low": [], "high": []}]), "the range of k mentions m|is not one of"),
    "sums over d_k as if all were alike": (fixed(C, ["size", ["d", 1]], ["size", ["d", 0]], {"c": "1"}), "do not close"),
    "a sum of identities of different sizes": (fixed(C, ["tr", ["sum", "k", N, ["I", ["d", "k"]]]], at("N"), {"c": "1"}), "different sizes"),
    "a size that depends on an index of a set": (fixed(C, ["sum", "i", "n", ["size", ["d", "i"]]], at("c"), {"c": "2"}), "whole multiples"),
    "a range with half an integer": (fixed(X, ["sum", "k", {"from": 1, "to": {"N": "1/2"}}, at("x", 1)], "1", {"x": ["1", "1"]}), "whole multiples"),
    "a range without its end": (fixed(X, ["sum", "k", {"from": 1}, at("x", 1)], "1", {"x": ["1", "1"]}), "field to is missing"),
    "a sum of N - 3 ones": (fixed(C, ["sum", "k", {"from": 1, "to": {"N": 1, "": -3}}, "1"], {"N": 1} and ["+", at("N"), "-3"], {"c": "1"}), "not surely >= its beginning"),
    "a sum whose end is its own index": (fixed(X, ["sum", "k", {"from": 1, "to": "k"}, at("x", "k")], "1", {"x": ["1", "1"]}), "not known here"),
    "indices of different sets are compared": (fixed(C, ["sum", "i", "n", ["sum", "j", "h", ["is", "i", "j"]]], at("c"), {"c": "1"}), "different sets"),
    "an index of a set is compared with 1": (fixed(C, ["sum", "i", "n", ["is", "i", 1]], at("c"), {"c": "1"}), "different sets"),
    "[i = j] is [j = i] of another pair": (fixed(C, ["sum", "i", "n", ["sum", "j", "n", ["is", "i", "j"]]], at("c"), {"c": "2"}), "do not close"),
    "two sums are one": (fixed(X, ["sum", "k", N, ["sum", "j", N, ["*", at("x", "k"), at("x", "j")]]], ["sum", "k", N, square(at("x", "k"))], {"x": ["0", "1"]}), "do not close"),
    "a triangle is a square": (fixed(X, ["sum", "k", N, ["sum", "j", {"from": 1, "to": "k"}, at("x", "j")]], ["sum", "k", N, ["sum", "j", N, at("x", "j")]], {"x": ["0", "0"]}), "do not close"),
    "a triangle is its mirror image": (fixed(X, ["sum", "k", N, ["sum", "j", {"from": 1, "to": "k"}, at("x", "j")]], ["sum", "k", N, ["sum", "j", {"from": "k", "to": "N"}, at("x", "j")]], {"x": ["1", "1"]}), "do not close"),
}

EXPONENTS = {
    "a constant exponent of what is >= 0": (fixed({"x": {"role": "constant", "sign": ">="}, **C}, ["^", at("x"), "c"], "1", {"x": "1", "c": "1"}), "does not allow"),
    "a positive constant is no natural number": (fixed({"x": {"role": "constant"}, "c": {"role": "constant", "sign": ">"}}, ["^", at("x"), "c"], "1", {"x": "1", "c": "1"}), "does not allow"),
    "x^(c - c + N - 2)": (fixed({"x": {"role": "constant"}, **C}, ["*", ["^", at("x"), {"N": 1, "": -2}], at("x")], at("x"), {"x": "1", "c": "1"}), "does not allow"),
    "half a power of a square": (fixed({"x": {"role": "constant"}}, ["^", square(at("x")), "1/2"], at("x"), {"x": "1"}), "does not allow"),
    "(x^2)^(1/2) = x for x >= 0": (fixed({"x": {"role": "constant", "sign": ">="}}, ["^", square(at("x")), "1/2"], at("x"), {"x": "1"}), "does not allow"),
    "(x^N)^N": (fixed({"x": {"role": "constant", "sign": ">"}}, ["^", ["^", at("x"), "N"], "N"], ["^", at("x"), {"N": 2}], {"x": "1"}), "no sum of multiples"),
    "an index of a set as exponent": (fixed({"x": {"role": "constant", "sign": ">"}}, ["sum", "i", "n", ["^", at("x"), "i"]], "2", {"x": "1"}), "an index of a set as exponent"),
    "an index of a set as the power of PRODUCT-POWER": (put("mirror-identity", ("setting", "integers", {"L": 1}), ("setting", "letters", "p", {"role": "constant", "sign": ">", "for": {"l": L, "i": "coord"}}), ("setting", "letters", "pp", {"role": "product", "of": "p", "others": "po"}), ("steps", [{"rule": "product-power", "name": "f", "for": {"i": "coord"}, "of": "pp", "layer": "l", "power": "i", "const": "1", "by": []}])), "an index of a set as exponent"),
    "a negative power of [a = b]": (fixed(X, ["sum", "k", N, ["^", ["is", "k", 1], "-1"]], "1", {"x": ["1", "1"]}), "does not allow"),
    "a power of an index": (fixed(X, ["sum", "k", N, ["^", at("k"), "N"]], at("N"), {"x": ["1", "1"]}), "power of an index"),
    "1 over an index that may be 0": (fixed(X, ["sum", "k", {"from": 0, "to": "N"}, ["*", at("k"), ["^", at("k"), "-1"]]], ["+", at("N"), "1"], {"x": ["1", "1"]}), "does not allow"),
    "a power of a trace": (changed("attention", "conclude", "law", "what", ["^", ["tr", ["*", ["H", at("Q")], at("Q")]], "1/2"]), "does not allow"),
    "a power of a sum over a set": (fixed({"x": {"role": "constant", "sign": ">", "for": {"i": "n"}}}, ["^", ["sum", "i", "n", at("x", "i")], "1/2"], ["sum", "i", "n", ["^", at("x", "i"), "1/2"]], {"x": ["1", "1"]}), "no coefficient and no sum"),
    "(2 x)^c = x^c": (fixed({"x": {"role": "constant", "sign": ">"}, **C}, ["^", ["*", "2", at("x")], "c"], ["^", at("x"), "c"], {"x": "1", "c": "0"}), "no coefficient"),
    "a power that is 0 at N = 1 is not x": (fixed({"x": {"role": "constant"}}, ["^", at("x"), {"N": 1, "": -1}], at("x"), {"x": "1"}), "do not close"),
    "0^(N-1) = 0": (fixed(C, ["*", at("c"), ["^", "0", {"N": 1, "": -1}]], "0", {"c": "0"}), "one monomial only"),
    "the derivative of x^(N-1) at N = 1": (small({"x": {"role": "free"}}, equal(["dd", ["x"], ["^", at("x"), {"N": 1, "": -1}]], "0"), values={"x": "0"}), "is not defined"),
    "the derivative of x^c where x may vanish": (small({"x": {"role": "free", "sign": ">="}, **C}, equal(["dd", ["x"], ["^", at("x"), "1/2"]], "1"), values={"x": "1", "c": "1"}), "does not allow"),
    "the derivative of a root that may vanish": (put(QN, ("steps", []), ("conclude", "conserved", "by", [])), "q has no derivative"),
    "a root of negative degree": (changed(QN, "setting", "letters", "q", "degree", "-1"), "not surely 1, 2, 3"),
    "a root of degree 1/2": (changed(QN, "setting", "letters", "q", "degree", "1/2"), "not surely 1, 2, 3"),
    "a root of a constant's degree": (put(QN, ("setting", "letters", {"D": {"role": "constant", "sign": ">"}, **certificate(QN)["setting"]["letters"]}), ("setting", "letters", "q", "degree", "D")), "not surely 1, 2, 3"),
    "a root of an odd power": (changed(QN, "setting", "letters", "q", "is", at("w", "i")), "not visibly >= 0"),
    "a root of a difference of squares": (fixed({**C, "y": {"role": "root", "degree": "2", "is": ["+", square(at("c")), "-1"]}}, at("y"), "0", {"c": "1", "y": "0"}), "not visibly >= 0"),
    "PRODUCT-POWER to 1/2 of signed factors": (changed(QN, "steps", 2, "power", "1/2"), "does not allow"),
    "PRODUCT-POWER to -2 of factors that may vanish": (changed(QN, "steps", 2, "power", "-2"), "does not allow"),
    "PRODUCT-POWER of a constant with a coefficient": (changed(QN, "steps", 2, "const", ["*", "2", square(at("u", 1, "i"))]), "do not close|no coefficient"),
    "ROOT with a power N - 1": (changed(QN, "steps", 3, "power", {"L": 1, "": -1}), "surely 1, 2, 3"),
    "a power of a matrix to a constant": (fixed({"M": {"role": "constant", "rows": "n", "cols": "n"}, "c": {"role": "constant", "sign": ">"}}, ["^", at("M"), "c"], at("M"), {"M": [["1", "0"], ["0", "1"]], "c": "1"}), "not surely natural"),
    "a log of a square": (fixed({**C, "y": {"role": "log", "is": square(at("c"))}}, at("y"), "0", {"c": "1"}), "no product of positive"),
    "a log of a multiple": (fixed({"c": {"role": "constant", "sign": ">"}, "y": {"role": "log", "is": ["*", "2", at("c")]}}, at("y"), "0", {"c": "1"}), "no product of positive"),
}

MOTION = {
    "VARY over half of the layers": (vector(["sum", "k", LESS, square(at("x", "k"))], at("x", 1)), "a part of a parameter's indices only"),
    "VARY at the next layer": (vector(["sum", "k", LESS, ["*", at("x", "k"), at("x", {"k": 1, "": 1})]], at("x", 1)), "a part of a parameter's indices only"),
    "VARY at every other layer": (vector(["sum", "k", {"from": 0, "to": 0}, square(at("x", {"k": 2, "": 1}))], at("x", "N")), "do not close"),
    "VARY reversed: the first layer gets the last one's rate": (vector(["sum", "k", N, ["*", at("k"), at("x", {"N": 1, "k": -1, "": 1})]], ["+", ["*", at("N"), at("x", 1)], minus(at("x", 1))]), "do not close"),
    "VARY on the diagonal moves what lies off it": (small({"x": {"role": "parameter", "for": {"k": N, "j": N}}}, law(["sum", "k", N, ["sum", "j", N, at("x", "k", "j")]]), motion=flow(["sum", "k", N, at("x", "k", "k")]), values={"x": [["1", "1"], ["1", "1"]]}), "do not close"),
    "VARY of a triangle": (small({"x": {"role": "parameter", "for": {"k": N, "j": N}}}, law(at("x", 1, 1)), motion=flow(["sum", "k", N, ["sum", "j", {"from": 1, "to": "k"}, at("x", "k", "j")]]), values={"x": [["1", "1"], ["1", "1"]]}), "a part of a parameter's indices only"),
    "VARY of a place that two sums share": (vector(["sum", "k", N, ["sum", "j", {"from": 1, "to": 1}, ["sum", "m", {"from": 0, "to": {"k": 1, "": -1}}, at("x", {"k": 1, "m": -1})]]], at("x", 1)), "depends on two sums"),
    "VARY of one fixed layer of matrices": (changed(BAL, "setting", "motion", "of", ["tr", ["*", at("W", 1), ["H", at("W", 1)]]]), "different types"),
    "a start value in a loss": (small({**V, "J": {"role": "loss", "of": ["*", at("v"), ["start", at("v")]], "gradient": "g"}}, law(at("v")), motion=flow(at("J")), values={"v": "1", "J": "1", "g": "0"}), "start needs a motion"),
    "a derivative in a loss": (small({**V, "J": {"role": "loss", "of": ["D", at("v")], "gradient": "g"}}, law(at("v")), motion=flow(at("J")), values={"v": "1", "J": "1", "g": "0"}), "D needs a motion"),
    "a step in a loss": (small({**V, "J": {"role": "loss", "of": ["next", at("v")], "gradient": "g"}}, law(at("v")), motion=flow(at("J")), values={"v": "1", "J": "1", "g": "0"}), "next needs a step"),
    "dd in a loss": (small({**V, "J": {"role": "loss", "of": ["dd", ["v"], square(at("v"))], "gradient": "g"}}, law(at("v")), motion=flow(at("J")), values={"v": "1", "J": "1", "g": "0"}), "a loss of derivatives"),
    "dd in an objective": (small(V, law(at("v")), motion=flow(["dd", ["v"], square(at("v"))]), values={"v": "1"}), "dd in the objective"),
    "a constant of the loss has a gradient": (small({**V, **C, "J": {"role": "loss", "of": ["+", at("v"), at("c")], "gradient": "g"}}, law(["+", at("v"), at("c")]), motion=flow(at("J")), values={"v": "1", "c": "1", "J": "0", "g": "1"}), "do not close"),
    "the gradient of one of two losses stands for both": (small({**V, "J": {"role": "loss", "of": at("v"), "gradient": "g"}, "K": {"role": "loss", "of": at("v"), "gradient": "g2"}}, equal(["D", at("v")], ["*", "-2", at("g")]), motion=flow(["+", at("J"), at("K")]), values={"v": "1", "J": "0", "K": "0", "g": "1", "g2": "1"}), "do not close"),
    "two losses of one argument are equal": (small({**V, "J": {"role": "loss", "of": at("v"), "gradient": "g"}, "K": {"role": "loss", "of": at("v"), "gradient": "g2"}}, equal(at("J"), at("K")), motion=flow(at("J")), values={"v": "1", "J": "1", "K": "1", "g": "1", "g2": "1"}), "do not close"),
    "Euler of one loss for another": (put(QN, ("setting", "letters", "K", {"role": "loss", "for": {"i": "coord"}, "of": at("w", "i"), "gradient": "h"}), ("setting", "motion", "of", at("K"))), "do not close"),
    "a law of the flow for a step": (put("attention", ("setting", "letters", "eta", {"role": "constant"}), ("setting", "motion", {"kind": "gradient-step", "of": at("E"), "size": "eta"}), ("instance", "values", "eta", "1")), "needs a gradient flow"),
    "KEEP of a relation that is not kept": (changed(QN, "steps", 0, "of", 0, "by", []), "the derivative of balance"),
    "KEEP by itself without a cofactor": (changed(QN, "steps", 0, "of", 0, "by", [{"use": "balance", "at": ["l", "m", "i"]}]), "the derivative of balance"),
    "KEEP uses a start relation that it does not keep": (put(QN, ("assume", "zero", {"time": "start", "for": {"i": "coord"}, "eq": [at("g", "i"), "0"]}), ("steps", 0, "of", 0, "by", [{"use": "zero", "at": ["i"]}])), "at the start only"),
    "KEEP of one relation twice": (changed(QN, "steps", 0, "of", certificate(QN)["steps"][0]["of"] * 2), "a relation twice"),
    "CONSTANT of what moves": (small(V, equal(at("v"), ["start", at("v")], {"use": "k"}), [{"rule": "constant", "name": "k", "what": at("v"), "by": []}], **ON), "do not close"),
    "DIFF of a relation at the start": (changed(QN, "steps", 0, {"rule": "diff", "name": "d", "use": "balance"}), "no equation that lasts|is not one of"),
    "a decay at the wrong rate": (small(V, {"kind": "decay", "what": square(at("v")), "rate": "-2", "by": []}, **ON), "do not close"),
    "a decay at the rate 0": (small(V, {"kind": "decay", "what": at("v"), "rate": "0", "by": []}, **ON), "a rate 0"),
    "weight decay of one factor alone": (changed("cp-tensor", "conclude", "decay", "rate", minus(at("decay"))), "do not close"),
    "an always hypothesis on a let of what moves": (small({**V, "m": {"role": "let", "is": square(at("v"))}}, equal(at("m"), "1", {"use": "a"}), assume={"a": always(at("m"), "1")}, **ON), "letters that move"),
    "an always hypothesis on the name of what moves": (small({**V, "m": {"role": "name", "is": at("v")}}, equal(at("m"), "1", {"use": "h"}), assume={"h": always(at("m"), "1")}, **ON), "letters that move"),
    "an always hypothesis on a free function": (small({**V, "f": {"role": "free"}}, equal(at("f"), "1", {"use": "h"}), assume={"h": always(at("f"), "1")}, motion=flow(square(at("v"))), values={"v": "1", "f": "1"}), "letters that move"),
    "a hypothesis on a rate": (small(V, equal(["D", at("v")], "0", {"use": "h"}), assume={"h": {"time": "start", "eq": [["D", at("v")], "0"]}}, **ON), "about derivatives in time"),
}

POS = {"rule": "lin", "name": "p", "by": []}
ORDER = {
    "POSITIVE by a fact !=": (fixed(C, at("c"), "0", {"c": "1"}, assume={"h": always(at("c"), "0", "ne")}, steps=[{**POS, "gt": [["+", at("c"), "1"], "0"], "by": [{"use": "h"}]}]), "an order does not follow"),
    "an inequality from a fact !=": (small(C, ge(at("c"), "0", {"use": "h"}), assume={"h": always(at("c"), "0", "ne")}, values={"c": "1"}), "which says !="),
    "an equation from a fact >": (fixed(C, at("c"), "0", {"c": "1"}, {"use": "h"}, assume={"h": always(at("c"), "0", "gt")}), "an equation does not follow"),
    "an inequality times a letter that may be negative": (small(C, ge(square(at("c")), "0", {"use": "h", "left": at("c")}), assume={"h": always(at("c"), "0", "ge")}, values={"c": "1"}), "not visibly >= 0"),
    "an inequality under a sum of indices as numbers": (small(X, ge(["sum", "k", {"from": -1, "to": "N"}, ["*", at("k"), at("x", 1)]], "0", {"use": "h", "left": at("k"), "sum": {"k": {"from": -1, "to": "N"}}}), assume={"h": always(at("x", 1), "0", "ge")}, values={"x": ["1", "1"]}), "not visibly >= 0"),
    "an inequality through a right cofactor": (small(C, ge(minus(at("c")), "0", {"use": "h", "right": "-1"}), assume={"h": always(at("c"), "0", "ge")}, values={"c": "0"}), "no right, mark or tr"),
    "a square with a coefficient that is no number": (small({**C, "M": {"role": "constant", "rows": "n", "cols": "n"}}, ge("0", "0"), [{"rule": "squares", "name": "s", "ge": [at("c"), "0"], "squares": [{"c": at("M"), "x": "1"}], "by": []}], values={"c": "1", "M": [["1", "0"], ["0", "1"]]}), "expected a real number"),
    "the square of a matrix is not |M|^2": (small({"M": {"role": "constant", "rows": "n", "cols": "n"}}, ge(["tr", square(at("M"))], "0", {"use": "s"}), [{"rule": "squares", "name": "s", "ge": [["tr", square(at("M"))], "0"], "squares": [{"x": at("M")}], "by": []}], values={"M": [["1", "0"], ["0", "1"]]}), "do not close"),
    "tr M^2 >= 0 for M that is not Hermitian": (small({"M": {"role": "constant", "rows": "n", "cols": "n"}}, ge(["tr", square(at("M"))], "0", {"use": "s"}), [{"rule": "squares", "name": "s", "ge": [["tr", square(at("M"))], "0"], "squares": [{"c": ["tr", square(at("M"))], "x": "1"}], "by": []}], values={"M": [["1", "0"], ["0", "1"]]}), "coefficient is not visibly"),
    "tr M >= 0 for M that is Hermitian": (small({"M": {"role": "constant", "rows": "n", "cols": "n", "form": "hermitian"}}, ge(["tr", at("M")], "0", {"use": "s"}), [{"rule": "squares", "name": "s", "ge": [["tr", at("M")], "0"], "squares": [{"c": ["tr", at("M")], "x": "1"}], "by": []}], values={"M": [["1", "0"], ["0", "1"]]}), "coefficient is not visibly"),
    "tr Q M Q >= 0": (small({"M": {"role": "constant", "rows": "n", "cols": "n", "form": "hermitian"}, "Q": {"role": "constant", "rows": "n", "cols": "n"}}, ge("0", "0"), [{"rule": "squares", "name": "s", "ge": [["tr", ["*", at("Q"), square(at("M")), at("Q")]], "0"], "squares": [{"c": ["tr", ["*", at("Q"), square(at("M")), at("Q")]], "x": "1"}], "by": []}], values={"M": [["1", "0"], ["0", "1"]], "Q": [["1", "0"], ["0", "1"]]}), "coefficient is not visibly"),
    "N - 1 > 0": (small(C, ge("0", "0"), [{**POS, "gt": [["+", at("N"), "-1"], "0"]}], values={"c": "1"}), "not visibly > 0"),
    "a sum of squares > 0": (small({**X}, ge("0", "0"), [{**POS, "gt": [["sum", "k", N, square(at("x", "k"))], "0"]}], values={"x": ["1", "1"]}), "not visibly > 0"),
    "a sum over 1..N-1 > 0 within a sum": (small({"z": {"role": "constant", "sign": ">", "for": {"k": N}}}, ge("0", "0"), [{**POS, "gt": [["sum", "k", N, ["sum", "j", {"from": {"k": 1, "": 1}, "to": "N"}, at("z", "j")]], "0"]}], values={"z": ["1", "1"]}), "not visibly > 0"),
    "[a = b] > 0": (small(X, ge("0", "0"), [{**POS, "gt": [["is", 1, "N"], "0"]}], values={"x": ["1", "1"]}), "not visibly > 0"),
    "BETWEEN >= without a bound >= 0": (put(DRIFT, ("steps", 5, "bound", minus(at("lo", "i"))),), "do not close|bound is not visibly"),
    "BETWEEN <= with a proof of its bound": (changed(DRIFT, "steps", 3, "bound-by", []), "unknown field 'bound-by'"),
    "BETWEEN for a root that may be negative": (changed(DRIFT, "steps", 3, "root", minus(at("q", "i"))), "the root is not visibly"),
    "BETWEEN for a root at the start and factors that moved": (changed(DRIFT, "steps", 3, "start", True), "power-by"),
    "BETWEEN for the layer's own bound": (changed(DRIFT, "steps", 3, "bound", square(at("u", "l", "i"))), "not known here"),
    "the maximum taken at one coordinate": (changed(DRIFT, "steps", 2, "by", 0, "at", ["l", 1]), "not surely in its range"),
    "an order of start values for all times": (changed(DRIFT, "assume", "max", "time", "start"), "at the start only"),
    "SQUARES as an equation": (changed("kempf-ness", "steps", 0, "rule", "lin"), "unknown field|do not close|missing"),
}

POINTS = {
    "a value of the gradient that Euler forbids in one dimension": (put(QN, ("instance", {"integers": {"L": 1}, "sets": {"coord": 1}, "families": {}, "values": {"u": [["2"]], "J": "5", "g": ["1"], "q": ["4"]}})), "J@ fails"),
    "degree 0 in one dimension: the loss is constant and nothing moves": (put(QN, ("instance", {"integers": {"L": 1}, "sets": {"coord": 1}, "families": {}, "values": {"u": [["2"]], "J": "5", "g": ["0"], "q": ["4"]}})), "no parameter moves"),
    "the argument of a homogeneous loss is 0": (put(QN, ("instance", {"integers": {"L": 1}, "sets": {"coord": 1}, "families": {}, "values": {"u": [["0"]], "J": "5", "g": ["1"], "q": ["0"]}})), "the argument of a loss is 0"),
    "a set that is empty": (changed(QN, "instance", "sets", "coord", 0), "less than 1"),
    "a set beyond what is computed": (changed(QN, "instance", "sets", "coord", 13), "beyond 12"),
    "a letter more than there is": (changed(QN, "instance", "values", "z", "1"), "expected values of"),
    "a letter less than there is": (changed(QN, "instance", "values", {"u": [["1", "2"]] * 3, "J": "5", "g": ["8", "-2"]}), "expected values of"),
    "a layer too few": (changed(QN, "instance", "values", "u", [["1", "2"], ["1", "2"]]), "expected 3 entries"),
    "a family's member given as 01": (changed("balance-of-matrices", "instance", "families", "d", {"0": 2, "1": 1, "02": 2}), "whole numbers"),
    "a constant that is not of its sign": (changed("cp-tensor", "instance", "values", "decay", "0"), "the setting says"),
    "hypotheses that contradict each other": (fixed(C, at("c"), "1", {"c": "1"}, {"use": "g"}, assume={"g": always(at("c"), "1"), "h": always(at("c"), "2")}), "h fails at the point"),
    "a hypothesis 1 = 0": (fixed(C, at("c"), "1", {"c": "1"}, {"use": "h", "left": ["+", at("c"), "-1"]}, assume={"h": always("1", "0")}), "h fails at the point"),
    "a hypothesis with an empty range there": (put(BAL, ("instance", {"integers": {"N": 1}, "sets": {}, "families": {"d": {"0": 1, "1": 1}}, "values": {"W": [[["1"]]], "E": "0", "P": [["1"]]}})), "range is empty"),
    "a witness that breaks a hypothesis": ({**{k: v for k, v in small(C, {}, assume={"h": always(at("c"), "1")}).items() if k != "instance"}, "conclude": {"c": {"kind": "equation", "eq": [at("c"), "1"]}}, "witness": small(C, {}, values={"c": "2"})["instance"]}, "h fails at the point"),
    "a witness with a proof": ({**{k: v for k, v in small(C, {}).items() if k != "instance"}, "conclude": {"c": equal(at("c"), "1")}, "witness": small(C, {}, values={"c": "2"})["instance"]}, "unknown field 'by'"),
    "a witness that a sign is not kept": ({**{k: v for k, v in small(V, {}, motion=ON["motion"]).items() if k != "instance"}, "conclude": {"c": {"kind": "keeps-sign-squared", "what": at("v"), "cofactor": "-1"}}, "witness": small(V, {}, values={"v": "2"})["instance"]}, "does not refute"),
    "a witness and an instance": ({**small(C, equal(at("c"), "1"), values={"c": "1"}), "witness": small(C, {}, values={"c": "2"})["instance"]}, "unknown field 'instance'"),
    "an equation whose sides vanish there": (fixed(C, ["*", at("c"), at("N")], "0", {"c": "0"}, {"use": "h", "left": at("N")}, assume={"h": always(at("c"), "0")}), "everything in it is 0"),
}

#: seen accepted before the rules were mended: sentences that say nothing, whatever moves and however
ETA = {"motion": {"kind": "gradient-step", "of": square(at("v")), "size": "c"}, "values": {"v": "1", "c": "1"}}
DV = ["D", at("v")]
HOLES = {
    "a name less what it names is conserved": (small({**V, "m": {"role": "name", "is": square(at("v"))}}, law(["+", at("m"), minus(square(at("v")))]), **ON), "whatever moves"),
    "a sum of such is conserved": (small({"x": {"role": "parameter", "for": {"k": N}}, "m": {"role": "name", "for": {"k": N}, "is": square(at("x", "k"))}}, law(["sum", "k", N, ["+", at("m", "k"), minus(square(at("x", "k")))]]), motion=flow(["sum", "k", N, square(at("x", "k"))]), values={"x": ["1", "2"]}), "whatever moves"),
    "a name less what it names decays at any rate": (small({**V, "m": {"role": "name", "is": square(at("v"))}}, {"kind": "decay", "what": ["+", at("m"), minus(square(at("v")))], "rate": "5", "by": [{"use": "m@", "left": "-5"}]}, **ON), "everything in it is 0"),
    "a power of a root less what it is the root of keeps its sign": (put(QN, ("conclude", "conserved", {"kind": "keeps-sign-squared", "for": {"i": "coord"}, "what": ["+", at("q", "i"), minus(square(at("u", 1, "i")))], "cofactor": at("J"), "by": [{"use": "qu", "at": ["i"], "left": ["*", "-1", at("J"), ["+", at("q", "i"), minus(square(at("u", 1, "i")))]]}]})), "everything in it is 0"),
    "a layer called like a word of the sentence": (changed(QN, "steps", 2, "layer", "t"), "word of the sentence"),
    "d/dt v = d/dt v": (small(V, equal(DV, DV), **ON), "equal by RING, whatever moves"),
    "d/dt v + 1 = 1 + d/dt v": (small(V, equal(["+", DV, "1"], ["+", "1", DV]), **ON), "equal by RING, whatever moves"),
    "v + 0 d/dt v = v": (small(V, equal(["+", at("v"), ["*", "0", DV]], at("v")), **ON), "equal by RING, whatever moves"),
    "Leibniz' rule": (small(V, equal(["D", square(at("v"))], ["*", "2", at("v"), DV]), **ON), "equal by RING, whatever moves"),
    "d/dt v >= d/dt v": (small(V, ge(DV, DV), **ON), "equal by RING, whatever moves"),
    "under a sum": (small({"x": {"role": "parameter", "for": {"k": N}}}, equal(["sum", "k", N, ["D", at("x", "k")]], ["D", ["sum", "j", N, at("x", "j")]]), motion=flow(["sum", "k", N, square(at("x", "k"))]), values={"x": ["1", "2"]}), "equal by RING, whatever moves"),
    "of a loss": (small({**V, "J": {"role": "loss", "of": at("v"), "gradient": "g"}}, equal(["D", at("J")], ["*", at("g"), DV]), motion=flow(at("J")), values={"v": "1", "J": "0", "g": "1"}), "equal by RING, whatever moves"),
    "of matrices": (changed("attention", "conclude", "law", equal(["D", ["H", at("Q")]], ["H", ["D", at("Q")]])), "equal by RING, whatever moves"),
    "of a root with a rate": (changed(QN, "conclude", "conserved", equal(["D", at("q", "i")], ["D", at("q", "i")], **{"for": {"i": "coord"}})), "equal by RING, whatever moves"),
    "d/dx x^2 = d/dx x^2": (small({"x": {"role": "free"}}, equal(["dd", ["x"], square(at("x"))], ["dd", ["x"], square(at("x"))]), values={"x": "1"}), "equal by RING, whatever moves"),
    "d/dx d/dx x^3": (small({"x": {"role": "free"}}, equal(["dd", ["x"], ["dd", ["x"], ["^", at("x"), "3"]]], ["dd", ["x"], ["*", "3", square(at("x")), ["dd", ["x"], at("x")]]]), values={"x": "1"}), "equal by RING, whatever moves"),
    "next(v) = next(v)": (small({**V, **C}, equal(["next", at("v")], ["next", at("v")]), **ETA), "equal by RING, whatever moves"),
    "next(v^2) = next(v)^2": (small({**V, **C}, equal(["next", square(at("v"))], square(["next", at("v")])), **ETA), "equal by RING, whatever moves"),
}

PRINTING = {
    "the square of a rate": (equal(square(DV), ["*", "4", square(at("v"))]), "(d/dt(v))^2 = 4 v^2"),
    "the rate of a square": (equal(["D", square(at("v"))], ["*", "-4", square(at("v"))]), "d/dt(v^2) = -4 v^2"),
    "the square of a partial derivative": (equal(square(["dd", ["v"], square(at("v"))]), ["*", "4", square(at("v"))]), "(d/dv(v^2))^2 = 4 v^2"),
}

KINDS = {"names": NAMES, "roles": ROLES, "ranges": RANGES, "ends": ENDS, "exponents": EXPONENTS, "motion": MOTION, "order": ORDER, "points": POINTS, "holes": HOLES}
ALL = [(f"{kind}: {what}", *case) for kind, cases in KINDS.items() for what, case in cases.items()]


@pytest.mark.parametrize(("data", "why"), [x[1:] for x in ALL], ids=[x[0] for x in ALL])
def test_it_is_refused_for_its_reason(data: Json, why: str) -> None:
    code, said = answer(data)
    assert code == 1 and re.search(why, said), said


@pytest.mark.parametrize(("conclude", "text"), PRINTING.values(), ids=PRINTING)
def test_what_is_printed_has_one_reading(conclude: Json, text: str) -> None:
    code, said = answer(small(V, conclude, **ON))
    assert code == 0 and text in said, said


def test_there_are_ten_of_each_kind() -> None:
    for kind in ("names", "roles", "ranges", "ends", "exponents"):
        assert len(KINDS[kind]) >= 10
    assert len(ALL) >= 60
