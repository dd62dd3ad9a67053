"""oq3: what measurements that do not commute change (the third open question of the notes on
arXiv:2311.15404v2): M = U U^T from alpha I with two measurements, of which the second is turned by
theta. For measurements that commute, log M - log(alpha^2 I) stays in their span; here its distance
from the span is measured where the residual has fallen, against |[A_1, A_2]|.
"""

from __future__ import annotations

from math import cos, sin
from typing import Any

from numpy import array, diag, eye, log, trace
from numpy.linalg import eigh, lstsq, norm
from scipy.integrate import DOP853

from verify.exact.errors import NoValue
from verify.reproduce.base import Assertion, Axes, Line, Outcome, Over, here, rounded

ANGLES, ALPHAS = (0.0, 0.005, 0.01, 0.02, 0.04, 0.08), (0.3, 0.1, 0.03, 0.01)
COLUMNS = ("alpha", "theta", "commutator", "drift", "ratio")
FIT, MOST_STEPS, RELATIVE, ABSOLUTE = 1e-9, 4000, 1e-12, 1e-15
STILL, NEAR = 1e-9, 0.05  # drift where they commute; of an order


def run(seed: int, over: Over = here) -> Outcome:
    """No chance: a seed changes nothing. Raises NoValue where the residual does not fall."""
    rows = over(measured, [(alpha, theta) for alpha in ALPHAS for theta in ANGLES])
    return Outcome(
        "OQ3",
        "measurements that do not commute",
        "arXiv:2311.15404v2 (open question 3)",
        seed,
        (
            ("Model", "M = U U^T, U(0) = alpha I, U' = -grad of 1/2 sum_n (tr A_n M - y_n)^2"),
            ("Data", "A_1 = diag(1, .6, .2), A_2 = R diag(.3, 1, .5) R^T, R turns the first two"),
            ("Targets", "of diag(.5, .3, .4); followed until every residual is below 1e-9"),
            ("Drift", "of log M - log(alpha^2 I) from the span of A_1, A_2 (Frobenius)"),
        ),
        COLUMNS,
        tuple(rows),
        _page(rows),
        _assertions(rows),
        (_panel(rows),),
    )


def measured(alpha: float, theta: float) -> tuple[Any, ...]:
    """One row. Raises NoValue."""
    turn = array([[cos(theta), -sin(theta), 0], [sin(theta), cos(theta), 0], [0, 0, 1.0]])
    both = [diag([1, 0.6, 0.2]), turn @ diag([0.3, 1, 0.5]) @ turn.T]
    found = _followed(both, [float(trace(a @ diag([0.5, 0.3, 0.4]))) for a in both], alpha)
    size, vectors = eigh(found)
    moved = ((vectors * log(size / alpha**2)) @ vectors.T).ravel()
    span = array([a.ravel() for a in both]).T
    drift = float(norm(moved - span @ lstsq(span, moved, rcond=None)[0]))
    commutator = float(norm(both[0] @ both[1] - both[1] @ both[0]))
    if not theta:  # what is left is rounding
        return (alpha, theta, 0.0, round(drift, 9), None)
    return (alpha, theta, *(rounded(v, 5) for v in (commutator, drift, drift / commutator)))


def _followed(both: list[Any], targets: list[float], alpha: float) -> Any:
    """M where the residuals are below FIT."""

    def residuals(m: Any) -> list[float]:
        return [float(trace(a @ m)) - y for a, y in zip(both, targets, strict=True)]

    def field(_: float, flat: Any) -> Any:
        u = flat.reshape(3, 3)
        g = sum(r * a for r, a in zip(residuals(u @ u.T), both, strict=True))
        return (-2 * g @ u).ravel()

    start = (alpha * eye(3)).ravel()
    engine = DOP853(field, 0.0, start, 1e6, rtol=RELATIVE, atol=ABSOLUTE)
    for _ in range(MOST_STEPS):
        engine.step()
        u = engine.y.reshape(3, 3)
        if max(map(abs, residuals(u @ u.T))) < FIT:
            return u @ u.T
    raise NoValue(f"at alpha = {alpha:g} the residuals do not fall below {FIT:g}")


def _page(rows: list[tuple]) -> tuple:
    by = {r[:2]: r for r in rows}
    names = ("theta", *(f"alpha = {a:g}" for a in ALPHAS))
    lines = tuple((t, *(by[a, t][4] for a in ALPHAS)) for t in ANGLES[1:])
    return ("drift over |[A_1, A_2]|", names, lines)


def _assertions(rows: list[tuple]) -> tuple[Assertion, ...]:
    still = max(r[3] for r in rows if not r[1])
    by, first = {r[:2]: r[2:] for r in rows}, ANGLES[1:3]
    orders = [_order(*(by[a, t] for t in first)) for a in ALPHAS]
    falling = [by[a, first[0]][2] for a in ALPHAS]
    return (
        Assertion(
            "where they commute, log M - log(alpha^2 I) stays in their span",
            still <= STILL,
            f"farthest {still:.1g}",
            "mf-commuting",
        ),
        Assertion(
            f"the drift is of order 1 in the commutator, within {NEAR:g}",
            all(abs(order - 1) < NEAR for order in orders),
            f"from theta = {first[0]:g} to {first[1]:g} {min(orders):.3f} to {max(orders):.3f}",
        ),
        Assertion(
            "the smaller the start, the larger the drift",
            falling == sorted(falling),
            " ".join(f"{v:.3g}" for v in falling),
        ),
    )


def _order(low: tuple, high: tuple) -> float:
    """The exponent of the drift in the commutator between two angles."""
    return float(log(high[1] / low[1]) / log(high[0] / low[0]))


def _panel(rows: list[tuple]) -> Axes:
    lines = []
    for alpha in ALPHAS:
        own = [r for r in rows if r[0] == alpha and r[1]]
        lines.append(
            Line(rf"$\alpha = {alpha:g}$", tuple(r[2] for r in own), tuple(r[3] for r in own))
        )
    return Axes(
        "measurements that do not commute", r"$\|[A_1, A_2]\|$", "drift out of the span",
        tuple(lines),
    )  # fmt: skip
