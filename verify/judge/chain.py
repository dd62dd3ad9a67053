"""The exact links of a limit: claims that a claim names in ``links`` are judged in the same run.

A limit is a chain of an identity, feasibility, uniqueness and the limit. What is exact holds where
the limit is only measured, and stands with its own verdict; a link that is not PROVED fails the
chain, and so does a link of a link.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from verify.claims.claim import Claim
from verify.claims.evidence import Linked, Report
from verify.claims.request import Request
from verify.claims.verdict import Verdict, exit_code
from verify.exact.errors import BadInput
from verify.judge.decide import judge, settle
from verify.process.exits import UNSETTLED, combine
from verify.theories.protocol import Progress

Kept = dict[tuple[str, int, bool], tuple[Claim, Linked]]  # links that a run has judged


def judge_chain(
    claim: Claim,
    known: Mapping[str, Claim],
    request: Request,
    progress: Progress = lambda text: None,
    kept: Kept | None = None,
) -> Report:
    """``judge``, and each link of the claim after it. Raises as ``judge``, and BadInput where the
    links go round in a circle.
    """
    _below(claim, known)  # before anything is judged
    return chained(claim, judge(claim, request, progress), known, request, progress, kept)


def chained(
    claim: Claim,
    report: Report,
    known: Mapping[str, Claim],
    request: Request,
    progress: Progress = lambda text: None,
    kept: Kept | None = None,
) -> Report:
    """The report with each link of its claim, and each link of these, decided in this run (which
    has ``kept`` those of earlier claims); exit codes combined. Raises as ``settle``, and BadInput
    for a circle.
    """
    below = _below(claim, known)
    asked = Request(seed=request.seed, cited=request.cited)
    kept = {} if kept is None else kept
    links = []
    for n, (name, (by, link)) in enumerate(below.items(), 1):
        told = lambda text, n=n: progress(f"link {n} of {len(below)}: {text}")
        links.append(replace(_once(name, link, asked, told, kept), by=by))
    return replace(
        report, links=tuple(links), exit=combine([report.exit, *(x.exit for x in links)])
    )


def _below(claim: Claim, known: Mapping[str, Claim]) -> dict[str, tuple[str, Claim | None]]:
    """All that a chain rests on: each claim once, after the first one that names it, with that
    one's id. Raises BadInput for a circle.
    """
    found: dict[str, tuple[str, Claim | None]] = {}
    path = {claim.id: iter(claim.links)}
    while path:
        by = next(reversed(path))
        name = next(path[by], None)
        if name is None:
            del path[by]
            continue
        link = known.get(name)
        name = name if link is None else link.id
        if name in path:
            raise BadInput(f"claim {claim.id}: {_circle([*path], name)}")
        if name not in found:
            found[name] = by, link
            path |= {} if link is None else {name: iter(link.links)}
    return found


def _circle(path: list[str], name: str) -> str:
    way = [*path[path.index(name) :], name]
    way = way if len(way) <= MOST_NAMED else [*way[: MOST_NAMED - 2], "...", *way[-2:]]
    return f"its links go round in a circle: {', '.join(way)}; a link rests on none that needs it"


def _once(name: str, claim: Claim | None, asked: Request, progress: Progress, kept: Kept) -> Linked:
    key = (name, asked.seed, asked.cited)
    before = kept.get(key)
    if claim is None:
        why = "no claim of this name is installed"
        return Linked(name, "", Verdict.UNDECIDED, why, UNSETTLED)
    if before is None or before[0] is not claim:
        before = kept[key] = claim, _link(claim, asked, progress)
    return before[1]


def _link(claim: Claim, asked: Request, progress: Progress) -> Linked:
    found = settle(claim, asked, progress)
    given = f"If {' and '.join(h.prose() for h in claim.assuming)}: " if claim.assuming else ""
    statement = given + "; ".join(o.stated for o in found.outcomes.values())
    reasons = "; ".join(dict.fromkeys(o.reason for o in found.outcomes.values()))
    code = exit_code(found.verdict, Verdict.PROVED)  # whatever its author expects
    return Linked(claim.id, statement, found.verdict, reasons if code else "", code)


MOST_NAMED = 9  # claims of a circle
