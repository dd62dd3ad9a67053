"""What pages say of claims that an earlier run has judged: kept under a seal, with the row of the
claim, and never believed for more than it was.

The place names all that a result depends on: every file of this program and of its claims, the
versions of what it computes with, the seed. Certificates are read again by their readers. Claims in
files and of other packages are judged whenever a page is wanted: what they import is not known.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from verify.claims.certified import reread_steps
from verify.claims.verdict import Verdict
from verify.judge.parts import theory_of
from verify.judge.resume import reread, stated_together
from verify.library.registry import Found, is_shipped
from verify.process.fingerprint import of_package
from verify.process.sealed import keep_sealed, opened
from verify.report.pages.told import Told, told_from
from verify.theories.spoken import sentence_wire

COMPUTES = (
    "python-flint",
    "mpmath",
    "numpy",
    "scipy",
    "latex2mathml",
    "matplotlib",
    "scikit-learn",
)


def _place(found: Found, seed: int) -> str | None:
    """None where it is not known what a result depends on."""
    if not is_shipped(found):
        return None
    files = [of_package("verify"), of_package(found.package)]
    if None in files:
        return None
    claim = found.claim
    parts = [sentence_wire(claim), seed, files, list(_versions()), platform.python_version()]
    key = sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    return f"told-{claim.id}-{key[:32]}"


def _versions() -> Iterator[str]:
    for name in COMPUTES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} is not installed"


def store(found: Found, row: dict[str, Any], told: Told) -> None:
    """Keep what was told of a claim that is as its author expects."""
    place = None if row["exit"] else _place(found, told.seed)
    if place is not None:
        keep_sealed(place, {"row": row, "told": told.data()})


def stored(found: Found, seed: int) -> tuple[dict[str, Any], Told] | None:
    """The row and what was told; None where there is none, its seal is broken, or a reader does not
    accept what it says was certified.
    """
    place = _place(found, seed)
    kept = None if place is None else opened(place)
    if kept is None:
        return None
    row, told = kept["row"], told_from(kept["told"])
    return (row, told) if _accepted(found, told) else None


def _accepted(found: Found, told: Told) -> bool:
    """Whether the certificates that it carries say so today."""
    files, verdict = dict(told.files), Verdict[told.verdict]
    steps = [files[path] for path in told.step_files]
    if theory_of(found.claim).by_steps and verdict in (Verdict.PROVED, Verdict.REFUTED):
        return stated_together(found.claim, steps) is verdict
    if any(reread_steps(text.encode()).refusal for text in steps):
        return False
    if not told.certificate:
        return True
    accepted, said = reread(found.claim, files[told.certificate].encode())
    return accepted and said in (None, verdict)
