"""Parametrisations of a user's file (``mirror_models.py``) and what they are, from a generic start
and from special ones; each answer is computed again from its data alone.

What is expected is known from the theory and from the design note of the criterion; no row was
filled in from an output. Of one kind are: separable ones (any depth, any function of one
parameter), one shared factor, overlaps, Gram matrices with and without commuting measurements,
exponentials, and those that differ from a mirror flow at a special start only.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.mirror_check import check
from tests.runner import cli
from verify.commands.mirror import answered, start_of
from verify.exact.errors import BadInput
from verify.mirror.geometry import Geometry

FILE = Path(__file__).with_name("mirror_models.py")
MIRROR = (
    "power_2", "power_3", "power_4", "power_5", "product", "untied_pairs", "three_layers",
    "five_layers", "diagonal_of_gram", "commuting", "mixed_cubes", "exponential",
    "hyperbolic_sine", "difference_of_exponentials", "logarithm", "root", "alternating",
    "tangent", "cubed_pairs", "with_a_critical_point",
)  # fmt: skip
RETIMED = (
    "warped_2",
    "warped_3",
    "two_factors",
    "cubed_factor",
    "overlap",
    "exp_factor",
    "exp_of_square_factor",
)
BOTH = (
    "chain", "triangle", "two_warped", "warped_beside", "gram_2", "gram_4", "two_layers",
    "not_commuting", "h_but_no_mirror", "closed_or_not",
)  # fmt: skip
SHAPES = {"depth": None, "width": None, "sizes": None}


def asked(name: str, start: str | None = None) -> dict[str, Any]:
    found = answered(f"{FILE}:{name}", start_of(start), **SHAPES)
    data: dict[str, Any] = json.loads(found.json())
    check(data)
    return data


@pytest.mark.parametrize("name", [*MIRROR, *RETIMED, *BOTH])
def test_from_a_generic_start(name: str) -> None:
    data = asked(name)
    expected = "mirror" if name in MIRROR else "time change" if name in RETIMED else "excluded"
    assert data["verdict"] == expected
    if name in BOTH and len(data["blocks"]) == 1:
        assert data["blocks"][0]["change_of_time_excluded_by"]


@pytest.mark.parametrize(
    ("name", "start", "verdict"),
    [
        ("special", "1,1,0", "mirror"),
        ("special", "1,1,1/9", "excluded"),
        ("gram_2", "1,0,0,1", "excluded"),
        ("not_commuting", "1,0,0,1", "excluded"),
        ("commuting", "1,0,0,1", "mirror"),
        ("warped_2", "5,3,4", "time change"),
        ("warped_2", "-2,1,1", "time change"),
        ("product", "1", "mirror"),
        ("product", "1,2,0,0", "mirror"),
        ("untied_pairs", "1,-1,2,3", "mirror"),
        ("exponential", "1,-1", "mirror"),
        ("shares", "0", "excluded"),
        ("shares", "0,1,2", "excluded"),
        ("closed_or_not", "1,2", "excluded"),
        ("product", "1,2,1/1000,5", "mirror"),
        ("with_a_critical_point", "0", "mirror"),
        ("on_a_curve", "1,1,1,1", "undecided"),  # x y = 1 stays: a curved invariant set
        ("on_a_curve", "1,2,1,1", "excluded"),
    ],
)
def test_from_a_start(name: str, start: str, verdict: str) -> None:
    assert answered(f"{FILE}:{name}", start_of(start), **SHAPES).verdict == verdict


@pytest.mark.parametrize(
    ("name", "start", "said"),
    [
        ("kinked", None, "not smooth"),
        ("of_data", None, "depends on the input x"),
        ("dependent", None, "rank 1 there"),
        ("constant_beside", None, "rank 1 there"),
        ("with_a_critical_point", "1", "rank 0 there"),
        ("power_2", "0", "rank 0 there; wp[1], wp[2], wm[1], wm[2] = 0 there"),
        ("power_2", "1,2,3", "3 numbers; power_2 has 4 parameters, in this order: wp[1], wp[2]"),
        ("h_but_no_mirror", "1,2,x", "'x'"),
    ],
)
def test_bad_input(name: str, start: str | None, said: str) -> None:
    with pytest.raises(BadInput) as error:
        answered(f"{FILE}:{name}", start_of(start), **SHAPES)
    assert said in str(error.value)


@pytest.mark.parametrize("colons", [":", "::"])
def test_the_command(colons: str, tmp_path: Path) -> None:
    ran = cli(tmp_path, "mirror", f"{FILE}{colons}warped_2")
    assert ran.code == 0 and ran.err == ""
    assert "Mirror flow after a change of time dtau = a dt: PROVED" in ran.flat
    ran = cli(tmp_path, "mirror", f"{FILE}{colons}warped_2", "--sizes", "2")
    assert ran.code == 2 and "its shapes stand in it" in ran.err
    ran = cli(tmp_path, "mirror", f"{FILE}{colons}kinked")
    assert ran.code == 2 and "not smooth" in ran.err and "Traceback" not in ran.err


def _curl(columns: int, name: str, rows: list[list[str]]) -> float:
    """max |d_k rho_ij - d_i rho_kj| for the metric of M -> M Z + Z M, in the orthonormal
    coordinates (m11, sqrt(2) m12, m22): with D_ab = J [X_a, X_b] it is rho rho rho D.
    """
    from verify.mirror.field import Field
    from verify.mirror.given import Given, begun

    field = Field([f"u{i}" for i in range(2 * columns)])
    u = [[field.letter(i * columns + j) for j in range(columns)] for i in (0, 1)]
    dot = lambda a, b: sum(x * y for x, y in zip(a, b, strict=True))
    g = (dot(u[0], u[0]), dot(u[0], u[1]), dot(u[1], u[1]))
    start = [Fraction(x) for row in rows for x in row]
    given = begun(Given(name, "", "", field, g, ("a", "b", "c"), (), ()), start)
    geometry = Geometry(field, given.outputs)
    value = lambda f: float(Fraction(str(f.at(given.values))))
    scale = np.array([1.0, np.sqrt(2), 1.0])
    kernel = np.array([[value(x) for x in row] for row in geometry.kernel])
    kernel *= scale[:, None] * scale / 2  # K(Z) = 2 (M Z + Z M)
    d = np.zeros((3, 3, 3))
    for (a, b, m), f in geometry.defects.items():
        d[a, b, m] = value(f) * scale[a] * scale[b] * scale[m] / 4
        d[b, a, m] = -d[a, b, m]
    rho = np.linalg.inv(kernel)
    return float(np.max(np.abs(np.einsum("ka,ib,jm,abm->kij", rho, rho, rho, d))))


def test_the_metric_of_two_by_two_matrices() -> None:
    """4/63 at [[2, 1/2], [1/2, 1]] and 1/18 at diag(2, 1), as measured by others from the metric;
    here from brackets at factors U with U U^T = M.
    """
    rows = [["1", "1", "0", "0", "0"], ["1/2", "0", "1/2", "1/2", "1/2"]]
    assert abs(_curl(5, "first", rows) - 4 / 63) < 1e-12
    rows = [["1", "1", "0"], ["2/3", "-2/3", "1/3"]]
    assert abs(_curl(3, "second", rows) - 1 / 18) < 1e-12


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("warped_by_a_float", "time change"),
        ("product_by_floats", "mirror"),
        ("cubes_mixed_by_floats", "mirror"),
    ],
)
def test_floats_are_exact_binary_fractions(name: str, verdict: str) -> None:
    """0.1 has 55 binary digits: what is solved for modulo a prime has to be read back from more."""
    data = asked(name)
    assert data["verdict"] == verdict
    assert all(b["mirror_map"] for b in data["blocks"])


def test_the_default_start_has_full_rank() -> None:
    """At q = k = 0 the slopes of e^(q k) are 0."""
    name = f"{FILE}:exponentials_of_products"
    assert answered(name, None, **SHAPES).verdict == "mirror"
