"""Laws as people group them: a whole matrix, one law for each unit, for each range of units, or a
law by itself.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod

from verify.discover.laws.atoms import Atom, Inner, Law, Total, square
from verify.discover.laws.layout import Layout, Part


@dataclass(frozen=True)
class Row:
    """c times the part of a tensor from ``start`` on along ``axis``: ``width`` indices at a time
    (None: the whole tensor), at the indices ``lead`` of the axes ``places`` before it. From one
    member of a repeated family to the next these grow by ``by``: the last of ``lead``, or
    ``start``.
    """

    c: Fraction
    tensor: str
    axis: int | None
    start: int
    width: int
    lead: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    by: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Family:
    """``kind``: "matrix" (all inner products of ``count`` indices), "each" (``count`` squared
    norms, ``step`` indices apart), "whole" (a sum of tensors, entry by entry), or "single"
    (``rows`` is empty, the law stands for itself).
    ``times`` such families stand one after the other.
    """

    kind: str
    rows: tuple[Row, ...]
    count: int
    step: int
    laws: tuple[Law, ...]
    times: int = 1


def merged(law: Law, layout: Layout) -> Law:
    """Squared norms of neighbouring indices with one coefficient become that of their range."""
    found: list[tuple[Fraction, Atom]] = []
    for c, atom in law.sum:
        last = found[-1] if found else None
        joined = last and last[0] == c and _joined(last[1], atom)
        if joined:
            found[-1] = (c, joined)
        else:
            found.append((c, atom))
    return Law(tuple(found))


def _joined(a: Atom, b: Atom) -> Atom | None:
    if not (isinstance(a, Inner) and isinstance(b, Inner) and a.left == a.right
            and b.left == b.right and a.left.tensor == b.left.tensor):  # fmt: skip
        return None
    differ = [k for k, (p, q) in enumerate(zip(a.left.picks, b.left.picks, strict=True)) if p != q]
    if len(differ) != 1 or not isinstance(b.left.picks[differ[0]], int):
        return None
    k = differ[0]
    p, q = a.left.picks[k], b.left.picks[k]
    first, last = p if isinstance(p, tuple) else (p, p + 1)
    if last != q:
        return None
    picks = list(a.left.picks)
    picks[k] = (first, last + 1)
    return square(Part(a.left.tensor, tuple(picks)))


def row(c: Fraction, atom: Atom, layout: Layout) -> Row | None:
    """A squared norm at indices of some axes, or of a whole tensor; else None."""
    if not isinstance(atom, Inner) or atom.left != atom.right:
        return None
    shape = layout.shapes[atom.left.tensor]
    picks = atom.left.picks
    cut = [k for k, (p, n) in enumerate(zip(picks, shape, strict=True)) if p != (0, n)]
    if not cut:
        return Row(c, atom.left.tensor, None, 0, 0)
    *before, axis = cut
    lead = tuple(p for p in (picks[k] for k in before) if isinstance(p, int))
    if len(lead) < len(before):
        return None
    pick = picks[axis]
    first, last = pick if isinstance(pick, tuple) else (pick, pick + 1)
    return Row(c, atom.left.tensor, axis, first, last - first, lead, tuple(before))


def families(laws: tuple[Law, ...], layout: Layout) -> list[Family]:
    """All laws, in families as large as they come, in the order of their first members."""
    diagonal: dict[Hashable, list[tuple[tuple[Row, ...], Law]]] = {}
    crossed: dict[frozenset[Law], Law] = {}
    alone: list[Law] = []
    for law in laws:
        rows = [row(c, a, layout) for c, a in merged(law, layout).sum]
        if None in rows:  # a range of one axis at an index of another: index by index
            rows = [row(c, a, layout) for c, a in law.sum]
        ends = _ends(law)
        if ends is not None:
            crossed[ends] = law
        elif None in rows:
            alone.append(law)
        else:
            kept = tuple(r for r in rows if r is not None)
            key = tuple((r.c, r.tensor, r.axis, r.width, r.lead, r.places) for r in kept)
            diagonal.setdefault(key, []).append((kept, law))
    found = repeated([f for group in diagonal.values() for f in _runs(group, crossed)])
    # what stands off the diagonal of no whole matrix
    alone += crossed.values()
    whole = list(_wholes(alone, layout))
    taken = {x for f in whole for x in f.laws}
    alone = [x for x in alone if x not in taken]
    return found + whole + [Family("single", (), 1, 1, (merged(law, layout),)) for law in alone]


def _wholes(alone: list[Law], layout: Layout) -> Iterator[Family]:
    """Linear laws of the entries at one place of some tensors, where all places have them."""
    groups: dict[tuple[Row, ...], dict[Hashable, Law]] = {}
    for law in alone:
        parts = [(c, a.part) for c, a in law.sum if isinstance(a, Total)]
        places = {p.picks for _, p in parts}
        if len(parts) == len(law.sum) > 1 == len(places) and not parts[0][1].shape:
            rows = tuple(Row(c, p.tensor, None, 0, 0) for c, p in parts)
            groups.setdefault(rows, {})[parts[0][1].picks] = law
    for rows, laws in groups.items():
        shapes = {layout.shapes[r.tensor] for r in rows}
        if len(shapes) == 1 and len(laws) == prod(*shapes) > 1:
            yield Family("whole", rows, len(laws), 1, tuple(laws.values()))


def _ends(law: Law) -> frozenset[Law] | None:
    """The two laws between which an off-diagonal one stands."""
    if not all(isinstance(a, Inner) and a.left.tensor == a.right.tensor for _, a in law.sum):
        return None
    if not all(a.left != a.right and a.left.shape == a.right.shape for _, a in law.sum
               if isinstance(a, Inner)):  # fmt: skip
        return None
    left = Law(tuple((c, square(a.left)) for c, a in law.sum if isinstance(a, Inner)))
    right = Law(tuple((c, square(a.right)) for c, a in law.sum if isinstance(a, Inner)))
    return frozenset((left, right))


def _runs(
    group: list[tuple[tuple[Row, ...], Law]], crossed: dict[frozenset[Law], Law]
) -> list[Family]:
    """Neighbours that are joined by all laws between them are one matrix; then equal steps."""
    group.sort(key=lambda x: tuple(r.start for r in x[0]))
    blocks: list[list[tuple[tuple[Row, ...], Law]]] = []
    for member in group:
        last = blocks[-1] if blocks else []
        next_to = last and all(
            b.start == a.start + 1 for a, b in zip(last[-1][0], member[0], strict=True)
        )
        if next_to and all(frozenset((law, member[1])) in crossed for _, law in last):
            last.append(member)
        else:
            blocks.append([member])
    found, rest = [], []
    for block in blocks:
        if len(block) == 1:
            rest += block
            continue
        laws = [law for _, law in block]
        between = [crossed.pop(frozenset((a, b))) for i, a in enumerate(laws) for b in laws[:i]]
        found.append(Family("matrix", block[0][0], len(block), 1, (*laws, *between)))
    return found + _steps(rest)


def _steps(rest: list[tuple[tuple[Row, ...], Law]]) -> list[Family]:
    found: list[Family] = []
    while rest:
        taken = [rest.pop(0)]
        step = None
        while rest:
            gaps = {b.start - a.start for a, b in zip(taken[-1][0], rest[0][0], strict=True)}
            if len(gaps) > 1 or (step is not None and gaps != {step}):
                break
            (step,) = gaps
            taken.append(rest.pop(0))
        laws = tuple(law for _, law in taken)
        found.append(Family("each", taken[0][0], len(taken), step or 1, laws))
    return found


def repeated(found: list[Family]) -> list[Family]:
    """Families that differ by one step of their leading indices, or of where they start (heads),
    as one.
    """
    groups: dict[Hashable, list[Family]] = {}
    for f in found:
        rows = tuple((r.c, r.tensor, r.axis, r.width, r.places) for r in f.rows)
        groups.setdefault((f.kind, f.count, f.step, rows), []).append(f)
    made: list[Family] = []
    for group in groups.values():
        group.sort(key=lambda f: [(r.lead, r.start) for r in f.rows])
        while group:
            made.append(_joined_ones(group))
    return made


def _joined_ones(group: list[Family]) -> Family:
    """The first of a group with all that follow it in equal steps; these are taken out."""
    taken, steps = [group.pop(0)], None
    while group:
        between = [_step(a, b) for a, b in zip(taken[-1].rows, group[0].rows, strict=True)]
        if None in between or (steps is not None and between != steps):
            break
        steps = between
        taken.append(group.pop(0))
    first = taken[0]
    if steps is None or (first.kind == "each" and first.count == 1 and len(taken) < 2):
        return first
    rows = tuple(replace(r, by=s) for r, s in zip(first.rows, steps, strict=True) if s)
    laws = tuple(law for f in taken for law in f.laws)
    return replace(first, rows=rows, laws=laws, times=len(taken))


def _step(a: Row, b: Row) -> tuple[int, int] | None:
    """How the last leading index, or the start, grows; None where another one changes as well."""
    if a.lead[:-1] != b.lead[:-1]:
        return None
    lead = b.lead[-1] - a.lead[-1] if a.lead else 0
    start = b.start - a.start
    return None if lead and start else (lead, start)
