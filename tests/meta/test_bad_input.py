"""Bad input: exit code 2 (or the one stated), no traceback, and a message with the thing, its value and what was expected."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "golden"))
from runner import cli, leftovers  # type: ignore[import-not-found]

CLAIM = ("claim", "quasi-norm", "--no-numeric")

#: arguments -> what the message must contain: the thing, its value, the expectation
COMMAND_LINE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "unknown claim": (("claim", "quasi-nrom"), ("quasi-nrom", "did you mean quasi-norm")),
    "unknown claim, nothing near": (("claim", "xyzzy"), ("xyzzy", "verify list")),
    "unknown claim to show": (("show", "quasi-nrom"), ("quasi-nrom", "did you mean quasi-norm")),
    "unknown claim to explain": (("explain", "quasi-nrom"), ("quasi-nrom", "did you mean quasi-norm")),
    "depth 0": ((*CLAIM, "--depth", "0"), ("--depth", "'0'", "from 1")),
    "depth -1": ((*CLAIM, "--depth", "-1"), ("--depth", "'-1'", "from 1")),
    "depth as text": ((*CLAIM, "--depth", "three"), ("--depth", "'three'", "whole number")),
    "depth as fraction": ((*CLAIM, "--depth", "3/2"), ("--depth", "'3/2'", "whole number")),
    "depth in other digits": ((*CLAIM, "--depth", "٣"), ("--depth", "٣", "whole number")),
    "depth empty": ((*CLAIM, "--depth", ""), ("--depth", "''", "whole number")),
    "depth of 400 digits": ((*CLAIM, "--depth", "9" * 400), ("--depth", "whole number")),
    "width 0": ((*CLAIM, "--width", "0"), ("--width", "'0'", "from 1")),
    "width as text": ((*CLAIM, "--width", "two"), ("--width", "'two'", "whole number")),
    "width as decimal": ((*CLAIM, "--width", "2.0"), ("--width", "'2.0'", "whole number")),
    "beyond the memory limit": ((*CLAIM, "--depth", "1000000", "--width", "2"), ("1000000", "2", "limit of 200000", "memory")),
    "beyond the memory limit in width": ((*CLAIM, "--width", "200001"), ("200001", "limit of 200000")),
    "digits as text": ((*CLAIM, "--digits", "many"), ("--digits", "'many'", "from 1 to")),
    "digits 0": ((*CLAIM, "--digits", "0"), ("--digits", "'0'", "from 1 to")),
    "too many digits": ((*CLAIM, "--digits", "1000000"), ("--digits", "'1000000'", "10000")),
    "seed as text": ((*CLAIM, "--seed", "lucky"), ("--seed", "'lucky'", "from 0")),
    "seed negative": ((*CLAIM, "--seed", "-1"), ("--seed", "'-1'", "from 0")),
    "unknown hypothesis": ((*CLAIM, "--without", "balanse"), ("balanse", "euler", "balance")),
    "unknown verdict": ((*CLAIM, "--expect", "true"), ("--expect", "true", "proved")),
    "undecided may not be expected": ((*CLAIM, "--expect", "undecided"), ("--expect", "undecided", "proved")),
    "unknown format": ((*CLAIM, "--format", "yaml"), ("--format", "yaml", "json")),
    "unknown option": ((*CLAIM, "--dept", "3"), ("--dept", "--depth")),
    "unknown command": (("prove", "quasi-norm"), ("prove",)),
    "no claim named": (("claim",), ("NAME",)),
    "label without data": ((*CLAIM, "--label", "y"), ("--label", "y", "--data")),
    "drop without data": ((*CLAIM, "--drop", "x"), ("--drop", "x", "--data")),
    "workers as text": (("all", "--workers", "all"), ("--workers", "'all'", "whole number")),
    "workers 0": (("all", "--workers", "0"), ("--workers", "'0'", "from 1")),
    "seconds 0": (("all", "--seconds", "0"), ("--seconds", "'0'", "from 1")),
    "memory as text": (("all", "--memory", "4G"), ("--memory", "'4G'", "whole number")),
    "seed of all": (("all", "--seed", "x"), ("--seed", "'x'", "from 0")),
}

LOSSES: dict[str, tuple[str, tuple[str, ...]]] = {
    "unknown name, near": ("rati", ("rati", "did you mean ratio")),
    "unknown name": ("zzzz", ("zzzz", "squared")),
    "empty": ("", ("--loss", "empty", "-B/W")),
    "blank": ("   ", ("--loss", "empty", "-B/W")),
    "division by zero": ("1/0", ("'0'", "division by zero", "^")),
    "division by a hidden zero": ("B/(2-2)", ("division by zero", "^")),
    "division by the zero polynomial": ("1/(B-B)", ("zero for every w",)),
    "log of zero": ("log(0)", ("log", "positive", "^")),
    "log of a negative number": ("log(-1)", ("log", "positive", "^")),
    "ends early": ("B/W+", ("place 5", "the end", "^")),
    "open bracket": ("B/(W", ("place 5", "bracket opened at place 3", "^")),
    "a bracket too many": ("B/W)", ("place 4", "open bracket", "^")),
    "two signs": ("B//W", ("place 3", "'/'", "^")),
    "python power": ("m**2", ("^",)),
    "no product sign": ("2 m", ("products need *", "^")),
    "unknown letter": ("B/X", ("'X'", "unknown name", "^")),
    "typographic minus": ("\u2212B/W", ("place 1", "write -", "^")),
    "unicode": ("\u222b\u03b1 dw \U0001f600", ("place 1", "\u222b", "^")),
    "code": ("__import__('os').system('true')", ("place 1", "^")),
    "a coordinate without number": ("w", ("w1, w2", "^")),
    "coordinate 0": ("w0", ("w0", "w1", "^")),
    "very long": ("B+" * 5000 + "B", ("10001 characters", "at most 2000")),
    "deep": ("(" * 400 + "B" + ")" * 400, ("50 brackets",)),
    "exponent": ("B^999999999", ("exponent", "64")),
    "tower": ("((((B^64)^64)^64)^64)^64", ("1024",)),
    "symbolic exponent": ("B^W", ("exponent", "rational number")),
    "newline": ("B/\n*W", ("place",)),
}


def refused(run, *wanted: str, code: int = 2) -> None:
    """Exit code, nothing on stdout, no traceback, and every wanted word on stderr."""
    assert run.code == code, f"exit {run.code}: {run.err or run.out}"
    assert "Traceback" not in run.err and "internal error" not in run.err
    assert run.out == ""
    missing = [word for word in wanted if word not in run.err]
    assert not missing, f"{missing} not in: {run.err}"
    assert 0 < len(run.err) < 1000, "a message is a few lines, not a dump"


@pytest.mark.parametrize("name", COMMAND_LINE)
def test_options(name: str, tmp_path: Path) -> None:
    arguments, wanted = COMMAND_LINE[name]
    refused(cli(tmp_path, *arguments), *wanted)
    assert not leftovers(tmp_path)


@pytest.mark.parametrize("name", LOSSES)
def test_loss(name: str, tmp_path: Path) -> None:
    text, wanted = LOSSES[name]
    refused(cli(tmp_path, *CLAIM, "--loss", text), *wanted)


def test_the_caret_is_under_the_place(tmp_path: Path) -> None:
    for text, place in (("B//W", 3), ("B/W)", 4), ("B/(W", 5), ("1/0", 3), ("2 m", 3)):
        *_, shown, caret = cli(tmp_path, *CLAIM, "--loss", text).err.rstrip("\n").split("\n")
        assert shown.lstrip(" ") == text
        assert caret.index("^") - shown.index(text) == place - 1


@pytest.mark.parametrize("text", ["B-B", "N-m^2", "m-m"])
def test_letters_joined_by_a_minus_are_an_expression(text: str, tmp_path: Path) -> None:
    """Names of losses hold '-' too; letters of the language win where every part is one."""
    run = cli(tmp_path, *CLAIM, "--loss", text)
    assert "unknown loss" not in run.err and run.code in (1, 4), run.err


@pytest.mark.parametrize("text", ["exp(exp(exp(B)))", "exp(1000*B)", "log(-N)", "(-N)^(1/2)", "1/(log(B^2)-2*log(B))", "B^(1/64)", "w999999"])
def test_a_loss_beyond_reach_is_never_our_internal_error(text: str, tmp_path: Path) -> None:
    """Whatever is decided, or refused, it is said without exit code 3 and never comes out PROVED by accident."""
    run = cli(tmp_path, *CLAIM, "--loss", text)
    assert run.code in (1, 2, 4), f"exit {run.code}: {run.err}"
    assert "Traceback" not in run.err


def test_every_name_that_is_listed_exists(tmp_path: Path) -> None:
    """The hint after an unknown loss offers names that are accepted."""
    said = cli(tmp_path, *CLAIM, "--loss", "zzzz").err.split("known: ")[1]
    names = [name.strip(" \n.") for name in said.split(",")]
    assert "squared" in names and len(names) > 5
    for name in names[:4]:
        assert cli(tmp_path, *CLAIM, "--loss", name).code in (0, 1, 4)
