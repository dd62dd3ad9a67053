"""``verify value`` as a user meets it: answers, JSON, files of one's own, and the exit codes 0, 2
and 4.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.runner import cli

MINE = """
from fractions import Fraction

from verify import Claim, Source
from verify.terms.expr import total, u, q
from verify.claims.conclusions import Conserved
from verify.claims.hypotheses import Homogeneous
from verify.models.flow import Flow
from verify.integrate.system import System

QUASI = total("i", q["i"])
logistic = System(
    "logistic", ("x",), (Fraction(1, 4),), field=lambda x, m: [x[0] * (1 - x[0])],
    quantities={"odds": lambda x, m: x[0] / (1 - x[0])}
)
NORMS = Claim(
    id="my-norms", title="norms", setting=Flow(), assuming=(Homogeneous(),),
    source=Source("2603.02622v1"),
    concluding={"layer": Conserved(total("i", u["l", "i"] ** 2)), "quasi": Conserved(QUASI)},
)
BAD = total("l")
"""
SLIP = 1 + MINE[: MINE.index("BAD =")].count("\n")  # its line


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "start.txt").write_text("# two layers\n1 2\n3.0e0 -4\n")
    (tmp_path / "claims_mine.py").write_text(MINE)
    (tmp_path / "w.json").write_text(
        '{"W": [[["1", 2], [3, 4]], [[0, 1], [1, 1e0]]], "P": [[1, 0], [2, -1]]}'
    )
    return tmp_path


ANSWERS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "a network": (
        ("sum_i |w_i|^(2/L)", "--at", "start.txt"),
        ("sum_i |w_i|^(2/L) = 11", "u = (1 2; 3 -4)"),
    ),
    "each layer": (("|u_l|^2", "--at", "start.txt"), ("l = 1 5", "l = 2 25")),
    "a root": (("|u_1|", "--at", "start.txt"), ("= sqrt(5) = [2.2360679774997896964",)),
    "names": (("x^(1/2) y/(1 + sqrt(2))", "--at", "x=1/2, y=3"), ("= 3 - 3 sqrt(2)/2 =",)),
    "a slope": (
        ("|u_1|^2", "--at", "start.txt", "--loss", "w1/(w1+w2)", "--derivative"),
        ("(sum_i u_(1,i)^2)' = 0",),
    ),
    "a time": (
        ("w_1", "--at", "start.txt", "--loss", "w1/(w1+w2)", "--time", "1/10", "--digits", "12"),
        ("t = 1/10", "+/-"),
    ),
    "matrices": (("||W_1||^2 - ||W_2||^2", "--at", "w.json"), ("= 27",)),
    "matrices move": (("||W_1||^2", "--at", "w.json", "--derivative"), ("d/dt (||W_1||^2) = -10",)),
    "a claim at its instance": (("quasi-norm:conserved",), ("the exact instance of quasi-norm",)),
    "a claim at a start": (("quasi-norm:conserved", "--at", "start.txt"), ("= 11",)),
    "a formula's claim": (("ou-density:stationary",), ("= 0",)),
    "an expression of one's own": (("claims_mine.py::QUASI", "--at", "start.txt"), ("= 11",)),
    "a system of one's own": (
        ("claims_mine.py::logistic.odds", "--time", "2"),
        ("[2.463018699643550", "t = 2"),
    ),
    "a claim of one's own": (("claims_mine.py::my-norms.quasi", "--at", "start.txt"), ("= 11",)),
    "a minus in front": (("-2 x h", "--at", "x=1/3, h=3"), ("= -2",)),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer(name: str, place: Path) -> None:
    arguments, wanted = ANSWERS[name]
    run = cli(place, "value", *arguments)
    assert run.code == 0, run.err
    for text in wanted:
        assert text in run.flat
    assert run.out.startswith(run.out.strip()[0]) and "\x1b" not in run.out


def test_json(place: Path) -> None:
    found = cli(place, "value", "|u_1|", "--at", "start.txt", "--format", "json").json
    assert found["exact"] == "sqrt(5)" and found["text"].startswith("sqrt(5) = [2.236")
    assert set(found["enclosure"]) == {"midpoint", "radius"}
    found = cli(place, "value", "|u_l|^2", "--at", "start.txt", "--format", "json").json
    assert [(v["index"], v["exact"]) for v in found["values"]] == [
        ({"l": 1}, "5"),
        ({"l": 2}, "25"),
    ]
    run = cli(place, "value", "X", "--at", "w.json", "--format", "json")
    assert run.json["exact"] == [["3", "4"], ["4", "6"]] and run.json["enclosure"] is None
    run = cli(place, "value", "1/(x-1)", "--at", "x=1", "--format", "json")
    assert run.code == 4 and run.json["value"] is None and "x^(-1) at x = 0" in run.json["reason"]


NO_VALUE: dict[str, tuple[str, ...]] = {
    "division by zero": ("1/(x-1)", "--at", "x=1"),
    "the root of a negative number": ("sqrt(x)", "--at", "x=-1"),
    "no derivative": ("|w_1|", "--at", "zero.txt", "--loss", "w1/w2", "--derivative"),
    "the flow ends": ("w_1", "--at", "start.txt", "--loss", "-w1^4", "--time", "100"),
    "an inverse": ("W_1^(-1)", "--at", "W_1 = 1 1; 1 1"),
    "an abstract loss": ("E(X)", "--at", "w.json"),
}


@pytest.mark.parametrize("name", NO_VALUE)
def test_no_value_has_a_reason_and_exit_code_4(name: str, place: Path) -> None:
    (place / "zero.txt").write_text("0 2\n3 -4\n")
    run = cli(place, "value", *NO_VALUE[name])
    assert run.code == 4 and run.out == "" and "Traceback" not in run.err
    assert run.err.startswith("verify: no value: ") and len(run.err) > 40


REFUSED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "no state": (("x",), ("--at",)),
    "not an expression": (("x +", "--at", "x=1"), ("place 4", "^")),
    "an unknown letter": (("x + z", "--at", "x=1"), ("place 5", "'z'", "x")),
    "a cell": (("w_1", "--at", "bad.txt"), ("bad.txt, line 2, cell 2", "'four'")),
    "a float's nan": (("x", "--at", "x=nan"), ("nan", "rational")),
    "no such file": (("w_1", "--at", "nowhere.txt"), ("nowhere.txt",)),
    "a digit count": (("x", "--at", "x=1", "--digits", "0"), ("--digits",)),
    "a time that is none": (("x", "--at", "x=1", "--time", "1e999"), ("1e999",)),
    "an unknown claim": (("quasi-nrm:conserved",), ("quasi-norm",)),
    "an unknown conclusion": (("quasi-norm:conservd",), ("conserved",)),
    "an unknown name": (("claims_mine.py::QUASY", "--at", "start.txt"), ("QUASI",)),
    "a slip in the file": (
        ("claims_mine.py::BAD", "--at", "start.txt"),
        (f"claims_mine.py:{SLIP}", "total()"),
    ),
    "several conclusions": (("claims_mine.py::my-norms",), ("layer", "quasi")),
    "no such claims file": (("nowhere.py::X",), ("nowhere.py",)),
    "JSON": (("X", "--at", "bad.json"), ("bad.json", "JSON")),
    "a loss for names": (("x", "--at", "x=1", "--loss", "squared"), ("loss",)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_well_formed_has_exit_code_2(name: str, place: Path) -> None:
    (place / "bad.txt").write_text("1 2\n3 four\n")
    (place / "bad.json").write_text('{"X": [[1, 2], [3,]]}')
    arguments, wanted = REFUSED[name]
    run = cli(place, "value", *arguments)
    assert run.code == 2 and run.out == "" and "Traceback" not in run.err, run.err
    for text in wanted:
        assert text in run.err


def test_digits_of_a_fraction_are_said_to_have_no_effect(place: Path) -> None:
    run = cli(place, "value", "x^2", "--at", "x=1/2", "--digits", "9")
    assert run.code == 0 and "--digits 9 had no effect: the value is exact" in run.err
    run = cli(place, "value", "x^(1/2)", "--at", "x=1/2", "--digits", "9")
    assert run.code == 0 and "no effect" not in run.err
    run = cli(place, "value", "||W_1||^2", "--at", "w.json", "--digits", "9")
    assert run.code == 2 and "exact" in run.err


@pytest.mark.parametrize("what", ["|u_l|^2", "w_1 + w_2", "sum_i |w_i|^(2/L)"])
@pytest.mark.parametrize(
    "option", [("--loss", "w1/(w1+w2)"), ("--data", "start.csv", "--label", "label")]
)
def test_a_loss_beside_what_does_not_depend_on_it_is_refused(
    place: Path, what: str, option: tuple[str, str]
) -> None:
    (place / "start.csv").write_text("a,b,label\n1,2,x\n2,1,x\n3,5,y\n4,4,y\n")
    run = cli(place, "value", what, "--at", "start.txt", *option)
    assert run.code == 2 and f"{option[0]} has no effect" in run.err
    assert cli(place, "value", "|u_l|^2", "--at", "start.txt", *option, "--derivative").code == 0


@pytest.mark.parametrize("nothing", ["", " ", "\t"])
def test_an_empty_state_is_no_file(nothing: str, place: Path) -> None:
    run = cli(place, "value", "x^2", "--at", nothing)
    assert run.code == 2 and "is empty; expected a file, or text such as" in run.err


def test_each_name_of_a_system_is_listed_once(place: Path) -> None:
    """Also where a quantity is the state that bears its name."""
    (place / "twice.py").write_text(TWICE)
    for asked in ("twice.py::S", "twice.py::S.nope"):
        run = cli(place, "value", asked)
        assert run.code == 2 and "x, double" in run.err and "x, double, x" not in run.err


TWICE = """
from fractions import Fraction
from verify.integrate.system import System
S = System("line", ("x",), (Fraction(1),), field=lambda x, m: [x[0]],
           quantities={"x": lambda x, m: x[0], "double": lambda x, m: 2 * x[0]})
"""
