"""E1: sparse regression with 100 samples in dimension 1000, as Figures 1a and 1b of
arXiv:2002.09277v3 (which state neither d nor r*; here d = 1000, r* = 5), at four depths.

X and then the noise are drawn from one generator. Limit points come from the dual, at each scale;
at one scale the flow itself is followed and compared.
"""

from __future__ import annotations

from fractions import Fraction
from math import log
from typing import Any, NamedTuple

from numpy import array, exp, logspace, sqrt, zeros
from numpy.random import default_rng

from verify.bias.central import Figure, figures
from verify.bias.data import Data
from verify.bias.flow import follow
from verify.bias.interpolators import least_l1, least_l2
from verify.reproduce.base import Assertion, Axes, Line, Outcome, Over, here, rounded

D, N, SPARSE, NOISE = 1000, 100, 5, 0.1  # columns, rows, non-zero coordinates, deviation
DEPTHS = (2, 3, 5, 8)
SCALES = 21
#: depth and alpha where the flow is followed; at the others its time, alpha^(2-D), is out of reach
FOLLOWED = ((2, 0.1), (2, 0.01), (3, 0.1), (5, 0.3))
CLOSE, ACCURATE, DECIMALS = 1e-2, 1e-6, 9
FAR = 1e-8  # of max |y|: the residual to which the flow is followed
COLUMNS = ("depth", "alpha", "kappa", "error", "excess_l1", "excess_l2", "newton_steps")


class Sparse(NamedTuple):
    """Data, the truth, and the two interpolators with their norms."""

    x: Any
    y: Any
    truth: Any
    l1: Any
    l2: Any
    unique: bool


def problem(seed: int, rows: int = N, columns: int = D) -> Sparse:
    """The data of a seed, with both interpolators certified over Q."""
    draw = default_rng(seed)
    x = draw.standard_normal((rows, columns))
    truth = zeros(columns)
    truth[:SPARSE] = 1 / sqrt(SPARSE)
    y = x @ truth + NOISE * draw.standard_normal(rows)
    exact = Data.of(x.tolist(), y.tolist())
    first, second = least_l1(exact), least_l2(exact)
    return Sparse(x, y, truth, _floats(first.beta), _floats(second), first.unique)


def _floats(values: tuple[Fraction, ...]) -> Any:
    return array([float(v) for v in values])


def run(seed: int, over: Over = here) -> Outcome:
    """Raises NoValue where a limit point is not found."""
    data = problem(seed)
    alphas = [float(a) for a in logspace(1, -4, SCALES)]
    each = over(limits, [(data.x, data.y, depth, alphas) for depth in DEPTHS])
    found = dict(zip(DEPTHS, each, strict=True))
    rows = [
        _row(data, depth, alpha, figure)
        for depth in DEPTHS
        for alpha, figure in zip(alphas, found[depth], strict=True)
    ]
    flow, work = _compared(data)
    return Outcome(
        "E1",
        "implicit bias of w_+^D - w_-^D on sparse regression",
        "arXiv:2002.09277v3 (Figures 1a, 1b; d and r* are not stated there)",
        seed,
        _settings(work),
        COLUMNS,
        tuple(rows),
        _page(rows, alphas),
        (*_assertions(data, found), flow, *_seen(data, rows)),
        _panels(data, rows),
    )


def limits(x: Any, y: Any, depth: int, alphas: list[float]) -> list[Figure]:
    """Limit points of one depth, at each scale. Raises NoValue."""
    return [*figures(x, y, depth, [depth * log(a) for a in alphas])]


def _row(data: Sparse, depth: int, alpha: float, f: Figure) -> tuple[Any, ...]:
    size = lambda b: (abs(b).sum(), sqrt((b * b).sum()))
    least = (size(data.l1)[0], size(data.l2)[1])
    # a difference of norms has no more decimals than they have
    excess = [round(float(a - b), DECIMALS) for a, b in zip(size(f.beta), least, strict=True)]
    error = ((f.beta - data.truth) ** 2).sum()
    values = (alpha, alpha**depth, error, *excess)
    return (depth, *(rounded(float(v)) for v in values), f.work)


def _settings(work: str) -> tuple[tuple[str, str], ...]:
    return (
        (
            "Data",
            f"y = X beta* + noise, X {N} x {D} and noise standard normal, the noise times {NOISE};"
            f" beta*_i = 1/sqrt({SPARSE}) for i = 1..{SPARSE}, else 0",
        ),
        ("Flow", "w' = -grad |X beta - y|^2, beta = w_+^D - w_-^D, w_+(0) = w_-(0) = alpha"),
        ("Scales", f"alpha = 10^-4 to 10, {SCALES} of them, kappa = alpha^D; D = 2, 3, 5, 8"),
        ("Limits", "from the dual in N unknowns, in doubles; b1 and b2 exact, certified over Q"),
        ("Work", work),
    )


def _compared(data: Sparse) -> tuple[Assertion, str]:
    """Limit points against the flow in the weights, and how much more that multiplies."""
    apart, ratios = 0.0, []
    for depth, alpha in FOLLOWED:
        flow = follow(data.x, data.y, depth, alpha, FAR)
        (point,) = figures(data.x, data.y, depth, [depth * log(alpha)])
        apart = max(apart, float(abs(flow.beta - point.beta).max()), flow.drift)
        dual = point.work * (N * N * D + N**3 // 3 + 4 * N * D)
        ratio = flow.gradients * 4 * N * D / dual
        ratios.append(f"{ratio:.2g} (D = {depth}, alpha = {alpha})")
    return Assertion(
        f"the flow ends at the dual's limit points at {len(FOLLOWED)} scales",
        apart < ACCURATE,
        f"entries differ by less than {ACCURATE:g}, and at D = 2 w_+ w_- = alpha^2 as well"
        if apart < ACCURATE
        else f"entries differ by {apart:.1e}",
        "diag-d2-qalpha, diag-depthD-qD, diag-d2-invariant",
    ), f"multiplications to integrate the flow over those of the dual: {', '.join(ratios)}"


def _of(rows: list[tuple], depth: int) -> list[dict[str, Any]]:
    return [dict(zip(COLUMNS, r, strict=True)) for r in rows if r[0] == depth]


def _page(rows: list[tuple], alphas: list[float]) -> tuple:
    names = ("alpha", *(f"D = {d}" for d in DEPTHS), *(f"l1, D = {d}" for d in DEPTHS))
    by = {d: _of(rows, d) for d in DEPTHS}
    lines = [
        (
            rounded(alpha, 3),
            *(by[d][k]["error"] for d in DEPTHS),
            *(by[d][k]["excess_l1"] for d in DEPTHS),
        )
        for k, alpha in enumerate(alphas)
    ]
    return ("|beta - beta*|^2, and |beta|_1 - |b1|_1", names, tuple(lines))


def _assertions(data: Sparse, found: dict[int, list[Figure]]) -> tuple[Assertion, ...]:
    """What holds for all data, at every scale: with z = X^T nu, z/max |z| is feasible for the dual
    of the l1 norm, and b2 is the nearest point of the row space of X.
    """
    l1 = abs(data.l1).sum()
    short, over, off = 0.0, 0.0, 0.0
    for depth, points in found.items():
        for f in points:
            z = data.x.T @ f.nu
            norm = abs(f.beta).sum()
            short = max(short, float(l1 - norm) / l1)
            over = max(over, float(f.beta @ z / abs(z).max() - l1) / l1)
            # near 0 beta is kappa h'(0) z
            row = z * (2 if depth == 2 else 2 * depth / (depth - 2)) * exp(f.log_kappa)
            gaps = (sqrt(((f.beta - b) ** 2).sum()) for b in (data.l2, row))
            nearest, another = gaps
            off = max(off, float(nearest - another))
    return (
        _holds("no limit point is shorter than b1 in l1", short, "b1 is certified over Q"),
        _holds("beta.z/max |z| <= |b1|_1, which bounds the excess", over, "duality of l1 and l_oo"),
        _holds("no point kappa h'(0) z is nearer to beta than b2", off, "b2 is a projection"),
    )


def _holds(text: str, violation: float, theorem: str) -> Assertion:
    """An inequality at every scale and depth, up to the accuracy of doubles."""
    fine = violation < ACCURATE
    seen = f"every scale, up to {ACCURATE:g}" if fine else f"violated by {violation:.2g}"
    return Assertion(text, fine, seen, theorem)


def _seen(data: Sparse, rows: list[tuple]) -> tuple[Assertion, ...]:
    """What this data set shows, and no theorem says of its scales: limits are theorems
    (depth-limits), how near their ends are is not.
    """
    l1, l2 = float(abs(data.l1).sum()), float(sqrt((data.l2**2).sum()))
    small = max(_of(rows, d)[-1]["excess_l1"] / l1 for d in DEPTHS)
    large = max(_of(rows, d)[0]["excess_l2"] / l2 for d in DEPTHS)
    falls = all(
        b["excess_l1"] <= a["excess_l1"] + ACCURATE
        for d in DEPTHS
        for a, b in zip(_of(rows, d), _of(rows, d)[1:], strict=False)
    )
    deep = [r["error"] for r in _of(rows, 5)]
    best = min(deep)
    return (
        Assertion(
            f"rich end: | |beta|_1/|b1|_1 - 1 | < {CLOSE} at the least alpha, every depth",
            small < CLOSE and data.unique,
            f"largest {small:.3g}; b1 is the only minimiser"
            if data.unique
            else "b1 is not shown to be the only minimiser",
        ),
        Assertion(
            f"kernel end: | |beta|_2/|b2|_2 - 1 | < {CLOSE} at the largest alpha, every depth",
            large < CLOSE,
            f"largest {large:.3g}",
        ),
        Assertion("|beta|_1 falls with alpha, every depth", falls, "at 21 scales"),
        Assertion(
            "at D = 5 the error is least inside the grid: smaller is not better throughout",
            best < deep[-1],
            f"least {best:.4g}, at the least alpha {deep[-1]:.4g}",
        ),
    )


def _panels(data: Sparse, rows: list[tuple]) -> tuple[Axes, ...]:
    def lines(column: str) -> tuple[Line, ...]:
        return tuple(
            Line(
                f"$D = {d}$",
                tuple(r["alpha"] for r in _of(rows, d)),
                tuple(r[column] for r in _of(rows, d)),
            )
            for d in DEPTHS
        )

    level = float(((data.l1 - data.truth) ** 2).sum())
    ends = (min(r[1] for r in rows), max(r[1] for r in rows))
    least = Line(r"minimal $\ell_1$", ends, (rounded(level), rounded(level)), dashed=True)
    alpha = r"initialisation scale $\alpha$"
    return (
        Axes("population error", alpha, r"$\|\beta-\beta^*\|_2^2$", (*lines("error"), least)),
        Axes(
            r"excess $\ell_1$ norm", alpha, r"$\|\beta\|_1-\|\beta_{\ell_1}\|_1$",
            lines("excess_l1"), log_y=False,
        ),
        Axes(
            r"excess $\ell_2$ norm", alpha, r"$\|\beta\|_2-\|\beta_{\ell_2}\|_2$",
            lines("excess_l2"), log_y=False,
        ),
    )  # fmt: skip
