"""Models in declared letters: the objective that the kernel is given is phi, which is written by
hand in the table of models; every law that candidates print is proved for every size, or is listed
with the reason; what is near a law is not proved.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from functools import cache
from random import Random
from typing import Any

import pytest

from tests.laws.in_indices import World
from tests.laws.models_table import TABLE
from tests.laws.test_candidates import CASES, found_at
from tests.laws.test_models import row
from verify.judge.found import told
from verify.judge.model_entries import in_entries, law_in_entries
from verify.models.catalogue import model
from verify.models.catalogue.base import numbers
from verify.models.derived import coordinates
from verify.terms.array_entries import NotInEntries
from verify.terms.arrays import plus

UNSAID = {"layers": "a size that depends on an index", "linear-system": "a power of a matrix"}


def phi(name: str, given: tuple[int, ...], theta: list[F]) -> list[F]:
    """What the loss of the setting is a function of, its letters given by the row theta."""
    here, sizes = in_entries(model(name), {}), numbers(model(name).at(given))
    sizes |= {s: sizes[n] for n, s in here.entries.sets.items() if n in sizes}
    world, left = World(here.setting, sizes, {}), iter(theta)
    values = {
        (x.name, *env.values()): next(left)
        for x in here.setting.letters
        if x.role == "parameter"
        for env in world.places(x.indices)
    }
    assert next(left, None) is None
    world, loss = World(here.setting, sizes, values), here.setting.letters[-1]
    return [world.value(loss.of, env) for env in world.places(loss.indices)]


SAID = [(n, s) for n, entry in TABLE.items() if n not in UNSAID for s in entry.sizes]


@pytest.mark.parametrize(("name", "given"), SAID)
def test_the_objective_is_of_phi(name: str, given: tuple[int, ...]) -> None:
    draw = Random(f"{name}{given}")
    for _ in range(2):
        theta = row(draw, len(coordinates(model(name), model(name).at(given))))
        assert phi(name, given, theta) == TABLE[name].phi(theta, given)


@pytest.mark.parametrize("name", UNSAID)
def test_what_has_no_entries_says_so(name: str) -> None:
    with pytest.raises(NotInEntries, match=UNSAID[name]):
        in_entries(model(name), {})


@cache
def data(name: str, given: tuple[int, ...]) -> dict[str, Any]:
    return told(found_at(name, given), [], None)


#: laws that have no proof for every size, by the model: what is printed instead
REASONS = {
    "linear-system": "declared letters do not say it: a power of a matrix",
    "signed-product": "the judge finds no proof for every size",  # u_1 v_1 + u_2 v_2, of two layers
    "units": "it is a law of these sizes: false at others",  # a_j^2, of one unit
    "relu": "it is a law of these sizes: false at others",
}


@pytest.mark.parametrize(("name", "given"), CASES)
def test_every_law_is_proved_or_why_not(name: str, given: tuple[int, ...]) -> None:
    found = data(name, given)
    for law in [*found["laws"], *found["powers"], *found["scaled"]]:
        every, why = law["every_size"], law["not_judged"]
        if every is not None:
            assert every["verdict"] == "PROVED" and every["scope"]
        elif law not in found["scaled"] and why == "it is a law of these entries":
            assert not law.get("range") and law.get("entries", 1) == 1
        else:
            assert why.startswith(REASONS[name])
    if name in ("units", "relu", "scalars", "warped", "adapter"):
        assert all(x["every_size"] for x in [*found["laws"], *found["powers"]])


@pytest.mark.parametrize(("name", "given"), CASES)
def test_what_is_near_a_law_is_not_proved(name: str, given: tuple[int, ...]) -> None:
    found = found_at(name, given)
    for family in found.families:
        *first, (c, last) = family.array.terms
        if first and name not in UNSAID:
            off = replace(family, array=plus([*first, (c * F(11, 10), last)]))
            assert law_in_entries(found, off, False)[0] is None


def test_a_law_of_one_degree_keeps_it_in_its_scope() -> None:
    """u v for u^2 - v^2; u^(2-D) + v^(2-D) for every D, where both are positive."""
    square, cube = data("signed-power", (2, 2)), data("signed-power", (3, 1))
    assert square["laws"][0]["every_size"]["scope"].endswith("D = 2")
    assert square["scaled"][0]["every_size"]["scope"].startswith("every D >= 1")
    said = cube["powers"][0]["every_size"]
    assert said["statement"].count("^(2 - D)") == 2 and said["scope"].startswith("every D >= 1")
    assert said["scope"].count("> 0") == 2
