"""Many trajectories of one system at once, in doubles, each with steps of its own.

The method is the Runge-Kutta pair of order 8(5,3), its tableau read from SciPy; the field is one
list of NumPy calls for all trajectories (``field``, from ``rows``), and a stage is one matrix
product. Trajectories that have arrived are dropped. A Taylor method on arrays, order 19, took half
the steps and 2.8 times the time (problem P1, 1000 trajectories, 1e-13).

Reference: E. Hairer, S. Norsett, G. Wanner, Solving Ordinary Differential Equations I, 2nd ed.
(1993), II.4 (steps), II.10 (method).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from verify.exact.errors import BadInput
from verify.integrate.base import check_request
from verify.integrate.bases import bases
from verify.integrate.rows import Array, double, field
from verify.integrate.runge_kutta import Walk
from verify.integrate.trace import program

if TYPE_CHECKING:
    from verify.integrate.system import System

__all__ = ["ensemble", "field"]

WORKSPACE = 1 << 17  # doubles: a group of trajectories works inside the second-level cache
NARROWEST, WIDEST = 32, 1024


def ensemble(
    system: System,
    starts: Sequence[Sequence[Fraction]],
    horizon: Fraction,
    tolerance: float,
    samples: int,
) -> Array:
    """All trajectories from the ``starts``, shape (samples + 1, states, trajectories), at clock
    ``horizon j / samples``.

    Each step of each trajectory aims at a local error of at most ``tolerance`` times its own max
    |x|, as estimated by the pair; steps end on the sample times. Estimates, not bounds: where
    stability limits the step, errors of several tolerances come and go. The trajectories are
    independent: none waits for another's steps. Raises BadInput where a start is not exact or not
    as long as the system's, or a number is no double; FlowStopped where one of
    the trajectories cannot be followed to the horizon: it is named, and nothing is returned of the
    others.
    """
    check_request(horizon, 1, samples)
    check_tolerance(tolerance)
    begin = columns(system, starts)
    p = program(system)
    times = np.array([double(Fraction(horizon) * j / samples) for j in range(samples + 1)])
    answer = np.empty((samples + 1, *begin.shape))
    width = min(WIDEST, max(NARROWEST, WORKSPACE // (len(p.nodes) + 16 * p.states)))
    watched = list(bases(p))
    slopes = field(p, watched)
    with np.errstate(all="ignore"):
        for first in range(0, begin.shape[1], width):
            part = slice(first, first + width)
            walk = Walk(system.title, slopes, begin[:, part], times, tolerance, first)
            if watched:
                walk.watch(p, len(watched))
            walk.run(answer[:, :, part])
    return answer


def check_tolerance(tolerance: float) -> None:
    if not (isinstance(tolerance, float) and 1e-14 <= tolerance <= 1e-2):
        raise BadInput(
            f"tolerance is {tolerance!r}, expected a float from 1e-14 to 1e-2: for less use the"
            " engine taylor"
        )


def columns(system: System, starts: Sequence[Sequence[Fraction]]) -> Array:
    """The starts as nearest doubles, shape (states, trajectories). Raises BadInput where one is not
    exact, or of another length.
    """
    for k, row in enumerate(starts):
        if len(row) != len(system.start):
            raise BadInput(
                f"{system.title}: start {k} has {len(row)} values for {len(system.start)} states;"
                " expected one for each"
            )
        for x in row:
            if not isinstance(x, (int, Fraction)) or isinstance(x, bool):
                expected = (
                    "which is not exact; expected int or Fraction: write Fraction(1, 10) for 0.1"
                )
                raise BadInput(f"{system.title}: start {k} contains {x!r}, {expected}")
    if not len(starts):
        raise BadInput(f"{system.title}: there are no starts; expected at least one")
    return np.array([[double(x) for x in row] for row in starts]).T.copy()
