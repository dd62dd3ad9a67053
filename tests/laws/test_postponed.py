"""Listing the shipped claims looks at none of them; judging one of them does.

What is postponed is done once, before anything is judged; a claim of a file or of somebody else's
package is checked where it is written, as ever.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction as F
from typing import Any

import pytest

from proofs import CLAIMS
from verify import Claim, Source
from verify.claims import wellformed
from verify.claims.conclusions import Throughout
from verify.claims.request import Request
from verify.claims.wellformed import finish, postponed
from verify.exact.errors import BadInput
from verify.integrate.system import System
from verify.judge.decide import judge
from verify.models.flow import Flow
from verify.models.trajectories import Trajectories


def built() -> System:
    return System("s", ("x",), (F(1),), lambda x, m: [-x[0]], quantities={"x": lambda x, m: x[0]})


def claim(build: Callable[[], System], quantity: str = "x") -> Claim:
    flow, bound = Trajectories("s", {"a": build}, F(1), {}), Throughout(quantity, "<", F(2))
    return Claim("mine", "t", flow, (), {"c": bound}, Source.own("x"))


def wrong() -> System:
    raise ValueError("no system")


def of_another_setting() -> Claim:
    """A conclusion along trajectories, of a network of every size."""
    return replace(claim(built), setting=Flow())


WRONG: list[Callable[[], Any]] = [
    lambda: claim(wrong), lambda: claim(built, "y"), of_another_setting,
]  # fmt: skip


@pytest.mark.parametrize("make", WRONG)
def test_it_is_refused_where_it_is_written_or_where_it_is_judged(make: Callable[[], Any]) -> None:
    with pytest.raises(BadInput):
        make()
    with postponed():
        made = make()
    for _ in range(2):  # a refusal is not the end of it
        with pytest.raises(BadInput, match=r"no system|no quantity|expected one of"):
            judge(made, Request())


def test_nothing_is_built_before_it_is_judged() -> None:
    calls = []

    def counted() -> System:
        calls.append(1)
        return built()

    with postponed():
        made = claim(counted)
    assert not calls
    finish(made)
    assert calls and not any(x is made for x in wellformed._unfinished)


def test_it_ends_with_its_block() -> None:
    with pytest.raises(ZeroDivisionError), postponed():
        raise ZeroDivisionError
    with pytest.raises(BadInput):
        claim(wrong)


def test_every_shipped_claim_is_whole() -> None:
    for shipped in CLAIMS:
        wellformed._whole(shipped)
