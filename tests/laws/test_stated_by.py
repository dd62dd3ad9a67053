"""A law of ``candidates`` that is called "stated by CLAIM" is what the claim says; no claim that
says another thing is named.

What else belongs to the kind: claims under other names and with their conclusions scaled, with the
sides in the other order, with another hypothesis, another least depth, another setting, the
opposite verdict, a neighbouring law, another case; every model at several sizes. Cases are made
from the installed claims, and every statement that is named is compared at exact states.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from functools import cache
from itertools import product
from random import Random
from typing import Any

import pytest

from tests.laws.models_table import TABLE
from verify.claims.claim import Claim
from verify.claims.conclusions import Conserved
from verify.claims.conclusions.matrix_kinds import Unchanged
from verify.claims.conclusions.of_actions import MomentConserved
from verify.claims.hypotheses import Balanced, DepthAtLeast, Homogeneous, Product
from verify.claims.hypotheses.matrices import balanced
from verify.claims.verdict import Verdict
from verify.exact.rings import Exact
from verify.judge.found import told
from verify.library.registry import claims
from verify.models.action import Action, DeepLinear, Diagonal, LinearSystem, Units
from verify.models.catalogue import model
from verify.models.derived import coordinates
from verify.models.flow import Flow
from verify.models.jets import Motion
from verify.models.losses import FAMILIES
from verify.models.matrices import Matrices
from verify.models.motions import GradientStep
from verify.models.point import Point
from verify.terms.matrices import LOSS, W, X, norm2, num
from verify.terms.relation import Equal
from verify.theories.symmetries.candidates import Candidates, candidates

CASES = [
    (name, sizes)
    for name, entry in TABLE.items()
    for sizes in entry.sizes
    if len(coordinates(model(name), model(name).at(sizes))) <= 12
]


@cache
def installed() -> dict[str, Claim]:
    return {f.claim.id: f.claim for f in claims().values()}


@cache
def solved(name: str, sizes: tuple[int, ...]) -> Candidates:
    return candidates(model(name), model(name).at(sizes))


def laws(name: str, sizes: tuple[int, ...], known: list[Claim]) -> list[dict[str, Any]]:
    data = told(solved(name, sizes), known, None)
    return [*data["laws"], *data["scaled"], *([data["balanced"]] if data["balanced"] else [])]


@cache
def stated(name: str, sizes: tuple[int, ...]) -> list[dict[str, Any]]:
    """The laws as they are told with the installed claims."""
    return laws(name, sizes, list(installed().values()))


def named(law: dict[str, Any]) -> list[str]:
    every = law["every_size"]
    return [*(every["claims"] if every else []), *law.get("claims_at_these_sizes", [])]


#: by law, the claims that say it: read by hand
SAID = {
    "u_l^2 - u_m^2": {"diag-balance", "moment-map-torus"},
    "|u_l|^2": {"lda-layer-norm"},
    "W_p W_p^T - W_(p+1)^T W_(p+1)": {"dln-moments-conserved", "moment-map-layers"},
    "A A^T - A^T A + B B^T - C^T C": {"moment-map-linear-systems"},
    "B B^T - C^T C": {"moment-map-linear-systems"},
    "a_j^2 - 1/2 |w_j|^2": {"moment-map-units"},
}
AT_BALANCE = {"sum_i |w_i|": {"quasi-norm"}, "tr (X X^T)": {"dln-balanced-roots"}}


@pytest.mark.parametrize(("name", "sizes"), CASES)
def test_only_claims_that_say_it(name: str, sizes: tuple[int, ...]) -> None:
    for law in stated(name, sizes):
        allowed = SAID.get(law["law"], set())
        for head, ids in AT_BALANCE.items():
            allowed = ids if law["law"].startswith(head) and "as" in law else allowed
        assert set(named(law)) <= allowed, law["law"]


@pytest.mark.parametrize("sizes", [(2, 2), (3, 2), (4, 1)])
def test_what_a_named_claim_says_has_slope_zero(sizes: tuple[int, ...]) -> None:
    """The quantity of the claim itself, at exact states for a loss of its kind."""
    depth, width = sizes
    for law in stated("diagonal", sizes):
        for claim in (installed()[i] for i in named(law) if "moment" not in i):
            draw = Random(f"{claim.id}{sizes}")
            number = lambda draw=draw: F(draw.choice([-1, 1]) * draw.randint(1, 4), 3)
            kind = "ratio" if {h.id for h in claim.assuming} & {"euler"} else "squared"
            if width == 1 and kind == "ratio":
                continue
            loss = next(f for f in FAMILIES if f.name == kind).build(width, number)
            row = tuple(number() for _ in range(width))
            at_balance = any(isinstance(h, Balanced) for h in claim.assuming)
            rows = [
                row if at_balance else tuple(number() for _ in range(width)) for _ in range(depth)
            ]
            moving = Motion(Point(tuple(rows), loss, {}), Exact(), 1, balanced=at_balance)
            for c in claim.concluding.values():
                assert isinstance(c, Conserved)
                for l, m, i in product(
                    range(1, depth + 1), range(1, depth + 1), range(1, width + 1)
                ):
                    found = moving.value(c.quantity, {"l": l, "m": m, "i": i})
                    assert found.c[1] == 0, claim.id


def renamed(c: Claim) -> Claim:
    return replace(c, id=f"other-{c.id}", also=())


def scaled(c: Claim) -> Claim:
    made = {
        n: replace(x, quantity=3 * x.quantity) if isinstance(x, (Conserved, Unchanged)) else x
        for n, x in c.concluding.items()
    }
    return replace(c, concluding=made)


SAME = {"another name": renamed, "three times": scaled}


@pytest.mark.parametrize("how", SAME)
@pytest.mark.parametrize(("name", "sizes"), [("diagonal", (3, 2)), ("layers", (2, 2, 2))])
def test_claims_that_say_the_same(how: str, name: str, sizes: tuple[int, ...]) -> None:
    for law in stated(name, sizes):
        known = [SAME[how](installed()[i]) for i in named(law)]
        again = next(x for x in laws(name, sizes, known) if x["law"] == law["law"])
        assert sorted(named(again)) == sorted(c.id for c in known), law["law"]


def other_setting(c: Claim) -> Claim | None:
    if isinstance(c.setting, Flow):
        return replace(c, setting=Flow(decay="kappa"))
    if isinstance(c.setting, Matrices) and c.setting.motion.kind == "gradient-flow":
        return replace(c, setting=replace(c.setting, motion=GradientStep(LOSS)))
    return None


def other_depth(c: Claim) -> Claim | None:
    if isinstance(c.setting, (Flow, Matrices)):
        return replace(c, setting=replace(c.setting, least_depth=3))
    return None


def other_cases(c: Claim) -> Claim | None:
    if not isinstance(c.setting, Action):
        return None
    far = (DeepLinear((3, 2, 3)), Diagonal(5, 2), Units(3, 3), LinearSystem(3, 1, 1))
    kept = {n: x for n, x in c.concluding.items() if isinstance(x, MomentConserved)}
    return replace(c, setting=Action(far), concluding=kept, hints={})


def with_hypothesis(c: Claim) -> Claim | None:
    if isinstance(c.setting, Flow):
        more = next(h for h in (DepthAtLeast(3), Homogeneous()) if h not in c.assuming)
        return replace(c, assuming=(*c.assuming, more))
    if isinstance(c.setting, Matrices) and balanced() not in c.assuming:
        return replace(c, assuming=(*c.assuming, balanced()))
    return None


def without_hypothesis(c: Claim) -> Claim | None:
    if not c.assuming or isinstance(c.assuming[0], Product):  # which says what w is
        return None
    return replace(c, assuming=c.assuming[1:], breaks=())


def narrower(c: Claim) -> Claim | None:
    """Of equal sizes only, or of layers that a definition ties."""
    if not isinstance(c.setting, Matrices):
        return None
    return replace(c, setting=replace(c.setting, square=True))


def tied(c: Claim) -> Claim | None:
    if not isinstance(c.setting, Matrices):
        return None
    ties = {**c.setting.definitions, "tied": (Equal(X, num(0)),)}
    return replace(c, setting=replace(c.setting, definitions=ties))


def neighbouring_law(c: Claim) -> Claim | None:
    made = dict(c.concluding)
    for n, x in c.concluding.items():
        if isinstance(x, Conserved):
            made[n] = replace(x, quantity=x.quantity + x.quantity**2)
        elif isinstance(x, Unchanged):
            made[n] = replace(x, quantity=x.quantity + norm2(W[1]) * x.quantity)
        else:
            return None
    return replace(c, concluding=made)


def refuted(c: Claim) -> Claim:
    return replace(c, expected=Verdict.REFUTED)


OTHER = (
    other_setting, other_depth, other_cases, with_hypothesis, without_hypothesis,
    narrower, tied, neighbouring_law, refuted,
)  # fmt: skip
STATED = [("diagonal", (3, 2)), ("diagonal", (2, 2)), ("layers", (2, 2, 2)), ("units", (2, 2)),
          ("linear-system", (2, 1, 1))]  # fmt: skip


@pytest.mark.parametrize("how", OTHER, ids=lambda f: f.__name__)
@pytest.mark.parametrize(("name", "sizes"), STATED)
def test_claims_that_say_another_thing(how, name: str, sizes: tuple[int, ...]) -> None:
    for law in stated(name, sizes):
        known = [made for i in named(law) if (made := how(installed()[i])) is not None]
        if not known:
            continue
        again = next(x for x in laws(name, sizes, known) if x["law"] == law["law"])
        assert named(again) == [], [c.id for c in known]


@pytest.mark.parametrize(("name", "sizes"), CASES)
def test_what_is_not_judged_for_every_size_says_why(name: str, sizes: tuple[int, ...]) -> None:
    """Either a verdict or a reason; and a reason that names a letter names one that has no place
    in the words: it has an index, or no sizes with names.
    """
    m = model(name)
    for law in stated(name, sizes):
        assert (law["every_size"] is None) == bool(law["not_judged"]), law["law"]
        for x in (*m.letters, m.gradient):
            called = "the gradient" if x is m.gradient else x.name
            if f"and {called} " in law["not_judged"]:
                assert x.index or isinstance(x.rows, int) or isinstance(x.columns, int)
