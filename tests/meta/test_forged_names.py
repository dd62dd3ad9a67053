"""What a reader prints is what it checked: names and texts that a certificate brings along.

The kind: a certificate, made by hand, whose checked object and printed sentence differ, because a
name reads as something else (an index i-1, a state x', a block called like half a sentence), a mark
is computed and not printed, a sign is printed and not checked, or what stays constant is not said.
Other members: look-alikes of other alphabets, superscripts and fractions, words of sentences, names
that differ by a line below only, a name of two roles, free text in front of a formula. Cases are
generated: every name of a list at every place where a certificate names something.
"""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.meta.certificates import (
    BALANCE,
    BALANCED_START,
    EULER,
    FRACTION,
    FREE_START,
    GAP,
    NORM,
    Q,
    conserved,
    equation,
    point,
    proved,
    times,
)
from verify import check, check_enclosure
from verify.check import Refused

ROOT = Path(__file__).parents[2]


@cache
def _shipped(place: str) -> str:
    return (ROOT / "proofs" / place).read_text()


def shipped(place: str) -> Any:
    return json.loads(_shipped(place))


def refused(body: Any, why: str) -> None:
    with pytest.raises(Refused, match=why):
        check.check(check.load(json.dumps(body).encode()))


def named(x: Any, old: str, new: str) -> Any:
    if isinstance(x, dict):
        return {k: named(y, old, new) for k, y in x.items()}
    if isinstance(x, list):
        return [named(y, old, new) for y in x]
    return new if x == old else x


# --- networks: indices, data of the loss
STRANGE = ("i-1", "i_1", "u1", "w_1", "L", "n", "eta", "kappa", "J2", "N", "layers", "in", "all")


@pytest.mark.parametrize("index", STRANGE)
@pytest.mark.parametrize("place", ["free", "bound"])
def test_an_index_is_a_word_of_its_own(place: str, index: str) -> None:
    """sum[i-1 in coordinates](q_i-1) was PROVED constant: a reader of it sees q_i, less one."""
    if place == "free":
        body = proved([], conserved(named(GAP, "i", index)), point(NORM, FREE_START))
    else:
        start = point(FRACTION, BALANCED_START)
        body = proved([EULER, BALANCE], conserved(named(Q, "i", index)), start, ["-2"])
    refused(body, "index|name")


def test_an_index_of_a_hint_may_carry_a_number() -> None:
    """Cofactors are written from normal forms, whose indices are numbered."""
    start, degree = (
        point(FRACTION, BALANCED_START),
        ["sum", "i_2", "coordinates", ["at", "q", "i_2"]],
    )
    zero = times("0", degree)
    body = proved([EULER, BALANCE], conserved(Q), start, ["-2"])
    body["proof"]["main"]["cofactors"] = [{"euler": ["+", "-2", zero]}]
    assert check.check(body)


FORMS = ["u", "w", "q", "J", "e", "t", "d", "u1", "eta", "n", "L", "not", "i-1"]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("kind", ["quad", "lin"])
def test_data_of_a_loss_bear_no_name_of_something_else(kind: str, name: str) -> None:
    """Euler's identity of one form, written as a sum, so that it says something."""
    x, degree = ["form", kind, name], "2" if kind == "quad" else "1"
    sides = equation(["euler", times(x, "1/2")], times(degree, x, "1/2"))
    refused(proved([], sides, point(NORM, FREE_START)), "name")
    assert check.check(proved([], named(sides, name, "z"), point(_with("z", kind), FREE_START)))


def _with(name: str, kind: str, more: Any = None) -> Any:
    """A loss with a matrix or a vector that it does not use."""
    datum = [["1", "0"], ["0", "2"]] if kind == "quad" else ["1", "2"]
    loss = copy.deepcopy(NORM if more is None else more)
    loss["data"][name] = datum
    return loss


def test_data_of_a_loss_are_a_matrix_or_a_vector() -> None:
    """(w'x w) (x'w): x was both."""
    quad, lin = ["form", "quad", "x"], ["form", "lin", "x"]
    sides = equation(["euler", times(quad, lin)], times("3", quad, lin))
    refused(proved([], sides, point(NORM, FREE_START)), "name")
    y, z = ["form", "quad", "y"], ["form", "lin", "z"]
    fine = equation(["euler", times(y, z)], times("3", y, z))
    both = _with("y", "quad", _with("z", "lin"))
    assert check.check(proved([], fine, point(both, FREE_START)))


@pytest.mark.parametrize("name", ["w_1", "w1", "u", "e", "sum", "L", "kappa", "J", "w-1"])
def test_a_number_of_the_loss_reads_as_a_number(name: str) -> None:
    """J = w_1 was printed for a loss that multiplies by a number called w_1."""
    refused(proved([], conserved(GAP), point(_loss(name), FREE_START)), "name|constant")
    assert check.check(proved([], conserved(GAP), point(_loss("c"), FREE_START)))


def _loss(name: str) -> Any:
    return {"expr": times(["const", name], ["at", "w", 1]), "data": {name: "5"}}


# --- actions: marks, blocks, groups
def _words(body: Any) -> list:
    return [
        f for c in body["conclusions"].values() if "words" in c for _, w in c["words"] for f in w
    ]


@pytest.mark.parametrize("star", [-1, 2, 1, 0, True, "", "*", [], None])
def test_a_star_is_there_or_not(star: Any) -> None:
    """With -1 the conjugate was taken, and no star printed."""
    body = shipped("certificates/moment-map-layers.json")
    changed = 0
    for factor in _words(body):
        if type(star) is bool:
            continue
        if bool(factor[2]) == bool(star):
            factor[2], changed = star, changed + 1
    if changed:
        refused(body, "word")
    else:
        assert "mu = 1 W[0] W[0]* + -1 W[1]* W[1]" in check.check(body)


TEXTS = ("0 and phi is onto, mu = 1 W", "W*", "W[1]", "", "x" * 70, "tr", 3, None)


@pytest.mark.parametrize("text", TEXTS)
def test_a_block_is_called_by_a_word(text: Any) -> None:
    body = shipped("certificates/moment-map-layers.json")
    for factor in _words(body):
        factor[0] = text
    for case in body["cases"]:
        for block in case["blocks"]:
            block[0] = text
    refused(body, "block|name")


def test_blocks_and_groups_are_printed() -> None:
    """mu = W[0] W[0]* said nothing of what W is, nor which xi belongs to which a."""
    body = shipped("certificates/moment-map-layers.json")
    said = check.check(body)
    assert "W_1 = (W1_1,1, W1_1,2; W1_2,1, W1_2,2)" in said and "xi_1: E_1,1 of 1" in said
    other = copy.deepcopy(body)  # the coordinates of W_1 change places, as do the matrices
    for case in other["cases"]:
        case["names"] = [f"y{n}" for n in range(len(case["names"]))]
    assert "W_1 = (y0, y1; y2, y3)" in check.check(other)


BAD_BLOCKS = {
    "negative group": lambda c: c["groups"][0].__setitem__(1, [-1, -1]),
    "negative index": lambda c: c["blocks"][0].__setitem__(1, [-1]),
    "empty block": lambda c: c["blocks"].append(["V", [1], []]),
    "empty row": lambda c: c["blocks"].append(["V", [1], [[]]]),
    "ragged block": lambda c: c["blocks"].append(["V", [1], [[0, 1], [2]]]),
    "block twice": lambda c: c["blocks"].append(["W", [1], [[0, 1], [2, 3]]]),
    "a text for an index": lambda c: c["blocks"].append(["V", ["1"], [[0]]]),
    "one place twice": lambda c: c["groups"].__setitem__(1, c["groups"][0]),
    "permutation of booleans": lambda c: c["permutations"].append(
        [False, True, *range(2, len(c["names"]))]
    ),
}


@pytest.mark.parametrize("what", BAD_BLOCKS)
def test_blocks_groups_and_permutations_are_well_formed(what: str) -> None:
    body = shipped("certificates/moment-map-layers.json")
    BAD_BLOCKS[what](body["cases"][0])
    refused(body, "block|group|place|permutation|integer")


COORDINATES = ("g", "phi", "theta", "xi", "xi_1", "mu", "sin", "x,y", "a,", "W2_1,1", "v_1", "tr")


@pytest.mark.parametrize("name", COORDINATES)
def test_a_coordinate_has_a_name_of_its_own(name: str) -> None:
    body = shipped("certificates/moment-map-layers.json")
    for case in body["cases"]:
        case["names"][0] = name
        if name == "v_1":
            case["names"][1] = "v1"
    refused(body, "name")


# --- matrices: signs, definitions
def _matrices(positive: list, value: str) -> Any:
    """M* M = s_k at one state."""
    norm = ["tr", ["*", ["letter", "M", None], ["mark", "H", ["letter", "M", None]]]]
    setting = {
        "letters": [{"name": "M", "rows": "a", "cols": "a", "index": "", "form": "free"}],
        "sequences": ["s"],
        "positive": positive,
        "square": False,
        "layers": False,
        "least_depth": 1,
        "motion": {"kind": "still"},
        "definitions": {},
    }
    sides = {
        "kind": "matrix-identity",
        "left": norm,
        "right": ["*", ["seq", "s", {"k": 1}], ["const", "c"]],
        "first": 1,
        "less": 1,
    }
    witness = {
        "conclusion": "c",
        "obligation": "identity",
        "index": 1,
        "depth": 2,
        "sizes": {"a": 1},
        "values": {"M": [["1"]]},
        "scalars": {"c": value},
        "sequences": {"s": ["-5"]},
    }
    return {
        "format": "flowlaw-matrices",
        "version": 1,
        "claim": "mine",
        "statement": "",
        "verdict": "REFUTED",
        "kept": {},
        "forms": {},
        "setting": setting,
        "assuming": [],
        "conclusions": {"c": sides},
        "witness": witness,
    }


@pytest.mark.parametrize("name", ["s", "M", "a", "foo", "eta", "N"])
def test_what_is_printed_as_positive_is_a_constant_and_is(name: str) -> None:
    """s > 0 was printed, and the witness had s_1 = -5: refuted what nobody stated."""
    refused(_matrices([name], "2"), "positive")


@pytest.mark.parametrize("value", ["0", "-2", "-1/3"])
def test_a_positive_constant_is_positive_at_every_state(value: str) -> None:
    assert check.check(_matrices([], value)).startswith("REFUTED")
    assert "c > 0" in check.check(_matrices(["c"], "2"))
    refused(_matrices(["c"], value), "positive")
    unused = _matrices(["c"], value)
    unused["conclusions"]["c"]["right"] = ["*", ["num", "0"], ["const", "c"]]
    refused(unused, "positive")


@pytest.mark.parametrize("text", ["every start is balanced; S", "S = 0, S", "always: S"])
def test_the_name_of_a_definition_is_quoted(text: str) -> None:
    """It is a text of its author, and was printed like what was checked."""
    body = shipped("certificates/dln-kempf-ness.json")
    body["setting"]["definitions"] = {text: body["setting"]["definitions"]["S"]}
    body["kept"] = {text if k == "S" else k: v for k, v in body["kept"].items()}
    for proof in body["proof"].values():
        for part in ("steps", "lemmas"):
            proof[part] = relations_named(proof[part], "S", text)
    assert f"{text!r}: " in check.check(body)


def relations_named(x: Any, old: str, new: str) -> Any:
    """The steps with another name of one relation; a letter of that name stays."""
    if isinstance(x, list):
        return [relations_named(y, old, new) for y in x]
    if not isinstance(x, dict):
        return x
    x = {k: relations_named(y, old, new) for k, y in x.items()}
    return x | {"relation": new} if x.get("relation") == old else x


# --- enclosures: states and facts
@cache
def _enclosure() -> str:
    body = shipped("enclosures/kn-norm-enclosed.json")
    body["parts"] = body["parts"][:1]
    part = body["parts"][0]
    part["names"], part["facts"] = list("abchvwxy"), part["facts"][:1]
    return json.dumps(body)


def enclosure(last: str, title: str = "q") -> Any:
    body = json.loads(_enclosure())
    part = body["parts"][0]
    part["names"][-1] = last
    fact = part["facts"][0]
    fact["name"] = title
    begin = ", ".join(f"{n} = {x}" for n, x in zip(part["names"], part["start"], strict=True))
    until = f"{fact['after']} <= t <= {part['horizon']}"
    body["statement"] = (
        f"{part['label']!r}: from {begin}: {title!r} {fact['relation']} {fact['bound']} for {until}"
    )
    return body


def refused_enclosure(body: Any, why: str) -> None:
    with pytest.raises(check_enclosure.Refused, match=why):
        check_enclosure.check(check_enclosure.load(json.dumps(body).encode()))


STATES = (
    "\u0445",
    "x'",
    "x²",
    "½",
    "x,y",
    "\uff58",
    "x[",
    "x]",
    "x[y]",
    "_",
    "e",
    "d",
    "sin",
    "x_",
    "μ",
)


@pytest.mark.parametrize("name", STATES)
def test_a_state_reads_as_nothing_else(name: str) -> None:
    """Of a state called x² beside x, "x² < 1" was enclosed; x' is no derivative of x."""
    refused_enclosure(enclosure(name), "name")


TITLES = (
    "\u0445",
    "x ",
    " x",
    "(x)",
    "x' < 0 and q",
    "q > x",
    "\uff58",
    "q\u200b",
    "x\u0301",
    "[y]",
    "w≤1",
)


@pytest.mark.parametrize("title", TITLES)
def test_the_title_of_a_fact_is_no_state_and_no_sentence(title: str) -> None:
    refused_enclosure(enclosure("y", title), "name|line")


def test_plain_names_are_read() -> None:
    assert check_enclosure.check(enclosure("W_2[1,2]", "||W||^2 - min")).startswith("ENCLOSED")
