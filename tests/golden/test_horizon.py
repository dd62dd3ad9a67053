"""``--horizon``: exact times only, and the verdict is about that time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.runner import cli, plant

#: x' = x (1 - x), x(0) = 1/4: x(t) = 1/(1 + 3 e^-t), which is 9/10 at t = log 27 = 3.2958...
LOGISTIC = """
from fractions import Fraction
from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Throughout
from verify.integrate.system import System
from verify.models.trajectories import Trajectories
from verify.claims.verdict import Verdict

def start():
    quantities = {"x": lambda x, m: x[0], "J": lambda x, m: (1 - x[0]) ** 2}
    field = lambda x, m: [x[0] * (1 - x[0])]
    return System("logistic", ("x",), (Fraction(1, 4),), field, quantities=quantities)

CLAIMS = (
    Claim(
        id="logistic",
        title="the logistic equation stays below 9/10",
        setting=Trajectories(flow="x' = x (1 - x)", starts={"x = 1/4": start}, horizon=Fraction(3)),
        assuming=(),
        concluding={"below": Throughout("x", "<", Fraction(9, 10))},
        source=Source("0000.00000"),
        expected=Verdict.ENCLOSED,
    ),
)
"""


@pytest.fixture
def planted(tmp_path: Path) -> dict[str, str]:
    return plant(tmp_path, "foreign_claims:CLAIMS", LOGISTIC)


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "0.0",
        "0/5",
        "-1",
        "-1/2",
        "inf",
        "-inf",
        "nan",
        "1/0",
        "",
        "1_0",
        "1 0",
        "1/2/3",
        "t",
        "٣",
    ],
)
def test_what_is_refused(text: str, tmp_path: Path) -> None:
    """Before anything else: the claim need not even be about trajectories."""
    run = cli(tmp_path, "claim", "quasi-norm", "--no-numeric", "--horizon", text)
    assert run.code == 2 and run.out == "" and "Traceback" not in run.err
    assert f"--horizon {text!r}" in run.err and "1/2" in run.err, "the value, and how to write it"


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("3.25", "13/4"),
        ("13/4", "13/4"),
        ("26/8", "13/4"),
        ("2", "2"),
        ("0.5", "1/2"),
        ("1/10", "1/10"),
        (" 5e-1 ", "1/2"),
    ],
)
def test_the_time_is_exact(text: str, stored: str, tmp_path: Path, planted: dict[str, str]) -> None:
    run = cli(
        tmp_path,
        "claim",
        "logistic",
        "--digits",
        "10",
        "--horizon",
        text,
        "--format",
        "json",
        **planted,
    )
    assert run.code == 0, run.err
    assert run.json["parameters"]["horizon"] == stored and run.json["verdict"] == "ENCLOSED"


@pytest.mark.parametrize(
    ("text", "code", "verdict"), [("3.29", 0, "ENCLOSED"), ("3.30", 1, "REFUTED")]
)
def test_the_verdict_is_about_that_time(
    text: str, code: int, verdict: str, tmp_path: Path, planted: dict[str, str]
) -> None:
    """log 27 = 3.2958... lies between the two."""
    run = cli(
        tmp_path,
        "claim",
        "logistic",
        "--digits",
        "10",
        "--horizon",
        text,
        "--format",
        "json",
        **planted,
    )
    assert (run.code, run.json["verdict"]) == (code, verdict), run.err


def test_the_screen_names_it(tmp_path: Path, planted: dict[str, str]) -> None:
    run = cli(tmp_path, "claim", "logistic", "--digits", "10", "--horizon", "0.5", **planted)
    assert "clock in [0, 1/2]" in run.flat


def test_a_claim_about_every_time(tmp_path: Path) -> None:
    run = cli(tmp_path, "claim", "quasi-norm", "--no-numeric", "--horizon", "5")
    assert run.code == 2 and "--horizon" in run.err and "quasi-norm" in run.err
