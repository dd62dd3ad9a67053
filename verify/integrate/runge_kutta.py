"""The Runge-Kutta pair of order 8(5,3) on a group of trajectories, each with steps of its own.

Reference: E. Hairer, S. Norsett, G. Wanner, Solving Ordinary Differential Equations I, 2nd ed.
(1993), II.4 (steps), II.10 (method).
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from verify.integrate.inside import look, suspicious
from verify.integrate.rows import Array, Field
from verify.integrate.stops import GAVE_UP, MAY_END, MOST_LEFT, STIFF, UNDEFINED, FlowStopped
from verify.integrate.trace import Program

TINY = 1e-300
SHORTEST = 16  # in units in the last place of the time: a shorter step counts as collapsed
MOST_STEPS = 50_000  # of the slowest trajectory of a group
ROOM, SLOWEST = 0.9, 0.2
# 10 let the step jump past the limit of stability before the estimate saw it: errors of twenty
# tolerances on P4
FASTEST = 2.0
SAME_PACE = 512  # steps, twice in a row


class Walk:
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
        self.mark, self.moved = self.t, self.t
        self.k = np.empty((DOP853.n_stages + 1, *x.shape))
        self.program: Program
        self.seen: Array = None
        self.slopes(self.t, self.x, self.k[0])
        self.h = self._first_step()

    def watch(self, program: Program, count: int) -> None:
        """Look at so many bases of the field inside the steps."""
        self.program = program
        self.seen = np.empty((len(self.k), count, self.x.shape[1]))
        self.slopes(self.t, self.x, self.k[0], self.seen[0])

    def _look_inside(self, h: Array, fine: Array) -> None:
        """Raises FlowStopped where a base is not told from 0 in a step that is accepted."""
        places = np.array([*self.tableau.C[: self.tableau.n_stages], 1.0])
        for column in np.flatnonzero(suspicious(places, self.seen) & fine):
            name = f"trajectory {self.first + int(self.who[column])} of {self.title}"
            begin = Fraction(float(self.t[column]))
            end = begin + Fraction(float(h[column]))
            look(name, self.program, begin, end, self.x[:, column].tolist())
        np.copyto(self.seen[0], self.seen[-1], where=fine)

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
        for step in range(MOST_STEPS):
            if not self.who.size:
                return
            self._step(answer)
            done = self.next == len(self.times)
            if step % SAME_PACE == SAME_PACE - 1:
                self._check_pace(done)
            if done.all() or 4 * done.sum() > done.size:
                self._keep(~done)
        column = int(np.argmin(self.t))
        self._stop(
            column, f"more than {MOST_STEPS} steps, the last of {self.h[column]:.2g}: {STIFF}"
        )

    def _keep(self, stay: Array) -> None:
        """Drop the columns that have arrived; a few that wait cost less than copying the others."""
        self.x, self.k = np.compress(stay, self.x, 1), np.compress(stay, self.k, 2)
        self.mark, self.moved = self.mark[stay], self.moved[stay]
        if self.seen is not None:
            self.seen = np.compress(stay, self.seen, 2)
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
        if self.seen is not None:
            self._look_inside(h, fine & (self.next < len(self.times)))
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
            clock = self.t + (table.C[s] if s < table.n_stages else 1) * h
            self.slopes(clock, x, self.k[s], None if self.seen is None else self.seen[s])
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

    def _check_pace(self, done: Array) -> None:
        """Raises FlowStopped for a trajectory that moves as slowly as before, and could only crawl
        to its end.
        """
        moved, left = self.t - self.mark, self.times[-1] - self.t
        same = (moved < 2 * self.moved) & (2 * moved > self.moved)
        stalled = same & ~done & (left * SAME_PACE > moved * MOST_LEFT)
        self.mark, self.moved = self.t, moved
        if stalled.any():
            column = int(np.argmax(stalled))
            said = f"{SAME_PACE} steps led {moved[column]:.2g} further"
            left_ = f"and more than {MOST_LEFT} of them are left"
            self._stop(column, f"{said}, {left_}: {STIFF}; or {MAY_END}")
