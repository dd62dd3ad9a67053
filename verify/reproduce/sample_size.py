"""E1c: the largest scale at which the population error is small, against the number of samples, at
four depths: as Figures 1c and 3c of arXiv:2002.09277v3, on the first N rows of the data of E1.
"""

from __future__ import annotations

from itertools import pairwise
from math import log
from typing import Any

from verify.bias.central import figures
from verify.reproduce.base import Assertion, Axes, Line, Outcome, Over, here, rounded
from verify.reproduce.sparse_regression import DEPTHS, Sparse, problem

ROWS = (40, 50, 60, 70, 80, 100)
ERROR, STEEP = 0.025, 1000
EXPONENTS = tuple(-k / 4 for k in range(-4, 41))  # log10 of kappa, from 10 to 10^-10
COLUMNS = ("depth", "samples", "largest_kappa", "least_error")


def run(seed: int, over: Over = here) -> Outcome:
    """Raises NoValue where a limit point is not found."""
    data = problem(seed)
    rows = over(_row, [(data, depth, count) for depth in DEPTHS for count in ROWS])
    return Outcome(
        "E1c",
        "scale that is small enough, against the number of samples",
        "arXiv:2002.09277v3 (Figures 1c, 3c)",
        seed,
        (
            ("Data", "the first N rows of the data of E1"),
            ("Scales", "kappa = 10 to 10^-10, four to a decade; D = 2, 3, 5, 8"),
            ("Threshold", f"the largest kappa of the grid with |beta - beta*|^2 <= {ERROR}"),
        ),
        COLUMNS,
        tuple(rows),
        _page(rows),
        _assertions(rows),
        (_panel(rows),),
    )


def _row(data: Sparse, depth: int, count: int) -> tuple[Any, ...]:
    x, y = data.x[:count], data.y[:count]
    found = figures(x, y, depth, [e * log(10) for e in EXPONENTS])
    errors = [float(((figure.beta - data.truth) ** 2).sum()) for figure in found]
    enough = [e for e, error in zip(EXPONENTS, errors, strict=True) if error <= ERROR]
    largest = rounded(10.0 ** enough[0]) if enough else None
    return (depth, count, largest, rounded(min(errors)))


def _by(rows: list[tuple]) -> dict[tuple[int, int], Any]:
    return {(r[0], r[1]): r[2] for r in rows}


def _page(rows: list[tuple]) -> tuple:
    at = _by(rows)
    lines = tuple((n, *(at[d, n] for d in DEPTHS)) for n in ROWS)
    return ("largest kappa; - where no kappa of the grid suffices",
            ("N", *(f"D = {d}" for d in DEPTHS)), lines)  # fmt: skip


def _assertions(rows: list[tuple]) -> tuple[Assertion, ...]:
    at = _by(rows)
    columns = [[at[d, n] or 0.0 for d in DEPTHS] for n in ROWS]
    deeper = all(c == sorted(c) for c in columns)
    down = [(n, at[2, n] or 0.0) for n in reversed(ROWS)]
    falls = [(a, b) for a, b in pairwise(down) if b[1] < a[1] / STEEP]
    said = "nowhere"
    if falls:
        (n, high), (m, low) = falls[0]
        said = f"from {high:.2g} at N = {n} to {f'{low:.2g}' if low else 'none'} at N = {m}"
    return (
        Assertion(
            "the threshold in kappa does not fall with depth",
            deeper,
            "at every N" if deeper else "at some N it does",
        ),
        Assertion(
            f"at D = 2 it falls by more than {STEEP} from one N to the next", bool(falls), said
        ),
    )


def _panel(rows: list[tuple]) -> Axes:
    lines = []
    for d in DEPTHS:
        own = [r for r in rows if r[0] == d and r[2] is not None]
        lines.append(Line(f"$D = {d}$", tuple(float(r[1]) for r in own), tuple(r[2] for r in own)))
    return Axes(
        rf"largest $\kappa$ with error $\leq {ERROR}$", "samples $N$", r"$\kappa = \alpha^D$",
        tuple(lines), log_x=False,
    )  # fmt: skip
