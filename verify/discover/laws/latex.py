"""Laws as LaTeX."""

from __future__ import annotations

from fractions import Fraction

from verify.discover.laws.atoms import Atom, Inner, Law, Log, Minor, Power, Total
from verify.discover.laws.families import Family, Row
from verify.discover.laws.layout import Layout, Part
from verify.discover.laws.text import letter_of, place, zeros
from verify.spelling.notation import name
from verify.spelling.tex import number


def signed(pieces: list[tuple[Fraction, str]]) -> str:
    """A sum with its signs."""
    out = ""
    for c, text in pieces:
        size = "" if abs(c) == 1 else rf"{number(abs(c))}\, "
        sign = ("-" if c < 0 else "") if not out else (" - " if c < 0 else " + ")
        out += f"{sign}{size}{text}"
    return out or "0"


def _cut(tensor: str, picks: list[str]) -> str:
    called = name(tensor)
    return called if set(picks) <= {":"} else rf"{{{called}}}_{{[{','.join(picks)}]}}"


def part(layout: Layout, p: Part) -> str:
    """A part of a tensor."""
    shape = layout.shapes[p.tensor]
    return _cut(p.tensor, [
        str(x) if isinstance(x, int) else ":" if x == (0, n) else f"{x[0]}:{x[1]}"
        for x, n in zip(p.picks, shape, strict=True)
    ])  # fmt: skip


def atom(layout: Layout, a: Atom | Minor) -> str:
    """One atom."""
    if isinstance(a, Inner):
        left, right = part(layout, a.left), part(layout, a.right)
        if a.left == a.right:
            return rf"\lVert {left} \rVert^2" if a.left.shape else f"{left}^2"
        return rf"\langle {left}, {right} \rangle" if a.left.shape else rf"{left}\, {right}"
    if isinstance(a, Total):
        inside = part(layout, a.part)
        return rf"\mathbf 1^\top {inside}" if a.part.shape else inside
    if isinstance(a, Power):
        entries = [(_entry(layout, i), e) for i, e in a.factors]
        return r"\, ".join(x if e == 1 else f"{x}^{{{e}}}" for x, e in entries)
    if isinstance(a, Minor):
        rows = [[_cut(a.tensor, [str(i), str(j)]) for j in a.columns] for i in a.rows]
        table = r" \\ ".join(" & ".join(r) for r in rows)
        return rf"\begin{{vmatrix}} {table} \end{{vmatrix}}"
    return rf"\log \lvert {atom(layout, a.of)} \rvert"


def _entry(layout: Layout, i: int) -> str:
    tensor, at = layout.entry(i)
    return _cut(tensor, [str(x) for x in at])


def single(layout: Layout, law: Law) -> str:
    """A law by itself, and where it has a value."""
    if all(isinstance(a, Log) for _, a in law.sum):
        power = lambda c, x: x if c == 1 else f"{x}^{{{c}}}"
        above, below = ([power(abs(c), atom(layout, a.of)) for c, a in law.sum
                         if isinstance(a, Log) and c * s > 0] for s in (1, -1))  # fmt: skip
        said = r"\, ".join(above) or "1"
        said = rf"\frac{{{said}}}{{{' '.join(below)}}}" if below else said
    else:
        said = signed([(c, atom(layout, a)) for c, a in law.sum])
    excluded = [atom(layout, a) for a in zeros(law)]
    return rf"{said} \quad ({', '.join(excluded)} \neq 0)" if excluded else said


def family(layout: Layout, f: Family) -> str:
    """A family as one formula, without its dollars."""
    if f.kind == "single":
        return single(layout, f.laws[0])
    if f.kind == "matrix":
        return signed([(r.c, _matrix(layout, r, f.count)) for r in f.rows])
    if f.count == 1:
        return signed([(r.c, _norm(layout, r, None, 1)) for r in f.rows])
    letter = letter_of(layout)
    pieces = signed([(r.c, _norm(layout, r, letter, f.step)) for r in f.rows])
    return rf"{pieces} \quad ({letter} = 0, \dots, {f.count - 1})"


def _picked(layout: Layout, r: Row, pick: str) -> str:
    shape = layout.shapes[r.tensor]
    return _cut(r.tensor, [pick if k == r.axis else ":" for k in range(len(shape))])


def _matrix(layout: Layout, r: Row, count: int) -> str:
    assert r.axis is not None
    shape = layout.shapes[r.tensor]
    pick = ":" if (r.start, count) == (0, shape[r.axis]) else f"{r.start}:{r.start + count}"
    t = _picked(layout, r, pick)
    if len(shape) == 1 or (len(shape) == 2 and r.axis == 0):
        return rf"{t} {t}^\top"
    if len(shape) == 2:
        return rf"{t}^\top {t}"
    one = [x if k == r.axis else chr(ord("a") + k) for x in "i" for k in range(len(shape))]
    two = ["j" if x == "i" else x for x in one]
    over = ",".join(x for x in one if x != "i")
    return rf"\Bigl(\sum_{{{over}}} {_cut(r.tensor, one)} {_cut(r.tensor, two)}\Bigr)_{{ij}}"


def _norm(layout: Layout, r: Row, letter: str | None, step: int) -> str:
    if r.axis is None:
        return rf"\lVert {name(r.tensor)} \rVert^2"
    first = place(r.start, letter, step)
    pick = first if r.width == 1 else f"{first}:{place(r.start + r.width, letter, step)}"
    text = _picked(layout, r, pick)
    alone = r.width == 1 and len(layout.shapes[r.tensor]) == 1
    return f"{text}^2" if alone else rf"\lVert {text} \rVert^2"
