"""Comparisons as people write them: the same function, written without one, has the same laws, all
of them proved and counted by engine and kernel.

The kind: a pattern of what has none (z^2 > 0, exp > 0, all of them among the k largest), two of one
number (the larger and the smaller), a pattern that lies far from where the kernel looks; and the
reverse, a pattern that is dropped where it matters.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from verify.discover.certificate import asked
from verify.discover.discovery import discover
from verify.discover.house import shaped
from verify.exact.errors import BadInput
from verify.trace.functions import relu, top_k
from verify.trace.numbers import FLOATS
from verify.trace.trace import traced

#: of three numbers the same three, written with comparisons and without, or with fewer
SAME: dict[str, tuple[Any, Any]] = {
    "a square": (lambda z: np.where(z**2 > 0, z, 0), lambda z: z),
    "a size": (lambda z: np.where(np.abs(z) > 0, z, 0), lambda z: z),
    "nothing above it": (lambda z: np.where(z**2 >= 0, z, z * z), lambda z: z),
    "one more": (lambda z: np.where(1 + z**2 > 0, z, 0), lambda z: z),
    "exp": (lambda z: np.where(np.exp(z) / 2 > 0, z, z**2), lambda z: z),
    "a root": (lambda z: z * (np.sqrt(1 + np.exp(z)) > 0), lambda z: z),
    "all three": (lambda z: z * top_k(z, 3), lambda z: z),
    "of relu": (lambda z: np.where(relu(z) > 0, z, 0), relu),
    "of relu again": (lambda z: np.where(relu(relu(z)) > 0, z, 0), relu),
    "larger and smaller": (lambda z: np.maximum(z[:2], z[1::-1]) + np.minimum(z[1::-1], z[:2]),
                           lambda z: z[:2] + z[1::-1]),
    "difference of both": (lambda z: np.maximum(z[:2], z[1:]) - np.minimum(z[:2], z[1:]),
                           lambda z: np.abs(z[:2] - z[1:])),
    "beside a third": (lambda z: np.maximum(z[:1], z[1:2]) + np.minimum(z[:1], z[1:2]) + z[2],
                       lambda z: z[:1] + z[1:2] + z[2]),
    "with itself": (lambda z: np.maximum(z, z) + np.minimum(z, 1 * z), lambda z: 2 * z),
    "sign": (lambda z: np.sign(z) * z, np.abs),
    "both": (lambda z: np.where((z > 0) & (z > -1), z, 0), lambda z: np.where(z > 0, z, 0)),
    "not": (lambda z: np.where(~(z > 0), 0, z), relu),
    "spread": (lambda z: np.where((z[:2] > 0)[None], z[None, :2], 0)[0], lambda z: relu(z[:2])),
}  # fmt: skip


def layers(f: Any) -> Any:
    """Between two layers; f gives any number of units."""
    width = int(np.shape(f(np.array([1.0, 2.0, -4.0])))[0])
    return traced(shaped(lambda x, *, A, B: B @ f(A @ x), {"x": (2,)},
                         {"A": (3, 2), "B": (1, width)}))  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_the_same_function_has_the_same_laws(name: str) -> None:
    one, two = (discover(layers(f)) for f in SAME[name])
    assert (one.upper, one.lower, one.complete) == (two.upper, two.lower, True), one.notes
    assert {w.text for w in one.written} == {w.text for w in two.written}
    if name != "a root":  # half of the points modulo the prime have none
        assert asked(one).counts


KEPT = [
    lambda z: np.exp(z) + z > 0,
    lambda z: np.exp(z) - 1 > 0,
    lambda z: z**2 * z > 0,
    lambda z: np.where(z**2 > 1, z, 0),
    lambda z: np.where(z**2 > 0, z + 1, 0),
    lambda z: np.where(z > 0, z, 0),
    lambda z: z * top_k(z, 2),
    lambda z: -np.exp(z) < z,
]
KEPT = [lambda z, f=f: f(z) * z for f in KEPT]


@pytest.mark.parametrize("f", KEPT)
def test_a_pattern_that_matters_is_kept(f: Any) -> None:
    """Beside the same values, which tracing compares."""
    graph = traced(shaped(lambda *, w: f(w), {}, {"w": (3,)}))
    assert {"step", "top"} & {n.op for n in graph.nodes}


TIES = [relu, np.abs, np.sign, lambda z: np.clip(z, -1, 1)]
TIES += [f for f, _ in SAME.values()]


@pytest.mark.parametrize("f", TIES)
def test_values_at_ties_are_those_of_numpy(f: Any) -> None:
    """At whole numbers, zero and equal ones among them."""
    graph = traced(shaped(lambda *, w: f(w), {}, {"w": (3,)}))
    random = np.random.default_rng(1)
    for _ in range(60):
        w = random.integers(-1, 2, 3).astype(float)
        (mine,) = graph.results(graph.run(FLOATS, {"w": w}))
        assert np.allclose(mine, f(w), rtol=0, atol=1e-12)


def test_what_two_comparisons_say() -> None:
    """At 25 states: and, or, not, and the number 1 where it is so."""
    z, y = np.meshgrid(np.arange(-2.0, 3) + 0.5, np.arange(-2.0, 3) + 0.25)
    f = lambda z, y: np.where((z > 0) | ~(y > z) & np.logical_not(y <= 1), z * y, 7)
    graph = traced(shaped(lambda *, z, y: f(z, y), {}, {"z": z.shape, "y": y.shape}))
    (mine,) = graph.results(graph.run(FLOATS, {"z": z, "y": y}))
    assert np.array_equal(mine, f(z, y))


def test_what_is_no_comparison_is_refused() -> None:
    given = [lambda z: np.where(z, z, 0), lambda z: np.logical_and(z, z > 0), lambda z: ~z]
    given += [lambda z: np.where(np.sign(z), z, 0), lambda z: np.where(2 - (z > 0), z, 0)]
    for f in given:
        with pytest.raises(BadInput, match="expected"):
            traced(shaped(lambda *, w, f=f: f(w), {}, {"w": (3,)}))


#: what people train, with a bend far from 0: laws on the whole space
FAR = {
    "hard swish": (lambda z: z * np.clip(z + 3, 0, 6) / 6, 0),
    "hard sigmoid": (lambda z: np.clip(z / 6 + 0.5, 0, 1), 0),
    "relu up to 6": (lambda z: np.minimum(relu(z), 6), 0),
    "hard tanh": (lambda z: np.clip(z, -1, 1), 0),
    "shrunk": (lambda z: np.where(np.abs(z) > 0.5, z, 0), 2),  # a number times its pattern
}


@pytest.mark.parametrize("name", FAR)
def test_the_kernel_sees_bends_that_are_far_from_0(name: str) -> None:
    """Patterns were looked for within one scale alone: it counted 5 of 6, and refused."""
    f, laws = FAR[name]
    d = discover(traced(shaped(lambda x, *, A, B: A @ f(B @ x), {"x": (2,)},
                               {"A": (1, 2), "B": (2, 2)})))  # fmt: skip
    assert (d.upper, d.lower, d.complete) == (laws, laws, True)
    assert asked(d).counts, asked(d).reason


#: 0 on a half-line far from where the recorded function is compared with its own
TIED = {
    "cut off": lambda z: relu(z + 3) <= 0, "clipped": lambda z: np.clip(z, -3, 3) <= -3,
    "a root": lambda z: np.sqrt((z + 3) ** 2) + z + 3 <= 0, "not more": lambda z: 0 >= relu(z + 3),
    "larger": lambda z: np.maximum(z, -3) <= -3,
}  # fmt: skip


@pytest.mark.parametrize("name", TIED)
def test_a_tie_in_a_whole_piece_is_on_its_side(name: str) -> None:
    """v z wherever it is asked, as relu(-z - 4) is 0 where it is not: u stands still, and u and
    |w|^2 - v^2 are conserved. Taken for >, it said that nothing is.
    """

    def tied(x: Any, *, w: Any, u: Any, v: Any) -> Any:
        z = w * x
        return np.where(TIED[name](z), v * z, v * z + u * relu(-z - 4))

    graph = traced(shaped(tied, {"x": ()}, {"w": (), "u": (), "v": ()}))
    for z in (-6, -3.5, -1, 5):
        at = {"x": np.array(z / 2), "w": np.array(2.0), "u": np.array(7.0), "v": np.array(3.0)}
        (value,) = graph.results(graph.run(FLOATS, at))
        assert value == 3 * z
    d = discover(graph)
    assert not d.complete and (d.upper is None or d.upper >= 2)
