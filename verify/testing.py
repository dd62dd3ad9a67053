"""Assertions for other people's test suites: a quantity is conserved, a slope is zero, a claim has its verdict.

    from verify.algebra.expr import q, total
    from verify.testing import assert_conserved, assert_slope_zero

    assert_slope_zero(total("i", q["i"]), point)  # exact, at one state
    assert_conserved(total("i", q["i"]), point)   # high precision, along the trajectory

Everything that fails is an ``AssertionError`` that names the point, so that it can be repeated by hand. Where nothing was
decided (nothing moved, the flow ends, a ball contains 0) it is ``Undecided``, a kind of AssertionError whose message
begins with UNDECIDED: an assertion never passes without having been able to fail.
"""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.errors import BadInput

if TYPE_CHECKING:
    from verify.algebra.expr import Expr
    from verify.claim import Claim
    from verify.evidence import Measured, Report
    from verify.experiments.along import Path
    from verify.settings.point import Motion, Point
    from verify.verdict import Verdict


class Undecided(AssertionError):
    """Neither shown nor refuted; the message begins with UNDECIDED and says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"UNDECIDED: {reason}")


def assert_conserved(
    quantity: Expr,
    point: Point,
    *,
    digits: int = 50,
    horizon: int | Fraction = 10,
    decay: str | None = None,
    near_miss: Expr | None = None,
) -> Measured:
    """The quantity does not drift along the flow u_l' = -P_l grad J(w) (- decay u_l) from ``point`` over [0, horizon].

    Measured at ``digits`` digits, for every value of its free indices; it supports and never proves. Returns what was
    measured: largest deviation, detection limit, distance moved. ``decay`` names the weight decay among the constants
    of the point. ``near_miss``, a quantity that must drift, shows that this run would have noticed.

    Raises AssertionError where the quantity drifts by more than the detection limit (relative, absolute below 1);
    Undecided where w did not move, the quantity does not react to a change of any weight by a thousandth, the near miss
    does not drift either, or the flow ends before the horizon; BadInput for arguments that are not as said here.
    """
    from verify.report.words import words

    _check_expression("quantity", quantity)
    if near_miss is not None:
        _check_expression("near_miss", near_miss)
    _check_decay(decay, point)
    found = _measured(quantity, point, digits, horizon, decay, near_miss)
    where = f"{words(quantity)}: {found.text}\n  at {_told(point)}"
    if found.status == "contradicts":
        raise AssertionError(f"not conserved: {where}")
    if found.status == "inconclusive":
        raise Undecided(where)
    return found


def _measured(quantity: Expr, point: Point, digits: int, horizon, decay: str | None, near_miss: Expr | None) -> Measured:
    from verify.evidence import Measured
    from verify.settings.order import order_needed

    order = max(order_needed(e) for e in (quantity, near_miss) if e is not None)
    path = _followed(point, digits, horizon, order, decay)
    drift, text = _drift(path, quantity), path.ring.text
    missed = None if near_miss is None else _drift(path, near_miss)
    numbers = {"deviation": text(drift), "limit": text(path.limit), "moved": text(path.moved), "horizon": str(path.times[-1])}
    if missed is not None:
        numbers["near_miss"] = text(missed)
    words = (
        f"{digits} digits, t in [0, {horizon}], largest deviation {text(drift)}"
        f" (limit {text(path.limit)}) while w moved {text(path.moved)}"
    )
    status, why = "agrees", ""
    if drift > path.limit:
        status = "contradicts"
    elif not path.moved > path.limit:
        status, why = "inconclusive", "; nothing moved, and a flow that stands still conserves everything: choose another start"
    elif missed is not None and not missed > 1000 * path.limit:
        status, why = "inconclusive", f"; the near miss deviates by {text(missed)} only: choose one that drifts"
    elif not _reacts(path, quantity, decay):
        status, why = "inconclusive", "; the quantity does not react to a change of any weight by a thousandth"
    return Measured("conserved", "quantity", status, words + why, numbers)


def _followed(point: Point, digits: int, horizon: int | Fraction, order: int, decay: str | None) -> Path:
    """The whole trajectory or none: a shorter one would not be what was asked for."""
    from verify.experiments.along import GUARD, SAMPLES, Path
    from verify.algebra.rings import Real
    from verify.integrate.base import FlowStopped
    from verify.integrate.taylor import Taylor
    from verify.settings.point import Motion, Point

    kappa = point.constants[decay] if decay else Fraction(0)
    try:
        # share=False: equal layers stay separate numbers, so that nothing is conserved by construction
        run = Taylor(share=False).run(point, horizon, digits + GUARD, samples=SAMPLES, decay=kappa)
    except FlowStopped as end:
        raise Undecided(f"{end}; choose a horizon below\n  at {_told(point)}") from end
    ring, motions = Real(digits + GUARD), []
    for state in run.states:
        here = Point(state.exact(), point.loss, point.constants)
        origin = motions[0] if motions else None
        with _defined(point):
            motions.append(Motion(here, ring, order, decay=decay, balanced=_by_layer(point), origin=origin))
    moved = max(abs(a.c[0] - b.c[0]) for m in motions[1:] for a, b in zip(m.w, motions[0].w, strict=True))
    return Path(run.times, tuple(motions), ring, digits, moved, "")


def _drift(path: Path, quantity: Expr) -> Any:
    """The largest residual over all sampled times and all values of the free indices."""
    return max(_gap(m, path.motions[0], quantity) for m in path.motions)


def _gap(here: Motion, there: Motion, quantity: Expr) -> Any:
    from verify.conclusions import Conserved
    from verify.experiments.drift import residual_of

    residual = residual_of(Conserved(quantity))
    with _defined(here.point):
        return max(residual(here, there, scope) for scope in _scopes(quantity, here.point))


def _reacts(path: Path, quantity: Expr, decay: str | None) -> bool:
    """Whether a start with one weight off by a thousandth has another value of the quantity."""
    from verify.settings.point import Motion, Point

    first = path.motions[0]
    for l, row in enumerate(first.point.start):
        for i, x in enumerate(row):
            rows = [list(r) for r in first.point.start]
            rows[l][i] = x * Fraction(1001, 1000) if x else Fraction(1, 1000)
            other = Point(tuple(map(tuple, rows)), first.point.loss, first.point.constants)
            moved = Motion(other, first.ring, first.length - 1, decay=decay, balanced=first.balanced)
            if _gap(moved, first, quantity) > path.limit:
                return True
    return False
