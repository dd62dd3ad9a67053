"""``verify candidates`` as a user meets it: laws in the model's letters with their status, the
claims that state them, an honest answer to "is that all", JSON, and the exit codes 0, 2 and 4.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.runner import cli
from verify.exact.errors import BadInput
from verify.models.catalogue import MODELS, model


@pytest.mark.parametrize("name", [m.name for m in MODELS])
def test_a_page_for_every_model(name: str, tmp_path: Path) -> None:
    ran = cli(tmp_path, "candidates", name)
    assert ran.code == 0 and ran.err == ""
    lines = ran.out.splitlines()
    assert len(lines) <= 40 and max(map(len, lines)) <= 118
    assert "All?" in ran.out and "open" not in ran.out


def test_balancedness(tmp_path: Path) -> None:
    ran = cli(tmp_path, "candidates", "layers").flat
    assert "W_p W_p^T - W_(p+1)^T W_(p+1) for p = 1..N-1 3 laws" in ran
    assert "every depth, every size stated by dln-moments-conserved, moment-map-layers" in ran
    assert "3 quadratic laws, at most 3" in ran


def test_the_quasi_norm(tmp_path: Path) -> None:
    ran = cli(tmp_path, "candidates", "diagonal", "--depth", "3").flat
    assert "u_l^2 - u_m^2 for l, m = 1..L 4 laws" in ran
    assert "|u_l|^2 for l = 1..L" in ran and "stated by lda-layer-norm" in ran
    assert "3 laws, one of them new beside those above" in ran
    assert (
        "sum_i |w_i|^(2/3) equal to |u_l|^2 there, as the square of each factor is |w_i|^(2/3)"
        in ran
    )
    assert "sum_i |w_i|^(2/L): PROVED, every depth, every width >= 2; stated by quasi-norm" in ran


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("diagonal",),
            "sum_i |w_i| equal to |u_l|^2 there, as the square of each factor is |w_i|",
        ),
        (("relu", "--sizes", "2,1,1"), "sum over the entries z of all Z_j of |z| equal to"),
        (("layers", "--sizes", "2,3"), "sum over the entries z of X of |z|^2 equal to |W_p|^2"),
        (("layers",), "|W_p|^2 for p = 1..N 2 laws, one of them new beside those above"),
        (
            ("signed-power", "--sizes", "3,2"),
            "2 independent, those of powers included, and no more",
        ),
        (
            ("units", "--sizes", "2,1"),
            "2 independent of the 3 that one output leaves near a point that moves",
        ),
        (("scalars",), "for every C^1 loss 2 quadratic laws, at most 2"),
    ],
)
def test_lines_say_of_what(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    """How many laws are new, whose square is what, and for which losses a count holds."""
    ran = cli(tmp_path, "candidates", *arguments).flat
    assert said in ran and "^1 " not in ran.replace("C^1 ", "")


NEAR = {
    "lienar": "linear-system",
    "linear": "linear-system",
    "DIAGONAL": "diagonal",
    "signed": "signed-power",
    "Power": "signed-power",
    "re-lu": "relu",
    "factorisation": "completion",
    "matrix": "completion",
}


@pytest.mark.parametrize("name", NEAR)
def test_an_unknown_model_has_near_names(name: str) -> None:
    """Also of another case, of a part of a name, and of a word of its title."""
    with pytest.raises(BadInput, match=f"did you mean {NEAR[name]}"):
        model(name)


def test_an_option_without_a_model(tmp_path: Path) -> None:
    ran = cli(tmp_path, "candidates", "--seed", "3")
    assert ran.code == 2 and "--seed without a model" in ran.err


def test_what_no_claim_states_says_so(tmp_path: Path) -> None:
    ran = cli(tmp_path, "candidates", "layers", "--sizes", "1,2,1").flat
    assert "W_1[1,1]*W_2[1,2] - W_1[2,1]*W_2[1,1]" in ran
    assert "not judged for every size: it is a law of these entries no installed claim" in ran
    assert "4 quadratic laws, at most 4" in ran and "3 independent, and no more of any kind" in ran


def test_one_output_stands_still(tmp_path: Path) -> None:
    """A scale-invariant loss of one number is constant: a law of a flow at rest is none."""
    ran = cli(tmp_path, "candidates", "scalars").flat
    assert "nothing moves" in ran and "where J(c z)" not in ran and "Balance" not in ran


def test_the_exercise(tmp_path: Path) -> None:
    two = cli(tmp_path, "candidates", "signed-power", "--sizes", "2,2").flat
    assert "u*v 2 laws" in two
    three = cli(tmp_path, "candidates", "signed-power", "--sizes", "3,2").flat
    assert "no quadratic law" in three and "u_1^(-1) + v_1^(-1) while u_1 != 0, v_1 != 0" in three
    assert "2 independent, those of powers included, and no more of any kind" in three


LOSSES = {
    "ratio": "J(c w) = J(w) for c > 0, by Euler's identity",
    "norm": "J(c w) = c^2 J(w) for c > 0: (|u_l|^2)' = -4 J instead of 0",
    "squared": "no k with J(c w) = c^k J(w) was found",
    "w1/w2": "J(c w) = J(w)",
}


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss(loss: str, tmp_path: Path) -> None:
    assert LOSSES[loss] in cli(tmp_path, "candidates", "diagonal", "--loss", loss).flat


def test_json(tmp_path: Path) -> None:
    data = cli(tmp_path, "candidates", "diagonal", "--sizes", "2,3", "--format", "json").json
    assert data["schema"] == "flowlaw-candidates/1"
    (law,) = data["laws"]
    assert law["every_size"]["verdict"] == "PROVED" and law["entries"] == 3
    assert law["claims_at_these_sizes"] == ["moment-map-torus"]
    counts = data["counts"]
    assert counts["quadratic"] == counts["quadratic_at_most"] == counts["any_at_most"] == 3


def test_the_seed_changes_no_answer(tmp_path: Path) -> None:
    ask = ("candidates", "layers", "--sizes", "2,1,2")
    assert cli(tmp_path, *ask).out == cli(tmp_path, *ask, "--seed", "0").out
    drop = lambda text: [line for line in text.splitlines() if "exact point" not in line]
    assert drop(cli(tmp_path, *ask).out) == drop(cli(tmp_path, *ask, "--seed", "5").out)


WRONG: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "an unknown model": (("layer",), ("did you mean layers",)),
    "sizes": (("units", "--sizes", "2"), ("h,n", "expected 2 numbers")),
    "a loss": (("layers", "--loss", "ratio"), ("known: squared, linear, observed",)),
    "a coordinate": (
        ("diagonal", "--sizes", "2,1", "--loss", "w1/w3"),
        ("the coordinate 3", "has 1 here"),
    ),
    "a loss defined nowhere": (("diagonal", "--loss", "1/(w1-w1)"), ("zero for every w",)),
    "a seed": (("layers", "--seed", "x"), ("--seed 'x'",)),
    "no model": (("--sizes", "2,2"), ("--sizes without a model",)),
}


@pytest.mark.parametrize("what", WRONG)
def test_bad_input(what: str, tmp_path: Path) -> None:
    arguments, said = WRONG[what]
    ran = cli(tmp_path, "candidates", *arguments)
    assert ran.code == 2 and ran.out == "" and "Traceback" not in ran.err
    assert not [x for x in said if x not in " ".join(ran.err.split())], ran.err


def test_too_large(tmp_path: Path) -> None:
    ran = cli(tmp_path, "candidates", "layers", "--sizes", "6,6,6")
    assert ran.code == 4 and ran.out == "" and "72 coordinates" in ran.err
    ran = cli(tmp_path, "candidates", "layers", "--sizes", "6,6,6", "--format", "json")
    assert ran.code == 4 and ran.json["laws"] is None and "up to 24" in ran.json["reason"]
