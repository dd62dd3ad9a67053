"""Bad input: exit code 2 (or the one stated), no traceback, and a message with the thing, its value
and what was expected.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.runner import ROOT, cli, leftovers
from verify.claims.request import MOST_NUMERIC

CLAIM = ("claim", "quasi-norm", "--no-numeric")

#: arguments -> what the message must contain: the thing, its value, the expectation
COMMAND_LINE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "unknown claim": (("claim", "quasi-nrom"), ("quasi-nrom", "did you mean quasi-norm")),
    "unknown claim, nothing near": (("claim", "xyzzy"), ("xyzzy", "verify list")),
    "unknown claim to show": (("show", "quasi-nrom"), ("quasi-nrom", "did you mean quasi-norm")),
    "unknown claim to explain": (
        ("explain", "quasi-nrom"),
        ("quasi-nrom", "did you mean quasi-norm"),
    ),
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
    "beyond the memory limit": (
        (*CLAIM[:2], "--depth", "1000000", "--width", "2"),
        ("1000000", "2", str(MOST_NUMERIC), "memory"),
    ),
    "beyond the memory limit in width": (
        (*CLAIM[:2], "--width", str(MOST_NUMERIC)),
        (str(MOST_NUMERIC), "limit"),
    ),
    "digits as text": ((*CLAIM, "--digits", "many"), ("--digits", "'many'", "from 1 to")),
    "digits 0": ((*CLAIM, "--digits", "0"), ("--digits", "'0'", "from 1 to")),
    "too many digits": ((*CLAIM, "--digits", "1000000"), ("--digits", "'1000000'", "1000")),
    "seed as text": ((*CLAIM, "--seed", "lucky"), ("--seed", "'lucky'", "from 0")),
    "seed negative": ((*CLAIM, "--seed", "-1"), ("--seed", "'-1'", "from 0")),
    "unknown hypothesis": ((*CLAIM, "--without", "balanse"), ("balanse", "euler", "balance")),
    "unknown verdict": ((*CLAIM, "--expect", "true"), ("--expect", "true", "proved")),
    "undecided may not be expected": (
        (*CLAIM, "--expect", "undecided"),
        ("--expect", "undecided", "proved"),
    ),
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


BEYOND = (
    "exp(exp(exp(B)))",
    "exp(1000*B)",
    "log(-N)",
    "(-N)^(1/2)",
    "1/(log(B^2)-2*log(B))",
    "B^(1/64)",
    "w999999",
)


@pytest.mark.parametrize("text", BEYOND)
def test_a_loss_beyond_reach_is_never_our_internal_error(text: str, tmp_path: Path) -> None:
    """Whatever is decided, or refused, it is said without exit code 3 and never comes out PROVED by
    accident.
    """
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


GOOD_TABLE = b"a,b,kind\n1,2,x\n3,7/2,z\n"
TABLES: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "missing value": (b"a,b,kind\n1,2,x\n,3,z\n", ("row 2", "'a'", "missing value")),
    "missing class": (b"a,b,kind\n1,2,x\n1,3,\n", ("row 2", "kind", "missing value")),
    "not a number": (b"a,b,kind\n1,two,x\n4,3,z\n", ("row 1", "'b'", "'two'", "number")),
    "nan": (b"a,b,kind\n1,nan,x\n4,3,z\n", ("row 1", "'b'", "'nan'", "number")),
    "one class": (b"a,b,kind\n1,2,x\n3,4,x\n", ("'x'", "two classes")),
    "short row": (b"a,b,kind\n1,2,x\n3,z\n", ("row 2", "2 cells", "expected 3")),
    "no rows": (b"a,b,kind\n", ("header", "no rows")),
    "empty": (b"", ("empty", "header")),
    "zero bytes": (b"a,b,kind\n1,2,x\n3,\x00,z\n", ("zero byte", "position")),
    "latin-1": (b"a,b,kind\n1,2,x\n3,4,\xe9\n", ("line 3", "0xe9", "UTF-8")),
    "no header": (b"1,2,0\n3,4,1\n", ("header",)),
    "huge number": (b"a,b,kind\n1,1e999999,x\n4,3,z\n", ("row 1", "'b'", "out of range")),
    "unclosed quote": (b'a,b,kind\n1,"2,x\n4,3,z\n', ("quotes",)),
}


@pytest.mark.parametrize("name", TABLES)
def test_data(name: str, tmp_path: Path) -> None:
    content, wanted = TABLES[name]
    (tmp_path / "table.csv").write_bytes(content)
    refused(cli(tmp_path, *CLAIM, "--data", "table.csv", "--label", "kind"), "table.csv", *wanted)


def test_data_that_contradicts_the_options(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("a,b,kind\n1,2,x\n3,3.5,z\n4,1,x\n2,2,z\n")
    data = (*CLAIM, "--data", "table.csv")
    refused(
        cli(tmp_path, *data, "--label", "kind", "--width", "3"),
        "width 3",
        "2 columns",
        "leave --width out",
    )
    refused(cli(tmp_path, *data, "--label", "sort"), "'sort'", "'kind'")
    refused(cli(tmp_path, *data), "--label", "'kind'")
    refused(cli(tmp_path, *data, "--label", "kind", "--drop", "c"), "'c'")
    refused(
        cli(tmp_path, *data, "--label", "kind", "--drop", "a", "--drop", "b"), "keep at least one"
    )
    refused(
        cli(tmp_path, *data, "--label", "kind", "--loss", "fraction"),
        "fraction",
        "leave out --data",
    )
    refused(
        cli(tmp_path, *CLAIM, "--data", "nowhere.csv", "--label", "kind"), "nowhere.csv", "no file"
    )
    refused(cli(tmp_path, *CLAIM, "--data", str(tmp_path), "--label", "kind"), "directory")


STARTS: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "ragged": (b"1 2\n3\n", ("1, 2", "same width")),
    "text": (b"1 2\n3 four\n", ("line 2", "'four'", "rational")),
    "zero denominator": (b"1 2\n3 1/0\n", ("line 2", "'1/0'", "rational")),
    "infinite": (b"1 2\n3 inf\n", ("line 2", "'inf'", "rational")),
    "not a number": (b"1 2\n3 nan\n", ("line 2", "'nan'", "rational")),
    "exponents that fill the memory": (
        b"1 2\n3 1e999999999\n",
        ("line 2", "1e999999999", "rational"),
    ),
    "empty": (b"", ("no numbers", "L lines of n")),
    "only remarks": (b"# nothing here\n", ("no numbers",)),
    "zero bytes": (b"1 2\n3 \x004\n", ("zero byte",)),
}


@pytest.mark.parametrize("name", STARTS)
def test_start(name: str, tmp_path: Path) -> None:
    content, wanted = STARTS[name]
    (tmp_path / "start.txt").write_bytes(content)
    refused(cli(tmp_path, *CLAIM, "--start", "start.txt"), "start.txt", *wanted)


def test_start_that_contradicts_the_options(tmp_path: Path) -> None:
    (tmp_path / "start.txt").write_text("1 2\n1 -2\n")
    (tmp_path / "table.csv").write_text("a,b,c,kind\n1,2,0,x\n3,3.5,1,z\n4,1,1,x\n2,2,5,z\n")
    refused(
        cli(tmp_path, *CLAIM, "--start", "start.txt", "--depth", "3"),
        "--depth 3",
        "2",
        "leave --depth out",
    )
    refused(
        cli(tmp_path, *CLAIM, "--start", "start.txt", "--width", "3"),
        "--width 3",
        "2",
        "leave --width out",
    )
    both = ("--start", "start.txt", "--data", "table.csv", "--label", "kind")
    refused(cli(tmp_path, *CLAIM, *both), "2", "3 columns")
    refused(cli(tmp_path, *CLAIM, "--start", "start.txt", "--loss", "w1/w3"), "w3")
    refused(cli(tmp_path, *CLAIM, "--start", "nowhere.txt"), "nowhere.txt", "no file")
    refused(cli(tmp_path, *CLAIM, "--start", str(tmp_path)), "directory", "rationals")


def test_a_start_of_the_right_form_is_read(tmp_path: Path) -> None:
    """The opposite side of the refusals above: commas, remarks and fractions are fine."""
    (tmp_path / "start.txt").write_text("# two layers\n1, 2\n\n-1 0.5e0\n".replace("0.5e0", "4/2"))
    run = cli(tmp_path, *CLAIM, "--start", "start.txt", "--format", "json")
    assert run.code == 0 and run.json["parameters"]["start"] == [["1", "2"], ["-1", "2"]]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are those of POSIX")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    """Root reads everything, so the refusal is also provoked by a name that is too long."""
    refused(cli(tmp_path, *CLAIM, "--start", "x" * 300), "cannot be read")
    refused(cli(tmp_path, *CLAIM, "--data", "x" * 300, "--label", "y"), "cannot be read")


def test_certificates_that_are_none(tmp_path: Path) -> None:
    whole = (ROOT / "proofs" / "certificates" / "quasi-norm.json").read_bytes()
    (tmp_path / "half.json").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "nul.json").write_bytes(whole[:100] + b"\x00" + whole[100:])
    (tmp_path / "other.json").write_text('{"hello": 1}')
    (tmp_path / "empty.json").write_bytes(b"")
    for name in ("half.json", "nul.json", "other.json", "empty.json", "nowhere.json", "."):
        refused(cli(tmp_path, "replay", name), name, "not a certificate")
    (tmp_path / "deep.json").write_text(
        "[" * 100_000
    )  # too deep to be told from a certificate: refused is fine as well
    deep = cli(tmp_path, "replay", "deep.json")
    assert deep.code in (1, 2) and "deep.json" in deep.err and "Traceback" not in deep.err


@pytest.mark.parametrize("sub", ["claim", "all", "list"])
def test_a_pattern_that_matches_nothing(sub: str, tmp_path: Path) -> None:
    refused(cli(tmp_path, sub, "quasi-nrom*"), "quasi-nrom*", "verify list", code=5)
