"""Enclosures: the prover, the door and check_enclosure.py read one table, whatever its numbers are.

The kind (E1): a horizon, bound, time, name, label, program or number that the engine takes and the
reader refuses. Each limit is set
in the table to what a small claim needs: then claim and reader take it; to one less: then the door
refuses it before any work, and the reader refuses the certificate that was made before.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from verify import Claim, Source, check_enclosure
from verify.claims.conclusions import Conserved
from verify.claims.conclusions.throughout import Throughout
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS
from verify.integrate.system import System
from verify.integrate.written_program import flow_program, levels
from verify.judge.decide import judge
from verify.models.flow import Flow
from verify.models.trajectories import Trajectories
from verify.terms.expr import num, u

ROOT = Path(__file__).resolve().parents[2]
MOST = LIMITS["digits"]
BELOW, ABOVE = 10 ** (MOST - 1) + 7, 10**MOST + 7
ROOTED = Fraction(2, 7)


def system(quantity: str = "the norm") -> System:
    field = lambda x, m: [
        -x[0].power(ROOTED) * Fraction(1, 12345678901),
        (x[0] * x[1] + 1).exp() * Fraction(-1, 9),
    ]
    return System(
        "s",
        ("x", "y_long"),
        (Fraction(1), Fraction(1)),
        field=field,
        quantities={quantity: lambda x, m: x[0] ** 2 + x[1]},
    )


def along(
    *,
    horizon=Fraction(1, 4),
    bound=Fraction(3),
    after=Fraction(0),
    label="a start",
    name="c",
    claim="mine",
    quantity="the norm",
):
    setting = Trajectories(flow="f", starts={label: lambda: system(quantity)}, horizon=horizon)
    return Claim(
        claim,
        "t",
        setting,
        (),
        {name: Throughout(quantity, "<", bound, after)},
        Source("2603.02622v1"),
    )


@cache
def body() -> str:
    report = judge(along(), Request(digits=12))
    assert report.verdict is Verdict.ENCLOSED
    return json.dumps(report.certificate.body)


NUMBERS = {
    "horizon, below the line": lambda x: along(horizon=Fraction(1, x)),
    "horizon, above the line": lambda x: along(horizon=Fraction(x)),
    "bound": lambda x: along(bound=Fraction(x)),
    "bound, below the line": lambda x: along(bound=3 + Fraction(1, x)),
    "after": lambda x: along(after=Fraction(1, x)),
    "a coefficient of a network, below the line": lambda x: Claim(
        "mine",
        "t",
        Flow(),
        (),
        {"c": Conserved(num(Fraction(1, x)) * (u["l", 1] ** 2 - u["m", 1] ** 2))},
        Source("2603.02622v1"),
    ),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_at_the_limit(name: str) -> None:
    NUMBERS[name](BELOW)
    with pytest.raises(BadInput, match=f"at most {MOST}") as error:
        NUMBERS[name](ABOVE)
    assert len(str(error.value)) < 300


@pytest.mark.parametrize("name", ["bound, below the line", "after"])
def test_a_long_number_is_enclosed_and_read(name: str) -> None:
    assert judge(NUMBERS[name](BELOW), Request(digits=12)).verdict is Verdict.ENCLOSED


def test_a_long_horizon_is_enclosed_and_read() -> None:
    assert (
        judge(along(horizon=Fraction(BELOW, 4 * 10 ** (MOST - 1))), Request(digits=12)).verdict
        is Verdict.ENCLOSED
    )


#: a limit, and how much of it the claim above needs
PROGRAM = flow_program(system())
NEEDS = {
    "states": 2,
    "operations": len(PROGRAM.nodes) - 2,
    "levels": levels(PROGRAM),
    "letters": len("sum 0; -1/12345678901 5"),
    "constant": 11,
    "exponent": 7,
    "name": len("y_long"),
    "label": len("the norm"),
}


@pytest.mark.parametrize("limit", NEEDS)
def test_one_table_for_the_door_and_the_reader(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = json.loads(body())
    monkeypatch.setitem(LIMITS, limit, NEEDS[limit])
    if limit == "letters":  # of rows of numbers too
        monkeypatch.setitem(LIMITS, limit, 10**5)
    along()
    assert check_enclosure.check(made).startswith("ENCLOSED")
    monkeypatch.setitem(LIMITS, limit, 3 if limit == "letters" else NEEDS[limit] - 1)
    with pytest.raises(BadInput):
        along()
    with pytest.raises(check_enclosure.Refused):
        check_enclosure.check(made)


TEXTS = {
    "label of a start": (lambda n: along(label="a" * n), LIMITS["label"]),
    "name of a quantity": (lambda n: along(quantity="a" * n), LIMITS["label"]),
    "name of a claim": (lambda n: along(claim="a" * n), LIMITS["label"]),
    "name of a conclusion": (lambda n: along(name="a" * n), LIMITS["label"]),
    "name of a conclusion of a network": (
        lambda n: Claim(
            "mine", "t", Flow(), (), {"a" * n: Conserved(u["l", 1] ** 2)}, Source("2603.02622v1")
        ),
        LIMITS["name"],
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_at_the_limit(name: str) -> None:
    build, most = TEXTS[name]
    build(most)
    with pytest.raises(BadInput, match=str(most)):
        build(most + 1)


def test_a_number_that_grows_while_the_field_runs() -> None:
    most = LIMITS["constant"]
    for digits in (most // 2, most // 2 + 1):
        c = Fraction(1, 10**digits)
        build = lambda c=c: System(
            "s",
            ("x",),
            (Fraction(1),),
            field=lambda x, m: [x[0] * c * c],
            quantities={"x": lambda x, m: x[0]},
        )
        make = lambda build=build: Trajectories("f", {"1": build}, Fraction(1)).enclosable(["x"])
        if 2 * digits < most:
            make()
            continue
        with pytest.raises(BadInput, match=f"the field has a number of {2 * digits + 1} digits"):
            make()


def test_the_reader_needs_the_table_beside_it(tmp_path: Path) -> None:
    """As a plain script: beside check.py it reads that table, without it nothing is checked."""
    (tmp_path / "made.json").write_text(body())
    run = lambda: subprocess.run(
        [sys.executable, "-I", str(tmp_path / "check_enclosure.py"), str(tmp_path / "made.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    shutil.copy(ROOT / "verify" / "check_enclosure.py", tmp_path)
    alone = run()
    assert alone.returncode == 2 and "check.py" in alone.stderr
    text = (ROOT / "verify" / "check.py").read_text(encoding="utf-8")
    (tmp_path / "check.py").write_text(text, encoding="utf-8")
    for name in ("check_chebyshev", "check_distances"):
        shutil.copy(ROOT / "verify" / f"{name}.py", tmp_path)
    assert run().returncode == 0
    assert '"states": 400' in text
    (tmp_path / "check.py").write_text(
        text.replace('"states": 400', '"states": 1'), encoding="utf-8"
    )
    assert run().returncode == 1
