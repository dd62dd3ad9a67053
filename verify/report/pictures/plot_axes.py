"""The range of an axis, and the ticks of one that holds logarithms."""

from __future__ import annotations

from math import ceil, floor, inf, isfinite, log10
from typing import Any

from verify.report.pictures.picture import Panel

MOST_TICKS, STEPS = 8, tuple(m * 10**k for k in range(5) for m in (1, 2, 5))


def extent(panel: Panel) -> tuple[float, float]:
    """Room for all curves; a quantity that does not move lies in the middle of an axis on which a
    move would be seen.
    """
    values = [y for c in panel.curves for part in (c.y, c.low, c.high) for y in part if isfinite(y)]
    if not values:
        return -1.0, 1.0
    low, high = min(values), max(values)
    least = 1.0 if panel.log else 0.1 * max(abs(low), abs(high)) or 1.0
    if high - low < least:
        low, high = (low + high - least) / 2, (low + high + least) / 2
    reaches_zero = panel.log and any(y == -inf for c in panel.curves for y in c.low)
    return low - (
        max(3.0, 0.1 * (high - low)) if reaches_zero else 0.05 * (high - low)
    ), high + 0.05 * (high - low)


def powers(axis: Any, low: float, high: float) -> None:
    """The axis holds logarithms: ticks at whole powers of ten, with 2 and 5 times them on short
    axes.
    """
    whole = range(ceil(low), floor(high) + 1)
    step = next((s for s in STEPS if len(whole) <= MOST_TICKS * s), STEPS[-1])
    marks = [(float(k), power_of_ten(k)) for k in whole if k % step == 0]
    if len(whole) < 3:
        inner = [(k + log10(m), k, m) for k in range(floor(low), ceil(high)) for m in (2, 5)]
        marks += [(x, f"{m * 10.0**k:g}") for x, k, m in inner if low <= x <= high]
    axis.set_ticks([x for x, _ in marks], labels=[text for _, text in marks])


def typeset_powers(axis: Any) -> None:
    """The labels of an axis of logarithms as powers of ten in mathematics."""
    if axis is not None:
        labels = [text.get_text() for text in axis.get_ticklabels()]
        axis.set_ticks(axis.get_ticklocs(), labels=[_power(text) for text in labels])


def _power(text: str) -> str:
    """1e-30 is 10^{-30}, also a multiple of it."""
    many, e, power = text.partition("e")
    if not e:
        return f"${text}$"
    return f"$10^{{{int(power)}}}$" if many == "1" else f"${many} \\cdot 10^{{{int(power)}}}$"


def power_of_ten(exponent: int) -> str:
    """0.01, 1, 100, 1e-30."""
    if exponent < -3 or exponent > 3:
        return f"1e{exponent}"
    return str(10**exponent) if exponent >= 0 else f"{10.0**exponent:.{-exponent}f}"
