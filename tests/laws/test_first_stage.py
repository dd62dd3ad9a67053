"""``verify discover`` begins with what ``verify candidates`` solves for, by the same function; its
laws are among those that are written, or are written themselves, and respect the bound from above.

What else belongs to the kind: models of the catalogue as functions (the same algebra, law by law),
with inputs and without, laws that no finder proposes, a stage that is wrong, models that are no
polynomials, too large ones, other flows and losses.
"""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction as F
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from tests.runner import cli
from verify.discover import house
from verify.discover.discovery import discover
from verify.discover.flows import flow
from verify.discover.laws import find
from verify.discover.laws.atoms import Law, Power
from verify.exact.errors import EnginesDisagree, NoValue
from verify.judge.first_stage import first_stage
from verify.models.catalogue import model
from verify.terms.polynomials import value
from verify.theories.symmetries.families import Span
from verify.theories.symmetries.of_graph import _by_inputs, case_of_graph, outputs
from verify.theories.symmetries.of_model import case_of
from verify.theories.symmetries.solved import solve
from verify.trace.graph import Graph
from verify.trace.numbers import FRACTIONS
from verify.trace.trace import traced

SAME = [
    ("diagonal", (3, 2), house.diagonal(3, 2)),
    ("layers", (2, 1, 2), house.product(2, 1, 2)),
    ("layers", (1, 2, 2), house.product(1, 2, 2)),
    ("layers", (2, 2, 1), house.linear(2, 2, 1)),  # with an input
    ("completion", (2, 2, 2), None),
    ("scalars", (3,), house.diagonal(3, 1)),
]


def of_completion() -> Any:
    return house.shaped(lambda *, U, V: U @ V.T, {}, {"U": (2, 2), "V": (2, 2)})


@pytest.mark.parametrize(("name", "sizes", "made"), SAME)
def test_the_algebra_is_that_of_the_catalogue(name: str, sizes: Any, made: Any) -> None:
    ours = case_of_graph(traced(made or of_completion()))
    theirs = case_of(model(name), model(name).at(sizes))
    assert ours.size == theirs.size
    mine, other = solve(ours), solve(theirs)
    spaces = Span(mine.symmetries), Span(other.symmetries)
    assert len(mine.symmetries) == len(other.symmetries) and mine.powers == other.powers
    assert not any(spaces[0].rest(xi) for xi in other.symmetries)
    assert not any(spaces[1].rest(xi) for xi in mine.symmetries)


MODELS = {
    "linear": house.linear(2, 2, 1),
    "residual": house.residual(2),
    "convolution": house.convolution(3, 2),
    "quadratic": house.quadratic(2, 2),
    "cp": house.cp(3, 1, 2),
    "biased": house.biased(1, 2, 1),
    "halves": house.shaped(lambda x, *, a: (a @ x) ** 2 / 2 - a[0], {"x": (2,)}, {"a": (2,)}),
}


@pytest.mark.parametrize("name", MODELS)
def test_the_polynomials_are_the_model(name: str) -> None:
    """At exact tensors and inputs; and what a monomial of the inputs multiplies, all together."""
    graph = traced(MODELS[name])
    draw = Random(name)
    size = graph.parameters + sum(int(np.prod(s)) for s in graph.inputs.values())
    theta, values, at = [F(draw.randint(-9, 9), 4) for _ in range(size)], {}, 0
    for n, shape in (*graph.params.items(), *graph.inputs.items()):
        count = int(np.prod(shape))
        values[n] = np.array(theta[at : at + count], dtype=object).reshape(shape)
        at += count
    found = [x for out in graph.results(graph.run(FRACTIONS, values)) for x in np.ravel(out)]
    polynomials = outputs(graph)
    assert [value(p, theta) for p in polynomials] == found
    parts = [p for out in polynomials for p in _by_inputs(out, graph.parameters)]
    assert all(i < graph.parameters for p in parts for m in p for i in m)
    assert sum(map(len, parts)) == sum(map(len, polynomials))


def test_what_no_finder_proposes_is_proposed_by_the_first_stage(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(find, "STAGES", ())
    graph = traced(house.diagonal(2, 2))
    assert discover(graph).lower == 0
    found = discover(graph, first=first_stage(graph))
    assert found.lower == found.upper == 2 and found.complete and not found.first.beyond


WRONG = [
    Law(((F(1), Power(((0, 2),))),)),
    Law(((F(1), Power(((0, 2),))), (F(-2), Power(((2, 2),))))),
    Law(((F(1), Power(((0, 1), (1, 1)))),)),
]


@pytest.mark.parametrize("law", WRONG)
def test_a_stage_that_is_wrong_is_seen(law: Law) -> None:
    graph = traced(house.diagonal(2, 2))
    stage = first_stage(graph)
    with pytest.raises(EnginesDisagree, match="at most 2"):
        discover(graph, first=replace(stage, laws=(*stage.laws, law)))


def graph_of(body: Any) -> Graph:
    return traced(house.shaped(body, {"x": (2,)}, {"W": (2, 2)}))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (lambda x, *, W: np.exp(W @ x), "exp"),
        (lambda x, *, W: np.maximum(W @ x, 0), "step"),
        (lambda x, *, W: np.tanh(W @ x), "exp"),
        (lambda x, *, W: (W @ x) / (1 + x @ x), "divides"),
        (lambda x, *, W: np.sqrt((W @ x) ** 2 + 1), "sqrt"),
    ],
)
def test_what_is_no_polynomial_says_so(body: Any, said: str) -> None:
    graph = graph_of(body)
    with pytest.raises(NoValue, match=said):
        case_of_graph(graph)
    assert said in first_stage(graph).note


def test_what_is_too_large_or_moves_otherwise_says_so() -> None:
    assert "17 coordinates" in first_stage(traced(house.diagonal(17, 1))).note
    graph = traced(house.linear(1, 2, 1))
    for how in ("W1=2,W2=1", "heavy-ball", "diagonal"):
        assert "not under" in first_stage(graph, 0, flow(how, graph)).note


def test_screen_and_json(tmp_path: Path) -> None:
    ran = cli(tmp_path, "discover", "product", "--widths", "2,1,2")
    assert "verify candidates: linear ones of dimension 1, and no more: 1 symmetric" in ran.flat
    assert "all among those above" in ran.flat
    said = json.loads(cli(tmp_path, "discover", "residual", "--format", "json").out)["symmetries"]
    # |row k of W1|^2 + 2 W1[k,k] less the same of W2: squares and a linear part, for both k
    assert said == {"asked": True, "dimension": 0, "at_most": 0, "symmetric": 0, "powers": 2,
                    "laws_beyond": 0}  # fmt: skip
    said = json.loads(cli(tmp_path, "discover", "relu", "--format", "json").out)["symmetries"]
    assert said["asked"] is False and "no polynomial" in said["reason"]


def test_what_would_take_longer_than_the_search_is_left_out() -> None:
    """Seen: 10 s for 660 terms, and the square of the number of entries of the outputs."""
    many = house.shaped(lambda x, *, a, W: a @ (W @ x) ** 9, {"x": (4,)},
                        {"a": (3,), "W": (3, 4)})  # fmt: skip
    wide = house.shaped(lambda *, W: np.ones((3000, 2)) @ W, {}, {"W": (2, 2)})
    deep = house.shaped(lambda *, W: (np.ones((80, 80, 2)) @ W).sum(axis=0), {}, {"W": (2, 2)})
    for made, said in ((many, "660 terms"), (wide, "entries"), (deep, "entries")):
        assert said in first_stage(traced(made)).note
        assert first_stage(traced(made)).laws == ()
