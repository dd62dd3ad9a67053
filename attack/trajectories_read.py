"""Trajectories: the printed flow is the one that was followed, the printed start the one it was
followed from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

from attack.claims import Draw
from attack.reading import Unreadable, read, same
from attack.series import Undefined
from attack.trajectories import Statement, truth
from attack.trees import Tree


def admits(draw: Draw, scope: str, stated: str, checked: str) -> list[str]:
    return [draw.why]


def _term(text: str) -> Tree:
    return read(text.replace("*", " "))


def equations(text: str) -> dict[str, Tree]:
    """x' = .., d/dt x = .. and J = .. of a text; the last of each name."""
    found = {}
    for m in re.finditer(
        r"(?:d/dt (\w+)|(\w+)'|\b(J)) = ([^;,=\n]*?)(?= \(\d+ node|[;,\n]|$| from | and"
        r" (?=\w+' =))",
        text,
    ):
        try:
            found[m[1] or m[2] or m[3]] = _term(m[4])
        except Unreadable:
            continue
    return found


def flow_differs(s: Statement, text: str, rng: Random) -> str:
    """The printed flow is that of the program."""
    shown = equations(text)
    wanted = (
        {"J": s.flow.loss}
        if s.flow.loss and "J" in shown
        else dict(zip(s.flow.states, s.flow.field, strict=True))
    )
    for x, e in wanted.items():
        if x not in shown:
            return f"how {x} moves is not printed"
        try:
            if not same(e, shown[x], rng):  # type: ignore[arg-type]
                return f"{x} is printed with another rate"
        except Undefined:
            continue
    return ""


def misprints(draw: Draw, report: Any, rng: Random) -> Iterator[str]:
    certificate = report.certificate
    if certificate is not None and (
        m := re.search(r"from ((?:\w+ = [-\d/]+(?:, )?)+) at ", certificate.statement)
    ):
        printed = report.parameters["starts"].get("s", {})
        followed = dict(x.split(" = ") for x in m[1].split(", "))
        if {x: Fraction(v) for x, v in printed.items()} != {
            x: Fraction(v) for x, v in followed.items()
        }:
            yield f"printed start {printed}, followed from {followed}"
    if certificate is not None and "two-faced" in draw.said:
        shown, followed = equations(report.setting), equations(certificate.statement)
        if any(x in followed and not same(e, followed[x], rng) for x, e in shown.items()):
            yield f"printed {report.setting!r}, followed {certificate.statement!r}"
    if "statement" not in draw.said:
        return
    s: Statement = draw.said["statement"]
    printed = report.setting.partition("author's words")[0]
    if why := flow_differs(s, printed, rng):
        yield f"{report.setting!r}: {why}"
    quantity = re.search(r"\bq = ([^;]*)", printed)
    if quantity is None or not same(s.flow.quantity, _term(quantity[1]), rng):
        yield f"{report.setting!r}: the quantity is another one"
    text = report.outcomes["c"].sentence.conclusion.render()
    if f" {s.relation} {s.bound}," not in text:
        yield f"{text!r}: the bound is {s.relation} {s.bound}"


def wrong(draw: Draw, body: dict, checked: str, rng: Random) -> str:
    """Of a certificate about the same flow and quantity as one that was drawn: is its bound, over
    its times, the true one?
    """
    s = draw.said.get("statement")
    if s is None:
        return ""
    if flow_differs(s, checked, rng):
        return ""
    starts = re.findall(r"from ((?:\w+ = [-\d/]+(?:, )?)+) at t = 0", checked)
    wanted = ", ".join(f"{x} = {v}" for x, v in zip(s.flow.states, s.flow.start, strict=True))
    if starts != [wanted]:
        return ""
    for m in re.finditer(
        r"^ *(.+) ([<>]) ([-\d/]+) for all ([-\d/]+) <= t <= ([-\d/]+)", checked, re.M
    ):
        try:
            if not same(s.flow.quantity, _term(m[1]), rng):
                continue
        except (Unreadable, Undefined):
            continue
        claimed = replace(s, relation=m[2], bound=Fraction(m[3]), horizon=Fraction(m[5]))
        if Fraction(m[4]) == 0 and truth(claimed) is False:
            return f"false: {m[0].strip()}; {s}"
    return ""
