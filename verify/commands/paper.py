"""``verify paper``: the statements of a paper, each with the claims that say it; judged as
``verify all`` judges, and told in an auditor's words.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from verify.commands.pool import Order, Pool, decided, judging
from verify.commands.publish import publish, unanswered
from verify.commands.run import Run
from verify.exact.errors import BadInput
from verify.library.paper_file import Paper, papers_in
from verify.process.deliver import say
from verify.process.exits import OK, combine
from verify.process.files import same_file
from verify.process.written import as_json
from verify.report.junit import as_junit
from verify.report.pages import audit
from verify.report.pages.audit import Entry, Judged, entries
from verify.report.pages.audit_page import audit_page
from verify.report.pages.card import Card, card_of
from verify.report.screen import shown
from verify.spelling.many import many

__all__ = ["Order", "audit_papers"]

Audited = list[tuple[Paper, list[Entry]]]
NO_ROW = {"verdict": "UNDECIDED", "exit": 4}


def audit_papers(path: Path, order: Order, form: str, output: Path | None) -> int:
    """The exit code: as for the claims, 1 where one that is expected to hold is refuted, 4 where
    one is not decided.
    """
    papers = papers_in(path)
    for own in [p.file for p in papers] if output is not None else []:
        if output is not None and same_file(output, Path(own)):
            raise BadInput(f"--output {output}: it is the paper that is read; choose another file")
    began = time.perf_counter()
    names = [n for p in papers for s in p.statements for n in s.claims]
    pool = decided(order, lambda run: _list(run, names), lambda pool: _text(_audited(papers, pool)))
    if pool.run.code != OK:
        nothing = unanswered(str(path), pool.run)
        text = {"json": as_json(nothing), "junit": as_junit([nothing])}.get(form)
        code = pool.run.code
        return publish(text, form, output, [], code) if text else code
    found = _audited(papers, pool)
    code = combine([OK, *(r["exit"] for r in pool.in_order())])
    took = time.perf_counter() - began
    text = _rendered(found, pool, form, code)
    if form == "text":
        text += f"    exit {code}, seed {order.seed}\n"
    code = publish(text, form, output, pool.in_order(), code)
    say(f"{many(len(pool.run.rows), 'claim')}, seed {order.seed}, {took:.1f} s")
    return code


def _list(run: Run, names: Sequence[str]) -> int:
    """In the child."""
    return judging().list_addresses(names, run.left_out)


def _audited(papers: Sequence[Paper], pool: Pool) -> Audited:
    """Each name with its claim's row; one that was not reached is not decided."""
    cards = {name: card_of(page["card"]) for name, page in pool.pages.items()}
    found: dict[str, Judged] = {}
    for outline in pool.run.listed:
        claim = outline["claim"]
        row = pool.run.rows.get(claim, NO_ROW)
        found |= dict.fromkeys(outline["named"], _judged(outline, row, cards.get(claim)))
    return [(p, entries(p, found)) for p in papers]


def _judged(outline: dict[str, Any], row: dict[str, Any], card: Card | None) -> Judged:
    if card is not None and card.witness:
        scope = card.witness
    else:
        trouble = row.get("error", "")
        scope = "; ".join([*row.get("scope", ()), *([trouble] if trouble else [])]) or "no scope"
    return Judged(outline["address"], row["verdict"], outline["sentence"], scope, row["exit"], card)


def _text(found: Audited) -> str:
    return "\n".join(shown(audit.as_screen(p, e)).rstrip("\n") for p, e in found)


def _rendered(found: Audited, pool: Pool, form: str, code: int) -> str:
    if form == "json":
        data = [audit.as_data(p, e, code, pool.order.seed) for p, e in found]
        return as_json(data[0] if len(data) == 1 else data)
    if form == "junit":
        return as_junit(pool.in_order())
    if form == "html":
        return audit_page(found)
    if form == "csv":
        return audit.as_csv([e for _, es in found for e in es])
    if form == "latex":
        return "\n".join(audit.as_latex(p, e) for p, e in found)
    return _text(found)
