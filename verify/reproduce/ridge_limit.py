"""control: small initialisation against small ridge at D = 3 on X = [[1, 0, c], [0, 1, c]], y = (1,
1). Gradient flow from a small start ends near the least l1 norm, which changes from (1, 1, 0) to
(0, 0, 1/c) at c = 1/2; ridge lambda |w|^2 as lambda -> 0 gives the least sum of |b_i|^(2/3), which
changes at c = 2^(-3/2) = 0.3536.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from numpy import array

from verify.bias.data import Data
from verify.bias.limit_point import limit_point
from verify.reproduce.base import Assertion, Axes, Line, Outcome, Over, here, rounded
from verify.reproduce.penalties import ridge

DEPTH, KAPPA, PENALTY = 3, Fraction(1, 10**12), 1e-7
VALUES = tuple(Fraction(c, 100) for c in (25, 30, 34, 37, 40, 45, 48, 52, 60))
NEAR = 0.01
COLUMNS = ("c", "implicit_3", "ridge_3", "least_l1_3", "least_l_2/3_3")


def run(seed: int, over: Over = here) -> Outcome:
    """No chance: a seed changes nothing. Raises NoValue as the dual does."""
    rows = tuple(over(_row, [(c,) for c in VALUES]))
    return Outcome(
        "control",
        "small initialisation is not small ridge, D = 3",
        "arXiv:2002.09277v3 (remark on ridge)",
        seed,
        (
            ("Data", "X = [[1, 0, c], [0, 1, c]], y = (1, 1); third entry of beta"),
            ("Implicit", f"limit point at kappa = {float(KAPPA):g}, enclosed"),
            ("Ridge", f"least |X beta - y|^2 + lambda |w|^2, lambda = {PENALTY:g}, of 3 starts"),
        ),
        COLUMNS,
        rows,
        ("third entry; 1/c where (0, 0, 1/c) is selected, else 0", COLUMNS, rows),
        _assertions(rows),
        (_panel(rows),),
    )


def _row(c: Fraction) -> tuple[Any, ...]:
    x = [[Fraction(1), Fraction(0), c], [Fraction(0), Fraction(1), c]]
    implicit = limit_point(Data.of(x, [1, 1]), DEPTH, KAPPA, 20).beta[2]
    last = float(1 / c)
    starts = [array([1.0, 1.0, 0.0]), array([0.0, 0.0, last]), array([0.5, 0.5, last / 2])]
    explicit = ridge(array([[float(v) for v in r] for r in x]), array([1.0, 1.0]), DEPTH, PENALTY,
                     starts)  # fmt: skip
    return (
        float(c),
        rounded(float(implicit.mid()), 4),
        round(float(explicit[2]), 3) + 0.0,
        rounded(last if c > Fraction(1, 2) else 0.0, 4),
        rounded(last if 8 * c**2 > 1 else 0.0, 4),
    )


def _assertions(rows: tuple) -> tuple[Assertion, ...]:
    implicit = max(abs(r[1] - r[3]) / max(r[3], 1) for r in rows)
    explicit = max(abs(r[2] - r[4]) / max(r[4], 1) for r in rows)
    apart = [r[0] for r in rows if abs(r[1] - r[2]) > 1]
    return (
        Assertion(
            f"the limit from a small start is of least l1 norm, within {NEAR}",
            implicit < NEAR, f"farthest {implicit:.2g}", "depth-limits",
        ),
        Assertion(
            "the two differ for c between 2^(-3/2) and 1/2",
            apart == [r[0] for r in rows if 0.3536 < r[0] < 0.5],
            f"c = {', '.join(map(str, apart))}", "depth-limits-quasi-norm is REFUTED",
        ),
        Assertion(
            f"small ridge is of least sum |b_i|^(2/3), within {NEAR}",
            explicit < NEAR, f"farthest {explicit:.2g}, best of 3 local minimisers",
        ),
    )  # fmt: skip


def _panel(rows: tuple) -> Axes:
    c = tuple(r[0] for r in rows)
    return Axes(
        "selected third entry, $D = 3$", "$c$", r"$\beta_3$",
        (
            Line(r"small initialisation", c, tuple(r[1] for r in rows)),
            Line(r"small ridge", c, tuple(r[2] for r in rows)),
        ),
        log_x=False, log_y=False,
    )  # fmt: skip
