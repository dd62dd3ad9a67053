"""The gate: an obligation at one random point modulo the prime 2^61 - 1, before anything is
expanded. It refuses, and never proves.

A value other than zero is certain: the obligation is no identity. A false one passes with
probability at most degree / 2^61 at the drawn sizes and layer (Schwartz and Zippel), and more often
only where it holds at these sizes or this layer. Of a free index one value is taken. Relations hold
at the point: what a letter stands for, letters that are their own star, balance, the b of a flow on
a fibre of few unknowns. A sentence with any other relation is let through.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from verify.theories.words.gate_points import Drawn
from verify.theories.words.gate_values import Values
from verify.theories.words.sizes import Beyond, sort

if TYPE_CHECKING:
    from verify.claims.conclusions.of_matrices import Obligation
    from verify.claims.hypotheses.matrices import Holds
    from verify.models.matrices import Matrices

#: unequal sizes, both ends included, and one hidden layer narrower than both
_SIZES, _OWN = (3, 4, 2, 3, 5), {"n": 3, "inputs": 2, "outputs": 2}


@cache
def standard() -> Drawn:
    """The point that all sentences share."""
    return Drawn(_SIZES, _OWN)


def refuses(
    setting: Matrices,
    obligation: Obligation,
    drawn: Drawn | None = None,
    assuming: tuple[Holds, ...] = (),
) -> bool:
    """Whether the obligation fails at the drawn point; False also where it cannot be computed
    there.
    """
    here = (drawn or standard()).square if setting.square else drawn or standard()
    free = obligation.free()
    last = here.sizes.depth - obligation.less
    if (
        set(free) - {"k"}
        or (free and last < obligation.first)
        or here.sizes.depth < setting.least_depth
    ):
        return False
    at = (
        {"k": (obligation.first + last) // 2} if free else {}
    )  # in the middle, where no letter vanishes
    try:
        value = Values(setting, here, sort(setting, assuming, obligation)).value(obligation.gap, at)
    except (Beyond, ZeroDivisionError):
        return False
    return value != 0 if isinstance(value, int) else any(value.entries())
