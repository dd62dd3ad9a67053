"""The bound from above: dimensions of Lie algebras of models whose counts are known, and what the
draws promise. Nobody passes an answer: the counts stand here only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from verify.discover import house
from verify.discover.choices import Rules
from verify.discover.closure import Closed, brackets_of, closure
from verify.discover.draws import Sampler
from verify.trace.functions import rms_norm, silu
from verify.trace.graph import Graph
from verify.trace.prime import PRIMES, Field
from verify.trace.trace import traced

P = PRIMES[0]


def rules_of(graph: Graph) -> Rules:
    roots = [n for n, x in enumerate(graph.nodes) if x.op == "sqrt"]
    count = sum(graph.nodes[n].size for n in roots)
    return Rules(graph.of_inputs, roots=count, all_roots=count)


def closed(model: Callable[..., Any], seed: int = 0, p: int = P, **options: Any) -> Closed:
    graph = traced(model)
    return closure(Sampler(graph, rules_of(graph), p, seed), **options)


def swiglu(x: (2,), *, A: (1, 3), B: (3, 2), C: (3, 2)):
    return A @ (silu(B @ x) * (C @ x))


def gainless(x: (2,), *, U: (3, 2), O: (1, 3)):
    return O @ rms_norm(U @ x)


def quotient(x: (2,), *, U: (3, 2), O: (2, 3)):
    z = U @ x
    return O @ (z * z / (1 + z[0]))


#: model, D, laws at most, rank by level where it was known before
KNOWN = [
    (house.linear(1, 2, 1), 4, 3, None),
    (house.linear(1, 1, 1), 2, 1, None),
    (house.linear(1, 3, 2), 9, 6, None),
    (house.linear(2, 2, 2), 8, 3, [4, 5]),
    (house.linear(4, 2, 4, 3), 28, 13, None),
    (house.linear(3, 2, 5, 4, 2), 44, 28, [6, 11, 15, 16]),
    (house.linear(5, 4, 4, 5, 5), 81, 35, None),
    (house.linear(1, 2, 2, 1), 8, 7, [1]),
    (house.diagonal(2, 3), 6, 3, None),
    (house.diagonal(3, 2), 6, 4, None),
    (house.signed_power(2, 2), 4, 2, None),
    (house.signed_power(3, 2), 4, 2, None),
    (house.circular(2, 3), 6, 2, None),
    (house.convolution(3, 2), 5, 1, None),
    (house.factorisation(2, 2), 4, 0, None),
    (house.factorisation(2, 3), 6, 2, None),
    (house.tied(2), 4, 0, None),
    (house.residual(2), 8, 3, None),
    (house.quadratic(2, 2), 6, 2, None),
    (house.cp(3, 2, 1), 6, 2, None),
    (house.attention(2, 2, 2, 1), 16, 6, [8, 10]),
    (house.attention(2, 1, 1, 2), 16, 4, [12]),
    (house.attention(3, 2, 2, 2), 48, 12, [32, 36]),
    (house.biased(2, 2, 1), 9, 3, None),
    (swiglu, 15, 3, [12]),
    (gainless, 9, 1, [4, 7, 8]),
]  # fmt: skip


@pytest.mark.parametrize(("model", "parameters", "upper", "levels"), KNOWN)
def test_counts_that_are_known(
    model: Callable[..., Any], parameters: int, upper: int, levels: list[int] | None
) -> None:
    found = closed(model)
    assert (found.parameters, found.upper) == (parameters, upper)
    assert levels is None or found.levels == levels
    assert closed(model, seed=7, p=PRIMES[1]).upper == upper


def test_without_brackets_a_law_too_many_is_left() -> None:
    """[2,2,2] has three laws; level 0 alone would allow four. And for a loss that sees only one
    output less, [2,3,1] and the diagonal network have less to close, [2,2,2] does not.
    """
    assert closed(house.linear(2, 2, 2), brackets=False).upper == 4

    def dropped(model: Callable[..., Any]) -> Callable[..., Any]:
        made = house.shaped(lambda *a, **k: model(*a, **k).ravel()[1:], {}, {})
        made.__signature__ = model.__signature__  # type: ignore[attr-defined]
        return made

    def product(rows: int, inner: int, columns: int) -> Callable[..., Any]:
        return house.shaped(lambda *, U, V: U @ V, {}, {"U": (rows, inner), "V": (inner, columns)})

    for model, before, after in (
        (product(2, 3, 1), 3, 1), (house.diagonal(2, 3), 3, 2), (product(2, 2, 2), 5, 5),
    ):  # fmt: skip
        assert closed(model).dimension == before
        assert closed(dropped(model)).dimension == after


@pytest.mark.parametrize("model", [swiglu, quotient, house.linear(2, 3, 2), gainless])
def test_brackets_are_those_of_fields(model: Callable[..., Any]) -> None:
    """The part {1, 2} of a jet of depth 2 against [X_1, [X_2, Y]] with each bracket taken from
    the definition DY X - DX Y, by jets of one infinitesimal each.
    """
    graph = traced(model)
    sampler = Sampler(graph, rules_of(graph), P, 3)
    point = sampler.point()
    for _ in range(60):
        try:
            x1, x2, y = (sampler.draw(4, point) for _ in range(3))
            break
        except Exception:
            point = sampler.point()
    f = sampler.numbers
    at = lambda draw: lambda theta: draw.at(theta)

    def bracket(first: Any, second: Any) -> Any:
        """A routine for [X, Y] at a jet of theta, with a new infinitesimal inside."""

        def routine(theta: Any) -> Any:
            eps = 1 << max(s.bit_length() for s in theta)
            moved = lambda jet: theta | {s | eps: v for s, v in jet.items()}
            part = lambda jet: {s ^ eps: v for s, v in jet.items() if s & eps}
            right, left = part(second(moved(first(theta)))), part(first(moved(second(theta))))
            zero = np.zeros((4, graph.parameters), np.uint64)
            both = right.keys() | left.keys()
            return {s: f.sub(right.get(s, zero), left.get(s, zero)) for s in both}

        return routine

    jet = brackets_of(sampler, [x1, x2, y], point.theta)
    zero = np.zeros((4, graph.parameters), np.uint64)
    for s, expected in (
        (1, bracket(at(x1), at(y))), (2, bracket(at(x2), at(y))),
        (3, bracket(at(x1), bracket(at(x2), at(y)))),
    ):  # fmt: skip
        there = expected({0: point.theta}).get(0, zero)
        assert (jet.get(s, zero) == there).all(), s


def test_the_same_seed_gives_the_same_draws() -> None:
    graph = traced(swiglu)
    draws = [Sampler(graph, rules_of(graph), P, s).fields(5) for s in (1, 1, 2)]
    assert all(np.array_equal(a, b) for a, b in zip(draws[0], draws[1], strict=True))
    assert not np.array_equal(draws[0][1], draws[2][1])


@pytest.mark.parametrize("p", PRIMES)
def test_arithmetic_modulo_a_prime(p: int) -> None:
    """Against Python's integers, at the ends of what fits as well."""
    f, random = Field(p), np.random.default_rng(1)
    ends = np.array([0, 1, p - 1, p - 2, 2**30], np.uint64)
    x = np.concatenate([ends, f.random(random, (40,))])
    y = x[::-1].copy()
    whole = lambda a: a.astype(object)
    for ours, theirs in (
        (f.add(x, y), whole(x) + whole(y)), (f.sub(x, y), whole(x) - whole(y)),
        (f.mul(x, y), whole(x) * whole(y)), (f.neg(x), -whole(x)),
    ):  # fmt: skip
        assert (ours.astype(object) == theirs % p).all()
    assert (f.mul(x[1:], f.inverse(x[1:])) == 1).all() and f.inverse(x)[0] == 0
    wide = np.array([2**64 - 1, 2**63, p, 2 * p, 0], np.uint64)
    assert (f.reduce(wide).astype(object) == wide.astype(object) % p).all()
    a, b = np.full((3, 200), p - 1, np.uint64), f.random(random, (200, 2))
    assert (f.matmul(a, b).astype(object) == (a.astype(object) @ b.astype(object)) % p).all()
