"""Actions: the printed model and counts, and certificates that were tampered with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any

from attack.actions import Statement, cases, holds
from attack.claims import Draw
from attack.reading import Unreadable, read, same
from attack.scalars import name
from attack.series import Undefined
from attack.trees import Tree, num, prod


def admits(draw: Draw, scope: str, stated: str, checked: str) -> list[str]:
    return [f"{draw.said['statement']}"]


def misprints(draw: Draw, report: Any, rng: Random) -> Iterator[str]:
    s: Statement = draw.said["statement"]
    try:
        why = model_differs(s, report.setting, rng)
    except Unreadable as problem:
        why = str(problem)
    if why:
        yield f"{report.setting!r}: {why}"
    text = report.outcomes["c"].sentence.conclusion.render()
    if s.kind == "law-count":
        m = re.search(r"dimension (\d+), of which (\d+) (?:is|are) functionally independent", text)
        if m is None or (int(m[1]), int(m[2])) != s.counts:
            yield f"{text!r}: the counts are {s.counts}"


def model_differs(s: Statement, text: str, rng: Random) -> str:
    m = re.search(r"phi\(([\w, ]+)\) = \((.*?)\)(?:, action of (.*))?$", text)
    if m is None:
        return "no model is printed"
    if tuple(m[1].split(", ")) != s.names:
        return f"coordinates {m[1]}, not {s.names}"
    shown = [read(x) for x in _parts(m[2])]
    if len(shown) != len(s.phi):
        return f"{len(shown)} polynomials, not {len(s.phi)}"
    for a, b in zip(s.phi, shown, strict=True):
        try:
            if not same(a, b, rng):
                return "phi reads as another one"
        except Undefined:
            continue
    wanted = "; ".join(
        "[" + ", ".join("[" + ", ".join(map(str, r)) + "]" for r in g) + "]" for g in s.generators
    )
    return "" if (m[3] or "") == wanted else f"the action is {wanted}, printed {m[3]}"


def _parts(text: str) -> list[str]:
    """Split at commas outside brackets."""
    found, depth = [""], 0
    for c in text:
        depth += (c == "(") - (c == ")")
        if c == "," and not depth:
            found.append("")
        else:
            found[-1] += c
    return found


def wrong(draw: Draw, body: dict, checked: str, rng: Random) -> str:
    """Only of models without groups of several blocks or permutations: those are drawn here."""
    if body["verdict"] != "PROVED" or any(c["blocks"] or c["permutations"] for c in body["cases"]):
        return ""
    for number, (names, phi, gens) in enumerate(cases(body)):
        for c in body["conclusions"].values():
            counts = (
                (c["forms"][number], c["independent"][number])
                if c["kind"] == "law-count"
                else (0, 0)
            )
            s = Statement(names, tuple(tree(p) for p in phi), tuple(gens), c["kind"], counts)
            if not holds(s):
                return f"false: {s}"
    return ""


def tree(p: dict) -> Tree:
    found: Tree = num(0)
    for key, c in p.items():
        found = ("+", found, prod(num(c), *(("^", name(x), n) for x, n in key)))
    return found
