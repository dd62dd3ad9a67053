"""Formulas: what was printed and certified, read back and compared with what was drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

from attack.claims import Draw
from attack.reading import Unreadable, constant, read, same
from attack.scalars import Along, Setting, State, name
from attack.series import Undefined
from attack.towers import Statement, failures, holds
from attack.towers_steps import Read, Unread
from attack.trees import Tree, num, prod

_RELATION = re.compile(r"\s*(>=|<=|!=|=|>|<)\s*0$")
_KINDS = {
    "equals": ("left", "right"),
    "constant": ("quantity",),
    "rate-law": ("quantity", "rate"),
    "sign": ("quantity",),
}


# --- scopes
# --------------------------------------------------------------------------------------------------


def conditions(scope: str) -> list[tuple[Tree, str, bool]]:
    """(term, relation to 0, must it hold) from "excluded: E = 0, F <= 0" and "while E > 0 and F !=
    0".
    """
    found = []
    for part in re.findall(r"excluded:\s*((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)", scope):
        found += [(*_relation(x), False) for x in part.split(", ")]
    for rest in re.split(r"\b(?:while|where) ", scope)[1:]:
        while m := re.match(r"([^;:]+?) (>=|>|!=|<=|<|=) 0(?![\w/(^])( and )?", rest):
            found.append((*_relation(f"{m[1]} {m[2]} 0"), True))
            rest = rest[m.end() :] if m[3] else ""
    return found


def _relation(text: str) -> tuple[Tree, str]:
    m = _RELATION.search(text)
    if m is None:
        raise Unreadable(f"{text!r}: expected a term compared with 0")
    return read(text[: m.start()]), m.group(1)


def inside(at: Along, scope: list[tuple[Tree, str, bool]]) -> bool:
    """Does the printed scope admit this state? A condition that cannot be evaluated there excludes
    it.
    """
    for term, relation, wanted in scope:
        try:
            v = at.value(_whole_powers(term))[0]
        except (Undefined, KeyError, ZeroDivisionError):
            return False
        true = {">": v > 0, ">=": v >= 0, "!=": v != 0, "=": v == 0, "<": v < 0, "<=": v <= 0}[
            relation
        ]
        if true is not wanted:
            return False
    return True


def _whole_powers(e: Tree) -> Tree:
    if e[0] == "pow":
        raise Undefined("a power in a scope")
    return e


def admits(draw: Draw, scope: str, stated: str, checked: str) -> list[str]:
    """False states that the printed scope does not exclude."""
    printed = conditions(scope + " " + stated)
    bad = next((at for at in draw.said["bad"] if inside(at, printed)), None)
    if bad is None:
        return []
    still = f"{', '.join(sorted(bad.state.still))} stays 0" if bad.state.still else "there"
    where = ", ".join(f"{x} = {v}" for x, v in bad.state.letters.items())
    return [f"false at {where} ({'at rest' if bad.rest else still})"]


# --- printed forms
# --------------------------------------------------------------------------------------------------


def sentence(text: str) -> tuple[str, tuple]:
    """(kind, parts) of one printed conclusion, in words of the screen or of the reader. Raises
    Unreadable.
    """
    text = re.sub(r" (?:while|where) .*$", "", text)
    if m := re.fullmatch(r"(.*) is constant along the flow", text):
        return "constant", (read(m[1]),)
    if m := re.fullmatch(r"(.*) at time t is e\^\((.*)\) times its value at time 0", text):
        return "rate", (read(m[1]), read(m[2]))
    if m := re.fullmatch(r"(.*) = e\^\((.*)\) times its start", text):
        return "rate", (read(m[1]), read(m[2]))
    if m := _RELATION.search(text):
        if m[1] != "=":
            return "sign", (read(text[: m.start()]), m[1])
    left, equal, right = text.rpartition(" = ")
    if not equal:
        raise Unreadable(f"{text!r}: no sentence of formulas")
    return "equals", (read(left), read(right))


def latex_sentence(text: str) -> tuple[str, tuple]:
    if m := re.fullmatch(r"\\frac\{d\}\{dt\}\\left\((.*)\\right\) = 0", text):
        return "constant", (read(m[1]),)
    if m := re.fullmatch(r"(.*)\(t\) = e\^\{(.*)\} *\\, *(\1)\(0\)", text):
        if not _atomic(m[1]):
            raise Unreadable(f"{text!r}: what is at time t, and what at time 0?")
        return "rate", (read(m[1]), read(m[2]))
    if m := re.fullmatch(r"(.*) (>|\\ge|\\neq?) 0", text):
        return "sign", (read(m[1]), {">": ">", "\\ge": ">=", "\\neq": "!=", "\\ne": "!="}[m[2]])
    left, _, right = text.rpartition(" = ")
    return "equals", (read(left), read(right))


def _atomic(text: str) -> bool:
    """One letter, or something in one pair of brackets."""
    if re.fullmatch(r"\\?[A-Za-z]\w*", text):
        return True
    inner = re.fullmatch(r"\\left\((.*)\\right\)|\((.*)\)", text)
    depth = 0
    for c in (inner[1] or inner[2] or "") if inner else "":
        depth += (c == "(") - (c == ")")
        if depth < 0:
            return False
    return bool(inner)


def differs(s: Statement, said: tuple[str, tuple], rng: Random) -> str:
    """Why this is not the statement, or nothing."""
    kind, parts = said
    if (
        kind == "constant"
        and s.kind == "equals"
        and s.parts[0][0] == "D"
        and same(s.parts[1], num(0), rng)
    ):
        kind, parts = "equals", (("D", parts[0]), num(0))  # in LaTeX both are written so
    if kind == "equals" and s.kind == "constant" and len(parts) == 2 and parts[1] == num(0):
        kind, parts = "constant", parts[:1]
    if kind != s.kind:
        return f"reads as {kind}, not {s.kind}"
    wanted: list[Any] = list(s.parts)
    if kind == "rate":
        wanted[1] = prod(s.parts[1], name("t"))
    for a, b in zip(wanted, parts, strict=True):
        if not isinstance(a, tuple):
            if a != b:
                return f"{b} for {a}"
            continue
        try:
            if not same(a, b, rng):
                return "reads as another term"
        except Undefined:
            continue
    return ""


def letters(text: str) -> dict[str, str]:
    """Letters with their signs, as people read a list: "x, y > 0, z" says of x and y that they are
    positive. Nothing where it is no list.
    """
    found: dict[str, str] = {}
    waiting: list[str] = []
    for part in text.split(", "):
        if (m := re.fullmatch(r"(\w+)(?: (>|>=|!=) 0)?", part)) is None:
            return {}
        waiting.append(m[1])
        if m[2]:
            found |= dict.fromkeys(waiting, m[2])
            waiting = []
    return found | dict.fromkeys(waiting, "")


def setting_differs(s: Setting, text: str, rng: Random) -> str:
    """The printed letters, atoms and rates. What else the line says is not looked at."""
    parts = text.split("; ")
    if not any(letters(p.removeprefix("for ")) == dict(s.letters) for p in parts):
        return f"letters {dict(s.letters)!r} are not printed"
    shown = dict(
        re.sub(r" where .*$", "", p).split(" = ", 1) for p in parts if re.match(r"\w+'? = ", p)
    )
    for kind, x, of, extra in s.atoms:
        wanted: Tree = {
            "root": lambda of=of, extra=extra: ("pow", of, ("/", num(1), num(extra))),
            "power": lambda of=of, extra=extra: ("pow", of, extra),
            "exp": lambda of=of: ("exp", of),
            "let": lambda of=of: of,
        }[kind]()
        if why := _term_differs(x, wanted, shown, rng):
            return why
    for x, e in s.rates.items():
        if why := _term_differs(x + "'", e, shown, rng):
            return why
    return ""


def _term_differs(x: str, wanted: Tree, shown: dict[str, str], rng: Random) -> str:
    if x not in shown:
        return f"{x} is not printed"
    found = read(shown[x])
    if wanted[0] == "pow" and (e := constant(wanted[2])) is not None and e.denominator == 1:
        wanted = ("^", wanted[1], int(e))
    try:
        return "" if same(wanted, found, rng) else f"{x} = {shown[x]} reads as another term"
    except Undefined:
        return ""


def misprints(draw: Draw, report: Any, rng: Random) -> Iterator[str]:
    s: Statement = draw.said["statement"]
    conclusion = report.outcomes["c"].sentence.conclusion
    text = conclusion.render()
    yield from _checked(lambda: differs(s, sentence(text), rng), text)
    yield from _checked(
        lambda: differs(s, latex_sentence(conclusion.latex()), rng), conclusion.latex()
    )
    yield from _checked(lambda: setting_differs(s.setting, report.setting, rng), report.setting)
    given = f"If {' and '.join(h[1] for h in report.hypotheses)}: " if report.hypotheses else ""
    if not re.fullmatch(re.escape(given + text) + r"( (while|where) .*)?", report.statement):
        yield f"{report.statement!r} is not {given + text!r}"
    for (_, prose, _), (_, e, sign) in zip(report.hypotheses, s.given, strict=True):
        yield from _checked(
            lambda p=prose, e=e, z=sign: differs(
                Statement(s.setting, "sign", (e, z)), sentence(p), rng
            ),
            prose,
        )


def _checked(ask: Any, text: str) -> Iterator[str]:
    try:
        why = ask()
    except Unreadable as problem:
        why = str(problem)
    if why:
        yield f"{text!r}: {why}"


# --- certificates
# --------------------------------------------------------------------------------------------------


def wrong(draw: Draw, body: dict, checked: str, rng: Random) -> str:
    """Why the kernel should not have accepted this certificate; "" where nothing is wrong, or it is
    not read here.
    """
    try:
        found = Read(body)
        for s in found.statements(body):
            why = _holds_at(s, found, body) if "witness" in body else _false(s, found, rng)
            if why:
                return why
    except Unread:
        pass
    return ""


def _false(s: Statement, found: Read, rng: Random) -> str:
    """Signs that it supposes of names and roots hold where it is false."""
    bad, _ = failures(s, rng)
    at = next((at for at in bad if inside(at, found.conditions)), None)
    return "" if at is None else f"false at {at.state}"


def _holds_at(s: Statement, found: Read, body: dict) -> str:
    letters = found.point(body["witness"]["values"])
    exps = {a[1]: Fraction(3) for a in s.setting.atoms}
    try:
        at = Along(s.setting, State(letters, exps))
        if inside(at, found.conditions) and holds(s, at):
            return f"it holds at the witness {body['witness']['values']}"
    except (Undefined, KeyError, ZeroDivisionError):
        pass
    return ""
