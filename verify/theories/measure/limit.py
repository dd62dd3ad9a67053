"""Does the direction of w tend to that of S_W^-1 m, or of its negative where m'w < 0?

Sampled starts, a horizon that grows until the angle stops mattering.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import Any

from verify.claims.evidence import Measured, Outcome
from verify.claims.experiments.limit import Limit
from verify.claims.request import Request
from verify.exact.rings import Real
from verify.integrate.base import FlowStopped
from verify.integrate.taylor import Taylor
from verify.models.diagonal_flow import diagonal_flow
from verify.models.direction import agreement, is_fisher, optimum
from verify.models.point import Point
from verify.spelling.called import in_quotes
from verify.theories.measure.along import Budget, OutOfSteps
from verify.theories.states.sampler import points

_CLOSE = Fraction(1, 10**12)  # detection limit: squared sine of the angle
_HORIZONS = tuple(Fraction(4**k) for k in range(2, 8))
_WORK = 200_000  # steps times depth times width^2 for one start


def run(
    e: Limit, outcomes: Mapping[str, Outcome], given: Sequence[Point], request: Request
) -> list[Measured]:
    sentence = outcomes[e.conclusion].sentence
    depth, width = request.depth or 3, request.width or 2
    if request.start:
        depth, width = len(request.start), len(request.start[0])
    losses = [p.loss for p in given[:1]] if request.scatter or request.loss else []
    width = given[0].width if given else width
    candidates = points(
        sentence, depth, width, losses=losses, fixed=request.start, seed=request.seed, rounds=400
    )
    wanted = 1 if request.start and losses else e.starts  # the sentence is then about these alone
    drawn = list(islice(_different(p for p in candidates if is_fisher(p.loss)), wanted))
    digits = request.digits_or()
    found = [_far(p, digits) for p in drawn]
    real, close = Real(digits), _close(digits)
    worst = max((f[0] for f in found), default=None)
    missed = min((f[1] for f in found), default=None)
    reached = max((f[2] for f in found), default=Fraction(0))
    rejected = bool(found) and missed > 1000 * real.number(close)
    agrees = len(found) == wanted and worst < real.number(close) and rejected
    text = (
        f"{len(found)} starts at depth {depth}, width {width}, {digits} digits, t up to {reached}:"
        f" sin^2 of the angle to v, to -v where m'w(0) < 0, at most"
        f" {real.text(worst) if found else '?'} (limit {float(close):.0e});"
        f" near miss, {in_quotes(e.named)}: {real.text(missed) if found else '?'},"
        f" {'rejected' if rejected else 'NOT rejected'}"
    )
    text += f"; fewer than {wanted} starts were found" if len(found) < wanted else ""
    scope = f"{len(drawn)} sampled starts: " + " | ".join(p.text() for p in drawn)
    return [
        Measured(
            e.kind, e.conclusion, "agrees" if agrees else "inconclusive", text, {"scope": scope}
        )
    ]


def _different(points: Iterable[Point]) -> Iterator[Point]:
    """Each start of a loss once."""
    seen = set()
    for p in points:
        if p.text() not in seen:
            seen.add(p.text())
            yield p


def _close(digits: int) -> Fraction:
    """The detection limit: _CLOSE, or what so many digits can tell."""
    return max(_CLOSE, Fraction(1, 10 ** max(0, digits - 4)))


def _far(point: Point, digits: int) -> tuple[Any, Any, Fraction]:
    """How far w is from v, on its side, and from the near miss, at the first horizon where the
    former is below the limit.
    """
    real = Real(digits)
    far = wrong_far = real.number(Fraction(1))
    side = agreement(point)[1]  # 0 where m'w = 0: on no side
    v = [real.number(side * x) for x in optimum(point.loss)]
    wrong = [v[0] * real.number(Fraction(11, 10)), *v[1:]]
    budget = Budget(min(1000, max(20, _WORK // (point.depth * point.width**2))))
    for horizon in _HORIZONS:
        try:
            run = Taylor().run(diagonal_flow(point), horizon, digits, samples=1, progress=budget)
        except (FlowStopped, OutOfSteps):
            break
        end = Point(run.states[-1].exact(), point.loss)
        w = [real.number(x) for x in end.w]
        far, wrong_far = _sine(w, v), _sine(w, wrong)
        if far < real.number(_close(digits)):
            break
    return far, wrong_far, horizon


def _sine(a: list[Any], b: list[Any]) -> Any:
    """sin^2 of the angle up to a right one, beyond it 1 + cos^2."""
    inner = sum(x * y for x, y in zip(a, b, strict=True))
    square = inner * inner / (sum(x * x for x in a) * sum(y * y for y in b))
    return 1 - square if inner > 0 else 1 + square
