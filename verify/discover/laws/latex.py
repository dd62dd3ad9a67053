"""Laws as LaTeX."""

from __future__ import annotations

from fractions import Fraction

from verify.discover.laws.atoms import Atom, Inner, Law, Log, Minor, Power, Total
from verify.discover.laws.families import Family, Row
from verify.discover.laws.layout import Layout, Part
from verify.discover.laws.text import letters_of, picks_of, zeros
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
    if f.kind == "whole":
        return signed([(r.c, name(r.tensor)) for r in f.rows])
    n, h = letters_of(layout)
    over = h if f.times > 1 else None
    ranges = [f"{h} = 0, \\dots, {f.times - 1}"] if over else []
    if f.kind == "matrix":
        said = signed([(r.c, _matrix(layout, r, f.count, over)) for r in f.rows])
    else:
        unit = n if f.count > 1 else None
        said = signed([(r.c, _norm(layout, r, unit, f.step, over)) for r in f.rows])
        ranges = [f"{n} = 0, \\dots, {f.count - 1}", *ranges] if unit else ranges
    return rf"{said} \quad ({',; '.join(ranges)})".replace(",;", r",\;") if ranges else said


def _matrix(layout: Layout, r: Row, count: int, over: str | None) -> str:
    assert r.axis is not None
    picks = picks_of(layout, r, None, 1, count, over)
    t = _cut(r.tensor, picks)
    rest = [k for k in range(len(picks)) if k not in r.places]
    if len(rest) == 1 or (len(rest) == 2 and r.axis == rest[0]):
        return rf"{t} {t}^\top"
    if len(rest) == 2:
        return rf"{t}^\top {t}"
    sums = {k: chr(ord("a") + k) for k in rest if k != r.axis}
    one, two = ([x if k == r.axis else sums.get(k, p) for k, p in enumerate(picks)] for x in "ij")
    over_all = rf"\sum_{{{','.join(sums.values())}}}"
    return rf"\Bigl({over_all} {_cut(r.tensor, one)} {_cut(r.tensor, two)}\Bigr)_{{ij}}"


def _norm(layout: Layout, r: Row, unit: str | None, step: int, over: str | None) -> str:
    picks = picks_of(layout, r, unit, step, r.width, over)
    text = _cut(r.tensor, picks)
    alone = r.axis is not None and not any(":" in p for p in picks)
    return f"{text}^2" if alone else rf"\lVert {text} \rVert^2"
