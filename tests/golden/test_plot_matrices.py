"""``--plot`` for claims about matrices, two scalar layers in their plane, and for rates of decay:
numbers against closed forms.
"""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest

from tests.golden.test_plot import by_id, drawn, panel
from verify.claims.request import Request
from verify.report.pictures.picture import Picture, Plane, Stroke
from verify.report.pictures.plane import HALF, LEVELS, PRODUCTS
from verify.report.pictures.scalar import group, kirwan_ness, learning, plane_flow, regularising

PLANES = (
    "dln-regflow",
    "dln-kirwan-ness",
    "dln-kempf-ness",
    "dln-fiber-orbit",
    "dln-first-variation",
    "dln-learning-flow",
)
#: of the starts (14/5, 5/14) and (5/14, 14/5), which lie on the fibre of x = 1
LARGE, SMALL = 14 / 5, 5 / 14
MOMENT_AT_START = LARGE**2 - SMALL**2


@cache
def shown_of(name: str, axis: str | None = None) -> Picture:
    return drawn(by_id(name), axis)


def planes(shown: Picture) -> list[Plane]:
    return [p for p in shown.panels if isinstance(p, Plane)]


def stroke(plane: Plane, kind: str) -> Stroke:
    (found,) = [s for s in plane.curves if s.kind == kind]
    return found


def points(s: Stroke) -> list[tuple[float, float]]:
    return [p for xs, ys in s.parts for p in zip(xs, ys, strict=True)]


@pytest.mark.parametrize("name", PLANES)
def test_the_planes_that_belong_to_a_claim(name: str) -> None:
    """The claim's own motion first, then one that runs along fibres or one that crosses them."""
    shown = planes(shown_of(name))
    kept = [p.title.split(": ")[1] for p in shown]
    assert kept[0] == ("keeps G" if name == "dln-learning-flow" else "keeps x")
    assert {"keeps x", "keeps G"} == set(kept)


def test_the_motion_chooses_and_not_the_name() -> None:
    claim = by_id("dln-learning-flow")
    assert drawn(replace(claim, id="another")).panels == shown_of("dln-learning-flow").panels


def test_what_the_motions_are() -> None:
    """Read from the settings: a gradient, a gradient on fibres, the group."""
    wanted = {
        "dln-regflow": regularising,
        "dln-kirwan-ness": kirwan_ness,
        "dln-learning-flow": learning,
        "dln-fiber-orbit": group,
    }
    for name, flow in wanted.items():
        assert plane_flow(by_id(name).setting).same_as(flow())
    assert not regularising().same_as(kirwan_ness()), "same lines, another speed"
    decaying = plane_flow(by_id("dln-weight-decay").setting)
    assert not decaying.keeps_product and not decaying.keeps_moment
    w1, w2 = 3.0, 2.0  # E = (x - 1)^2/2 and kappa = 1/4, by hand: w1' = -(x - 1) w2 - w1/4
    assert field(decaying, w1, w2) == pytest.approx((-5 * 2 - 0.75, -5 * 3 - 0.5))
    assert field(regularising(), w1, w2) == pytest.approx((-15 / 13, 10 / 13)), (
        "b = G/(w1^2 + w2^2) = 5/13"
    )
    assert field(kirwan_ness(), w1, w2) == pytest.approx((-30, 20)), "W' = -w_(2G), G = 5"


def field(flow, *state: float) -> tuple[float, ...]:
    from verify.integrate.system import Moment

    system = flow.system((Fraction(1), Fraction(1)), {})
    return tuple(map(float, system.field(state, Moment(0, 1, float))))


def test_fibres_level_sets_and_balance_lie_where_they_should() -> None:
    (shown, *_) = planes(shown_of("dln-kempf-ness"))
    found = {kind: points(stroke(shown, kind)) for kind in ("fibre", "level", "balanced", "circle")}
    assert all(
        max(abs(x), abs(y)) <= HALF + 1e-9
        for kind in ("fibre", "level", "balanced")
        for x, y in found[kind]
    )
    for kind, law, values in (
        ("fibre", lambda x, y: x * y, PRODUCTS),
        ("level", lambda x, y: x * x - y * y, LEVELS),
    ):
        assert {round(law(x, y) * 4) for x, y in found[kind]} == {int(4 * v) for v in values}
        assert all(min(abs(law(x, y) - float(v)) for v in values) < 1e-12 for x, y in found[kind])
    assert all(abs(x) == abs(y) for x, y in found["balanced"])
    least = {2 * float(abs(x)) for x in PRODUCTS}
    assert all(min(abs(x * x + y * y - v) for v in least) < 1e-12 for x, y in found["circle"])


@pytest.mark.parametrize("name", ["dln-regflow", "dln-kirwan-ness"])
def test_balancing_flows_stay_on_their_fibre_and_end_at_balance(name: str) -> None:
    lines = stroke(planes(shown_of(name))[0], "flow")
    assert len(lines.parts) == len(lines.arrows) == 4 * len(PRODUCTS)
    for (xs, ys), (x, y, dx, dy) in zip(lines.parts, lines.arrows, strict=True):
        product = xs[0] * ys[0]
        assert min(abs(product - float(v)) for v in PRODUCTS) < 1e-12
        assert max(abs(a * b - product) for a, b in zip(xs, ys, strict=True)) < 1e-12
        moments = [abs(a * a - b * b) for a, b in zip(xs, ys, strict=True)]
        assert moments == sorted(moments, reverse=True) and moments[0] > 5 and moments[-1] < 0.2
        assert (x * dx - y * dy) * (x * x - y * y) < 0, "the arrow points to balance"


def test_the_learning_flow_stays_on_its_level_set_and_learns() -> None:
    """To the fibre of x = 1, or from w2 = -w1 to the saddle at 0."""
    lines = stroke(planes(shown_of("dln-learning-flow"))[0], "flow")
    assert len(lines.parts) > 2 * len(LEVELS)
    crossed = 0
    for (xs, ys), (x, y, dx, dy) in zip(lines.parts, lines.arrows, strict=True):
        level = xs[0] ** 2 - ys[0] ** 2
        assert max(abs(a * a - b * b - level) for a, b in zip(xs, ys, strict=True)) < 1e-12
        errors = [(a * b - 1) ** 2 for a, b in zip(xs, ys, strict=True)]
        assert errors == sorted(errors, reverse=True)
        assert errors[-1] < 0.02 or (xs[0] == -ys[0] and math.hypot(xs[-1], ys[-1]) < 0.1)
        assert (x * y - 1) * (y * dx + x * dy) < 0, "the arrow points to a smaller loss"
        crossed += xs[0] * ys[0] < 0 and errors[-1] < 0.02
    assert crossed == 2 * len(LEVELS), "from both ends of every level set, across the axes"


def test_orbits_of_the_group() -> None:
    """(e^t w1, e^(-t) w2): lines leave the window, along fibres."""
    lines = stroke(planes(shown_of("dln-fiber-orbit"))[0], "flow")
    for (xs, ys), (x, y, dx, dy) in zip(lines.parts, lines.arrows, strict=True):
        assert max(abs(a * b - xs[0] * ys[0]) for a, b in zip(xs, ys, strict=True)) < 1e-12
        assert abs(xs[-1]) > 2.7 and x * dx > 0 and y * dy < 0


def values(here, label: str) -> list[tuple[float, float]]:
    """(t, value) of a curve on a logarithmic axis."""
    (curve,) = [c for c in here.curves if c.label == label]
    assert here.log
    return [(t, 10**y) for t, y in zip(curve.x, curve.y, strict=True)]


def test_the_regularising_flow_in_closed_form() -> None:
    """G = G0 e^(-2t), w1^2 = (G + sqrt(G^2 + 4))/2, w2 = 1/w1."""
    shown = shown_of("dln-regflow")
    for t, g in values(panel(shown, "G_1"), "regularising flow"):
        assert g == pytest.approx(MOMENT_AT_START * math.exp(-2 * t), rel=1e-12)
    for t, m in values(panel(shown, "||W||^2 - min"), "regularising flow"):
        g = MOMENT_AT_START * math.exp(-2 * t)
        first = (g + math.sqrt(g * g + 4)) / 2
        assert m == pytest.approx(first + 1 / first - 2, rel=1e-9, abs=1e-14)
    (note,) = {panel(shown, title).note.split(":")[0] for title in ("G_1", "||W||^2")}
    assert note == "enclosed"


def test_the_kirwan_ness_flow_in_closed_form() -> None:
    """G = 2 sinh u with u' = -8 sinh u, so tanh(u/2) falls by e^(-8t)."""
    shown = shown_of("dln-kirwan-ness")
    first = math.tanh(math.asinh(MOMENT_AT_START / 2) / 2)
    for t, g in values(panel(shown, "G_1"), "Kirwan-Ness flow"):
        assert g == pytest.approx(
            2 * math.sinh(2 * math.atanh(first * math.exp(-8 * t))), rel=1e-12
        )
    assert "regularising flow" in [c.label for c in panel(shown, "G_1").curves]


def test_the_group_in_closed_form() -> None:
    here = panel(shown_of("dln-kempf-ness"), "||W||^2 along")
    curve, least = here.curves
    for t, y in zip(curve.x, curve.y, strict=True):
        assert y == pytest.approx(
            SMALL**2 * math.exp(2 * t) + LARGE**2 * math.exp(-2 * t), rel=1e-12
        )
    assert set(least.y) == {2.0} and min(curve.y) == pytest.approx(2, abs=1e-3) and curve.y[-1] > 4


@pytest.mark.parametrize(
    ("name", "stated", "true"),
    [("dln-regflow", 2, 2), ("dln-weight-decay", 0.5, 0.5), ("dln-regflow-rate-misread", 2, 4)],
)
@pytest.mark.parametrize("axis", ["linear", "log"])
def test_the_stated_law_is_drawn_and_the_true_one_beside_it(
    name: str, stated: float, true: float, axis: str
) -> None:
    curves = panel(shown_of(name, axis), "G_1").curves
    law = next(c for c in curves if c.kind == "bound")
    assert "as stated" in law.label and len(law.x) == len(curves[0].x)
    for rate, curve in ((stated, law), (true, curves[0])):
        for at, y in zip(curve.x, curve.y, strict=True):
            t = 10**at if axis == "log" else at
            assert y == pytest.approx(
                math.log10(MOMENT_AT_START) - rate * t * math.log10(math.e), abs=1e-12
            )


def rank_of(rows: list[list[Fraction]]) -> int:
    from flint import fmpq, fmpq_mat

    return fmpq_mat([[fmpq(x.numerator, x.denominator) for x in row] for row in rows]).rank()


@pytest.mark.parametrize(("size", "depth"), [(1, 2), (1, 3), (2, 2), (2, 3), (3, 2)])
def test_the_caption_is_true(size: int, depth: int) -> None:
    """The fibre's directions w_a that leave the moments alone: (N-1) d (d-1)/2 dimensions, by exact
    ranks at one invertible tuple.
    """
    from proofs.flows.matrix_flow import flat, multiply, subtract, transpose, unflatten
    from proofs.flows.regularising_flow import generated

    w = [
        [
            [Fraction((3 * i + 5 * j + 7 * k) % 11 + 4 * (i == j), 1 + k) for j in range(size)]
            for i in range(size)
        ]
        for k in range(depth)
    ]
    count, shapes = (depth - 1) * size**2, [(size, size)] * (depth - 1)
    fibre, pushed = [], []
    for unit in range(count):
        v = generated(w, unflatten([Fraction(int(unit == j)) for j in range(count)], shapes))
        fibre.append(flat(v))
        halves = [
            subtract(multiply(v[k], transpose(w[k])), multiply(transpose(w[k + 1]), v[k + 1]))
            for k in range(depth - 1)
        ]
        pushed.append([m[i][j] + m[j][i] for m in halves for i in range(size) for j in range(size)])
    assert rank_of(fibre) == count
    assert count - rank_of(pushed) == (depth - 1) * size * (size - 1) // 2
    assert "(N-1) d (d-1)/2" in shown_of("dln-regflow").lines[0]


@pytest.mark.parametrize(("name", "rate", "missed"), [("kn-rate", 2, 2.2), ("hm-riccati", 2, 2.2)])
def test_stated_rates_their_fit_and_their_near_miss(name: str, rate: int, missed: float) -> None:
    shown = shown_of(name)
    here = panel(shown, "rate")
    kinds = {
        kind: [c for c in here.curves if c.kind == kind]
        for kind in ("value", "bound", "near miss", "fitted", "radius")
    }
    assert [len(kinds[k]) for k in kinds] == [2, 2, 1, 2, 2]
    for curve, slope in [
        *((c, rate) for c in kinds["bound"]),
        *((c, missed) for c in kinds["near miss"]),
    ]:
        assert (curve.y[-1] - curve.y[0]) / (curve.x[-1] - curve.x[0]) == pytest.approx(
            -slope * math.log10(math.e)
        )
    for value, law, fit in zip(kinds["value"], kinds["bound"], kinds["fitted"], strict=True):
        known = dict(zip(value.x, value.y, strict=True))
        assert law.y[-1] == pytest.approx(known[law.x[-1]], abs=1e-12) and all(
            known[x] == y for x, y in zip(fit.x, fit.y, strict=True)
        )
        assert len(fit.x) < len(value.x), "the first readings are later than the start"
    told = " ".join(m.text for m in judged(name).measured)
    for fit in kinds["fitted"]:
        low, high, floor = (
            fit.label.replace("fitted: t in [", "").replace("], floor ", ", ").split(", ")
        )
        assert (
            f"above the noise floor {floor}" in told
            and -0.001 < fit.x[0] - float(low) < 0.06
            and fit.x[-1] == float(high)
        )
    assert all(
        len(set(c.y)) == 1 and c.y[0] < min(v.y[-1] for v in kinds["value"]) - 10
        for c in kinds["radius"]
    )


@cache
def judged(name: str):
    from verify.judge.decide import judge

    return judge(by_id(name), Request())
