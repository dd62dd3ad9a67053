"""Forged certificates about dimensions, bad input, and sentences that must not come out proved."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from tests.reports import BY_ID
from verify.check import Refused
from verify.check_actions import check
from verify.claims.conclusions.of_actions import LawCount, Preserves, Stabiliser
from verify.claims.conclusions.of_dimensions import (
    BalancedDimension,
    CommonTangents,
    LeafByRank,
    LeafDimension,
    NormalsInFibre,
    OneRotation,
    OrthogonalFoliations,
    RotationsLeave,
)
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models.action import Action, DeepLinear, Diagonal, Explicit
from verify.terms.expr import const


@cache
def text_of(claim: str) -> str:
    certificate = judge(BY_ID[claim]).certificate
    assert certificate is not None
    return certificate.text


def put(*path) -> Callable[[dict], None]:
    """The last entry of the path is the new value."""

    def change(body: dict) -> None:
        for key in path[:-2]:
            body = body[key]
        body[path[-2]] = path[-1]

    return change


def proved(name: str, kind: str, proof: list, **numbers: list) -> Callable[[dict], None]:
    """Keep the cases of a proved claim and state one conclusion."""

    def change(body: dict) -> None:
        body["conclusions"] = {name: {"kind": kind, **numbers}}
        body["proof"] = {name: proof}

    return change


def printed_as_proved(body: dict) -> None:
    """The refuted sentence with the hints of a proved one."""
    del body["witness"]
    moving = {"theta": ["1"] * 8, "g": ["1"] * 4}
    body |= {"verdict": "PROVED", "proof": {"orthogonal": [{}]}, "instances": [moving]}


def one_law_less(body: dict) -> None:
    """A moment left out of the basis: one dimension more would be shared."""
    body["proof"]["common"][1]["basis"].pop()
    body["conclusions"]["common"]["dimensions"][1] += 1


def smaller_group(body: dict) -> None:
    """Only the diagonal matrices of the hidden algebra: its moments are fewer, its basis is
    complete.
    """
    case, proof = body["cases"][1], body["proof"]
    keep = [n for n, (_, (i, j)) in enumerate(case["groups"]) if i == j]
    case["algebra"], case["groups"] = ([case[k][n] for n in keep] for k in ("algebra", "groups"))
    proof["common"][1]["basis"] = proof["normals"][1]["basis"] = case["algebra"]


def phi_of_one_layer(body: dict) -> None:
    """The layers are there, phi is not their product."""
    body["cases"][2]["phi"][0] = [["1", [0]]]


def a_block_twice(body: dict) -> None:
    body["cases"][2]["blocks"][1][2] = body["cases"][2]["blocks"][0][2]


def a_layer_less(body: dict) -> None:
    """Fewer equations between the same coordinates."""
    body["cases"][3]["blocks"].pop()


def common_at_zero(body: dict) -> None:
    """At theta = 0 everything is sent to 0."""
    body["proof"]["common"][1]["theta"] = ["0"] * 8
    body["conclusions"]["common"]["dimensions"][1] = 8


DIM, LEAF, LOW = "dln-dim", "dln-dim-leaf", "dln-dim-low-rank"
MEET, PRINTED, FAMILY, ORBIT = (
    "dln-orthogonal",
    "dln-orthogonal-printed",
    "amb-solvable",
    "amb-solvable-orbit",
)
FORGERIES: dict[str, tuple[str, Callable[[dict], object]]] = {
    "another dimension of M": (DIM, put("conclusions", "dimension", "dimensions", 5, 16)),
    "a dimension left out": (DIM, put("conclusions", "dimension", "dimensions", [1, 1, 5, 6, 12])),
    "a point of its own": (DIM, put("proof", "dimension", 2, {"theta": ["0"] * 8})),
    "phi of one layer": (DIM, phi_of_one_layer),
    "a block twice": (DIM, a_block_twice),
    "a layer less": (DIM, a_layer_less),
    "another dimension of a leaf": (LEAF, put("conclusions", "dimension", "dimensions", 0, 17)),
    "another rank": (LEAF, put("conclusions", "dimension", "ranks", 0, 1)),
    "rank 0": (LEAF, put("conclusions", "dimension", "ranks", 0, 0)),
    "a rank beyond the size": (LEAF, put("conclusions", "dimension", "ranks", 3, 3)),
    "M instead of a leaf": (
        LEAF,
        proved("dimension", "balanced-dimension", [{}] * 4, dimensions=[14, 9, 10, 4]),
    ),
    "the misreading at low rank, proved": (
        LEAF,
        proved("dimension", "leaf-by-rank", [{}] * 4, ranks=[2, 1, 1, 1]),
    ),
    "the misreading at full rank": (LOW, put("conclusions", "dimension", "ranks", 0, 3)),
    "a witness that says too much": (LOW, put("witness", "theta", ["1"] * 27)),
    "another number that is shared": (MEET, put("conclusions", "common", "dimensions", 3, 5)),
    "a basis that lacks a moment": (MEET, one_law_less),
    "a smaller group": (MEET, smaller_group),
    "a count at 0": (MEET, common_at_zero),
    "a normal that changes phi": (MEET, put("cases", 1, "algebra", 0, [[0, 0, "1"]])),
    "foliations of a proved claim": (MEET, proved("x", "orthogonal-foliations", [{}] * 4)),
    "no rotation at d = 1": (
        MEET,
        proved("x", "rotations-leave", [{"basis": [], "skew": [], "theta": ["1"] * 3}] * 4),
    ),
    "the printed sentence, proved": (PRINTED, printed_as_proved),
    "v = 0": (PRINTED, put("witness", "v", ["0"] * 8)),
    "v that is not tangent": (PRINTED, put("witness", "v", ["1"] + ["0"] * 7)),
    "a point where nothing is a manifold": (PRINTED, put("witness", "theta", ["0"] * 8)),
    "rotations at a balanced point": (
        FAMILY,
        lambda b: b["proof"]["rotations"][0].update(theta=b["proof"]["family"][0]["theta"]),
    ),
    "no skew element": (FAMILY, put("proof", "rotations", 0, "skew", [])),
    "a skew element short": (FAMILY, lambda b: b["proof"]["rotations"][1]["skew"].pop()),
    "a rotation as the witness": (
        ORBIT,
        lambda b: b["witness"].update({k: rotated()[k] for k in ("theta", "v")}),
    ),
    "no rotations to compare with": (ORBIT, put("witness", "skew", [])),
    "a sentence that is not there": (ORBIT, put("conclusions", "orbit", "kind", "one-rotations")),
    "a float": (PRINTED, put("witness", "v", [1.0] * 8)),
}


def rotated() -> dict:
    """A balanced point and a vector that is tangent to both: there the rotations do stay."""
    return json.loads(text_of(PRINTED))["witness"]


@pytest.mark.parametrize("name", FORGERIES)
def test_forgeries_are_refused(name: str) -> None:
    claim, change = FORGERIES[name]
    body = json.loads(text_of(claim))
    assert check(copy.deepcopy(body)).startswith(BY_ID[claim].expected.name), (
        "the one that is forged is accepted"
    )
    before = copy.deepcopy(body)
    change(body)
    assert body != before, "a forgery that forges nothing"
    with pytest.raises(Refused):
        check(body)


def decided(conclusion, *cases, found: bool = False) -> Verdict:
    claim = replace(
        BY_ID[DIM],
        id="another",
        setting=Action(cases, found),
        concluding={"one": conclusion},
        remarks=(),
    )
    report = judge(claim)
    assert (report.certificate is not None) == (report.verdict in (Verdict.PROVED, Verdict.REFUTED))
    return report.verdict


x, y = const("x"), const("y")
SQUARE, CUBE = DeepLinear((2, 2, 2)), DeepLinear((3, 3, 3, 3))
STRETCH = Explicit(("x", "y"), (x,), (((1, 0), (0, 0)),))  # changes phi
TURN = Explicit(("x", "y"), (x**2 + y**2,), (((0, 1), (-1, 0)),))  # no symmetric element
TWICE = Explicit(
    ("x", "y"), (x * y, x * y), (((1, 0), (0, -1)),)
)  # rows that always depend on each other


def test_an_action_that_changes_phi_has_normals_outside() -> None:
    assert decided(NormalsInFibre(), STRETCH) is Verdict.REFUTED


def test_a_normal_is_of_a_symmetric_element() -> None:
    """A shear changes phi = x y; it is no normal, so the inclusion is not refuted by it."""
    shear = Explicit(("x", "y"), (x * y,), (((1, 0), (0, -1)), ((0, 1), (0, 0))))
    assert decided(NormalsInFibre(), shear) is Verdict.PROVED
    assert decided(Preserves(), shear) is Verdict.REFUTED


@pytest.mark.parametrize(
    "conclusion", [NormalsInFibre(), CommonTangents((1,)), OrthogonalFoliations(), OneRotation()]
)
def test_nothing_is_said_about_no_moment(conclusion) -> None:
    assert decided(conclusion, TURN) is Verdict.VACUOUS


def test_a_torus_has_no_rotation() -> None:
    assert decided(RotationsLeave(), Diagonal(2, 2)) is Verdict.VACUOUS


@pytest.mark.parametrize("dimension", [0, 1])
def test_rows_that_depend_bound_nothing(dimension: int) -> None:
    assert decided(CommonTangents((dimension,)), TWICE) is Verdict.UNDECIDED


def test_the_misreading_is_not_proved_where_it_holds() -> None:
    """At full rank the two numbers agree at a point; one point proves no sentence."""
    assert decided(LeafByRank((2,)), SQUARE) is Verdict.UNDECIDED


BAD: dict[str, Callable[[], object]] = {
    "a rank beyond the size": lambda: decided(LeafDimension((3,), (5,)), SQUARE),
    "layers of different sizes": lambda: decided(BalancedDimension((5,)), DeepLinear((2, 3, 2))),
    "no layers": lambda: decided(BalancedDimension((5,)), Diagonal(2, 2)),
    "a number for each of two cases": lambda: decided(CommonTangents((1,)), SQUARE, SQUARE),
    "a rank for each of two cases": lambda: decided(LeafDimension((1,), (4, 4)), SQUARE, SQUARE),
    "rank 0": lambda: LeafDimension((0,), (4,)),
    "a dimension below 0": lambda: CommonTangents((-1,)),
    "True is no number": lambda: BalancedDimension((True,)),
    "a list": lambda: LeafByRank([1]),  # type: ignore[arg-type]
    "laws of a large model": lambda: decided(LawCount((1,), (1,)), CUBE),
    "all symmetries of a large model": lambda: decided(Stabiliser(), CUBE),
    "an algebra that would have to be found": lambda: decided(NormalsInFibre(), CUBE, found=True),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_says_what_was_expected(what: str) -> None:
    with pytest.raises(BadInput, match="expected"):
        BAD[what]()


def test_what_the_reader_says_about_the_printed_numbers() -> None:
    """The catalogue's numbers, read from the independent reader's words."""
    assert "N d^2 - rank dG = 17, and the dimension is 14" in check(json.loads(text_of(LOW)))
    assert "of dimension 15" in check(json.loads(text_of(DIM))) and "of dimension 10" in check(
        json.loads(text_of(LEAF))
    )
