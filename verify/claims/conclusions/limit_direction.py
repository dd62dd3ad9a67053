"""LimitDirection: w/|w| tends to the direction of v = S_W^-1 m, of -v where m'w < 0 at the start.
Measured; refuted by an exact trap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.claims.conclusions.base import Conclusion, Failure, Trap
from verify.exact.errors import require
from verify.models.direction import agreement, trap
from verify.terms.expr import Expr, J

if TYPE_CHECKING:
    from verify.models.point import Point

_WHY = {
    "TRAP_BY_DESCENT": (
        "J(w(0)) < 0 and J = 0 where m'w = 0, so m'w keeps its sign for ever; v has the other one,"
        " and the signs of w exclude -v"
    ),
    "TRAP_BY_SIGNS": (
        "a balanced flow of depth >= 2 keeps the sign of each w_i, and they are neither those of v"
        " nor of -v"
    ),
}


@dataclass(frozen=True)
class LimitDirection(Conclusion):
    """The limit of the direction for a loss with data S_W, m."""

    target: str = "S_W^-1 m"
    kind = "limit-direction"
    exact = False
    said = (
        "w/|w| tends to the direction of S_W^-1 m where m'w > 0 at the start, and to the opposite"
        " one where m'w < 0"
    )
    tex = (
        r"w(t)/\lVert w(t)\rVert \to \operatorname{sign}(m^{\top} w(0))\, S_W^{-1}m/\lVert"
        r" S_W^{-1}m\rVert"
    )

    def __post_init__(self) -> None:
        require(
            self.target == "S_W^-1 m",
            "LimitDirection: target",
            self.target,
            "'S_W^-1 m', the only one that is known",
        )

    def expressions(self) -> tuple[Expr, ...]:
        return (J,)

    def trapped(self, candidates: Iterable[Point]) -> Trap | None:
        """An admitted balanced start in an invariant set that keeps away from both directions."""
        for point in candidates:
            rule = trap(point)
            if rule is not None:
                signs, side = agreement(point)
                tex = (
                    f"\\operatorname{{sign}}(w_i v_i)_{{i}} = ({', '.join(map(str, signs))}),\\"
                    " \\operatorname{sign} m^{\\top} w"
                )
                failure = Failure(
                    f"{_WHY[rule]}; sign(w_i v_i) = {signs}, sign(m'w)", str(side), tex
                )
                return Trap(point, failure, rule)
        return None
