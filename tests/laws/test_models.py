"""What is derived from a model's phi against phi written by hand: values, gradients of every loss,
motions, the systems that engines follow, and the programs that ``verify ode`` prints.

A derivative along a coordinate is read off values at several points, exactly: phi is a polynomial
in each coordinate.
"""

from __future__ import annotations

from fractions import Fraction as F
from functools import cache
from itertools import pairwise
from math import prod
from random import Random

import pytest

from proofs.flows.matrix_flow import matrix_flow
from tests.laws.models_table import TABLE
from verify.exact.jets import Jet
from verify.exact.rings import Ball, Exact
from verify.integrate.evaluate import values
from verify.integrate.system import System
from verify.integrate.trace import Program, program
from verify.models.catalogue import MODELS, model
from verify.models.catalogue.base import entry_names
from verify.models.derived import (
    arranged,
    coordinates,
    motion,
    outputs,
    phi_at,
    shown,
    slopes_at,
    system,
)
from verify.models.diagonal_flow import diagonal_flow
from verify.models.entries import entries, identifier
from verify.models.jets import Motion
from verify.models.losses import FAMILIES
from verify.models.losses.calculus import loss_gradient
from verify.models.losses.matrices import dense
from verify.models.objectives import known, objective
from verify.models.point import Point
from verify.terms.array_values import Arithmetic, Values
from verify.terms.arrays import ZERO, Letter

CASES = [(name, sizes) for name, entry in TABLE.items() for sizes in entry.sizes]
MOST_DEGREE = 10  # of phi in one coordinate, over the table


def drawn(draw: Random) -> F:
    return F(draw.choice([-1, 1]) * draw.randint(1, 4), draw.randint(1, 3))


def row(draw: Random, count: int) -> list[F]:
    return [drawn(draw) for _ in range(count)]


@cache
def weights(degree: int) -> list[tuple[F, F]]:
    """f'(0) = sum of c f(x) over these (x, c) for polynomials of this degree at most: Lagrange's
    formula at 0, 1, -1, 2, ...
    """
    points = [F((-1) ** k * ((k + 1) // 2)) for k in range(degree + 1)]
    found = []
    for k, x in enumerate(points):
        others = [y for j, y in enumerate(points) if j != k]
        parts = [prod([-y for j, y in enumerate(others) if j != i]) for i in range(len(others))]
        found.append((x, F(sum(parts)) / prod([x - y for y in others])))
    return found


def slope_at_zero(f, degree: int = MOST_DEGREE) -> F:
    return sum((c * f(x) for x, c in weights(degree) if c), F(0))


def gradient_by_hand(f, theta: list[F], degree: int = MOST_DEGREE) -> list[F]:
    def along(i: int):
        return lambda t: f([x + t * (j == i) for j, x in enumerate(theta)])

    return [slope_at_zero(along(i), degree) for i in range(len(theta))]


def free(draw: Random, name: str, sizes) -> list[F]:
    """An arbitrary gradient in the output, symmetric where the model says so."""
    m = model(name)
    count = sum(len(phi) for phi in [phi_at(m, sizes, [F(1)] * len(coordinates(m, sizes)))])
    g = row(draw, count)
    if m.gradient.symmetric:
        n = round(count**0.5)
        g = [g[min(i, j) * n + max(i, j)] for i in range(n) for j in range(n)]
    return g


def test_every_model_has_a_row() -> None:
    assert set(TABLE) == {m.name for m in MODELS}


@pytest.mark.parametrize(("name", "given"), CASES)
def test_phi_and_its_gradient(name: str, given: tuple[int, ...]) -> None:
    m = model(name)
    sizes, draw = m.at(given), Random(f"{name}{given}")
    theta = row(draw, len(coordinates(m, sizes)))
    g = free(draw, name, sizes)
    by_hand = TABLE[name].phi
    assert phi_at(m, sizes, theta) == by_hand(theta, given)
    weighed = lambda x: sum((a * b for a, b in zip(g, by_hand(x, given), strict=True)), F(0))
    slope = gradient_by_hand(weighed, theta)
    flow = slopes_at(motion(m), sizes, theta, g)
    assert flow == [-x for x in slope]
    kappa, eta = drawn(draw), drawn(draw)
    known_ = {("kappa", None): [[kappa]], ("eta", None): [[eta]]}
    decayed = slopes_at(motion(m, decay=True), sizes, theta, g, given=known_)
    assert decayed == [a - kappa * x for a, x in zip(flow, theta, strict=True)]
    stepped = slopes_at(motion(m, descent=True, decay=True), sizes, theta, g, given=known_)
    assert stepped == [x + eta * a for a, x in zip(decayed, theta, strict=True)]


@pytest.mark.parametrize(
    ("name", "given", "loss"),
    [
        (n, s, x)
        for n, s in CASES
        for x in ("squared", "linear", "observed")
        if x in known(model(n))
    ],
)
def test_losses_of_the_output(name: str, given: tuple[int, ...], loss: str) -> None:
    """J(phi) by hand, differentiated by hand, against the field that is written entry by entry."""
    m = model(name)
    sizes, draw = m.at(given), Random(f"{name}{given}{loss}")
    found = entries(motion(m), sizes, objective(m, loss))
    theta, data = row(draw, len(found.names)), dict.fromkeys(found.others, F(0))
    data |= {n: drawn(draw) if n.startswith("Y") else F(draw.randint(0, 1)) for n in data}
    target, mask = data_of(m, sizes, "Y", data), data_of(m, sizes, "M", data)

    def value(x: list[F]) -> F:
        z = TABLE[name].phi(x, given)
        if loss == "linear":
            return sum((a * b for a, b in zip(target, z, strict=True)), F(0))
        weights = mask if loss == "observed" else [F(1)] * len(z)
        parts = zip(weights, z, target, strict=True)
        return sum((w * (a - b) ** 2 for w, a, b in parts), F(0)) / 2

    by_hand = [-s for s in gradient_by_hand(value, theta)]
    assert exact_slopes(found.system, [*theta, *data.values()])[: len(theta)] == by_hand


def data_of(m, sizes, letter: str, data: dict[str, F]) -> list[F]:
    """The entries of a letter of the output's shape, in its order, of symmetric ones twice."""
    like = Letter(letter, m.gradient.rows, m.gradient.columns, m.gradient.index)
    found = []
    for _, i in outputs(m, sizes):
        for r, names in enumerate(entry_names(like, i, sizes)):
            for c, name in enumerate(names):
                twin = entry_names(like, i, sizes)
                other = twin[c][r] if len(twin) > c and len(twin[c]) > r else name
                found.append(data.get(name, data.get(other, F(0))))
    return found


def exact_slopes(of: System, x: list[F]) -> list[F]:
    """Balls of many bits hold the value and no other fraction of few digits."""
    p = program(of)
    found = values(Program(p.nodes, p.start, (), p.slopes), x, F(0), 1200)
    return [fraction(a) for a in found]


def fraction(ball) -> F:
    man, exp = ball.mid().man_exp()
    return (F(int(man)) * F(2) ** int(exp)).limit_denominator(10**60)


OWN = ("squared", "linear")  # data called otherwise: see the losses of the output
WIDE = [(f.name, n) for f in FAMILIES for n in (2, 3) if f.name not in OWN and n <= f.widths[1]]


@pytest.mark.parametrize(("family", "width"), WIDE)
def test_losses_of_a_vector(family: str, width: int) -> None:
    """Each family's gradient, derived through the arrays, against the calculus of losses."""
    found = next(f for f in FAMILIES if f.name == family)
    draw = Random(family)
    loss = found.build(width, lambda: drawn(draw))
    m = model("diagonal")
    sizes = m.at((1, width))
    made = objective(m, family)
    ring = Ball(200)
    lift = lambda x: Jet.constant(ring, x, 1)
    w = [lift(F(i + 1, 2)) for i in range(width)]
    given = arranged([(made.z, None)], sizes, w)
    for letter in made.data:
        given[letter.name, None] = [[lift(x) for x in r] for r in rows_of(loss, letter, width)]
    zero = made.gradient() == ZERO  # of a constant, which has no size
    ours = [[lift(F(0))]] * width
    ours = ours if zero else Values(given, sizes, Arithmetic(lift)).rows(made.gradient())
    theirs = loss_gradient(loss, w, lift)
    for (a,), b in zip(ours, theirs, strict=True):
        assert (a - b).c[0].contains(0) and (a - b).c[0].rad() < 1e-40


def rows_of(loss, letter: Letter, width: int) -> list[list[F]]:
    if letter.name.startswith("e_"):
        return [[F(int(letter.name[2:]) == i)] for i in range(1, width + 1)]
    datum = loss.data[letter.name]
    if isinstance(datum, F):
        return [[datum]]
    if letter.columns == 1:
        return [[x] for x in datum]
    return [list(r) for r in dense(datum)]


@pytest.mark.parametrize("decay", [F(0), F(1, 3)])
@pytest.mark.parametrize(("depth", "width"), [(1, 2), (2, 2), (3, 2), (4, 3)])
def test_the_engines_of_diagonal_networks(depth: int, width: int, decay: F) -> None:
    """The field that every engine follows is the one that is derived from phi."""
    for family in ("ratio", "log-ratio", "squared", "logistic"):
        draw = Random(f"{depth}{width}{family}")
        loss = next(f for f in FAMILIES if f.name == family).build(
            width, lambda draw=draw: drawn(draw)
        )
        start = tuple(tuple(row(draw, width)) for _ in range(depth))
        typed = diagonal_flow(Point(start, loss), decay, share=False)
        m = model("diagonal")
        gradient = lambda z, moment, loss=loss: loss_gradient(loss, z, moment.number, moment.rate)
        derived = system(m, m.at((depth, width)), [x for r in start for x in r], gradient, decay)
        assert typed.names == derived.names
        same_field(typed, derived)


@pytest.mark.parametrize(("depth", "width"), [(1, 2), (2, 2), (3, 2), (4, 3)])
def test_the_states_that_refute(depth: int, width: int) -> None:
    """The jets by which claims about diagonal networks are refuted move as phi says, and so does
    one descent step; they are written out on their own, as a second route.
    """
    m = model("diagonal")
    sizes, draw = m.at((depth, width)), Random(f"{depth}{width}")
    loss = next(f for f in FAMILIES if f.name == "ratio").build(width, lambda: drawn(draw))
    start = tuple(tuple(row(draw, width)) for _ in range(depth))
    kappa, eta = drawn(draw), drawn(draw)
    moving = Motion(Point(start, loss, {"kappa": kappa, "eta": eta}), Exact(), 1, decay="kappa")
    theta, g = [x for r in start for x in r], [x.c[0] for x in moving.g]
    given = {("kappa", None): [[kappa]], ("eta", None): [[eta]]}
    slopes = slopes_at(motion(m, decay=True), sizes, theta, g, given=given)
    assert [jet.c[1] for r in moving.u for jet in r] == slopes
    stepped = slopes_at(motion(m, descent=True), sizes, theta, g, given=given)
    plain = Motion(Point(start, loss, {"eta": eta}), Exact(), 0)
    assert [x for r in plain.after().point.start for x in r] == stepped


@pytest.mark.parametrize("sizes", [(2, 3), (1, 2, 1), (2, 3, 1, 2)])
def test_the_engines_of_matrix_products(sizes: tuple[int, ...]) -> None:
    draw = Random(f"{sizes}")
    start = [[row(draw, a) for _ in range(b)] for a, b in pairwise(sizes)]
    seen = {
        (i, j): drawn(draw) for i in range(sizes[-1]) for j in range(sizes[0]) if (i + j) % 2 == 0
    }
    typed = matrix_flow(start, seen)
    m = model("layers")

    def gradient(z, moment):
        entry = lambda i, j: z[i * sizes[0] + j]
        return [
            entry(i, j) - seen[i, j] if (i, j) in seen else moment.number(F(0))
            for i in range(sizes[-1])
            for j in range(sizes[0])
        ]

    derived = system(m, m.at(sizes), [x for w in start for r in w for x in r], gradient)
    assert typed.names == derived.names and len(typed.layout) == len(derived.layout)
    same_field(typed, derived)


def same_field(first: System, second: System) -> None:
    for shift in (F(0), F(1, 7)):
        x = [a + shift / (j + 1) for j, a in enumerate(first.start)]
        pairs = []
        for each in (first, second):
            p = program(each)
            pairs.append(values(Program(p.nodes, p.start, (), p.slopes), x, F(0), 400))
        for a, b in zip(*pairs, strict=True):
            assert (a - b).contains(0) and (a - b).rad() < 1e-60


@pytest.mark.parametrize(("name", "given"), CASES)
def test_the_programs_that_are_printed(name: str, given: tuple[int, ...]) -> None:
    """Formats python and sympy, run, say what the derived field is at exact points."""
    import sympy

    from verify.report.odes import Equations

    m = model(name)
    sizes, draw = m.at(given), Random(f"{name}{given}")
    of = motion(m, decay=True)
    written = entries(of, sizes)
    theta, g, kappa = row(draw, len(written.names)), free(draw, name, sizes), drawn(draw)
    wanted = slopes_at(of, sizes, theta, g, given={("kappa", None): [[kappa]]})
    if m.gradient.symmetric:
        n = round(len(g) ** 0.5)
        g = [g[i * n + j] for i in range(n) for j in range(i, n)]
    made: dict = {}
    exec(Equations(of, None, sizes).python(), made)
    assert made["field"](theta, [*g, kappa]) == wanted
    made = {}
    exec(Equations(of, None, sizes).sympy(), made)
    names = [*made["rates"], *(made[n] for n in map(identifier, written.others))]
    at = dict(zip(names, map(sympy.Rational, [*theta, *g, kappa]), strict=True))
    assert [e.subs(at) for e in made["rates"].values()] == list(map(sympy.Rational, wanted))


def test_sizes_are_told() -> None:
    assert shown(model("layers").at((2, 3, 1))) == "d = (2, 3, 1)"
    assert shown(model("diagonal").at((2, 3))) == "L = 2, n = 3"
