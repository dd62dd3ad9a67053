"""The order in eta of what descent adds over a fixed time, from a sequence of halved steps: what
``Slope`` measures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from verify.claims.conclusions.order import Order
from verify.claims.evidence import Measured, Outcome
from verify.claims.experiments.slope import Slope
from verify.claims.request import Request
from verify.exact.rings import Real
from verify.models.jets import Motion, assignments
from verify.models.point import Point
from verify.theories.measure.independent import Independent, independent
from verify.theories.measure.orders import order_in_parameter
from verify.theories.measure.rates import judged

_TIME = Fraction(
    1, 64
)  # for weights that move at speed 1 or less; halved until they move no further
_STEPS = (4, 8, 16, 32, 64, 128)
MISS = Fraction(1, 10)  # the near misses: orders a tenth higher and a tenth lower
Scope = Mapping[str, int]


def run(
    e: Slope, outcomes: Mapping[str, Outcome], given: Sequence[Point], request: Request
) -> list[Measured]:
    """One record for each loss and start; too few of them support nothing."""
    sentence = outcomes[e.conclusion].sentence
    own = bool(request.loss or request.scatter)
    sizes = (given[0].depth, given[0].width) if given else (request.depth or 3, request.width or 2)
    found = independent(sentence, sizes, request, [p.loss for p in given[:1]] if own else [])
    records = at(e, sentence.conclusion, found.points, request.digits_or())
    return [_scoped(m, found) for m in records] or [
        Measured(e.kind, e.conclusion, "inconclusive", found.missing)
    ]


def at(e: Slope, conclusion: Any, points: Sequence[Point], digits: int) -> list[Measured]:
    """At these points alone: what a contrast needs."""
    assert isinstance(conclusion, Order)
    return [_worst(e, conclusion, point, digits) for point in points]


def _worst(e: Slope, conclusion: Order, point: Point, digits: int) -> Measured:
    """Over all values of the free indices: the first that does not agree, otherwise the last."""
    where, real = point.text(), Real(digits)
    scopes = list(assignments(conclusion.quantity.free_indices(), point.depth, point.width, None))
    try:
        time = _time(point)
        runs = [_changes(conclusion, point, real, time / steps, steps, scopes) for steps in _STEPS]
    except (ZeroDivisionError, ValueError, OverflowError) as error:
        return Measured(
            e.kind,
            e.conclusion,
            "inconclusive",
            f"{where}: descent leaves the domain of J ({error})",
        )
    what = f"{where}; {digits} digits, time {time}"
    etas = [time / steps for steps in _STEPS]
    found = [
        _measure(e, conclusion, what, etas, [run[k] for run in runs]) for k in range(len(scopes))
    ]
    return next((m for m in found if m.status != "agrees"), found[-1])


def _measure(
    e: Slope, conclusion: Order, what: str, etas: list[Fraction], changes: list[tuple[Any, Any]]
) -> Measured:
    if not any(change for change, _ in changes):
        return Measured(
            e.kind, e.conclusion, "inconclusive", f"{what}: nothing changes: a stationary start"
        )
    rate = order_in_parameter(
        etas, [float(abs(c)) for c, _ in changes], [float(n) for _, n in changes]
    )
    wanted, lower = conclusion.exponent, conclusion.exponent - MISS
    found = judged(
        rate,
        wanted,
        wanted + MISS,
        what=f"{what}, eta = {etas[0]} to {etas[-1]}: measured order",
        named="an order a tenth higher",
        conclusion=e.conclusion,
        kind=e.kind,
    )
    told = rate.rejects(lower)
    text = (
        f"{found.text}; an order a tenth lower ({float(lower):.6g}):"
        f" {'rejected' if told else 'NOT rejected'}"
    )
    return replace(
        found,
        text=text,
        status=found.status if told or found.status != "agrees" else "inconclusive",
    )


def _scoped(m: Measured, found: Independent) -> Measured:
    """What agrees counts only where the losses and starts are enough."""
    if found.missing and m.status == "agrees":
        m = replace(m, status="inconclusive", text=f"{m.text}; {found.missing}")
    return replace(m, numbers=m.numbers | {"scope": found.scope})


def _time(point: Point) -> Fraction:
    """The time over which no weight would move by more than TIME, were it to keep its speed."""
    motion, time = Motion(point, Real(15), 0), _TIME
    speed = max(abs((p * g).c[0]) for row in motion.P for p, g in zip(row, motion.g, strict=True))
    while speed > 1 and time > _TIME / 2**20:
        speed, time = speed / 2, time / 2
    return time


def _changes(
    conclusion: Order, point: Point, real: Real, step: Fraction, steps: int, scopes: Sequence[Scope]
) -> list[tuple[Any, Any]]:
    """What ``steps`` descent steps add to the quantity, and what rounding may add, for each
    scope.
    """
    eta = real.number(step)
    rows: Any = tuple(tuple(real.number(x) for x in row) for row in point.start)
    first = here = Motion(Point(rows, point.loss, point.constants), real, 0)
    for _ in range(steps):
        rows = tuple(
            tuple(x - eta * (p * g).c[0] for x, p, g in zip(row, prow, here.g, strict=True))
            for row, prow in zip(rows, here.P, strict=True)
        )
        here = Motion(Point(rows, point.loss, point.constants), real, 0)
    return [_change(conclusion, here, first, real, steps, scope) for scope in scopes]


def _change(
    conclusion: Order, here: Any, first: Any, real: Real, steps: int, scope: Scope
) -> tuple[Any, Any]:
    end, begin = (m.value(conclusion.quantity, scope).c[0] for m in (here, first))
    change, size = end - begin, abs(end) + abs(begin)
    noise = steps * size * real.number(Fraction(1, 10 ** (real.digits - 1)))
    return change, noise + abs(change) * real.number(Fraction(1, 2**52))
