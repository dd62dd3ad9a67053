"""One command, one child at a time: what is lost with a child is named, and another child goes on
with the rest.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from verify.commands.outcome import outcome
from verify.commands.process import Child, crashed
from verify.commands.supervise import Supervisor
from verify.process import channel
from verify.process.channel import is_ours, left_out
from verify.process.deliver import one_line, say
from verify.process.exits import INTERNAL, UNSETTLED, USAGE
from verify.process.limits import Limits


@dataclass
class Run:
    """What is known so far: the packages that do not load, the claims that are finished, text, and
    what was said of it.
    """

    left_out: dict[str, str] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    listed: list[dict[str, Any]] = field(default_factory=list)
    slips: list[dict[str, Any]] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)  # of claims of files
    text: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    code: int = INTERNAL
    cut: bool = False  # by a limit or an accident: text may be a part of what was to come

    def take(self, kind: str, value: Any) -> None:
        """One record of a child."""
        if kind == "text":
            self.text.append(value)
        elif kind == "row":
            slip = value["verdict"] is None
            self.rows[value["error"] if slip else value["claim"]] = value
        elif kind == "listed":
            self.listed = value
        elif kind == "addressed":
            self.addresses = value
        elif kind == "slips":
            self.slips = value
        elif kind == "say":
            self.say(value)
        elif kind == "left out":
            self.leave_out(*value)

    def say(self, text: str) -> None:
        """A line for people; it is the reason where there is no answer."""
        self.said.append(text.removeprefix("verify: "))
        say(text)

    def leave_out(self, name: str, why: str) -> None:
        if name not in self.left_out:
            self.left_out[name] = why
            self.say(left_out(name, why))

    def reason(self) -> str:
        """Why there is no answer."""
        return " ".join(self.said).removeprefix("UNDECIDED: ") or "no answer"

    def send(self, kind: str, value: Any) -> None:
        """As a channel, where there are no children: the same records."""
        self.take(kind, value)


Work = Callable[[Run], int]


def carry_out(work: Work, limits: Limits) -> Run:
    """Run ``work`` under limits until it has come to an end or nothing is left of it. Raises
    Stopped after a signal.
    """
    run = Run()
    if not hasattr(os, "fork"):
        channel.use(run)
        run.code = outcome(lambda: work(run))
        return run
    with Supervisor() as supervisor:
        while True:
            run.text.clear()
            ended = one(supervisor, lambda: work(run), limits, run)
            if ended.code is not None:
                run.code = ended.code
                return run
            if not lost(run, ended):
                return _closed(run, ended)


def one(supervisor: Supervisor, work: Callable[[], int], limits: Limits, run: Run) -> Child:
    """A child from its start to its end, its records taken as they come."""
    try:
        child = supervisor.start(work, limits)
    except OSError as error:
        run.say(f"verify: no process can be started: {error.strerror}")
        return Child(0, limits, -1, -1, -1, b"", False, code=UNSETTLED)
    while True:
        ended = list(supervisor.ended())
        for kind, value in child.records:
            run.take(kind, value)
        child.records.clear()
        if ended:
            return child


def lost(run: Run, ended: Child) -> bool:
    """Name what a child died of; whether another one can go on without it."""
    on_time = ended.limits.left() > 0
    if is_ours(ended.loading):  # without it no answer would be one: limits are too low
        return False
    if ended.loading and (on_time or ended.part.startswith("reading")):
        known = ended.loading in run.left_out
        run.leave_out(ended.loading, ended.why)
        return on_time and not known
    name = ended.claim.get("claim")
    if name is None or name in run.rows:
        return False
    row = undecided(ended.claim, ended.why, INTERNAL if crashed(ended) else UNSETTLED)
    run.rows[name] = row | {"during": ended.part}
    return on_time


def _closed(run: Run, ended: Child) -> Run:
    """After the last child: claims that it did not come to have a row as well, and the code."""
    for outline in run.listed:
        run.rows.setdefault(outline["claim"], unreached(outline, ended.limits))
    run.code, run.cut = INTERNAL if crashed(ended) else UNSETTLED, True
    row = run.rows.get(ended.claim.get("claim", ""), {})
    if row.get("unfinished"):  # decided, and its row says with which code it ends
        run.code = row["exit"]
    if ended.part.startswith("reading ") and not run.rows:
        run.code = USAGE  # as where the file itself cannot be used
    elif not run.rows or row.get("unfinished"):
        run.say(one_line(f"verify: UNDECIDED: {ended.why}; it was at: {ended.part}"))
    return run


def unreached(outline: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """The row of a claim whose turn never came."""
    return undecided(outline, f"not begun within {limits.seconds} s: raise --seconds")


def undecided(claim: dict[str, Any], why: str, code: int = UNSETTLED) -> dict[str, Any]:
    """The row of a claim that a limit or an accident left without a verdict."""
    return {**claim, "verdict": "UNDECIDED", "error": why, "exit": code}
