"""Pages are built from what an earlier run has judged, and from nothing else: the same bytes, no
claim judged again; what was touched, moved, sealed by somebody else or belongs to other code is
judged again.

What else belongs to the kind: any byte of the file, its seal, its name, the key; a seal that is
right over a certificate that its reader refuses; another seed, version, claim or file of the
program; results that are not as expected, and claims whose code is not known, are never kept.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.runner import ROOT, cli, without_matplotlib
from verify.claims.request import Request
from verify.commands import stored as module
from verify.commands.page import told_among
from verify.commands.paged import lighter
from verify.commands.stored import store, stored
from verify.judge.decide import judge
from verify.judge.resume import row_of
from verify.library.registry import Found, claims
from verify.process.sealed import keep_sealed, opened
from verify.report.pages.told import Told

CLAIM, FALSE = "diag-balance", "quasi-norm-unbalanced"
EACH, OTHER = "ach-depth-two", "coarea-weight"  # about formulas


@cache
def judged(name: str) -> tuple[Found, dict[str, Any], Told]:
    found = claims()[name]
    report = judge(found.claim, Request(numeric=False))
    return found, row_of(found.claim, report), told_among(found, report)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a proved claim, in a cache and with a key of this test."""
    monkeypatch.setenv("FLOWLAW_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("FLOWLAW_STATE", str(tmp_path / "state"))
    for name in (CLAIM, FALSE):
        store(*judged(name))
    return next((tmp_path / "cache").glob(f"told-{CLAIM}-*.json"))


def test_what_was_kept_is_what_was_told(kept: Path) -> None:
    for name in (CLAIM, FALSE):
        found, row, told = judged(name)
        known = stored(found, 0)
        assert known is not None and known[0] == row
        assert json.dumps(known[1].data()) == json.dumps(told.data())


def changed(seed: int) -> Callable[[Path], object]:
    """One byte, drawn; never the line feed at the end twice the same."""

    def change(path: Path) -> None:
        content, draw = bytearray(path.read_bytes()), random.Random(seed)
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(7)
        path.write_bytes(bytes(content))

    return change


def reworded(path: Path) -> None:
    """The whole row and page say the contrary, and the seal stays."""
    path.write_text(path.read_text().replace("PROVED", "REFUTED"))


def moved(path: Path) -> None:
    other = next(path.parent.glob(f"told-{FALSE}-*.json"))
    path.write_bytes(other.read_bytes())


def foreign_key(path: Path) -> None:
    (path.parents[1] / "state" / "seal").write_text("0" * 64)


def open_key(path: Path) -> None:
    """A key that others can read seals nothing."""
    (path.parents[1] / "state" / "seal").chmod(0o644)


TOUCHED: dict[str, Callable[[Path], object]] = {
    **{f"byte {n}": changed(n) for n in range(12)},
    "reworded": reworded,
    "moved": moved,
    "another key": foreign_key,
    "a key for all": open_key,
    "cut": lambda p: p.write_bytes(p.read_bytes()[:-1]),
    "longer": lambda p: p.write_bytes(p.read_bytes() + b"\n"),
    "empty": lambda p: p.write_bytes(b""),
    "nested": lambda p: p.write_bytes(b"[" * 100_000),
    "a folder": lambda p: (p.unlink(), p.mkdir()),
    "a pipe": lambda p: (p.unlink(), os.mkfifo(p)),
    "endless": lambda p: (p.unlink(), p.symlink_to("/dev/zero")),
    "gone": lambda p: p.unlink(),
}


@pytest.mark.parametrize("how", TOUCHED)
def test_what_was_touched_is_judged_again(how: str, kept: Path) -> None:
    TOUCHED[how](kept)
    assert stored(claims()[CLAIM], 0) is None


@pytest.mark.parametrize("how", ["another verdict", "another proof", "other steps"])
def test_a_seal_does_not_stand_for_a_reader(how: str, kept: Path) -> None:
    """Sealed with the right key: what a certificate does not say is not shown."""
    value = opened(kept.stem)
    told = value["told"]
    files = dict(told["files"])
    if how == "another verdict":
        told["verdict"] = "REFUTED"
    else:
        path = told["certificate"] if how == "another proof" else told["step_files"][0]
        body = json.loads(files[path])
        body.pop("proof" if how == "another proof" else "steps")
        files[path] = json.dumps(body)
        told["files"] = [list(x) for x in files.items()]
    keep_sealed(kept.stem, value)
    assert opened(kept.stem) == value and stored(claims()[CLAIM], 0) is None


@pytest.mark.parametrize("how", ["as it was", "another's", "one is gone", "a verdict", "twice"])
def test_certificates_of_each_conclusion_are_held_against_the_claim(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where each conclusion has its own the kernel accepts each; together they settle the claim."""
    monkeypatch.setenv("FLOWLAW_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("FLOWLAW_STATE", str(tmp_path / "state"))
    store(*judged(EACH))
    (path,) = (tmp_path / "cache").glob(f"told-{EACH}-*.json")
    value = opened(path.stem)
    told, (first, second, *_) = value["told"], value["told"]["step_files"]
    files = dict(told["files"])
    if how == "another's":
        files[first] = judged(OTHER)[2].files[0][1]
    elif how == "twice":
        files[first] = files[second]
    elif how == "one is gone":
        told["step_files"].remove(first)
    elif how == "a verdict":
        told["verdict"] = "REFUTED"
    told["files"] = [list(x) for x in files.items()]
    keep_sealed(path.stem, value)
    assert (stored(claims()[EACH], 0) is not None) == (how == "as it was")


@pytest.mark.parametrize("part", ["seed", "program", "claims", "version", "statement"])
def test_whatever_a_result_depends_on_names_its_place(
    part: str, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = module.of_package
    other = {"program": "verify", "claims": "proofs"}.get(part)
    monkeypatch.setattr(module, "of_package", lambda p: "x" if p == other else own(p))
    if part == "version":
        monkeypatch.setattr(module, "version", lambda name: "0")
    found = claims()[FALSE if part == "statement" else CLAIM]
    assert module._place(found, part == "seed") != kept.stem
    assert part == "statement" or stored(found, int(part == "seed")) is None


def test_what_is_not_as_expected_is_not_kept(kept: Path) -> None:
    found, row, told = judged(CLAIM)
    kept.unlink()
    store(found, {**row, "exit": 4}, told)
    assert not kept.exists() and stored(found, 0) is None


def test_without_a_place_for_a_key_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOWLAW_CACHE", str(tmp_path / "cache"))
    for place in ("/dev/null/x", "/proc/self"):
        monkeypatch.setenv("FLOWLAW_STATE", place)
        store(*judged(CLAIM))
        assert stored(claims()[CLAIM], 0) is None
    assert list(tmp_path.rglob("told-*")) == []


def test_a_claim_of_a_file_is_always_judged(tmp_path: Path) -> None:
    (tmp_path / "claims_own.py").write_text(
        "from dataclasses import replace\nfrom proofs.balance import DIAG_BALANCE\n"
        "C = replace(DIAG_BALANCE, id='my-own', title='of my own')\nCLAIMS = (C,)\n"
    )
    assert "DIAG_BALANCE" in (ROOT / "proofs" / "balance.py").read_text()
    plain = without_matplotlib(tmp_path)
    for folder in ("one", "two"):
        ran = cli(tmp_path, "all", "./claims_own.py", "--html", folder, cwd=tmp_path, **plain)
        assert ran.code == 0 and "resumed" not in ran.err, ran.err
    assert list(tmp_path.glob("told-*")) == []


def test_the_second_run_judges_nothing_and_writes_the_same_bytes(tmp_path: Path) -> None:
    plain = without_matplotlib(tmp_path)
    runs = [
        cli(tmp_path, "all", "diag-balance*", "--html", folder, *more, cwd=tmp_path, **plain)
        for folder, *more in (["one"], ["two"], ["three", "--fresh"])
    ]
    assert [r.code for r in runs] == [0, 0, 0] and len({r.out for r in runs}) == 1
    count = len(runs[0].out.splitlines()) - 1
    assert [r.err.count("(resumed)") for r in runs] == [0, count, 0], runs[1].err
    one, two, three = (
        {p.name: p.read_bytes() for p in (tmp_path / f).rglob("*.*")}
        for f in "one two three".split()
    )
    assert one == two == three and "index.html" in one


def test_pictures_lose_digits_of_coordinates_and_nothing_else() -> None:
    text = '<text x="1.23456" y="7">x = 1.23456 d="M 1.23456"</text>'
    path = '<path d="M 10.123456 -2.5 \nL 3.999999 4" style="stroke-width: 1.23456"/>'
    assert lighter(text) == text.replace('x="1.23456"', 'x="1.23"')
    assert lighter(path) == path.replace("10.123456", "10.12").replace("3.999999", "3.99")
