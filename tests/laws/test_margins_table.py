"""The rest of the catalogue of implicit bias: every id of section 5 and of the matrix part of
section 4, every trap of section 7 and every row of section 9, with the claims, commands or numbers
that say it, beside test_bias_table (sections 1 to 4, 6, 8).

The kind: an id or a row that nobody holds, a row whose pair has lost a half, and what "must be
observed" and is only said: each row with a number is run here, by means that no claim uses.
"""

from __future__ import annotations

from fractions import Fraction as F
from functools import cache

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from proofs import CLAIMS
from tests.laws.test_factorisation_claims import NAMES as MATRICES
from tests.laws.test_margins_claims import CATALOGUE, FALSE, OPEN
from verify.bias.data import Data
from verify.bias.limit_point import limit_point
from verify.claims.experiments import Contrast
from verify.claims.verdict import HOLDS, Verdict
from verify.exact.precision import precision
from verify.exact.rings import ball
from verify.reproduce import NAMES as EXPERIMENTS
from verify.reproduce.accuracy import measured

OWNERS = {name: c for c in CLAIMS for name in (c.id, *c.also)}
SECTION_4 = {"mf-commuting", "wide-parallel", "mf-kernel", "dmf-singular-values", "razin-cohen-2x2"}
SECTION_5 = {
    "soudry-main", "soudry-refined", "lyu-li", "lin-nets", "diag-anytime-classification",
    "moroshko-scale-vs-accuracy", "logistic-one-sample", "exp-crossover", "nacson-lexicographic",
    "opt-geometry",
}  # fmt: skip
SECTION_6 = {"E2": "e2", "E3, matrix analogue": "e3m", "next check 3": "check3", "OQ3": "oq3"}
#: rows of section 9: what holds, what is REFUTED, and the test below that runs its numbers
DROPPED = {
    "unbiased start": ("biased-init bregman-energy", "biased-init-l2", "biased"),
    "w0 without zeros": ("zero-start", "zero-start-falls", ""),
    "tied layers": ("untied-layers", "untied-layers-product", ""),
    "separability": ("warped-balanced", "warped-least-squares", "shared factor"),
    "commuting": ("mf-drift mf-drift-linear", "gram-entries-commute mf-drift-none", "commuting"),
    "GF -> GD": ("diag-d2-step", "diag-d2-step-kept", "descent"),
    "GF -> SGD": ("sgd-effective-alpha", "sgd-keeps-alpha", ""),
    "zero error": ("mirror-identity-logarithms", "", "stopped early"),
    "unique l1 minimum": ("l1-not-alone", "l1-corner", ""),
    "D = 2": ("logistic-one-sample-first", "max-margin-whatever-start", ""),
    "separable data": ("soudry-non-separable", "soudry-non-separable-grows", ""),
    "homogeneity": ("lyu-li", "lyu-li-non-homogeneous", ""),
    "det > 0": ("razin-cohen-negative", "", ""),
    "spanning SVs": ("soudry-not-spanning", "soudry-rest-whatever-start", ""),
    "exact arithmetic": ("razin-cohen-2x2", "", "doubles"),
}
#: traps of section 7: what does not fall into them
TRAPS = {
    "razin-cohen in doubles": "razin-cohen-2x2 razin-cohen-late",
    "rich limit, logarithms": "test_limits_at_scales_that_doubles_lose",
    "kernel limit, cancellation": "test_limits_at_scales_that_doubles_lose",
    "nearly degenerate, D = 2": "test_limits_at_scales_that_doubles_lose",
    "exponential loss, clocks": "soudry-main-late logistic-one-sample-first",
    "argmin of a small mu": "test_a_small_mu_does_not_overflow",
    "targets on the boundary": "convex-flow-exponential",
}


def test_every_id_has_its_claims() -> None:
    assert SECTION_4 < {*MATRICES} and {*CATALOGUE} == SECTION_5
    assert {*OPEN} <= SECTION_5
    assert all(OWNERS[x].expected in HOLDS for x in SECTION_4 | SECTION_5)
    assert {*SECTION_6.values()} <= {*EXPERIMENTS}


@pytest.mark.parametrize("row", DROPPED)
def test_a_dropped_hypothesis_is_observed(row: str) -> None:
    right, wrong, number = DROPPED[row]
    assert all(OWNERS[x].expected in HOLDS for x in right.split())
    for x in wrong.split():
        assert OWNERS[x].expected is Verdict.REFUTED and OWNERS[x].corrects in OWNERS
    assert wrong or number or row == "det > 0"
    assert not number or number in RUN


def test_traps_lead_to_claims_or_tests() -> None:
    for found in TRAPS.values():
        assert all(x in globals() or OWNERS[x].expected in (*HOLDS, Verdict.REFUTED)
                   for x in found.split())  # fmt: skip
    contrasts = {x.conclusion for x in OWNERS["razin-cohen-2x2"].experiments if type(x) is Contrast}
    assert contrasts == {"determinant", "grows"}, "doubles must be contradicted on its screen"


def test_loose_sentences_have_their_right_form() -> None:
    assert all(OWNERS[x].corrects == right for x, right in FALSE.items())


@cache
def instance() -> tuple:
    """I1 of the catalogue, with the null space of its rows."""
    x = np.random.default_rng(0).standard_normal((3, 7))
    return x, x[:, 1] - 0.7 * x[:, 4], np.linalg.svd(x)[2][3:].T


def branches(plus: float, minus: float, end: float) -> tuple:
    """w_+ and w_- of gradient flow of |X(w_+^2 - w_-^2) - y|^2."""
    x, y, _ = instance()

    def field(_, w):
        g = 2 * x.T @ (x @ (w[:7] ** 2 - w[7:] ** 2) - y)
        return np.concatenate([-2 * g * w[:7], 2 * g * w[7:]])

    start = np.concatenate([np.full(7, plus), np.full(7, minus)])
    w = solve_ivp(field, [0, end], start, "DOP853", rtol=1e-11, atol=1e-13).y[:, -1]
    return w[:7], w[7:]


def leaves(beta: np.ndarray, scale: float) -> np.ndarray:
    """Of the gradient of Q what leaves the row space."""
    return instance()[2].T @ np.arcsinh(beta / (2 * scale))


def biased() -> None:
    """argmin Q is violated, and the Bregman version holds with w_+(0) w_-(0) for alpha^2."""
    p, m = branches(0.45, 0.3, 20.0)
    scale, first = 0.45 * 0.3, leaves(np.full(7, 0.45**2 - 0.3**2), 0.45 * 0.3)
    assert abs(leaves(p**2 - m**2, 0.3**2)).max() > 0.2
    assert abs(leaves(p**2 - m**2, scale)).max() > 0.2
    assert abs(leaves(p**2 - m**2, scale) - first).max() < 1e-8


def stopped_early() -> None:
    x, y, _ = instance()
    p, m = branches(0.3, 0.3, 0.1)
    assert abs(leaves(p**2 - m**2, 0.3**2)).max() < 1e-8
    assert abs(x @ (p**2 - m**2) - y).max() > 0.1


def descent() -> None:
    """The catalogue's 3.338e-3 and 1.664e-3 at steps 4e-3 and 2e-3 up to T = 40: linear in the
    step; log(w_+ w_-) falls in every coordinate.
    """
    x, y, _ = instance()
    for eta, expected in ((4e-3, 3.338e-3), (2e-3, 1.664e-3)):
        p, m = np.full((2, 7), 0.3)
        for _ in range(round(40 / eta)):
            g = 2 * x.T @ (x @ (p * p - m * m) - y)
            p, m = p - 2 * eta * g * p, m + 2 * eta * g * m
        assert abs(abs(leaves(p**2 - m**2, 0.3**2)).max() / expected - 1) < 1e-3
        assert (np.log(p * m / 0.3**2) < 0).all()


def shared_factor() -> None:
    """f = a <w, x>, balanced: B^T grad |beta|^(3/2) is kept, B^T beta is not."""
    x, y, null = instance()
    w = np.array([0.5, -0.3, 0.2, 0.4, -0.1, 0.3, 0.2])

    def field(_, s):
        g = 2 * x.T @ (x @ (s[0] * s[1:]) - y)
        return np.concatenate([[-(g @ s[1:])], -s[0] * g])

    ends = [np.concatenate([[np.linalg.norm(w)], w])]
    ends.append(solve_ivp(field, [0, 5], ends[0], "DOP853", rtol=1e-11, atol=1e-13).y[:, -1])
    beta = [s[0] * s[1:] for s in ends]
    warped = [null.T @ (b / np.sqrt(np.linalg.norm(b))) for b in beta]
    assert abs(warped[1] - warped[0]).max() < 1e-8
    assert abs(null.T @ (beta[1] - beta[0])).max() > 1e-2


def commuting() -> None:
    """w12 and w22 of U U^T from alpha I, diag(0, 1) and the swap: log M leaves their span by more
    than 1, and by more at a smaller start. (The catalogue's .38 and 1.9 name no instance.)
    """
    a, b = np.diag([0.0, 1.0]), np.array([[0.0, 1.0], [1.0, 0.0]])
    y = [0.2, 0.6]
    span = np.array([a.ravel(), b.ravel()]).T
    far = []
    for alpha in (0.1, 0.01):

        def field(_, flat):
            u = flat.reshape(2, 2)
            m = u @ u.T
            r = [(k * m).sum() - v for k, v in zip((a, b), y, strict=True)]
            return (-2 * (r[0] * a + r[1] * b) @ u).ravel()

        start = (alpha * np.eye(2)).ravel()
        u = solve_ivp(field, [0, 60], start, "DOP853", rtol=1e-10, atol=1e-12).y[:, -1]
        values, frame = np.linalg.eigh(u.reshape(2, 2) @ u.reshape(2, 2).T)
        log = ((frame * np.log(values / alpha**2)) @ frame.T).ravel()
        far.append(np.linalg.norm(log - span @ np.linalg.lstsq(span, log, rcond=None)[0]))
    assert 1 < far[0] < far[1]


def doubles() -> None:
    """The determinant is positive for ever, below 10^-40 at t = 420 by its logarithm,
    whose rate is -2 w22; that of the matrix in doubles is rounding, 10^20 times as large.
    """

    def field(_, s):
        u, v = s[:4].reshape(2, 2), s[4:8].reshape(2, 2)
        w = u @ v
        g = np.array([[0, w[0, 1] - 1], [w[1, 0] - 1, w[1, 1]]])
        return np.concatenate([(-g @ v.T).ravel(), (-u.T @ g).ravel(), [-2 * w[1, 1]]])

    start = np.append(np.tile([0.1, 0, 0, 0.1], 2), np.log(1e-4))
    s = solve_ivp(field, [0, 420], start, "DOP853", rtol=1e-10, atol=1e-12).y[:, -1]
    w = s[:4].reshape(2, 2) @ s[4:8].reshape(2, 2)
    assert w[0, 0] > 13 and -50 < s[8] / np.log(10) < -40
    assert abs(np.linalg.det(w)) < 1e-14
    assert np.linalg.det(w) <= 0 or np.log10(np.linalg.det(w)) > s[8] / np.log(10) + 20


RUN = {
    "biased": biased, "stopped early": stopped_early, "descent": descent, "doubles": doubles,
    "shared factor": shared_factor, "commuting": commuting,
}  # fmt: skip


@pytest.mark.parametrize("number", RUN)
def test_numbers_of_what_is_dropped(number: str) -> None:
    assert sum(number == x for *_, x in DROPPED.values()) == 1
    RUN[number]()


def test_limits_at_scales_that_doubles_lose() -> None:
    """Section 7: D = 8 at alpha = 1000 (beta - b2 by the rate of the kernel end, with c_8
    = 35/192), rho = 9/10 at D = 2 and kappa = 10^-20 (beta_2 = kappa^(1 - rho) = 1/100).
    """
    rho, kappa = F(1, 2), F(10) ** 24
    least = rho / (1 + rho**2)
    constant = F(7 * 20, 12 * 64) * F(1, 1 + rho**2) ** 3 * (rho**3 - rho) / (1 + rho**2)
    with precision(600):
        found = limit_point(Data.of([[1, rho]], [1]), 8, kappa, 60)
        scaled = float((found.beta[1] - ball(least)) * ball(kappa) ** 2)
    assert abs(scaled - float(constant)) < 1e-12
    near = limit_point(Data.of([[1, F(9, 10)]], [1]), 2, F(1, 10**20), 20)
    assert abs(float(near.beta[1]) - 0.01) < 2e-4


def test_a_small_mu_does_not_overflow() -> None:
    """mu = 10^-12 at the smallest scale of e2: its argmin is found, and beta is away from it."""
    rows, apart = measured(1e-4)
    assert rows[3][2] == 1e4 and all(np.isfinite(r[5]) for r in rows[:4]) and apart < 1e-6
