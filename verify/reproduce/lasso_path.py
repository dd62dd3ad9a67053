"""lasso-path: gradient flow of x = u v on x'M x/2 - r'x from u = sqrt(eps) a, v = sqrt(eps) b, at
times t = s log(1/eps)/2: the average of x over [0, t] against the lasso with penalty 1/s, in two
dimensions, where its path mu x(mu), mu = 1/penalty, is monotone, and in three, where it is not.

Followed in y = log((u + v)/(u - v)), where x = (c/2) sinh y and y' = 2 (r - M x), with eps down to
10^-64. At every time M (average) = r - (y(t) - y(0))/(2 t) exactly (lasso-path).
"""

from __future__ import annotations

from itertools import product
from math import log
from typing import Any

from numpy import array, concatenate, ix_, sinh, zeros
from numpy.linalg import solve

from verify.exact.errors import NoValue
from verify.reproduce.base import Assertion, Axes, Line, Outcome, Over, here, rounded

A, B = 1.5, 0.5  # of the start
CASES = {
    "monotone": ([[1.0, 0.5], [0.5, 1.0]], [1.5, 1.0]),
    "not monotone": ([[2.0, 3.0, 1.0], [3.0, 6.0, 5.0], [1.0, 5.0, 9.0]], [1.0, 2.0, 2.0]),
}
POWERS = (8, 16, 32, 64)  # eps = 10^-p
TIMES = (0.5, 0.9, 1.5, 2.0, 3.0, 5.0, 8.0)
STEP = 0.02  # of Runge and Kutta, fourth order
EXACT, ORDER, STAYS, AWAY = 1e-6, 0.1, 0.05, 0.1
COLUMNS = ("path", "eps", "s", "distance", "distance_now", "off_identity")


def run(seed: int, over: Over = here) -> Outcome:
    """No chance: a seed changes nothing."""
    parts = [(case, p) for case in CASES for p in POWERS]
    rows = [row for found in over(followed, parts) for row in found]
    page = [r for r in rows if r[1] in (10.0 ** -POWERS[0], 10.0 ** -POWERS[-1])]
    return Outcome(
        "lasso-path",
        "the average over time of x = u v follows the lasso, where its path is monotone",
        "arXiv:2509.18766v2",
        seed,
        (
            ("Flow", "of x'M x/2 - r'x, x = u v, u = 1.5 sqrt(eps), v = 0.5 sqrt(eps)"),
            *((f"{n}", f"M = {m}, r = {r}") for n, (m, r) in CASES.items()),
            ("Time", "t = s log(1/eps)/2; penalty 1/s"),
        ),
        COLUMNS,
        tuple(rows),
        (
            "largest entry of average - lasso, and of x(t) - lasso",
            ("path", "eps", "s", "average", "x(t)"),
            tuple(r[:5] for r in page),
        ),
        _assertions(rows),
        tuple(_panel(rows, case) for case in CASES),
    )


def followed(case: str, power: int) -> list[tuple[Any, ...]]:
    """Rows of one path at one eps."""
    m, r = (array(v) for v in CASES[case])
    scale = log(10.0) * power
    c = (A * A - B * B) * 10.0**-power
    y0 = log((A + B) / (A - B))
    d = len(r)

    def rate(z: Any) -> Any:
        x = c / 2 * sinh(z[:d])
        return concatenate((2 * (r - m @ x), x))

    state, time, rows = concatenate((zeros(d) + y0, zeros(d))), 0.0, []
    for s in TIMES:
        end = s * scale / 2
        steps = int((end - time) / STEP) + 1
        h = (end - time) / steps
        for _ in range(steps):
            one = rate(state)
            two = rate(state + h / 2 * one)
            three = rate(state + h / 2 * two)
            four = rate(state + h * three)
            state = state + h / 6 * (one + 2 * two + 2 * three + four)
        time = end
        average, now = state[d:] / time, c / 2 * sinh(state[:d])
        off = abs(m @ average - (r - (state[:d] - y0) / (2 * time))).max()
        target = lasso(m, r, 1 / s)
        far = [float(abs(v - target).max()) for v in (average, now)]
        rows.append((case, 10.0**-power, s, *(rounded(v, 4) for v in far), float(off) < EXACT))
    return rows


def lasso(m: Any, r: Any, penalty: float) -> Any:
    """The minimiser of x'M x/2 - r'x + penalty |x|_1, by its signs. Raises NoValue without one."""
    for signs in product((0, 1, -1), repeat=len(r)):
        s = array(signs)
        on = s != 0
        x = zeros(len(r))
        if on.any():
            x[on] = solve(m[ix_(on, on)], (r - penalty * s)[on])
        left = r - m @ x
        if (x[on] * s[on] > 0).all() and (abs(left[~on]) <= penalty).all():
            return x
    raise NoValue(f"no minimiser of the lasso at penalty {penalty}")


def _assertions(rows: list[tuple[Any, ...]]) -> tuple[Assertion, ...]:
    worst = {
        (case, p): max(r[3] for r in rows if r[:2] == (case, 10.0**-p) and r[2] > 1)
        for case in CASES
        for p in POWERS
    }
    now = min(max(r[4] for r in rows if r[:2] == (case, 10.0 ** -POWERS[-1])) for case in CASES)
    last, before = (worst["monotone", p] for p in (POWERS[-1], POWERS[-2]))
    order = log(before / last) / log(POWERS[-1] / POWERS[-2])
    stays = worst["not monotone", POWERS[-1]]
    return (
        Assertion(
            "M (average) = r - (y(t) - y(0))/(2 t) at every time",
            all(r[5] for r in rows),
            f"within {EXACT:g}",
            "lasso-path",
        ),
        Assertion(
            f"monotone: the distance of the average falls like 1/log(1/eps), within {ORDER}",
            abs(order - 1) < ORDER,
            f"order {order:.3f} from eps = 1e-{POWERS[-2]} to 1e-{POWERS[-1]}, distance {last:.2g}",
        ),
        Assertion(
            f"not monotone: the average stays more than {STAYS} away, with less and less change",
            stays > STAYS and stays > worst["not monotone", POWERS[-2]] / 1.5,
            f"{worst['not monotone', POWERS[-2]]:.3g}, then {stays:.3g}",
        ),
        Assertion(
            f"x itself is more than {AWAY} away at some time, on either path",
            now > AWAY,
            f"{now:.2g}, eps = 1e-{POWERS[-1]}",
        ),
    )


def _panel(rows: list[tuple[Any, ...]], case: str) -> Axes:
    lines = tuple(
        Line(
            f"$\\varepsilon = 10^{{-{p}}}$",
            tuple(r[2] for r in rows if r[:2] == (case, 10.0**-p)),
            tuple(r[3] for r in rows if r[:2] == (case, 10.0**-p)),
        )
        for p in POWERS
    )
    return Axes(f"{case} path", "$s$", r"$\|\bar x - x_{\mathrm{lasso}}\|_\infty$", lines)
