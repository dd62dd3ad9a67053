"""Forged certificates about actions: each says something false, or says it without what would show
it, and is refused.
"""

from __future__ import annotations

import ast
import copy
import json
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pytest

from verify.check import LIMITS, NotACertificate, Refused
from verify.check_actions import ac_work, check
from verify.judge.decide import judge
from verify.library.registry import claims

ROOT = Path(__file__).resolve().parents[2]


@cache
def text_of(claim: str) -> str:
    certificate = judge(claims()[claim].claim).certificate
    assert certificate is not None
    return certificate.text


def forged(claim: str, change: Callable[[dict], object]) -> dict:
    body = json.loads(text_of(claim))
    before = copy.deepcopy(body)
    change(body)
    assert body != before, "a forgery that forges nothing"
    return body


def put(*path) -> Callable[[dict], None]:
    """The last entry of the path is the new value."""

    def change(body: dict) -> None:
        for key in path[:-2]:
            body = body[key]
        body[path[-2]] = path[-1]

    return change


def each(*changes: Callable[[dict], object]) -> Callable[[dict], None]:
    def change(body: dict) -> None:
        for one in changes:
            one(body)

    return change


def drop(*path) -> Callable[[dict], None]:
    def change(body: dict) -> None:
        for key in path[:-1]:
            body = body[key]
        del body[path[-1]]

    return change


def only(name: str, kind: str, proof: list) -> Callable[[dict], None]:
    """Keep the cases and state one conclusion."""

    def change(body: dict) -> None:
        body["conclusions"] = {name: {"kind": kind}}
        body["proof"] = {name: proof}

    return change


def shear_conserves(body: dict) -> None:
    """The refuted claim, rewritten as if it had been proved."""
    del body["witness"]
    body |= {
        "verdict": "PROVED",
        "proof": {"conserved": [{}]},
        "instances": [{"theta": ["1", "1"], "g": ["1"]}],
    }


def squared_law(body: dict) -> None:
    """A multiple of a law in the place of another one: as many, and not independent."""
    laws = body["proof"]["laws"][0]["laws"]
    laws[1] = [[i, j, str(2 * int(c))] for i, j, c in laws[0]]


def abstract_gradient(body: dict) -> None:
    """phi without the coordinate that moves: an instance stands still and everything would be
    conserved.
    """
    for case in body["cases"]:
        case["phi"] = [[["1", []]] for _ in case["phi"]]


LAYERS, FOUND, TORUS, SHEAR = (
    "moment-map-layers",
    "moment-map-found",
    "moment-map-torus",
    "moment-map-shear",
)
FORGERIES: dict[str, tuple[str, Callable[[dict], object]]] = {
    "another number of laws": (TORUS, put("conclusions", "laws", "forms", 0, 4)),
    "fewer independent laws": (TORUS, put("conclusions", "laws", "independent", 0, 2)),
    "a number left out": (TORUS, put("conclusions", "laws", "forms", [3])),
    "a law left out": (TORUS, drop("proof", "laws", 0, "laws", 0)),
    "a law twice": (TORUS, squared_law),
    "too few points for the bound": (TORUS, put("proof", "laws", 0, "points", [])),
    "a point at 0 for the gradients": (TORUS, put("proof", "laws", 0, "point", ["0"] * 6)),
    "no fields": ("moment-map-bottleneck", put("proof", "laws", 0, "fields", [])),
    "a matrix that changes phi": (
        TORUS,
        each(only("kept", "preserves", [{}, {}]), put("cases", 0, "algebra", 0, [[0, 0, "1"]])),
    ),
    "a scaling that is not the one": (
        "moment-map-units",
        each(only("kept", "preserves", [{}, {}]), put("cases", 0, "algebra", 0, 0, 2, "2")),
    ),
    "no matrix at all": (
        "moment-map-skew",
        each(put("cases", 0, "algebra", []), put("cases", 0, "groups", [])),
    ),
    "phi that does not move": (LAYERS, abstract_gradient),
    "an instance that stands still": (LAYERS, put("instances", 0, "theta", ["0"] * 8)),
    "g that is 0": (LAYERS, put("instances", 0, "g", ["0"] * 4)),
    "an instance too few": (LAYERS, drop("instances", 0)),
    "a smaller algebra": (
        FOUND,
        each(drop("cases", 0, "algebra", 0), drop("cases", 0, "groups", 0)),
    ),
    "too few points for the algebra": (FOUND, drop("proof", "found", 0, "points", 0)),
    "an algebra that was not found": ("moment-map-shear-count", drop("cases", 0, "algebra", 0)),
    "no points for an algebra that was found": (
        "moment-map-shear-count",
        put("cases", 0, "points", []),
    ),
    "a basis that lacks an element": (TORUS, drop("proof", "conserved", 0, "basis", 0)),
    "an empty basis": ("moment-map-skew", put("proof", "empty", 0, "basis", [])),
    "a torus has no skew element": (
        TORUS,
        only("empty", "skew-empty", [{"basis": []}, {"basis": []}]),
    ),
    "a torus permutes nothing": (TORUS, only("finite", "finite-moment", [{}, {}])),
    "permutations conserve": ("moment-map-units", only("finite", "finite-moment", [{}, {}])),
    "one orbit, proved": (TORUS, only("orbit", "one-orbit", [{}, {}])),
    "the misreading, proved": ("moment-map-skew", only("law", "integrates", [{}, {}])),
    "the shear, proved": (SHEAR, shear_conserves),
    "another sign in mu": (LAYERS, put("conclusions", "moment", "words", 1, 0, 1)),
    "another factor of the first variation": (
        LAYERS,
        put("conclusions", "first-variation", "words", 0, 0, 2),
    ),
    "mu of another block": (LAYERS, put("conclusions", "moment", "words", 0, 1, 1, 1, [1])),
    "a block read otherwise": (LAYERS, put("cases", 0, "blocks", 0, 2, [[0, 2], [1, 3]])),
    "a permutation that forgets": (
        "moment-map-units",
        put("cases", 0, "permutations", 0, [0, 0, 1, 2, 3, 4]),
    ),
    "a permutation that changes phi": (
        "moment-map-units",
        put("cases", 0, "permutations", 0, [1, 2, 0, 3, 4, 5]),
    ),
    "a hint nobody asked for": (TORUS, put("proof", "preserves", 0, "cofactor", "1")),
    "a witness on no drift": (SHEAR, put("witness", "g", ["0"])),
    "a witness outside the algebra": (SHEAR, put("witness", "xi", [[0, 0, "1"]])),
    "a permutation that is none of phi": (
        "moment-map-permutations",
        put("witness", "xi", [[0, 0, "1"]]),
    ),
    "a matrix of the span": (
        "moment-map-found-bottleneck",
        lambda b: b["witness"].update(xi=b["cases"][0]["algebra"][0]),
    ),
    "a matrix outside that changes phi": (
        "moment-map-found-bottleneck",
        put("witness", "xi", [[0, 1, "1"]]),
    ),
    "a symmetric place": ("moment-map-skew-law", put("witness", "square", [0, 0])),
    "a pair with another phi": ("err-minimal", put("witness", "pair", 1, 4, "1")),
    "no invariant": ("err-minimal", put("witness", "invariant", ["1", *["0"] * 7])),
    "an invariant that is the same": ("err-minimal", put("witness", "invariant", ["0"] * 8)),
    "a float": (SHEAR, put("witness", "theta", [1.0, 1.0])),
    "text for a number": (SHEAR, put("witness", "theta", ["1", "__import__('os')"])),
    "a true number beyond the limit": (SHEAR, put("witness", "theta", ["1", "9" * 300])),
    "an unknown field": (SHEAR, put("because", "it is so")),
    "PROVED with a witness": (SHEAR, put("verdict", "PROVED")),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_forgeries_are_refused(name: str) -> None:
    claim, change = FORGERIES[name]
    with pytest.raises(Refused):
        check(forged(claim, change))


ACTIONS = sorted(name for name, f in claims().items() if f.claim.setting.kind == "action")


@pytest.mark.parametrize("claim", ACTIONS)
def test_what_the_prover_writes_is_accepted(claim: str) -> None:
    """The forgeries above differ from these in one place."""
    said = check(json.loads(text_of(claim)))
    assert said.startswith(claims()[claim].claim.expected.name)


@pytest.mark.parametrize(
    "data",
    [None, [], {}, {"format": "flowlaw-action"}, {"format": "flowlaw-action", "version": True}],
)
def test_other_things_are_no_certificates(data: object) -> None:
    with pytest.raises(NotACertificate):
        check(data)


def test_titles_and_statements_count_for_nothing() -> None:
    """What the author wrote is not what the reader says."""
    body = json.loads(text_of(TORUS))
    said = check(body)
    body["statement"] = body["cases"][0]["title"] = "everything is conserved"
    assert check(body) == said


def test_work_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many points cost more than the reader spends: half as much again as the certificate as it is
    costs.
    """
    body, draw = json.loads(text_of(FOUND)), Random(0)
    check(body)
    monkeypatch.setitem(LIMITS, "actions", ac_work.done * 3 // 2)
    check(body)
    for case, proof in zip(body["cases"], body["proof"]["found"], strict=True):
        proof["points"] = [[str(draw.randint(-9, 9)) for _ in case["names"]] for _ in range(400)]
    with pytest.raises(Refused, match="more work"):
        check(body)


def test_the_reader_shares_no_code_with_the_prover() -> None:
    tree = ast.parse((ROOT / "verify" / "check_actions.py").read_text(encoding="utf-8"))
    found = {x.module for x in ast.walk(tree) if isinstance(x, ast.ImportFrom)}
    found |= {a.name for x in ast.walk(tree) if isinstance(x, ast.Import) for a in x.names}
    assert {m for m in found if m and m.split(".")[0] not in sys.stdlib_module_names} == {
        "verify.check"
    }
