"""The campaign is itself tested: holes that are put back are found, printed sentences that say
another thing are told apart.

What else belongs to the kind: every rule that keeps a false statement from coming out PROVED
deserves a plant (attack/plants.py).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from attack import sums, sums_read, towers, towers_read, words_read
from attack.__main__ import jobs, main, told
from attack.claims import FALSE, NARROW, TRUE
from attack.examine import examine
from attack.languages import LANGUAGES, seeded
from attack.mutate import mutants
from attack.plants import PLANTS
from attack.processes import run
from attack.reading import Unreadable
from attack.scalars import Along, Setting, State, name
from attack.table import FATAL, counted, fatal, quotas
from attack.trees import num, prod
from attack.words import Setting as Words
from attack.words import letter
from attack.words_statement import Statement
from tests.runner import SECONDS

ROOT = Path(__file__).resolve().parents[2]
#: where each hole shows, and a seed at which it shows soon; 20,000 draws are allowed, these tests
# take a few dozen
SHOWS = {
    "A1": ("words", 3),
    "A2": ("words", 3),
    "A3": ("towers", 0),
    "A4": ("towers", 2),
    "A5": ("trajectories", 2),
    "A6": ("trajectories", 2),
    "A7": ("trajectories", 0),
    "V2": ("declared", 0),
}


@pytest.mark.parametrize("hole", sorted(PLANTS))
def test_a_hole_that_is_put_back_is_found(hole: str) -> None:
    language, seed = SHOWS[hole]
    shown = ("misprinted",) if hole == "A7" else ("false proved", "true refuted")

    def found(result: dict) -> bool:
        return any(what in shown for what, _ in result["faults"])

    results = run([(language, seed, n) for n in range(400)], 1, 60, hole, enough=found)
    assert found(results[-1]), f"{len(results)} draws"
    assert results[-1]["source"], "a fatal draw comes with the Python that builds it"


def test_a_turn_of_all_languages_finds_nothing() -> None:
    """Thirty draws; the standing campaign draws more."""
    results = [examine(*job) for job in jobs(30, 7, "")]
    table = counted(results)
    assert {r["language"] for r in results} == LANGUAGES.keys()
    assert [r["faults"] for r in results if r["faults"]] == []
    assert fatal(table) == 0


def test_the_same_draws_whatever_the_hash_seed() -> None:
    """And whatever the number of workers: nothing but seconds may differ."""
    said = []
    for hashes, workers in (("0", "1"), ("77", "2")):
        where = {**os.environ, "PYTHONHASHSEED": hashes}
        command = [
            sys.executable,
            "-m",
            "attack",
            "--draws",
            "10",
            "--seed",
            "3",
            "--workers",
            workers,
        ]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=where,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        said.append([line for line in done.stdout.splitlines() if not line.startswith("seed ")])
    assert said[0] == said[1]
    assert said[0]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_mixture_of_true_and_false(language: str) -> None:
    """Drawn without judging: a fifth true, and every false one within one edit, as quotas
    demand.
    """
    drawn = [LANGUAGES[language].draw(seeded(language, 5, n)) for n in range(40)]
    true = sum(d.truth in (TRUE, NARROW) for d in drawn)
    false = [d for d in drawn if d.truth == FALSE]
    assert 5 * true >= len(drawn)
    assert 2 * sum(d.near for d in false) >= len(false)


def test_quotas_and_fatal_columns_can_fail() -> None:
    draws = [
        {
            "language": "towers",
            "truth": FALSE,
            "near": False,
            "verdict": "PROVED",
            "mutated": 0,
            "faults": [["false proved", ""]],
        }
    ]
    table = counted(draws * 100)
    assert fatal(table) == 100
    assert len(quotas(table)) == 2
    assert set(FATAL) >= {
        "false proved",
        "true refuted",
        "misprinted",
        "accepted wrongly",
        "traceback",
    }


# --- the kinds of section B, read back
# ---------------------------------------------------------------------------------------

KAPPA = ("const", "kappa")
GAP = ("-", ("^", ("u", "l", "i"), 2), ("^", ("u", "m", "i"), 2))
LAW = sums.Statement("linear", (GAP, ("-", ("neg", KAPPA), KAPPA)), decay=True)


@pytest.mark.parametrize(
    "text",
    [
        "u_(l,i)^2 - u_(m,i)^2 at time t is e^(-kappa - kappa t) times its value at time 0",
        "u_{l,i}^{2} - u_{m,i}^{2}(t) = e^{(-\\kappa - \\kappa) t}\\,u_{l,i}^{2} - u_{m,i}^{2}(0)",
        "u_(l,i)^2 - u_(l,i)^2 at time t is e^((-kappa - kappa) t) times its value at time 0",
    ],
)
def test_a_rate_or_a_quantity_without_brackets_is_misread(text: str) -> None:
    try:
        assert sums_read.differs(LAW, text, Random(0))
    except Unreadable:
        pass


@pytest.mark.parametrize(
    "text",
    [
        "u_(l,i)^2 - u_(m,i)^2 at time t is e^((-kappa - kappa) t) times its value at time 0",
        "\\left(u_{l,i}^{2} - u_{m,i}^{2}\\right)(t) = "
        "e^{(-\\kappa - \\kappa)\\,t}\\,\\left(u_{l,i}^{2} - u_{m,i}^{2}\\right)(0)",
    ],
)
def test_with_brackets_it_is_read_as_it_was_meant(text: str) -> None:
    assert sums_read.differs(LAW, text, Random(0)) == ""


def test_a_sign_before_a_fraction_is_seen() -> None:
    """q^(L - 1/4) is |w|^(2 - (1/2)/L)."""
    quarter = ("pow", ("q", "i"), ("-", ("const", "L"), num(Fraction(1, 4))))
    s = sums.Statement("conserved", (quarter,))
    tail = " is constant for as long as the flow exists"
    assert sums_read.differs(s, "|w_i|^(2 - (1/2)/L)" + tail, Random(0)) == ""
    assert sums_read.differs(s, "|w_i|^(2 (1/2)/L)" + tail, Random(0)) != ""


def test_a_sum_and_its_factor() -> None:
    """(sum d/dt W_p) X and sum (d/dt W_p) X are two things, and the first one needs its
    brackets.
    """
    own = Words()
    inner = ("sum", "p", 1, 0, ("tr", ("D", letter("W", ("p", 0)))))
    s = Statement(own, "identity", (prod(inner, letter("X")), letter("X")))
    assert words_read.differs(s, "(sum_(p=1..N) Re Tr(d/dt W_p)) X = X", Random(0)) == ""
    assert words_read.differs(s, "sum_(p=1..N) Re Tr(d/dt W_p) X = X", Random(0)) != ""


def test_conditions_are_read() -> None:
    found = towers_read.conditions("r + t is constant along the flow while x > 0 and (y + 1) != 0")
    assert [(r, wanted) for _, r, wanted in found] == [(">", True), ("!=", True)]
    assert towers_read.conditions("every value (excluded: x = 0, r = 0), along each solution")[0][
        1:
    ] == ("=", False)


# --- its own arithmetic
# --------------------------------------------------------------------------------------------------


def test_a_root_that_stays_zero_and_one_that_does_not() -> None:
    """x' = -2 sqrt(x), t' = 1: at x = 0 the solution rests, and sqrt(x) + t is not constant along
    it.
    """
    flow = Setting(
        (("x", ""), ("t", "")),
        (("root", "r", name("x"), 2),),
        {"x": ("*", num(-2), name("r")), "t": num(1)},
    )
    s = towers.Statement(flow, "constant", (("+", name("r"), name("t")),))
    zero = State({"x": Fraction(0), "t": Fraction(5)}, {}, frozenset({"x"}))
    assert towers.holds(s, Along(flow, State({"x": Fraction(4), "t": Fraction(1)}, {})))
    assert not towers.holds(s, Along(flow, zero))
    assert {at.state.still for at in towers.failures(s, Random(1))[0]} == {frozenset({"x"})}


def test_mutants_differ_and_are_drawn_by_seed() -> None:
    body = {
        "verdict": "PROVED",
        "conclusions": {"c": {"left": ["+", "1", ["const", "x"]], "first": 1}},
        "setting": {"square": False},
    }
    some = [json.dumps(x) for _, x in mutants(body, Random(4), 20)]
    assert some == [json.dumps(x) for _, x in mutants(body, Random(4), 20)]
    assert all(x != json.dumps(body) for x in some)


def test_a_draw_is_run_again_from_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--draw", "actions:0:3"]) == 0
    shown = capsys.readouterr().out
    assert "CLAIM = Claim(" in shown and "actions:0:3" in shown
    assert main(["--draw", "nonsense"]) == 2
    assert "LANGUAGE:SEED:INDEX" in capsys.readouterr().err


def test_a_fatal_draw_is_told_as_python() -> None:
    """What is printed builds the claim and judges it: it can be pasted."""
    source = LANGUAGES["towers"].draw(seeded("towers", 0, 4)).source
    lines = told(
        {
            "language": "towers",
            "seed": 0,
            "index": 4,
            "truth": "false",
            "verdict": "PROVED",
            "faults": [],
            "source": source,
        }
    )
    text = "\n".join(lines)
    assert "judge(CLAIM" in text
    compile(text, "<pasted>", "exec")
