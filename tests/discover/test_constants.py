"""Constants that are 0, or have no value, modulo a prime of the counts are refused by name, and
laws with such numbers are judged all the same.

The kind: a law that is refuted, or said to hold, because a number of it vanishes modulo the prime;
words about residues instead of a reason.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from verify.discover import house
from verify.discover.discovery import discover
from verify.discover.flows import flow
from verify.discover.given import judged
from verify.discover.symmetry import with_symmetry
from verify.exact.errors import BadInput
from verify.judge.first_stage import first_stage
from verify.trace.prime import PRIMES
from verify.trace.trace import traced

P = "(65536 * 32768 - 1)"  # the first prime, in numbers of at most 9 digits


@pytest.mark.parametrize("p", PRIMES)
@pytest.mark.parametrize("under", [False, True])
def test_a_constant_of_a_model_is_refused_by_name(p: int, under: bool) -> None:
    body = lambda *, a, b: a * b / (3 * p) if under else 2 * p * a * b
    graph = traced(house.shaped(body, {}, {"a": (1,), "b": (1,)}))
    c = Fraction(1, 3 * p) if under else 2 * p
    for answer in (discover, lambda g: judged(g, "a[0]^2 - b[0]^2")):
        said = "has no value" if under else "is 0"
        with pytest.raises(BadInput, match=f"the constant {c} {said} modulo {p}"):
            answer(graph)


def test_of_a_metric_and_of_a_symmetry() -> None:
    graph = traced(house.linear(2, 2))
    for rate in (f"W1={PRIMES[0]}", f"W1=1/{PRIMES[1]}"):
        with pytest.raises(BadInput, match="modulo"):
            discover(graph, flow=flow(rate, graph))
    with pytest.raises(BadInput, match="modulo"):
        discover(with_symmetry(graph, f"dv[0] = {P} v[0] + v[1]"))


def test_a_number_that_is_made_of_others_stops_nothing() -> None:
    """a b (2^16 2^15) - a b is (2^31 - 1) a b, and (2^31 - 1)^-1 is no number there."""
    body = lambda *, a, b: a * b * 65536 * 32768 - a * b
    shapes: dict[str, Any] = {"a": (1,), "b": (1,)}
    with pytest.raises(BadInput, match=f"nothing moves modulo {PRIMES[0]}"):
        discover(traced(house.shaped(body, {}, shapes)))
    body = lambda *, a, b: a * b / ((a * 0 + 65536) * 32768 - 1)
    graph = traced(house.shaped(body, {}, shapes))
    found = discover(graph, first=first_stage(graph))
    assert (found.lower, found.upper) == (1, None)  # by linear symmetries, and not counted


@pytest.mark.parametrize(
    ("law", "verdict"),
    [
        (f"|W1|^2 / {P} - |W2|^2 / {P}", "PROVED"),
        (f"{P} |W1|^2 - {P} |W2|^2", "PROVED"),
        (f"{P} |W1|^2 - |W2|^2 / {P}", "REFUTED"),
        (f"{P} |W1|^2 + |W1|^2 - |W2|^2", "REFUTED"),
        (f"log|{P} W1[0,0] - 2 {P} W1[0,1]|", "REFUTED"),
    ],
)
def test_laws_with_such_numbers_are_decided(law: str, verdict: str) -> None:
    assert judged(traced(house.linear(2, 3, 2)), law).verdict == verdict


def test_a_number_that_is_too_long_is_said_to_be() -> None:
    with pytest.raises(BadInput, match="a number of more than 9 digits"):
        judged(traced(house.linear(2, 2)), "|W1|^2 / 2147483647")
