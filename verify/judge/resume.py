"""Results of earlier runs: a cached certificate is read again by its reader and compared with
today's claim, never believed.

Nothing else is kept: verdict, scope and cited rules are derived again from the claim and what the
reader has accepted. What has no certificate, such as a measurement, is decided again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from verify import check
from verify.claims.certified import reread_steps
from verify.claims.claim import Claim
from verify.claims.evidence import Report
from verify.claims.request import Request
from verify.claims.rules import CITED
from verify.claims.verdict import Verdict, exit_code
from verify.exact.errors import NotGeneric
from verify.judge.parts import reach_of, settled_by, theory_of, wordings_of
from verify.models.flow import Flow
from verify.process.exits import combine
from verify.process.files import cache_folder, keep, read_regular
from verify.process.versions import versions
from verify.process.written import SCHEMA_VERSION
from verify.theories.spoken import sentence_wire

if TYPE_CHECKING:
    from verify.judge.parts import Wordings
    from verify.theories.steps.stated import Stated


def summary(
    claim: Claim, verdict: Verdict, scopes: list[str], given: list[str], seed: int
) -> dict[str, Any]:
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
    """The same from a report, with the reasons where it is not as expected. What is refuted has no
    scope.
    """
    held = () if report.verdict is Verdict.REFUTED else report.outcomes.values()
    scopes = list(dict.fromkeys(o.scope for o in held if o.scope))
    given = sorted({g for o in held for g in o.given})
    row = summary(claim, report.verdict, scopes, given, report.seed)
    reasons = [o.reason for o in report.outcomes.values()] if row["exit"] else []
    reasons += [f"link {x.claim} is {x.verdict.name}: {x.reason}" for x in report.links if x.exit]
    row["exit"] = combine([row["exit"], *(x.exit for x in report.links)])
    if row["exit"]:
        row["error"] = "; ".join(dict.fromkeys(reasons))
    return row


def _place(claim: Claim, seed: int) -> str:
    key = json.dumps([sentence_wire(claim), seed, versions(), SCHEMA_VERSION], sort_keys=True)
    return f"run-{claim.id}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def remember(claim: Claim, report: Report) -> None:
    """Keep the certificate of a run with default options that settled the claim, where there is a
    place for it.
    """
    if (
        report.certificate is None
        or report.exit
        or settled_by(report.certificate.body, claim) is not report.verdict
    ):
        return
    place = _place(claim, report.seed)
    steps = {name: o.steps.text for name, o in report.outcomes.items() if o.steps is not None}
    keep(f"kernel-{place}.json", json.dumps(steps))
    keep(f"{place}.json", report.certificate.text)


def remembered(claim: Claim, seed: int) -> dict[str, Any] | None:
    """The row that the kept certificate gives after it was read again, by the kernel too where that
    has read it before; None if there is none or it is not this claim's.
    """
    folder = cache_folder()
    if folder is None:
        return None
    place = _place(claim, seed)
    try:
        kept = [read_regular(folder / f"{x}{place}.json") for x in ("", "kernel-")]
    except (OSError, ValueError):
        return None
    return read_again(claim, seed, *kept)


def read_again(
    claim: Claim, seed: int, certificate: bytes, kernel: bytes, *, whole: bool = True
) -> dict[str, Any] | None:
    """The row that both kept files give, the certificate and what the kernel has read; ``whole``:
    with a text of each conclusion that the kernel can be told, else those that were found.
    """
    if claim.links:  # which are judged anew
        return None
    try:
        steps = json.loads(kernel)
        row = row_from(certificate, claim, seed)
    except (ValueError, RecursionError):
        return None
    refuted = row is not None and row["verdict"] == Verdict.REFUTED.name
    return row if row and _by_the_kernel(claim, steps, refuted, whole) else None


def _by_the_kernel(claim: Claim, steps: Any, refuted: bool, whole: bool) -> bool:
    """Whether it accepts each of these texts again, and each states the conclusion of its name: by
    a proof, or where the claim is refuted by a witness. Of a whole result a conclusion without a
    text must be one that the kernel cannot be told: it may have steps today.
    """
    wordings = wordings_of(claim)
    if not isinstance(steps, dict) or not steps.keys() <= claim.concluding.keys():
        return False
    if wordings is None:
        return not steps
    asked = [n for n, c in claim.concluding.items() if (whole and c.exact) or n in steps]
    return all(
        _states(claim, n, steps[n], wordings, refuted)
        if n in steps
        else not any(True for _ in _told(claim, n, wordings, refuted))
        for n in asked
    )


def _told(claim: Claim, name: str, wordings: Wordings, against: bool) -> Iterator[Stated]:
    """What a certificate may state of a conclusion; nothing where the kernel cannot be told."""
    sentence = theory_of(claim)(claim, Request(), lambda text: None).sentence(name)
    try:
        yield from wordings(name, sentence, against)
    except NotGeneric:
        return


def _states(claim: Claim, name: str, text: Any, wordings: Wordings, refuted: bool) -> bool:
    if not isinstance(text, str):
        return False
    try:
        found = reread_steps(text.encode())
    except UnicodeError:
        return False
    against = "witness" in found.body
    every = () if found.refusal or against > refuted else _told(claim, name, wordings, against)
    return any(x.is_stated_by(found.body) for x in every)


def row_from(content: bytes, claim: Claim, seed: int) -> dict[str, Any] | None:
    """What a certificate says of a claim; None where its reader refuses it, where it does not
    settle this claim, and where that is not as its author expects.
    """
    body = _read(content, claim)
    verdict = None if body is None else settled_by(body, claim)
    if body is None or verdict is None:
        return None
    held = () if verdict is Verdict.REFUTED else tuple(claim.concluding)
    scopes = list(dict.fromkeys(reach_of(claim, name) for name in held))
    given = sorted({rule for name in held for rule in _given(claim, name, body)})
    row = summary(claim, verdict, scopes, given, seed)
    return None if row["exit"] else row


def _given(claim: Claim, name: str, body: dict[str, Any]) -> tuple[str, ...]:
    """Cited theorems: those that belong to the kind of conclusion, and of a network the rule that
    its reader has accepted.
    """
    if isinstance(claim.setting, Flow):
        return tuple({body["proof"][name]["rule"]} & set(CITED))
    return getattr(claim.concluding[name], "cited", ())


def reread(claim: Claim, content: bytes) -> tuple[bool, Verdict | None]:
    """Whether its reader accepts a certificate, and what that says of the claim, if it does."""
    body = _read(content, claim)
    return body is not None, None if body is None else settled_by(body, claim)


def _read(content: bytes, claim: Claim) -> dict[str, Any] | None:
    """The certificate, if the reader for claims of this setting accepts it."""
    reader: Any = check
    if claim.setting.kind == "declared":
        steps = reread_steps(content)
        return None if steps.refusal else steps.body
    if claim.setting.kind == "trajectories":
        from verify import check_enclosure as reader  # with python-flint: only where it is needed
    try:
        body: Any = reader.load(content)
        reader.check(body)
    except (reader.Refused, reader.NotACertificate):
        return None
    return body
