"""States of a claim, drawn by its theory's own recipes."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from verify.claims.applies import check_options
from verify.claims.asked import request_of
from verify.claims.claim import Claim
from verify.exact.errors import BadInput
from verify.exact.kinds import flag
from verify.exact.precision import precision
from verify.judge.parts import theory_of
from verify.library.addresses import at_its_line, the_claim
from verify.theories.protocol import Theory

_TRIES, _SEEDED = 8, 60  # draws for one state; of a claim before it is said to have none


def states(
    claim: Claim | str,
    *,
    without: str = "",
    depth: int | None = None,
    width: int | None = None,
    sizes: Sequence[int] | None = None,
    moving: bool = True,
) -> st.SearchStrategy[Any]:
    """Exact states that satisfy the hypotheses of a claim: an object, the id of an installed one,
    or ``"FILE.py::NAME"``.

    A ``Point`` of a claim about networks (start, loss, constants), an ``Instance`` about matrices,
    a ``Spot`` about formulas, theta and g about an action. They serve all conclusions of the claim.
    ``without`` names a hypothesis that they need not satisfy. ``depth``, ``width`` and ``sizes``
    are those of ``decide``; small ones are drawn where none are given. ``moving`` keeps only states
    that are certain not to be at rest.

    Raises BadInput where the claim is not known or has no states (one about trajectories or
    samples is about those that it lists), for a hypothesis that it has not, sizes that do not fit,
    and where no state is found that satisfies its hypotheses and moves.
    """
    found = the_claim(claim, "states")
    flag("states: moving", moving)
    request = request_of({"depth": depth, "width": width, "sizes": sizes})
    if not isinstance(without, str):
        raise BadInput(f"states: without={without!r}; expected the id of one hypothesis, or ''")
    with at_its_line(found), precision():
        own, kind = found.claim, theory_of(found.claim)
        if kind.stateless:
            raise BadInput(
                f"claim {own.id} has no states to draw: it is about {kind.stateless}; expected a"
                " claim about a flow, a step, matrices, formulas or an action"
            )
        check_options(own, request)
        if without:
            own.hypothesis(without)
        theory = kind(own, request, lambda text: None)
        seeded = Random(0)
        drawn = (_moving(theory, seeded, without, moving, 1) for _ in range(_SEEDED))
        if all(state is None for state in drawn):
            still = " and moves" if moving else ""
            mend = "; try moving=False" if moving else "; is there one?"
            raise BadInput(
                f"claim {own.id}: no state that satisfies its hypotheses{still} was found in"
                f" {_SEEDED} draws{mend}"
            )
    return _states(theory, without, moving)


@st.composite
def _states(draw: Any, theory: Theory, without: str, moving: bool) -> Any:
    source = draw(st.randoms(use_true_random=False))
    with precision():
        state = _moving(theory, source, without, moving, _TRIES)
    return reject() if state is None else state


def _moving(theory: Theory, source: Random, without: str, moving: bool, tries: int) -> Any:
    """The first state of so many draws that moves, where it has to."""
    for _ in range(tries):
        state = theory.state(source, without)
        if state is not None and (not moving or theory.moves(state)):
            return state
    return None
