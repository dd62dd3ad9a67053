"""Each rule that no certificate of the shelf uses proves one true sentence; near it stands a false
one, which does not pass.
"""

# ruff: noqa: E501

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.forgeries import N, at, changed, equal, flow, minus, small, square
from tests.kernel.read import answer, certificate

X = {"x": {"role": "constant", "for": {"k": N}}}
ONES = {"x": ["1", "1"]}
ALL: dict[str, Any] = {"for": {"k": N}}
ONE = {"time": "always", "eq": [at("x", 1), "1"]}
REST = {"time": "always", "for": {"k": {"from": 2, "to": "N"}}, "eq": [at("x", "k"), "1"]}
CASES = {
    "rule": "cases", "name": "s", **ALL, "over": "k", "after": 1, "eq": [at("x", "k"), "1"],
    "low": [{"use": "one"}], "high": [{"use": "rest", "at": ["k"]}],
}  # fmt: skip
V = {"v": {"role": "parameter"}}
HALF = flow(["*", "1/2", square(at("v"))])
LAW: dict[str, Any] = {"kind": "decay", "what": at("v"), "rate": "-1", "by": []}
SIGN: dict[str, Any] = {"kind": "keeps-sign", "what": at("v"), "cofactor": "-1", "by": []}
LAYERS = {
    "u": {"role": "constant", "for": {"l": N, "i": "n"}},
    "S": {"role": "constant"},
    "w": {"role": "product", "of": "u", "others": "P"},
    "q": {"role": "root", "for": {"i": "n"}, "degree": "N", "is": square(at("w", "i"))},
}
BELOW = {
    "time": "always",
    "for": {"l": N},
    "ge": [at("S"), ["sum", "i", "n", square(at("u", "l", "i"))]],
}
HOELDER = {
    "rule": "hoelder", "name": "s", "over": {"i": "n"}, "of": "w", "layer": "l", "power": "2",
    "root": at("q", "i"), "bound": at("S"), "power-by": [{"use": "q@", "at": ["i"]}],
    "by": [{"use": "below", "at": ["l"]}],
}  # fmt: skip
BOUNDED = {
    "kind": "inequality",
    "ge": [at("S"), ["sum", "i", "n", at("q", "i")]],
    "by": [{"use": "s"}],
}
TWO = {"u": [["1", "2"], ["1", "2"]], "S": "5", "q": ["1", "4"]}
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
SPLIT = {"rule": "split", "name": "s", "sum": ["k", N, at("x", "k")], "after": 1}
DELTA = {"rule": "delta", "name": "s", "sum": ["k", N, at("x", "k")], "at": "N"}
FREE = {"x": {"role": "free"}}
POSITIVE = {"rule": "positive", "name": "s", "gt": [["+", square(at("x")), "1"], "0"]}


def total(low: Any) -> Any:
    return ["sum", "k", {"from": low, "to": "N"}, at("x", "k")]


def diffed() -> Any:
    """D of what is kept."""
    data = changed("quasi-norm", "conclude", "rates", equal(
        ["D", square(at("u", "l", "i"))], ["D", square(at("u", 1, "i"))], {"use": "z", "at": ["l", 1, "i"]}
    ) | {"for": {"l": {"from": 1, "to": "L"}, "i": "coord"}})  # fmt: skip
    data["steps"].insert(1, {"rule": "diff", "name": "z", "use": "balanced"})
    return data


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
APOINT = {
    "eta": "1/2",
    "Q": [["1", "2"], ["0", "1"]],
    "K": [["3", "1"]],
    "E": "0",
    "P": [["1"], ["2"]],
}


TRUE: dict[str, tuple[Any, str]] = {
    "cases": (small(X, equal(at("x", "k"), "1", {"use": "s", "at": ["k"]}) | ALL, [CASES],
                    {"one": ONE, "rest": REST}, ONES), "x_(k) = 1"),
    "split": (small(X, equal(total(1), ["+", at("x", 1), total(2)], {"use": "s"}), [SPLIT], values=ONES), "= x_(1) +"),
    "delta": (small(X, equal(["sum", "k", N, ["*", ["is", "k", "N"], at("x", "k")]], at("x", "N"), {"use": "s"}),
                    [DELTA], values=ONES), "[k = N] x_(k) = x_(N)"),
    "positive": (small(FREE, {"kind": "inequality", "ge": [["+", square(at("x")), "1"], "0"], "by": [{"use": "s"}]},
                       [POSITIVE], values={"x": "0"}), "x^2 + 1 >= 0"),
    "decay": (small(V, LAW, motion=HALF, values={"v": "3"}), "v = exp((-1) t) times its value at the start"),
    "keeps-sign": (small(V, SIGN, motion=HALF, values={"v": "3"}), "v keeps its sign"),
    "hoelder": (small(LAYERS, BOUNDED, [HOELDER], {"below": BELOW}, TWO), "S >= Sum_(i in n) q_(i)"),
    "power of a matrix": (small(SQUARE, equal(["D", TRN], ["*", "-1", at("N"), TRN]), motion=TRACE, values=MATRIX),
                          "d/dt(Re tr(W^N)) = -N Re tr(W^N)"),
    "log": (small(LOGS, MIRROR, motion=flow(at("J")), values=AT_ONE), "y + z is conserved"),
    "a step": (small(ETA, equal(["next", square(at("v"))], SHRUNK), motion=STEP, values={"v": "3", "eta": "1/2"}), "next(v) = v + -eta v"),
    "a step of matrices": (small(ATTENTION, equal(["next", GRAM], ["+", GRAM, GROWN]), motion=ASTEP, values=APOINT), "one step of gradient descent on E"),
    "diff": (diffed(), "d/dt(u_(l,i)^2) = d/dt(u_(1,i)^2)"),
}  # fmt: skip
FALSE: dict[str, Any] = {
    "cases, cut too low": small(X, equal(at("x", "k"), "1", {"use": "s", "at": ["k"]}) | ALL,
                                [{**CASES, "after": 0}], {"one": ONE, "rest": REST}, ONES),
    "split, one summand lost": small(X, equal(total(1), total(2), {"use": "s"}), [SPLIT], values=ONES),
    "delta, elsewhere": small(X, equal(["sum", "k", N, ["*", ["is", "k", "N"], at("x", "k")]], at("x", 1),
                                       {"use": "s"}), [DELTA], values=ONES),
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
    "keeps-sign, another cofactor": small(V, {**SIGN, "cofactor": "1"}, motion=HALF, values={"v": "3"}),
    "hoelder, one layer": small(LAYERS, BOUNDED, [{**HOELDER, "by": [{"use": "below", "at": [1]}]}],
                                {"below": BELOW}, TWO),
    "hoelder, an odd power": small(LAYERS, BOUNDED, [{**HOELDER, "power": "1"}], {"below": BELOW}, TWO),
    "power of a matrix": small(SQUARE, equal(["D", TRN], ["*", "-1", TRN]), motion=TRACE, values=MATRIX),
    "log, the other sign": small(LOGS, {**MIRROR, "what": ["+", at("y"), minus(at("z"))]}, motion=flow(at("J")),
                                 values=AT_ONE),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_it_proves(name: str) -> None:
    data, says = TRUE[name]
    code, said = answer(data)
    assert code == 0 and says in said, said


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
