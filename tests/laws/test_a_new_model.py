"""Adding a model is one file and one row: a model that nothing else has heard of, put in the list
of models, has all that is derived from one, and no other file of the product names a model.

What else belongs to the kind: letters of different shapes, products of both kinds in one phi, a
loss of each sort, every form in which equations are given, every engine's field, laws with their
counts, states for tests, symbols.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction as F
from itertools import product
from pathlib import Path
from random import Random

import pytest
import sympy
from hypothesis import find

import verify.models.catalogue as catalogue
from tests.laws.test_models import exact_slopes, gradient_by_hand, row
from verify import candidates, ode
from verify.integrate.taylor import Taylor
from verify.models.catalogue.base import Model, Size
from verify.models.compiled import compiled
from verify.models.derived import coordinates, motion, phi_at, slopes_at, system
from verify.models.objectives import known
from verify.strategies import networks
from verify.symbolic import equations
from verify.terms.affine import index
from verify.terms.arrays import Letter

ROOT = Path(__file__).resolve().parents[2]
A, b, c = Letter("A", "m", "n"), Letter("b", "n"), Letter("c", "n")
GATED = Model(
    name="gated",
    title="a gated linear map, z = A (b*c)",
    letters=(A, b, c),
    phi=A.whole @ (b.whole * c.whole),
    output="z",
    gradient=Letter("g", "m"),
    sizes=(Size("m", "outputs"), Size("n", "gates")),
    width="n",
)
SIZES = [(1, 1), (2, 1), (1, 2), (2, 2), (3, 2)]


def by_hand(theta: list[F], sizes: tuple[int, ...]) -> list[F]:
    m, n = sizes
    gate = [theta[m * n + j] * theta[m * n + n + j] for j in range(n)]
    return [sum((theta[i * n + j] * gate[j] for j in range(n)), F(0)) for i in range(m)]


@pytest.fixture(autouse=True)
def listed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The one row."""
    monkeypatch.setattr(catalogue, "MODELS", (*catalogue.MODELS, GATED))
    yield


@pytest.mark.parametrize("sizes", SIZES)
def test_values_gradients_and_every_motion(sizes: tuple[int, ...]) -> None:
    at, draw = GATED.at(sizes), Random(f"{sizes}")
    theta = row(draw, len(coordinates(GATED, at)))
    g, kappa, eta = row(draw, sizes[0]), F(1, 3), F(2, 5)
    assert phi_at(GATED, at, theta) == by_hand(theta, sizes)
    weighed = lambda x: sum((p * q for p, q in zip(g, by_hand(x, sizes), strict=True)), F(0))
    flow = [-x for x in gradient_by_hand(weighed, theta, 3)]
    decayed = [s - kappa * x for s, x in zip(flow, theta, strict=True)]
    for decay, descent in product((False, True), (False, True)):
        wanted = decayed if decay else flow
        wanted = [x + eta * s for x, s in zip(theta, wanted, strict=True)] if descent else wanted
        numbers = {"kappa": kappa if decay else None, "eta": eta if descent else None}
        here = compiled(GATED, at, decay, descent).at(theta, F)
        assert here.slopes(g, **numbers) == wanted
        given = {(x, None): [[v]] for x, v in numbers.items() if v is not None}
        assert slopes_at(motion(GATED, descent, decay), at, theta, g, given=given) == wanted


def test_equations_in_every_form() -> None:
    found = ode("gated", sizes=(2, 1), loss="squared", decay=True)
    assert found.equations == [
        "A' = -g (b^T*c^T) - kappa A",
        "b' = -c*(A^T g) - kappa b",  # not (c*A^T) g
        "c' = -b*(A^T g) - kappa c",
    ]
    made: dict = {}
    exec(found.python(), made)
    theta, given = [F(1), F(2), F(3), F(1, 2)], [F(1), F(-1), F(1, 5)]
    field = exact_slopes(found.entries().system, [*theta, *given])[: len(theta)]
    assert made["field"](theta, given) == field
    exec(found.sympy(), made)
    assert len(made["rates"]) == 4 and "\\dot A" in found.latex() and found.data["entries"]
    assert {"squared", "linear", "observed", "ratio"} <= set(known(GATED))


def test_every_engine_follows_it_and_its_laws_stay() -> None:
    laws = candidates("gated", sizes=(2, 2), loss="squared").data
    assert [x["law"] for x in laws["laws"]] and laws["counts"]["quadratic"] == 4
    assert laws["counts"]["quadratic_at_most"] == laws["counts"]["any_at_most"] == 4
    gradient = lambda z, moment: [(x - 1) * moment.rate for x in z]
    flow = system(GATED, GATED.at((1, 1)), [F(1, 2), F(1), F(1, 3)], gradient)
    rows = Taylor().run(flow, F(1), 40, samples=1).states[-1].mpf()
    a, x, y = (float(v) for v in (rows[0][0], *rows[1][:1], *rows[2][:1]))
    assert abs(a * a - x * x + 3 / 4) < 1e-14 and abs(x * x - y * y - 8 / 9) < 1e-14
    assert abs(a - 1 / 2) > 1 / 10


D = index("D")
OFFSET = Model(
    name="offset",
    title="a power with an offset, z = b^D + c",
    letters=(b, c),
    phi=b.whole**D + c.whole,
    output="z",
    gradient=Letter("g", "n"),
    sizes=(Size("D", "degree"), Size("n", "coordinates")),
    depth="D",
    width="n",
)


@pytest.mark.parametrize("degree", [1, 2, 3, 5])
def test_letters_of_different_degrees(degree: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """b^D + c grows like s for b -> s^(1/D) b, c -> s c: what a scale-invariant loss keeps has a
    weight for each letter. No linear symmetry is there, and one law for each coordinate: b' = -D
    b^(D-1) g, c' = -g, so that b^(2-D)/(D (2-D)) - c is constant, log b/2 - c at D = 2.
    """
    monkeypatch.setattr(catalogue, "MODELS", (*catalogue.MODELS, OFFSET))
    found = candidates("offset", sizes=(degree, 2)).data
    (scaled,) = found["scaled"]
    weight = f"{degree} " if degree > 1 else ""
    assert scaled["law"] == f"|b|^2 + {weight}|c|^2"
    assert found["counts"]["any_at_most"] == 2 and len(found["laws"]) == 3 * (degree == 1)
    assert found["counts"]["independent"] == 2
    powers = {1: "-b_1 + c_1", 2: "log |b_1| - 2 c_1", 3: "b_1^(-1) + 3 c_1"}
    assert found["powers"][0]["law"] == powers.get(degree, "b_1^(-3) + 15 c_1")
    theta, g = [F(2), F(-1, 3), F(1, 5), F(4)], [F(3, 2), F(0)]
    z = [x**degree + y for x, y in zip(theta[:2], theta[2:], strict=True)]
    g[1] = -g[0] * z[0] / z[1]  # <z, g> = 0
    slope = slopes_at(motion(OFFSET), OFFSET.at((degree, 2)), theta, g)
    weights = [1, 1, degree, degree]
    assert sum(k * x * s for k, x, s in zip(weights, theta, slope, strict=True)) == 0


def test_symbols_and_drawn_states() -> None:
    a, x, y, g = sympy.symbols("A_1_1 b_1 c_1 g_1", real=True)
    assert equations("gated", (1, 1)) == {a: -g * x * y, x: -a * g * y, y: -a * g * x}
    drawn = find(networks("gated"), lambda network: True)
    assert drawn is not None


def test_no_other_file_names_a_model() -> None:
    """Beside its own file, the list, and what speaks of the two headline models and of the cases
    of group actions.
    """
    others = ("diagonal", "layers", "scalars", "gated")  # scalars: a word of certificates too
    free = [m.name for m in catalogue.MODELS if m.name not in others]
    allowed = {
        "verify/theories/symmetries/actions.py": {"units", "linear-system"},
        "verify/symbolic.py": {"signed-power"},  # an example in a docstring, as in the next three
        "verify/models/driven.py": {"signed-power"},
        "verify/models/formula_flow.py": {"signed-power"},
        "verify/models/formula_weights.py": {"signed-power"},
        "verify/discover/house.py": {"signed-power", "relu"},  # functions, as users write
    }
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "verify").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith("verify/models/catalogue/"):
            text = path.read_text(encoding="utf-8")
            called = {m for m in free if re.search(rf"[\"']{re.escape(m)}[\"']", text)}
            modules = {m for m in free if f"catalogue.{m.replace('-', '_')}" in text}
            if called | modules:
                found[name] = called | modules
    assert {
        n: x - allowed.get(n, set()) for n, x in found.items() if x - allowed.get(n, set())
    } == {}
