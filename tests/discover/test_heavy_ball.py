"""Laws of the heavy ball: what is printed stays constant along trajectories that are followed in
doubles, with gradients by differences; none is missing where the count says so.

The kind: a printed law without its factor exp(tau t), with a sign or a transpose lost on the way.
Traps: balancedness, which gradient flow keeps, is broken; a shift has two laws.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from tests.discover import models
from tests.discover.test_counts import found
from tests.discover.test_symmetry import ROTATION
from verify.discover import house
from verify.discover.discovery import discover
from verify.discover.flows import flow
from verify.discover.records import Discovery
from verify.discover.symmetry import with_symmetry
from verify.trace.numbers import FLOATS
from verify.trace.trace import traced

TAU, END, STEP = 0.7, 1.5, 1e-5

#: (model, laws): linear ones one for each two hidden units, U U' for each two columns, a softmax
#: gate two for each column of its weights, and one for each two units of an expert of several
LAWS = [
    (house.linear(1, 1, 1), 0), (house.linear(2, 2, 2), 1), (house.linear(2, 3, 2), 3),
    (house.linear(2, 2, 2, 2), 2), (house.factorisation(2, 3), 3), (house.residual(2), 1),
    (house.attention(2, 2, 2), 2), (house.diagonal(2, 3), 0), (models.experts, 4),
    (house.rectified(2, 2, 2), 0), (house.factorisation(1, 2), 1),
]  # fmt: skip


def value(text: str, tensors: dict[str, Any], speeds: dict[str, Any], t: float) -> Any:
    """A printed law, read by nobody's parser."""
    text = re.sub(r"<([^>]*?\]?), (d?[A-Z]\d*(?:\[[^\]]*\])?)>", r"np.sum(\1 * \2)", text)
    text = text.replace("exp(tau t) (", "np.exp(tau * t) * (").replace("tau (", "tau * (")
    text = re.sub(r"(?<=[\w\]]) (?=d?[A-Za-z]\w*\[)", " * ", text).replace("outer", "np.outer")
    text = re.sub(r"(?<![\w.])sum\(", "np.sum(", text)
    names = tensors | {f"d{n}": x for n, x in speeds.items()}
    return np.asarray(eval(text, {"np": np, "tau": TAU, "t": t, **names}))


def followed(d: Discovery) -> list[tuple[Any, Any, float]]:
    """States, velocities and times of a heavy ball under half the squared error at two inputs."""
    graph, random = d.graph, np.random.default_rng(3)
    inputs = [{n: random.normal(size=s) for n, s in graph.inputs.items()} for _ in range(2)]
    cut = lambda flat: {n: flat[c].reshape(s) for n, s, c in graph.slices()}

    def loss(flat: Any) -> float:
        outputs = [graph.results(graph.run(FLOATS, {**cut(flat), **x})) for x in inputs]
        return sum(float(np.sum((y - 1) ** 2)) / 2 for out in outputs for y in out)

    def slope(flat: Any) -> Any:
        eye = np.eye(len(flat)) * STEP
        return np.array([(loss(flat + e) - loss(flat - e)) / (2 * STEP) for e in eye])

    size = graph.parameters
    field = lambda t, z: np.concatenate([z[size:], -TAU * z[size:] - slope(z[:size])])
    start = np.random.default_rng(4).normal(size=2 * size) / 2
    run = solve_ivp(field, (0, END), start, rtol=1e-9, atol=1e-11, t_eval=[0, END / 2, END])
    return [(cut(z[:size]), cut(z[size:]), t) for z, t in zip(run.y.T, run.t, strict=True)]


@pytest.mark.parametrize(("model", "laws"), LAWS)
def test_all_are_written_and_proved(model: Any, laws: int) -> None:
    d = found(model, "heavy-ball")
    assert (d.upper, d.lower, d.complete) == (laws, laws, True)


@pytest.mark.parametrize("model", [x for x, laws in LAWS if laws])
def test_what_is_printed_stays_constant(model: Any) -> None:
    d = found(model, "heavy-ball")
    path = followed(d)
    for line in d.written:
        values = [value(line.text, *state) for state in path]
        assert np.abs(values[0]).max() > 1e-3, line.text
        for later in values[1:]:
            np.testing.assert_allclose(later, values[0], atol=1e-6)
        if line.text.startswith("exp(tau t)"):
            bare = [value(line.text.replace("exp(tau t)", "1 *"), *state) for state in path]
            assert np.abs(bare[-1] - bare[0]).max() > 1e-3


def test_balance_is_broken() -> None:
    path = followed(found(house.linear(2, 2, 2), "heavy-ball"))
    gap = [w["W1"] @ w["W1"].T - w["W2"].T @ w["W2"] for w, _, _ in path]
    assert np.abs(gap[-1] - gap[0]).max() > 1e-2


def test_a_rotation_that_the_loss_does_not_see() -> None:
    """Gradient flow gains nothing by it, a heavy ball the angular momentum of the last layer."""
    graph = with_symmetry(traced(house.linear(2, 2, 2)), ROTATION)
    plain = discover(graph)
    assert (plain.upper, plain.lower) == (3, 3)
    d = discover(graph, flow=flow("heavy-ball", graph))
    assert (d.upper, d.lower, d.complete) == (2, 2, True)
    (due,) = [w for w in d.written if w.symmetry]
    assert due.text == "exp(tau t) (dW2 @ W2.T - W2 @ dW2.T)"
    assert due.tex.startswith(r"e^{\tau t}") and not due.polynomial
