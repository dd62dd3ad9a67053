"""Certificates written by hand, and the command that reads them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.kernel.read import CERTIFICATES, answer, certificate
from tests.runner import SECONDS
from verify.kernel.sentence import said as printed
from verify.kernel.setting import setting

ROOT = Path(__file__).parents[2]
#: what the sentence says, besides its setting
SAYS = {
    "attention": ["Q^* Q - K^* K is conserved", "d/dt Q = -P K"],
    "balance-of-matrices": ["is conserved", "for all k in 1..N - 1"],
    "balanced-product": ["d/dt(X) = -(Sum_(p in 1..N) M^(N - p) P S^(p - 1))", "at the start"],
    "cp-tensor": [
        "exp((-2 decay) t) times its value at the start",
        "gradient flow of E + 1/2 decay",
    ],
    "drift": ["hi_(i)", ">= start(u_(l,i))^2", "homogeneous of degree 0"],
    "hoelder": ["by HOELDER [product] norms >= total^L", "norm_(l) = start(Sum_(i in coord)"],
    "kempf-ness": ["b_(0) = 0", "b_(N) = 0", ">= 0", "nothing moves"],
    "mirror-identity": ["D: real number, > 0", "is conserved", "a sign that is stated fails"],
    "ou-density": ["p = exp(-1/2 beta kappa x^2)", "d/dx(kappa x p)"],
    "relu": ["constant gate_(n,j)", "a_(j)^2 - (Sum_(i in coord) W_(j,i)^2) is conserved"],
    "quasi-norm": ["q_(i) >= 0 with q_(i)^(L) = w_(i)^2", "Sum_(i in coord) q_(i) is conserved"],
}


def test_there_are_as_many() -> None:
    assert sorted(SAYS) == [p.stem for p in CERTIFICATES]


@pytest.mark.parametrize("name", SAYS)
def test_it_is_accepted_and_says_what_it_proves(name: str) -> None:
    code, said = answer(certificate(name))
    assert code == 0, said
    assert [x for x in SAYS[name] if x not in said] == [], said


def drawn(r: Random, deep: int, at: dict[str, Fraction]) -> tuple[Any, Fraction]:
    """A term and its value."""
    if deep == 0 or r.random() < 0.2:
        if x := r.choice(["", *at]):
            return ["at", x], at[x]
        c = Fraction(r.randint(-3, 12), r.choice([1, 1, 2]))
        return str(c), c
    op = r.choice("+***^")
    parts = [drawn(r, deep - 1, at) for _ in range(r.randint(2, 3))]
    if op == "^":
        n = r.randint(1, 3)
        return ["^", parts[0][0], str(n)], parts[0][1] ** n
    value = parts[0][1]
    for _, x in parts[1:]:
        value = value + x if op == "+" else value * x
    return [op, *(x for x, _ in parts)], value


def read_back(text: str, at: dict[str, Fraction]) -> Fraction:
    """As it is read: numbers side by side are the digits of one."""
    text = re.sub(r"(?<![\w^])(\d+) (?=\d)", r"\1", text).replace("^", "**")
    text = re.sub(r"(?<=[\w)]) (?=[\w(])", "*", text)
    found = eval(re.sub(r"(?<![\w*])(\d+)", r"F(\1)", text), {"F": Fraction, **at})
    assert isinstance(found, Fraction)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_what_is_printed_is_the_term(seed: int) -> None:
    """Of products of numbers (2 3 x was printed for 6 x), signs, and powers of sums."""
    letters = {x: {"role": "constant"} for x in "xy"}
    given = {"integers": {}, "sets": [], "families": [], "letters": letters}
    scope = setting({**given, "motion": {"kind": "still"}}).scope()
    at, r = {"x": Fraction(17, 5), "y": Fraction(-23, 7)}, Random(seed)
    for _ in range(100):
        data, value = drawn(r, 3, at)
        text = printed(scope.term(data))
        assert read_back(text, at) == value, text


def command(*files: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-S", "verify/kernel", *map(str, files)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        env={"PATH": os.environ["PATH"]},
        check=False,
    )


def test_the_command_and_its_exit_codes(tmp_path: Path) -> None:
    """Of several files the largest; nothing but sentences and reasons is printed."""
    good = CERTIFICATES[0]
    forged = certificate("quasi-norm")
    forged["assume"] = {}
    (tmp_path / "forged.json").write_text(json.dumps(forged))
    (tmp_path / "none.json").write_text("[1, 2")
    (tmp_path / "deep.json").write_text("[" * 100_000)
    for files, code in (
        ([good], 0),
        ([good, tmp_path / "forged.json"], 1),
        ([tmp_path / "forged.json", tmp_path / "none.json", good], 2),
        ([tmp_path / "deep.json"], 2),
        ([tmp_path / "missing.json"], 2),
        ([], 2),
    ):
        done = command(*files)
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stdout + done.stderr
    assert command(good).stdout == command(good).stdout


def test_the_example_of_the_format_is_accepted() -> None:
    lines = (
        (ROOT / "verify" / "kernel" / "FORMAT.md")
        .read_text()
        .split("## Example")[1]
        .split("\n## ")[0]
    )
    block = [x for x in lines.splitlines() if x.startswith("    ")]
    code, said = answer(json.loads("\n".join(block)))
    assert code == 0, said


def test_it_is_alone_where_it_runs_as_a_folder(tmp_path: Path) -> None:
    """A folder of that name runs anywhere, and what stands beside it is not looked at."""
    shutil.copytree(ROOT / "verify" / "kernel", tmp_path / "kernel")
    for name in ("verify", "fractions", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(9)")
        (tmp_path / "kernel" / f"{name}.py").write_text("raise SystemExit(9)")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "kernel", str(CERTIFICATES[0])],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
