"""Diagonal networks: what was printed and certified, read back and compared with what was drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

from attack.claims import Draw
from attack.reading import Unreadable, read, same
from attack.series import Undefined
from attack.sums import KINDS, Statement, failures, told
from attack.trees import Tree, num, walk


def board(e: Tree) -> Tree:
    """As a reader at the blackboard builds it: indexed letters are names, q_i is |w_i|^(2/L)."""
    match e:
        case ("u" | "P", l, i):
            return ("name", f"{e[0]}_({l},{i})")
        case ("w" | "g", i):
            return ("name", f"{e[0]}_{i}")
        case ("q", i):
            return _root(i, num(1))
        case ("^", ("q", i), n):
            return _root(i, num(n))
        case ("pow", ("q", i), b):
            return _root(i, board(b))
        case ("J",):
            return ("name", "J")
        case ("const", x):
            return ("name", x)
        case ("sum", i, _, a):
            return ("sum", i, board(a))
    return (e[0], *(board(x) if isinstance(x, tuple) else x for x in e[1:]))


def _root(i: Any, e: Tree) -> Tree:
    return ("pow", ("name", f"|w_{i}|"), ("/", ("*", num(2), e), ("name", "L")))


def sentence(text: str) -> tuple[str, tuple]:
    """(kind, parts). Raises Unreadable."""
    if m := re.fullmatch(r"(.*) is constant for as long as the flow exists", text):
        return "conserved", (read(m[1]),)
    if m := re.fullmatch(r"(.*) at time t is e\^\((.*)\) times its value at time 0", text):
        return "linear", (read(m[1]), read(m[2]))
    if m := re.fullmatch(r"(.*)\(t\) = e\^\{(.*)\} *\\, *(\1)\(0\)", text):
        _closed(m[1], m[3], text)
        return "linear", (read(m[1]), read(m[2]))
    if m := re.fullmatch(r"(.*)\(t\) = (.*)\(0\)", text):
        _closed(m[1], m[2], text)
        return "conserved", (read(m[1]),)
    left, equal, right = text.partition(" = ")
    if not equal or " = " in right:
        raise Unreadable(f"{text!r}: no sentence of networks")
    return "equation", (read(left), read(right))


def _closed(one: str, other: str, text: str) -> None:
    """What "(t)" stands behind is one letter or stands in one pair of brackets."""
    inner = re.fullmatch(r"\\left\((.*)\\right\)|\((.*)\)", one)
    depth, fine = 0, bool(inner) or re.fullmatch(r"[A-Za-z]+(_\w|_\{[\w,]+\})?", one) is not None
    for c in (inner[1] or inner[2] or "") if inner else "":
        depth += (c == "(") - (c == ")")
        fine = fine and depth >= 0
    if one != other or not fine:
        raise Unreadable(f"{text!r}: what is at time t, and what at time 0?")


def differs(s: Statement, text: str, rng: Random) -> str:
    kind, parts = sentence(text)
    if kind != s.kind:
        return f"reads as {kind}, not {s.kind}"
    wanted = [board(e) for e in s.parts]
    if kind == "linear":
        wanted[1] = ("*", wanted[1], ("name", "t"))
    for a, b in zip(wanted, parts, strict=True):
        try:
            if not same(a, b, rng):
                return "reads as another term"
        except Undefined:
            continue
    return ""


def _checked(s: Statement, text: str, rng: Random) -> Iterator[str]:
    try:
        why = differs(s, text, rng)
    except Unreadable as problem:
        why = f"unreadable: {problem}"
    if why:
        yield f"{text!r}: {why}"


def misprints(draw: Draw, report: Any, rng: Random) -> Iterator[str]:
    s: Statement = draw.said["statement"]
    conclusion = report.outcomes["c"].sentence.conclusion
    yield from _checked(s, conclusion.render(), rng)
    yield from _checked(s, conclusion.latex(), rng)
    if ("kappa u_l" in report.setting) != s.decay or report.setting.startswith(
        "one descent step"
    ) != s.step:
        yield f"{report.setting!r}: decay {s.decay}, step {s.step}"


def admits(draw: Draw, scope: str, stated: str, checked: str) -> list[str]:
    depth, width = (
        re.search(r"every depth >= (\d+)", scope),
        re.search(r"every width >= (\d+)", scope),
    )
    least = (int(depth[1]) if depth else 1, int(width[1]) if width else 1)
    bad = [x for x in draw.said["bad"] if x[0].depth >= least[0] and x[0].width >= least[1]]
    return [f"false at {told(bad[0])}"] if bad else []


def decoded(e: Any) -> Tree:
    if isinstance(e, str):
        return num(Fraction(e))
    head, *args = e
    if head == "at":
        name, *indices = args
        if name not in KINDS:
            raise ValueError(name)
        return (name, *indices)
    if head == "loss":
        return ("J",)
    if head == "const":
        return ("const", args[0])
    if head == "^":
        base, exponent = map(decoded, args)
        whole = exponent[0] == "num" and exponent[1].denominator == 1
        return ("^", base, int(exponent[1])) if whole else ("pow", base, exponent)
    if head == "sum":
        return ("sum", args[0], args[1], decoded(args[2]))
    if head not in ("+", "*", "D", "next"):
        raise ValueError(head)
    found = decoded(args[0])
    if len(args) == 1:
        return (head, found)
    for x in args[1:]:
        found = (head, found, decoded(x))
    return found


def statement(body: dict, c: dict) -> Statement:
    """Raises ValueError for what is not drawn here."""
    own = body["setting"]
    kinds = {
        "conserved": ("conserved", "quantity"),
        "linear-law": ("linear", "quantity", "rate"),
        "equation": ("equation", "left", "right"),
    }
    kind, *keys = kinds[c["kind"]]
    given = []
    for h in body["assuming"]:
        if h["kind"] == "homogeneous":
            degree = decoded(h["degree"])
            if degree[0] != "num" or degree[1] not in (0, 1, 2, 3):
                raise ValueError("a degree that is not drawn here")
            given.append(f"euler {degree[1]}")
        else:
            given.append(
                {
                    "balanced": "balance",
                    "nonzero": "nonzero",
                    "depth-at-least": f"depth {h.get('bound')}",
                }[h["kind"]]
            )
    given += (
        [f"depth {own['least_depth']}"]
        if own["least_depth"] > 1 and not any(g.startswith("depth") for g in given)
        else []
    )
    parts = tuple(decoded(c[key]) for key in keys)
    return Statement(
        kind, parts, tuple(given), own["decay"] is not None, own["kind"] == "step", "mutant"
    )


def wrong(draw: Draw, body: dict, checked: str, rng: Random) -> str:
    if body["verdict"] != "PROVED":
        return ""
    for c in body["conclusions"].values():
        try:
            s = statement(body, c)
        except ValueError:
            continue
        numbers = [x[1:] for e in s.parts for x in walk(e) if x[0] in KINDS]
        width = max([i[-1] for i in numbers if isinstance(i[-1], int)], default=1)
        bad = [x for x in failures(s, rng, 9) if x[0].width >= width]
        if bad:
            return f"false at {told(bad[0])}"
    return ""
