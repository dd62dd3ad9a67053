"""Results of earlier runs: a cached certificate is read again by its reader and compared with today's claim, never believed.

Verdict and statement are derived from the claim and the certificate. The lines about scope and cited rules, which only the prover
writes, are kept beside it under a checksum; that they are kept is said where they are printed. What has no certificate, such as a
measurement, is decided again.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from verify.certificate import text_of
from verify.claim import Claim
from verify.evidence import Report
from verify.report.files import cache_folder, keep, read_regular
from verify.report.plain import versions
from verify.report.written import SCHEMA_VERSION
from verify.speaks import sentence_wire, verdict_of
from verify.verdict import Verdict, exit_code

MOST_LINES = 2**16  # bytes of the lines beside a certificate


def summary(claim: Claim, verdict: Verdict, scopes: list[str], given: list[str], seed: int) -> dict[str, Any]:
    """What ``verify all`` says about a claim."""
    return {
        "claim": claim.id,
        "verdict": verdict.name,
        "expected": claim.expected.name,
        "statement": "; ".join(c.render() for c in claim.concluding.values()),
        "scope": scopes,
        "given": given,
        "seed": seed,
        "exit": exit_code(verdict, claim.expected),
    }


def row_of(claim: Claim, report: Report) -> dict[str, Any]:
    """The same from a report, with the reasons where it is not as expected."""
    scopes = list(dict.fromkeys(o.scope for o in report.outcomes.values() if o.scope))
    given = sorted({g for o in report.outcomes.values() for g in o.given})
    row = summary(claim, report.verdict, scopes, given, report.seed)
    if row["exit"]:
        row["error"] = "; ".join(dict.fromkeys(o.reason for o in report.outcomes.values()))
    return row


def _place(claim: Claim, seed: int) -> str:
    key = json.dumps([sentence_wire(claim), seed, versions(), SCHEMA_VERSION], sort_keys=True)
    return f"run-{claim.id}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def remember(claim: Claim, report: Report) -> None:
    """Keep the certificate of a run with default options that settled the claim, where there is a place for it."""
    if report.certificate is None or report.exit or verdict_of(report.certificate.body, claim) is not report.verdict:
        return
    row, text = row_of(claim, report), text_of(report.certificate.body)
    lines = json.dumps({"scope": row["scope"], "given": row["given"]})
    name = _place(claim, report.seed)
    if keep(f"{name}.json", text):
        keep(f"{name}.lines", f"{_checksum(text, lines)} {lines}")


def _checksum(text: str, lines: str) -> str:
    return hashlib.sha256(f"{text}{lines}".encode()).hexdigest()


def remembered(claim: Claim, seed: int) -> dict[str, Any] | None:
    """The row that the kept certificate gives after it was read again; None if there is none or it is not this claim's."""
    folder = cache_folder()
    if folder is None:
        return None
    name = _place(claim, seed)
    try:
        content = read_regular(folder / f"{name}.json")
        mark, _, lines = read_regular(folder / f"{name}.lines", MOST_LINES).decode("ascii").partition(" ")
        if mark != _checksum(content.decode("ascii"), lines):
            return None
        kept = json.loads(lines)
    except (OSError, ValueError, RecursionError):
        return None
    body = _read(content, claim)
    verdict = None if body is None else verdict_of(body, claim)
    if verdict is None:
        return None
    row = summary(claim, verdict, kept["scope"], kept["given"], seed)
    return None if row["exit"] else row


def _read(content: bytes, claim: Claim) -> dict[str, Any] | None:
    """The certificate, if the reader for claims of this setting accepts it."""
    if claim.setting.kind == "trajectories":
        from verify import check_enclosure as reader
    else:
        from verify import check as reader  # type: ignore[no-redef]
    try:
        body: Any = reader.load(content)
        reader.check(body)
    except (reader.Refused, reader.NotACertificate):
        return None
    return body
