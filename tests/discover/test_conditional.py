"""Laws on an invariant set alone, told with their condition; without it each is refuted.

The kind: a law of the set that is told without its condition, a set that trajectories leave, a
tensor that stands for several and moves at the wrong rate. The numbers of the quasi-norm are those
of the reference (reference/completeness.md), worked out by hand.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from verify.discover import house
from verify.discover.conditional import conditional
from verify.discover.discovery import discover
from verify.discover.flows import flow
from verify.discover.losses import seen_by
from verify.discover.of_outputs import rate_of_powers
from verify.discover.records import Conditional
from verify.discover.symmetry import with_symmetry
from verify.trace.trace import traced


def found(model: Any, loss: str = "any") -> tuple[Conditional, ...]:
    d = discover(traced(seen_by(loss, model)), loss=loss)
    return conditional(d, traced(model))


def thirds(*, u: (2,), v: (2,), w: (2,)) -> Any:  # type: ignore[syntax]
    return np.sum(u * v * w)


def layered(x: (2,), *, u: (2,), v: (2,), a: (2, 2)) -> Any:  # type: ignore[syntax]
    return a @ (u * v * x)


def one_tied(*, u: (2,), v: (2,), w: (2,)) -> Any:  # type: ignore[syntax]
    return np.sum(u * v + w * w * w)


def opposite(x: (2,), *, u: (2,), v: (2,)) -> Any:  # type: ignore[syntax]
    return np.sum(np.maximum(-u, 0) * np.maximum(v, 0) * x)


def one_side(x: (2,), *, u: (2,), v: (2,)) -> Any:  # type: ignore[syntax]
    return np.sum(np.minimum(u * v, 0) * x)


@pytest.mark.parametrize(("depth", "power"), [(2, ""), (3, "^(2/3)"), (4, "^(1/2)")])
def test_the_quasi_norm_needs_balance_and_its_loss(depth: int, power: str) -> None:
    model = house.diagonal(depth, 2)
    (law,) = found(model, "scale-invariant")
    assert law.text == f"sum(|v|{power}) of the outputs v"
    assert law.condition == " = ".join(f"u{k + 1}" for k in range(depth))
    assert "its rate is" in law.against and law.states == 3
    graph = with_symmetry(traced(model), "dv = v")
    (again,) = conditional(discover(graph), graph)
    assert (again.text, again.condition) == (law.text, law.condition)
    assert not found(model)  # with half the squared error it changes even there


def test_rates_of_the_quasi_norm_worked_out_by_hand() -> None:
    """S = |v_1| + |v_2| of v = a b: under v_1/v_2 (as the loss of r = v_2/v_1, whose derivative is
    -1/r^2), and under half the squared error with the target (3, 1).
    """
    plain = traced(house.diagonal(2, 2))
    seen = traced(seen_by("scale-invariant", house.diagonal(2, 2)))
    weights, e = {0: Fraction(1), 1: Fraction(1)}, Fraction(1)
    rate = lambda graph, a, b, g: rate_of_powers(
        graph, plain, {"u1": tuple(map(Fraction, a)), "u2": tuple(map(Fraction, b))},
        list(map(Fraction, g)), weights, e)  # fmt: skip
    for value, known in (
        (rate(seen, (1, 1), (2, 1), [-4]), -1),
        (rate(seen, (2, 3), (2, 3), [Fraction(-16, 81)]), 0),
        (rate(plain, (1, 2), (1, 2), [-2, 3]), -20),
    ):
        assert value.contains(known) and value.rad() < 1e-20


def test_a_law_that_holds_where_three_tensors_are_equal() -> None:
    d = discover(traced(thirds))
    assert (d.upper, d.lower) == (5, 4)
    (law,) = found(thirds)
    assert law.states == 3
    assert law.condition == "u = v = w" and law.text == "u[0]^-1 - u[1]^-1 while u[0], u[1] != 0"
    field = lambda t, z: -np.concatenate([z[2:4] * z[4:], z[:2] * z[4:], z[:2] * z[2:4]])
    value = lambda z: 1 / z[0] - 1 / z[1]
    for start, kept in (([1, 2] * 3, True), ([1, 2, 1, 1.5, 0.5, 1], False)):
        run = solve_ivp(field, (0, 0.2), start, rtol=1e-10, atol=1e-12).y.T
        assert (abs(value(run[-1]) - value(run[0])) < 1e-8) == kept


@pytest.mark.parametrize("model", [layered, house.linear(2, 2, 2), house.rectified(2, 2, 2)])
def test_what_holds_anyway_is_no_law_of_a_set(model: Any) -> None:
    assert found(model) == ()


@pytest.mark.parametrize("model", [opposite, one_side])
def test_a_set_on_which_nothing_moves_is_no_reason_to_refuse_the_model(model: Any) -> None:
    """u = v makes either output 0; elsewhere u v x moves, which is a product."""
    d = discover(traced(model))
    assert d.complete and d.lower == 2 and not conditional(d, d.graph)


def test_one_tensor_in_place_of_two_moves_at_half_the_rate() -> None:
    """On u = v = q: q' = -J' q and w' = -3 J' w^2, so that 3 log|q| + 1/w is constant; on
    u = -v = q it is q' = J' q.
    """
    told = {(x.condition, x.text) for x in found(one_tied)}
    where, ratio = "while u[0], w[0] != 0", "u[0] / u[1] while u[1] != 0"
    assert told == {
        ("u = v", f"3 log|u[0]| + w[0]^-1 {where}"), ("u = v", ratio),
        ("u = -v", f"3 log|u[0]| - w[0]^-1 {where}"), ("u = -v", ratio),
    }  # fmt: skip


def test_only_of_gradient_flow() -> None:
    graph = traced(house.diagonal(2, 2))
    assert not conditional(discover(graph, flow=flow("diagonal", graph)), graph)
