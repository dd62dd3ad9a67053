"""Terms in words: every part that was read is said, and different terms are said differently."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.kernel.affine import Affine, Index, Interval, Kind, Size, Symbol
from verify.kernel.facts import Fact
from verify.kernel.letters import Letter
from verify.kernel.limits import Any
from verify.kernel.terms import Term, term_of


def affine(a: Affine) -> str:
    """k - 1, 2 N + 1, 1/2."""
    parts = [(x.name if c == 1 else f"{c} {x.name}") for x, c in _inorder(a)]
    if a.const or not parts:
        parts.append(str(a.const))
    return " + ".join(parts).replace(" + -1 ", " - ").replace(" + -", " - ")


def _inorder(a: Affine) -> list[tuple[Symbol, Fraction]]:
    return sorted(a.terms, key=lambda x: (x[1] < 0, x[0].name))


def size(s: Size) -> str:
    """A set or a member of a family."""
    inner = affine(s.member)
    family = type(s.of).__name__ == "Family"
    return f"{s.of.name}_({inner})" if family else s.of.name


def kind(k: Kind) -> str:
    """in 1..L, or in coord."""
    return f"{affine(k.low)}..{affine(k.high)}" if isinstance(k, Interval) else size(k)


def ranges(indices: Sequence[Index]) -> str:
    """k in 1..N, i in coord."""
    return ", ".join(f"{x.name} in {kind(x.kind)}" for x in indices)


def forall(indices: Sequence[Index]) -> str:
    """What stands before a statement with indices."""
    return f"for all {ranges(indices)}: " if indices else ""


def letter(x: Any, at: Sequence[Affine] | None = None) -> str:
    """u_(l,i), at its own indices if none are given."""
    at = x.own() if at is None else at
    where = f"_({','.join(map(affine, at))})" if at else ""
    if isinstance(x, Letter) and x.role == "start" and x.twin:
        return f"start({x.twin.name}{where})"
    return x.name + where


def said(t: Term) -> str:
    """A term."""
    return _said(t, 0)


#: how tightly an operation binds
BINDS = {"+": 1, "sum": 1, "*": 2} | dict.fromkeys(("^", "H", "tr", "D", "dd"), 3)


def _said(t: Term, within: int) -> str:
    found = _plain(t)
    level = BINDS.get(t.op, 4)
    if t.op == "number" and ("/" in found or found.startswith("-")):
        level = 2
    return f"({found})" if level <= within else found


def _plain(t: Term) -> str:
    if t.op == "number":
        return str(t.head)
    if t.op == "at":
        return letter(t.head, t.at)
    if t.op == "+":
        return " + ".join(_said(x, 1) for x in t.parts).replace("+ -", "- ")
    if t.op == "*" and t.parts[0].op == "number" and t.parts[0].head == -1:
        return "-" + " ".join(_said(x, 2 if len(t.parts) > 2 else 1) for x in t.parts[1:])
    if t.op == "*":
        return " ".join(_said(x, 2 if k else 1) for k, x in enumerate(t.parts))
    if t.op == "^":
        e = affine(t.at[0])
        return f"{_said(t.parts[0], 3)}^{e if e.isalnum() else f'({e})'}"
    if t.op == "sum":
        return f"Sum_({ranges([t.head])}) {_said(t.parts[0], 1)}"
    if t.op == "H":
        return f"{_said(t.parts[0], 3)}^*"
    if t.op in ("I", "size"):
        return f"I[{size(t.head)}]" if t.op == "I" else f"|{size(t.head)}|"
    if t.op == "is":
        return f"[{affine(t.at[0])} = {affine(t.at[1])}]"
    head = {"tr": "Re tr", "D": "d/dt", "start": "start", "next": "next"}.get(t.op)
    if head is None:
        head = f"d/d{letter(t.head, t.at)}"
    return f"{head}({_said(t.parts[0], 0)})"


def fact(f: Fact) -> str:
    """A fact for all its indices, with its time."""
    if f.sides is None:
        body = f"{said(term_of(f.poly))} {f.relation} 0"
    else:
        body = f"{said(f.sides[0])} {f.relation} {said(f.sides[1])}"
    return forall(f.indices) + body + (" at the start" if f.time == "start" else "")
