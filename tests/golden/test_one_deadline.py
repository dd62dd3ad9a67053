"""``--seconds`` is one deadline for the whole command, counted from its start: what loading took is
gone for reading, what reading took is gone for judging, and so on.

Kind F9: every command that takes it, slow in each of its parts and in all of them a little; several
claims share what is left. Where it ends, it is said what was going on, and under ``--format json``
(or junit) standard output is one valid document with the reason, whichever limit it was.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.runner import Ran, cli, plant

PACKAGE = """
import time
time.sleep({loading})
CLAIMS = ()
"""
FILE = """
import time
import verify
from dataclasses import dataclass, replace
from proofs import QUASI_NORM
time.sleep({reading})

@dataclass(frozen=True)
class Slow:
    measures = ("conserved",)
    conclusion: str = "conserved"
    kind: str = "slow"

    def run(self, outcomes, points, request):
        time.sleep({judging})
        return []

CLAIMS = tuple(replace(QUASI_NORM, id=i, experiments=(Slow(),)) for i in {ids})
"""


def slow(
    folder: Path,
    *words: str,
    loading: float = 0,
    reading: float = 0,
    judging: float = 0,
    n: int = 1,
) -> tuple[Ran, float]:
    """A run of a command on ``claims_slow.py`` that has ``n`` claims, and how long it took."""
    ids = tuple(f"slow-{k}" for k in range(n))
    (folder / "claims_slow.py").write_text(FILE.format(reading=reading, judging=judging, ids=ids))
    extra = plant(folder, "foreign_claims:CLAIMS", PACKAGE.format(loading=loading))
    began = time.monotonic()
    run = cli(folder, *words, **extra)
    assert "Traceback" not in run.err, run.err
    return run, time.monotonic() - began


PARTS = {
    "loading": {"loading": 60},
    "reading": {"reading": 60},
    "judging": {"judging": 60},
    "reading and judging": {"reading": 2, "judging": 2.5},
    "all of them": {"loading": 1, "reading": 1.2, "judging": 2},
}
COMMANDS = ("claim claims_slow.py", "all claims_slow.py --fresh", "all ./ --fresh")


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("part", PARTS)
def test_all_parts_together(words: str, part: str, tmp_path: Path) -> None:
    """Soon after the deadline (machines are slow), with one valid
    document, nothing in it as expected, and the part that was going on.
    """
    run, took = slow(tmp_path, *words.split(), "--seconds", "3", "--format", "json", **PARTS[part])
    assert took < 9, took
    rows = run.json if isinstance(run.json, list) else [run.json]
    if part == "loading":  # it is left out, and takes at most half
        assert "foreign" in run.err and "load" in run.err
        assert run.code == 0 or "--seconds" in json.dumps(rows)
        return
    assert run.code in (2, 4) and {r["exit"] for r in rows} <= {2, 4} and rows
    said = json.dumps(rows)
    assert "--seconds" in said
    assert any("during" in r or "it was at: " in r["error"] for r in rows) or run.code == 2
    assert "slow" in said or "all of them" in part


def test_several_claims_share_what_is_left(tmp_path: Path) -> None:
    """Each takes at most half of it while others wait; those that are not reached have a row."""
    run, took = slow(
        tmp_path, *"claim claims_slow.py --seconds 4 --format json".split(), judging=60, n=6
    )
    rows = run.json
    assert run.code == 4 and took < 10 and len(rows) == 6
    assert {r["verdict"] for r in rows} == {"UNDECIDED"}
    assert all("--seconds" in r["error"] for r in rows)
    run, took = slow_again(tmp_path, "all claims_slow.py --fresh --seconds 4 --format json")
    assert run.code == 4 and took < 10 and len(run.json) == 6
    assert all(r["verdict"] == "UNDECIDED" and "--seconds" in r["error"] for r in run.json)


def slow_again(folder: Path, words: str) -> tuple[Ran, float]:
    began = time.monotonic()
    run = cli(folder, *words.split())
    return run, time.monotonic() - began


#: each command that has JSON, and what makes it slow or large
LIMITED = {
    "claim": "claim razin-cohen-2x2 --seconds 1",
    "claim, no such memory": "claim quasi-norm --memory 30",
    "all": "all razin-cohen-2x2 --fresh --seconds 1",
    "all, no such memory": "all quasi-norm --fresh --memory 30",
    "list, no such memory": "list --memory 30",
    "ode": "ode layers --sizes 6,6,6,6,6,6 --seconds 1 --loss squared",
    "ode, no such memory": "ode layers --memory 30",
    "candidates": "candidates layers --sizes 3,3,3 --seconds 1",
    "candidates, no such memory": "candidates diagonal --memory 30",
    "discover": "discover linear --widths 30,30,30,30 --seconds 1",
    "discover, no such memory": "discover linear --memory 30",
    "mirror, no such memory": "mirror diagonal --memory 30",
    "value": "value razin-cohen-2x2:determinant --seconds 1",
    "value, no such memory": "value x --at x=1 --memory 30",
}


@pytest.mark.parametrize("name", LIMITED)
def test_a_limit_under_json(name: str, tmp_path: Path) -> None:
    """One document, with a reason that names the option; the same exit code in it."""
    run = cli(tmp_path, *LIMITED[name].split(), "--format", "json")
    if run.code == 0:
        pytest.skip("this machine is fast")
    data = run.json[0] if isinstance(run.json, list) else run.json
    assert run.code == 4, run.err
    reason = data.get("reason") or data["error"]
    assert ("--memory" if "memory" in name else "--seconds") in reason, data
    assert data["exit"] == 4 and "Traceback" not in run.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("claim nowhere", 2),
        ("claim nowhere-*", 5),
        ("claim quasi-norm --loss 1/0", 2),
        ("claim quasi-norm --start nowhere.txt", 2),
        ("claim nowhere.py", 2),
        ("claim .", 5),
        ("all nowhere-*", 5),
        ("all nowhere.py", 2),
        ("list nowhere-*", 5),
        ("ode nowhere", 2),
        ("candidates nowhere", 2),
        ("mirror nowhere", 2),
        ("discover nowhere", 2),
        ("mirror signed-power --start 0", 2),
        ("value x+", 2),
        ("value x+y", 2),
    ],
)
def test_no_answer_under_json_is_a_document_too(words: str, code: int, tmp_path: Path) -> None:
    """Whatever reads it finds JSON, with the exit code and what is said on standard error."""
    run = cli(tmp_path, *words.split(), "--format", "json")
    data = run.json[0] if isinstance(run.json, list) else run.json
    assert run.code == code == data["exit"]
    assert (data.get("reason") or data["error"]) and run.err


def test_junit_as_well(tmp_path: Path) -> None:
    for words, code in (("claim nowhere", 2), ("claim quasi-norm --memory 30", 4)):
        run = cli(tmp_path, *words.split(), "--format", "junit", "--output", "o.xml")
        suite = ElementTree.parse(tmp_path / "o.xml").getroot()[0]
        assert run.code == code and suite.get("errors") == suite.get("tests") == "1"


@pytest.mark.parametrize(
    "words",
    ["show claims_slow.py", "explain claims_slow.py", "value claims_slow.py::slow-0.conserved"],
)
def test_what_is_going_on_is_named(words: str, tmp_path: Path) -> None:
    run, took = slow(tmp_path, *words.split(), "--seconds", "2", reading=60)
    assert run.code in (2, 4) and took < 8 and "claims_slow.py" in run.err
    assert "--seconds" in run.err
