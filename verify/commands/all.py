"""``verify all``, the parent's side: every claim in its own killable process with its limits,
resumable, in a fixed order.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from verify.commands.outcome import outcome
from verify.commands.pages import check_folder, write_pages
from verify.commands.process import Child
from verify.commands.publish import publish, unanswered
from verify.commands.run import Run, carry_out, lost, unreached
from verify.commands.supervise import Supervisor
from verify.exact.errors import Stopped
from verify.process.deliver import one_line, say
from verify.process.exits import OK, USAGE, combine
from verify.process.limits import Limits
from verify.process.width import fitted
from verify.process.written import as_json
from verify.report.junit import as_junit
from verify.report.progress import bar


@dataclass(frozen=True)
class Order:
    """What is asked of every claim."""

    pattern: str
    limits: Limits
    seed: int
    fresh: bool
    workers: int
    html: Path | None = None


@dataclass
class Pool:
    """The claims that wait, those that run, and the rows of those that are done."""

    order: Order
    run: Run
    waiting: list[dict[str, Any]]
    advance: Callable[[str, str], None]
    running: dict[int, dict[str, Any]] = field(default_factory=dict)
    resumed: int = 0
    pages: list[dict[str, Any]] = field(default_factory=list)

    def work(self, supervisor: Supervisor) -> None:
        """Until every claim has a row. Raises Stopped after a signal."""
        while self.waiting or self.running:
            while (
                self.waiting and len(self.running) < self.order.workers and self._start(supervisor)
            ):
                pass
            for child in supervisor.ended():
                self._done(child, self.running.pop(child.pid))

    def _start(self, supervisor: Supervisor) -> bool:
        """False where the system gives no further process now; without any, the claim has no
        verdict.
        """
        outline = self.waiting.pop(0)
        if self.order.limits.left() <= 0:
            self._row(unreached(outline, self.order.limits))
            return True
        try:
            child = supervisor.start(
                lambda: _decide(self, outline["claim"]),
                self.order.limits,
                relayed=False,
                others=bool(self.waiting),
            )
        except OSError as error:
            if self.running:
                self.waiting.insert(0, outline)
            else:
                self._row(
                    {
                        **outline,
                        "verdict": "UNDECIDED",
                        "error": f"no process can be started: {error.strerror}",
                        "exit": 4,
                    }
                )
            return False
        self.running[child.pid] = outline
        return True

    def _done(self, child: Child, outline: dict[str, Any]) -> None:
        for kind, value in child.records:
            if kind == "left out":
                self.run.leave_out(*value)
            if kind == "row" and isinstance(value, dict) and value.get("claim") == outline["claim"]:
                self._row(value)
        if outline["claim"] in self.run.rows:
            return
        if child.code is not None:
            child.why = child.why or f"the process ended without a verdict{child.last_words()}"
        if child.loading and lost(self.run, child):
            self.waiting.insert(0, outline)
            return
        child.loading, child.claim = "", outline
        lost(self.run, child)
        self.advance(outline["claim"], "UNDECIDED")

    def _row(self, row: dict[str, Any]) -> None:
        resumed = row.pop("resumed", False)
        if "page" in row:
            self.pages.append({"claim": row["claim"], **row.pop("page")})
        self.resumed += resumed
        self.run.rows[row["claim"]] = row
        self.advance(row["claim"], row["verdict"] + (" (resumed)" if resumed else ""))


def _decide(pool: Pool, name: str) -> int:
    """In the child."""
    from verify.commands.decide import decide

    order = pool.order
    listed = [x["claim"] for x in pool.run.listed] if order.html is not None else None
    return decide(order.pattern, name, order.seed, order.fresh, pool.run.left_out, listed)


def decide_all(order: Order, form: str, output: Path | None) -> int:
    """Exit code of all claims together; 5 where none matches, 2 where a package of claims does not
    load.
    """
    if order.html is not None:
        check_folder("--html", order.html)
    began = time.perf_counter()
    run = carry_out(lambda run: _list(run, order), order.limits)
    if run.code != OK:
        nothing = [unanswered(order.pattern, run)]
        if form == "text":
            return run.code
        return publish(_rendered(nothing, form, False), form, output, [], run.code)
    if (
        len(run.listed) > 1
    ):  # our own code, and none of the claims: loaded here, and not in every child again
        import verify.commands.decide
        import verify.judge.decide  # noqa: F401
    with bar(len(run.listed)) as advance:
        pool = Pool(order, run, list(run.listed), advance)
        try:
            with Supervisor() as supervisor:
                pool.work(supervisor)
        except Stopped:
            say(_text(_in_order(run)))
            say(
                f"verify: {len(run.rows)} of {len(run.listed)} claims decided; the next run resumes"
                " from their certificates"
            )
            raise
    rows = _in_order(run) + run.slips
    missing = USAGE if run.left_out and order.pattern == "*" else OK
    code = combine([missing, *(r["exit"] for r in rows), _pages(pool, rows)])
    code = publish(_rendered(rows, form, output is None), form, output, rows, code)
    again = f", {pool.resumed} resumed: certificates read again" if pool.resumed else ""
    took = time.perf_counter() - began
    say(f"{len(rows)} claims{again}, seed {order.seed}, {took:.1f} s")
    for name in run.left_out:
        say(one_line(f"verify: not loaded: {name}"))
    return code


def _pages(pool: Pool, rows: list[dict[str, Any]]) -> int:
    """The folder of pages, where one is asked for; the code of what kept it from being written."""
    folder = pool.order.html
    if folder is None:
        return OK

    def write() -> int:
        made = {page["claim"]: page for page in pool.pages}
        count = write_pages("--html", folder, [{**r, **made.get(r["claim"], {})} for r in rows])
        say(f"verify: {count} pages written, to begin with {folder / 'index.html'}")
        return OK

    return outcome(write)


def _list(run: Run, order: Order) -> int:
    """In the child."""
    from verify.commands.decide import list_for_all

    return list_for_all(order.pattern, order.seed, run.left_out)


def _in_order(run: Run) -> list[dict[str, Any]]:
    """By id, whichever child ended first."""
    return [run.rows[x["claim"]] for x in run.listed if x["claim"] in run.rows]


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
