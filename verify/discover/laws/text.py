"""Laws as text in the names of the tensors, as NumPy writes them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from verify.discover.laws.atoms import Atom, Inner, Law, Log, Minor, Power, Total
from verify.discover.laws.families import Family, Row
from verify.discover.laws.forms import Monomial
from verify.discover.laws.layout import Layout, Part


def signed(pieces: list[tuple[Fraction, str]]) -> str:
    """A sum with its signs; a number alone has no text."""
    out = ""
    for c, text in pieces:
        size = "" if abs(c) == 1 and text else f"{abs(c)} "
        sign = ("-" if c < 0 else "") if not out else (" - " if c < 0 else " + ")
        out += f"{sign}{size}{text}".rstrip()
    return out or "0"


def index(layout: Layout, tensor: str, picks: tuple[str, ...]) -> str:
    """T[i,:], or T where nothing is picked."""
    del layout
    return tensor if set(picks) <= {":"} else f"{tensor}[{','.join(picks)}]"


def part(layout: Layout, p: Part) -> str:
    """A part of a tensor."""
    shape = layout.shapes[p.tensor]
    return index(layout, p.tensor, tuple(
        str(x) if isinstance(x, int) else ":" if x == (0, n) else f"{x[0]}:{x[1]}"
        for x, n in zip(p.picks, shape, strict=True)
    ))  # fmt: skip


def coordinate(layout: Layout, i: int) -> str:
    """One entry."""
    name, at = layout.entry(i)
    return index(layout, name, tuple(map(str, at)))


def polynomial(layout: Layout, terms: Mapping[Monomial, int | Fraction]) -> str:
    """A sum of products."""
    return signed([(Fraction(c), atom(layout, Power(m))) for m, c in terms.items()])


def atom(layout: Layout, a: Atom | Minor) -> str:
    """One atom."""
    if isinstance(a, Inner):
        left, right = part(layout, a.left), part(layout, a.right)
        if a.left == a.right:
            return f"|{left}|^2" if a.left.shape else f"{left}^2"
        return f"<{left}, {right}>" if a.left.shape else f"{left} {right}"
    if isinstance(a, Total):
        inside = part(layout, a.part)
        return f"sum({inside})" if a.part.shape else inside
    if isinstance(a, Power):
        return " ".join(coordinate(layout, i) + (f"^{e}" if e != 1 else "") for i, e in a.factors)
    if isinstance(a, Minor):
        height, width = layout.shapes[a.tensor]
        picks = _listed(a.rows, height), _listed(a.columns, width)
        return f"det({index(layout, a.tensor, picks)})"
    return f"log|{atom(layout, a.of)}|"


def _listed(indices: tuple[int, ...], n: int) -> str:
    return ":" if indices == tuple(range(n)) else f"[{','.join(map(str, indices))}]"


def is_product(law: Law) -> bool:
    """Whether it is logarithms alone."""
    return all(isinstance(a, Log) for _, a in law.sum)


def single(layout: Layout, law: Law) -> str:
    """A law by itself, and where it has a value; logarithms alone become a product of powers."""
    if is_product(law):
        said = _product([(c, atom(layout, a.of)) for c, a in law.sum if isinstance(a, Log)])
    else:
        said = signed([(c, atom(layout, a)) for c, a in law.sum])
    excluded = ", ".join(atom(layout, a) for a in zeros(law))
    return f"{said} while {excluded} != 0" if excluded else said


def zeros(law: Law) -> list[Minor | Power]:
    """What must not be 0: divisors and the insides of logarithms."""
    alone = is_product(law)
    found: list[Minor | Power] = []
    for c, a in law.sum:
        if isinstance(a, Log) and (not alone or c < 0 or c.denominator > 1):
            found.append(a.of)
        elif isinstance(a, Power):
            found += [Power(((i, 1),)) for i, e in a.factors if e < 0]
    return list(dict.fromkeys(found))


def _product(factors: list[tuple[Fraction, str]]) -> str:
    def power(c: Fraction, text: str) -> str:
        if c == 1:
            return text
        return f"{text}^{c}" if c.denominator == 1 else f"{text}^({c})"

    above = " ".join(power(c, t) for c, t in factors if c > 0) or "1"
    below = [power(-c, t) for c, t in factors if c < 0]
    under = below[0] if len(below) == 1 else f"({' '.join(below)})"
    return f"{above} / {under}" if below else above


def family(layout: Layout, f: Family) -> str:
    """A family in one line."""
    if f.kind == "single":
        return single(layout, f.laws[0])
    if f.kind == "whole":
        return signed([(r.c, r.tensor) for r in f.rows])
    n, h = letters_of(layout)
    over = h if f.times > 1 else None
    if f.kind == "matrix":
        pieces = signed([(r.c, matrix(layout, r, f.count, over)) for r in f.rows])
    else:
        unit = n if f.count > 1 else None
        pieces = signed([(r.c, norm(layout, r, unit, f.step, over)) for r in f.rows])
        if unit:
            sizes = {layout.shapes[r.tensor][r.axis or 0] for r in f.rows}
            every = sizes == {f.count} and f.step == 1
            pieces += f" for {'each ' + n if every else f'{n} = 0..{f.count - 1}'}"
    if over:
        pieces += f"{',' if ' for ' in pieces else ' for'} {h} = 0..{f.times - 1}"
    return pieces


def letters_of(layout: Layout) -> tuple[str, str]:
    """Two indices that are called like no tensor: of units, of heads."""
    found = []
    for letters in ("ijklmn", "hpqrst"):
        name = next((x for x in letters if x not in layout.shapes), letters[0])
        while name in layout.shapes:
            name += "_"
        found.append(name)
    return found[0], found[1]


def picks_of(
    layout: Layout, r: Row, unit: str | None, step: int, count: int, over: str | None
) -> list[str]:
    """What is picked along each axis: ``count`` indices from the start of a row on."""
    shape = layout.shapes[r.tensor]
    picks = [":"] * len(shape)
    if r.axis is None:
        return picks
    lead = [str(i) for i in r.lead]
    if r.by[0] and over:
        lead[-1] = place(r.lead[-1], over, r.by[0])
    for axis, said in zip(r.places, lead, strict=True):
        picks[axis] = said
    moving = [(unit, step), (over if r.by[1] else None, r.by[1])]
    first, end = (_sum_of(r.start + more, moving) for more in (0, count))
    if (r.start, count) != (0, shape[r.axis]) or unit:
        picks[r.axis] = first if count == 1 else f"{first}:{end}"
    return picks


def _sum_of(start: int, moving: list[tuple[str | None, int]]) -> str:
    """start + step i + stride h."""
    plus = [x if k == 1 else f"{k}{x}" for x, k in moving if x and k > 0]
    minus = [f"-{x}" if k == -1 else f"{k}{x}" for x, k in moving if x and k < 0]
    return "+".join([*plus, *([str(start)] if start else [])]) + "".join(minus) or "0"


def matrix(layout: Layout, r: Row, count: int, over: str | None = None) -> str:
    """The Gram matrix of an axis, of ``count`` indices."""
    assert r.axis is not None
    picks = picks_of(layout, r, None, 1, count, over)
    t = index(layout, r.tensor, tuple(picks))
    rest = [k for k in range(len(picks)) if k not in r.places]
    if len(rest) == 1:
        return f"outer({t}, {t})"
    if len(rest) == 2:
        return f"{t} @ {t}.T" if r.axis == rest[0] else f"{t}.T @ {t}"
    letters = "abcdefgh"[: len(rest)]
    at = rest.index(r.axis)
    one, two = (letters[:at] + x + letters[at + 1 :] for x in "ij")
    return f"einsum('{one},{two}->ij', {t}, {t})"


def norm(layout: Layout, r: Row, unit: str | None, step: int, over: str | None = None) -> str:
    """The squared norm of a row, at the index ``unit`` where there is one."""
    picks = picks_of(layout, r, unit, step, r.width, over)
    text = index(layout, r.tensor, tuple(picks))
    alone = r.axis is not None and not any(":" in p for p in picks)
    return f"{text}^2" if alone else f"|{text}|^2"


def place(start: int, letter: str, step: int) -> str:
    """start + step i."""
    return _sum_of(start, [(letter, step)])
