"""Options x commands x theories: an option of a command is seen to change what comes out, or is
refused with exit 2 and by its name. The list of options is the command's own, so that a new one
asks for its row.

The kind: an option that is taken and does nothing, for one theory or one form of output; one that
is refused without its name; a promise about limits that nothing keeps. What a run of a small claim
cannot show (limits that are not reached, a promise that a claim keeps anyway) is named, with the
test that shows it.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from tests.runner import Ran, cli
from tests.small_claims import TRUE
from verify.commands.cli import cli as commands

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "tests" / "small_claims.py"
CSV = "a,b,class\n1,2,x\n2,1,x\n3,5,y\n4,4,y\n6,5,y\n"
PAPER = 'title = "T"\ndraft = "d"\n[[statement]]\nsays = "s"\nprinted = "lda-mult"\n'
#: what is given, by command and option; {} is a folder of the test's own
CLAIM = {
    "--depth": "4", "--width": "3", "--sizes": "2,3,2", "--loss": "squared", "--data": "{}/d.csv",
    "--label": "class", "--drop": "b", "--start": "{}/start", "--digits": "12", "--seed": "7",
    "--without": "", "--as-printed": None, "--expect": "vacuous", "--at-least": "proved",
    "--no-cited": None, "--no-numeric": None, "--verbose": None, "--certificate": "{}/c.json",
    "--horizon": "1", "--plot": "{}/p.svg", "--plot-time": "log", "--format": "junit",
    "--output": "{}/out", "--html": "{}/p.html",
}  # fmt: skip
OTHERS: dict[str, tuple[list[str], dict[str, str | None]]] = {
    "list": (["lda-*"], {"--source": "own", "--format": "json"}),
    "show": ([f"{FILE}::sums-true"], {"--latex": None}),
    "explain": ([f"{FILE}::sums-true"], {}),
    "all": (
        [f"{FILE}::*-false"],
        {
            "--seed": "7",
            "--fresh": None,
            "--format": "json",
            "--output": "{}/out",
            "--html": "{}/pages",
        },
    ),
    "paper": (
        ["{}/p.toml"],
        {"--seed": "7", "--format": "json", "--output": "{}/out"},
    ),
    "new": ([], {}),
    "replay": ([str(ROOT / "proofs/certificates/lda-mult.json")], {}),
    "doctor": ([], {}),
    "value": (
        ["sum_i u_(1,i)^2", "--at", "J = w_1/(w_1 + w_2); u_l = (1, 2) for every l"],
        {},
    ),
    "ode": (["diagonal"], {}),
    "candidates": ([], {}),
    "mirror": ([], {}),
    "discover": ([], {}),
    "experiment": (
        ["oq1"],
        {"--seed": "7", "--format": "json", "--csv": "{}/x.csv", "--plot": "{}/p.svg"},
    ),
}
#: told elsewhere: by command and option the test that sees the effect
ELSEWHERE = {
    ("*", "--seconds"): ("golden/test_limits.py", "test_every_command_is_limited"),
    ("*", "--memory"): ("golden/test_limits.py", "test_every_command_is_limited"),
    ("all", "--executor"): ("golden/test_executors.py", "test_claims_on_processes_and_resumed"),
    ("experiment", "--executor"): ("golden/test_executors.py", "test_processes_give_the_same"),
    **{
        (command, option): ("golden/test_plot_paper.py", f"test_{seen}")
        for command in ("claim", "experiment")
        for option, seen in (
            ("--style", "nothing_names_the_claim"),
            ("--panel", "one_panel_is_that_panel"),
            ("--width-mm", "it_is_as_wide"),
            ("--plot-data", "the_numbers_are_those"),
        )
    },
    ("paper", "--workers"): ("golden/test_interrupt.py", "test_an_interrupt"),
    ("all", "--workers"): ("golden/test_interrupt.py", "test_an_interrupt"),
    ("value", "*"): ("golden/test_value.py", "test_an_answer"),
    ("ode", "*"): ("golden/test_ode.py", "test_"),
    ("candidates", "*"): ("golden/test_candidates.py", "test_"),
    ("mirror", "*"): ("golden/test_mirror.py", "test_"),
    ("discover", "*"): ("golden/test_discover.py", "test_"),
}
#: a promise that these claims keep in any case; ``meta/test_features.py`` shows where it is none
KEPT = {
    "--no-cited": set(TRUE),
    "--no-numeric": {"words", "towers", "symmetries"},
    "--at-least": {"declared", "sums", "words", "towers", "symmetries"},
    "--seed": {"symmetries", "words", "towers"},
    "--verbose": set(TRUE),  # where the screen is a page already
}
NEEDS = {"--label": "--data", "--drop": "--data", "--plot-time": "--plot"}


def options(command: str) -> set[str]:
    return {p.opts[0] for p in commands.commands[command].params if p.opts[0].startswith("--")}


def told(command: str, option: str) -> bool:
    return any(c in (command, "*") and o in (option, "*") for c, o in ELSEWHERE)


@pytest.mark.parametrize("command", sorted(commands.commands))
def test_every_option_has_a_row(command: str) -> None:
    rows = set(CLAIM) if command == "claim" else set(OTHERS[command][1])
    assert {o for o in options(command) if not told(command, o)} == rows


@pytest.mark.parametrize(("file", "name"), sorted(set(ELSEWHERE.values())))
def test_what_is_told_elsewhere_is_there(file: str, name: str) -> None:
    assert f"def {name}" in (ROOT / "tests" / file).read_text()


def _files(folder: Path) -> dict[str, str]:
    return {str(p): p.read_text(errors="replace") for p in folder.rglob("*") if p.is_file()}


def _same(ran: Ran) -> tuple[int, str, str]:
    """Without what is never the same: times, and the address of a cache."""
    out = re.sub(r"\d+\.\d+ s\b|/[^ \n]*/pytest-[^ \n]*|\"timing\": \{[^}]*\}", "", ran.out)
    return ran.code, out, re.sub(r"\d+\.\d+ s\b", "", ran.err)


def _prepared(place: Path) -> Path:
    place.mkdir()
    (place / "d.csv").write_text(CSV)
    (place / "start").write_text("1 2\n2 1\n1 1\n")
    (place / "p.toml").write_text(PAPER)
    return place


def _given(option: str, value: str | None, place: Path, *, alone: bool = False) -> list[str]:
    """A table of data names its column of labels."""
    found = [option] if value is None else [option, value.replace("{}", str(place))]
    return found + (["--label", "class"] if option == "--data" and not alone else [])


@cache
def _plain(theory: str, cache_: Path, more: tuple[str, ...]) -> Ran:
    return cli(cache_, "claim", f"{FILE}::{theory}-true", *more)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize("theory", TRUE)
@pytest.mark.parametrize("option", CLAIM)
def test_an_option_of_a_claim(option: str, theory: str, tmp_path: Path, shared: Path) -> None:
    place = _prepared(tmp_path / "own")
    before = _files(place)
    value = CLAIM[option]
    if option == "--without":
        value = next((h.id for h in TRUE[theory].assuming), "euler")
    more: tuple[str, ...] = ()
    if option in NEEDS:  # without what it belongs to it is refused, and says to what
        alone = cli(shared, "claim", f"{FILE}::{theory}-true", *_given(option, value, place))
        assert alone.code == 2 and option in alone.err and NEEDS[option] in alone.err
        own = option == "--label"
        more = tuple(_given(NEEDS[option], CLAIM[NEEDS[option]], place, alone=own))
    plain = (
        _plain(theory, shared, more)
        if not more
        else cli(shared, "claim", f"{FILE}::{theory}-true", *more)
    )
    for p in set(_files(place)) - set(before):
        Path(p).unlink()
    ran = cli(shared, "claim", f"{FILE}::{theory}-true", *more, *_given(option, value, place))
    said = " ".join(ran.err.split())
    assert "Traceback" not in said and ran.code != 3
    if ran.code == 2:
        assert option in said or (option in NEEDS and NEEDS[option] in said), said
        return
    changed = _same(ran) != _same(plain) or _files(place) != before
    assert changed or theory in KEPT.get(option, ()), f"{option} is taken and does nothing"


@pytest.mark.parametrize(
    ("command", "option"), [(c, o) for c, (_, rows) in OTHERS.items() for o in rows]
)
def test_an_option_of_another_command(command: str, option: str, tmp_path: Path) -> None:
    if option == "--plot":
        pytest.importorskip("matplotlib")
    place = _prepared(tmp_path / "own")
    given, rows = OTHERS[command]
    arguments = [x.replace("{}", str(place)) for x in given]
    if option == "--fresh":  # the second run resumes, unless it is told not to
        cli(tmp_path, command, *arguments)
    plain = cli(tmp_path, command, *arguments)
    before = _files(place)
    ran = cli(tmp_path, command, *arguments, *_given(option, rows[option], place))
    assert ran.code in (0, 5) and plain.code == 0, ran.err
    assert _same(ran) != _same(plain) or _files(place) != before


@pytest.mark.parametrize("form", ["json", "junit"])
def test_verbose_is_about_the_screen(form: str, tmp_path: Path) -> None:
    """Other forms have everything in any case."""
    ran = cli(tmp_path, "claim", f"{FILE}::towers-true", "--verbose", "--format", form)
    assert ran.code == 2 and "--verbose" in ran.err and f"--format {form}" in ran.err


def test_the_seed_is_in_every_form(tmp_path: Path) -> None:
    for theory in TRUE:
        address = f"{FILE}::{theory}-true"
        ran = cli(tmp_path, "claim", address, "--seed", "7", "--format", "json", "--no-numeric")
        data = json.loads(ran.out)
        assert (data[0] if isinstance(data, list) else data)["seed"] == 7


@pytest.mark.parametrize("theory", TRUE)
def test_no_option_may_be_spelt_short(theory: str, tmp_path: Path) -> None:
    """Nor does one of another command slip through."""
    for option in ("--latex", "--workers", "--dims", "--cited"):
        ran = cli(tmp_path, "claim", f"{FILE}::{theory}-true", option)
        assert ran.code == 2 and option in ran.err
