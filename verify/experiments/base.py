"""Numeric experiments: what each kind names. ``verify.measure`` runs them: they illustrate and support, and never prove."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Protocol

from verify.errors import BadInput

if TYPE_CHECKING:
    from verify.claim import Claim


def named(experiment: Experiment) -> None:
    """Raises BadInput unless the conclusion is given by its name."""
    if not isinstance(experiment.conclusion, str):
        raise BadInput(
            f"{type(experiment).__name__}({experiment.conclusion!r}): expected the name of a conclusion: its key in concluding"
        )


def check_measured(claim: Claim, e: Any) -> None:
    """An experiment is about a conclusion of the claim, of a kind that it measures, and its near miss is another sentence."""
    if e.conclusion not in claim.concluding:
        near = get_close_matches(e.conclusion, claim.concluding, 1)
        hint = f"did you mean {near[0]}?" if near else f"its conclusions: {', '.join(claim.concluding)}"
        raise BadInput(f"claim {claim.id}: {e.kind} measures the conclusion {e.conclusion!r}: {hint}")
    stated = claim.concluding[e.conclusion]
    if stated.kind not in e.measures:
        raise BadInput(f"claim {claim.id}: {e.kind} measures {', '.join(e.measures)}, got {stated.kind}")
    if getattr(e, "near_miss", None) == stated:
        raise BadInput(f"claim {claim.id}: the near miss of {e.kind} is the conclusion itself; expected a false sentence near it")


class Experiment(Protocol):
    """``conclusion`` names what is measured; ``measures`` are the kinds of conclusion that it can be."""

    @property
    def kind(self) -> str: ...

    @property
    def measures(self) -> tuple[str, ...]: ...

    @property
    def conclusion(self) -> str: ...
