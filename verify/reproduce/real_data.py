"""check3: small against large initialisation on real data (the third next check of the notes on
arXiv:2311.15404v2): errors on held-out samples of the interpolators that gradient flow of the
squared loss selects, w_+^D - w_-^D, at D = 2 and 3. Beside them, where the training samples
are few, what theory bounds errors by: the Rademacher complexity of the l1 and of the l2 ball of
each limit.

A seed draws the splits. Features and targets are centred and scaled by the training samples alone;
labels are -1 and 1. What is seen is reported as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import log, nan, sqrt
from typing import Any, NamedTuple

from numpy import arcsinh, array, hstack, mean, ones, sign, std, triu_indices
from numpy import sqrt as sqrt_of
from numpy.linalg import lstsq, norm
from numpy.random import default_rng

from verify.bias.central import figures
from verify.reproduce.base import Assertion, Axes, Line, Outcome, Over, here, rounded
from verify.reproduce.complexity import complexities, within_bounds
from verify.reproduce.tables import table

SPLITS, DEPTHS = 10, (2, 3)
EXPONENTS = tuple(range(3, -9, -1))  # of kappa, base 10
COLUMNS = ("data", "depth", "kappa", "error", "standard_error", "l1", "l2", "ball_l1", "ball_l2")
EPSILON = 0.1  # of thm2-kernel
TWO, ROUNDED = 2.0, 1e-9  # standard errors; of sums in doubles


class Task(NamedTuple):
    """``train`` samples of a table; ``labels``: the two that are told apart, as -1 and 1."""

    data: str
    train: int
    labels: tuple[int, ...] = ()


TASKS = (
    Task("diabetes", 30),
    Task("breast-cancer", 40, (0, 1)),
    Task("iris", 10, (1, 2)),
    Task("digits", 40, (3, 8)),
)


def run(seed: int, over: Over = here) -> Outcome:
    """Raises BadInput where the data are not installed, NoValue where a limit is not found."""
    cases = [(task, depth, seed) for task in TASKS for depth in DEPTHS]
    found = over(measured, cases)
    rows = [row for rows, _, _ in found for row in rows]
    return Outcome(
        "check3",
        "small against large initialisation on real data",
        "arXiv:2311.15404v2 (third next check)",
        seed,
        (
            ("Data", "; ".join(map(_said, TASKS))),
            ("Features", "as shipped, centred and scaled, their products, and a constant"),
            ("Splits", f"{SPLITS} by the seed; the other samples are held out"),
            ("Error", "diabetes: mean square over the variance; else the share of wrong signs"),
            ("Balls", "of radius |beta|_1 and |beta|_2: Rademacher complexity, over all 2^10 signs"
             " of the iris samples"),
            ("Model", "w_+^D - w_-^D from alpha = kappa^(1/D), squared loss; limits from the dual"),
        ),
        COLUMNS,
        tuple(rows),
        _page(rows),
        (*_backed(found), *_seen(found)),
        tuple(_panel(rows, task.data) for task in TASKS),
    )  # fmt: skip


def _said(task: Task) -> str:
    told = f", labels {task.labels[0]} and {task.labels[1]}" if task.labels else ""
    return f"{task.data}, {task.train} samples{told}"


def measured(task: Task, depth: int, seed: int) -> tuple[list[tuple], list[tuple | None], Any]:
    """Rows; what theorems say of each split at D = 2; errors by split and scale."""
    errors, sizes, backed, balls = [], [], [], []
    for x, y, others, targets, wrong in _splits(task, seed):
        path = [*figures(x, y, depth, [e * log(10) for e in EXPONENTS])]
        least = lstsq(x, y, rcond=None)[0]
        errors.append([wrong(others @ f.beta, targets) for f in path])
        sizes.append([(float(abs(f.beta).sum()), float(norm(f.beta))) for f in path])
        both = complexities(x)
        balls.append(both or (nan, nan))
        bounded = None if both is None else within_bounds(x, *both, ROUNDED)
        own = (_selected(path, least), _kernel(path[0], least), bounded) if depth == 2 else None
        backed.append(own)
    by_scale, spread = mean(errors, axis=0), std(errors, axis=0, ddof=1) / sqrt(SPLITS)
    size, held = mean(sizes, axis=0), mean(array(sizes) * array(balls)[:, None], axis=0)
    rows = [
        (task.data, depth, rounded(10.0**e), *(rounded(float(v)) for v in (m, s, *norms, *ball)))
        for e, m, s, norms, ball in zip(EXPONENTS, by_scale, spread, size, held, strict=True)
    ]
    return rows, backed, array(errors)


def _splits(task: Task, seed: int) -> Iterator[tuple[Any, ...]]:
    """Training samples, held-out ones, and how a prediction is wrong."""
    x, y = table(task.data)
    if task.labels:
        kept = (y == task.labels[0]) | (y == task.labels[1])
        x, y = x[kept], sign(y[kept] - sum(task.labels) / 2)
    draw = default_rng(seed)
    for _ in range(SPLITS):
        order = draw.permutation(len(y))
        train, held = order[: task.train], order[task.train :]
        first, others = _features(x[train], x[held])
        if task.labels:
            yield first, y[train], others, y[held], _signs
        else:
            middle, size = y[train].mean(), y[train].std()
            scaled = ((y[k] - middle) / size for k in (train, held))
            yield first, next(scaled), others, next(scaled), _square


def _features(train: Any, held: Any) -> tuple[Any, Any]:
    """Centred and scaled by the training samples, their products, and a constant."""
    middle, size = train.mean(axis=0), train.std(axis=0)
    moves = size > 0
    both = [(k[:, moves] - middle[moves]) / size[moves] for k in (train, held)]
    i, j = triu_indices(both[0].shape[1])
    first, second = (hstack([k, k[:, i] * k[:, j], ones((len(k), 1))]) for k in both)
    return first, second


def _square(told: Any, targets: Any) -> float:
    return float(((told - targets) ** 2).mean() / targets.var())


def _signs(told: Any, targets: Any) -> float:
    return float((sign(told) != targets).mean())


def _selected(path: list[Any], least: Any) -> bool:
    """At each scale Q of the limit is at most Q of the least square interpolator; D = 2."""
    return all(
        _potential(f.beta, 10.0**e) <= _potential(least, 10.0**e) * (1 + ROUNDED)
        for e, f in zip(EXPONENTS, path, strict=True)
    )


def _potential(b: Any, kappa: float) -> float:
    """Q(b)/kappa; q(z) = z arsinh(z/2) - sqrt(z^2 + 4) + 2, without cancellation near 0."""
    z = abs(b) / kappa
    return float((z * arcsinh(z / 2) - z * z / (sqrt_of(z * z + 4) + 2)).sum())


def _kernel(f: Any, least: Any) -> bool | None:
    """thm2-kernel at the largest scale, D = 2; None where it does not speak."""
    size = float(norm(least))
    if 10.0 ** EXPONENTS[0] < 2 * (1 + EPSILON) * (1 + 2 / EPSILON) * size:
        return None
    return bool(norm(f.beta) ** 2 <= (1 + EPSILON) * size**2)


def _backed(found: list) -> tuple[Assertion, ...]:
    own = [split for _, splits, _ in found for split in splits if split is not None]
    spoken = [kernel for _, kernel, _ in own if kernel is not None]
    few = [bounded for *_, bounded in own if bounded is not None]
    return (
        Assertion(
            "at D = 2 no limit has a larger Q than the interpolator of least square norm",
            all(selected for selected, *_ in own),
            f"at {len(EXPONENTS)} scales of {len(own)} splits",
            "diag-d2-qalpha",
        ),
        Assertion(
            f"at D = 2, kappa = {10 ** EXPONENTS[0]}, |beta|_2^2 is least within {EPSILON:.0%}",
            all(spoken),
            f"in the {len(spoken)} of {len(own)} splits where the theorem speaks",
            "thm2-kernel",
        ),
        Assertion(
            "the complexity of the unit balls of l1 and l2 is within its bounds",
            all(few),
            f"in {len(few)} splits of few samples",
            "rademacher-balls",
        ),
    )


def _seen(found: list) -> tuple[Assertion, ...]:
    """What the notes ask for, and what they say of it."""
    apart, between, balls = [], [], []
    for rows, _, errors in found:
        name = f"{rows[0][0]} at D = {rows[0][1]}"
        change = errors[:, -1] - errors[:, 0]
        spread = float(std(change, ddof=1)) / sqrt(SPLITS)
        if abs(float(change.mean())) > TWO * spread:
            apart.append(f"{name}: {float(change.mean()):+.2g} (+-{spread:.1g})")
        least = errors.mean(axis=0)
        if least[1:-1].min() < min(least[0], least[-1]):
            between.append(name)
        if rows[0][7] == rows[0][7]:
            balls.append((name, rows[0][7], rows[-1][7], rows[0][3], rows[-1][3]))
    return (
        Assertion(
            f"small less large initialisation: beyond {TWO:g} standard errors on some data",
            bool(apart),
            "; ".join(apart) or "on none",
        ),
        Assertion(
            "the least error lies strictly between the ends on some data",
            bool(between),
            "; ".join(between) or "on none",
        ),
        Assertion(
            "the l1 ball of the limit has the smaller complexity at the small end",
            all(small < large for _, large, small, *_ in balls),
            "; ".join(
                f"{name}: {large:.3g} to {small:.3g}, error {before:.3g} to {after:.3g}"
                for name, large, small, before, after in balls
            )
            + ("; twice of it is above 1, no bound on a share" if _vacuous(balls) else ""),
        ),
    )


def _vacuous(balls: list[tuple]) -> bool:
    """Whether what theory gives for a margin of 1, twice the complexity, bounds no share."""
    return all(min(ends[1:3]) > 1 / 2 for ends in balls)


def _page(rows: list[tuple]) -> tuple:
    by = {(r[0], r[2]): r for r in rows if r[1] == DEPTHS[0]}
    names = [task.data for task in TASKS]
    scales = (rounded(10.0**e) for e in EXPONENTS)
    lines = tuple((k, *(by[x, k][3] for x in names), *by["iris", k][7:]) for k in scales)
    return (
        "error at D = 2, mean of the splits, and the balls of iris; D = 3 and spreads: --csv",
        ("kappa", *names, "l1 ball", "l2 ball"),
        lines,
    )


def _panel(rows: list[tuple], data: str) -> Axes:
    lines = []
    for depth in DEPTHS:
        own = [r for r in rows if r[:2] == (data, depth)]
        lines.append(Line(f"$D = {depth}$", tuple(r[2] for r in own), tuple(r[3] for r in own)))
    return Axes(data, r"$\kappa = \alpha^D$", "held-out error", tuple(lines), log_y=False)
