"""Slope: the order in eta of what descent adds over a fixed time, from a sequence of halved steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from verify.conclusions.order import Order
from verify.evidence import Measured

if TYPE_CHECKING:
    from verify.algebra.rings import Real
    from verify.evidence import Outcome
    from verify.request import Request
    from verify.settings.point import Point

_TIME = Fraction(1, 4)
_STEPS = (16, 32, 64, 128, 256, 512)
_DIGITS = 30


@dataclass(frozen=True, slots=True)
class Slope:
    """The order of the changes at eta, eta/2, ..., see ``orders``; the near miss is the exponent off by a tenth."""

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
        from verify.experiments.orders import order_in_parameter
        from verify.experiments.rates import judged

        real = Real(_DIGITS)
        changes = [_change(conclusion, point, real, steps, scope) for steps in _STEPS]
        if not any(change for change, _ in changes):
            return Measured(self.kind, self.conclusion, "inconclusive", "nothing changes: a stationary start")
        etas = [_TIME / steps for steps in _STEPS]
        rate = order_in_parameter(etas, [float(abs(c)) for c, _ in changes], [float(n) for _, n in changes])
        wanted = conclusion.exponent
        found = judged(
            rate,
            wanted,
            wanted + Fraction(1, 10),
            what=f"time {_TIME}, eta = {_TIME}/{_STEPS[0]} to {_TIME}/{_STEPS[-1]}: measured order",
            named="an order a tenth higher",
            conclusion=self.conclusion,
            kind=self.kind,
        )
        return replace(found, numbers=found.numbers | {"scope": "one sampled start"})


def _change(conclusion: Order, point: Point, real: Real, steps: int, scope: Mapping[str, int]) -> tuple[Any, Any]:
    """What ``steps`` descent steps of length TIME/steps add to the quantity, and what rounding may add."""
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
    end, begin = (m.value(conclusion.quantity, scope).c[0] for m in (here, first))
    change = end - begin
    size = abs(end) + abs(begin)
    return change, steps * size * real.number(Fraction(1, 10 ** (_DIGITS - 1))) + abs(change) * real.number(Fraction(1, 2**52))
