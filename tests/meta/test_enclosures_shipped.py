"""Committed enclosures are today's, are accepted by their own reader, and are named as such by the
other one.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from proofs import CLAIMS
from tests.reports import judged
from tests.runner import SECONDS
from verify.claims.certified import text_of
from verify.claims.verdict import Verdict

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "proofs" / "enclosures"
ALONG = {c.id: c for c in CLAIMS if c.setting.kind == "trajectories"}
HAVE_ONE = sorted(c.id for c in ALONG.values() if c.expected in (Verdict.ENCLOSED, Verdict.REFUTED))


def read(reader: str, file: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-I", str(ROOT / "verify" / reader), str(file)],
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )


def test_there_is_one_for_each_claim_that_can_have_one() -> None:
    assert sorted(p.stem for p in FOLDER.glob("*.json")) == HAVE_ONE and len(HAVE_ONE) >= 2


@pytest.mark.parametrize("name", HAVE_ONE)
def test_a_stranger_accepts_it(name: str) -> None:
    run = read("check_enclosure.py", FOLDER / f"{name}.json")
    assert run.returncode == 0 and run.stderr == ""
    assert run.stdout.startswith(f"ENCLOSED ('{name}')")
    for c in ALONG[name].concluding.values():
        opposite = (
            {">": "<", "<": ">"}[c.relation]
            if ALONG[name].expected is Verdict.REFUTED
            else c.relation
        )
        assert re.search(
            rf"(\)|\.\.\.|\w) {opposite} {c.bound} for all .*\(called '{re.escape(c.quantity)}'",
            run.stdout,
        )


@pytest.mark.parametrize("name", HAVE_ONE)
def test_the_other_reader_names_this_one(name: str) -> None:
    run = read("check.py", FOLDER / f"{name}.json")
    assert run.returncode == 2 and "check_enclosure.py" in run.stdout + run.stderr


@pytest.mark.parametrize("name", HAVE_ONE)
def test_it_is_what_the_judge_produces_today(name: str) -> None:
    certificate = judged(name).certificate
    assert certificate is not None and not certificate.refusal
    assert text_of(certificate.body) == (FOLDER / f"{name}.json").read_text(encoding="utf-8"), (
        "stale: make certificates"
    )


@pytest.mark.parametrize("name", HAVE_ONE)
def test_a_start_moved_by_a_thousandth_is_refused(name: str, tmp_path: Path) -> None:
    body = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    body["parts"][0]["start"][0] = "101/1000"
    forged = tmp_path / "forged.json"
    forged.write_text(text_of(body), encoding="utf-8")
    assert read("check_enclosure.py", forged).returncode == 1
