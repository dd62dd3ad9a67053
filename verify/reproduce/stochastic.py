"""sgd: single samples of (1/4)(x_i.beta - y_i)^2, steps gamma, D = 2, n = 5, d = 12: the scale that
is left, exactly step by step, and in the mean over runs against the stochastic flow.

Each step multiplies w_+ w_- by 1 - gamma^2 r_i^2 X_ij^2 (sgd-effective-alpha). The flow with the
noise of the samples has log(w_+ w_-) fall at gamma mean_i r_i^2 X_ij^2 (sgd-drift); with r_i^2 and
X_ij^2 taken as uncorrelated at 4 gamma L (X^T X)_jj/n, L = |X beta - y|^2/(4 n). The first is the
limit of small steps (sgd-mean-step); the second is off by what the correlation is, whatever the
step.
"""

from __future__ import annotations

from typing import Any

from numpy import arange, floor, log, log1p, maximum, sqrt, zeros
from numpy.random import default_rng

from verify.exact.errors import NoValue
from verify.reproduce.base import Assertion, Axes, Line, Outcome, Over, here, rounded

N, D, ALPHA, RUNS = 5, 12, 0.1, 32
#: step, and how many of them: twice as many of half the length
STEPS = ((0.008, 20_000), (0.004, 40_000))
EXACT, FITTED = 1e-9, 1e-2  # of logarithms; residual of a fit
SHARP, CHANCE = 4, 1e-9  # of the supermartingales: k gamma max_i X_ij^2, probability in all
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
        "arXiv:2106.09524v3",
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
    exact, by_flow, apart, second = (zeros((RUNS, D)) for _ in range(4))
    squares, each, longest = x * x, arange(RUNS), zeros(D)
    for _ in range(steps):
        residual = (plus * plus - minus * minus) @ x.T - y
        i = draw.integers(0, N, RUNS)
        c = gamma * residual[each, i][:, None] * x[i]
        shares = gamma**2 * residual * residual
        longest = maximum(longest, (shares.max(axis=0)[:, None] * squares).max(axis=0))
        if not longest.max() < 1:  # a weight could change its sign, and the logarithm end
            raise NoValue(f"gamma = {gamma} is too long a step for the data of this seed")
        plus, minus = plus * (1 - c), minus * (1 + c)
        exact += log1p(-c * c)
        by_flow -= shares @ squares / N
        second += (shares * shares) @ (squares * squares) / N
        apart -= shares.mean(axis=1)[:, None] * squares.mean(axis=0)
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
    return {
        "gamma": gamma,
        "rows": rows,
        "off": float(abs(kept - exact).max()),
        "rises": float(kept.max()),
        "allowed": allowed(second.sum(axis=0), longest, gamma * squares.max(axis=0)) / RUNS,
        "mean": mean,
        "flow": flow,
        "apart": apart.mean(axis=0),
        "residual": float(abs((plus * plus - minus * minus) @ x.T - y).max()),
    }


def allowed(second: Any, longest: Any, size: Any) -> Any:
    """For each coordinate how far S, the sum over runs of log(w_+ w_-/alpha^2), may lie from M,
    that of the flow.

    A step has S' - S = log(1 - x_i), i at random, 0 <= x_i <= longest < 1. With whole k > 0

        mean_i (1 - x_i)^k <= 1 - k m_1 + k(k-1)/2 m_2,
        mean_i (1 - x_i)^(-k) <= 1 + k m_1 + k(k+1)/2 m_2/(1 - longest)^(k+2),

    m_1, m_2 the means of x_i and x_i^2. So exp(k(M - S) - k(k+1)/2 sum m_2/(1 - longest)^(k+2)) and
    the like with -k are supermartingales that begin at 1. By Ville's inequality neither ever
    exceeds 1/delta, but with probability delta. k depends on the data alone: all of ``size``.
    """
    k = maximum(1, floor(SHARP / size))
    trials = 2 * D * len(STEPS)
    return (k + 1) / 2 * second / (1 - longest) ** (k + 2) + log(trials / CHANCE) / k


def _assertions(found: list[dict[str, Any]]) -> tuple[Assertion, ...]:
    off, rises = (max(f[k] for f in found) for k in ("off", "rises"))
    left = max(f["residual"] for f in found)
    away = lambda k: [abs(f["mean"] - f[k]) / f["allowed"] for f in found]
    near, far = (max(float(a.max()) for a in away(k)) for k in ("flow", "apart"))
    told = lambda k: (
        "summed over coordinates measured over this is "
        + ", ".join(f"{f['mean'].sum() / f[k].sum():.3f} (gamma = {f['gamma']})" for f in found)
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
        Assertion(
            "each coordinate falls at gamma mean_i r_i^2 X_ij^2, as far as Ville's inequality"
            f" allows, but with probability {CHANCE:g}",
            near <= 1,
            f"at most {near:.2f} of it; {told('flow')}",
            "sgd-mean-step",
        ),
        Assertion("every run fits the data", left < FITTED, f"largest residual {left:.1e}"),
        Assertion(
            "r_i^2 and X_ij^2 are uncorrelated: each falls at 4 gamma L (X^T X)_jj/n",
            far <= 1,
            f"{far:.1f} times as far as allowed; {told('apart')}",
            "sgd-mean-step",
            misread=True,
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
