"""Laws as text in the names of the tensors, as NumPy writes them."""

from __future__ import annotations

from fractions import Fraction

from verify.discover.laws.atoms import Atom, Inner, Law, Log, Minor, Power, Total
from verify.discover.laws.families import Family, Row
from verify.discover.laws.layout import Layout, Part

LETTERS = "ijklmnpqrs"


def signed(pieces: list[tuple[Fraction, str]]) -> str:
    """A sum with its signs."""
    out = ""
    for c, text in pieces:
        size = "" if abs(c) == 1 else f"{abs(c)} "
        sign = ("-" if c < 0 else "") if not out else (" - " if c < 0 else " + ")
        out += f"{sign}{size}{text}"
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


def single(layout: Layout, law: Law) -> str:
    """A law by itself, and where it has a value; logarithms alone become a product of powers."""
    if all(isinstance(a, Log) for _, a in law.sum):
        said = _product([(c, atom(layout, a.of)) for c, a in law.sum if isinstance(a, Log)])
    else:
        said = signed([(c, atom(layout, a)) for c, a in law.sum])
    excluded = ", ".join(atom(layout, a) for a in zeros(law))
    return f"{said} while {excluded} != 0" if excluded else said


def zeros(law: Law) -> list[Minor | Power]:
    """What must not be 0: divisors and the insides of logarithms."""
    alone = all(isinstance(a, Log) for _, a in law.sum)
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
    if f.kind == "matrix":
        return signed([(r.c, matrix(layout, r, f.count)) for r in f.rows])
    if f.count == 1:
        return signed([(r.c, norm(layout, r, None, 1)) for r in f.rows])
    letter = letter_of(layout)
    pieces = signed([(r.c, norm(layout, r, letter, f.step)) for r in f.rows])
    every = f.count == layout.shapes[f.rows[0].tensor][f.rows[0].axis or 0] and f.step == 1
    return f"{pieces} for {'each ' + letter if every else f'{letter} = 0..{f.count - 1}'}"


def letter_of(layout: Layout) -> str:
    """An index that is called like no tensor."""
    name = next((x for x in LETTERS if x not in layout.shapes), LETTERS[0])
    while name in layout.shapes:
        name += "_"
    return name


def picked(layout: Layout, r: Row, pick: str) -> str:
    """The tensor with one axis cut."""
    shape = layout.shapes[r.tensor]
    return index(layout, r.tensor, tuple(pick if k == r.axis else ":" for k in range(len(shape))))


def matrix(layout: Layout, r: Row, count: int) -> str:
    """The Gram matrix of an axis, of ``count`` indices."""
    assert r.axis is not None
    shape = layout.shapes[r.tensor]
    pick = ":" if (r.start, count) == (0, shape[r.axis]) else f"{r.start}:{r.start + count}"
    t = picked(layout, r, pick)
    if len(shape) == 1:
        return f"outer({t}, {t})"
    if len(shape) == 2:
        return f"{t} @ {t}.T" if r.axis == 0 else f"{t}.T @ {t}"
    letters = "abcdefgh"[: len(shape)]
    one, two = (letters[: r.axis] + x + letters[r.axis + 1 :] for x in "ij")
    return f"einsum('{one},{two}->ij', {t}, {t})"


def norm(layout: Layout, r: Row, letter: str | None, step: int) -> str:
    """The squared norm of a row, at the index ``letter`` where there is one."""
    if r.axis is None:
        return f"|{r.tensor}|^2"
    first = place(r.start, letter, step)
    pick = first if r.width == 1 else f"{first}:{place(r.start + r.width, letter, step)}"
    alone = r.width == 1 and len(layout.shapes[r.tensor]) == 1
    text = picked(layout, r, pick)
    return f"{text}^2" if alone else f"|{text}|^2"


def place(start: int, letter: str | None, step: int) -> str:
    """start + step i."""
    if letter is None:
        return str(start)
    moving = letter if step == 1 else f"{step}{letter}"
    return f"{moving}+{start}" if start else moving
