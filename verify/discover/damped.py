"""Laws of the heavy ball theta'' = -tau theta' - grad, from isometries that no output sees.

Where all outputs stand still along M theta + b, M antisymmetric, the gradient of every loss is
orthogonal to it, so that with the velocity v

    (exp(tau t) <v, M theta + b>)' = exp(tau t) (<v, M v> - <grad, M theta + b>) = 0,

and for a shift b, which turns nothing, (<v, b> + tau <theta, b>)' = -<grad, b> = 0 as well.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from verify.discover.bounding import searching
from verify.discover.flows import GRADIENT
from verify.discover.laws import latex, text
from verify.discover.laws.atoms import Atom, Inner, Law, Total
from verify.discover.laws.families import Family
from verify.discover.laws.layout import Layout, Part
from verify.discover.laws.modular import PRIME, Residues, dot, independent
from verify.discover.laws.prove import proved_along
from verify.discover.laws.search import FEW, Draws
from verify.discover.laws.skew import MOST, Isometry, Turn, proposals
from verify.discover.records import Discovery, Written
from verify.exact.errors import EnginesDisagree, NoValue
from verify.spelling.notation import name
from verify.trace.jets import NoRoot

_P = np.uint64(PRIME)


def damped(made: Discovery) -> None:
    """Finds, proves and writes them, and counts those that are proved. Raises EnginesDisagree where
    there are more than can be.
    """
    sampler = searching(made, GRADIENT)
    layout = Layout.of(made.graph.params)
    rank = _Rank(layout, made.seed)
    if max((n for _, _, n in layout.axes()), default=0) > MOST:
        made.notes.append(f"turns of indices above {MOST} of an axis: left out")
    try:
        found = _found(layout, Draws(layout, sampler.fields), rank, made.upper)
    except (NoValue, NoRoot) as why:
        made.notes.append(f"no search for laws: {why}")
        return
    answer = proved_along(made.graph, {x: partial(x.direction, layout) for x in found})
    sure = _Rank(layout, made.seed)
    each = [(x, still) for x in answer.proved for still in (False, True)[: 1 + x.shifts]]
    made.isometries = tuple(pair for pair in each if sure.add(*pair))
    made.lower, made.found = sure.rank, rank.rank
    if made.upper is not None and made.lower > made.upper:
        raise EnginesDisagree(f"{made.lower} laws are proved, at most {made.upper} are possible")
    rows: list[Written] = []
    for group in _groups(found, layout):
        proofs = [answer.proved.get(x) for x in group.members]
        open_ = next((answer.reasons[x] for x in group.members if x in answer.reasons), "")
        due = any(p is not None and p.symmetry for p in proofs)
        rows += group.written(made.layout, sum(p is not None for p in proofs), open_, due)
    made.written = tuple(rows)


def _found(layout: Layout, draws: Draws, rank: _Rank, upper: int | None) -> list[Isometry]:
    """Those that hold at fresh draws, as long as laws are missing."""
    found: list[Isometry] = []
    for x in proposals(layout, draws):
        if upper is not None and rank.rank >= upper:
            break
        theta, fields = draws.fresh(FEW)
        if not dot(x.at(layout, theta), fields).any() and rank.add(x):
            found.append(x)
    return found


class _Rank:
    """Of the laws' gradients by tensors, velocities and time, at one point modulo the prime."""

    def __init__(self, layout: Layout, seed: int) -> None:
        source = np.random.Generator(np.random.PCG64(seed))
        draw = lambda n: source.integers(1, PRIME, (1, n), dtype=np.uint64)
        self.layout, self.theta, self.speed = layout, draw(layout.size), draw(layout.size)
        self.tau = draw(1)[0, 0]
        self.rows = np.zeros((0, 2 * layout.size + 1), np.uint64)

    def add(self, x: Isometry, still: bool | None = None) -> bool:
        """Whether a law of it, or the one that is said, is independent of those before; then all of
        them are kept.
        """
        every = list(self._gradients(x))
        rows = np.concatenate([self.rows, *(every if still is None else [every[still]])])
        kept = rows[independent(rows)]
        new = len(kept) > len(self.rows)
        self.rows = kept
        return new

    def _gradients(self, x: Isometry) -> Iterator[Residues]:
        here, there = x.at(self.layout, self.theta), x.at(self.layout, self.speed)
        shift = x.at(self.layout, np.zeros_like(self.theta))
        value = dot(self.speed, here)[:, None]
        yield np.concatenate([(shift + (_P - there)) % _P, here, value * self.tau % _P], axis=1)
        if x.shifts:
            none = np.zeros((1, 1), np.uint64)
            yield np.concatenate([shift * self.tau % _P, shift, none], axis=1)

    @property
    def rank(self) -> int:
        return len(self.rows)


def product(x: Isometry, layout: Layout) -> dict[tuple[tuple[int, int], ...], Fraction]:
    """<v, M theta + b> in monomials, of velocities behind the tensors."""
    return {(*((j, 1) for j in m), (layout.size + i, 1)): Fraction(c)
            for i, poly in x.direction(layout).items() for m, c in poly.items()}  # fmt: skip


@dataclass(frozen=True)
class _Group:
    """Isometries that are written in one line: one, or all turns of two indices of some axes."""

    members: tuple[Isometry, ...]
    whole: bool

    def written(self, layout: Layout, proved: int, why: str, due: bool) -> Iterator[Written]:
        """A line; of a shift two. ``layout``: of tensors and velocities."""
        laws = tuple(bilinear(x) for x in self.members)
        one = Family("single", (), 1, 1, laws[:1])
        plain, tex = text.family(layout, one), latex.family(layout, one)
        if self.whole:
            turns = [(c, x) for c, x in self.members[0].sum if isinstance(x, Turn)]
            inside = "({})" if len(turns) > 1 else "{}"
            plain = text.signed([(c, inside.format(_square(x))) for c, x in turns])
            tex = latex.signed([(c, inside.format(_square_tex(x))) for c, x in turns])
        last = (proved, why, one, due)
        yield Written(f"exp(tau t) ({plain})", laws, *last, rf"e^{{\tau t}} \left( {tex} \right)")
        if self.members[0].shifts:
            still = Family("single", (), 1, 1, (_sum(self.members[0]),))
            said = f"{plain} + tau ({text.family(layout, still)})"
            more = rf"{tex} + \tau \left( {latex.family(layout, still)} \right)"
            yield Written(said, laws, *last, more)


def _groups(found: list[Isometry], layout: Layout) -> Iterator[_Group]:
    """As matrices where all turns of the axes are there."""
    alike: dict[Hashable, list[Isometry]] = {}
    for x in found:
        key = tuple((c, t.one.tensor, t.run) if isinstance(t, Turn) else t for c, t in x.sum)
        alike.setdefault(key, []).append(x)
    for members in alike.values():
        counts = {_count(t, layout) for _, t in members[0].sum}
        n = counts.pop() if len(counts) == 1 else 0
        if n and len(members) == n * (n - 1) // 2:
            yield _Group(tuple(members), True)
        else:
            yield from (_Group((x,), False) for x in members)


def _count(t: Any, layout: Layout) -> int:
    """The indices of the axis of a matrix or a vector that is turned; 0 of all else."""
    shape = layout.shapes[t.one.tensor] if isinstance(t, Turn) else ()
    turned = isinstance(t, Turn) and t.run is not None and len(t.run) == 1 and len(shape) < 3
    return shape[t.run[0]] if turned else 0


def _moving(p: Part) -> Part:
    return Part(f"d{p.tensor}", p.picks)


def bilinear(x: Isometry) -> Law:
    """<v, M theta + b>."""
    terms: list[tuple[Fraction, Atom]] = []
    for c, t in x.sum:
        if isinstance(t, Turn):
            terms += [(c, Inner(_moving(t.one), t.two)), (-c, Inner(_moving(t.two), t.one))]
        else:
            terms.append((c, Total(_moving(t.part))))
    return Law(tuple(terms))


def _sum(x: Isometry) -> Law:
    return Law(tuple((c, Total(t.part)) for c, t in x.sum if not isinstance(t, Turn)))


def _square(t: Turn) -> str:
    w = t.one.tensor
    if len(t.one.picks) == 1:
        return f"outer(d{w}, {w}) - outer({w}, d{w})"
    return f"d{w} @ {w}.T - {w} @ d{w}.T" if t.run == (0,) else f"d{w}.T @ {w} - {w}.T @ d{w}"


def _square_tex(t: Turn) -> str:
    w, v = name(t.one.tensor), name(f"d{t.one.tensor}")
    if len(t.one.picks) == 1 or t.run == (0,):
        return rf"{v} {w}^\top - {w} {v}^\top"
    return rf"{v}^\top {w} - {w}^\top {v}"
