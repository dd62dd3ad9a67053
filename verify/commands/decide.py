"""``verify all``, the child's side: which claims there are, and one claim decided or resumed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from verify.claims.claim import Claim
from verify.claims.evidence import Report
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.commands.outcome import no_match, trouble
from verify.commands.received import REFUSED
from verify.commands.run import undecided
from verify.exact.errors import BadInput, Stopped
from verify.judge.resume import read_again, remember, remembered, row_of, summary
from verify.library.addresses import Chosen, at_its_line, choose, is_path
from verify.library.registry import Found, leave_out, matching
from verify.process.channel import part, send
from verify.process.exits import OK, UNSETTLED
from verify.report.stated import whole


def list_for_all(pattern: str, seed: int, left_out: dict[str, str], pages: bool = False) -> int:
    """What is known of each claim before it is decided; 5 where none matches. For ``pages`` also
    the rows, with their pages, of those that an earlier run has judged.
    """
    leave_out(left_out)
    chosen = _chosen(pattern)
    if not chosen.found and not chosen.slips:
        return no_match(pattern)
    send("listed", [summary(f.claim, Verdict.UNDECIDED, [], [], seed) for f in chosen.found])
    if is_path(pattern):
        send("addressed", {f.claim.id: f.address for f in chosen.found})
    send("slips", [{**slip.data(), "verdict": "REFUSED"} for slip in chosen.slips])
    if pages:
        from verify.commands.paged import send_known

        send_known(chosen.found, seed)
    return OK


def list_addresses(names: Sequence[str], left_out: dict[str, str]) -> int:
    """The claims of a list, each once, with all its names in the list. Raises BadInput where a name
    is no single claim, or where two files state different claims under one id.
    """
    leave_out(left_out)
    listed: dict[str, dict[str, Any]] = {}
    for name in dict.fromkeys(names):
        chosen = choose(name)
        if chosen.slips:
            raise BadInput(chosen.slips[0].text())
        if len(chosen.found) != 1:
            raise BadInput(f"{name}: {len(chosen.found)} claims; expected the name of one")
        found = chosen.found[0]
        own = {"address": found.address, "named": [name], "sentence": whole(found.claim)}
        known = listed.setdefault(
            found.claim.id, summary(found.claim, Verdict.UNDECIDED, [], [], 0) | own
        )
        if known["address"] != found.address:
            raise BadInput(
                f"{name}: the id {found.claim.id} is also {known['address']}; rename one of the two"
            )
        if name not in known["named"]:
            known["named"].append(name)
    send("listed", list(listed.values()))
    return OK


def _chosen(pattern: str, listed: bool = False) -> Chosen:
    return choose(pattern, listed) if is_path(pattern) else Chosen(tuple(matching(pattern)))


def decide(
    pattern: str,
    name: str,
    seed: int,
    fresh: bool,
    left_out: dict[str, str],
    pages: list[str] | None = None,
    elsewhere: bool = False,
    cards: bool = False,
) -> int:
    """The row of one claim: from its certificate of an earlier run, checked again, or from the
    judge, or left to workers elsewhere. With a page beside those of ``pages`` it is judged: a page
    says more than a certificate; ``cards``: of the page only what an index says is wanted.
    """
    found = _found(pattern, name, seed, left_out)
    claim = found.claim
    try:
        part(f"{name}: is it known from an earlier run?")
        known = None if fresh or pages is not None else remembered(claim, seed)
        if known is not None:
            send("row", {**known, "resumed": True})
            return OK
        if elsewhere:
            send("left", name)
            return OK
        from verify.judge.chain import judge_chain

        with at_its_line(found):
            report = judge_chain(claim, found.linkable(), Request(seed=seed), part)
    except (KeyboardInterrupt, Stopped):
        raise
    except BaseException as error:
        return _undecided(claim, seed, *trouble(error))
    remember(claim, report)
    _send(found, report, pages, cards)
    return report.exit


def read_sent(
    pattern: str, name: str, seed: int, left_out: dict[str, str], certificate: str, kernel: str
) -> int:
    """The row that a worker's certificate gives here, after its reader has accepted it, and the
    kernel what stands beside it. A claim with links is judged here: they are judged anew.
    """
    claim = _found(pattern, name, seed, left_out).claim
    if claim.links:
        return decide(pattern, name, seed, True, left_out)
    try:
        part(f"{name}: the certificate of a worker is read")
        files = [x.encode("utf-8", "backslashreplace") for x in (certificate, kernel)]
        row = read_again(claim, seed, *files, whole=False)
    except (KeyboardInterrupt, Stopped):
        raise
    except BaseException as error:
        return _undecided(claim, seed, *trouble(error))
    if row is None:
        return _undecided(claim, seed, REFUSED, UNSETTLED)
    send("row", row)
    return OK


def _found(pattern: str, name: str, seed: int, left_out: dict[str, str]) -> Found:
    """The claim that this process is for."""
    leave_out(left_out)
    found = next(f for f in _chosen(pattern, listed=True).found if f.claim.id == name)
    send("claim", summary(found.claim, Verdict.UNDECIDED, [], [], seed))
    return found


def _undecided(claim: Claim, seed: int, why: str, code: int) -> int:
    send("row", undecided(summary(claim, Verdict.UNDECIDED, [], [], seed), why, code))
    return code


def _send(found: Found, report: Report, pages: list[str] | None, cards: bool) -> None:
    row = row_of(found.claim, report)
    if pages is None:
        return send("row", row)
    from verify.commands.paged import send_with_page

    send_with_page(found, report, row, pages, cards)
