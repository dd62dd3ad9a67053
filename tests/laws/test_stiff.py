"""The stiff engine: known solutions, runs of more digits, and what it may not do.

What belongs to the kind: settled directions of every rate, several time scales in one run, saddles
passed one after another, fields that are not polynomials, a clock in the field.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from fractions import Fraction as F
from itertools import pairwise
from typing import Any

import mpmath
import pytest
from flint import ctx

from tests.flows_that_are_stiff import approach, completion, linear, three_layers, two_features
from verify.exact.errors import BadInput
from verify.exact.precision import precision
from verify.integrate import stiff
from verify.integrate.base import Trajectory
from verify.integrate.stiff.arc import monomials, value
from verify.integrate.stiff.chosen import Chosen
from verify.integrate.stiff.engine import Stiff
from verify.integrate.stiff.radau import Tables, radau
from verify.integrate.stops import FlowStopped
from verify.integrate.system import System
from verify.integrate.taylor import Taylor


def ends(run: Trajectory) -> list[F]:
    return [x for row in run.states[-1].exact() for x in row]


def apart(a: Trajectory, b: Trajectory) -> F:
    """The largest distance at a common sample, relative to the largest state there."""
    far = F(0)
    for one, other in zip(a.states, b.states, strict=True):
        x, y = ([v for row in s.exact() for v in row] for s in (one, other))
        most = max(map(abs, y)) or F(1)
        far = max(far, max(abs(p - q) for p, q in zip(x, y, strict=True)) / most)
    return far


@pytest.mark.parametrize("n", (2, 5, 16, 41))
def test_nodes_and_matrices_of_radau(n: int) -> None:
    """A integrates what has degree below N exactly, and up to 2 N - 2 to the last node; the last
    node is 1.
    """
    with precision(200):
        _check(radau(n, 200), n)


def _check(tables: Tables, n: int) -> None:
    assert tables.nodes[-1] == 1 and all(0 < a < b for a, b in pairwise(tables.nodes))
    last = tables.integral.tolist()[-1]
    for degree in (0, n - 1, 2 * n - 2):
        values = [c**degree for c in tables.nodes]
        total = sum(a * v for a, v in zip(last, values, strict=True))
        assert abs(total * (degree + 1) - 1) < 1e-50
    for row, c in zip(tables.integral.tolist(), tables.nodes, strict=True):
        total = sum(a * x ** (n - 1) for a, x in zip(row, tables.nodes, strict=True))
        assert abs(total * n - c**n) < 1e-50


@pytest.mark.parametrize("seed", range(5))
def test_chebyshev_coefficients_as_monomials(seed: int) -> None:
    c = [(7919 * (k + 3) * (seed + 1)) % 2003 - 1000 for k in range(4 + 3 * seed)]
    for tau in (F(0), F(1), F(1, 3), F(5, 8)):
        plain = sum(a * tau**k for k, a in enumerate(monomials(c)))
        assert plain == value(c, 2 * tau - 1)


@pytest.mark.parametrize("digits", (15, 40))
def test_an_exponential_that_settles(digits: int) -> None:
    """At t = 1000 doubles are past 1."""
    run = Stiff().run(approach(), F(1000), digits, samples=10)
    assert run.steps < 40
    with mpmath.workdps(digits + 20):
        for time, state in zip(run.times, run.states, strict=True):
            x, t = state.mpf()[0][0], mpmath.mpf(time.numerator) / time.denominator
            assert abs(x - (1 - mpmath.exp(-t))) < mpmath.mpf(10) ** -digits


@pytest.mark.parametrize("decades", (0, 3, 9))
@pytest.mark.parametrize("seed", range(3))
def test_linear_flows_over_decades_of_rates(seed: int, decades: int) -> None:
    size, digits = 2 + seed, 25
    system, q, rates = linear(seed, size, decades)
    end = F(3)
    run = Stiff().run(system, end, digits, samples=1)
    with mpmath.workdps(60):
        number = lambda x: mpmath.mpf(x.numerator) / x.denominator
        inner = [sum(q[k]) * mpmath.exp(-number(rates[k] * end)) for k in range(size)]
        true = [mpmath.fsum(number(q[i][k]) * inner[k] for k in range(size)) for i in range(size)]
        for x, y in zip(run.states[-1].mpf()[0], true, strict=True):
            assert abs(x - y) < mpmath.mpf(10) ** -digits


STIFF: dict[str, tuple[Callable[[], System], F, int]] = {
    "three layers": (lambda: three_layers(F(1, 10**6)), F(10**8), 12),
    "two features": (lambda: two_features(F(1, 1000)), F(10**6), 12),
    "completion": (lambda: completion(F(1, 10)), F(10**4), 12),
}


@pytest.mark.parametrize("name", STIFF)
def test_thirty_more_digits_change_nothing_that_was_promised(name: str) -> None:
    make, end, digits = STIFF[name]
    rough, fine = (Stiff().run(make(), end, d, samples=1) for d in (digits, digits + 30))
    assert apart(rough, fine) < F(1, 10 ** (digits - 4))
    assert rough.steps < 150


def test_the_free_entry_of_a_completion_grows_like_its_law() -> None:
    """w11 is near (6 t)^(1/3): -1.51397080e-6 from it at t = 10^9, as another program found."""
    run = Stiff().run(completion(F(1, 10)), F(10**9), 14, samples=1)
    with mpmath.workdps(30):
        u, v, _, _ = run.states[-1].mpf()[0]
        off = (u * u + v * v) / mpmath.cbrt(6 * mpmath.mpf(10) ** 9) - 1
        assert mpmath.nstr(off, 9) == "-1.5139708e-6"


FIELDS: dict[str, tuple[System, F]] = {
    "roots, logarithms, exponentials": (
        System(
            "mixed",
            ("x", "y"),
            (F(1), F(2)),
            lambda x, m: [-x[0] * x[1].log() - 50 * x[0], (-x[1]).exp() - x[1].sqrt() / (1 + x[0])],
        ),
        F(2),
    ),
    "a clock in the field": (
        System("driven", ("x",), (F(0),), lambda x, m: [100 * (1 / (1 + m.time) - x[0])]),
        F(2),
    ),
}


@pytest.mark.parametrize("name", FIELDS)
def test_it_agrees_with_the_explicit_engine_where_that_gets_through(name: str) -> None:
    system, end = FIELDS[name]
    first, second = (e.run(system, end, 25, samples=4) for e in (Taylor(), Stiff()))
    assert apart(second, first) < F(1, 10**22)


def test_precision_is_given_back_at_every_step_and_read_from_nobody() -> None:
    found = []
    for bits in (53, 400):
        before, ctx.prec = ctx.prec, bits
        try:
            rows = []
            for arc in Stiff().arcs(two_features(F(1, 10)), F(100), 15):
                assert ctx.prec == bits
                rows.append(arc.rows)
        finally:
            ctx.prec = before
        found.append(rows)
    assert found[0] == found[1]


def test_arcs_continue_each_other_exactly() -> None:
    arcs = list(Stiff().arcs(three_layers(F(1, 10)), F(1000), 15))
    assert arcs[0].begin == 0 and arcs[-1].end == 1000
    for a, b in pairwise(arcs):
        assert a.end == b.begin
        left, right = ([F(int(x), 1 << c.bits) for x in c.at(a.end)] for c in (a, b))
        assert left == right


def test_a_flow_without_a_field_value_stops() -> None:
    system = System("a root", ("x",), (F(1),), lambda x, m: [-(x[0].sqrt())])
    with pytest.raises(FlowStopped) as stop:
        Stiff().run(system, F(10), 15, samples=1)
    assert 0 < stop.value.time <= 2


@pytest.mark.parametrize("bad", ({"horizon": 0.5}, {"digits": 0}, {"samples": 0}))
def test_bad_requests_are_refused(bad: dict[str, Any]) -> None:
    request = {"horizon": F(1), "digits": 10, "samples": 1} | bad
    horizon, digits, samples = request["horizon"], request["digits"], request["samples"]
    with pytest.raises(BadInput):
        Stiff().run(approach(), horizon, digits, samples=samples)


def test_the_stiff_engine_is_chosen_where_the_explicit_one_is_bound_and_named() -> None:
    """x settles at once and binds every explicit step by 1/10^6; a calm flow stays explicit, and a
    stop of another kind is passed on.
    """
    names, start = ("x", "y"), (F(1), F(1))
    stiff = System("stiff", names, start, lambda x, m: [-(10**6) * x[0], -x[1]])
    calm = System("calm", names, start, lambda x, m: [-2 * x[0], -x[1]])
    ends_ = System("ends", ("x",), (F(1),), lambda x, m: [x[0] ** 2])
    first, second = (Chosen().run(s, F(100), 10, samples=2) for s in (stiff, calm))
    assert (first.engine, second.engine) == ("stiff", "taylor")
    assert apart(first, Stiff().run(stiff, F(100), 25, samples=2)) < F(1, 10**8)
    with pytest.raises(FlowStopped):
        Chosen().run(ends_, F(2), 20, samples=1)


def test_tables_that_are_kept_are_few() -> None:
    """A long run asks for tables of ever other lengths, parts and bits."""
    names = [m.name for m in pkgutil.iter_modules(stiff.__path__, "verify.integrate.stiff.")]
    functions = [f for n in names for f in vars(importlib.import_module(n)).values()]
    kept = [f.cache_info().maxsize for f in functions if hasattr(f, "cache_info")]
    assert kept and all(most is not None and most <= 256 for most in kept)
