"""Many trajectories in doubles at once: through heyoka where it is installed, otherwise through
NumPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from verify.exact.errors import BadInput

if TYPE_CHECKING:
    from verify.integrate.system import System

ENGINES = ("heyoka", "numpy")


def ensemble(
    system: System,
    starts: Sequence[Sequence[Fraction]],
    horizon: Fraction,
    tolerance: float,
    samples: int,
    engine: str = "",
) -> Any:
    """All trajectories from the ``starts``, an array of shape (samples + 1, states, trajectories):
    ``batch.ensemble`` has the contract.

    ``engine`` chooses; left out, it is heyoka if that is installed. The two use different methods:
    their results agree to the tolerance and not to the last bit. Raises BadInput for an engine that
    is not known, and what the engines raise.
    """
    chosen = engine or ("heyoka" if find_spec("heyoka") else "numpy")
    if chosen == "heyoka":
        from verify.integrate.heyoka_ensemble import ensemble as run
    elif chosen == "numpy":
        from verify.integrate.batch import ensemble as run
    else:
        raise BadInput(f"engine {engine!r}; expected one of: {', '.join(ENGINES)}")
    return run(system, starts, horizon, tolerance, samples)
