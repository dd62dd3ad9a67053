"""E2: exponential against squared loss, squares of weights, on the 3 x 6 instance I3 of the
catalogue: margins in l1 and l2 against the scale of the start and the accuracy reached.

beta = 2 alpha^2 sinh(4 X^T nu) with nu_n' = exp(-x_n.beta); followed in the clock ds = E dt, where
nu' has the length 1, so that no scale is out of reach: E = sum exp(-x_n.beta).
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import combinations
from math import log
from typing import Any

from numpy import array, cosh, diag, exp, outer, sinh, sqrt, zeros
from numpy.linalg import norm
from scipy.integrate import solve_ivp

from verify.bias.central import figures
from verify.bias.hard_margin import hard_margin
from verify.bias.l1_margin import l1_margin
from verify.exact.errors import NoValue
from verify.reproduce.base import Assertion, Axes, Line, Outcome, Over, here, rounded

X = (
    ("2.341", "-2.556", ".418", "-.568", "-.453", "-.216"),
    ("2.32", "-.232", "-.865", "3.323", ".226", "-.353"),
    (".581", "-.668", "-1.055", "-.391", ".482", "-.239"),
)
ROWS = [[Fraction(v) for v in row] for row in X]
ALPHAS, LEVELS = (30.0, 10.0, 1.0, 0.1, 0.01, 1e-4), (10.0, 100.0, 1000.0, 10000.0)
COLUMNS = ("alpha", "loss", "accuracy", "l1_part", "l2_part", "distance")
RELATIVE, ABSOLUTE, ALIKE, LONGEST = 1e-11, 1e-13, 1e-6, 1e6


def run(seed: int, over: Over = here) -> Outcome:
    """No chance: a seed changes nothing. Raises NoValue where a value is not reached."""
    found = over(measured, [(alpha,) for alpha in ALPHAS])
    rows = [row for rows, _ in found for row in rows]
    return Outcome(
        "E2",
        "exponential and squared loss, squares of weights",
        "arXiv:2311.15404v2, arXiv:2007.06738v1",
        seed,
        (
            ("Data", "I3 of the catalogue, 3 x 6; gamma_1, gamma_2 its largest margins, exact"),
            ("Flow", "beta = w_+^2 - w_-^2 from alpha; accuracy log(1/E), E = sum exp(-x_n.beta)"),
            ("Parts", "smallest margin over |beta|_1 gamma_1, and over |beta|_2 gamma_2"),
            ("Distance", "of beta by its margin from the least mu sum q(b_i/mu), mu = alpha^2/"
             "log(1/E), relative"),
            ("Squared", "its limit with y = 1"),
        ),
        COLUMNS,
        tuple(rows),
        _page(rows),
        _assertions(rows, max(apart for _, apart in found)),
        (_panel(rows),),
    )  # fmt: skip


def measured(alpha: float) -> tuple[list[tuple], float]:
    """Rows at one scale; how far beta is from the interpolator of its own margins (any time)."""
    x = array([[float(v) for v in row] for row in ROWS])
    rows: list[tuple] = []
    apart = 0.0
    for level, beta in zip(LEVELS, _followed(x, alpha), strict=True):
        (own,) = figures(x, x @ beta, 2, [2 * log(alpha)])
        apart = max(apart, float(norm(own.beta - beta) / norm(beta)))
        mu = alpha**2 / level
        distance = norm(beta / (x @ beta).min() - _least(x, mu)) / norm(_least(x, mu))
        rows.append((alpha, "exponential", level, *_parts(x, beta), rounded(float(distance))))
    (limit,) = figures(x, array([1.0] * len(x)), 2, [2 * log(alpha)])
    rows.append((alpha, "squared", None, *_parts(x, limit.beta), None))
    return rows, apart


def _followed(x: Any, alpha: float) -> list[Any]:
    """beta at each level of log(1/E)."""

    def beta(nu: Any) -> Any:
        return 2 * alpha**2 * sinh(4 * (x.T @ nu))

    def field(_: float, nu: Any) -> Any:
        m = x @ beta(nu)
        weights = exp(m.min() - m)
        return weights / weights.sum()

    def accuracy(nu: Any) -> float:
        m = x @ beta(nu)
        return float(m.min() - log(exp(m.min() - m).sum()))

    def slopes(_: float, nu: Any) -> Any:
        p = field(0, nu)
        moved = x @ ((8 * alpha**2 * cosh(4 * (x.T @ nu)))[:, None] * x.T)
        return -(diag(p) - outer(p, p)) @ moved

    events = [lambda _, nu, c=c: accuracy(nu) - c for c in LEVELS]
    for event in events:
        event.terminal = event is events[-1]  # type: ignore[attr-defined]
    ran = solve_ivp(field, (0, LONGEST), zeros(len(x)), "Radau", jac=slopes, events=events,
                    rtol=RELATIVE, atol=ABSOLUTE)  # fmt: skip
    if ran.status != 1:
        raise NoValue(f"at alpha = {alpha:g} log(1/E) does not reach {LEVELS[-1]:g}: {ran.message}")
    return [beta(at[0]) for at in ran.y_events]


def _least(x: Any, mu: float) -> Any:
    """The b with margins of at least 1 of least sum q(b_i/mu): the interpolator of the value 1 on
    the samples whose multipliers are positive.
    """
    for size in range(1, len(x) + 1):
        for support in combinations(range(len(x)), size):
            some = x[list(support)]
            (found,) = figures(some, array([1.0] * size), 2, [log(mu)])
            if (found.nu >= 0).all() and (x @ found.beta).min() >= 1 - ALIKE:
                return found.beta
    raise NoValue(f"no least predictor is found at mu = {mu:g}")


@cache
def _largest() -> tuple[float, float]:
    """gamma_1 and gamma_2, from their exact separators."""
    return float(l1_margin(ROWS).margin), 1 / sqrt(float(hard_margin(ROWS).square))


def _parts(x: Any, beta: Any) -> tuple[float, float]:
    margin = (x @ beta).min()
    one, two = _largest()
    first, second = margin / abs(beta).sum() / one, margin / norm(beta) / two
    return rounded(float(first)), rounded(float(second))


def _of(rows: list[tuple]) -> dict[tuple, tuple]:
    return {(r[0], r[2]): r for r in rows}


def _page(rows: list[tuple]) -> tuple:
    at = _of(rows)
    said = [*(f"10^{len(f'{c:.0f}') - 1}" for c in LEVELS), "squared"]
    lines = tuple((a, *(at[a, c][3] for c in (*LEVELS, None))) for a in ALPHAS)
    return ("part of the largest l1 margin, at log(1/E), and for the squared loss",
            ("alpha", *said), lines)  # fmt: skip


def _assertions(rows: list[tuple], apart: float) -> tuple[Assertion, ...]:
    at = _of(rows)
    small, one = at[ALPHAS[-1], LEVELS[-1]][3], at[1.0, LEVELS[-1]][3]
    large = at[ALPHAS[0], LEVELS[0]]
    return (
        Assertion(
            "at any time beta has the least Q of all with its own margins",
            apart < ALIKE,
            f"entries differ by less than {ALIKE:g}" if apart < ALIKE else f"by {apart:.1e}",
            "diag-anytime-classification",
        ),
        Assertion(
            f"at log(1/E) = {LEVELS[-1]:g} the smallest start has less of the l1 margin than 1",
            small < one,
            f"{small:.3g} at alpha = {ALPHAS[-1]:g}, {one:.3g} at 1",
        ),
        Assertion(
            f"the largest start is nearer to the l2 margin at log(1/E) = {LEVELS[0]:g}",
            large[4] > large[3],
            f"{large[4]:.3g} of it, {large[3]:.3g} of the l1 margin",
        ),
    )


def _panel(rows: list[tuple]) -> Axes:
    lines = []
    for a in ALPHAS:
        own = [r for r in rows if r[0] == a and r[1] == "exponential"]
        lines.append(Line(rf"$\alpha = {a:g}$", tuple(r[2] for r in own), tuple(r[3] for r in own)))
    return Axes(
        "exponential loss, squares of weights", r"accuracy $\log(1/E)$",
        "part of the largest l1 margin", tuple(lines), log_y=False,
    )  # fmt: skip
