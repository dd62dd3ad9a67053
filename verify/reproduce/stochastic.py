"""sgd: single samples of (1/4)(x_i.beta - y_i)^2, steps gamma, D = 2, n = 5, d = 12: the scale that
is left, exactly step by step, and in the mean over runs against the stochastic flow.

Each step multiplies w_+ w_- by 1 - gamma^2 r_i^2 X_ij^2 (sgd-effective-alpha). The flow with the
noise of the samples has log(w_+ w_-) fall at gamma mean_i r_i^2 X_ij^2 (sgd-drift); with r_i^2 and
X_ij^2 taken as uncorrelated at 4 gamma L (X^T X)_jj/n, L = |X beta - y|^2/(4 n). The first is the
limit of small steps; the second is off by what the correlation is, whatever the step.
"""

from __future__ import annotations

from typing import Any

from numpy import arange, log, log1p, sqrt, zeros
from numpy.random import default_rng

from verify.exact.errors import NoValue
from verify.reproduce.base import Assertion, Axes, Line, Outcome, Over, here, rounded

N, D, ALPHA, RUNS = 5, 12, 0.1, 32
#: step, and how many of them: twice as many of half the length
STEPS = ((0.008, 20_000), (0.004, 40_000))
#: of logarithms; of the flow; of the flow without correlation
EXACT, NEAR, ROUGH = 1e-9, 0.03, 0.15
COLUMNS = (
    "gamma", "coordinate", "log_ratio", "standard_error", "by_flow", "measured_over_flow", "alpha_j"
)  # fmt: skip


def run(seed: int, over: Over = here) -> Outcome:
    """Runs of one data set, each with its own order of samples: one generator for each step. Raises
    NoValue where a step is too long for the data.
    """
    draw = default_rng(seed)
    x = draw.standard_normal((N, D))
    truth = zeros(D)
    truth[:2] = 1.0, -0.7
    found = over(_descend, [(x, x @ truth, *part, (seed, n)) for n, part in enumerate(STEPS)])
    rows = [row for f in found for row in f["rows"]]
    return Outcome(
        "sgd",
        "single-sample descent has a smaller effective scale, D = 2",
        "arXiv:2106.09524",
        seed,
        (
            ("Data", f"X {N} x {D} standard normal, y = X beta*, beta* = (1, -0.7, 0, ..)"),
            ("Descent", f"on (1/4)(x_i.beta - y_i)^2, i at random, alpha = {ALPHA}, {RUNS} runs"),
            ("Steps", ", ".join(f"{steps} of {gamma}" for gamma, steps in STEPS)),
        ),
        COLUMNS,
        tuple(rows),
        (
            "log of w_+ w_-/alpha^2 at the end, mean over runs with its standard error",
            ("gamma", "coordinate", "measured", "+-", "by the flow", "ratio", "alpha_j"),
            tuple(rows),
        ),
        _assertions(found),
        (_panel(found),),
    )


def _descend(x: Any, y: Any, gamma: float, steps: int, seed: Any) -> dict[str, Any]:
    draw = default_rng(seed)
    plus, minus = zeros((RUNS, D)) + ALPHA, zeros((RUNS, D)) + ALPHA
    exact, by_flow, rough = (zeros((RUNS, D)) for _ in range(3))
    squares, each = x * x, arange(RUNS)
    for _ in range(steps):
        residual = (plus * plus - minus * minus) @ x.T - y
        i = draw.integers(0, N, RUNS)
        c = gamma * residual[each, i][:, None] * x[i]
        if not abs(c).max() < 1:  # a weight would change its sign, and the logarithm end
            raise NoValue(f"gamma = {gamma} is too long a step for the data of this seed")
        plus, minus = plus * (1 - c), minus * (1 + c)
        exact += log1p(-c * c)
        by_flow -= gamma**2 * (residual * residual) @ squares / N
        rough -= gamma**2 * (residual * residual).mean(axis=1)[:, None] * squares.mean(axis=0)
    kept = log(plus * minus) - 2 * log(ALPHA)
    mean, error = kept.mean(axis=0), kept.std(axis=0, ddof=1) / sqrt(RUNS)
    flow = by_flow.mean(axis=0)
    rows = [
        (
            gamma, j + 1, *(rounded(float(v), 4) for v in (mean[j], error[j], flow[j])),
            rounded(float(mean[j] / flow[j]), 4),
            rounded(float(ALPHA * 2.718281828459045 ** (mean[j] / 2)), 4),
        )
        for j in range(D)
    ]  # fmt: skip
    ratio = kept.sum(axis=1) / by_flow.sum(axis=1)
    apart = kept.sum(axis=1) / rough.sum(axis=1)
    return {
        "gamma": gamma,
        "rows": rows,
        "off": float(abs(kept - exact).max()),
        "rises": float(kept.max()),
        "ratio": float(ratio.mean()),
        "error": float(ratio.std(ddof=1) / sqrt(RUNS)),
        "rough": float(apart.mean()),
        "rough_error": float(apart.std(ddof=1) / sqrt(RUNS)),
        "residual": float(abs((plus * plus - minus * minus) @ x.T - y).max()),
    }


def _assertions(found: list[dict[str, Any]]) -> tuple[Assertion, ...]:
    off, rises = (max(f[k] for f in found) for k in ("off", "rises"))
    left = max(f["residual"] for f in found)
    told = lambda k, e: (
        "measured over the flow "
        + ", ".join(f"{f[k]:.3f} +- {f[e]:.3f} (gamma = {f['gamma']})" for f in found)
    )
    return (
        Assertion(
            "log(w_+ w_-) changes by log(1 - gamma^2 r_i^2 X_ij^2) at each step, every run",
            off < EXACT,
            f"within {EXACT:g}" if off < EXACT else f"off by {off:.2g}",
            "sgd-effective-alpha",
        ),
        Assertion(
            "w_+ w_- never exceeds alpha^2, every run and coordinate",
            rises < EXACT,
            "all fall" if rises < EXACT else f"one rises by {rises:.2g}",
            "sgd-effective-alpha",
        ),
        Assertion("every run fits the data", left < 1e-3, f"largest residual {left:.1e}"),
        Assertion(
            f"summed over coordinates the flow agrees, within {NEAR:.0%} and 3 standard errors",
            all(abs(f["ratio"] - 1) < NEAR + 3 * f["error"] for f in found),
            told("ratio", "error"),
        ),
        Assertion(
            f"with r_i^2 and X_ij^2 as uncorrelated it does so within {ROUGH:.0%}, on these data",
            all(abs(f["rough"] - 1) < ROUGH for f in found),
            told("rough", "rough_error"),
        ),
    )


def _panel(found: list[dict[str, Any]]) -> Axes:
    lines = [
        Line(f"$\\gamma = {f['gamma']}$", tuple(-r[4] for r in f["rows"]),
             tuple(-r[2] for r in f["rows"]))
        for f in found
    ]  # fmt: skip
    ends = tuple(sorted(x for line in lines for x in line.x))
    return Axes(
        "effective scale of single-sample descent",
        r"$\gamma\int\frac{1}{n}\sum_i r_i^2 X_{ij}^2$",
        r"$-\log(w_+w_-/\alpha^2)$",
        (*lines, Line("equal", (ends[0], ends[-1]), (ends[0], ends[-1]), dashed=True)),
    )
