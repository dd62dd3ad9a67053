"""``verify ode`` as a user meets it: equations for every size and entry by entry, formats, the list
of models, and the exit codes 0, 2 and 4.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.runner import cli
from verify.models.catalogue import MODELS


@pytest.mark.parametrize("name", [m.name for m in MODELS])
def test_for_every_size(name: str, tmp_path: Path) -> None:
    """The lines themselves are rows of the table of the laws of training."""
    ran = cli(tmp_path, "ode", name)
    assert ran.code == 0 and ran.err == "" and "  Equations   " in ran.out


def test_the_list_of_models(tmp_path: Path) -> None:
    ran = cli(tmp_path, "ode")
    assert ran.code == 0 and [line.split()[0] for line in ran.out.splitlines()[1:]] == [
        m.name for m in MODELS
    ]
    assert [m["name"] for m in cli(tmp_path, "ode", "--format", "json").json] == [
        m.name for m in MODELS
    ]


def test_motions(tmp_path: Path) -> None:
    assert "u_l' = -P_l*g - kappa u_l" in cli(tmp_path, "ode", "diagonal", "--decay").flat
    step = cli(tmp_path, "ode", "layers", "--descent").flat
    assert "one descent step" in step and "W_p^+ = W_p - eta A_p^T P B_p^T" in step


def test_a_loss(tmp_path: Path) -> None:
    squared = cli(tmp_path, "ode", "layers", "--loss", "squared").flat
    assert "J(X) = 1/2 |X - Y|^2" in squared and "P = X - Y" in squared
    ran = cli(tmp_path, "ode", "diagonal", "--loss", "-B/(W+N)").flat
    assert "g = -2 (<w, S_W w> + |w|^2)^(-1) S_B w" in ran
    assert "P = M^2*(X - Y)" in cli(tmp_path, "ode", "completion", "--loss", "observed").flat


@pytest.mark.parametrize("loss", ["ratio-trace-diag", "3"])
def test_a_constant_loss_moves_nothing(loss: str, tmp_path: Path) -> None:
    """Its gradient is 0, which has no size of its own."""
    assert "u_1,1' = 0" in cli(tmp_path, "ode", "diagonal", "--loss", loss, "--sizes", "2,1").out


GIVEN = {
    ("layers", "--loss", "squared"): "given: Y",
    ("completion", "--loss", "observed"): "given: Y, M (entries 0 or 1)",
    ("diagonal", "--loss", "-B/W"): "given: S_B (symmetric), S_W (symmetric)",
    ("diagonal", "--loss", "w2*m", "--decay"): "given: e_2 (a unit vector), m, kappa >= 0",
    ("relu", "--descent"): "given: eta > 0",
}


@pytest.mark.parametrize("arguments", GIVEN)
def test_what_is_given_is_told(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert GIVEN[arguments] in cli(tmp_path, "ode", *arguments).flat


def test_entry_by_entry(tmp_path: Path) -> None:
    ran = cli(tmp_path, "ode", "diagonal", "--depth", "3", "--width", "1")
    assert "u_1,1' = -g_1*u_2,1*u_3,1" in ran.out
    data = cli(tmp_path, "ode", "layers", "--sizes", "1,2,1", "--format", "json").json
    assert data["entries"]["coordinates"] == ["W_1[1,1]", "W_1[2,1]", "W_2[1,1]", "W_2[1,2]"]
    assert data["entries"]["equations"][0] == "W_1[1,1]' = -W_2[1,1]*P[1,1]"
    assert data["sizes"] == {"d": [1, 2, 1], "N": 2}


def test_a_page_and_all_of_it(tmp_path: Path) -> None:
    long = ("ode", "layers", "--sizes", "6,6,6")
    page, whole = (
        cli(tmp_path, *long, COLUMNS="300"),
        cli(tmp_path, *long, "--verbose", COLUMNS="300"),
    )
    assert len(page.out.splitlines()) <= 40 and "lines more: --verbose" in page.out
    assert whole.out.count("' = ") >= 72 > page.out.count("' = ")


def test_latex(tmp_path: Path) -> None:
    ran = cli(tmp_path, "ode", "layers", "--format", "latex")
    assert ran.out.startswith("\\begin{align*}") and "A_p^{T}\\,P\\,B_p^{T}" in ran.out


WRONG: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "an unknown model": (("diagonel",), ("'diagonel'", "did you mean diagonal", "layers")),
    "too few sizes": (("diagonal", "--sizes", "3"), ("sizes 3", "L,n", "expected 2")),
    "one width only": (("layers", "--sizes", "3"), ("d_0,..,d_N", "expected 2 numbers or more")),
    "a size of zero": (("completion", "--sizes", "2,0,1"), ("size n = 0", "from 1 to 12")),
    "no number": (("units", "--sizes", "2,x"), ("'x' is no whole number", "h,n")),
    "a depth that there is not": (("completion", "--depth", "2"), ("--depth 2", "m,n,r")),
    "both": (("layers", "--sizes", "2,2", "--depth", "1"), ("--sizes 2,2 and --depth",)),
    "a loss": (("layers", "--loss", "ratio"), ("--loss 'ratio'", "squared, linear, observed")),
    "a misspelt loss": (("diagonal", "--loss", "ratoi"), ("did you mean ratio", "expression")),
    "a formula": (("diagonal", "--loss", "B/"), ("--loss",)),
    "a coordinate": (
        ("diagonal", "--sizes", "2,2", "--loss", "w1/w3"),
        ("the coordinate 3", "has 2 here"),
    ),
    "a coordinate of a program": (
        ("diagonal", "--loss", "w3", "--format", "python"),
        ("the coordinate 3", "has 2 here"),
    ),
    "a loss defined nowhere": (("diagonal", "--loss", "log(0*N)"), ("zero for every w",)),
    "a loss of two coordinates": (
        ("diagonal", "--loss", "ratio-trace-diag-output", "--sizes", "2,3"),
        ("is defined for 2 coordinates", "has 3 here"),
    ),
    "an option without a model": (("--decay",), ("--decay without a model", "diagonal")),
}


@pytest.mark.parametrize("what", WRONG)
def test_bad_input(what: str, tmp_path: Path) -> None:
    arguments, said = WRONG[what]
    ran = cli(tmp_path, "ode", *arguments)
    assert ran.code == 2 and ran.out == "" and "Traceback" not in ran.err
    assert not [x for x in said if x not in " ".join(ran.err.split())], ran.err


def test_too_many_entries(tmp_path: Path) -> None:
    ran = cli(tmp_path, "ode", "layers", "--sizes", "12,12,12,12")
    assert ran.code == 4 and "432 coordinates; at most 400" in ran.err and ran.out == ""
    ran = cli(tmp_path, "ode", "layers", "--sizes", "12,12,12,12", "--format", "json")
    assert ran.code == 4 and ran.json["equations"] is None and "432" in ran.json["reason"]
