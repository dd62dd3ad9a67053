"""Results of earlier runs: a cached certificate is read again by its reader and compared with
today's claim, never believed.

Nothing else is kept: verdict, scope and cited rules are derived again from the claim and what the
reader has accepted. What has no certificate, such as a measurement, is decided again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from verify import check
from verify.claims.certified import reread_steps
from verify.claims.claim import Claim
from verify.claims.evidence import Report
from verify.claims.rules import CITED
from verify.claims.verdict import Verdict, exit_code
from verify.judge.parts import reach_of, settled_by, stated_by, theory_of, told, wordings_of
from verify.models.flow import Flow
from verify.process.exits import combine
from verify.process.files import cache_folder, keep, read_regular
from verify.process.versions import versions
from verify.process.written import SCHEMA_VERSION
from verify.theories.spoken import sentence_wire


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
    place = _place(claim, report.seed)
    steps = {name: o.steps for name, o in report.outcomes.items() if o.steps is not None}
    main, settled = report.certificate, None
    if theory_of(claim).by_steps:
        main = next(iter(steps.values()), None)
        settled = _together(claim, {n: stated_by(x.body, claim, n) for n, x in steps.items()})
    elif main is not None:
        settled = settled_by(main.body, claim)
    if main is not None and not report.exit and settled is report.verdict:
        keep(f"kernel-{place}.json", json.dumps({n: x.text for n, x in steps.items()}))
        keep(f"{place}.json", main.text)


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
    except (ValueError, RecursionError):
        return None
    if theory_of(claim).by_steps:
        texts = steps if isinstance(steps, dict) else {}
        same = [str(x).encode("utf-8", "backslashreplace") for x in texts.values()][:1]
        verdict = _together(claim, {n: _said(claim, n, x) for n, x in texts.items()})
        told = verdict is not None and same == [certificate]  # kept twice, under both names
        return _row(claim, verdict, {}, seed) if told and verdict else None
    row = row_from(certificate, claim, seed)
    refuted = row is not None and row["verdict"] == Verdict.REFUTED.name
    return row if row and _by_the_kernel(claim, steps, refuted, whole) else None


def _together(claim: Claim, found: Mapping[str, Verdict | None]) -> Verdict | None:
    """What certificates say of a claim that has one for each conclusion: a refutation of one, or a
    proof of each; nothing if one of them says nothing.
    """
    said = {*found.values()}
    if not found.keys() <= claim.concluding.keys() or None in said:
        return None
    if Verdict.REFUTED in said:
        return Verdict.REFUTED
    return Verdict.PROVED if found.keys() == claim.concluding.keys() else None


def stated_together(claim: Claim, texts: Iterable[str]) -> Verdict | None:
    """What certificates with steps, each of a conclusion of this claim, say of it when the kernel
    has read them again; None where one is refused, or states none of them.
    """
    found: dict[str, Verdict] = {}
    for text in texts:
        read = reread_steps(text.encode())
        said = {} if read.refusal else {n: stated_by(read.body, claim, n) for n in claim.concluding}
        mine = {name: verdict for name, verdict in said.items() if verdict is not None}
        if not mine:
            return None
        found |= mine
    return _together(claim, found)


def _by_the_kernel(claim: Claim, steps: Any, refuted: bool, whole: bool) -> bool:
    """Whether it accepts each of these texts again, and each states the conclusion of its name: by
    a proof, or where the claim is refuted by a witness. Of a whole result a conclusion without a
    text must be one that the kernel cannot be told: it may have steps today.
    """
    if not isinstance(steps, dict) or not steps.keys() <= claim.concluding.keys():
        return False
    if wordings_of(claim) is None:
        return not steps
    asked = [n for n, c in claim.concluding.items() if (whole and c.exact) or n in steps]
    return all(
        _said(claim, n, steps[n]) in ((Verdict.PROVED, Verdict.REFUTED)[: 1 + refuted])
        if n in steps
        else not any(True for _ in told(claim, n, refuted))
        for n in asked
    )


def _said(claim: Claim, name: str, text: Any) -> Verdict | None:
    """What a text says of the conclusion of this name, when the kernel has read it again; None
    where it is refused, or about another.
    """
    if not isinstance(text, str):
        return None
    try:
        found = reread_steps(text.encode())
    except UnicodeError:
        return None
    return None if found.refusal else stated_by(found.body, claim, name)


def row_from(content: bytes, claim: Claim, seed: int) -> dict[str, Any] | None:
    """What a certificate says of a claim; None where its reader refuses it, where it does not
    settle this claim, and where that is not as its author expects.
    """
    body = _read(content, claim)
    verdict = None if body is None else settled_by(body, claim)
    return None if verdict is None else _row(claim, verdict, body, seed)


def _row(claim: Claim, verdict: Verdict, body: Any, seed: int) -> dict[str, Any] | None:
    held = () if verdict is Verdict.REFUTED else tuple(claim.concluding)
    scopes = list(dict.fromkeys(reach_of(claim, name) for name in held))
    given = sorted({rule for name in held for rule in _given(claim, name, body)})
    row = summary(claim, verdict, scopes, given, seed)
    return None if row["exit"] else row


def _given(claim: Claim, name: str, body: Any) -> tuple[str, ...]:
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
    if claim.setting.kind == "declared" or theory_of(claim).by_steps:
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
