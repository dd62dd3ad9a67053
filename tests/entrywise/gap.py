"""Does a sentence hold at given sizes? Its obligations entry by entry, modulo its relations where
these can be parametrised.

A relation that says what a letter is, or that a letter is (skew-)Hermitian, is built into the
symbols. Balanced points and the b of a flow on the fibre are put in as exact random points that
satisfy the relations (``points``). Any other relation: Beyond.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from tests.entrywise.entries import Entries
from tests.entrywise.letters import Poly
from verify.terms.letters import Letter
from verify.theories.words.sizes import Beyond, Sizes, sort

if TYPE_CHECKING:
    from verify.claims.conclusions.of_matrices import Obligation
    from verify.claims.hypotheses.matrices import Holds
    from verify.models.matrices import Matrices

_POINTS = 3
ALONG = Letter("~a", "k", "k", "inner")


def entries(
    setting: Matrices,
    obligation: Obligation,
    sizes: Sizes,
    over: str,
    assuming: tuple[Holds, ...] = (),
) -> tuple[Entries, bool]:
    """Values for this sentence, and whether its points must be balanced."""
    sorted_ = sort(setting, assuming, obligation)
    names = set(obligation.gap.letters()) | _of_motion(setting)
    more = (ALONG,) if setting.motion.kind == "fibre-flow" else ()
    here = Entries(
        setting, sizes, over, names, more, defined=sorted_.defined, mirrored=sorted_.mirrored
    )
    return here, sorted_.balance


def _of_motion(setting: Matrices) -> set[str]:
    motion: Any = setting.motion
    found = {"eta"} if motion.kind == "gradient-step" else set()
    if motion.kind in ("gradient-flow", "gradient-step", "fibre-flow"):
        return found | motion.objective.letters()
    return (
        found.union(*(e.letters() for e in motion.rates.values()))
        if motion.kind == "prescribed"
        else found
    )


def gap(
    setting: Matrices,
    obligation: Obligation,
    sizes: Sizes,
    over: str,
    assuming: tuple[Holds, ...] = (),
) -> list[Poly]:
    """All entries for all k; for a sentence without relations it holds at these sizes if and only
    if all are zero.
    """
    return list(_entries(entries(setting, obligation, sizes, over, assuming)[0], obligation))


def _entries(here: Entries, obligation: Obligation) -> Iterator[Poly]:
    free = obligation.free()
    if set(free) - {"k"}:
        raise Beyond(f"free indices {sorted(free)}")
    for i in range(obligation.first, here.sizes.depth - obligation.less + 1) if free else (0,):
        value = here.value(obligation.gap, {"k": i} if free else {})
        yield from chain.from_iterable(value) if isinstance(value, tuple) else (value,)


def holds(
    setting: Matrices,
    obligation: Obligation,
    sizes: Sizes,
    over: str,
    assuming: tuple[Holds, ...] = (),
    seed: int = 0,
) -> bool:
    """Exact where there is nothing to be put in; else at exact random points, where a False is
    certain and a True is likely.
    """
    from tests.entrywise.points import point

    here, balance = entries(setting, obligation, sizes, over, assuming)
    found = [f for f in _entries(here, obligation) if f != 0]
    if not found or not (balance or setting.motion.kind == "fibre-flow"):
        return not found
    return all(
        f(*values) == 0
        for n in range(_POINTS)
        for values in [point(here, balance, seed + n)]
        for f in found
    )
