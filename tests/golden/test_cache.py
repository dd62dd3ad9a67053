"""A cache is an optimisation: whatever stands in its place, verdict, code and screen are those of a
run without one.

Kind F4: a folder that is missing, not a folder, read-only, full, foreign; entries that are folders,
pipes, devices, links to endless files, huge, cut short, changed, of another claim. Kind F5: what
``verify all`` keeps of every kind of claim is read again by the reader for that kind, and printed
as resumed; what has no certificate is decided again.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.runner import ROOT, cli
from verify.claims.claim import Claim
from verify.claims.evidence import Report
from verify.claims.request import Request
from verify.judge.decide import judge
from verify.judge.parts import settled_by
from verify.judge.resume import remember, remembered, row_of
from verify.library.registry import claims

#: one claim of each kind of certificate, proved and refuted, and one that is sampled
KINDS = (
    "quasi-norm",
    "quasi-norm-unbalanced",
    "ou-density",
    "moment-map-torus",
    "moment-map-shear",
    "dln-fiber-orbit",
    "dln-regflow-rate-misread",
    "regflow-energy-rate-two",
)


def places() -> dict[str, Callable[[Path], object]]:
    """What can stand where the cache folder is expected."""
    return {
        "a file": lambda p: p.write_text("not a folder\n"),
        "below a file": lambda p: p.symlink_to("/dev/null/cache"),
        "a pipe": os.mkfifo,
        "a device": lambda p: p.symlink_to("/dev/zero"),
        "a link to itself": lambda p: p.symlink_to(p),
        "a link to nowhere": lambda p: p.symlink_to("/proc/nowhere/cache"),
        "read-only even for root": lambda p: p.symlink_to("/proc/self"),
    }


@pytest.mark.skipif(sys.platform != "linux", reason="special files of Linux")
@pytest.mark.parametrize("name", places())
def test_what_stands_in_place_of_the_folder(name: str, tmp_path: Path) -> None:
    places()[name](tmp_path / "cache")
    run = cli(
        tmp_path / "cache",
        "claim",
        "quasi-norm",
        "--no-numeric",
        "--without",
        "balance",
        cwd=tmp_path,
    )
    assert run.code == 1 and "REFUTED" in run.out and run.err == "" and "Certificate" in run.out
    rows = cli(tmp_path / "cache", "all", "quasi-norm", "--format", "json", cwd=tmp_path)
    assert rows.code == 0 and rows.json[0]["verdict"] == "PROVED" and "Traceback" not in rows.err


@cache
def settled(name: str) -> tuple[Claim, Report]:
    claim = claims()[name].claim
    return claim, judge(claim, Request())


ENTRIES: dict[str, Callable[[Path, bytes], object]] = {
    "nothing": lambda p, old: None,
    "empty": lambda p, old: p.write_bytes(b""),
    "cut short": lambda p, old: p.write_bytes(old[: len(old) // 2]),
    "one bit changed": lambda p, old: p.write_bytes(old[:100] + bytes([old[100] ^ 1]) + old[101:]),
    "the last byte changed": lambda p, old: p.write_bytes(old[:-2] + b"?\n"),
    "not text": lambda p, old: p.write_bytes(os.urandom(5000)),
    "nested": lambda p, old: p.write_bytes(b"[" * 100_000),
    "huge": lambda p, old: os.truncate(os.open(p, os.O_CREAT | os.O_WRONLY), 2**40),
    "a folder": lambda p, old: (p.mkdir(), (p / "x").write_text("x")),
    "a pipe": lambda p, old: os.mkfifo(p),
    "endless": lambda p, old: p.symlink_to("/dev/zero"),
    "a terminal": lambda p, old: p.symlink_to("/dev/tty"),
    "a link to itself": lambda p, old: p.symlink_to(p),
    "another claim's": lambda p, old: shutil.copy(
        ROOT / "proofs" / "certificates" / "lda-layer-norm.json", p
    ),
}


@pytest.mark.skipif(sys.platform != "linux", reason="special files of Linux")
@pytest.mark.parametrize("name", ENTRIES)
def test_what_stands_in_place_of_an_entry(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the place of the certificate: not used, not waited for, and writing it again raises
    nothing.
    """
    monkeypatch.setenv("FLOWLAW_CACHE", str(tmp_path))
    claim, report = settled("quasi-norm")
    remember(claim, report)
    assert remembered(claim, 0) == row_of(claim, report), "untouched, it is used"
    (entry,) = tmp_path.glob("run-*")
    old = entry.read_bytes()
    entry.unlink()
    ENTRIES[name](entry, old)
    assert remembered(claim, 0) is None
    remember(claim, report)
    assert remembered(claim, 0) in (None, row_of(claim, report))


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_resumed(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row of the judge, from a certificate that was read again. Another claim's entry is not
    taken for it.
    """
    monkeypatch.setenv("FLOWLAW_CACHE", str(tmp_path))
    claim, report = settled(name)
    remember(claim, report)
    assert remembered(claim, 0) == row_of(claim, report) and remembered(claim, 1) is None
    for other in KINDS:
        if other != name:
            body: Any = settled(other)[1].certificate
            assert settled_by(body.body | {"claim": name}, claim) is None, other


def test_a_measured_claim_is_decided_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLOWLAW_CACHE", str(tmp_path))
    claim, report = settled("lda-direction")
    assert report.verdict.name == "SUPPORTED"
    remember(claim, report)
    assert remembered(claim, 0) is None and not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", KINDS)
def test_a_certificate_that_its_reader_refuses_is_not_used(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who can write the cache proves nothing with it."""
    monkeypatch.setenv("FLOWLAW_CACHE", str(tmp_path))
    claim, report = settled(name)
    remember(claim, report)
    (path,) = tmp_path.glob("run-*.json")
    body = json.loads(path.read_text())
    changes = [{k: "x"} for k in body if k not in ("statement", "claim")]
    changes += [
        {"proof": {}, "witness": {}, "parts": []},
        {"verdict": "REFUTED" if body.get("verdict") == "PROVED" else "PROVED"},
    ]
    for change in changes:
        text = json.dumps({k: v for k, v in (body | change).items() if k in body})
        path.write_text(text)
        if json.loads(text) != body:
            assert remembered(claim, 0) is None, change


@pytest.mark.parametrize("name", KINDS)
def test_nothing_but_the_certificate_is_believed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scope and cited theorems are derived from claim and certificate. Whatever else lies in the
    cache, with a checksum or without,
    changes no row: each file beside the certificate is written again with lies under the checksum
    that it once had.
    """
    monkeypatch.setenv("FLOWLAW_CACHE", str(tmp_path))
    claim, report = settled(name)
    remember(claim, report)
    (path,) = tmp_path.glob("run-*.json")
    lie = json.dumps({"scope": ["every loss, every size, for ever"], "given": ["NOTHING"]})
    text = path.read_text()
    for suffix in ("lines", "scope"):
        path.with_suffix(f".{suffix}").write_text(
            f"{sha256((text + lie).encode()).hexdigest()} {lie}"
        )
    assert remembered(claim, 0) == row_of(claim, report)


def test_it_is_printed_which_were_resumed(tmp_path: Path) -> None:
    fresh, again = (cli(tmp_path, "all", "quasi-norm-u*", "--format", "json") for _ in range(2))
    assert fresh.code == again.code == 0 and fresh.out == again.out
    assert (
        "resumed" not in fresh.err
        and "quasi-norm-unbalanced: REFUTED (resumed)" in again.err
        and "1 resumed" in again.err
    )


#: a claim of each writer of steps, proved and refuted
WITH_STEPS = ("quasi-norm", "amb-norm", "dln-gn-kernel", "dln-alignment-printed", "ou-density")


@pytest.mark.parametrize("name", WITH_STEPS)
def test_the_kernel_is_asked_again(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it has accepted beside the old reader is kept and read by it once more: a proof that it
    refuses, one of another sentence, a text that is no certificate, a witness of what is proved,
    or none for a sentence that the kernel can be told: the claim is judged anew.
    """
    monkeypatch.setenv("FLOWLAW_CACHE", str(tmp_path))
    claim, report = settled(name)
    remember(claim, report)
    (path,) = tmp_path.glob("kernel-*.json")
    kept = json.loads(path.read_text())
    assert kept.keys() == {n for n, o in report.outcomes.items() if o.steps is not None} and kept
    assert remembered(claim, 0) == row_of(claim, report)
    first = next(iter(kept))
    other = (ROOT / "proofs" / "steps" / "quasi-norm-ray.ray.json").read_text()
    own = json.loads(kept[first])
    less = {x: y for x, y in own.items() if x not in ("instance", "witness")}
    for text in (other, json.dumps(less), "", "[]", json.dumps({**own, "setting": {}}), 3, None):
        path.write_text(json.dumps({**kept, first: text}))
        assert remembered(claim, 0) is None, str(text)[:60]
    for text in (json.dumps([]), "null", "{", json.dumps({"other": kept[first]})):
        path.write_text(text)
        assert remembered(claim, 0) is None, text[:60]
    path.write_text(json.dumps({x: y for x, y in kept.items() if x != first}))
    assert remembered(claim, 0) is None
    path.unlink()
    assert remembered(claim, 0) is None
    path.write_text(json.dumps(kept))
    assert remembered(claim, 0) == row_of(claim, report)
