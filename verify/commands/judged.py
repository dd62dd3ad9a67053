"""One claim judged in a process of its own, under limits, for a caller that goes on: the pytest
plugin.
"""

from __future__ import annotations

import threading
import traceback
from typing import Any

import flint  # noqa: F401  # as the judge below before the fork: each child would load it again

from verify.claims.request import Request
from verify.commands.options import positive
from verify.commands.run import Run, carry_out
from verify.exact.errors import BadInput, EnginesDisagree
from verify.judge.chain import judge_chain
from verify.library.addresses import at_its_line
from verify.library.registry import Found
from verify.process.channel import part, send
from verify.process.limits import MOST_MEMORY, MOST_SECONDS, Limits, out_of_memory
from verify.report.failure import failure_text
from verify.report.scope import scopes
from verify.report.stated import whole


def judged(found: Found, seed: int, limits: Limits) -> dict[str, Any]:
    """The verdict with scope, statement and source, and under "failed" why it is not as expected;
    or what went wrong.

    Raises BadInput for what the claim's author has to mend, EnginesDisagree for a defect of ours.
    """
    name = found.claim.id
    if (
        threading.current_thread() is not threading.main_thread()
    ):  # no signals, so no child that could be stopped
        return _row(found, seed)

    def work(run: Run) -> int:
        if name not in run.rows:
            send("claim", {"claim": name})
            send("row", _row(found, seed))
        return 0

    row = carry_out(work, limits).rows.get(name, {"error": "its process ended without a word"})
    for kind in (BadInput, EnginesDisagree):
        if row.get("raised") == kind.__name__:
            raise kind(row["error"])
    if "error" in row:  # its options have names of their own here
        during = f"; it was at: {row['during']}" if row.get("during") else ""
        row = {
            **row,
            "error": f"{row['error']}{during}".replace("--seconds", "--verify-seconds").replace(
                "--memory", "--verify-memory"
            ),
        }
    return {
        "verdict": "UNDECIDED",
        "scope": "",
        "statement": whole(found.claim),
        "source": found.claim.source.text(),
        **row,
    }


def limits_of(config: Any) -> Limits:
    """Of pytest's command line, else of its ini file. Raises BadInput for what is no whole number
    from 1 on.
    """

    def given(name: str, most: int) -> int:
        found = config.getoption(f"--verify-{name}")
        return positive(
            f"verify_{name}", config.getini(f"verify_{name}") if found is None else str(found), most
        )

    return Limits(given("seconds", MOST_SECONDS), given("memory", MOST_MEMORY))


def _row(found: Found, seed: int) -> dict[str, Any]:
    own = {"claim": found.claim.id, "verdict": "UNDECIDED"}
    try:
        with at_its_line(found):
            report = judge_chain(found.claim, found.linkable(), Request(seed=seed), part)
    except Exception as error:
        if out_of_memory(error):
            return own | {"error": "out of memory: raise --memory"}
        if not isinstance(error, (BadInput, EnginesDisagree)):
            return own | {"error": "INTERNAL ERROR, please report it\n" + traceback.format_exc()}
        kind = BadInput if isinstance(error, BadInput) else EnginesDisagree
        return own | {"raised": kind.__name__, "error": str(error)}
    told = {"verdict": report.verdict.name, "scope": scopes(report), "source": report.source}
    return own | told | ({"failed": failure_text(report)} if report.exit else {})
