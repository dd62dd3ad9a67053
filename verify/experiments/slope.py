"""Slope: the order in eta of what descent adds over a fixed time, from a sequence of halved steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from verify.conclusions.order import Order
from verify.evidence import Measured

if TYPE_CHECKING:
    from verify.algebra.rings import Real
    from verify.evidence import Outcome
    from verify.request import Request
    from verify.settings.point import Point

_TIME = Fraction(1, 4)
_STEPS = (32, 64, 128, 256)
_DIGITS = 30


@dataclass(frozen=True, slots=True)
class Slope:
    """log2 of the ratio of changes at eta and eta/2, extrapolated; the near miss is the exponent off by a tenth."""

    conclusion: str
    kind: ClassVar[str] = "slope"
    measures: ClassVar[tuple[str, ...]] = ("order",)

    def run(self, outcomes: Mapping[str, Outcome], given: Sequence[Point], request: Request) -> list[Measured]:
        conclusion = outcomes[self.conclusion].sentence.conclusion
        assert isinstance(conclusion, Order)
        return [self._worst(conclusion, point) for point in given]

    def _worst(self, conclusion: Order, point: Point) -> Measured:
        """Over all values of the free indices: the first that does not agree, otherwise the last."""
        from verify.settings.point import assignments

        found = None
        for scope in assignments(conclusion.quantity.free_indices(), point.depth, point.width, None):
            found = self._measure(conclusion, point, scope)
            if found.status != "agrees":
                return found
        assert found is not None  # no free index gives one empty assignment
        return found

    def _measure(self, conclusion: Order, point: Point, scope: Mapping[str, int]) -> Measured:
        from verify.algebra.rings import Real

        real = Real(_DIGITS)
        changes = [_change(conclusion, point, real, steps, scope) for steps in _STEPS]
        if not all(changes):
            return Measured(self.kind, self.conclusion, "inconclusive", "nothing changes: a stationary start")
        raw = [float(real.log(abs(a / b)) / real.log(real.number(Fraction(2)))) for a, b in pairwise(changes)]
        order = [2 * b - a for a, b in pairwise(raw)]  # the error of raw halves with eta
        error = abs(order[-1] - order[-2]) + abs(order[-1] - raw[-1]) ** 2
        wanted = float(conclusion.exponent)
        settled = 10 * error < 0.05
        agrees = abs(order[-1] - wanted) <= 10 * error
        rejected = abs(order[-1] - wanted - 0.1) > 10 * error
        status = "inconclusive" if not settled else "contradicts" if not agrees else "agrees" if rejected else "inconclusive"
        text = (
            f"time {_TIME}, eta = {_TIME}/{_STEPS[0]} to {_TIME}/{_STEPS[-1]}: measured order {order[-1]:.6g} +- {error:.1g};"
            f" near miss, order {wanted + 0.1:.1f}: {'rejected' if rejected else 'NOT rejected'}"
        )
        numbers = {"scope": "one sampled start", "order": f"{order[-1]:.5f}", "error": f"{error:.1g}"}
        return Measured(self.kind, self.conclusion, status, text, numbers)


def _change(conclusion: Order, point: Point, real: Real, steps: int, scope: Mapping[str, int]) -> Any:
    """What ``steps`` descent steps of length TIME/steps add to the quantity."""
    from verify.settings.point import Motion, Point

    eta = real.number(_TIME / steps)
    rows: Any = tuple(tuple(real.number(x) for x in row) for row in point.start)
    first = here = Motion(Point(rows, point.loss, point.constants), real, 0)
    for _ in range(steps):
        rows = tuple(
            tuple(x - eta * (p * g).c[0] for x, p, g in zip(row, prow, here.g, strict=True))
            for row, prow in zip(rows, here.P, strict=True)
        )
        here = Motion(Point(rows, point.loss, point.constants), real, 0)
    return (here.value(conclusion.quantity, scope) - first.value(conclusion.quantity, scope)).c[0]
