"""Laws are proved by steps that a second reading accepts; false ones are not, nor are forged steps.

The kind: a false law that is close to a true one (a sign, a factor, a term dropped, the gate of
another normalisation), and a true proof in which a step is altered.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from math import erf as plain_erf
from math import exp, log, prod, sqrt

import numpy as np
import pytest

from tests.discover import models
from verify.discover.in_doubles import proofs
from verify.discover.laws.atoms import Atom, Inner, Law, Log, Minor, Power, Total, law, square
from verify.discover.laws.direction import NotProved, direction
from verify.discover.laws.equivariance import Prover
from verify.discover.laws.layout import Layout, Part, at, whole
from verify.discover.laws.recheck import Recheck, Refuted
from verify.discover.laws.scalars import Scalars
from verify.discover.laws.writing_out import written_out
from verify.trace.numbers import FLOATS

Model = Callable[..., object]
R = range
FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": exp, "log": log, "sqrt": sqrt, "erf": plain_erf, "inv": lambda z: 1 / z,
}  # fmt: skip


def unit(shapes: dict[str, tuple[int, ...]], c: dict[tuple[str, int], int], i: int, j: int) -> Law:
    layout = Layout.of(shapes)
    atoms = [Inner(at(layout, t, (a,), i), at(layout, t, (a,), j)) for t, a in c]
    return law(atoms, [Fraction(x) for x in c.values()])


def units(model: Model, c: dict[tuple[str, int], int], pairs: list[tuple[int, int]]) -> list[Law]:
    shapes = dict(models.graph(model).params)
    return [unit(shapes, c, i, j) for i, j in pairs]


def cells(*c: tuple[int, str, tuple[int, ...]]) -> list[tuple[Fraction, Atom]]:
    return [(Fraction(x), Total(Part(t, i))) for x, t, i in c]


def all_pairs(*blocks: tuple[int, int]) -> list[tuple[int, int]]:
    return [(i, j) for a, b in blocks for i in R(a, b) for j in R(a, i + 1)]


def true() -> dict[Model, list[Law]]:
    """Written by hand."""
    two, three = all_pairs((0, 2)), all_pairs((0, 3))
    heads = all_pairs((0, 2), (2, 4))
    circular = [Inner(Part("a", (i,)), Part("a", (j,))) for i, j in ((0, 1), (0, 2), (1, 2))]
    circular += [Inner(Part("b", (i,)), Part("b", (j,))) for i, j in ((0, 1), (0, 2), (1, 2))]
    minor = lambda i, j: Log(Minor("U", (0, 1), (i, j)))
    one = Fraction(1)
    return {
        models.linear: units(models.linear, {("W1", 0): 1, ("W2", 1): -1}, three),
        models.product_first: units(models.product_first, {("W1", 0): 1, ("W2", 1): -1}, three),
        models.relu_bias: units(
            models.relu_bias, {("A", 0): 1, ("a", 0): 1, ("B", 1): -1}, [(i, i) for i in R(4)]
        ),
        models.swiglu: units(models.swiglu, {("A", 1): 1, ("C", 0): -1}, [(i, i) for i in R(3)]),
        models.gelu_gate: units(models.gelu_gate, {("A", 1): 1, ("C", 0): -1}, [(0, 0), (1, 1)]),
        models.experts: [Law(((one, Total(Part("W", ((0, 2), j)))),)) for j in R(2)],
        models.attention: units(models.attention, {("Q", 0): 1, ("K", 0): -1}, heads)
        + units(models.attention, {("V", 0): 1, ("O", 1): -1}, heads),
        models.residual: [
            Law((*unit({"U1": (2, 2), "U2": (2, 2)}, {("U1", 0): 1, ("U2", 1): -1}, i, j).sum,
                 *cells((1, "U1", (i, j)), (1, "U1", (j, i)), (-1, "U2", (i, j)),
                        (-1, "U2", (j, i)))))
            for i, j in two
        ],
        models.symmetric: [law([minor(0, 1), minor(0, 2)], [one, -one]),
                           law([minor(0, 1), minor(1, 2)], [one, -one])],
        models.cubes: [law([Power(((i, -1),)), Power(((i + 2, -1),))], [one, one]) for i in R(2)],
        models.normalised: [
            *units(models.normalised, {("g", 0): 1, ("O", 1): -1}, [(0, 0), (1, 1)]),
            Law(((one, square(Part("U", ((0, 2), (0, 2))))),)),
        ],
        models.layer_normed: units(
            models.layer_normed, {("g", 0): 1, ("O", 1): -1}, [(i, i) for i in R(3)]
        ),
        models.layer_projected: [Law(((one, square(Part("U", ((0, 3), (0, 2))))),)),
                                 *(Law(((one, Total(Part("U", ((0, 3), j)))),)) for j in R(2))],
        models.circular: [
            law([square(Part("a", ((0, 3),))), square(Part("b", ((0, 3),)))], [one, -one]),
            law(circular, [one] * 3 + [-one] * 3),
        ],
        models.squares: units(models.squares, {("a", 0): 2, ("W", 0): -1}, [(0, 0), (1, 1)]),
    }  # fmt: skip


TRUE = true()


@cache
def scalars(model: Model) -> Scalars:
    return written_out(models.graph(model))


@cache
def layout(model: Model) -> Layout:
    return Layout.of(models.graph(model).params)


@pytest.mark.parametrize("model", TRUE, ids=lambda m: m.__name__)
def test_true_laws_are_proved(model: Model) -> None:
    made = proofs(models.graph(model), layout(model), TRUE[model])
    assert not made.reasons and len(made.proved) == len(set(TRUE[model]))


@pytest.mark.parametrize("model", TRUE, ids=lambda m: m.__name__)
def test_changed_laws_are_not(model: Model) -> None:
    """Each coefficient of each law changed, or its term dropped."""
    prover = Prover(scalars(model))
    for one in TRUE[model]:
        for k, (c, a) in enumerate(one.sum):
            for more in (-c, c) if len(one.sum) > 1 else ():
                changed = Law((*one.sum[:k], (c + more, a), *one.sum[k + 1 :]))
                with pytest.raises(NotProved):
                    prover.prove(changed.form(layout(model)))


FALSE = (
    (models.relu_bias, units(models.relu_bias, {("A", 0): 1, ("a", 0): 1, ("B", 1): -1}, [(0, 1)])),
    (models.relu_bias, units(models.relu_bias, {("A", 0): 1, ("B", 1): -1}, [(1, 1)])),
    (models.swiglu, units(models.swiglu, {("A", 1): 1, ("B", 0): -1}, [(0, 0)])),
    (models.swiglu, units(models.swiglu, {("A", 1): 1, ("C", 0): -1}, [(0, 1)])),
    (models.attention, units(models.attention, {("Q", 0): 1, ("K", 0): -1}, [(0, 2)])),
    (models.attention, units(models.attention, {("Q", 0): 1, ("V", 0): -1}, [(0, 0)])),
    (models.sigmoid_experts, [Law(((Fraction(1), Total(Part("W", ((0, 2), j)))),)) for j in R(2)]),
    (models.squares, units(models.squares, {("a", 0): 1, ("W", 0): -1}, [(0, 0)])),
    (models.residual, units(models.residual, {("U1", 0): 1, ("U2", 1): -1}, [(0, 0)])),
    (models.symmetric, [Law(((Fraction(1), Log(Minor("U", (0, 1), (0, 1)))),))]),
    (models.symmetric, [Law(((Fraction(1), square(Part("U", ((0, 2), (0, 3))))),))]),
)


@pytest.mark.parametrize("model, laws", FALSE)
def test_false_laws_of_the_literature_are_not(model: Model, laws: list[Law]) -> None:
    """An entry off the diagonal through a ReLU, the sum of rows of a normalised sigmoid gate."""
    for x in laws:
        with pytest.raises(NotProved):
            Prover(scalars(model)).prove(x.form(layout(model)))


@pytest.mark.parametrize("model", TRUE, ids=lambda m: m.__name__)
def test_forged_steps_are_refused(model: Model) -> None:
    """Each step altered, dropped, or moved to a variable that stands still."""
    prover, reader = Prover(scalars(model)), Recheck(scalars(model))
    form = TRUE[model][0].form(layout(model))
    start, moves = direction(form), dict(prover.prove(form).moves)
    assert reader.check(start, moves) >= len(moves)
    for v, poly in moves.items():
        if reader.rewriting.same(poly, {}):
            continue  # an output whose derivative cancels once it is written out
        doubled = {m: 2 * c for m, c in poly.items()}
        for forged in ({**moves, v: doubled}, {w: p for w, p in moves.items() if w != v}):
            with pytest.raises(Refuted):
                reader.check(start, forged)
    with pytest.raises(Refuted):
        reader.check(start, {})  # nothing moves: then the law's gradient would be 0


@pytest.mark.parametrize("model", TRUE, ids=lambda m: m.__name__)
def test_the_variables_are_the_graph(model: Model) -> None:
    """Evaluated one after the other at random numbers they give what the graph gives."""
    g, s = models.graph(model), scalars(model)
    bits = np.random.default_rng(3)
    values = {n: bits.uniform(0.5, 1.5, shape) for n, shape in (g.params | g.inputs).items()}
    leaves = iter([x for n in values for x in values[n].ravel()])
    at: list[float] = []
    for key, d in zip(s.known, s.definitions, strict=True):
        z = d.c * (at[d.of] if d.of >= 0 else 1)
        if d.kind == "leaf":
            at.append(next(leaves))
        elif d.kind == "sum":
            at.append(sum(float(c) * prod(at[v] for v in m) for m, c in d.terms))
        elif d.kind == "still":
            at.append(1.0 if key[0] == "step" else 2 / sqrt(np.pi))
        else:
            at.append(FUNCTIONS[d.kind](float(z)))
    ours = [float(c) * (at[v] if v >= 0 else 1) for c, v in s.outputs]
    places = g.run(FLOATS, values)
    own = np.concatenate([np.ravel(x) for x in g.results(places)])
    assert np.allclose(ours, own, rtol=1e-9, atol=1e-9)


__all__ = ["whole"]
