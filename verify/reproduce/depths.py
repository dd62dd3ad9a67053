"""E3, its diagonal part: what depth changes at equal kappa. Limit points of the toy x = (1, rho), y
= 1, enclosed, and how sharply each potential prefers a vertex at d = 100.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from verify.bias.data import Data
from verify.bias.limit_point import limit_point
from verify.bias.potential import Potential
from verify.exact.precision import precision
from verify.exact.rings import ball
from verify.reproduce.base import Assertion, Axes, Line, Outcome, Over, here, rounded

DEPTHS = (2, 3, 4, 5, 8, 10, 100)
EXPONENTS = tuple(range(0, -9, -1))
RHOS = (Fraction(1, 2), Fraction(9, 10))
ROOT, BITS, DIGITS, NEAR = 10, 400, 30, 0.01  # d = ROOT^2
COLUMNS = ("depth", "kappa", "sharpness", "excess_l1_rho_0.5", "excess_l1_rho_0.9", "prefactor")


def run(seed: int, over: Over = here) -> Outcome:
    """No chance: a seed changes nothing. Raises NoValue as the dual does."""
    rows = tuple(over(_row, [(d, e) for d in DEPTHS for e in EXPONENTS]))
    return Outcome(
        "E3",
        "what depth changes at equal kappa, diagonal part",
        "arXiv:2002.09277v3 (Figure 3b), arXiv:2506.01143v2",
        seed,
        (
            ("Toy", "x = (1, rho), y = 1, rho = 1/2 and 9/10: |beta|_1 - 1, enclosed"),
            ("Sharpness", "Q_D(e_1)/Q_D(1_d/sqrt(d)) at d = 100, between 1/10 and 1"),
            ("Prefactor", "beta_2/(kappa^(1-rho)) at D = 2, beta_2/(kappa h_D(rho)), rho = 1/2"),
        ),
        COLUMNS,
        rows,
        _page(rows),
        _assertions(rows),
        _panels(rows),
    )


def _row(depth: int, exponent: int) -> tuple[Any, ...]:
    kappa = Fraction(10) ** exponent
    with precision(BITS):
        q = Potential(depth)
        one, many = ball(1 / kappa), ball(1 / (kappa * ROOT))
        sharp = q.value(one) / (ROOT**2 * q.value(many))
        points = [limit_point(Data.of([[1, r]], [1]), depth, kappa, DIGITS).beta for r in RHOS]
        norms = [abs(b[0]) + abs(b[1]) - 1 for b in points]
        half = ball(RHOS[0])
        scale = (ball(kappa) ** half) if depth == 2 else ball(kappa) * q.slope(half)[0]
        values = (sharp, *norms, points[0][1] / scale)
        return (depth, float(kappa), *(rounded(float(v.mid())) for v in values))


def _of(rows: tuple, depth: int) -> list[tuple]:
    return [r for r in rows if r[0] == depth]


def _page(rows: tuple) -> tuple:
    by = {d: _of(rows, d) for d in DEPTHS}
    lines = tuple((10.0**e, *(by[d][k][4] for d in DEPTHS)) for k, e in enumerate(EXPONENTS))
    return ("|beta|_1 - 1 at rho = 9/10", ("kappa", *(f"D = {d}" for d in DEPTHS)), lines)


def _assertions(rows: tuple) -> tuple[Assertion, ...]:
    inside = all(1 / ROOT <= r[2] <= 1 for r in rows)
    least = min(min(r[3], r[4]) for r in rows)
    last = [_of(rows, d)[-1][5] for d in DEPTHS]
    off = max(abs(x - 1) for x in last)
    falls = [
        all(
            a[column] >= b[column]
            for k in range(len(EXPONENTS))
            for a, b in pairwise(_of(rows, d)[k] for d in DEPTHS)
        )
        for column in (2, 3, 4)
    ]
    return (
        Assertion(
            "the sharpness lies between 1/sqrt(d) and 1",
            inside, "at every kappa", "depth-sharpness",
        ),
        Assertion(
            "no limit point is shorter than (1, 0) in l1", least >= 0, f"least {least:.2g}",
            "b1 = (1, 0) is a minimiser for rho < 1",
        ),
        Assertion(
            f"the unselected entry has its prefactor within {NEAR} at kappa = 10^-8, rho = 1/2",
            off < NEAR, f"farthest {off:.2g}", "depth-rich-rate",
        ),
        Assertion("at equal kappa the sharpness falls with depth", falls[0], "at every kappa"),
        Assertion(
            "at equal kappa |beta|_1 falls with depth",
            falls[1] and falls[2], "both rho, every kappa",
        ),
    )  # fmt: skip


def _panels(rows: tuple) -> tuple[Axes, ...]:
    def lines(column: int) -> tuple[Line, ...]:
        return tuple(
            Line(
                f"$D = {d}$",
                tuple(r[1] for r in _of(rows, d)),
                tuple(r[column] for r in _of(rows, d)),
            )
            for d in DEPTHS
        )

    kappa = r"$\kappa = \alpha^D$"
    return (
        Axes("sharpness, $d = 100$", kappa, r"$Q_D(e_1)/Q_D(\mathbf{1}/\sqrt{d})$", lines(2)),
        Axes(r"$\rho = 1/2$", kappa, r"$\|\beta\|_1 - 1$", lines(3)),
        Axes(r"$\rho = 9/10$", kappa, r"$\|\beta\|_1 - 1$", lines(4)),
    )
