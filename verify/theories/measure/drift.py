"""How far a conclusion is from holding along sampled trajectories: what ``Drift`` measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from verify.claims.conclusions import Conclusion, Conserved, Equation, Inequality, LinearLaw
from verify.claims.evidence import Measured, Outcome
from verify.claims.experiments.drift import Drift
from verify.claims.request import Request
from verify.exact.errors import BadInput
from verify.integrate.base import FlowStopped
from verify.models.point import Point
from verify.spelling.called import in_quotes
from verify.theories.measure.along import Path, at_each, follow, largest


def run(
    e: Drift, outcomes: Mapping[str, Outcome], points: Sequence[Point], request: Request
) -> list[Measured]:
    sentence = outcomes[e.conclusion].sentence
    order = max(sentence.conclusion.order(), e.near_miss.order())
    found = []
    for point in points:
        try:
            path = follow(
                point,
                request.digits_or(),
                order,
                decay=sentence.setting.decay,
                balanced=sentence.balanced,
            )
        except FlowStopped as end:
            found.append(Measured(e.kind, e.conclusion, "inconclusive", f"no trajectory: {end}"))
            continue
        found.append(_judge(e, path, sentence.conclusion))
    return found


def _judge(e: Drift, path: Path, conclusion: Conclusion) -> Measured:
    drift = largest(path, conclusion, residual_of(conclusion))
    missed = largest(path, e.near_miss, residual_of(e.near_miss))
    still = not path.moved > path.limit
    rejected = missed > 1000 * path.limit
    status = (
        "contradicts"
        if drift > path.limit
        else "agrees"
        if rejected and not still
        else "inconclusive"
    )
    text, shown = path.ring.text, "rejected" if rejected else "NOT rejected"
    slack = _slack(path, conclusion)
    least = "" if slack is None else f"; smallest slack {text(slack[0])}, at t = {slack[1]:.3g}"
    words = (
        f"{path.digits} digits, t in [0, {float(path.times[-1]):.3g}], largest deviation"
        f" {text(drift)} (limit {text(path.limit)}) while w moved {text(path.moved)}{least};"
        f" near miss, {in_quotes(e.named)}: {text(missed)}, {shown}{path.note}"
    )
    numbers = {
        "deviation": text(drift),
        "limit": text(path.limit),
        "moved": text(path.moved),
        "near_miss": text(missed),
        "horizon": str(path.times[-1]),
    }
    numbers |= {} if slack is None else {"slack": text(slack[0])}
    return Measured(e.kind, e.conclusion, status, words, numbers)


def _slack(path: Path, conclusion: Conclusion) -> tuple[Any, float] | None:
    """Of an inequality, which deviates by 0 wherever it holds: how near it comes to equality, in
    the same measure, and when. None for all else.
    """
    if not isinstance(conclusion, Inequality):
        return None
    left, right = conclusion.left, conclusion.right
    over = lambda m, first, s: _over(m.value(left, s).c[0], m.value(right, s).c[0])
    most, time = max(zip(at_each(path, conclusion, over), path.times, strict=True))
    return -most, float(time)


def residual_of(conclusion: Conclusion):
    """Relative size of the violation at one state; 0 where an inequality holds."""
    match conclusion:
        case Conserved(quantity):
            return lambda m, first, s: _relative(m.value(quantity, s), first.value(quantity, s))
        case Equation(left, right):
            return lambda m, first, s: _relative(m.value(left, s), m.value(right, s))
        case LinearLaw(quantity, rate):
            return lambda m, first, s: _relative(
                m.value(quantity, s).derivative(), m.value(rate * quantity, s)
            )
        case Inequality(left, right):
            return lambda m, first, s: max(0, _over(m.value(left, s).c[0], m.value(right, s).c[0]))
    raise BadInput(f"a drift experiment cannot measure a conclusion of kind {conclusion.kind}")


def _relative(a: Any, b: Any) -> Any:
    x, y = a.c[0], b.c[0]
    return abs(x - y) / max(1, abs(x), abs(y))


def _over(left: Any, right: Any) -> Any:
    return (left - right) / max(1, abs(left), abs(right))
