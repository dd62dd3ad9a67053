"""The kernel's terms for people: in words as its sentences have them, and in LaTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count

from verify.kernel import sentence as spoken
from verify.kernel.affine import Affine, Index, Interval, Kind, Size, Symbol
from verify.kernel.letters import Letter
from verify.kernel.ring import Poly
from verify.kernel.terms import Term, term_of
from verify.spelling.alphabet import LATEX
from verify.spelling.tex import inline, number

_BOUND = re.compile(r"@\d+")
_HEADS = {"tr": "\\operatorname{Re\\,tr}", "D": "\\frac{d}{dt}"}


class Script:
    """Mathematics inside a line."""

    def __init__(self, latex: bool) -> None:
        self.latex = latex

    def term(self, t: Term) -> str:
        """As it is written."""
        return _named(self._inline(_tex(t, 0) if self.latex else spoken.said(t)))

    def poly(self, p: Poly) -> str:
        """A normal form."""
        return self.term(term_of(p))

    def equation(self, p: Poly, relation: str = "=") -> str:
        """p = 0 with what has a minus on the other side; the relation as it is otherwise."""
        plus = Poly(p.shape, {m: c for m, c in p.terms.items() if c > 0})
        minus = Poly(p.shape, {m: -c for m, c in p.terms.items() if c < 0})
        if relation == "=" and not plus.terms:
            plus, minus = minus, plus
        return self.sides(term_of(plus), relation, term_of(minus))

    def sides(self, a: Term, relation: str, b: Term) -> str:
        """a = b."""
        if not self.latex:
            return _named(f"{spoken.said(a)} {relation} {spoken.said(b)}")
        sign = {">=": "\\ge", "!=": "\\ne"}.get(relation, relation)
        return _named(inline(f"{_tex(a, 0)} {sign} {_tex(b, 0)}"))

    def rate(self, own: Poly, p: Poly) -> str:
        """d/dt u = p."""
        left = Term("D", p, [term_of(own)])
        return self.sides(left, "=", term_of(p))

    def instead(self, index: Index, place: Affine) -> str:
        """k + 1 for k."""
        there = _affine(place) if self.latex else spoken.affine(place)
        return f"{self._inline(there)} for {self.name(index)}"

    def ranges(self, indices: Sequence[Index]) -> str:
        """k in 1..N, i in coord."""
        if not self.latex:
            return spoken.ranges(indices)
        return ", ".join(inline(f"{_index(x.name)} {_runs(x.kind)}") for x in indices)

    def letter(self, x: Letter, at: Sequence[Affine] | None = None) -> str:
        """A letter at indices, its own if none are given."""
        return self._inline((_letter if self.latex else spoken.letter)(x, at or x.own()))

    def name(self, x: Symbol) -> str:
        """A letter or an index by its name."""
        return self._inline(_name(x) if self.latex else x.name)

    def _inline(self, text: str) -> str:
        return inline(text) if self.latex else text


def _named(text: str) -> str:
    """With letters in place of the kernel's names for bound indices."""
    free = (x for k in count(1) if not re.search(rf"\b{(x := f'j{k}')}\b", text))
    for name in dict.fromkeys(_BOUND.findall(text)):
        text = re.sub(rf"{name}(?!\d)", next(free), text)
    return re.sub(r"(?<=[{ ,(])j(\d+)\b", r"j_{\1}", text) if "\\(" in text else text


def _index(name: str) -> str:
    """j1 is j_1."""
    return re.sub(r"^([a-z])(\d+)$", r"\1_{\2}", LATEX.counted(name))


def _name(x: Symbol) -> str:
    return _index(x.name) if isinstance(x, Index) else LATEX.constant(x.name)


def _affine(a: Affine) -> str:
    parts = [(c, _name(x)) for x, c in sorted(a.terms, key=lambda x: (x[1] < 0, x[0].name))]
    text = "".join(
        f" {'-' if c < 0 else '+'} {number(abs(c)) if abs(c) != 1 else ''} {x}" for c, x in parts
    )
    if a.const or not text:
        text += f" {'-' if a.const < 0 else '+'} {number(abs(a.const))}"
    return re.sub(r" +", " ", text).removeprefix(" +").strip()


def _size(s: Size) -> str:
    own = LATEX.constant(s.of.name)
    return f"{own}_{{{_affine(s.member)}}}" if type(s.of).__name__ == "Family" else own


def _runs(k: Kind) -> str:
    if isinstance(k, Interval):
        return f"= {_affine(k.low)}, \\dots, {_affine(k.high)}"
    return f"\\in {_size(k)}"


def _letter(x: Symbol, at: Sequence[Affine]) -> str:
    where = f"_{{{','.join(map(_affine, at))}}}" if at else ""
    if isinstance(x, Letter) and x.role == "start" and x.twin:
        return f"{_name(x.twin)}{where}(0)"
    return _name(x) + where


def _tex(t: Term, within: int) -> str:
    found, level = _plain(t), spoken.BINDS.get(t.op, 4)
    if t.op == "number" and t.head < 0:
        level = 2
    return f"\\left({found}\\right)" if level <= within else found


def _plain(t: Term) -> str:
    if t.op == "number":
        return number(t.head)
    if t.op == "at":
        return _letter(t.head, t.at)
    if t.op == "+":
        return " + ".join(_tex(x, 1) for x in t.parts).replace("+ -", "- ")
    if t.op == "*":
        return _product(t)
    if t.op == "^":
        return f"{{{_tex(t.parts[0], 3)}}}^{{{_affine(t.at[0])}}}"
    if t.op == "sum":
        return _sum(t)
    if t.op == "H":
        return f"{{{_tex(t.parts[0], 3)}}}^{{*}}"
    if t.op == "C":
        return f"\\overline{{{_tex(t.parts[0], 0)}}}"
    if t.op in ("I", "size"):
        return f"I_{{{_size(t.head)}}}" if t.op == "I" else f"|{_size(t.head)}|"
    if t.op == "is":
        return f"[{_affine(t.at[0])} = {_affine(t.at[1])}]"
    inner = f"\\left({_tex(t.parts[0], 0)}\\right)"
    if t.op == "start":
        return f"{inner}(0)"
    if t.op == "next":
        return f"{inner}^{{+}}"
    if t.op == "dd":
        return f"\\frac{{\\partial}}{{\\partial {_letter(t.head, t.at)}}}{inner}"
    return f"{_HEADS[t.op]}{inner}"


def _product(t: Term) -> str:
    first, *rest = t.parts
    if first.op == "number" and first.head == -1:
        return "-" + "\\,".join(_tex(x, 2 if len(t.parts) > 2 else 1) for x in rest)
    return "\\,".join(_tex(x, 2 if k else 1) for k, x in enumerate(t.parts))


def _sum(t: Term) -> str:
    own, kind = _index(t.head.name), t.head.kind
    if isinstance(kind, Interval):
        over = f"_{{{own}={_affine(kind.low)}}}^{{{_affine(kind.high)}}}"
    else:
        over = f"_{{{own} \\in {_size(kind)}}}"
    return f"\\sum{over} {_tex(t.parts[0], 1)}"
