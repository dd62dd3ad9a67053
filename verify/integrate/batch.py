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
from verify.integrate.rows import Array, Field, double, field
from verify.integrate.stops import GAVE_UP, MAY_END, STIFF, UNDEFINED, FlowStopped
from verify.integrate.trace import program

if TYPE_CHECKING:
    from verify.integrate.system import System

__all__ = ["ensemble", "field"]

WORKSPACE = 1 << 17  # doubles: a group of trajectories works inside the second-level cache
NARROWEST, WIDEST = 32, 1024
TINY = 1e-300
SHORTEST = 16  # in units in the last place of the time: a shorter step counts as collapsed
MOST_STEPS = 50_000  # of the slowest trajectory of a group
ROOM, SLOWEST = 0.9, 0.2
# 10 let the step jump past the limit of stability before the estimate saw it: errors of twenty
# tolerances on P4
FASTEST = 2.0


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
    slopes = field(p)
    with np.errstate(all="ignore"):
        for first in range(0, begin.shape[1], width):
            part = slice(first, first + width)
            _Walk(system.title, slopes, begin[:, part], times, tolerance, first).run(
                answer[:, :, part]
            )
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


class _Walk:
    """A group of trajectories on their way; ``x``, ``t``, ``h`` and the like have one column for
    each.
    """

    def __init__(
        self, title: str, slopes: Field, x: Array, times: Array, tolerance: float, first: int
    ) -> None:
        from scipy.integrate import DOP853

        self.title, self.slopes, self.times, self.tolerance, self.first = (
            title,
            slopes,
            times,
            tolerance,
            first,
        )
        self.tableau = DOP853
        self.x, self.t, self.next = x.copy(), np.zeros(x.shape[1]), np.ones(x.shape[1], dtype=int)
        self.who = np.arange(x.shape[1])
        self.k = np.empty((DOP853.n_stages + 1, *x.shape))
        self.slopes(self.t, self.x, self.k[0])
        self.h = self._first_step()

    def _first_step(self) -> Array:
        """A hundredth of the time in which the state would double."""
        size, slope = np.abs(self.x).max(0), np.abs(self.k[0]).max(0)
        if not np.isfinite(slope).all():
            self._stop(
                int(np.argmin(np.isfinite(slope))),
                "it has no value there, or one beyond doubles",
                UNDEFINED,
            )
        horizon = self.times[-1]
        return np.where(
            slope * horizon > 0.01 * size,
            np.where(size > 0, 0.01 * size / slope, 1e-6 * horizon),
            horizon,
        )

    def _stop(self, column: int, reason: str, outcome: str = GAVE_UP) -> None:
        name = f"trajectory {self.first + int(self.who[column])} of {self.title}"
        raise FlowStopped(Fraction(float(self.t[column])), f"{name}: {reason}", outcome)

    def run(self, answer: Array) -> None:
        answer[0] = self.x
        for _ in range(MOST_STEPS):
            if not self.who.size:
                return
            self._step(answer)
            done = self.next == len(self.times)
            if done.all() or 4 * done.sum() > done.size:
                self._keep(~done)
        column = int(np.argmin(self.t))
        self._stop(
            column, f"more than {MOST_STEPS} steps, the last of {self.h[column]:.2g}: {STIFF}"
        )

    def _keep(self, stay: Array) -> None:
        """Drop the columns that have arrived; a few that wait cost less than copying the others."""
        self.x, self.k = np.compress(stay, self.x, 1), np.compress(stay, self.k, 2)
        self.t, self.h, self.next, self.who = (
            self.t[stay],
            self.h[stay],
            self.next[stay],
            self.who[stay],
        )

    def _step(self, answer: Array) -> None:
        """One attempt of every trajectory; accepted where the estimated error is at most 1."""
        goal = self.times[np.minimum(self.next, len(self.times) - 1)]
        ends = self.t + self.h >= goal
        h = np.where(ends, goal - self.t, self.h)
        x = self._stages(h)
        error = self._error(h, x)
        fine = error <= 1
        self.h = self._next_step(h, error, ends)
        np.copyto(self.x, x, where=fine)
        np.copyto(self.k[0], self.k[-1], where=fine)
        self.t = np.where(fine, np.where(ends, goal, self.t + h), self.t)
        landed = np.flatnonzero(fine & ends & (self.next < len(self.times)))
        answer[self.next[landed], :, self.who[landed]] = self.x[:, landed].T
        self.next[landed] += 1
        self._check_collapse()

    def _stages(self, h: Array) -> Array:
        """The state after the step; all slopes on the way, the one there last."""
        table, x = self.tableau, np.empty_like(self.x)
        flat = self.k.reshape(len(self.k), -1)
        for s in range(1, table.n_stages + 1):
            weights = table.A[s, :s] if s < table.n_stages else table.B
            np.matmul(weights, flat[:s], out=x.reshape(-1))
            np.multiply(x, h, out=x)
            np.add(x, self.x, out=x)
            self.slopes(self.t + (table.C[s] if s < table.n_stages else 1) * h, x, self.k[s])
        return x

    def _error(self, h: Array, x: Array) -> Array:
        """Of order 8, from the embedded formulas of orders 5 and 3, in units of what is allowed;
        nan where the step left the domain.
        """
        flat = self.k.reshape(len(self.k), -1)
        five, three = (
            np.abs((e @ flat).reshape(x.shape)).max(0) for e in (self.tableau.E5, self.tableau.E3)
        )
        size = np.maximum(np.abs(self.x).max(0), np.abs(x).max(0))
        unit = h / np.maximum(self.tolerance * size, TINY)
        five, three = five * unit, three * unit
        return np.where(five == 0, 0.0, five**2 / np.sqrt(five**2 + 0.01 * three**2))

    def _next_step(self, h: Array, error: Array, ends: Array) -> Array:
        factor = np.clip(ROOM * np.maximum(error, TINY) ** -0.125, SLOWEST, FASTEST)
        accepted = np.where(ends, np.maximum(self.h, h * factor), h * factor)
        refused = np.where(np.isfinite(error), np.minimum(ROOM, factor), SLOWEST) * h
        return np.minimum(np.where(error <= 1, accepted, refused), self.times[-1])

    def _check_collapse(self) -> None:
        least = SHORTEST * np.maximum(np.spacing(self.t), 1e-30 * self.times[-1])
        short = (self.h < least) & (self.next < len(self.times))
        if short.any():
            column = int(np.argmax(short))
            size = np.abs(self.x[:, column]).max()
            reason = f"the step fell to {self.h[column]:.2g}, with max |x| about {size:.2g}"
            self._stop(column, f"{reason}: {MAY_END}")
