"""Drift: how far a conserved quantity, an equation or an inequality is from holding along sampled trajectories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from verify.algebra.expr import Expr
from verify.conclusions import Conclusion, Conserved, Equation, Inequality, LinearLaw
from verify.errors import BadInput
from verify.evidence import Measured
from verify.experiments.base import named

if TYPE_CHECKING:
    from verify.evidence import Outcome
    from verify.experiments.along import Path
    from verify.request import Request
    from verify.settings.point import Motion, Point


@dataclass(frozen=True, slots=True)
class Drift:
    """The same trajectory must show no drift of the conclusion and a clear drift of the named near miss."""

    conclusion: str
    near_miss: Conclusion
    named: str
    kind: ClassVar[str] = "drift"
    measures: ClassVar[tuple[str, ...]] = ("conserved", "equation", "linear-law", "inequality")

    def __post_init__(self) -> None:
        """Raises BadInput unless the near miss is a sentence that can be measured, with a name in words."""
        named(self)
        miss, whose = self.near_miss, f"Drift({self.conclusion!r:.40}, ...)"
        if isinstance(miss, type) or getattr(miss, "kind", None) not in self.measures:
            mend = "write Conserved(...) around it" if isinstance(miss, Expr) else "such as Conserved(another quantity)"
            raise BadInput(f"{whose}: near miss of type {type(miss).__name__}; expected a conclusion of its own: {mend}")
        if not isinstance(self.named, str) or not self.named.isprintable() or not self.named.strip():
            raise BadInput(f"{whose}: named = {self.named!r:.60}; expected the near miss in words, such as 'exponent off by a tenth'")

    def run(self, outcomes: Mapping[str, Outcome], points: Sequence[Point], request: Request) -> list[Measured]:
        from verify.experiments.along import follow  # engines are imported when they run: listing claims must not pay for them
        from verify.integrate.base import FlowStopped

        sentence = outcomes[self.conclusion].sentence
        order = max(sentence.conclusion.order(), self.near_miss.order())
        found = []
        for point in points:
            try:
                path = follow(point, request.digits_or(), order, decay=sentence.setting.decay, balanced=sentence.balanced)
            except FlowStopped as end:
                found.append(Measured(self.kind, self.conclusion, "inconclusive", f"no trajectory: {end}"))
                continue
            found.append(self._judge(path, sentence.conclusion))
        return found

    def _judge(self, path: Path, conclusion: Conclusion) -> Measured:
        from verify.experiments.along import largest

        drift = largest(path, conclusion, residual_of(conclusion))
        missed = largest(path, self.near_miss, residual_of(self.near_miss))
        still = not path.moved > path.limit
        rejected = missed > 1000 * path.limit
        status = "contradicts" if drift > path.limit else "agrees" if rejected and not still else "inconclusive"
        text = path.ring.text
        words = (
            f"{path.digits} digits, t in [0, {float(path.times[-1]):.3g}], largest deviation {text(drift)}"
            f" (limit {text(path.limit)}) while w moved {text(path.moved)}; near miss, {self.named}:"
            f" {text(missed)}, {'rejected' if rejected else 'NOT rejected'}{path.note}"
        )
        numbers = {
            "deviation": text(drift),
            "limit": text(path.limit),
            "moved": text(path.moved),
            "near_miss": text(missed),
            "horizon": str(path.times[-1]),
        }
        return Measured(self.kind, self.conclusion, status, words, numbers)


def residual_of(conclusion: Conclusion):
    """Relative size of the violation at one state; 0 where an inequality holds."""
    match conclusion:
        case Conserved(quantity):
            return lambda m, first, s: _relative(m.value(quantity, s), first.value(quantity, s))
        case Equation(left, right):
            return lambda m, first, s: _relative(m.value(left, s), m.value(right, s))
        case LinearLaw(quantity, rate):
            return lambda m, first, s: _relative(m.value(quantity, s).derivative(), m.value(rate * quantity, s))
        case Inequality(left, right):
            return lambda m, first, s: _excess(m, m.value(left, s).c[0], m.value(right, s).c[0])
    raise BadInput(f"a drift experiment cannot measure a conclusion of kind {conclusion.kind}")


def _relative(a: Any, b: Any) -> Any:
    x, y = a.c[0], b.c[0]
    return abs(x - y) / max(1, abs(x), abs(y))


def _excess(m: Motion, left: Any, right: Any) -> Any:
    return max(0, left - right) / max(1, abs(left), abs(right))
