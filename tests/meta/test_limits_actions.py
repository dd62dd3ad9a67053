"""Claims about actions: what check_actions.py does not read is refused where it is written, and
what is taken is read.

The kind (E1): a model, a name, a count, a multiple or a number of cases that the prover took, to be
UNDECIDED at best after all the work, or PROVED and refused by the reader. Each limit of the table
is tried at its value and one beyond, at the door and in a certificate.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from verify.check import Refused
from verify.check_actions import check
from verify.claims.claim import Claim, Source
from verify.claims.conclusions.of_actions import (
    AlgebraCount,
    Factor,
    FirstVariation,
    LawCount,
    MomentIs,
    OfAction,
    Preserves,
)
from verify.claims.conclusions.of_dimensions import (
    BalancedDimension,
    CommonTangents,
    LeafByRank,
    LeafDimension,
)
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS
from verify.judge.decide import judge
from verify.models.action import Action, DeepLinear, Diagonal, Explicit, LinearSystem, Model, Units
from verify.terms.expr import Expr, const
from verify.theories.symmetries.actions import build

x, y = const("x"), const("y")
SWAP = ((0, 1), (1, 0))
WIDE = LIMITS["coordinates"]


def claim(conclusion: OfAction, *cases: Model) -> Claim:
    return Claim("mine", "t", Action(cases), (), {"c": conclusion}, Source.own("draft"))


def named(n: int) -> Model:
    return Explicit(("a" * n, "b"), (const("a" * n) + const("b"),), (((1, 0), (-1, 0)),))


def wide(n: int) -> Model:
    names = tuple(f"x{i}" for i in range(n))
    total = Expr("+", tuple(map(const, names)))
    first = tuple(
        tuple(int((i, j) == (0, 0)) - int((i, j) == (1, 0)) for j in range(n)) for i in range(n)
    )
    return Explicit(names, (total,), (first,))


def dense(n: int) -> Model:
    """A generator of n entries that are not 0, of 32 coordinates: rows whose sum is zero leave the
    sum of all unchanged.
    """
    model, rest = wide(WIDE), n
    rows = [[0] * WIDE for _ in range(WIDE)]
    for i in range(0, WIDE, 2):
        for j in range(WIDE):
            if rest >= 2:
                rows[i][j], rows[i + 1][j], rest = 1, -1, rest - 2
    if rest:
        rows[-1][-1] = 1
    return Explicit(model.names, model.phi, (tuple(map(tuple, rows)),))


def monomial(n: int) -> Model:
    return Explicit(("x", "y"), (Expr("*", (*[x] * (n - 1), y)),), (((1, 0), (0, 1 - n)),))


def multiplied(n: int) -> OfAction:
    return MomentIs(
        (
            (n, (Factor("W", (0,)), Factor("W", (0,), True))),
            (1 - n, (Factor("W", (1,), True), Factor("W", (1,)))),
        )
    )


#: what enters, and the limit of it
DOORS: dict[str, tuple[Callable[[int], Any], int]] = {
    "cases": (lambda n: Action((DeepLinear((1, 1, 1)),) * n), LIMITS["cases"]),
    "letters of a name": (named, LIMITS["name"]),
    "coordinates of Explicit": (wide, WIDE),
    "coordinates of Diagonal": (lambda n: Diagonal(1, 1) if n == WIDE else Diagonal(11, 3), WIDE),
    "coordinates of Units": (lambda n: Units(4, 7) if n == WIDE else Units(3, 10), WIDE),
    "coordinates of DeepLinear": (
        lambda n: DeepLinear((4, 4, 4)) if n == WIDE else DeepLinear((3, 3, 3, 3, 2)),
        WIDE,
    ),
    "coordinates of LinearSystem": (
        lambda n: LinearSystem(2, 8, 6) if n == WIDE else LinearSystem(3, 4, 4),
        WIDE,
    ),
    "factors of DeepLinear": (lambda n: DeepLinear((1,) * (n + 1)), LIMITS["degree"]),
    "functions": (
        lambda n: Explicit(("x", "y"), (x + y,) * n, (((1, 0), (-1, 0)),)),
        LIMITS["entries"],
    ),
    "generators": (
        lambda n: Explicit(("x", "y"), (x + y,), (((1, 0), (-1, 0)),) * n),
        LIMITS["entries"],
    ),
    "entries of a generator": (dense, LIMITS["entries"]),
    "digits of a generator": (
        lambda n: Explicit(("x", "y"), (x + y,), (((10 ** (n - 1), 0), (-(10 ** (n - 1)), 0)),)),
        LIMITS["digits"],
    ),
    "factors of a term": (lambda n: build(monomial(n)), LIMITS["degree"]),
    "forms": (lambda n: LawCount((n,), (1,)), WIDE**2),
    "independent": (lambda n: LawCount((1,), (n,)), WIDE**2),
    "algebra": (lambda n: AlgebraCount((n,), (0,)), WIDE**2),
    "symmetric": (lambda n: AlgebraCount((0,), (n,)), WIDE**2),
    "dimensions": (lambda n: CommonTangents((n,)), WIDE**2),
    "balanced": (lambda n: BalancedDimension((n,)), WIDE**2),
    "ranks": (lambda n: LeafByRank((n,)), WIDE**2),
    "leaves": (lambda n: LeafDimension((1,), (n,)), WIDE**2),
    "multiples": (multiplied, LIMITS["multiple"]),
    "multiples, negative": (
        lambda n: FirstVariation(((-n, (Factor("W", (0,)), Factor("W", (0,), True))),)),
        LIMITS["multiple"],
    ),
    "words": (
        lambda n: MomentIs(((1, (Factor("W", (0,)), Factor("W", (0,), True))),) * n),
        LIMITS["entries"],
    ),
}


@pytest.mark.parametrize("what", DOORS)
def test_a_size_at_the_limit(what: str) -> None:
    make, most = DOORS[what]
    make(most)
    with pytest.raises(BadInput, match=str(most)) as refusal:
        make(most + 1)
    assert len(str(refusal.value)) < 400


#: claims at a limit: the reader reads what was made
TAKEN: dict[str, Callable[[], Claim]] = {
    "cases": lambda: claim(Preserves(), *[DeepLinear((1, 1, 1))] * LIMITS["cases"]),
    "letters of a name": lambda: claim(Preserves(), named(LIMITS["name"])),
    "coordinates": lambda: claim(Preserves(), wide(WIDE)),
    "functions": lambda: claim(Preserves(), DOORS["functions"][0](LIMITS["entries"])),
    "generators": lambda: claim(Preserves(), DOORS["generators"][0](LIMITS["entries"])),
    "entries of a generator": lambda: claim(Preserves(), dense(LIMITS["entries"])),
    "digits of a generator": lambda: claim(
        Preserves(), DOORS["digits of a generator"][0](LIMITS["digits"])
    ),
    "factors of a term": lambda: claim(Preserves(), monomial(LIMITS["degree"])),
    "forms": lambda: claim(LawCount((WIDE**2,), (1,)), DeepLinear((1, 1, 1))),
    "ranks": lambda: claim(LeafDimension((WIDE**2,), (1,)), DeepLinear((1, 1, 1))),
    "multiples": lambda: claim(multiplied(LIMITS["multiple"]), DeepLinear((1, 1, 1))),
}


@cache
def decided(what: str) -> Any:
    return judge(TAKEN[what](), Request(numeric=False))


@pytest.mark.parametrize("what", TAKEN)
def test_what_is_taken_is_read(what: str) -> None:
    try:
        report = decided(what)
    except BadInput as refusal:  # a rank that no model has
        assert what == "ranks" and "rank" in str(refusal)
        return
    outcome = report.outcomes["c"]
    assert "does not accept" not in outcome.reason, outcome.reason
    assert outcome.verdict is (
        Verdict.REFUTED if what in ("forms", "multiples") else Verdict.PROVED
    ), outcome.reason
    assert check(json.loads(json.dumps(report.certificate.body)))


def _beyond(what: str, body: Any) -> None:
    """One more than the limit, in the certificate."""
    case, most = body["cases"][0], DOORS[what][1]
    if what == "cases":
        for key in ("cases", "instances"):
            body[key].append(body[key][0])
        body["proof"]["c"].append(body["proof"]["c"][0])
    elif what == "letters of a name":
        case["names"][0] += "a"
    elif what == "functions":
        case["phi"].append(case["phi"][0])
        body["instances"][0]["g"].append("0")
    elif what == "generators":
        case["algebra"].append(case["algebra"][0])
        case["groups"].append(case["groups"][0])
    elif what == "forms":
        body["conclusions"]["c"]["forms"] = [most + 1]
    elif what == "multiples":
        body["conclusions"]["c"]["words"][0][0] = most + 1
    elif what == "digits of a generator":
        case["algebra"][0][0][2] += "0"
    elif what == "factors of a term":
        case["phi"][0][0][1].append(0)


@pytest.mark.parametrize(
    "what", ["cases", "letters of a name", "functions", "generators", "forms", "multiples"]
)
def test_the_reader_refuses_one_more(what: str) -> None:
    body = json.loads(json.dumps(decided(what).certificate.body))
    _beyond(what, body)
    with pytest.raises(Refused, match=r"at most|integer from|names|whole|rational"):
        check(copy.deepcopy(body))
