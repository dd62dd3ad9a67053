"""No gradient, step or flow of a model is typed outside its derivation: with another phi in a
model's place, every engine, theory, printed equation and symbol moves by that phi.

What else belongs to the kind: weight decay and the descent step, every depth and width (one layer
and one coordinate too), every loss, entries that share a state, a product's value beside its
gradient, equations in words and in LaTeX. ``TYPED`` names what is still written out by hand; each
of its rows is compared exactly with what is derived, and the list only shrinks.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from itertools import pairwise, product
from math import ceil
from random import Random

import pytest

import proofs.flows.fisher_flow as fisher
import proofs.flows.matrix_flow as matrix_flow
import verify.models.catalogue as catalogue
import verify.models.diagonal as diagonal
import verify.models.diagonal_flow as diagonal_flow
import verify.models.jets as jets
import verify.symbolic as symbolic
from verify.exact.precision import precision
from verify.exact.rings import Ball, Exact
from verify.integrate.evaluate import values
from verify.integrate.system import System
from verify.integrate.trace import Program, program
from verify.models.action import DeepLinear, Diagonal, LinearSystem, Units
from verify.models.catalogue.base import Model
from verify.models.catalogue.diagonal import MODEL as NETWORK
from verify.models.catalogue.layers import MODEL as LAYERS
from verify.models.derived import motion, phi_at, slopes_at, system
from verify.models.flow import Flow, Step
from verify.models.jets import Motion
from verify.models.losses import FAMILIES
from verify.models.losses.calculus import loss_gradient
from verify.models.point import Point
from verify.terms.array_words import words
from verify.theories.symmetries.actions import build

SIZES = [(1, 1), (1, 3), (2, 2), (3, 2), (4, 1), (5, 3)]
CASES = [(f.name, n) for f in FAMILIES for n in SIZES if f.widths[0] <= n[1] <= f.widths[1]]


def drawn(draw: Random) -> F:
    return F(draw.choice([-1, 1]) * draw.randint(1, 4), draw.randint(1, 3))


def part(cases: list, tail: F) -> list:
    """A fixed fraction, drawn by a seed, at least a fifth."""
    return Random(0).sample(cases, ceil(len(cases) * max(tail, F(1, 5))))


def another(m: Model, by: int = 3) -> Model:
    if m.phi.head != "stack":
        return replace(m, phi=by * m.phi)
    *run, body = m.phi.args
    return replace(m, phi=replace(m.phi, args=(*run, by * body)))


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> dict[str, Model]:
    """Both headline models with three times their phi, wherever they are taken from."""
    network, layers = another(NETWORK), another(LAYERS)
    for module in (diagonal, diagonal_flow, jets):
        monkeypatch.setattr(module, "MODEL", network)
    monkeypatch.setattr(matrix_flow, "MODEL", layers)
    monkeypatch.setattr(symbolic, "DIAGONAL", network)
    rows = tuple({"diagonal": network, "layers": layers}.get(m.name, m) for m in catalogue.MODELS)
    monkeypatch.setattr(catalogue, "MODELS", tuple(another(m) if m in rows else m for m in rows))
    for cached in (diagonal.moved, diagonal.partial):
        cached.cache_clear()
    yield {"diagonal": network, "layers": layers}
    for cached in (diagonal.moved, diagonal.partial):
        cached.cache_clear()


def a_point(family: str, sizes: tuple[int, int], shared: bool = False) -> Point:
    draw = Random(f"{family}{sizes}")
    (depth, width), numbers = sizes, lambda: drawn(draw)
    loss = next(f for f in FAMILIES if f.name == family).build(width, numbers)
    row = tuple(numbers() for _ in range(width))
    signs = [[draw.choice([-1, 1]) for _ in range(width)] for _ in range(depth)]
    start = tuple(
        tuple(s * x for s, x in zip(sign, row, strict=True))
        if shared
        else tuple(numbers() for _ in range(width))
        for sign in signs
    )
    return Point(start, loss, {"kappa": numbers(), "eta": numbers()})


def derived(m: Model, here: Point, decay: F) -> System:
    """By evaluating phi and its gradient as they stand."""
    at = m.at((here.depth, here.width))
    gradient = lambda z, moment: loss_gradient(here.loss, z, moment.number, moment.rate)
    return system(m, at, [x for r in here.start for x in r], gradient, decay)


def slopes(of: System, x: list[F]):
    p = program(of)
    return values(Program(p.nodes, p.start, (), p.slopes), x, F(0), 400)


def same(first, second) -> bool:
    """Also where a loss is not defined: in both."""
    pairs = list(zip(first, second, strict=True))
    if not all(a.is_finite() and b.is_finite() for a, b in pairs):
        return [a.is_finite() for a, _ in pairs] == [b.is_finite() for _, b in pairs]
    return all((a - b).contains(0) and (a - b).rad() < 1e-60 for a, b in pairs)


@pytest.mark.parametrize("decay", [F(0), F(2, 7)])
def test_engines_follow_phi(changed: dict[str, Model], decay: F, tail: F) -> None:
    """Every loss at every size, also with entries that share a state."""
    for (family, sizes), shared in part(list(product(CASES, (False, True))), tail):
        here = a_point(family, sizes, shared)
        theirs = derived(changed["diagonal"], here, decay)
        ours = diagonal_flow.diagonal_flow(here, decay, share=shared)
        x = [x for r in here.start for x in r]
        found = slopes(ours, list(ours.start))
        with precision(400):
            if shared:
                _, layout = diagonal_flow.distinct_entries(here.start)
                found = [found[j] * sign for r in layout for j, sign in r]
            assert same(found, slopes(theirs, x)), (family, sizes)


def test_states_follow_phi(changed: dict[str, Model], tail: F) -> None:
    """The jets by which claims are refuted, decay and one descent step."""
    m = changed["diagonal"]
    for family, sizes in part(CASES, tail):
        here = a_point(family, sizes)
        rational = not {"log", "exp"} & {n.head for n in here.loss.expr.walk()}
        ring = Exact() if rational else Ball(400)
        with precision(400):
            moving = Motion(here, ring, 1, decay="kappa")
            number, at = ring.number, m.at(sizes)
            theta = [number(x) for r in here.start for x in r]
            given = {(n, None): [[number(here.constants[n])]] for n in ("kappa", "eta")}
            from verify.terms.array_values import Arithmetic

            lifted = Arithmetic(lift=number)
            assert all(
                _zero(ring, a.c[0] - b)
                for a, b in zip(moving.w, phi_at(m, at, theta, lifted), strict=True)
            )
            g = [x.c[0] for x in moving.g]
            wanted = slopes_at(motion(m, decay=True), at, theta, g, lifted, given)
            found = [x.c[1] for r in moving.u for x in r]
            stepped = [x for r in Motion(here, ring, 0).after().point.start for x in r]
            wanted += slopes_at(motion(m, descent=True), at, theta, g, lifted, given)
            pairs = zip([*found, *stepped], wanted, strict=True)
            assert all(_zero(ring, a - b) for a, b in pairs), (family, sizes)


def _zero(ring, x) -> bool:
    return x == 0 if ring.name == "exact" else x.contains(0) and x.rad() < 1e-60


def test_the_algebra_follows_phi(changed: dict[str, Model]) -> None:
    """Every size at once: the flow, decay, one step, and the product rule on w."""
    theory, decaying = diagonal.DiagonalTheory(), diagonal.DiagonalTheory(decay="kappa")
    P, g, u, w = diagonal.total, diagonal.g, diagonal.u, diagonal.w  # noqa: F841
    from verify.algebra.generic import Algebra
    from verify.terms.expr import L, const, eta
    from verify.terms.expr import P as products

    normal = Algebra(decaying).normal
    rate = -3 * products["l", "i"] * g["i"]
    assert not normal(theory.derivative("u", ("l", "i")) - rate)
    assert not normal(decaying.derivative("u", ("l", "i")) - rate + const("kappa") * u["l", "i"])
    assert not normal(theory.stepped("u", ("l", "i")) - u["l", "i"] - eta * rate)
    slope = decaying.derivative("w", ("i",))
    squares = diagonal.total("m", products["m", "i"] ** 2, "layers")
    assert not normal(slope + 9 * squares * g["i"] + 3 * L * const("kappa") * w["i"])


def test_sentences_follow_phi(changed: dict[str, Model]) -> None:
    for setting in (Flow(), Flow(decay="kappa"), Step()):
        of = motion(changed["diagonal"], setting.kind == "step", setting.decay is not None)
        assert of.equations()[0] in setting.title() and "P_l*g" in setting.title()
        assert words(changed["diagonal"].phi) in setting.title()
        assert "3\\," in setting.latex() and "P_\\ell \\odot g" in setting.latex()


def test_matrix_products_follow_phi(changed: dict[str, Model]) -> None:
    for widths in ((2, 3), (1, 2, 1), (2, 3, 1, 2)):
        draw = Random(f"{widths}")
        start = [[[drawn(draw) for _ in range(a)] for _ in range(b)] for a, b in pairwise(widths)]
        flat = [x for w in start for r in w for x in r]
        at = LAYERS.at(widths)
        z = phi_at(changed["layers"], at, flat)
        assert [x for r in matrix_flow.product(start) for x in r] == z
        rows, columns = widths[-1], widths[0]
        seen = {p: drawn(draw) for p in product(range(rows), range(columns)) if sum(p) % 2 == 0}
        g = [
            z[i * columns + j] - seen[i, j] if (i, j) in seen else F(0)
            for i, j in product(range(rows), range(columns))
        ]
        wanted = slopes_at(motion(changed["layers"]), at, flat, g)
        found = slopes(matrix_flow.matrix_flow(start, seen), flat)
        assert all((a - _ball(b)).contains(0) for a, b in zip(found, wanted, strict=True))


def _ball(x: F):
    return Ball(400).number(x)


def test_a_flow_of_one_statement_follows_phi(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its loss does not change with a factor; with a square of phi it does."""
    squared = replace(NETWORK, phi=NETWORK.phi**2)
    monkeypatch.setattr(fisher, "MODEL", squared)
    start = [(F(1), F(2)), (F(3), F(1, 2)), (F(-1), F(1))]
    flow = fisher.fisher_flow(start, (F(2), F(1), F(3)), (F(1), F(-1)))
    w1, w2 = phi_at(squared, {"L": 3, "n": 2}, [x for r in start for x in r])
    ratio = -((w1 - w2) ** 2) / (2 * w1 * w1 + 2 * w1 * w2 + 3 * w2 * w2)
    record = flow.recorder.quantity(flow.quantities["J"])
    line = Program(record.nodes, flow.start, (), record.outputs)
    found = values(line, list(flow.start), F(0), 400)
    assert (found[0] - _ball(ratio)).contains(0)


def test_symbols_follow_phi(changed: dict[str, Model]) -> None:
    u = [symbolic.weight(l, 1) for l in (1, 2)]
    assert symbolic.products(2, 1) == [3 * u[0] * u[1]]
    g = symbolic.gradient(1, None, [])[0]
    assert symbolic.flow(2, 1) == {u[0]: -3 * g * u[1], u[1]: -3 * g * u[0]}
    assert symbolic.written(symbolic_w(), 2, 1, i=1) == 3 * u[0] * u[1]


def symbolic_w():
    from verify.terms.expr import w

    return w["i"]


def test_group_actions_follow_phi(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = (DeepLinear((2, 1, 2)), Diagonal(2, 2), Units(2, 2), LinearSystem(1, 1, 1))
    before = [build(c).phi for c in cases]
    monkeypatch.setattr(catalogue, "MODELS", tuple(another(m) for m in catalogue.MODELS))
    after = [build(c).phi for c in cases]
    assert after == [tuple({m: 3 * x for m, x in p.items()} for p in phi) for phi in before]
