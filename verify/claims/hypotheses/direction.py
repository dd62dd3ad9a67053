"""Hypotheses of statements about the limit direction: the loss, the signs and the half-space of the
start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.claims.hypotheses import Hypothesis
from verify.models.direction import agreement, is_fisher, optimum
from verify.models.point import Point

if TYPE_CHECKING:
    from verify.models.losses.base import Loss
    from verify.models.point import Point, Start


@dataclass(frozen=True, slots=True)
class FisherRatio(Hypothesis):
    """J = -(m'w)^2/(w'S_W w), S_W positive definite, all entries of v = S_W^-1 m non-zero."""

    id: str = "ratio"
    kind = "fisher-ratio"
    said = (
        r"\(J = -(m^{\top} w)^{2}/(w^{\top} S_W w)\) with \(S_W\) positive definite,"
        r" \(v = S_W^{-1} m\) without a zero entry"
    )
    about = "loss"
    needs_definite = True
    exact = False

    def violated(self, point: Point) -> str | None:
        if not is_fisher(point.loss):
            return f"J = {point.loss.text} is not -(m'w)^2/(w'S_W w) with S_W positive definite"
        return "v = S_W^-1 m has a zero entry" if 0 in optimum(point.loss) else None


@dataclass(frozen=True, slots=True)
class SameSigns(Hypothesis):
    """w_i(0) v_i > 0 for each i, or < 0 for each i."""

    id: str = "signs"
    kind = "same-signs"
    said = r"\(w_i v_i > 0\) for each \(i\) (or \(< 0\) for each \(i\))"
    when = "at the start"
    exact = False

    def adjusted(self, start: Start, loss: Loss) -> Start:
        """Signs of the first layer flipped where w_i and v_i differ."""
        if not is_fisher(loss):
            return start
        signs = agreement(Point(start, loss))[0]
        return (tuple(-x if s < 0 else x for x, s in zip(start[0], signs, strict=True)), *start[1:])

    def violated(self, point: Point) -> str | None:
        if not is_fisher(point.loss):
            return None
        signs = agreement(point)[0]
        return None if len(set(signs)) == 1 and signs[0] else f"signs of w_i v_i: {signs}"


@dataclass(frozen=True, slots=True)
class HalfSpace(Hypothesis):
    """m'w(0) has the sign of w(0)'v; the signs of the coordinates do not imply it."""

    id: str = "half-space"
    kind = "half-space"
    said = r"\(m^{\top} w > 0\) (\(< 0\) where all \(w_i v_i < 0\))"
    when = "at the start"
    exact = False

    def violated(self, point: Point) -> str | None:
        if not is_fisher(point.loss):
            return None
        signs, side = agreement(point)
        return None if side and side == (1 if sum(signs) > 0 else -1) else f"sign of m'w is {side}"
