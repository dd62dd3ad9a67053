"""All stages in the order of their cost; each sees only what is still missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from verify.discover.laws import ansatz, diagonal, rational
from verify.discover.laws.atoms import Law
from verify.discover.laws.layout import Layout, Shape
from verify.discover.laws.polarised import polarised
from verify.discover.laws.search import LARGE, Draws, Fields, Ranked, Search

#: (what it looks for, how)
Stage = tuple[str, Callable[[Search], object]]
STAGES: tuple[Stage, ...] = (
    ("squared norms of units", diagonal.by_unit),
    ("entries off the diagonal", polarised),
    ("squared norms of all indices", diagonal.general),
    ("entries off the diagonal", polarised),
    ("squared norms of tensors", diagonal.by_tensor),
    ("linear", ansatz.sums),
    ("Gram entries, products of tensors, linear parts", ansatz.gram),
    ("squares of entries", ansatz.entrywise),
    ("all quadratic", ansatz.quadratic),
    ("powers and logarithms", rational.separable),
    ("ratios of minors", rational.semi_invariants),
)
QUICK = 2  #: stages that cost little


class LowerAboveUpper(AssertionError):
    """More independent laws than the upper bound allows: a defect of this toolkit, exit code 3."""


@dataclass(frozen=True)
class Found:
    """Laws that held at fresh samples (not proved yet), the rank of their gradients, what was
    left out.
    """

    layout: Layout
    laws: tuple[Law, ...]
    rank: int
    notes: tuple[str, ...]


def find(
    shapes: Mapping[str, Shape], fields: Fields, upper: int | None = None, seed: int = 0
) -> Found:
    """Searches until the rank of the gradients is ``upper``, or through all stages.

    Raises LowerAboveUpper where the rank exceeds it.
    """
    return finished(begun(shapes, fields, seed, upper), upper)


def begun(
    shapes: Mapping[str, Shape], fields: Fields, seed: int = 0, upper: int | None = None
) -> Search:
    """The first stages, which cost little; a bound from above may then be sought as far as these
    leave room.
    """
    layout = Layout.of(shapes)
    search = Search(layout, Draws(layout, fields), Ranked(layout, seed), upper, Random(seed))
    through(search, STAGES[: QUICK if layout.size <= LARGE else 1])
    return search


def through(search: Search, stages: tuple[Stage, ...]) -> None:
    """One stage after the other, as long as laws are missing."""
    for _, stage in stages:
        if search.gap is not None and search.gap <= 0:
            break
        stage(search)


def finished(search: Search, upper: int | None, known: Sequence[Law] = ()) -> Found:
    """The other stages until ``upper`` is reached, then laws that are ``known`` elsewhere: those of
    the stages read better. Raises LowerAboveUpper.
    """
    search.upper = upper
    rest = STAGES[QUICK:] if search.layout.size <= LARGE else ()
    if not rest:
        search.notes.append(
            f"laws other than of single units are not searched for beyond {LARGE} parameters: ask"
            " for a block at a time, or the same model at smaller sizes"
        )
    through(search, (*rest, ("of linear symmetries", lambda s: s.take(known))))
    if search.gap is not None and search.gap < 0:
        raise LowerAboveUpper(
            f"{search.ranked.rank} independent laws, at most {upper} are possible: internal error"
        )
    return Found(search.layout, tuple(search.laws), search.ranked.rank, tuple(search.notes))
