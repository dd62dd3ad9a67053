"""Gates (1 where a term is > 0) and speeds (what a gradient is multiplied by) kept honest.

Kinds: a gate that could switch while the statement speaks (in a step, of what may jump), a gate
whose value a certificate chooses, a gate that is read where its term is 0; a speed that moves, that
is not positive, of what is no parameter, of nothing; a law that holds for other speeds only.
"""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from tests.kernel.read import answer, refuses

Json = Any
SQUARES: Json = ["+", ["^", ["at", "a"], "2"], ["*", "-1", ["^", ["at", "w"], "2"]]]


def unit(**changes: Json) -> Json:
    """One unit a s w x with s the gate of w x, and what is changed in it."""
    x: Json = {
        "format": "flowlaw-certificate", "version": 2,
        "setting": {
            "integers": {}, "sets": [], "families": [],
            "letters": {
                "a": {"role": "parameter"}, "w": {"role": "parameter"}, "x": {"role": "constant"},
                "s": {"role": "gate", "is": ["*", ["at", "w"], ["at", "x"]]},
                "E": {
                    "role": "loss", "gradient": "g",
                    "of": ["*", ["at", "a"], ["at", "s"], ["at", "w"], ["at", "x"]],
                },
            },
            "motion": {"kind": "gradient-flow", "of": ["at", "E"]},
        },
        "assume": {}, "steps": [],
        "conclude": {"law": {"kind": "conserved", "what": SQUARES, "by": []}},
        "instance": {
            "integers": {}, "sets": {}, "families": {},
            "values": {"a": "2", "w": "3", "x": "1", "E": "0", "g": "1"},
        },
    }  # fmt: skip
    x = deepcopy(x)
    for path, value in changes.items():
        inner = x
        *keys, last = path.split("__")
        for k in keys:
            inner = inner[k]
        inner[last] = value
    return x


S = "setting__letters__s"
SPEEDS = "setting__motion__speeds"
STEP = {"kind": "gradient-step", "of": ["at", "E"], "size": "x"}
REFUSED: dict[str, tuple[Json, str]] = {
    "its term is 0": (unit(instance__values__w="0"), "its term is 0"),
    "a value that is chosen": (
        unit(instance__values={"a": "2", "w": "3", "x": "1", "s": "1", "E": "0", "g": "1"}),
        "expected values of",
    ),
    "of what may jump": (
        unit(setting__letters__x={"role": "free"}), "no continuous number",
    ),
    "in a step": (
        unit(setting__motion=STEP, conclude__law={
            "kind": "equation", "eq": [["next", SQUARES], SQUARES], "by": []}),
        "may switch",
    ),
    "of a name, in a step": (
        unit(setting__letters={
            "a": {"role": "parameter"}, "x": {"role": "constant"},
            "s": {"role": "gate", "is": ["at", "a"]}, "M": {"role": "name", "is": ["at", "s"]}},
            setting__motion={"kind": "gradient-step", "of": ["at", "a"], "size": "x"},
            conclude__law={"kind": "equation", "eq": [["next", ["at", "M"]], ["at", "M"]],
                           "by": []}),
        "may switch",
    ),
    "of a later letter": (
        unit(**{S: {"role": "gate", "is": ["at", "E"]}}), "is no letter here",
    ),
    "with a sign": (
        unit(**{S: {"role": "gate", "is": ["at", "a"], "sign": ">"}}), "unknown field",
    ),
    "a gate as an exponent": (
        unit(conclude__law__what=["^", ["at", "a"], "s"]), "no integer, index or constant",
    ),
    "a gate as the rate of a decay": (
        unit(conclude__law={"kind": "decay", "what": SQUARES, "rate": ["at", "s"], "by": []}),
        "made of constants",
    ),
    "no speed": (unit(**{SPEEDS: {}}), "none is given"),
    "the speed of a constant": (unit(**{SPEEDS: {"x": "2"}}), "is no parameter"),
    "a speed that moves": (unit(**{SPEEDS: {"a": ["^", ["at", "w"], "2"]}}), "made of constants"),
    "a speed that is a gate": (unit(**{SPEEDS: {"a": ["at", "s"]}}), "made of constants"),
    "a speed of any sign": (unit(**{SPEEDS: {"a": ["at", "x"]}}), "made of constants"),
    "a negative speed": (unit(**{SPEEDS: {"a": "-1"}}), "made of constants"),
    "a speed 0": (unit(**{SPEEDS: {"a": "0"}}), "made of constants"),
    "speeds of a step": (
        unit(setting__letters__s={"role": "constant"},
             setting__motion={**STEP, "speeds": {"a": "2"}}), "unknown field",
    ),
    "the law of other speeds": (unit(**{SPEEDS: {"a": "2"}}), "do not close it"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    refuses(*REFUSED[name])


def test_accepted_as_it_stands_and_says_where() -> None:
    code, said = answer(unit())
    assert code == 0 and "on each activation region" in said
    assert "s = 1 where w x > 0, 0 where it is < 0" in said


def test_the_speed_is_in_the_sentence() -> None:
    weighted: Json = ["+", ["*", "1/2", ["^", ["at", "a"], "2"]], SQUARES[2]]
    own = {SPEEDS: {"a": "2"}, "conclude__law__what": weighted}
    code, said = answer(unit(**own))
    assert code == 0 and "gradients times speeds" in said and "d/dt a = -2 g s w x" in said


def test_a_gate_is_computed_from_its_term() -> None:
    """Drawn points: where the term is < 0 nothing moves, and there is no instance."""
    source = Random(5)
    for _ in range(40):
        values = {x: str(Fraction(source.randint(-3, 3))) for x in "awxEg"}
        code, said = answer(unit(instance__values=values))
        inner = Fraction(values["w"]) * Fraction(values["x"])
        moves = inner > 0 and values["g"] != "0" and (values["a"], values["w"]) != ("0", "0")
        assert code == 1 or moves, (values, said)
        if code == 1 and moves:
            assert "everything in it is 0" in said, (values, said)


def test_a_law_that_holds_whatever_moves_says_nothing() -> None:
    """exp(a) exp(-a) is 1, whatever the flow is; a product of two that move is another thing."""
    letters: Json = unit()["setting"]["letters"]
    letters |= {"y": {"role": "exp", "is": ["at", "a"]}}
    letters |= {"z": {"role": "exp", "is": ["*", "-1", ["at", "a"]]}}
    law: Json = {"kind": "conserved", "what": ["*", ["at", "y"], ["at", "z"]], "by": []}
    values: Json = {"a": "0", "w": "3", "x": "1", "E": "0", "g": "1"}
    said = answer(unit(setting__letters=letters, conclude__law=law, instance__values=values))
    assert said[0] == 1 and "whatever moves" in said[1], said
    del letters["y"], letters["z"]
    letters["E"]["of"] = ["*", ["at", "x"], ["+", ["^", ["at", "a"], "2"],
                                             ["*", "-1", ["^", ["at", "w"], "2"]]]]  # fmt: skip
    law["what"] = ["*", ["at", "a"], ["at", "w"]]
    own = unit(setting__letters=letters, conclude__law=law)
    assert answer(own)[0] == 0
