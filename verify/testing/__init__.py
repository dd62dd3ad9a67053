"""Assertions for other people's test suites: a quantity is conserved, a slope is zero, a claim has
its verdict.

    assert_slope_zero(total("i", q["i"]), point)  # exact, at one state
    assert_conserved(total("i", q["i"]), point)   # high precision, along the trajectory
    assert_holds("quasi-norm", state)             # a claim, at a state of verify.strategies.states

>>> from verify.integrate.system import System
>>> grows = dict(field=lambda x, m: [x[0] * (1 - x[0])], quantities={"x": lambda x, m: x[0]})
>>> found = assert_stays(System("s", ("x",), (Fraction(1, 4),), **grows), "x", "<", 1, horizon=3)

Everything that fails is an ``AssertionError`` that names the point, so that it can be repeated by
hand. Where nothing was decided (nothing moved, the flow ends, a ball contains 0) it is
``Undecided``, a kind of AssertionError: an assertion never passes without having been able to fail.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.claims.conclusions import Throughout
from verify.claims.evidence import Followed, Measured
from verify.exact.errors import BadInput
from verify.exact.numbers import short
from verify.exact.precision import precision
from verify.integrate.system import System
from verify.models.point import Point
from verify.report.screen import point_text
from verify.terms.expr import Expr, dot
from verify.terms.words import words
from verify.testing.claims import assert_holds as assert_holds
from verify.testing.claims import assert_verdict as assert_verdict
from verify.testing.undecided import Undecided as Undecided
from verify.theories.enclosures.enclosing import follow_start
from verify.theories.measure.conservation import conservation, scopes
from verify.theories.measure.slopes import at_rest, motions_at, value_of


def assert_conserved(
    quantity: Expr,
    point: Point,
    *,
    digits: int = 50,
    horizon: Fraction | int = 10,
    decay: str | None = None,
    near_miss: Expr | None = None,
) -> Measured:
    """The quantity does not drift along the flow u_l' = -P_l grad J(w) (- decay u_l) from ``point``
    over [0, horizon].

    Measured at ``digits`` digits, for every value of its free indices; it supports and never
    proves. Returns what was
    measured: largest deviation, detection limit, distance moved. ``decay`` names the weight decay
    among the constants of the point. ``near_miss``, a quantity that must drift, shows that this run
    would have noticed.

    Raises AssertionError where the quantity drifts by more than the detection limit (relative,
    absolute below 1); Undecided where w did not move, the quantity does not react to a change of
    any weight by a thousandth, the near miss does not drift either, or the flow ends before the
    horizon; BadInput for arguments that are not as said here.
    """
    _check_expression("quantity", quantity)
    if near_miss is not None:
        _check_expression("near_miss", near_miss)
    _check_decay(decay, point)
    if isinstance(digits, bool) or not isinstance(digits, int) or digits < 1:
        raise BadInput(f"digits is {digits!r}, expected a whole number >= 1: 50 is the default")
    exact_horizon = Fraction(horizon) if isinstance(horizon, int) else horizon
    found = conservation(quantity, point, digits, exact_horizon, decay, near_miss)
    where = f"{words(quantity)}: {found.text}\n  at {_told(point)}"
    if found.status == "contradicts":
        raise AssertionError(f"not conserved: {where}")
    if found.status == "inconclusive":
        raise Undecided(where)
    return found


def assert_slope_zero(quantity: Expr, point: Point, *, decay: str | None = None) -> None:
    """The quantity's time derivative along the flow is exactly 0 at ``point``, for every value of
    its free indices.

    Computed in fractions; a value that is not rational is enclosed in a ball, which can show that
    it is not 0 and never that it is. ``decay`` is that of ``assert_conserved``.

    Raises AssertionError with the derivative where it is certainly not 0; Undecided where a ball
    contains 0 or the weights are not certain to move; BadInput where the quantity or J is not
    differentiable at the point.
    """
    _check_expression("quantity", quantity)
    _check_decay(decay, point)
    with precision():
        _require_slope_zero(dot(quantity), point, decay)


def _require_slope_zero(slope: Expr, point: Point, decay: str | None) -> None:
    where = f"\n  at {_told(point)}"
    open_question = ""
    motions = motions_at(slope, point, decay)
    if at_rest(motions):
        raise Undecided(
            "no weight is certain to move: every quantity has slope 0 at rest; choose another"
            f" start{where}"
        )
    for scope in scopes(slope, point):
        found = value_of(slope, motions, scope)
        if found is None:
            raise BadInput(f"the quantity has no value at {_told(point)}")
        ring, value = found
        indices = "".join(f", {name} = {x}" for name, x in scope.items())
        if ring.sign(value):
            kind = "exact" if ring.name == "exact" else "enclosed"
            raise AssertionError(
                f"slope not zero: {words(slope)} = {ring.text(value)} ({kind}){indices}{where}"
            )
        if ring.sign(value) is None:
            open_question = (
                open_question or f"{words(slope)} lies in a ball that contains 0{indices}"
            )
    if open_question:
        raise Undecided(f"{open_question}; a start with rational roots decides it{where}")


def assert_stays(
    system: System,
    quantity: str,
    relation: str,
    bound: Fraction | int,
    *,
    horizon: Fraction | int,
    after: Fraction | int = 0,
    digits: int = 30,
) -> Followed:
    """The named quantity of the system stays ``relation`` (">" or "<") ``bound`` at every clock
    time of [after, horizon]: enclosed.

    Decided by an enclosure of the true solution, rigorously, for this start and these times;
    precision is raised by itself. Returns the enclosure. Raises AssertionError where an enclosure
    excludes it, Undecided where none decides (the flow ends before the horizon, the bound is
    attained, too many digits are needed), BadInput for arguments that are not as said here.
    """
    if not isinstance(system, System):
        raise BadInput(f"assert_stays({system!r:.60}, ...): expected a System")
    conclusion = Throughout(quantity, relation, bound, after)  # type: ignore[arg-type]
    found = follow_start(system.title, lambda: system, horizon, {quantity: conclusion}, digits)  # type: ignore[arg-type]
    decided = found.decided[quantity]
    if decided.holds is None:
        raise Undecided(decided.reason)
    if not decided.holds:
        where = f"for clock in [{short(decided.since, 6)}, {short(decided.until, 6)}]"
        start = ", ".join(
            f"{name} = {x}" for name, x in zip(system.names, system.start, strict=True)
        )
        enclosed = f"it lies in [{short(decided.least, 6)}, {short(decided.most, 6)}]"
        raise AssertionError(
            f"{quantity} {relation} {bound} fails {where}: {enclosed} (enclosed). {system.title},"
            f" from {start}"
        )
    return found


def _told(point: Point) -> str:
    return point_text(point)


def _check_expression(name: str, value: Any) -> None:
    if not isinstance(value, Expr):
        raise BadInput(
            f"{name} is {value!r}, expected an expression such as total('i', q['i']) of"
            " verify.terms.expr"
        )
    if not value.atoms() and not value.has("loss", "form"):
        raise BadInput(
            f"{name} mentions neither weights nor J: a constant is always conserved; expected a"
            " quantity in u, w, q"
        )


def _check_decay(decay: str | None, point: Point) -> None:
    if decay is not None and decay not in point.constants:
        raise BadInput(
            f"decay={decay!r} is no constant of the point; it has:"
            f" {', '.join(sorted(point.constants)) or 'none'}"
        )
