"""Growth, decay or limit of a quantity along the late flow of a setting: what ``Late`` measures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from verify.claims.conclusions import Decays, Grows
from verify.claims.evidence import Followed, Measured, Outcome
from verify.claims.experiments.late import DIGITS, Late
from verify.claims.request import Request
from verify.integrate.base import FlowStopped
from verify.integrate.system import System
from verify.models.trajectories import Trajectories
from verify.spelling.called import called, in_quotes
from verify.theories.measure.late_slope import EXPONENTIAL, POWER, late_slope_along
from verify.theories.measure.limit_value import limit_value_along
from verify.theories.measure.rates import Rate, judged, together

SAMPLES = (
    16,
    23,
)  # without a common factor: what turns between the samples of the one is seen by the other


def along(
    e: Late,
    outcomes: Mapping[str, Outcome],
    setting: Trajectories,
    followed: list[Followed],
    request: Request,
) -> list[Measured]:
    conclusion, horizon = (
        outcomes[e.conclusion].sentence.conclusion,
        request.horizon or setting.horizon,
    )
    digits = request.digits_or(DIGITS)
    return [
        _measured(e, conclusion, label, build, horizon, digits)
        for label, build in setting.starts.items()
    ]


def _measured(
    e: Late,
    conclusion: Any,
    label: str,
    build: Callable[[], System],
    horizon: Fraction,
    digits: int,
) -> Measured:
    expected, shown = _number_of(conclusion)
    try:
        rates = [_read(build(), conclusion, horizon, count, digits) for count in SAMPLES]
    except FlowStopped as end:
        return Measured(e.kind, e.conclusion, "inconclusive", f"from {in_quotes(label)}: {end}")
    rate = together(*rates)
    by = f"{digits} digits{rate.engine}"
    what = f"{in_quotes(label)}, {by}, {shown} for q = {called(conclusion.quantity)}"
    found = judged(
        rate,
        expected,
        e.near_miss,
        what=what,
        named=in_quotes(e.named),
        conclusion=e.conclusion,
        kind=e.kind,
        unit=_unit(conclusion, rate),
    )
    found.numbers["scope"] = f"{in_quotes(label)}, up to t = {horizon}"
    return found


def _unit(conclusion: Any, rate: Rate) -> float:
    """What a near miss is measured by where the stated number is small: see ``is_near``."""
    return (
        1 if isinstance(conclusion, Grows) else 0 if isinstance(conclusion, Decays) else rate.moved
    )


def _number_of(conclusion: Any) -> tuple[Fraction, str]:
    """What the conclusion states, and of what."""
    if isinstance(conclusion, Grows):
        return conclusion.exponent, "t q'/q"
    if isinstance(conclusion, Decays):
        return conclusion.rate, "-q'/q"
    return conclusion.value, "q"


def _read(system: System, conclusion: Any, horizon: Fraction, count: int, digits: int) -> Rate:
    if isinstance(conclusion, (Grows, Decays)):
        law = POWER if isinstance(conclusion, Grows) else EXPONENTIAL
        return late_slope_along(
            system, conclusion.quantity, horizon, digits, law=law, samples=count
        )
    return limit_value_along(system, conclusion.quantity, horizon, digits, samples=count)
