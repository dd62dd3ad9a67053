"""Matrices: what was printed and certified, read back and compared with what was drawn, by values
at free matrices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

from attack.claims import Draw
from attack.matrices import Misfit, gauss, is_zero, of
from attack.reading import Unreadable
from attack.series import Undefined
from attack.trees import Tree, num
from attack.words import RUNS, Place, Setting, uses, walk
from attack.words_draw import told
from attack.words_parse import plain, read
from attack.words_same import same
from attack.words_statement import Statement, failures, gaps


def sentence(text: str, own: Setting) -> tuple[str, tuple, tuple[int, int] | None]:
    """(kind, parts, range of k). Raises Unreadable."""
    where = None
    if m := re.search(r",? (?:\\quad )?(?:for )?k = (-?\d+)(?:\.\.|, \\dots, )N([+-]\d+)?$", text):
        where, text = (int(m[1]), -int(m[2] or 0)), text[: m.start()]
    if re.search(r"[\\{}]", text):
        text = plain(text)
    if m := re.fullmatch(
        r"(.*) (?:is constant for as long as the flow exists|does not change|is constant)", text
    ):
        return "unchanged", (read(m[1], own),), where
    if m := re.fullmatch(r"(.*)\(t\) = (.*)\(0\) +e\^\((?:(-?)|(.*) )t\)", text):
        if not _closed(m[1]) or m[1] != m[2]:
            raise Unreadable(f"{text!r}: what is at time t, and what at time 0?")
        rate = m[4] if m[4] is not None else f"{m[3]}1"  # e^(t), e^(-t)
        return "decays", (read(m[1], own), read(rate, own)), where
    if m := re.fullmatch(r"(.*)\(t\) = (.*)\(0\)", text):
        if not _closed(m[1]) or m[1] != m[2]:
            raise Unreadable(f"{text!r}: what is at time t, and what at time 0?")
        return "unchanged", (read(m[1], own),), where
    left, equal, right = _split(text)
    if not equal:
        raise Unreadable(f"{text!r}: no sentence")
    return "identity", (read(left, own), read(right, own)), where


def _split(text: str) -> tuple[str, str, str]:
    """At the one sign of equality that stands outside brackets."""
    depth = 0
    for n, c in enumerate(text):
        depth += (c in "([{") - (c in ")]}")
        if c == "=" and not depth and text[n - 1 : n + 2] == " = ":
            return text[: n - 1], "=", text[n + 2 :]
    return text, "", ""


def _closed(text: str) -> bool:
    """One letter, bars, or something in one pair of brackets: "(t)" behind it belongs to all of
    it.
    """
    if re.fullmatch(r"[A-Za-z]+\d*(_\w+|_\([^()]*\))?(\*|\^T)?|\|\|[^|]*\|\|\^2|<[^<>]*>", text):
        return True
    depth = 0
    body = re.sub(r"^(Re Tr)?\(|^\(w_\w+\)_|^H_\w+\(", "(", text, count=1)
    for n, c in enumerate(body):
        depth += (c == "(") - (c == ")")
        if depth <= 0 and not re.fullmatch(r"(\*|\^T|\^\w+)?", body[n + 1 :]):
            return False
    return body.startswith("(")


def differs(s: Statement, text: str, rng: Random) -> str:
    kind, parts, where = sentence(text, s.setting)
    if kind != s.kind:
        return f"reads as {kind}, not {s.kind}"
    indexed = any(uses(e, "k") for e in s.parts)
    if indexed and where != (s.first, s.less):
        return f"k runs over {where}, not {(s.first, s.less)}"
    for a, b in zip(s.parts, parts, strict=True):
        if not same(a, b, s.setting, rng):
            return "reads as another term"
    return ""


def setting_differs(s: Statement, text: str, rng: Random) -> str:
    """Prescribed rates, and that every family whose ends are zero is said to be so."""
    own = s.setting
    parts = text.split("; ")
    if own.motion.startswith("Prescribed"):
        shown = {m[1]: m[2] for p in parts if (m := re.match(r"([A-Za-z]+?)(?:_k)?' = (.*)", p))}
        runs = {x[0]: x[3] for x in own.letters}
        for x, e in own.rates.items():
            if x not in shown:
                return f"{x}' is not printed"
            if where := re.search(r" for k = (-?\d+)\.\.N([+-]\d+)?", shown[x]):
                if (int(where[1]), -int(where[2] or 0)) != RUNS.get(runs[x]):
                    return f"{x}' is said for {where[0]}"
            found = re.sub(r" for .*$", "", shown[x])
            if not same(e, read(found, own), own, rng):
                return f"{x}' = {found} reads as another rate"
    for x, _, _, run, form in own.letters:
        if run == "inner" and not re.search(rf"\b{x}_0 = {x}_N = 0", text):
            return f"nothing says that {x} is zero at its ends"
        if form == "hermitian" and f"{x} Hermitian" not in text:
            return f"nothing says that {x} is Hermitian"
    return ""


def _checked(ask: Any, text: str) -> Iterator[str]:
    try:
        why = ask()
    except Unreadable as problem:
        why = f"unreadable: {problem}"
    if why:
        yield f"{text!r}: {why}"


def misprints(draw: Draw, report: Any, rng: Random) -> Iterator[str]:
    s: Statement = draw.said["statement"]
    conclusion = report.outcomes["c"].sentence.conclusion
    for text in (conclusion.render(), conclusion.latex()):
        yield from _checked(lambda text=text: differs(s, text, rng), text)
    yield from _checked(lambda: setting_differs(s, report.setting, rng), report.setting)
    given = f"If {' and '.join(h[1] for h in report.hypotheses)}: " if report.hypotheses else ""
    if report.statement != given + conclusion.render():
        yield f"{report.statement!r} is not {given + conclusion.render()!r}"
    for (_, prose, when), (_, equations, wanted) in zip(report.hypotheses, s.given, strict=True):
        if when != {"start": "at the start", "always": "always"}[wanted]:
            yield f"{prose!r} [{when}]: it was stated {wanted}"
        for text, (left, right, first, less) in zip(
            prose.partition(": ")[2].split("; "), equations, strict=True
        ):
            own = Statement(s.setting, "identity", (left, right), first, less)
            yield from _checked(lambda own=own, text=text: differs(own, text, rng), text)


def admits(draw: Draw, scope: str, stated: str, checked: str) -> list[str]:
    """False places; a scope about matrices excludes only small depths."""
    least = re.search(r"every depth >= (\d+)", scope)
    bad = [x for x in draw.said["bad"] if least is None or x[0].depth >= int(least[1])]
    return [f"false at {told(bad[0])}"] if bad else []


# --- certificates
# --------------------------------------------------------------------------------------------------


def decoded(e: list) -> Tree:
    head, *args = e
    if head == "num":
        return num(Fraction(args[0]))
    if head in ("const", "loss"):
        return (head, *args)
    if head in ("letter", "seq"):
        return (head, args[0], _spot(args[1]))
    if head == "mark":
        return (args[0], decoded(args[1]))
    if head == "^":
        base, offset = _spot(args[1]) or ("", 1)
        return ("^", decoded(args[0]), (base, offset) if base else offset)
    if head == "sum":
        first, last = _spot(args[1]), _spot(args[2])
        assert first and last and last[0] == "N" and not first[0]
        return ("sum", args[0], first[1], -last[1], decoded(args[3]))
    if head == "G":
        return ("G", _spot(args[0]))
    if head in ("H", "w"):
        return ("Hc" if head == "H" else "w", args[0], _spot(args[1]))
    return (head, *map(decoded, args))


def _spot(x: dict | None) -> tuple[str, int] | None:
    if x is None:
        return None
    bases = [b for b in x if b]
    if len(bases) > 1 or any(x[b] != 1 for b in bases):
        raise ValueError("an index that is not one letter and a number")
    return (bases[0] if bases else "", x[""])


_KINDS = {
    "matrix-identity": ("identity", "left", "right"),
    "matrix-unchanged": ("unchanged", "quantity"),
    "matrix-decay": ("decays", "quantity", "factor"),
}


def statements(body: dict, original: Statement | None = None) -> list[Statement]:
    """Of motions that are derived, only those that this campaign derives itself: prescribed, at
    rest, along an action.
    """
    own = body["setting"]
    kind = own["motion"]["kind"]
    rates: dict[str, Tree] = {}
    if kind == "prescribed":
        rates = {x: decoded(e) for x, e in own["motion"]["rates"].items()}
    elif kind == "action-flow":
        rates = {"W": ("w", own["motion"]["family"], ("k", 0))}
    elif kind == "gradient-flow" and own["motion"]["objective"] == ["loss"]:
        rates = {
            "W": (
                "neg",
                (
                    "*",
                    ("*", ("H", ("letter", "A", ("k", 0))), ("letter", "P", None)),
                    ("H", ("letter", "B", ("k", 0))),
                ),
            )
        }
    elif kind != "still":
        raise ValueError("a motion that is not derived here")
    letters = tuple(
        (x["name"], x["rows"], x["cols"], x["index"], x["form"]) for x in own["letters"]
    )

    def relation(e):
        return (decoded(e["left"]), decoded(e["right"]), e["first"], e["less"])

    definitions = {x: tuple(map(relation, es)) for x, es in own["definitions"].items()}
    setting = Setting(
        letters,
        rates,
        kind,
        None,
        definitions,
        tuple(own["sequences"]),
        own["square"],
        own["layers"],
        own["least_depth"],
    )
    given = tuple(
        (
            h["id"],
            tuple(map(relation, h["equations"])),
            {"at the start": "start"}.get(h["when"], h["when"]),
        )
        for h in body["assuming"]
    )
    easy = (
        not given
        and not definitions
        and all(x[4] in ("free", "hermitian") for x in letters)
        and not own["positive"]
    )
    moved = any(x[4] == "hermitian" and x[0] in rates for x in letters)
    found = []
    for c in body["conclusions"].values():
        kind, *keys = _KINDS[c["kind"]]
        parts = tuple(decoded(c[key]) for key in keys)
        found.append(
            Statement(
                setting,
                kind,
                parts,
                c["first"],
                c["less"],
                given,
                "any" if easy and not moved else "",
                "mutant",
            )
        )
    return found


def _refuted(s: Statement, witness: dict) -> str:
    """Does the sentence fail at the witness that the reader accepted? Asked where one derivative at
    most is taken.
    """
    gap, own = gaps(s)[-1], s.setting
    if sum(e[0] == "D" for e in walk(gap)) > 1 or s.given or own.definitions:
        return ""
    depth, sizes = witness["depth"], dict(witness["sizes"])
    start: dict = {}
    for x, value in witness["values"].items():
        run = own.spec(x)[3]
        first = RUNS[run][0] if run else 0
        for n, m in enumerate(value) if run else [(0, value)]:
            start[x, first + n if run else None] = of([[_entry(a) for a in r] for r in m])
    p = start.pop(("P", None), None)
    dims = tuple(sizes.pop("d"))
    sequences = {
        x: [Fraction(0), *map(Fraction, v), Fraction(0)] for x, v in witness["sequences"].items()
    }
    numbers = {x: Fraction(v) for x, v in witness["scalars"].items()}
    index = witness["index"]
    try:
        at = Place(own, depth, dims, sizes, start, numbers, sequences, (p, 0))
        holds = is_zero(at.value(gap, {} if index is None else {"k": index})[0])
    except (Undefined, KeyError, IndexError, TypeError, AttributeError, ZeroDivisionError):
        return ""
    if index is not None and not s.first <= index <= depth - s.less:
        return f"k = {index} is not among {s.first}..N-{s.less}"
    return f"it holds at the witness {witness}"[:400] if holds else ""


def _entry(x: Any) -> Any:
    return gauss(Fraction(x[0]), Fraction(x[1])) if isinstance(x, list) else Fraction(x)


def wrong(draw: Draw, body: dict, checked: str, rng: Random) -> str:
    """Why the reader should not have accepted it, or printed another sentence; "" where nothing is
    wrong.
    """
    try:
        found = statements(body)
    except ValueError:
        return ""
    if body["verdict"] != "PROVED":
        return _refuted(found[0], body["witness"])
    said = checked.splitlines()[0]
    for s in found:
        try:
            bad = failures(s, rng, 5)
        except Misfit as misfit:
            return f"no sentence at all: {misfit} do not fit"
        if bad:
            return f"false at {told(bad[0])}"
        if len(found) == 1 and "use" not in said:
            text = re.split(r": (?=[^:]*$)", said)[-1]
            for why in _checked(lambda s=s, text=text: differs(s, text, rng), text):
                return f"the reader prints {why}"
    return ""
