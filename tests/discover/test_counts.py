"""Every row of the two tables of known counts, found, written, proved and counted with nobody
telling the answer: it stands here only, and is compared afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

from tests import trained
from verify.discover import house
from verify.discover.certificate import asked
from verify.discover.discovery import discover
from verify.discover.flows import flow
from verify.discover.losses import seen_by
from verify.discover.records import Discovery
from verify.exact.errors import BadInput
from verify.trace.trace import traced

Model = Callable[..., Any]
SOFT, SIGMOID = (2, 1, 2), (3, 2, 3)

#: (model, D, laws): complete, all of them written and proved
COMPLETE: list[tuple[Model, int, int]] = [
    (house.linear(1, 1, 1), 2, 1), (house.linear(1, 2, 1), 4, 3), (house.linear(1, 3, 2), 9, 6),
    (house.linear(1, 2, 3), 8, 3), (house.linear(2, 2, 3), 10, 3),
    (house.linear(2, 3, 5), 21, 6), (house.linear(2, 2, 2, 2), 12, 6),
    (house.linear(2, 2, 2), 8, 3), (house.linear(4, 2, 4, 3), 28, 13),
    (house.linear(4, 4, 4, 4), 48, 20), (house.linear(3, 2, 5, 4, 2), 44, 28),
    (house.linear(5, 4, 4, 5, 5), 81, 35), (house.rectified(2, 2, 2), 8, 2),
    (house.rectified(2, 3, 2, bias=True), 15, 3), (house.rectified(3, 4, 2, 4), 28, 6),
    (house.rectified(2, 7, 9), 77, 7), (house.diagonal(2, 3), 6, 3), (house.diagonal(3, 2), 6, 4),
    (house.signed_power(2, 2), 4, 2), (house.signed_power(3, 2), 4, 2),
    (house.shaped(lambda *, x, y, z: x**2 * y**3 * z, {}, {"x": (), "y": (), "z": ()}), 3, 2),
    (house.circular(2, 3), 6, 2), (house.convolution(3, 2), 5, 1),
    (house.factorisation(2, 2), 4, 0),
    (house.factorisation(2, 3), 6, 2), (house.tied(2), 4, 0), (house.residual(2), 8, 3),
    (house.quadratic(2, 2), 6, 2), (house.cp(3, 2, 1), 6, 2), (house.biased(2, 2, 1), 9, 3),
    (trained.silu_layers(2, 3, 1), 9, 0), (trained.silu_layers(2, 2, 2, 1), 10, 0),
    (trained.silu_layers(2, 3, 3, 1), 18, 0), (trained.swiglu(3, 2, 1), 15, 3),
    (trained.experts(2, 1, 2), 14, 4), (trained.experts(3, 2, 3), 51, 9),
    (trained.experts(2, 1, 2, trained.normalised_sigmoid), 14, 2),
    (trained.experts(3, 2, 3, trained.normalised_sigmoid), 51, 6),
    (trained.attention(3, 2, 2, 2), 48, 12),
    (trained.attention(3, 2, 2, 2, rotary=True), 48, 8), (trained.attention(2, 1, 1, 2), 16, 4),
    (trained.attention(2, 2, 2, 1), 16, 6),
    (trained.attention(2, 2, 2, 1, rotary=True), 16, 4),
    (trained.attention(3, 2, 2, 2, kv=1), 36, 6), (trained.attention(2, 2, 2, 1, norm=True), 16, 5),
    (trained.attention(2, 2, 2, 1, norm=True, gains=True, rotary=True), 20, 6),
    (trained.normed(2, 2, True), 8, 3), (trained.normed(2, 2, False), 6, 1),
    (trained.normed(3, 2, False), 9, 1),
]  # fmt: skip


@cache
def found(model: Model, how: str | None = None, loss: str = "any", seed: int = 0) -> Discovery:
    graph = traced(seen_by(loss, model))
    return discover(graph, seed, flow=flow(how, graph), loss=loss)


@pytest.mark.parametrize(("model", "parameters", "laws"), COMPLETE)
def test_all_laws_are_written_proved_and_counted(model: Model, parameters: int, laws: int) -> None:
    d = found(model)
    assert (d.size, d.upper, d.lower) == (parameters, laws, laws)
    assert d.complete and d.count_exact and d.error_probability == 0


@pytest.mark.parametrize(("model", "parameters", "laws"), [x for x in COMPLETE if x[1] <= 64])
def test_the_kernel_counts_the_same(model: Model, parameters: int, laws: int) -> None:
    """Attention, norms, experts, gates: laws and count are checked again by a program of its own,
    which computes gradients and brackets itself.
    """
    answer = asked(found(model))
    assert answer.counts and not answer.refused, answer.reason
    assert f"rank {parameters - laws} = {parameters} - {laws}" in answer.sentence


def test_one_field_and_a_law_without_a_closed_form() -> None:
    d = found(house.linear(1, 2, 2, 1))
    assert (d.upper, d.lower, d.count_exact, d.complete) == (7, 6, True, False)


#: (model, loss, laws): rows with a symmetry of the loss
SYMMETRIC = [
    (house.diagonal(1, 3), "scale-invariant", 1), (house.diagonal(2, 3), "scale-invariant", 4),
    (house.diagonal(3, 3), "scale-invariant", 7), (house.product(2, 2, 2), "scale-invariant", 4),
    (house.product(3, 2), "gl-invariant", 3), (house.biased(2, 2, 3), "shift-invariant", 6),
]  # fmt: skip


@pytest.mark.parametrize(("model", "loss", "laws"), SYMMETRIC)
def test_what_a_symmetry_of_the_loss_adds(model: Model, loss: str, laws: int) -> None:
    d = found(model, loss=loss)
    assert (d.upper, d.lower, d.complete) == (laws, laws, True)
    assert found(model).lower < laws or model in (house.product(3, 2),)


#: (model, flow, laws at most, laws written): heavy ball, the metric diag(theta), rates
MOVING = [
    (house.linear(1, 1, 1), "heavy-ball", 0, 0), (house.linear(2, 2, 2), "heavy-ball", 1, 1),
    (house.linear(2, 2, 2), "diagonal", 2, 2), (house.linear(2, 2, 2), "W1=2,W2=1/3", 3, 3),
    (house.diagonal(2, 3), "u1=3", 3, 3), (house.signed_power(3, 2), "u=2", 2, 2),
]  # fmt: skip


@pytest.mark.parametrize(("model", "how", "upper", "written"), MOVING)
def test_other_flows(model: Model, how: str, upper: int, written: int) -> None:
    d = found(model, how)
    assert (d.upper, d.lower, d.complete) == (upper, written, upper == written)


def test_rates_weigh_the_balance() -> None:
    """|W1|^2/2 - 3 |W2|^2 is conserved, the unweighted balance is not."""
    texts = [w.text for w in found(house.linear(2, 2, 2), "W1=2,W2=1/3").written]
    assert texts == ["W1 @ W1.T - 6 W2.T @ W2"]


@pytest.mark.parametrize("how", ["W3=1", "W1", "W1=0", "W1=-1", "W1=x", "W1=2,W1=3", "newton", ""])
def test_a_flow_that_there_is_not(how: str) -> None:
    with pytest.raises(BadInput, match="--flow"):
        flow(how, traced(house.linear(2, 2, 2)))


def test_names_and_the_order_of_units_change_nothing() -> None:
    """Renamed tensors, permuted units, a scaled loss, data split into two inputs."""

    def other(x: (2,), y: (2,), *, second: (2, 3), first: (3, 2)):
        hidden = first[[2, 0, 1]] @ np.stack([x, y], axis=1)
        return 7 * second[:, [2, 0, 1]] @ hidden

    mine, theirs = found(house.linear(2, 3, 2)), found(other)
    assert (mine.upper, mine.lower) == (theirs.upper, theirs.lower) == (6, 6)
    assert {w.text for w in theirs.written} == {"second.T @ second - first @ first.T"}


@pytest.mark.parametrize("model", [house.linear(2, 3, 2), trained.swiglu(2, 2, 1)])
def test_no_seed_finds_another_count(model: Model) -> None:
    assert {(d.upper, d.lower) for d in (found(model, seed=s) for s in range(6))} == {
        (found(model).upper, found(model).lower)
    }
