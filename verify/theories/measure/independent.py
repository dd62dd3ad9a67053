"""Several independent losses and starts for a sentence that quantifies over them; fewer where the
user names a loss or a start.

One loss and one start support nothing about all of them. How many there are, and which, is part of
what is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from verify.exact.rings import Real
from verify.models.jets import Motion
from verify.models.losses.degree import degree_of
from verify.spelling.many import many
from verify.theories.states.sampler import near_one, points
from verify.theories.states.search import moves

if TYPE_CHECKING:
    from verify.claims.request import Request
    from verify.claims.sentence import Sentence
    from verify.models.losses import Loss
    from verify.models.point import Point

LOSSES, STARTS = (
    3,
    2,
)  # at least that many losses, and starts of each; where the loss is given, LOSSES starts
_ROUNDS = 24


@dataclass(frozen=True)
class Independent:
    """``missing`` says why these are too few, or nothing."""

    points: tuple[Point, ...]
    scope: str
    missing: str = ""


def independent(
    sentence: Sentence, sizes: tuple[int, int], request: Request, losses: Sequence[Loss]
) -> Independent:
    """Different losses of different kinds, each from different starts that move and satisfy every
    hypothesis.
    """
    wanted = 1 if request.start is not None else LOSSES if losses else STARTS
    found: dict[str, list[Point]] = {}
    for point in _moving(sentence, sizes, request, losses):
        if point.loss.text not in found and any(
            _same(point, own[0].loss) for own in found.values()
        ):
            continue
        own = found.setdefault(point.loss.text, [])
        if len(own) < wanted and point.start not in [p.start for p in own]:
            own.append(point)
    full = _by_degree([own for own in found.values() if len(own) == wanted])
    chosen = [p for own in full[:LOSSES] for p in own]
    least = 1 if losses else LOSSES
    missing = (
        ""
        if len(full) >= least
        else f"{len(full)} losses with {wanted} starts each were found, at least {least} are needed"
    )
    texts = "; ".join(f"J = {own[0].loss.text}" for own in full[:LOSSES])
    scope = (
        f"{many(min(len(full), LOSSES), 'loss', 'losses')} ({texts}),"
        f" {many(wanted, 'start')} of each"
    )
    return Independent(tuple(chosen), scope, missing)


def _by_degree(groups: list[list[Point]]) -> list[list[Point]]:
    """Losses of a degree that was not seen yet come first: three of degree 0 are not three that
    differ.
    """
    seen: dict[object, list[list[Point]]] = {}
    for own in groups:
        seen.setdefault(degree_of(own[0].loss.expr), []).append(own)
    return [own for turn in zip_longest(*seen.values()) for own in turn if own is not None]


def _moving(
    sentence: Sentence, sizes: tuple[int, int], request: Request, losses: Sequence[Loss]
) -> Iterator[Point]:
    """Drawn starts are kept near 1, so that products of many weights stay of size one."""
    depth, width = sizes
    for point in points(
        sentence,
        depth,
        width,
        losses=losses,
        fixed=request.start,
        seed=request.seed,
        rounds=_ROUNDS,
        first=1,
    ):
        near = replace(point, start=near_one(point.start)) if request.start is None else point
        if sentence.violated(near) is None and moves(sentence, near):
            yield replace(near, constants={})


def _same(point: Point, other: Loss) -> bool:
    """Another name of one loss: the same gradient at a point."""
    here, there = (Motion(replace(point, loss=loss), Real(15), 0).g for loss in (point.loss, other))
    return all(abs((a - b).c[0]) < 1e-9 for a, b in zip(here, there, strict=True))
