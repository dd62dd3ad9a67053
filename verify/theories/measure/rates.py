"""A measured number with its uncertainty: what it agrees with, what it rejects, and the record that
it leaves.

Both questions are answered from the uncertainty, never from a tolerance. A measurement that cannot
tell the expected value from the near miss that it names supports nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf, isfinite, nan

from verify.claims.evidence import Measured
from verify.claims.experiments.compare import NEAR
from verify.exact.errors import BadInput
from verify.theories.measure.extrapolation import FEWEST, Extrapolant, Reading, extrapolated

Number = int | float | Fraction
SHARP = 5  # the uncertainty may be at most the SHARP-th part of an expected value that is not 0
# uncertainties between what was measured and what was expected, before that counts as a
# contradiction
FAR = 10


@dataclass(frozen=True, slots=True)
class Rate:
    """``value`` +- ``uncertainty``, an estimate and no bound; infinite where nothing can be said,
    and then ``reason`` says why.

    ``floor``   values at or below it were refused: the noise of the engine, or of the data
    ``points``  readings that were used
    ``window``  where the first and the last of them were taken, in the clock of the measurement
    ``moved``   how far the quantity (of a slope: its logarithm) moved in the window; 0 if it stood
    still
    ``engine``  says which ran, where it was not the explicit one
    """

    value: float
    uncertainty: float
    floor: float
    points: int
    window: tuple[float, float]
    moved: float
    reason: str = ""
    engine: str = ""

    @property
    def conclusive(self) -> bool:
        """Whether there is a finite uncertainty and something moved."""
        return isfinite(self.value) and isfinite(self.uncertainty) and self.moved > 0

    def agrees(self, expected: Number) -> bool:
        """Whether ``expected`` lies within the uncertainty."""
        return self.conclusive and abs(self.value - float(expected)) <= self.uncertainty

    def rejects(self, near_miss: Number) -> bool:
        """Whether ``near_miss`` lies outside."""
        return self.conclusive and abs(self.value - float(near_miss)) > self.uncertainty

    def contradicts(self, expected: Number) -> bool:
        """Whether ``expected`` lies FAR uncertainties away, or more."""
        return self.conclusive and abs(self.value - float(expected)) > FAR * self.uncertainty


def rate_of(
    readings: Sequence[Reading],
    variables: Sequence[Sequence[float]],
    floor: float,
    heights: Sequence[float],
) -> Rate:
    """The limit of the readings, or no rate where there are too few.

    ``heights`` are the numbers behind the readings, at the same places or at the ends of the
    intervals between them.
    """
    window = (readings[0].place, readings[-1].place) if readings else (nan, nan)
    if len(readings) < FEWEST:
        reason = (
            f"{len(readings)} readings lie above the noise floor {floor:.1e}, {FEWEST} are needed:"
            " more digits, or an earlier horizon"
        )
        return Rate(nan, inf, floor, len(readings), window, _moved(heights), reason)
    found, used = _freed_of_noise(readings, variables)
    window = (readings[0].place, readings[used - 1].place)
    moved = _moved(heights[: len(heights) - len(readings) + used])
    reason = (
        ""
        if isfinite(found.uncertainty)
        else "successive readings move ever further apart: another law, or a later horizon"
    )
    reason = reason or ("" if moved > 0 else "nothing moved")
    return Rate(found.value, found.uncertainty, floor, used, window, moved, reason)


def _moved(heights: Sequence[float]) -> float:
    return max(heights) - min(heights) if heights else 0.0


def _freed_of_noise(
    readings: Sequence[Reading], variables: Sequence[Sequence[float]]
) -> tuple[Extrapolant, int]:
    """The limit, and how many readings it needs: last ones that differ from each other by noise
    only are left out if that helps.
    """
    best = extrapolated(readings, variables), len(readings)
    for used in range(len(readings) - 1, FEWEST - 1, -1):
        before, last = readings[used - 1], readings[used]
        if abs(last.value - before.value) > last.noise + before.noise:
            break
        found = extrapolated(readings[:used], [x[:used] for x in variables])
        if found.uncertainty < best[0].uncertainty:
            best = found, used
    return best


def together(first: Rate, second: Rate) -> Rate:
    """The second, with an uncertainty that reaches everything that either allows."""
    reach = max(abs(first.value - second.value) + first.uncertainty, second.uncertainty)
    return replace(
        second,
        uncertainty=reach,
        moved=min(first.moved, second.moved),
        reason=first.reason or second.reason,
    )


def is_near(expected: Number, near_miss: Number, unit: Number = 1) -> bool:
    """Within NEAR of the expected number's size, or of ``unit``: 1 for exponents, what moved for
    values, 0 for rates of decay.
    """
    return abs(Fraction(near_miss) - Fraction(expected)) <= NEAR * max(
        abs(Fraction(expected)), Fraction(unit)
    )


def judged(
    rate: Rate,
    expected: Number,
    near_miss: Number,
    *,
    what: str,
    named: str,
    conclusion: str,
    kind: str = "rate",
    unit: Number = 1,
) -> Measured:
    """The record of a rate: "agrees" only if it agrees with ``expected`` and rejects a near miss
    that is near, and ``named``.

    Raises BadInput where the near miss is the expected value, or has no name.
    """
    _check_miss(expected, near_miss, named)
    rejected, near = rate.rejects(near_miss), is_near(expected, near_miss, unit)
    agrees = rate.agrees(expected) and rejected and not _dull(rate, expected)
    status = "agrees" if agrees and near else "inconclusive"
    status = "contradicts" if rate.contradicts(expected) else status
    text = (
        f"{what}: {rate.value:.6g} +- {rate.uncertainty:.1g}, expected {float(expected):.6g};"
        f" {rate.points} readings in [{rate.window[0]:.4g}, {rate.window[1]:.4g}] above the noise"
        f" floor {rate.floor:.1e}, moved {rate.moved:.3g}; near miss, {named}"
        f" ({float(near_miss):.6g}): {'rejected' if rejected else 'NOT rejected'}"
    )
    why = _why(rate, expected, status)
    if status == "inconclusive" and agrees:
        why = f"; it is not near: more than {NEAR} of the size away, and supports nothing"
    numbers = {
        "value": f"{rate.value:.9g}",
        "uncertainty": f"{rate.uncertainty:.2g}",
        "floor": f"{rate.floor:.2g}",
        "expected": str(expected),
        "near_miss": str(near_miss),
        "moved": f"{rate.moved:.3g}",
    }
    return Measured(kind, conclusion, status, text + why, numbers)


def _check_miss(expected: Number, near_miss: Number, named: str) -> None:
    if float(expected) == float(near_miss) or not named:
        raise BadInput(
            f"near miss {named!r} = {near_miss}, expected a named value other than {expected}: name"
            " what must be rejected"
        )
    if abs(float(near_miss) - float(expected)) > max(abs(float(expected)), 1.0):
        raise BadInput(
            f"near miss {named!r} = {near_miss} is not near {expected}; expected one within its"
            " size, or within 1"
        )


def _dull(rate: Rate, expected: Number) -> str:
    """What the uncertainty exceeds, so that nothing is supported whichever near miss an author
    names; empty where it is small.
    """
    if not rate.uncertainty < rate.moved:
        return "all that moved"
    return (
        f"a {SHARP}th of the expected value"
        if expected and rate.uncertainty * SHARP > abs(float(expected))
        else ""
    )


def _why(rate: Rate, expected: Number, status: str) -> str:
    if status != "inconclusive":
        return ""
    if rate.reason:
        return f"; {rate.reason}"
    if rate.agrees(expected) and (dull := _dull(rate, expected)):
        return f"; the uncertainty is larger than {dull}"
    return (
        "; the near miss is not told apart"
        if rate.agrees(expected)
        else "; the expected value lies outside, but not far enough"
    )
