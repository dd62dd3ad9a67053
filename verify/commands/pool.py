"""Claims decided beside one another, the parent's side: every claim in its own killable process
with its limits, in a fixed order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from verify.commands.elsewhere import work_elsewhere
from verify.commands.process import Child
from verify.commands.received import confirmed
from verify.commands.run import Run, Work, carry_out, lost, unreached
from verify.commands.supervise import Supervisor
from verify.exact.errors import Stopped
from verify.process.deliver import say
from verify.process.exits import OK, UNSETTLED
from verify.process.limits import Limits
from verify.report.progress import bar
from verify.spelling.many import many


@dataclass(frozen=True)
class Order:
    """What is asked of every claim."""

    pattern: str
    limits: Limits
    seed: int
    fresh: bool
    workers: int
    html: Path | None = None
    cards: bool = False  # of each claim, for a table that says more than its row
    executor: str = "local"


@dataclass
class Pool:
    """The claims that wait, those that run, and the rows of those that are done."""

    order: Order
    run: Run
    waiting: list[dict[str, Any]]
    advance: Callable[[str, str], None]
    running: dict[int, dict[str, Any]] = field(default_factory=dict)
    resumed: int = 0
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    elsewhere: bool = False  # what is not known from earlier runs is left to others
    left: list[dict[str, Any]] = field(default_factory=list)
    sent: dict[str, tuple[str, str]] = field(
        default_factory=dict
    )  # by workers: certificates to be read here
    told: dict[str, dict[str, Any]] = field(default_factory=dict)  # rows on a worker's word
    drawn: list[str] = field(default_factory=list)  # those of them that are judged here as well

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
            self.take(unreached(outline, self.order.limits))
            return True
        try:
            child = supervisor.start(
                lambda: _decide(self, outline),
                self.order.limits,
                relayed=False,
                others=bool(self.waiting),
            )
        except OSError as error:
            if self.running:
                self.waiting.insert(0, outline)
            else:
                self.take(
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
            if kind == "left":
                self.left.append(outline)
                return
            if kind == "row" and isinstance(value, dict) and value.get("claim") == outline["claim"]:
                self.take(value)
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

    def take(self, row: dict[str, Any], by: str = "") -> None:
        """The row of a claim, and who found it; a second one takes the place of the first."""
        resumed, again = row.pop("resumed", False), row["claim"] in self.run.rows
        if again and row["claim"] in self.drawn:
            if row["verdict"] == "UNDECIDED" and row["exit"] == UNSETTLED:
                self.drawn.remove(row["claim"])  # a limit of ours says nothing against a worker
                return
            row = confirmed(row, self.told[row["claim"]], self.order.executor)
        if "page" in row:
            self.pages[row["claim"]] = row.pop("page")
        self.resumed += resumed
        self.run.rows[row["claim"]] = row
        if again or row["claim"] in self.sent:  # with its picture, or what a worker's comes to
            return
        self.advance(row["claim"], row["verdict"] + (" (resumed)" if resumed else by))

    def in_order(self) -> list[dict[str, Any]]:
        """As they were listed, whichever child ended first."""
        return [self.run.rows[x["claim"]] for x in self.run.listed if x["claim"] in self.run.rows]


def judging() -> ModuleType:
    """What a child does, ``verify.commands.decide``: loaded where claims are loaded."""
    import verify.commands.decide as found

    return found


def _decide(pool: Pool, outline: dict[str, Any]) -> int:
    """In the child. A claim of a list of addresses is found by its own."""
    order = pool.order
    if outline["claim"] in pool.sent:
        sent, left_out = pool.sent[outline["claim"]], pool.run.left_out
        return judging().read_sent(order.pattern, outline["claim"], order.seed, left_out, *sent)
    paged = order.html is not None or order.cards
    listed = [x["claim"] for x in pool.run.listed] if paged else None
    where = outline.get("address", order.pattern)
    name, seed, left_out = outline["claim"], order.seed, pool.run.left_out
    more = (pool.elsewhere, order.cards)
    return judging().decide(where, name, seed, order.fresh, left_out, listed, *more)


def _so_far(pool: Pool, told: Callable[[Pool], str]) -> str:
    """What there is when a signal ends the run."""
    done, listed = len(pool.run.rows), many(len(pool.run.listed), "claim")
    if not done:
        sent = pool.order.executor != "local"
        more = "; the next run resumes from what workers sent" if sent else ""
        return f"verify: nothing was decided of {listed}{more}"
    return (
        f"{told(pool)}\nverify: {done} of {listed} decided; the next run resumes from certificates"
    )


def decided(order: Order, listing: Work, told: Callable[[Pool], str]) -> Pool:
    """What ``listing`` sends in a child, each claim decided; nothing where it fails, and the run's
    code says how. After a signal what there is is ``told``.
    """
    run = carry_out(listing, order.limits)
    known, run.rows = run.rows, {}  # that earlier runs have decided
    waiting = [x for x in run.listed if x["claim"] not in known]
    pool = Pool(order, run, waiting, lambda name, verdict: None)
    if run.code != OK:
        return pool
    if (
        len(run.listed) > 1
    ):  # our own code, and none of the claims: loaded here, and not in every child again
        judging()
        import verify.judge.decide  # noqa: F401
    with bar(len(run.listed)) as pool.advance:
        try:
            for row in known.values():
                pool.take(row)
            with Supervisor() as supervisor:
                if order.executor != "local":
                    work_elsewhere(pool, supervisor)
                pool.work(supervisor)
        except Stopped:
            say(_so_far(pool, told))
            raise
    return pool
