"""What a reader refuses is nowhere attached, whichever part of the judge made it; what it accepts
is what stands in the report.

The kind (E3): a refused certificate stays on the report, is printed, cached or written; or the
object that is kept is another one than the bytes that were read (tuples where the file has lists:
accepted by the judge, refused later). Every part of the judge is tried.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.runner import SECONDS, cli, environment
from verify import check, check_enclosure
from verify.claims import certified
from verify.claims.certified import text_of
from verify.claims.evidence import Report
from verify.claims.verdict import Verdict
from verify.judge.decide import judge
from verify.kernel import limits
from verify.kernel.certificate import verified
from verify.library.registry import claims
from verify.theories.steps import asked

#: one claim that holds and one that is refuted, for each part of the judge that writes certificates
PARTS = {
    "networks": ("lda-layer-norm", "diag-balance-descent-exact"),
    "matrices": ("dln-moments-conserved", "dln-descent-conserves"),
    "formulas": ("ou-density", "ou-density-printed"),
    "actions": ("moment-map-shear-count", "moment-map-shear"),
    "trajectories": ("kn-norm-enclosed", "razin-cohen-any-start"),
}


def refuse(*_: Any, **__: Any) -> str:
    raise check.Refused("it is refused here")


def refuse_steps(*_: Any, **__: Any) -> str:
    raise limits.Refused("it is refused here")


def refuse_enclosure(*_: Any, **__: Any) -> str:
    raise check_enclosure.Refused("it is refused here")


CLAIMS = [name for pair in PARTS.values() for name in pair]


@cache
def judged(name: str) -> Report:
    return judge(claims()[name].claim)


@pytest.mark.parametrize("name", CLAIMS)
def test_the_object_that_is_kept_is_what_was_read(name: str) -> None:
    certificate = judged(name).certificate
    assert certificate is not None
    assert certificate.body == json.loads(certificate.text), (
        "a tuple is no list: this object is not what the file holds"
    )
    if certificate.body.get("version") == 2:
        assert verified(certificate.text.encode()) == certificate.statement
        return
    reader: Callable[[Any], str] = (
        check_enclosure.check if certificate.body["format"] == "flowlaw-enclosure" else check.check
    )
    assert (
        reader(certificate.body) == certificate.statement
        and text_of(certificate.body) == certificate.text
    )


@pytest.mark.parametrize("name", CLAIMS)
def test_a_refused_certificate_is_nowhere(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "check", refuse)
    monkeypatch.setattr(check_enclosure, "check", refuse_enclosure)
    for module in (asked, certified):
        monkeypatch.setattr(module, "verified", refuse_steps)
    report = judge(claims()[name].claim)
    assert report.certificate is None
    assert report.verdict is Verdict.UNDECIDED and report.exit == 4
    assert any("it is refused here" in o.reason for o in report.outcomes.values())
    assert all(o.witness is None and o.instance is None for o in report.outcomes.values())


#: runs the command with readers that refuse everything
REFUSES = """
import sys
from verify import check, check_enclosure
from verify.claims import certified
from verify.kernel import limits
from verify.theories.steps import asked
def refuse(*a, **k): raise check.Refused("it is refused here")
def refuse_enclosure(*a, **k): raise check_enclosure.Refused("it is refused here")
def refuse_steps(*a, **k): raise limits.Refused("it is refused here")
check.check, check_enclosure.check = refuse, refuse_enclosure
asked.verified = certified.verified = refuse_steps
from verify.__main__ import main
main()
"""


@pytest.mark.parametrize("name", [pair[0] for pair in PARTS.values()])
def test_a_command_leaves_no_refused_certificate(name: str, tmp_path: Path) -> None:
    """Not in the place that was asked for, not on the screen, not in the cache; and one that an
    earlier run left there is not resumed.
    """
    cache = tmp_path / "cache"

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", REFUSES, *words],
            env=environment(cache),
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    cache.mkdir()
    cli(cache, "all", name, "--fresh")
    before = {p: p.read_bytes() for p in cache.rglob("*.json")}
    assert before
    asked = ("--certificate", "c.json", "--format", "json", "--output", "o.json")
    one, all_ = run("claim", name, *asked), run("all", name, "--format", "json")
    row, (again,) = json.loads((tmp_path / "o.json").read_text()), json.loads(all_.stdout)
    assert one.returncode == all_.returncode == row["exit"] == again["exit"] == 4, one.stderr
    assert row["certificate"] is None and row["verdict"] == again["verdict"] == "UNDECIDED"
    assert "c.json is not written" in one.stderr and not (tmp_path / "c.json").exists()
    assert "resumed" not in all_.stderr
    assert {p: p.read_bytes() for p in cache.rglob("*.json")} == before
