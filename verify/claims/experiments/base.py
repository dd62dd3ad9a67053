"""Numeric experiments: what each kind names. ``verify.theories.measure`` runs them: they illustrate
and support, and never prove.
"""

from __future__ import annotations

from typing import Protocol

from verify.exact.errors import BadInput


def named(experiment: Experiment) -> None:
    """Raises BadInput unless the conclusion is given by its name."""
    if not isinstance(experiment.conclusion, str):
        raise BadInput(
            f"{type(experiment).__name__}({experiment.conclusion!r}): expected the name of a"
            " conclusion: its key in concluding"
        )


class Experiment(Protocol):
    """``conclusion`` names what is measured; ``measures`` are the kinds of conclusion that it can
    be.
    """

    @property
    def kind(self) -> str: ...

    @property
    def measures(self) -> tuple[str, ...]: ...

    @property
    def conclusion(self) -> str: ...
