"""The README says what is true: its screen is the real one, its own claim works and its false
variant is refuted.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import mpmath
from hypothesis import settings

from proofs import CLAIMS
from tests.runner import cli
from verify.claims.request import Request
from verify.judge.decide import judge

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _blocks() -> list[str]:
    return re.findall(r"```python\n(.*?)```", README, re.S)


def _run(number: int) -> dict:
    """The names that a block of the README leaves behind."""
    space: dict = {}
    exec(compile(_blocks()[number], "<readme>", "exec"), space)
    return space


def _without_seconds(text: str) -> list[str]:
    return [
        re.sub(r"\d+\.\d\d s$", "", line).rstrip() for line in text.splitlines() if line.strip()
    ]


def test_the_printed_screen_is_the_real_one(tmp_path) -> None:
    out = cli(tmp_path, "claim", "quasi-norm", "--depth", "3", cwd=ROOT).out
    shown = README.split("(seconds differ)")[1].split("Read it as follows")[0]
    lines = [line.removeprefix("    ") for line in shown.splitlines() if line.strip()]
    assert _without_seconds("\n".join(lines)) == _without_seconds(out)


def test_the_claim_of_twenty_lines_is_proved_and_its_false_variant_refuted() -> None:
    source = _blocks()[0]
    assert len(source.splitlines()) <= 23
    for exponent, verdict in (("** 2)  #", "PROVED"), ("** 3)  #", "REFUTED")):
        space: dict = {}
        exec(compile(source.replace("** 2)  #", exponent), "<readme>", "exec"), space)
        assert judge(space["MINE"]).verdict.name == verdict


def test_the_property_test_runs() -> None:
    space: dict = {}
    exec(compile(_blocks()[1], "<readme>", "exec"), space)
    space["test_quasi_norm"]()
    space["test_shapes"]()


def test_the_property_test_passes_on_a_machine_that_is_busy() -> None:
    """Each example takes longer than Hypothesis allows by itself; nothing of ours is slow."""
    late = _blocks()[1].replace("deadline=None", "deadline=None, max_examples=2")
    late = late.replace("(point):", "(point):\n    sleep(0.3)")
    space: dict = {"sleep": time.sleep}
    with settings_of_a_stranger():
        exec(compile(late, "<readme>", "exec"), space)
        space["test_quasi_norm"]()


@contextmanager
def settings_of_a_stranger() -> Iterator[None]:
    """Hypothesis as it comes, with its deadline."""
    ours = settings.get_current_profile_name()
    settings.load_profile("default")
    assert settings.default.deadline is not None
    try:
        yield
    finally:
        settings.load_profile(ours)


def test_the_notebook_runs(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    space: dict = {}
    exec(compile(_blocks()[2], "<readme>", "exec"), space)
    assert space["report"].verdict.name == "REFUTED" and (tmp_path / "refuted.json").is_file()


def test_equations_and_laws_of_a_model() -> None:
    space = _run(3)
    assert "W_p' = -A_p^T P B_p^T" in repr(space["equations"])
    assert "sum_i |w_i|^(2/3)    at balance" in repr(space["laws"])


def test_the_claim_about_matrices_is_proved() -> None:
    assert judge(_run(4)["DECAY"], Request(numeric=False)).verdict.name == "PROVED"


def test_engines_and_their_enclosures_agree() -> None:
    space = _run(5)
    logistic, time = space["logistic"], Fraction(3)
    run = space["Taylor"]().run(logistic, time, 50, samples=4)
    true = 1 / (1 + 3 * mpmath.exp(-3))  # from x(0) = 1/4
    assert abs(run.states[-1].mpf()[0][0] - true) < 1e-14
    assert space["Validated"]().run(logistic, time, 50, samples=4).radii[-1] < Fraction(1, 10**49)


def test_the_value_is_what_its_comment_says() -> None:
    """By hand: w = (2, 2), g = (1/8, -1/8), sum_l P_l^2 = 9 for both coordinates, so that the slope
    -2/3 2^(-1/3) 9 (1/8 - 1/8) is 0.
    """
    assert _run(6)["found"].exact == 0


def test_letters_of_ones_own(tmp_path) -> None:
    """The claim is proved, its near miss refuted, and what is explained is what is printed."""
    section = README.split("## Letters of your own")[1].split("## What is trusted")[0]
    space: dict = {}
    (source,) = re.findall(r"```python\n(.*?)```", section, re.S)
    exec(compile(source, "<readme>", "exec"), space)
    report = judge(space["MINE"])
    assert report.verdict.name == "PROVED" and report.measured[0].status == "agrees"
    shown = [x.strip() for x in section.splitlines() if x.startswith("    ")][-7:]
    out = " ".join(cli(tmp_path, "explain", "relu-balance", cwd=ROOT).out.split())
    assert shown and all(" ".join(line.split()) in out for line in shown)


def test_a_sum_of_squares_explained(tmp_path) -> None:
    """What is shown of it is what is printed, and every claim that the section names is one."""
    head = "## Matrix factorisation, and what the theory rests on"
    section = README.split(head)[1].split("\n## ")[0]
    shown = [x.strip() for x in section.splitlines() if x.startswith("    ")]
    out = " ".join(cli(tmp_path, "explain", "strongly-convex-gradient", cwd=ROOT).out.split())
    assert all(" ".join(line.split()) in out for line in shown[-7:])
    named = {x for line in shown[:5] for x in re.findall(r"[a-z]+(?:-[a-z]+)+", line)}
    assert len(named) >= 12 and named <= {c.id for c in CLAIMS}
