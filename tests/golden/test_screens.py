"""What people read: the facts of a screen, no eaten markup, no colours where nobody looks, JUnit
that dashboards read rightly.
"""

from __future__ import annotations

import os
import re
import subprocess
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.runner import SECONDS, Ran, cli, command, environment

ESCAPE = "\x1b"


def screen(cache: Path, *arguments: str, **extra: str) -> Ran:
    return cli(cache, *arguments, **extra)


def test_a_proof(tmp_path: Path) -> None:
    run = screen(tmp_path, "claim", "quasi-norm", "--digits", "30")
    assert run.code == 0 and run.err == ""
    for fact in (
        "arXiv:2603.02622v1 (abstract)",
        "sum_i |w_i|^(2/L) is constant for as long as the flow exists",
        "[always]",
        "[at the start]",
        "every depth, every width >= 2",
        "ZERO_DERIVATIVE_IS_CONSTANT",
        "ROOT_OF_NONNEGATIVE",
        "cofactor -2 times euler",
        "30 digits",
        "near miss",
        "rejected",
        "verify claim lda-layer-norm",
        "verify claim quasi-norm-near-balance",
        "verify claim lda-gd-identity",
        "verify show quasi-norm --latex",
        "proofs/certificates/quasi-norm.json",
        "exit 0, seed 0",
    ):
        assert fact in run.flat, fact
    assert run.out.rstrip().split("\n")[-1].startswith("PROVED"), (
        "the verdict is the last thing read"
    )


def test_a_refutation(tmp_path: Path) -> None:
    run = screen(tmp_path, "claim", "quasi-norm", "--loss", "squared")
    assert run.code == 1 and run.err == ""
    for fact in (
        "Dropped euler",
        "not scale-invariant",
        "witness",
        "S_T = [[",
        "m = [",
        "exit 1",
        "The theorem itself stands",
    ):
        assert fact in run.flat, fact
    assert "drift" not in run.flat, "nothing is measured of a sentence that is false"


def test_mathematics_in_brackets_is_not_eaten(tmp_path: Path) -> None:
    """rich reads [w] as markup: a hypothesis called [w], a title with [bold] and an emoji code must
    stay as written.
    """
    from dataclasses import replace

    from rich.console import Console

    from proofs.quasi_norm import QUASI_NORM
    from verify.claims.request import Request
    from verify.judge.decide import judge
    from verify.report.screen import screen as drawn

    report = judge(QUASI_NORM, Request(numeric=False))
    marked = replace(
        report, claim="QQ[w]", notes=("[bold]x[/bold] in QQ[w][/], :smile: and [red]",)
    )
    stream = StringIO()
    console = Console(file=stream, markup=False, highlight=False, emoji=False, width=118)
    console.print(drawn(marked, [("Also [w]", "about [i] and [/i]", "verify claim [x]")], None))
    text = stream.getvalue()
    for kept in (
        "QQ[w]",
        "[bold]x[/bold] in QQ[w][/], :smile: and [red]",
        "Also [w]",
        "about [i] and [/i]",
        "verify claim [x]",
    ):
        assert kept in text, kept


def test_the_console_that_is_used_reads_no_markup(tmp_path: Path) -> None:
    run = screen(tmp_path, "claim", "lda-euler-objectives")
    assert "sum_i w_i d/dw_i [-(w'S_B w)/(w'S_W w)] = 0" in run.flat
    assert "[[" in screen(tmp_path, "claim", "lda-euler-output-space").flat, (
        "matrices keep their brackets"
    )


COLOURED = (("claim", "quasi-norm", "--no-numeric"), ("list",), ("claim", "quasi-norm-unbalanced"))


@pytest.mark.parametrize("arguments", COLOURED, ids=" ".join)
def test_no_escape_sequences_without_a_terminal(arguments: tuple[str, ...], tmp_path: Path) -> None:
    for extra in ({}, {"NO_COLOR": "1"}, {"TERM": "xterm-256color"}, {"COLORTERM": "truecolor"}):
        run = screen(tmp_path, *arguments, **extra)
        assert ESCAPE not in run.out + run.err


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")
def test_colours_on_a_terminal_unless_they_are_refused(tmp_path: Path) -> None:
    """The control for the test above: a terminal gets colours, and NO_COLOR takes them away
    again.
    """
    coloured, plain = on_a_terminal(tmp_path), on_a_terminal(tmp_path, NO_COLOR="1")
    assert f"{ESCAPE}[1;32mPROVED" in coloured and "sum_i |w_i|^(2/L)" in coloured
    assert not re.search(rf"{ESCAPE}\[[0-9;]*3[0-7]", plain) and "PROVED" in plain


def on_a_terminal(folder: Path, **extra: str) -> str:
    ours, theirs = os.openpty()
    environ = environment(folder, {"TERM": "xterm-256color", "COLUMNS": "100", **extra})
    process = subprocess.Popen(
        command("claim", "quasi-norm", "--no-numeric"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environ,
        cwd=folder,
    )
    os.close(theirs)
    parts = []
    try:
        while part := os.read(ours, 65536):
            parts.append(part)
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(ours)
    assert process.wait(timeout=SECONDS) == 0
    return b"".join(parts).decode()


def test_lines_are_as_wide_as_columns_says(tmp_path: Path) -> None:
    """In a pipe, too; 118 where nothing is said, and between 40 and 400 whatever is said. Long
    lines of a list and a proof as well.
    """
    widths = {"": 118, "0": 118, "x": 118, "60": 60, "200": 200, "5": 40, "99999": 400}
    for columns, wide in widths.items():
        run = screen(tmp_path, "claim", "lda-euler", "--no-numeric", COLUMNS=columns)
        longest = max(map(len, run.out.split("\n")))
        assert longest <= wide and (longest > wide - 12 or wide > 200 or wide < 60), (
            columns,
            longest,
        )
    for arguments in (("list", "kn-*"), ("explain", "quasi-norm"), ("show", "quasi-norm")):
        assert max(map(len, screen(tmp_path, *arguments, COLUMNS="100").out.split("\n"))) <= 100
    assert max(map(len, screen(tmp_path, "explain", "quasi-norm").out.split("\n"))) > 118, (
        "whole lines can be searched"
    )


def test_no_line_ends_in_blanks(tmp_path: Path) -> None:
    for arguments in COLOURED:
        lines = screen(tmp_path, *arguments).out.split("\n")
        assert [x for x in lines if x != x.rstrip()] == [], (
            "blanks at the end of a line survive in diffs and e-mails"
        )


def test_progress_is_on_stderr_only(tmp_path: Path) -> None:
    run = screen(tmp_path, "all", "lda-eu*", "--fresh")
    assert {line.split(":")[0] for line in run.err.splitlines()[:-1]} == {
        "lda-euler",
        "lda-euler-objectives",
        "lda-euler-output-space",
    }
    assert " s" in run.err.splitlines()[-1] and "claims" in run.err.splitlines()[-1]
    assert " s\n" not in run.out and "3 of 3 as expected" in run.out
    data = screen(tmp_path, "all", "lda-eu*", "--format", "json")
    assert [row["claim"] for row in data.json] == [
        "lda-euler",
        "lda-euler-objectives",
        "lda-euler-output-space",
    ]


def junit(run: Ran) -> dict[str, ElementTree.Element]:
    root = ElementTree.fromstring(run.out)
    suite = root.find("testsuite")
    assert suite is not None and root.tag == "testsuites"
    cases = {case.get("name", ""): case for case in suite.findall("testcase")}
    assert suite.get("tests") == str(len(cases))
    assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
    assert suite.get("errors") == str(len(suite.findall("testcase/error")))
    assert suite.find("testcase/skipped") is None, "dashboards show skipped as green"
    return cases


@pytest.mark.parametrize(
    ("arguments", "code", "tag"),
    [
        (("quasi-norm",), 0, None),
        (("quasi-norm-unbalanced",), 0, None),
        (("quasi-norm", "--loss", "squared"), 1, "failure"),
        (("quasi-norm", "--expect", "refuted"), 1, "failure"),
        (("quasi-norm-bound", "--no-cited"), 4, "error"),
        (("quasi-norm", "--width", "1"), 4, "error"),
        (("lda-direction", "--at-least", "proved"), 4, "error"),
    ],
)
def test_junit(arguments: tuple[str, ...], code: int, tag: str | None, tmp_path: Path) -> None:
    run = screen(tmp_path, "claim", *arguments, "--no-numeric", "--format", "junit")
    assert run.code == code and run.err == ""
    (case,) = junit(run).values()
    assert [child.tag for child in case if child.tag != "properties"] == ([tag] if tag else [])
    assert float(case.get("time", "nan")) >= 0
    properties = {p.get("name"): p.get("value") for p in case.iter("property")}
    assert properties["seed"] == "0" and properties["verdict"] in (
        "PROVED",
        "REFUTED",
        "UNDECIDED",
        "VACUOUS",
    )
    if tag:
        found = case.find(tag)
        assert (
            found is not None and properties["verdict"] in found.get("message", "") and found.text
        )


def test_junit_of_several(tmp_path: Path) -> None:
    run = screen(
        tmp_path,
        "claim",
        "quasi-norm-[adnou]*",  # those whose setting has a loss
        "--no-numeric",
        "--no-cited",
        "--loss",
        "squared",
        "--format",
        "junit",
    )
    cases = junit(run)
    assert run.code == 1 and len(cases) > 5
    assert cases["quasi-norm-decay"].find("failure") is not None
    everything = junit(screen(tmp_path, "all", "lda-eu*", "--fresh", "--format", "junit"))
    assert len(everything) == 3 and all(
        not case.findall("failure") + case.findall("error") for case in everything.values()
    )


def test_list(tmp_path: Path) -> None:
    rows = screen(tmp_path, "list", "--format", "json").json
    text = screen(tmp_path, "list").flat
    assert [r["id"] for r in rows] == sorted(r["id"] for r in rows) and len(rows) > 20
    assert all(
        r["id"] in text and r["statement"] and r["source"].startswith("arXiv:") for r in rows
    )
    assert {r["expected"] for r in rows} <= {
        "PROVED",
        "ENCLOSED",
        "SUPPORTED",
        "REFUTED",
        "VACUOUS",
    }
    some = screen(tmp_path, "list", "quasi-*", "--format", "json").json
    assert [r["id"] for r in some] == [r["id"] for r in rows if r["id"].startswith("quasi-")]
    for source in ("2603.02622", "arXiv:2603.02622v1"):
        assert len(screen(tmp_path, "list", "--source", source, "--format", "json").json) > 0
    assert screen(tmp_path, "list", "--source", "0000.00000").code == 5


def test_show_and_explain(tmp_path: Path) -> None:
    for row in screen(tmp_path, "list", "--format", "json").json:
        if row["id"] in (
            "quasi-norm",
            "lda-gd-identity",
            "lda-direction",
            "quasi-norm-unbalanced",
            "quasi-norm-bound",
        ):
            shown, told = (
                screen(tmp_path, "show", row["id"]),
                screen(tmp_path, "explain", row["id"]),
            )
            assert shown.code == told.code == 0 and shown.err == told.err == ""
            assert all(
                part in shown.flat and part in told.flat for part in row["statement"].split("; ")
            )
    told = screen(tmp_path, "explain", "quasi-norm").out
    assert (
        "g_(j1) w_(j1) = 0 (homogeneity, times -2)" in told
        and "it holds at the start, and its derivative is 0 by" in told
        and "Rule EULER_HOMOGENEOUS" in told
    )
    assert "Rule HOLDER (cited)" in screen(tmp_path, "explain", "quasi-norm-bound").out


BALANCED = (
    "quasi-norm",
    "quasi-norm-degree-k",
    "lda-euler-objectives",
    "lda-direction",
    "lda-gd-conserves",
)


@pytest.mark.parametrize("name", BALANCED)
def test_latex_is_balanced(name: str, tmp_path: Path) -> None:
    """Every environment that is opened is closed, in order, and so are braces and displays."""
    text = screen(tmp_path, "show", name, "--latex").out
    open_now: list[str] = []
    for part in text.split("\\")[1:]:
        if part.startswith("begin{"):
            open_now.append(part[6:].split("}")[0])
        elif part.startswith("end{"):
            assert open_now.pop() == part[4:].split("}")[0]
    assert open_now == [] and text.count("{") == text.count("}")
    assert text.count("\\[") == text.count("\\]") > 0 and text.count("\\(") == text.count("\\)")
    assert "Expr(" not in text and "Fraction(" not in text
