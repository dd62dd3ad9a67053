"""Committed certificates are today's, are accepted by the independent reader and speak of their own
claim; no cache is believed.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from proofs import CLAIMS
from tests.runner import ROOT, SECONDS, cli
from verify.claims.certified import text_of
from verify.claims.claim import Claim
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.judge.decide import judge
from verify.judge.parts import settled_by

FOLDER, CHECK = ROOT / "proofs" / "certificates", ROOT / "verify" / "check.py"
BY_ID = {c.id: c for c in CLAIMS}
EXACT = [
    c for c in CLAIMS if c.setting.kind not in ("trajectories", "samples", "declared", "formulas")
]  # enclosures and steps have readers and tests of their own
HAVE_ONE = sorted(c.id for c in EXACT if c.expected in (Verdict.PROVED, Verdict.REFUTED))
HAVE_NONE = sorted({c.id for c in EXACT} - set(HAVE_ONE))


@cache
def committed(name: str) -> str:
    return (FOLDER / f"{name}.json").read_text(encoding="utf-8")


def body_of(name: str) -> dict[str, Any]:
    return json.loads(committed(name))


@cache
def judged(name: str):
    return judge(BY_ID[name], Request(numeric=False))


def read(*files: Path) -> subprocess.CompletedProcess:
    """The reader as a stranger runs it: no site packages, no environment, no current directory."""
    arguments = [sys.executable, "-I", "-S", str(CHECK), *map(str, files)]
    return subprocess.run(
        arguments, capture_output=True, text=True, check=False, cwd="/", timeout=SECONDS
    )


def test_there_is_one_for_each_claim_that_can_have_one() -> None:
    assert sorted(p.stem for p in FOLDER.glob("*.json")) == HAVE_ONE
    assert len(HAVE_ONE) > 20 and HAVE_NONE, "both kinds occur"
    for name in HAVE_NONE:
        assert not any(c.exact for c in BY_ID[name].concluding.values()), (
            "no exact conclusion, hence none"
        )
        assert judged(name).certificate is None


def test_all_are_accepted_by_the_standard_library_alone(drawn) -> None:
    """``make readers`` reads them all."""
    some = [name for name in HAVE_ONE if name in drawn(list(HAVE_ONE))]
    run = read(*(FOLDER / f"{name}.json" for name in some))
    assert run.returncode == 0 and run.stderr == ""
    said = run.stdout.strip().split("\n")
    assert len(said) == len(some) > 1
    for name, line in zip(some, said, strict=True):
        assert line.startswith(BY_ID[name].expected.name), f"{name}: {line}"


@pytest.mark.parametrize("name", HAVE_ONE)
def test_it_is_what_the_judge_produces_today(name: str) -> None:
    certificate = judged(name).certificate
    assert certificate is not None
    assert text_of(certificate.body) == committed(name), "stale: make certificates"
    assert certificate.sha256 == hashlib.sha256(committed(name).encode()).hexdigest()


SPEAK = HAVE_ONE


@pytest.mark.parametrize("name", SPEAK)
def test_it_speaks_of_its_claim(name: str) -> None:
    body = body_of(name)
    assert settled_by(body, BY_ID[name]) and body["claim"] == name
    stated = set(body["conclusions"])
    assert (
        stated == set(BY_ID[name].concluding)
        if body["verdict"] == "PROVED"
        else stated <= set(BY_ID[name].concluding)
    )


def same_sentence(a: Claim, b: Claim) -> bool:
    """Whether two claims assert the same thing under the same hypotheses in the same setting."""
    return (a.setting, a.assuming, dict(a.concluding)) == (
        b.setting,
        b.assuming,
        dict(b.concluding),
    )


@pytest.mark.parametrize("name", SPEAK)
def test_it_speaks_of_no_other_claim(name: str) -> None:
    """Also where the label is changed to the other claim's."""
    for other in CLAIMS:
        if other.id != name and not same_sentence(BY_ID[name], other):
            assert not settled_by({**body_of(name), "claim": other.id}, other), other.id


def test_no_two_claims_say_the_same() -> None:
    pairs = [(a.id, b.id) for a in CLAIMS for b in CLAIMS if a.id < b.id and same_sentence(a, b)]
    assert pairs == []


ALTERED: dict[str, Any] = {
    "other verdict": lambda b: b.update(verdict="REFUTED"),
    "other conclusion": lambda b: b.update(
        conclusions={"conserved": {"kind": "conserved", "quantity": ["loss"]}}
    ),
    "a conclusion more": lambda b: b["conclusions"].update(
        more={"kind": "conserved", "quantity": ["at", "w", "i"]}
    ),
    "balance left out": lambda b: b.update(
        assuming=[h for h in b["assuming"] if h["kind"] != "balanced"]
    ),
    "euler left out": lambda b: b.update(
        assuming=[h for h in b["assuming"] if h["kind"] != "homogeneous"]
    ),
    "degree 1": lambda b: b["assuming"][0].update(degree="1"),
    "with decay": lambda b: b["setting"].update(decay="kappa"),
    "wrong cofactor": lambda b: b["proof"]["conserved"].update(cofactors=[{"euler": "-3"}]),
    "no instance": lambda b: b.pop("instance"),
    "an instance that stands still": lambda b: b["instance"].update(
        start=[["1", "1"]] * 3, loss={"expr": "1", "data": {}}
    ),
}


@pytest.mark.parametrize("name", ALTERED)
def test_codes_of_the_reader(name: str, tmp_path: Path) -> None:
    """1 refused, 2 not a certificate; one bad file among good ones decides."""
    body = body_of("quasi-norm")
    ALTERED[name](body)
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(body))
    run = read(FOLDER / "quasi-norm.json", bad)
    assert (
        run.returncode == 1
        and "bad.json: refused: " in run.stderr
        and run.stdout.count("PROVED") == 1
    )
    bad.write_text(committed("quasi-norm")[:500])
    run = read(bad, FOLDER / "quasi-norm.json")
    assert (
        run.returncode == 2
        and "not a certificate" in run.stderr
        and run.stdout.count("PROVED") == 1
    )


def test_replay_is_the_same_reader(tmp_path: Path) -> None:
    for name in ("quasi-norm", "lda-signs-alone"):
        path = FOLDER / f"{name}.json"
        ours, alone = cli(tmp_path, "replay", str(path)), read(path)
        assert (ours.code, ours.out, ours.err) == (alone.returncode, alone.stdout, alone.stderr)


def kept(folder: Path, name: str) -> Path:
    """Where ``verify all`` keeps the certificate of a claim."""
    (path,) = (
        p
        for p in folder.glob("run-*.json")
        if re.fullmatch(rf"run-{name}-[0-9a-f]{{16}}\.json", p.name)
    )
    return path


def rerun(folder: Path, name: str) -> dict[str, Any]:
    run = cli(folder, "all", name, "--format", "json")
    assert "Traceback" not in run.err and "internal" not in run.err, run.err
    (row,) = run.json
    return row


TAMPERED = {
    **ALTERED,
    "cut in half": None,
    "another claim's": None,
    "empty": None,
    "not text": None,
    "too deep": None,
}


def content(how: str, name: str) -> bytes:
    whole = committed(name).encode()
    if ALTERED.get(how):
        body = copy.deepcopy(body_of(name))
        ALTERED[how](body)
        return json.dumps(body).encode()
    other = body_of("quasi-norm-any-loss") | {"claim": name}
    cases = {
        "cut in half": whole[: len(whole) // 2],
        "empty": b"",
        "not text": b"\xff\xfe\x00",
        "too deep": b"[" * 100_000,
    }
    return cases[how] if how in cases else json.dumps(other).encode()


@pytest.mark.parametrize("how", TAMPERED)
def test_a_tampered_cache_is_not_believed(how: str, tmp_path: Path) -> None:
    """Verdict and scope come from the claim and a certificate that was checked again; what does not
    fit is recomputed.
    """
    first = cli(tmp_path, "all", "quasi-norm", "--fresh", "--format", "json")
    path = kept(tmp_path, "quasi-norm")
    assert path.read_text() == committed("quasi-norm"), (
        "the cache holds the certificate and nothing else"
    )
    path.write_bytes(content(how, "quasi-norm"))
    assert rerun(tmp_path, "quasi-norm") == first.json[0]
    assert path.read_text() == committed("quasi-norm"), "and it was computed again"


def test_labels_in_a_cached_certificate_are_not_repeated(tmp_path: Path) -> None:
    """``statement``, ``claim`` and ``dropped`` are labels: nothing of them reaches the report."""
    cli(tmp_path, "all", "quasi-norm", "--fresh")
    path = kept(tmp_path, "quasi-norm")
    path.write_text(
        json.dumps(body_of("quasi-norm") | {"statement": "P = NP", "claim": "else", "dropped": []})
    )
    row = rerun(tmp_path, "quasi-norm")
    assert (
        row["claim"] == "quasi-norm"
        and "P = NP" not in json.dumps(row)
        and row["verdict"] == "PROVED"
    )


def test_a_refutation_that_violates_a_hypothesis_the_reader_does_not_know(tmp_path: Path) -> None:
    """lda-direction assumes a half-space that only measured claims have; a trap outside it refutes
    something else.
    """
    cli(tmp_path, "all", "lda-signs-alone", "--fresh")
    body = body_of("lda-signs-alone")
    claim = BY_ID["lda-direction"]
    body |= {"claim": claim.id, "assuming": [h.wire() for h in claim.assuming if h.exact]}
    assert body["assuming"], "balance is left"
    assert read_body(tmp_path, body) == 0, (
        "the reader accepts it: as a refutation of the sentence without the half-space"
    )
    assert not settled_by(body, claim), (
        "so it must not count as a refutation of the sentence with it"
    )


def read_body(folder: Path, body: dict[str, Any]) -> int:
    (folder / "body.json").write_text(json.dumps(body))
    return read(folder / "body.json").returncode
