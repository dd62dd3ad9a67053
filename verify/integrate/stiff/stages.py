"""The equations of a collocation step, X_i = x_0 + h sum_j A_ij f(X_j), solved by Newton's method:
residuals in balls, the matrix I - h A (x) J factorised once in doubles, and refined with it.

Each pass with one matrix gains about twelve digits. The Jacobian is made anew until corrections are
small: later ones change nothing. Nothing is rigorous here; the stages are a guess that is checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, log2
from typing import Any

import numpy
from flint import arb, arb_mat

from verify.integrate.stiff.elimination import Factorised, Singular
from verify.integrate.stiff.field import Field
from verify.integrate.stiff.in_doubles import jacobian
from verify.integrate.stiff.radau import Tables

MOST_MATRICES, MOST_PASSES = 12, 12
SMALL = -20  # log2 of a relative correction, below which the Jacobian is kept
PASS = 40  # bits that a pass gains
SLOW = -4  # log2 by which each pass must gain


class NoStages(Exception):
    """Newton's method does not get there: the step is too long for it."""


@dataclass(slots=True)
class Stages:
    """``x`` and ``slopes`` at the nodes, h f there, as matrices (nodes, states); ``stiffness`` is
    log2 of h |J|.
    """

    x: Any
    slopes: Any
    stiffness: float


class Newton:
    """For one step: h, x_0 and the clock at the nodes are given."""

    def __init__(self, field: Field, tables: Tables, start: Sequence[Any], clock: list, h: Any):
        self.field, self.tables, self.h, self.clock = field, tables, h, clock
        self.start = arb_mat([list(start)] * len(tables.nodes))
        self.shape = (len(tables.nodes), len(start))
        self.stiffness, self.moved = -inf, inf  # log2 of h |J| and of the first correction

    def solve(self, guess: Any, size: float, aim: float) -> Stages:
        """Until corrections are below 2^aim, relative to 2^size, over max(1, h |J|) and ``beyond``
        it. Raises NoStages.
        """
        x, last, first = guess, inf, True
        for _ in range(MOST_MATRICES):
            matrix = self._matrix(x)
            for _ in range(MOST_PASSES):
                x, moved = self._corrected(x, matrix)
                self.moved, first = (moved if first else self.moved), False
                if moved - size < aim - max(0.0, self.stiffness) - beyond(self.stiffness):
                    return Stages(x, self._slopes(x), self.stiffness)
                gained, last = moved - last, moved
                if moved - size > SMALL or gained > SLOW:
                    break
            if moved - size > 40 or (moved - size < SMALL and gained > -1):
                break
        raise NoStages("Newton's method does not converge")

    def _corrected(self, x: Any, matrix: Any) -> tuple[Any, float]:
        """One pass, and log2 of the largest correction."""
        rest = (x - self.start - self.tables.integral * self._slopes(x)).mid()
        entries = rest.entries()
        largest = log2_of(max((abs(r) for r in entries), key=lambda r: r))
        if largest == -inf:
            return x, -inf
        scale = arb(2) ** -round(largest)
        column = numpy.array([float(r * scale) for r in entries])
        move = matrix.solve(column)
        if not numpy.isfinite(move).all():
            raise NoStages("a correction is out of range")
        most = abs(move).max()
        back = 1 / scale
        step = arb_mat(*self.shape, [arb(float(d)) * back for d in move])
        return (x - step).mid(), (log2(most) if most else -inf) + round(largest)

    def _slopes(self, x: Any) -> Any:
        rows = []
        for row, clock in zip(x.tolist(), self.clock, strict=True):
            slopes = self.field.slopes(self.field.values(row, clock))
            if not all(s.is_finite() for s in slopes):
                raise NoStages("the field is not defined at a stage")
            rows.append([s * self.h for s in slopes])
        return arb_mat(rows).mid()

    def _matrix(self, x: Any) -> Any:
        """I - h A (x) J, factorised; J at every node."""
        n, d = self.shape
        mid = numpy.array([[float(a) for a in row] for row in x.tolist()]).T
        clock = numpy.array([float(c) for c in self.clock])
        with numpy.errstate(all="ignore"):
            j = jacobian(self.field.program, mid, clock) * float(self.h)
        if not numpy.isfinite(j).all():
            raise NoStages("the Jacobian is not defined at a stage")
        self.stiffness = log2(max(float(abs(j).sum(axis=2).max()), 1e-290))
        whole = -numpy.einsum("ij,jab->iajb", self.tables.rounded, j).reshape(n * d, n * d)
        whole[numpy.diag_indices(n * d)] += 1
        try:
            return Factorised(whole)
        except Singular as error:
            raise NoStages("a matrix is singular") from error


def beyond(stiffness: float) -> float:
    """How many bits more are needed than h |J| has: the end of a step is off by h |J| times what
    its stages are, which is one pass better than the last correction.
    """
    return max(0.0, stiffness - PASS)


def log2_of(x: Any) -> float:
    """Of the middle of a ball > 0, also beyond the range of doubles; -inf for 0."""
    top, exponent = (int(k) for k in x.mid().man_exp())
    return log2(top) + exponent if top else -inf
