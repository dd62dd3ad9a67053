"""What a step of squares shows, looked at by values: at exact states that satisfy what is supposed,
the goal less its squares and less its uses is not negative, and no square's coefficient is. Terms
are evaluated as they are written; no normal form is used.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

from verify.kernel.conclusions import hypothesis
from verify.kernel.facts import Setting
from verify.kernel.limits import Work
from verify.kernel.points import Env, Point
from verify.kernel.read import Scope
from verify.kernel.rules import step
from verify.kernel.setting import setting
from verify.theories.declared.states import Draw


def remainders(data: dict[str, Any], states: int) -> list[Fraction]:
    """At so many states, of each step of squares; AssertionError where a coefficient is < 0."""
    Work.begin()
    proof, found = setting(data["setting"]), list[Fraction]()
    for x, given in data["assume"].items():
        proof.add(hypothesis(proof, x, given))
    drawn = (Draw(proof, Random(seed), False, 2).drawn() for seed in range(60))
    points = [Point(data["instance"], proof)]
    points += [Point(x, proof) for x in drawn if x is not None][: states - 1]
    for given in data["steps"]:
        if given["rule"] == "squares":
            found += [_remainder(proof, given, here) for here in points]
            if min(found) < 0:
                return found
        step(proof, given)
    return found


def _remainder(proof: Setting, given: dict[str, Any], here: Point) -> Fraction:
    Work.begin()
    assert "for" not in given
    scope = proof.scope()
    left, right = scope.pair(given["ge"])
    rest = _value(here, left, here.env) - _value(here, right, here.env)
    for row in given["squares"]:
        indices, inner = scope.bound(row, "sum")
        x = inner.term(row["x"])
        for env in here.places(indices):
            c = _value(here, inner.term(row["c"]), env) if "c" in row else Fraction(1)
            assert c >= 0
            rest -= c * _value(here, x, env) ** 2
    return rest - sum((_use(proof, scope, u, here) for u in given["by"]), Fraction(0))


def _use(proof: Setting, scope: Scope, use: dict[str, Any], here: Point) -> Fraction:
    fact, found = proof.facts[use["use"]], Fraction(0)
    assert fact.sides is not None and not {"right", "mark", "tr"} & use.keys()
    indices, inner = scope.bound(use, "sum")
    at = [inner.entry(a) for a in use.get("at", [])]
    for env in here.places(indices):
        c = _value(here, inner.term(use["left"]), env) if "left" in use else Fraction(1)
        own = {**env, **{i: a.value(env) for i, a in zip(fact.indices, at, strict=True)}}
        worth = _value(here, fact.sides[0], own) - _value(here, fact.sides[1], own)
        assert fact.relation == "=" or c >= 0
        found += c * worth
    return found


def _value(here: Point, t: Any, env: Env) -> Fraction:
    found = here.value(t, env)
    assert isinstance(found, Fraction)
    return found
