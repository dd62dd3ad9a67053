"""Activation patterns of models that are no polynomials: decided exactly, and any two of them in
one bracket.

The kind: a count that is left open because a pattern was read off in doubles (a constant that is no
whole number, any function before a relu, a norm before it), and a bound that stays too high because
fields of one pattern never met in a bracket. Other cases of the kind: top-k behind a softmax, roots
behind an absolute value (test_in_doubles).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from verify.discover import patterns
from verify.discover.deciding import Decided, Doubles, nothing
from verify.discover.discovery import discover
from verify.discover.house import shaped
from verify.discover.patterns import Cell, Occurring
from verify.exact.errors import NoValue
from verify.trace.functions import gelu, relu, rms_norm, sigmoid, silu, softmax, top_k
from verify.trace.trace import traced

BEFORE = {"tanh": np.tanh, "silu": silu, "gelu": gelu, "norm": rms_norm,
          "root": lambda z: np.sqrt(1 + z * z), "half": lambda z: z / 2 + 0.3}  # fmt: skip
AFTER = {"relu": relu, "leaky": lambda z: np.maximum(z, 0.1 * z), "abs": np.abs,
         "top": lambda z: z * top_k(z, 1)}  # fmt: skip


def units(before: str, after: str) -> Any:
    """Hidden units between two layers, each homogeneous: one law for each, whatever stands before
    the first.
    """
    f, g = BEFORE[before], AFTER[after]
    return shaped(lambda x, *, A, B, C: C @ g(A @ f(B * x)), {"x": (2,)},
                  {"A": (3, 2), "B": (2,), "C": (2, 3)})  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"), [(b, a) for i, b in enumerate(BEFORE) for j, a in enumerate(AFTER)
                          if (i + j) % 3 == 0]
)  # fmt: skip
def test_units_behind_any_function(before: str, after: str) -> None:
    d = discover(traced(units(before, after)), 3)
    scale = before == "norm"  # of the tensor in front of it
    assert (d.upper, d.lower, d.complete) == (3 + scale, 3 + scale, True), d.notes
    assert d.settled is not None and d.settled.patterns is not None
    assert d.settled.patterns.exact and not d.settled.patterns.whole


@pytest.mark.parametrize("outer", (sigmoid, silu, gelu, softmax), ids=lambda f: f.__name__)
def test_any_two_patterns_meet_in_a_bracket(outer: Any) -> None:
    """A linear network behind a relu needs brackets of fields of one pattern. Of softmax the sums
    of the columns of B are conserved as well, and what is left has one output: 3 again.
    """
    count = 5 if outer is softmax else 3
    d = discover(traced(shaped(lambda x, *, A, B: outer(B @ (A @ relu(x))), {"x": (2,)},
                               {"A": (2, 2), "B": (2, 2)})))  # fmt: skip
    assert (d.upper, d.lower, d.complete) == (count, count, True)


POOLED = {
    "relu again": (lambda z: relu(relu(z))[:2], 2),
    "the larger one": (lambda z: np.stack([np.maximum(*relu(z[:2])), z[2]]), 2),
    "max of all": (lambda z: np.stack([np.max(relu(z)), z[2]]), 2),
    "a router": (lambda z: (relu(z) * top_k(relu(z), 1))[:2], 2),
}


@pytest.mark.parametrize("pool", POOLED)
@pytest.mark.parametrize("before", (lambda z: z, np.tanh), ids=("plain", "tanh"))
def test_what_is_nothing_is_at_no_tie(pool: str, before: Any) -> None:
    """Where relu gives 0 to both, their maximum is 0, whichever is taken: such states are used.
    With A = I and all before it off, nothing but x_2 is left.
    """
    f, width = POOLED[pool]
    model = shaped(lambda x, *, A, C: C @ f(A @ before(x)), {"x": (2,)},
                   {"A": (3, 2), "C": (1, 2)})  # fmt: skip
    graph = traced(model)
    drawn = Occurring(graph, ties=True).draw(np.random.default_rng(1), 64)
    first = min(drawn)
    assert (drawn[first].reshape(64, -1)[:, :width] == 0).all(axis=1).any(), "all off is drawn"


def test_such_states_are_drawn_where_there_are_few_others() -> None:
    """A router's zeros behind a relu are in each state; where others do the count rests on them,
    as the kernel's does.
    """
    all_tied = shaped(lambda x, *, A, C: C @ relu(softmax(A @ x) * top_k(A @ x, 1)), {"x": (2,)},
                      {"A": (3, 2), "C": (1, 3)})  # fmt: skip
    d = discover(traced(all_tied))
    assert (d.upper, d.lower, d.complete) == (2, 2, True), d.notes  # sums of the columns of A
    pooled = shaped(lambda x, *, A, B: B @ np.stack([np.maximum(*relu(A[i] @ x)) for i in (0, 1)]),
                    {"x": (3,)}, {"A": (2, 2, 3), "B": (1, 2)})  # fmt: skip
    d = discover(traced(pooled))
    assert (d.upper, d.lower, d.complete) == (2, 2, True)
    patterns = d.settled.patterns if d.settled else None
    assert patterns is not None and patterns.tied and not patterns.ties


def test_what_cancels_by_chance_is_a_tie() -> None:
    """At x = y the difference is 0 in no piece: no state there is used."""
    graph = traced(shaped(lambda x, *, u: u * relu(x[0] - x[1]), {"x": (2,)}, {"u": ()}))
    at = Occurring(graph)
    drawn = at.draw(np.random.default_rng(1), 400)
    choice = Doubles()
    empty = nothing(graph, drawn, at.stop)
    assert not any(x.any() for x in empty.values())
    choice.pattern(0, np.array([[0.0], [1.0]]), 0, 0)
    assert choice.close[0].tolist() == [[True], [False]]


def test_what_doubles_say_wrongly_is_not_used(monkeypatch: Any) -> None:
    """Doubles with the opposite sign: no pattern is left."""
    graph = traced(units("tanh", "relu"))
    honest = Doubles.pattern

    def turned(self: Any, place: int, z: Any, k: int, axis: int) -> Any:
        return honest(self, place, -z, k, axis)

    random = np.random.default_rng(0)
    assert len(Occurring(graph).draw(random, 4)) == 1
    monkeypatch.setattr(Doubles, "pattern", turned)
    with pytest.raises(NoValue, match="tie"):
        Occurring(graph).draw(random, 4)


def test_what_takes_too_long_is_not_exact(monkeypatch: Any) -> None:
    monkeypatch.setattr(patterns, "BALLS", 10)
    d = discover(traced(units("tanh", "relu")))
    assert (d.upper, d.lower, d.count_exact, d.complete) == (3, 3, False, False)


@pytest.mark.parametrize("op", ("sqrt", "log"))
def test_a_state_without_a_value_shows_no_pattern(op: str) -> None:
    ring = Decided({})
    for x in (-1, 0):
        with pytest.raises(NoValue, match="positive"):
            getattr(ring, op)(0, ring.array([x], (1,)))


def test_between_whole_numbers_lie_patterns() -> None:
    """-1 < u x < 0 at no whole u and x: drawn all the same, in fractions; the count is exact."""
    body = lambda x, *, u, v, w: v * relu(u * x) + w * relu(u * x + 1)
    graph = traced(shaped(body, {"x": ()}, {"u": (), "v": (), "w": ()}))
    at = Occurring(graph)
    both = at.draw(np.random.default_rng(2), 400)
    seen = set(zip(*(x.ravel().tolist() for x in both.values()), strict=True))
    assert seen == {(0, 0), (0, 1), (1, 1)} and at.whole and at.exact


@pytest.mark.parametrize("least", [0, -1])
def test_what_is_cut_off_at_one_lies_between_whole_numbers(least: int) -> None:
    """a b moves while it is between these, and nothing else is conserved."""
    f = lambda x, *, a, b: np.clip(a * b, least, 1) * x
    d = discover(traced(shaped(f, {"x": ()}, {"a": (), "b": ()})))
    assert (d.upper, d.lower, d.complete) == (1, 1, True)


def near(seed: int) -> tuple[int, int]:
    """Laws near one state of B relu(A relu(x)), 3 units, by the signs of A and as bounded. A unit
    whose weights are all negative never moves: 4 laws. Those with positive ones only are always on:
    a linear network, r (r + 1)/2 laws. One law for each other one.
    """
    d = discover(traced(shaped(lambda x, *, A, B: B @ relu(A @ relu(x)), {"x": (2,)},
                               {"A": (3, 2), "B": (2, 3)})), seed, cell=True)  # fmt: skip
    signs = np.sign(Cell(d.graph, seed=seed).own[0, :6].reshape(3, 2)).sum(axis=1).tolist()
    on = signs.count(2)
    assert d.upper == d.lower == 3 and d.cell is not None and d.cell.exact
    return 4 * signs.count(-2) + on * (on + 1) // 2 + signs.count(0), d.cell.upper


def test_near_one_state_there_are_as_many_laws_as_its_signs_say() -> None:
    found = [near(seed) for seed in range(12)]
    assert all(a == b for a, b in found) and len(set(found)) > 3, found


def test_values_that_belong_to_the_tensors_in_one_pattern_only() -> None:
    """Where the gate is shut all arguments of exp are numbers or functions of the tensors, where it
    is open they depend on the input (IndexError: one read the other's values). Laws: u^2 - g^2 of
    the gate, u^2 - |W|^2 of what reads it, and the sum of W, which softmax does not see.
    """
    model = shaped(
        lambda x, *, u, g, W, A, B: B @ np.log(1 + np.exp(A @ softmax(W * relu(u * x) * g * x))),
        {"x": ()}, {"u": (), "g": (), "W": (2,), "A": (3, 2), "B": (1, 3)},
    )  # fmt: skip
    for seed in range(2):
        d = discover(traced(model), seed)
        assert (d.upper, d.lower, d.complete) == (3, 3, True), d.notes


def doubled(x: (2,), *, U: (2, 2), B: (1, 2)) -> Any:  # type: ignore[syntax]
    return B @ relu(relu(U @ x))


def doubled_residual(
    x: (2,), *, g: (2,), W: (2, 2), B: (2, 2), a: (1, 2)  # type: ignore[syntax]
) -> Any:  # fmt: skip
    z = relu(relu(W @ (g * x)))
    return a @ (z + B @ z)


def test_laws_that_hold_only_away_from_ties_are_not_mixed_with_others() -> None:
    """With relu of relu one pattern is at a tie wherever a unit is off; without such states the
    off-diagonal entries seem to be conserved as well. M = 1 + B has M M' - a' a, off the diagonal
    too, units |W_i|^2 - |M_i|^2, and inputs g_i^2 - |W[:,i]|^2: 3 + 2 + 2.
    """
    d = discover(traced(doubled))
    assert d.complete and [w.text for w in d.written] == ["|U[i,:]|^2 - |B[:,i]|^2 for each i"]
    d = discover(traced(doubled_residual))
    assert (d.lower, d.upper, d.found) == (7, 7, 7)
    assert all(w.proved == len(w.laws) for w in d.written)


CANCELS = {
    "relu, or more": (lambda z: np.maximum(relu(z), z), relu),
    "abs, or more": (lambda z: np.maximum(np.abs(z), z), np.abs),
    "cut twice": (lambda z: np.clip(np.clip(z, -1, 1), -1, 1), lambda z: np.clip(z, -1, 1)),
}


@pytest.mark.parametrize("name", CANCELS)
def test_where_a_difference_cancels_nothing_is_said_that_does_not_hold(name: str) -> None:
    """Of a number that is 0 in its whole piece, as two terms cancel, no state is drawn: it is not
    said that nothing moves, or that a law holds which the same model, written shorter, has not.
    """
    units = lambda f: traced(shaped(lambda x, *, W, a: np.sum(a * f(W @ x)), {"x": (2,)},
                                    {"W": (2, 2), "a": (2,)}))  # fmt: skip
    long, short = (discover(units(f)) for f in CANCELS[name])
    assert short.complete and long.upper is not None and short.lower <= long.upper
    assert {x.text for x in long.written} <= {x.text for x in short.written}
    assert long.found <= short.found


def test_one_field_is_one_in_each_pattern() -> None:
    """w_0 + w_1 + relu(w_0 - 50), beyond what is drawn, conserves nothing: one law at most."""
    f = lambda *, w: w[0] + w[1] + relu(w[0] - 50)
    d = discover(traced(shaped(f, {}, {"w": (2,)})))
    assert (d.upper, d.lower, d.count_exact, d.error_probability) == (1, 0, False, None)


def along_a_line(x: (1, 64), *, K: (10, 1, 2), W: (1, 10, 63)) -> Any:  # type: ignore[syntax]
    """630 units of two products each: at whole numbers up to 9 one of fifty is 0."""
    z = sum(np.einsum("oc,cn->on", K[:, :, j], x[:, j : j + 63]) for j in range(2))
    return np.einsum("ocn,cn->o", W, relu(z))


def test_states_at_larger_numbers_where_small_ones_tie() -> None:
    """One law for each channel, |K_i|^2 - |W_i|^2."""
    d = discover(traced(along_a_line))
    assert (d.upper, d.lower, d.complete) == (10, 10, True), d.notes
    assert d.settled is not None and d.settled.patterns is not None
    seen = d.settled.patterns
    assert seen.whole and seen.exact and seen.size == 99 and not seen.ties


def test_numbers_are_not_larger_than_doubles_hold() -> None:
    """Of a tie that no number mends, z^4 - z^3 z, they are small again: (2 99 99)^4 is 2^57."""
    graph = traced(shaped(lambda x, *, A, B: B @ relu((A @ x) ** 4 - (A @ x) ** 3 * (A @ x)),
                          {"x": (2,)}, {"A": (2, 2), "B": (2, 2)}))  # fmt: skip
    occurring = Occurring(graph)
    with pytest.raises(NoValue, match="nearly all are at a tie"):
        occurring.draw(np.random.default_rng(0), 4)
    assert occurring.whole and occurring.size == patterns.SIZE
