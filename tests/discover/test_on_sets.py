"""Laws on invariant sets: while A A' = B B' a layer that is wider than its neighbours keeps what
its columns span; units with equal weights. Each is told with its condition, and refuted without it.

The kind: a set that is left, a piece of it that is not looked at, a law that is one at random
points only, or one that holds anyway. What is known: at balance B = A O, so that A' = -A O G has
the columns of A; r-dimensional spaces of R^h have r (h - r) coordinates.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from verify.discover import house, on_sets
from verify.discover.at_states import State, drawn, held, rows
from verify.discover.balanced import Balanced, sets
from verify.discover.conditional import conditional
from verify.discover.discovery import discover
from verify.discover.fixed import swaps
from verify.discover.identities import conserved, symmetric
from verify.discover.laws.forms import Form
from verify.discover.laws.reading import laws_of
from verify.discover.records import Conditional
from verify.discover.symmetry import with_symmetry
from verify.exact.errors import EnginesDisagree
from verify.trace.trace import traced

CONDITION = "W1 @ W1.T = W2.T @ W2"


def found(model: Any) -> tuple[Conditional, ...]:
    graph = traced(model)
    return conditional(discover(graph), graph)


@pytest.mark.parametrize(
    ("widths", "count"),
    [((2, 3, 2), 2), ((1, 3, 1), 2), ((1, 3, 2), 2), ((2, 3, 1), 2), ((3, 3, 2), 2), ((1, 4, 1), 3),
     ((2, 2, 2), 0), ((3, 2, 3), 0), ((3, 2, 1), 1)],
)  # fmt: skip
def test_the_columns_of_a_wide_layer_span_what_they_did(
    widths: tuple[int, ...], count: int
) -> None:
    r, h = min(widths[0], widths[2]), widths[1]
    assert count == max(0, min(r, h) * (h - r))
    laws = found(house.linear(*widths))
    assert len(laws) == count and all(x.condition == CONDITION for x in laws)
    assert all(": the rate of its logarithm is " in x.against for x in laws)


def test_the_rate_of_what_is_no_product_is_its_own() -> None:
    """Of W2[0,0] W3[0,1] - W2[1,0] W3[0,0]: a quotient is judged by its logarithm, this is not."""
    for x in found(house.linear(1, 2, 2, 1)):
        assert ": its rate is " in x.against and "logarithm" not in x.against


def test_the_missing_law_of_1221_while_two_of_its_layers_are_balanced() -> None:
    laws = {x.condition: x.text for x in found(house.linear(1, 2, 2, 1))}
    assert laws == {
        CONDITION: "W2[0,0] W3[0,1] - W2[1,0] W3[0,0]",
        "W2 @ W2.T = W3.T @ W3": "W1[0,0] W2[0,1] - W1[1,0] W2[0,0]",
    }


@pytest.mark.parametrize("balanced", [True, False])
@pytest.mark.parametrize("sign", [1, -1])
def test_followed_in_doubles(balanced: bool, sign: int) -> None:
    """W2 W1 towards a target, from W2' = W1 O, O of both pieces of the orthogonal matrices."""
    target, r = np.array([[3.0, 1.0], [-1.0, 2.0]]), np.random.default_rng(3)
    start, turn = r.normal(size=(3, 2)), np.array([[0.6, -0.8 * sign], [0.8, 0.6 * sign]])
    other = (start @ turn).T if balanced else r.normal(size=(2, 3))

    def field(t: float, z: Any) -> Any:
        a, b = z[:6].reshape(3, 2), z[6:].reshape(2, 3)
        slope = b @ a - target
        return -np.concatenate([(b.T @ slope).ravel(), (slope @ a.T).ravel()])

    z0 = np.concatenate([start.ravel(), other.ravel()])
    z = solve_ivp(field, (0, 1), z0, rtol=1e-11, atol=1e-12).y[:, -1]

    def ratio(z: Any) -> float:
        a = z[:6].reshape(3, 2)
        return float(np.linalg.det(a[[0, 1]]) / np.linalg.det(a[[0, 2]]))

    assert (abs(ratio(z) - ratio(z0)) < 1e-8) == balanced
    assert "det(W1[[0,1],:]) / det(W1[[0,2],:])" in found(house.linear(2, 3, 2))[0].text


def on(widths: tuple[int, ...]) -> list[Balanced]:
    d = discover(traced(house.linear(*widths)))
    return sets(d.layout, [(w.family, w.text) for w in d.written])


@pytest.mark.parametrize("widths", [(2, 3, 2), (3, 2, 1), (1, 2, 2, 1), (2, 2, 2, 3)])
def test_points_of_the_set_are_balanced(widths: tuple[int, ...]) -> None:
    r = np.random.default_rng(0)
    for one in on(widths):
        draw = lambda *shape: r.integers(-5, 6, shape).astype(object)
        free = {n: draw(*s) for n, s in one.layout.shapes.items()}
        turns = [Fraction(int(x), 3) for x in draw(one.turns)]
        for signs in one.signs():
            W = one.tensors(free, turns, signs, Fraction(1))
            for a, b in one.links:
                A, B = a.matrix(W[a.tensor]), b.matrix(W[b.tensor])
                assert (A @ A.T == B @ B.T).all() and (A != 0).any()


def test_all_layers_balanced_at_once() -> None:
    assert [len(x.links) for x in on((2, 2, 2, 3))] == [1, 1, 2]
    assert [len(x.links) for x in on((1, 2, 2, 1))] == [1, 1]  # W2 has more columns than W1 and W3


def test_what_is_no_law_there_is_not_proved() -> None:
    graph = traced(house.linear(2, 3, 2))
    (there,) = on((2, 3, 2))
    form = lambda text: _form(text, there)
    ratio = "det(W1[[0,1],:]) / det(W1[[0,2],:])"
    assert conserved(graph, form(ratio), there)
    assert conserved(graph, form("|W1|^2 - |W2|^2"), there)
    for false in ("|W1|^2", "|W1|^2 - 2 |W2|^2", "W1[0,0] / W1[1,0]", "det(W1[[0,1],:])"):
        assert not conserved(graph, form(false), there), false


REST = "otherwise REFUTED"


def forged(condition: str, text: str) -> Conditional:
    """Held against states on which W1 W1^T = W2^T W2."""
    graph = traced(house.linear(2, 3, 2))
    (there,) = on((2, 3, 2))
    state = partial(on_sets._state, graph, there)
    return held(graph, Conditional(condition, text, REST), state, 0)


def test_what_is_printed_is_held_against_states_of_the_set() -> None:
    assert all(x.states == 3 for w in ((2, 3, 2), (1, 2, 2, 1)) for x in found(house.linear(*w)))
    ratio = "det(W1[[0,1],:]) / det(W1[[0,2],:])"
    assert forged(CONDITION, ratio).states == 3
    for condition, text, said in (
        (CONDITION, "W1[0,0] / W1[1,0]", "was proved, and changes"),
        (CONDITION, "|W1|^2 - 2 |W2|^2", "was proved, and changes"),
        ("W1 = W2.T", ratio, "is none of it"),
        ("W1 @ W1.T = 2 W2.T @ W2", ratio, "is none of it"),
    ):
        with pytest.raises(EnginesDisagree, match=said):
            forged(condition, text)


def test_a_set_that_is_left_is_refuted() -> None:
    """Of W1 = W2.T in a linear network with a third layer, which moves one alone."""
    graph = traced(house.linear(2, 2, 2, 2))

    def equal(draw: Random) -> State:
        made = drawn(graph, draw)
        return rows(made | {"W2": made["W1"]})

    told = Conditional("W1 = W2", "|W1|^2 - |W2|^2", REST)
    with pytest.raises(EnginesDisagree, match="while W1 = W2"):
        held(graph, told, equal, 0)


def _form(text: str, there: Balanced) -> Form:
    ((_, form),) = laws_of(text, there.layout)
    return form


def test_with_a_symmetry_of_the_loss_and_not_where_the_model_is_no_polynomial() -> None:
    graph = with_symmetry(traced(house.linear(2, 3, 2)), "dv[0] = -v[1], dv[1] = v[0]")
    laws = conditional(discover(graph), graph)
    assert {x.condition for x in laws} == {CONDITION} and len(laws) >= 2
    assert not found(house.attention(2, 2, 2, 1))
    plain = traced(house.linear(2, 3, 2))
    assert not conditional(discover(plain, memory=0), plain)  # no bound, so no room is known


def broken(*, a: (2,), b: (2,)) -> Any:  # type: ignore[syntax]
    """Where both units are equal 2 a b + O(gap^2), and without a law elsewhere."""
    gap, total = a[0] - a[1], b[0] + b[1]
    return a[0] * b[1] + a[1] * b[0] + gap**2 * (1 + total**2)


def test_units_with_equal_weights_stay_equal() -> None:
    assert discover(traced(broken)).lower == 0
    (law,) = found(broken)
    assert law.condition == "a[0] = a[1], b[0] = b[1]"
    assert law.text == "a[i]^2 - b[i]^2 for each i"


def test_what_changes_the_outputs_is_no_symmetry() -> None:
    """Of u^2 - v^2 the sign changes, of a W x with two units nothing but the exchange of both."""
    graph = traced(house.signed_power(2, 2))
    named = {x.condition: symmetric(graph, x) for x in swaps(discover(graph).layout, ())}
    assert named == {"u = -v": False, "u = v": False, "u[0] = u[1], v[0] = v[1]": False}
    d = discover(traced(house.linear(1, 2, 3)))
    pairs = list(swaps(d.layout, [w.family for w in d.written]))
    sure = {x.condition for x in pairs if symmetric(d.graph, x)}
    assert sure == {"W1[0,:] = W1[1,:], W2[:,0] = W2[:,1]"} and len(pairs) == 2
