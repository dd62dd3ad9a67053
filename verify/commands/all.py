"""``verify all``: every claim in its own process, resumable, in a fixed order; as a table, JSON,
JUnit, or pages to browse.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from verify.commands.outcome import outcome
from verify.commands.pages import check_folder, write_pages
from verify.commands.pool import Order, Pool, decided, judging
from verify.commands.publish import publish, unanswered
from verify.commands.run import Run
from verify.exact.errors import BadInput
from verify.process.deliver import one_line, say
from verify.process.executors import check_executor
from verify.process.exits import OK, USAGE, combine
from verify.process.width import fitted
from verify.process.written import as_json
from verify.report.junit import as_junit
from verify.spelling.many import many

__all__ = ["Order", "decide_all"]


def decide_all(order: Order, form: str, output: Path | None) -> int:
    """Exit code of all claims together; 5 where none matches, 2 where a package of claims does not
    load.
    """
    check_executor(order.executor)
    if order.html is not None:
        if order.executor != "local":
            raise BadInput(
                f"--html beside --executor {order.executor}: pages are made where claims are"
                " judged; expected one of the two"
            )
        check_folder("--html", order.html)
    began = time.perf_counter()
    pool = decided(order, lambda run: _list(run, order), lambda pool: _text(pool.in_order()))
    run = pool.run
    if run.code != OK:
        nothing = [unanswered(order.pattern, run)]
        if form == "text":
            return run.code
        return publish(_rendered(nothing, form, False), form, output, [], run.code)
    rows = pool.in_order() + run.slips
    missing = USAGE if run.left_out and order.pattern == "*" else OK
    code = combine([missing, *(r["exit"] for r in rows), _pages(pool, rows)])
    code = publish(_rendered(rows, form, output is None), form, output, rows, code)
    again = f", {pool.resumed} resumed: certificates read again" if pool.resumed else ""
    if pool.sent:
        again += f", {len(pool.sent)} from workers: certificates read again"
    alone = len(pool.told) - len(pool.drawn)
    if alone:
        again += f", {alone} computed by workers at {order.executor} and not again here"
    if pool.drawn:
        again += f", {len(pool.drawn)} computed by workers at {order.executor} and again here"
    took = time.perf_counter() - began
    say(f"{many(len(rows), 'claim')}{again}, seed {order.seed}, {took:.1f} s")
    for name in run.left_out:
        say(one_line(f"verify: not loaded: {name}"))
    return code


def _pages(pool: Pool, rows: list[dict[str, Any]]) -> int:
    """The folder of pages, where one is asked for; the code of what kept it from being written."""
    folder = pool.order.html
    if folder is None:
        return OK

    def write() -> int:
        count = write_pages(
            "--html", folder, [{**r, **pool.pages.get(r["claim"], {})} for r in rows]
        )
        say(f"verify: {count} pages written, to begin with {folder / 'index.html'}")
        return OK

    return outcome(write)


def _list(run: Run, order: Order) -> int:
    """In the child."""
    stored = order.html is not None and not order.fresh
    return judging().list_for_all(order.pattern, order.seed, run.left_out, stored)


def _rendered(rows: list[dict[str, Any]], form: str, fits: bool) -> str:
    if form == "json":
        return as_json(rows)
    if form == "junit":
        return as_junit(rows)
    return fitted(_text(rows)) if fits else _text(rows)


def _text(rows: list[dict[str, Any]]) -> str:
    width = max((len(r["claim"]) for r in rows), default=0)
    lines = [one_line(_line(r, width)) for r in rows]
    counts: dict[str, int] = {}
    for r in rows:
        counts[r["verdict"]] = counts.get(r["verdict"], 0) + 1
    as_expected = sum(r["exit"] == 0 for r in rows)
    total = ", ".join(f"{n} {v}" for v, n in sorted(counts.items()))
    return "\n".join([*lines, f"{as_expected} of {len(rows)} as expected: {total}"]) + "\n"


def _trouble(r: dict[str, Any]) -> str:
    return r.get("error", "") + (f"; it was at: {r['during']}" if r.get("during") else "")


def _line(r: dict[str, Any], width: int) -> str:
    mark = "ok  " if r["exit"] == 0 else "BAD "
    detail = _trouble(r) or "; ".join(r.get("scope", ())) or "refuted by a witness"
    detail += f"; given {', '.join(r['given'])}" if r.get("given") else ""
    return f"{mark}{r['claim']:<{width}}  {r['verdict']:<10} {detail}"
