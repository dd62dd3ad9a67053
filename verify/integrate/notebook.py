"""The run that a notebook makes: SciPy's ``solve_ivp`` in doubles with one tolerance. A near miss,
never an engine of ours.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy

from verify.integrate.base import FlowStopped
from verify.integrate.double import field
from verify.integrate.rows import double
from verify.integrate.trace import program

if TYPE_CHECKING:
    from verify.integrate.system import System


def notebook(
    system: System, horizon: Fraction, tolerance: float, method: str, samples: int
) -> list[tuple[Fraction, tuple[Fraction, ...]]]:
    """(time, states) at samples + 1 times, the doubles as they are. Raises FlowStopped where SciPy
    says that it failed.
    """
    from scipy.integrate import solve_ivp

    p = program(system)
    times = [double(horizon * j / samples) for j in range(samples + 1)]
    with numpy.errstate(all="ignore"):  # a run that goes wrong is looked at all the same
        found = solve_ivp(
            field(p),
            (0.0, times[-1]),
            [double(x) for x in p.start],
            method=method,
            t_eval=times,
            rtol=tolerance,
            atol=tolerance,
        )
    if not found.success or len(found.t) != samples + 1:
        raise FlowStopped(
            Fraction(float(found.t[-1])) if len(found.t) else Fraction(0),
            f"SciPy's {method}: {found.message}",
        )
    return [
        (Fraction(float(t)), tuple(Fraction(float(x)) for x in row))
        for t, row in zip(found.t, found.y.T, strict=True)
    ]
