"""Results of earlier runs: a cached certificate is re-checked and compared with today's claim, never believed.

Nothing else is kept: verdict and scope are derived again from the claim and the certificate.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from verify.certificate import text_of
from verify.claim import Claim
from verify.report.files import cache_folder, keep, read_regular
from verify.report.plain import versions
from verify.report.written import SCHEMA_VERSION
from verify.rules import CITED
from verify.sentence import Sentence, sizes
from verify.settings.flow import Flow
from verify.verdict import Verdict, exit_code


def sentence_wire(claim: Claim) -> dict[str, Any]:
    """What a certificate of this claim must say about its setting, hypotheses and conclusions."""
    return {
        "setting": claim.setting.wire(),
        "assuming": [h.wire() for h in claim.assuming],
        "conclusions": {name: c.wire() for name, c in claim.concluding.items()},
    }


def speaks_of(body: dict[str, Any], claim: Claim) -> bool:
    """Whether a certificate states this claim: all conclusions if it proves, one of them if it refutes."""
    wire = sentence_wire(claim)
    stated = body.get("conclusions", {})
    same = body.get("setting") == wire["setting"] and body.get("assuming") == wire["assuming"]
    if body.get("verdict") == "PROVED":
        return same and stated == wire["conclusions"]
    return same and bool(stated) and all(wire["conclusions"].get(n) == c for n, c in stated.items())


def summary(claim: Claim, verdict: Verdict, scopes: list[str], given: list[str], seed: int) -> dict[str, Any]:
    """What ``verify all`` says about a claim: only what the claim and its certificate give."""
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


def _place(claim: Claim, seed: int) -> str:
    key = json.dumps([sentence_wire(claim), seed, versions(), SCHEMA_VERSION], sort_keys=True)
    return f"run-{claim.id}-{hashlib.sha256(key.encode()).hexdigest()[:16]}.json"


def remember(claim: Claim, seed: int, body: dict[str, Any]) -> None:
    """Keep the certificate of a run with default options, where there is a place for it."""
    keep(_place(claim, seed), text_of(body))


def remembered(claim: Claim, seed: int) -> dict[str, Any] | None:
    """The summary that the kept certificate gives after it was checked again; None if there is none or it is not this claim's."""
    from verify import check

    folder = cache_folder()
    if folder is None:
        return None
    try:
        body: Any = check.load(read_regular(folder / _place(claim, seed)))
        check.check(body)
    except (OSError, ValueError, RecursionError, check.Refused, check.NotACertificate):
        return None
    if not isinstance(claim.setting, Flow) or not speaks_of(body, claim):
        return None
    sentences = [Sentence(claim.flow, claim.assuming, n, c) for n, c in claim.concluding.items()]
    verdict = Verdict[body["verdict"]]
    scopes = list(dict.fromkeys(sizes(s) for s in sentences)) if verdict is Verdict.PROVED else []
    given = sorted({p["rule"] for p in body.get("proof", {}).values() if p["rule"] in CITED})
    return summary(claim, verdict, scopes, given, seed)
