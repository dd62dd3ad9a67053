"""``--seconds`` is one deadline for the whole command, counted from its start: what loading took is
gone for reading, what reading took is gone for judging, and so on.

Kind F9: every command that takes it, slow in each of its parts and in all of them a little; several
claims share what is left. Where it ends, it is said what was going on, and under ``--format json``
(or junit) standard output is one valid document with the reason, whichever limit it was.

Time is that of a clock of the tests (``tests/clock``), so that it is the same on every machine;
``test_limits.py`` has limits that really pass.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.clocked import clocked
from tests.runner import cli, plant
from verify.process.limits import LOADING

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


def write_slow(
    folder: Path, loading: float = 0, reading: float = 0, judging: float = 0, n: int = 1
) -> None:
    """``claims_slow.py`` that has ``n`` claims, and a package beside it."""
    ids = tuple(f"slow-{k}" for k in range(n))
    (folder / "claims_slow.py").write_text(FILE.format(reading=reading, judging=judging, ids=ids))
    plant(folder, "foreign_claims:CLAIMS", PACKAGE.format(loading=loading))


#: what takes how long, and what is said to have been going on after three seconds: by ``claim``,
#: and by ``all``, which reads a file once for its list and once more for each claim
PARTS = {
    "loading": ({"loading": 60}, "loading entry point foreign", "loading entry point foreign"),
    "reading": ({"reading": 60}, "claims_slow.py does not load", "claims_slow.py does not load"),
    "judging": ({"judging": 60}, "slow-0: slow at 50", "slow-0: slow at 50"),
    "reading and judging": (
        {"reading": 0.8, "judging": 2.4},
        "slow-0: slow at 50",
        "slow-0: slow at 50",
    ),
    "reading again": ({"reading": 2, "judging": 1.5}, "slow-0: slow at 50", "reading claims_slow"),
    "all of them": (
        {"loading": 0.5, "reading": 0.5, "judging": 2.2},
        "slow-0: slow at 50",
        "slow-0: slow at 50",
    ),
}
COMMANDS = ("claim claims_slow.py", "all claims_slow.py --fresh", "all ./ --fresh")


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("part", PARTS)
def test_all_parts_together(words: str, part: str, tmp_path: Path) -> None:
    """At the deadline, with one valid document, nothing in it as expected, and the part that was
    going on.
    """
    times, *going_on = PARTS[part]
    write_slow(tmp_path, **times)
    run, took = clocked(tmp_path, *words.split(), "--seconds", "3", "--format", "json")
    rows = run.json if isinstance(run.json, list) else [run.json]
    code = 2 if part == "reading" else 4
    assert run.code == code and rows and {r["exit"] for r in rows} == {code}
    assert 3 <= took < 3.1 and ("within 3 s" in run.out or "more than 3 s" in run.out)
    assert "raise --seconds" in run.out and going_on[words.startswith("all")] in run.out


def test_a_little_less_is_in_time(tmp_path: Path) -> None:
    """The same, and nothing is cut."""
    write_slow(tmp_path, loading=0.5, reading=0.5, judging=1.9)
    run, took = clocked(tmp_path, *"claim claims_slow.py --seconds 3 --format json".split())
    assert run.json["verdict"] == "PROVED" and run.code == 0 and took == pytest.approx(2.9)


def test_a_package_has_a_time_of_its_own(tmp_path: Path) -> None:
    """It is left out, and the others are judged in what is left."""
    write_slow(tmp_path, loading=600)
    run, took = clocked(tmp_path, *"claim claims_slow.py --seconds 60 --format json".split())
    assert run.json["verdict"] == "PROVED" and LOADING <= took < LOADING + 0.1
    assert "foreign" in run.err and f"more than {LOADING} s to load" in run.err


def test_several_claims_share_what_is_left(tmp_path: Path) -> None:
    """Each takes at most half of it while others wait; those that are not reached have a row."""
    write_slow(tmp_path, judging=60, n=6)
    run, took = clocked(tmp_path, *"claim claims_slow.py --seconds 4 --format json".split())
    rows = run.json
    assert run.code == 4 and 4 <= took < 4.1 and len(rows) == 6
    assert {r["verdict"] for r in rows} == {"UNDECIDED"}
    for row, half in zip(rows, ("2", "1", "0.5", "0.2", "0.1"), strict=False):
        assert row["error"].startswith(f"no verdict within {half} s, half of what was left of 4 s")
    assert rows[5]["error"] == "no verdict within 4 s: raise --seconds"
    run, took = clocked(tmp_path, *"all claims_slow.py --fresh --seconds 4 --format json".split())
    assert run.code == 4 and 4 <= took < 4.1 and len(run.json) == 6
    assert all(r["verdict"] == "UNDECIDED" and "--seconds" in r["error"] for r in run.json)


#: each command that has JSON, with the part of ours that never ends, or a small memory
LIMITED = {
    "claim": "claim quasi-norm",
    "all": "all quasi-norm --fresh",
    "list": "list",
    "ode": "ode layers",
    "candidates": "candidates layers --sizes 2,2",
    "discover": "discover linear --widths 2,2",
    "mirror": "mirror diagonal",
    "value": "value x --at x=1",
}
SLOW = {
    "claim": "verify/judge/",
    "all": "verify/judge/",
    "list": "verify/library/",
    "ode": "verify/models/",
    "candidates": "verify/theories/symmetries/",
    "discover": "verify/discover/",
    "mirror": "verify/mirror/",
    "value": "verify/values/",
}


@pytest.mark.parametrize("name", LIMITED)
@pytest.mark.parametrize("limit", ["--seconds", "--memory"])
def test_a_limit_under_json(limit: str, name: str, tmp_path: Path) -> None:
    """One document, with a reason that names the option; the same exit code in it."""
    slow = SLOW[name] if limit == "--seconds" else ""
    words = (*LIMITED[name].split(), limit, "20", "--format", "json")
    run, took = clocked(tmp_path, *words, slow=slow)
    data = run.json[0] if isinstance(run.json, list) else run.json
    assert run.code == 4 and bool(slow) == (took >= 20), (took, run.err)
    assert limit in (data.get("reason") or data["error"]) and data["exit"] == 4, data


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
    write_slow(tmp_path, reading=60)
    run, took = clocked(tmp_path, *words.split(), "--seconds", "2")
    assert run.code in (2, 4) and 2 <= took < 2.1 and "claims_slow.py" in run.err
    assert "more than 2 s to load: raise --seconds" in run.err
