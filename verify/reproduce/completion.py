"""E3, matrix analogue (as Figure 5 of arXiv:2002.09277v3): a 10 x 10 matrix of rank 1 of which 60
entries are seen, f = U V^T with entries of variance alpha^2 and k columns. What decides is
alpha^2 k: below 1 the limit has nearly the least nuclear norm, above it what is not seen stays.

A seed draws the matrix, the entries that are seen and the starts.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from numpy import concatenate, maximum, ones, outer, sqrt, where, zeros
from numpy.linalg import norm, svd
from numpy.random import default_rng
from scipy.integrate import DOP853

from verify.exact.errors import NoValue
from verify.reproduce.base import Assertion, Axes, Line, Outcome, Over, here, rounded

SIZE, SEEN = 10, 60
WIDTHS, SCALES = (10, 100, 1000), (1e-3, 1e-2, 1e-1, 1.0, 10.0)  # k, and alpha^2 k
COLUMNS = ("k", "alpha^2 k", "excess", "change", "drift")
FIT, MOST_STEPS, RELATIVE, ABSOLUTE = 1e-4, 30_000, 1e-8, 1e-10
CLOSE = 1e-5  # the least nuclear norm and its bound from below
KEPT, SMALL = 1e-5, 0.05  # drift of U^T U - V^T V, relative; excess that is small
DIGITS = 4  # of what has been followed to FIT


def run(seed: int, over: Over = here) -> Outcome:
    """Raises NoValue where the residual does not fall."""
    rows = over(measured, [(seed, k, scale) for k in WIDTHS for scale in SCALES])
    return Outcome(
        "E3m",
        "matrix completion, width and scale of the start",
        "arXiv:2002.09277v3 (as Figure 5)",
        seed,
        (
            ("Data", f"{SIZE} x {SIZE}, rank 1, entries of mean square 1, {SEEN} of them seen"),
            ("Flow", "of the sum of squares, until each seen entry is within 1e-4"),
            ("Excess", "nuclear norm over the least of all that fit, less 1"),
            ("Change", "of what is not seen, root of the mean square"),
        ),
        COLUMNS,
        tuple(rows),
        _page(rows),
        _assertions(rows),
        (_panel(rows, 2, "excess nuclear norm"), _panel(rows, 3, "change of what is not seen")),
    )


@cache
def _problem(seed: int) -> tuple[Any, Any]:
    """The matrix, and where it is seen."""
    draw = default_rng(seed)
    whole = outer(*draw.standard_normal((2, SIZE)))
    seen = zeros(SIZE * SIZE, bool)
    seen[draw.permutation(SIZE * SIZE)[:SEEN]] = ones(SEEN, bool)
    return whole * (SIZE / norm(whole)), seen.reshape(SIZE, SIZE)


def measured(seed: int, k: int, scale: float) -> tuple[Any, ...]:
    """One row. Raises NoValue."""
    whole, seen = _problem(seed)
    start = sqrt(scale / k) * default_rng([seed, k]).standard_normal((2, SIZE, k))
    u, v = _followed(whole, seen, start)
    product, before = u @ v.T, start[0] @ start[1].T
    change = sqrt(((product - before)[~seen] ** 2).mean())
    first, last = (a.T @ a - b.T @ b for a, b in (start, (u, v)))
    drift = norm(last - first) / max(norm(first), norm(u) ** 2)
    excess = round(_nuclear(product) / _least(seed) - 1, DIGITS)
    return (k, scale, excess, rounded(float(change), DIGITS), round(float(drift), 7))


@cache
def _least(seed: int) -> float:
    """The least nuclear norm of what has the seen entries: by alternating directions, until
    <Y, M> is close to it, Y on what is seen and of operator norm 1. Raises NoValue.
    """
    whole, seen = _problem(seed)
    fits = where(seen, whole, 0)
    dual = zeros((SIZE, SIZE))
    for _ in range(MOST_STEPS):
        u, s, v = svd(fits + dual)
        low = (u * maximum(s - 1, 0)) @ v
        dual += fits - low  # has operator norm at most 1
        fits = where(seen, whole, low - dual)
        own = where(seen, dual, 0)
        below = float((own * whole).sum()) / max(1.0, float(norm(own, 2)))
        if _nuclear(fits) - below < CLOSE * below:
            return below
    raise NoValue("the least nuclear norm of what fits is not found")


def _nuclear(m: Any) -> float:
    return float(svd(m, compute_uv=False).sum())


def _followed(whole: Any, seen: Any, start: Any) -> tuple[Any, Any]:
    def field(_: float, w: Any) -> Any:
        u, v = w.reshape(start.shape)
        r = 2 * where(seen, u @ v.T - whole, 0)
        return concatenate([(-r @ v).ravel(), (-r.T @ u).ravel()])

    small = ABSOLUTE * float(abs(start).max())
    engine = DOP853(field, 0.0, start.ravel(), 1e6, rtol=RELATIVE, atol=small)
    for _ in range(MOST_STEPS):
        engine.step()
        u, v = engine.y.reshape(start.shape)
        if abs(where(seen, u @ v.T - whole, 0)).max() < FIT:
            return u, v
    raise NoValue(f"from width {start.shape[2]} the residual does not fall below {FIT:g}")


def _page(rows: list[tuple]) -> tuple:
    by = {r[:2]: r for r in rows}
    names = ("alpha^2 k", *(f"excess, k={k}" for k in WIDTHS), *(f"change, k={k}" for k in WIDTHS))
    lines = tuple(
        (s, *(by[k, s][2] for k in WIDTHS), *(by[k, s][3] for k in WIDTHS)) for s in SCALES
    )
    return ("nuclear norm over the matrix's own, and change of what is not seen", names, lines)


def _assertions(rows: list[tuple]) -> tuple[Assertion, ...]:
    drift = max(r[4] for r in rows)
    low = [r[2] for r in rows if r[1] == SCALES[0]]
    some = [[r[2] for r in rows if r[0] == k and r[1] >= SCALES[1]] for k in WIDTHS]
    rising = all(own == sorted(own) for own in some)
    top = [r[3] for r in rows if r[1] == SCALES[-1]]
    return (
        Assertion(
            "U^T U - V^T V stays",
            drift <= KEPT,
            f"relative drift below {KEPT:g}" if drift <= KEPT else f"relative drift {drift:.1g}",
            "dln-moments-conserved",
        ),
        Assertion(
            f"at alpha^2 k = {SCALES[0]:g} the excess is below {SMALL:.0%}",
            max(map(abs, low)) < SMALL,
            " ".join(f"{v:.2%}" for v in low),
        ),
        Assertion(
            f"the excess rises with alpha^2 k from {SCALES[1]:g} on",
            rising,
            "at every width" if rising else "not at every width",
        ),
        Assertion(
            f"at alpha^2 k = {SCALES[-1]:g} what is not seen changes the less the wider",
            top == sorted(top, reverse=True),
            " ".join(f"{v:.2g}" for v in top),
        ),
    )


def _panel(rows: list[tuple], column: int, label: str) -> Axes:
    lines = []
    for k in WIDTHS:
        own = [r for r in rows if r[0] == k]
        lines.append(Line(f"$k = {k}$", tuple(r[1] for r in own), tuple(r[column] for r in own)))
    return Axes(label, r"$\alpha^2 k$", label, tuple(lines), log_y=False)
