"""Each rule that no certificate of the shelf uses proves one true sentence; near it stands a false
one, which does not pass.
"""

# ruff: noqa: E501

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.forgeries import N, at, equal, flow, minus, small, square
from tests.kernel.read import answer, certificate, proves

X = {"x": {"role": "constant", "for": {"k": N}}}
ONES = {"x": ["1", "1"]}
ALL: dict[str, Any] = {"for": {"k": N}}
V = {"v": {"role": "parameter"}}
HALF = flow(["*", "1/2", square(at("v"))])
LAW: dict[str, Any] = {"kind": "decay", "what": at("v"), "rate": "-1", "by": []}
#: v' = -v; (v')^2 = v^2
SIGN: dict[str, Any] = {"kind": "keeps-sign-squared", "what": at("v"), "cofactor": "1", "by": []}
#: x_i y_i, and the sum over j of [j = i] x_j y_j
XY = {x: {"role": "constant", "for": {"i": "n"}} for x in "xy"}
PICKS = {**XY, "s": {"role": "name", "for": {"i": "n"}, "is": ["*", at("x", "i"), at("y", "i")]}}
EACH = {"for": {"i": "n"}}
PICKED = ["sum", "j", "n", ["*", ["is", "j", "i"], at("x", "j"), at("y", "j")]]
PICKS_IS = equal(at("s", "i"), PICKED) | EACH
XYS = {"x": ["2", "3"], "y": ["5", "7"]}
#: w = a product of u; a derivative by it
FACTORS = {
    "u": {"role": "parameter", "for": {"l": N, "i": "n"}},
    "w": {"role": "product", "of": "u", "others": "P"},
}
BY_W = equal(
    [
        "sum",
        "i",
        "n",
        ["*", at("w", "i"), ["dd", ["w", "i"], ["sum", "j", "n", ["^", at("w", "j"), "3"]]]],
    ],
    ["*", "3", ["sum", "i", "n", ["^", at("w", "i"), "3"]]],
)
SQUARE = {"W": {"role": "parameter", "rows": "n", "cols": "n"}}
TRACE = flow(["*", "1/2", ["tr", ["*", ["H", at("W")], at("W")]]])
MATRIX = {"W": [["1", "2"], ["0", "1"]]}
TRN = ["tr", ["^", at("W"), "N"]]
LOGS = {
    "a": {"role": "parameter", "sign": ">"},
    "b": {"role": "parameter", "sign": ">"},
    "J": {"role": "loss", "of": ["+", square(at("a")), minus(square(at("b")))], "gradient": "s"},
    "y": {"role": "log", "is": at("a")},
    "z": {"role": "log", "is": at("b")},
}
MIRROR = {"kind": "conserved", "what": ["+", at("y"), at("z")], "by": []}
AT_ONE = {"a": "1", "b": "1", "J": "0", "s": "2"}
FORM = {
    "S": {"role": "constant", "rows": "n", "cols": "n", "form": "hermitian"},
    "Q": {"role": "constant", "rows": "n", "cols": "n"},
}
AT_FORM = {"S": [["1", "2"], ["2", "0"]], "Q": [["1", "3"], ["0", "1"]]}
BY_FORM = equal(["tr", ["*", at("S"), at("Q")]], ["tr", ["*", ["H", at("Q")], at("S")]])
FREE = {"x": {"role": "free"}}
POSITIVE = {"rule": "lin", "name": "s", "by": [], "gt": [["+", square(at("x")), "1"], "0"]}


PAIR = {"p": {"role": "parameter"}, "y": {"role": "parameter"}}
AT_TWO = {"p": "2", "y": "3"}
FAMILY = {"x": {"role": "parameter", "for": {"i": {"from": 1, "to": 2}}}}
SIGNED = {
    "a": {"role": "constant", "sign": "!="}, "b": {"role": "constant", "sign": ">"},
    "c": {"role": "constant"}, "z": {"role": "parameter"},
}  # fmt: skip
AT_SIGNS = {"a": "-2", "b": "1", "c": "3", "z": "4"}
NAMED = {
    "y": {"role": "parameter"},
    "m": {"role": "name", "is": ["+", at("y"), "-1"], "sign": "!="},
}


def flows(**rates: Any) -> Any:
    """A motion with given rates."""
    return {"kind": "flow", "rates": rates}


def order(relation: str, t: Any, *by: Any, to: Any = "0") -> Any:
    return {"kind": "inequality", relation: [t, to], "by": list(by)}


GIVEN = flows(p=at("p"), y=minus(at("y")))
UP = flows(z=["+", square(at("a")), at("b")])
BY_PLACE = flows(x=["+", ["*", ["is", "i", 1], at("x", 1)], ["*", ["is", "i", 2], "2", at("x", 2)]])


STEP = {"kind": "gradient-step", "of": ["*", "1/2", square(at("v"))], "size": "eta"}
ETA = {**V, "eta": {"role": "constant", "sign": ">"}}
SHRUNK = ["*", square(["+", "1", minus(at("eta"))]), square(at("v"))]
ATTENTION = {
    "eta": {"role": "constant"},
    "Q": {"role": "parameter", "rows": "n", "cols": "n"},
    "K": {"role": "parameter", "rows": "h", "cols": "n"},
    "E": {"role": "loss", "of": ["*", at("Q"), ["H", at("K")]], "gradient": "P"},
}
PK, PQ = ["*", at("P"), at("K")], ["*", ["H", at("P")], at("Q")]
GRAM = ["+", ["*", ["H", at("Q")], at("Q")], minus(["*", ["H", at("K")], at("K")])]
GROWN = ["*", square(at("eta")), ["+", ["*", ["H", PK], PK], minus(["*", ["H", PQ], PQ])]]
ASTEP = {"kind": "gradient-step", "of": at("E"), "size": "eta"}
N_TRACE = ["*", ["size", "n"], ["tr", GRAM]]
NEXT_TRACE = equal(["next", N_TRACE], ["+", N_TRACE, ["*", ["size", "n"], ["tr", GROWN]]])
APOINT = {
    "eta": "1/2",
    "Q": [["1", "2"], ["0", "1"]],
    "K": [["3", "1"]],
    "E": "0",
    "P": [["1"], ["2"]],
}


TRUE: dict[str, tuple[Any, str]] = {
    "positive": (small(FREE, {"kind": "inequality", "ge": [["+", square(at("x")), "1"], "0"], "by": [{"use": "s"}]},
                       [POSITIVE], values={"x": "0"}), "x^2 + 1 >= 0"),
    "decay": (small(V, LAW, motion=HALF, values={"v": "3"}), "v = exp((-1) t) times its value at the start"),
    "keeps-sign": (small(V, SIGN, motion=HALF, values={"v": "3"}), "v keeps its sign, and stays 0 if it is 0: its derivative, squared, is (1) times its square"),
    "a derivative by a product": (small(FACTORS, BY_W, values={"u": [["1", "2"], ["3", "1"]]}), "Sum_(i in n) "),
    "one index of a set is another": (small(PICKS, {**PICKS_IS, "by": [{"use": "s@", "at": ["i"]}]}, values=XYS), "s_(i) = Sum"),
    "power of a matrix": (small(SQUARE, equal(["D", TRN], ["*", "-1", at("N"), TRN]), motion=TRACE, values=MATRIX),
                          "d/dt(Re tr(W^N)) = -N Re tr(W^N)"),
    "what a form says": (small(FORM, BY_FORM, values=AT_FORM), "then [c] Re tr(S Q) = Re tr(Q^* S)"),
    "log": (small(LOGS, MIRROR, motion=flow(at("J")), values=AT_ONE), "y + z is conserved"),
    "a step": (small(ETA, equal(["next", square(at("v"))], SHRUNK), motion=STEP, values={"v": "3", "eta": "1/2"}), "next(v) = v + -eta v"),
    "a step of matrices": (small(ATTENTION, equal(["next", GRAM], ["+", GRAM, GROWN]), motion=ASTEP, values=APOINT), "one step of gradient descent on E"),
    "a step of a trace, times a size": (small(ATTENTION, NEXT_TRACE, motion=ASTEP, values=APOINT), "next(|n| Re tr("),
    "a given flow": (small(PAIR, {"kind": "conserved", "what": ["*", at("p"), at("y")], "by": []}, motion=GIVEN, values=AT_TWO),
                     "a motion with given rates, as long as the solution exists:\n    d/dt p = p\n    d/dt y = -y\n"),
    "a given flow of a family": (small(FAMILY, {"kind": "decay", "what": at("x", 2), "rate": "2", "by": []}, motion=BY_PLACE, values={"x": ["1", "3"]}),
                                 "x_(2) = exp((2) t) times its value at the start"),
    "positive at once": (small(SIGNED, order("gt", ["+", square(at("a")), at("b")]), values=AT_SIGNS), "a^2 + b > 0"),
    "not zero": (small(SIGNED, order("ne", ["*", "-3", at("a"), at("b")]), values=AT_SIGNS), "-3 a b != 0"),
    "not negative": (small(SIGNED, order("ge", ["*", square(at("c")), at("b")]), values=AT_SIGNS), "c^2 b >= 0"),
    "a rate that is positive": (small(SIGNED, order("gt", ["D", at("z")]), motion=UP, values=AT_SIGNS), "then [c] d/dt(z) > 0"),
    "a name that is not 0": (small(NAMED, equal(["D", ["^", at("m"), "-1"]], ["*", "-1", ["^", at("m"), "-2"]]), motion=flows(y="1"), values={"y": "2"}),
                             "m = y - 1, m != 0\n"),
    "up to its sign": (small({**NAMED, "s": {"role": "parameter"}}, {"kind": "conserved", "what": ["+", at("s"), ["^", at("m"), "-1"]], "by": []},
                             motion=flows(y=square(at("m")), s="1"), values={"y": "2", "s": "0"}),
                       "up to the first time at which a sign that is stated fails"),
}  # fmt: skip
FALSE: dict[str, Any] = {
    "a step of a trace that grows": small(ATTENTION, equal(["next", N_TRACE], N_TRACE), motion=ASTEP, values=APOINT),
    "a given flow, of the wrong sign": small(PAIR, {"kind": "conserved", "what": ["*", at("p"), square(at("y"))], "by": []}, motion=GIVEN, values=AT_TWO),
    "a given flow of a family, another place": small(FAMILY, {"kind": "decay", "what": at("x", 1), "rate": "2", "by": []}, motion=BY_PLACE, values={"x": ["1", "3"]}),
    "a given flow without one rate": small(PAIR, {"kind": "conserved", "what": at("y"), "by": []}, motion=flows(p=at("p")), values=AT_TWO),
    "the rate of a constant": small({**PAIR, "c": {"role": "constant"}}, {"kind": "conserved", "what": ["*", at("p"), at("y")], "by": []},
                                    motion=flows(p=at("p"), y=minus(at("y")), c="0"), values={**AT_TWO, "c": "1"}),
    "a rate that need not be continuous": small({**PAIR, "f": {"role": "free"}}, {"kind": "conserved", "what": ["*", at("p"), at("y")], "by": []},
                                                motion=flows(p=["*", at("f"), at("p")], y=["*", "-1", at("f"), at("y")]), values={**AT_TWO, "f": "1"}),
    "a rate by a rate": small(PAIR, {"kind": "conserved", "what": at("y"), "by": []}, motion=flows(p=at("p"), y=["D", at("p")]), values=AT_TWO),
    "a rate by a start value": small(PAIR, {"kind": "conserved", "what": ["*", at("p"), at("y")], "by": []},
                                     motion=flows(p=["start", at("p")], y=minus(at("y"))), values=AT_TWO),
    "a rate of another type": small(SQUARE, equal(["D", at("W")], at("W")), motion=flows(W=["tr", at("W")]), values=MATRIX),
    "no rate at all": small(PAIR, {"kind": "conserved", "what": at("y"), "by": []}, motion={"kind": "flow", "rates": {}}, values=AT_TWO),
    "nothing moves there": small(PAIR, {"kind": "conserved", "what": ["*", at("p"), at("y")], "by": []}, motion=GIVEN, values={"p": "0", "y": "0"}),
    "a next of a given flow": small(PAIR, equal(["next", at("p")], at("p")), motion=GIVEN, values=AT_TWO),
    "positive, of what may be 0": small(SIGNED, order("gt", ["+", square(at("c")), square(at("z"))]), values=AT_SIGNS),
    "positive, an odd power of what is not 0": small(SIGNED, order("gt", ["+", at("a"), at("b")]), values=AT_SIGNS),
    "positive, a root that may be 0": small({**SIGNED, "q": {"role": "root", "degree": "2", "is": square(at("c"))}}, order("gt", at("q")), values={**AT_SIGNS, "q": "3"}),
    "positive, by what is not negative": small(SIGNED, order("gt", at("z"), {"use": "h"}), assume={"h": {"time": "always", "ge": [at("z"), "0"]}}, values=AT_SIGNS),
    "positive, by what is not 0": small(SIGNED, order("gt", at("z"), {"use": "h"}), assume={"h": {"time": "always", "ne": [at("z"), "0"]}}, values=AT_SIGNS),
    "not zero, a sum": small(SIGNED, order("ne", ["+", at("a"), at("b")]), values=AT_SIGNS),
    "not zero, of what may be 0": small(SIGNED, order("ne", ["*", at("c"), at("b")]), values=AT_SIGNS),
    "not zero, by what is not negative": small(SIGNED, order("ne", ["+", at("b"), at("z")], {"use": "h"}), assume={"h": {"time": "always", "ge": [at("z"), "0"]}}, values=AT_SIGNS),
    "not zero, a sum over a set": small({"s": {"role": "constant", "sign": "!=", "for": {"i": "n"}}}, order("ne", ["sum", "i", "n", at("s", "i")]), values={"s": ["1", "2"]}),
    "not negative, of an odd power": small(SIGNED, order("ge", ["*", at("c"), at("b")]), values=AT_SIGNS),
    "a number is positive": small(SIGNED, order("gt", "2", to="1"), values=AT_SIGNS),
    "a number is not negative": small(SIGNED, order("ge", ["+", at("b"), "1"], to=at("b")), values=AT_SIGNS),
    "two relations": small(SIGNED, {**order("gt", at("b")), "ge": [at("b"), "0"]}, values=AT_SIGNS),
    "an equation that is an inequality": small(SIGNED, {**order("gt", at("b")), "kind": "equation"}, values=AT_SIGNS),
    "a name whose sign fails there": small(NAMED, equal(["D", ["^", at("m"), "-1"]], ["*", "-1", ["^", at("m"), "-2"]]), motion=flows(y="1"), values={"y": "1"}),
    "a name without a sign divides": small({**NAMED, "m": {"role": "name", "is": at("y")}}, equal(["D", ["^", at("m"), "-1"]], ["*", "-1", ["^", at("m"), "-2"]]), motion=flows(y="1"), values={"y": "2"}),
    "a root of a name that is not 0": small(NAMED, equal(["D", ["^", at("m"), "1/2"]], ["*", "1/2", ["^", at("m"), "-1/2"]]), motion=flows(y="1"), values={"y": "2"}),
    "a sign of a matrix": small({**SQUARE, "M": {"role": "name", "is": at("W"), "sign": ">"}}, equal(["D", at("M")], minus(at("W")), {"use": "M@"}), motion=TRACE, values=MATRIX),
    "a sign that is no sign of a name": small({**NAMED, "m": {**NAMED["m"], "sign": ">="}}, order("ge", at("m")), motion=flows(y="1"), values={"y": "2"}),
    "a step conserves nothing": small(ETA, equal(["next", square(at("v"))], square(at("v"))), motion=STEP, values={"v": "3", "eta": "1/2"}),
    "a step of matrices conserves nothing": small(ATTENTION, equal(["next", GRAM], GRAM), motion=ASTEP, values=APOINT),
    "a step of a loss": small(ATTENTION, equal(["next", at("E")], at("E")), motion=ASTEP, values=APOINT),
    "a step of a gradient": small(ATTENTION, equal(["next", at("P")], at("P")), motion=ASTEP, values=APOINT),
    "a law along steps": small(ETA, {"kind": "conserved", "what": at("v"), "by": []}, motion=STEP, values={"v": "3", "eta": "1/2"}),
    "D along steps": small(ETA, equal(["D", at("v")], minus(at("v"))), motion=STEP, values={"v": "3", "eta": "1/2"}),
    "a start of steps": small(ETA, equal(["start", at("v")], at("v")), motion=STEP, values={"v": "3", "eta": "1/2"}),
    "a step of what moves as size": small(ETA, equal(["next", at("v")], at("v")), motion={**STEP, "size": "v"}, values={"v": "3", "eta": "1/2"}),
    "next along a flow": small(V, equal(["next", at("v")], at("v")), motion=HALF, values={"v": "3"}),
    "decay, another rate": small(V, {**LAW, "rate": "-2"}, motion=HALF, values={"v": "3"}),
    "decay, a rate that moves": small(V, {**LAW, "rate": at("v")}, motion=HALF, values={"v": "3"}),
    "keeps-sign, another cofactor": small(V, {**SIGN, "cofactor": "2"}, motion=HALF, values={"v": "3"}),
    "a derivative by a product, another degree": small(
        FACTORS, {**BY_W, "eq": [BY_W["eq"][0], ["*", "2", *BY_W["eq"][1][2:]]]}, values={"u": [["1", "2"], ["3", "1"]]}),
    "keeps-sign, the cofactor of what is not squared": small(V, {**SIGN, "cofactor": "-1"}, motion=HALF, values={"v": "3"}),
    "one index of a set is another, which is left out": small(
        PICKS, {**PICKS_IS, "eq": [at("s", "i"), ["sum", "j", "n", ["*", at("x", "j"), at("y", "j")]]],
                "by": [{"use": "s@", "at": ["i"]}]}, values=XYS),
    "one index of a set is another, to the power 0": small(
        PICKS, {**PICKS_IS, "eq": [at("s", "i"), ["sum", "j", "n", ["*", ["^", ["is", "j", "i"], "0"], at("x", "j"), at("y", "j")]]],
                "by": [{"use": "s@", "at": ["i"]}]}, values=XYS),
    "power of a matrix": small(SQUARE, equal(["D", TRN], ["*", "-1", TRN]), motion=TRACE, values=MATRIX),
    "what no form says": small({**FORM, "S": FORM["Q"]}, BY_FORM, values=AT_FORM),
    "what traces say of any form": small(FORM, equal(["tr", ["*", at("S"), at("Q")]], ["tr", ["*", at("Q"), at("S")]]), values=AT_FORM),
    "log, the other sign": small(LOGS, {**MIRROR, "what": ["+", at("y"), minus(at("z"))]}, motion=flow(at("J")),
                                 values=AT_ONE),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_it_proves(name: str) -> None:
    proves(*TRUE[name])


@pytest.mark.parametrize("name", FALSE)
def test_it_does_not_prove(name: str) -> None:
    code, said = answer(FALSE[name])
    assert code == 1 and "not understood" not in said, said


def witness(conclusion: Any, **values: Any) -> Any:
    data = small(V, conclusion, motion=HALF, values=values)
    data["witness"] = data.pop("instance")
    del data["conclude"]["c"]["by"]
    return data


@pytest.mark.parametrize(
    ("conclusion", "code"),
    [
        ({"kind": "conserved", "what": at("v"), "by": []}, 0),
        ({**LAW, "rate": "-2"}, 0),
        (LAW, 1),
        (equal(at("v"), "2"), 0),
        ({"kind": "inequality", "ge": [at("v"), "4"], "by": []}, 0),
        ({"kind": "inequality", "ge": [at("v"), "3"], "by": []}, 1),
        ({"kind": "inequality", "gt": [at("v"), "3"], "by": []}, 0),
        ({"kind": "inequality", "gt": [at("v"), "2"], "by": []}, 1),
        ({"kind": "inequality", "ne": [at("v"), "3"], "by": []}, 0),
        ({"kind": "inequality", "ne": [at("v"), "2"], "by": []}, 1),
        (SIGN, 1),
    ],
)
def test_witnesses(conclusion: Any, code: int) -> None:
    """A witness refutes what fails at it, and nothing that holds there."""
    found, said = answer(witness(conclusion, v="3"))
    assert found == code, said
    assert code == 1 or (said.startswith("refuted") and "false is [c]" in said)


def test_a_witness_satisfies_the_hypotheses() -> None:
    data = certificate("quasi-norm")
    data["steps"], data["witness"] = [], data.pop("instance")
    del data["conclude"]["conserved"]["by"]
    data["conclude"]["conserved"]["what"] = square(at("u", 1, 1))
    data["witness"]["values"]["u"][0][0] = "7"
    code, said = answer(data)
    assert code == 1, said
