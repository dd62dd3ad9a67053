"""The same flow as a notebook runs it, in double precision: what ``Contrast`` measures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.claims.evidence import Followed, Measured, Outcome
from verify.claims.experiments.contrast import Contrast
from verify.claims.request import Request
from verify.exact.numbers import short
from verify.integrate.base import FlowStopped
from verify.integrate.evaluate import ends, value
from verify.integrate.notebook import notebook
from verify.models.trajectories import Trajectories
from verify.spelling.called import called, in_quotes

SAMPLES = 64


def along(
    e: Contrast,
    outcomes: Mapping[str, Outcome],
    setting: Trajectories,
    followed: list[Followed],
    request: Request,
) -> list[Measured]:
    conclusion = outcomes[e.conclusion].sentence.conclusion
    return [_judge(e, conclusion, f) for f in followed if f.decided[e.conclusion].holds]


def _judge(e: Contrast, conclusion: Any, f: Followed) -> Measured:
    assert f.enclosure is not None
    who = f"doubles ({e.method}, tolerance 1e-{e.digits}) from {in_quotes(f.label)}"
    try:
        run = notebook(f.system, f.enclosure.times[-1], 10.0**-e.digits, e.method, SAMPLES)
    except FlowStopped as end:
        return Measured(e.kind, e.conclusion, "inconclusive", f"{who}: {end}")
    for time, x in reversed(run):
        low, high = ends(value(f.system, f.system.quantities[conclusion.quantity], x, time))
        if time > conclusion.after and conclusion.holds(low, high) is False:
            said = f"{called(conclusion.quantity)} = {short(low)} at clock {float(time):.4g}"
            text = f"near miss, {who}: {said}; rejected, the enclosure excludes it"
            return Measured(
                e.kind, e.conclusion, "agrees", text, {"clock": str(time), "double": short(low)}
            )
    text = f"{who} keeps {called(conclusion.quantity)} {conclusion.relation} {conclusion.bound}"
    return Measured(e.kind, e.conclusion, "inconclusive", text)
