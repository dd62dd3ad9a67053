"""The balancing flows against formulas that share no code with them: pointwise and exact, or in
closed form.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from itertools import pairwise
from random import Random

import pytest

from proofs.convergence import BAH_CONVERGENCE
from proofs.flows.fibre import characteristic, least_on_fibre, squared
from proofs.flows.kirwan_ness_flow import kirwan_ness_flow
from proofs.flows.matrix_flow import moments, multiply, product, transpose, unflatten
from proofs.flows.regularised_flow import regularised_flow
from proofs.flows.regularising_flow import exact_slopes, regularising_flow
from proofs.flows.riccati_flow import riccati_flow
from proofs.flows.starts import rotation, turned_tuple
from proofs.kirwan_ness_rate import KN_RATE
from proofs.kirwan_ness_rates import KN_RATE_LARGE, KN_RATE_THREE
from proofs.regularising_numbers import REGFLOW_ENERGY
from proofs.riccati import HM_RICCATI
from proofs.riccati_large import HM_RICCATI_LARGE
from proofs.riccati_unobservable import HM_RICCATI_UNOBSERVABLE
from verify.claims.conclusions import Decays, Grows, Tends
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.integrate.evaluate import ends, value, values
from verify.integrate.taylor import Taylor
from verify.integrate.trace import Program, program
from verify.judge.decide import judge

SIZES = [(1, 1, 1), (2, 2, 2), (2, 3, 1), (3, 1, 2), (2, 4, 3, 1), (2, 2, 2, 2)]
FRAME = [[F(1), F(1, 2)], [F(0), F(3, 2)]]
OTHER = [[F(1), F(1, 2)], [F(-1, 3), F(3, 2)]]


def layers_of(sizes: tuple[int, ...], seed: int, rank: int | None = None) -> list[list[list[F]]]:
    """Random rational layers; of a given rank each, where one is given."""
    draw = Random(seed)
    cell = lambda: F(draw.randint(-5, 5), draw.randint(1, 3))
    full = lambda r, c: [[cell() for _ in range(c)] for _ in range(r)]
    if rank is None:
        return [full(e, d) for d, e in pairwise(sizes)]
    return [multiply(full(e, rank), full(rank, d)) for d, e in pairwise(sizes)]


def slopes_of(system) -> list[tuple[F, F]]:
    """Enclosed, at the start."""
    p = program(system)
    return [
        ends(x) for x in values(Program(p.nodes, p.start, (), p.slopes), system.start, F(0), 400)
    ]


def scaled(a, by):
    return [[x * by for x in row] for row in a]


def plus(a, b):
    return [[x + y for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def derivative_of_moments(w, v):
    """G_k' = sum of both products of W_k' and W_k, by the product rule."""
    found = []
    for k in range(len(w) - 1):
        own, next_ = multiply(v[k], transpose(w[k])), multiply(transpose(w[k + 1]), v[k + 1])
        found.append(plus(plus(own, transpose(own)), scaled(plus(next_, transpose(next_)), -1)))
    return found


def derivative_of_product(w, v):
    total = None
    for k in range(len(w)):
        term = product([*w[:k], v[k], *w[k + 1 :]])
        total = term if total is None else plus(total, term)
    return total


def is_null(matrices) -> bool:
    return all(x == 0 for m in matrices for row in m for x in row)


@pytest.mark.parametrize("sizes", SIZES)
def test_kirwan_ness_slopes_are_those_of_the_formula(sizes: tuple[int, ...]) -> None:
    """W_k' = 2 (W_k G_(k-1) - G_k W_k); X' = 0; the derivative of |G|^2/2 is -4 |w_G|^2."""
    w = layers_of(sizes, 3)
    g = moments(w)
    slopes = []
    for k, layer in enumerate(w):
        before = multiply(layer, g[k - 1]) if k else scaled(layer, 0)
        after = multiply(g[k], layer) if k < len(g) else scaled(layer, 0)
        slopes.append(scaled(plus(before, scaled(after, -1)), 2))
    flat = [x for m in slopes for row in m for x in row]
    for (low, high), x in zip(slopes_of(kirwan_ness_flow(w)), flat, strict=True):
        assert low <= x <= high and high - low < F(1, 10**60)
    assert is_null([derivative_of_product(w, slopes)]) and not is_null(slopes)


@pytest.mark.parametrize(
    ("sizes", "rank"),
    [(s, None) for s in SIZES] + [((3, 3, 3), 1), ((3, 3, 3), 2), ((2, 4, 3, 3), 2)],
)
def test_the_regularising_slopes_at_any_rank(sizes: tuple[int, ...], rank: int | None) -> None:
    """X' = 0 and G' = -2 G, exactly, and the transposed tuple in reversed order moves as the tuple
    does.
    """
    w = layers_of(sizes, 5, rank)
    v = exact_slopes(w)
    assert is_null([derivative_of_product(w, v)])
    assert derivative_of_moments(w, v) == [scaled(g, -2) for g in moments(w)] and not is_null(v)
    mirrored = exact_slopes([transpose(m) for m in reversed(w)])
    assert [transpose(m) for m in reversed(mirrored)] == v, (
        "b depends on the order of the unknowns, w_b must not"
    )


@pytest.mark.parametrize("frames", [[FRAME], [FRAME, OTHER]])
def test_the_field_that_eliminates_agrees_with_the_exact_slopes(frames: list) -> None:
    w = turned_tuple([F(3, 2), F(1, 3)], frames)
    flat = [x for m in exact_slopes(w) for row in m for x in row]
    for (low, high), x in zip(slopes_of(regularising_flow(w)), flat, strict=True):
        assert low <= x <= high and high - low < F(1, 10**60)


def test_the_regularising_flow_of_two_numbers_in_closed_form() -> None:
    """G(t) = G(0) e^(-2t), w_1^2 = (G + sqrt(G^2 + 4 x^2))/2, w_2 = x/w_1."""
    from mpmath import exp, mp, mpf, sqrt

    run = Taylor().run(regularising_flow([[[F(3)]], [[F(-1, 2)]]]), F(2), 30, samples=2)
    with mp.workdps(40):
        for time, state in zip(run.times, run.states, strict=True):
            t = mpf(time.numerator) / time.denominator
            g, x = (9 - mpf(1) / 4) * exp(-2 * t), -mpf(3) / 2
            first = sqrt((g + sqrt(g**2 + 4 * x**2)) / 2)
            found = [mpf(v.numerator) / v.denominator for row in state.exact() for v in row]
            assert (
                abs(found[0] - first) < mpf(10) ** -28
                and abs(found[1] - x / first) < mpf(10) ** -28
            )
    assert run.times[-1] == 2


def test_the_riccati_flow_of_diagonal_gramians_in_closed_form() -> None:
    """p' = w_o - w_c p^2: p = h tanh(w_c h t + artanh(p(0)/h)), h = sqrt(w_o/w_c)."""
    from mpmath import atanh, mp, mpf, tanh

    system = riccati_flow(
        [[F(2), F(0)], [F(0), F(1)]],
        [[F(8), F(0)], [F(0), F(9)]],
        [[F(1), F(0)], [F(0), F(1)]],
        (F(16), F(9)),
    )
    state = [x for row in Taylor().run(system, F(1), 30, samples=1).states[-1].exact() for x in row]
    with mp.workdps(40):
        for place, (c, h) in ((0, (2, 2)), (3, (1, 3))):
            expected = h * tanh(c * h + atanh(mpf(1) / h))
            assert (
                abs(mpf(state[place].numerator) / state[place].denominator - expected)
                < mpf(10) ** -28
            )


def test_weight_decay_scales_the_moments_whatever_the_loss_does() -> None:
    kappa, w = F(1, 10), layers_of((2, 2, 2), 9)
    run = Taylor().run(
        regularised_flow(w, [[F(1), F(0)], [F(2), F(1)]], kappa), F(2), 25, samples=1
    )
    state = [x for row in run.states[-1].exact() for x in row]
    from mpmath import exp, mp, mpf

    with mp.workdps(40):
        factor = exp(-4 * mpf(1) / 10 * 2)
        last, first = squared(moments(unflatten(state, [(2, 2), (2, 2)]))), squared(moments(w))
        ratio = mpf(last.numerator) / last.denominator / (mpf(first.numerator) / first.denominator)
        assert abs(ratio - factor) < mpf(10) ** -20


def test_the_least_value_needs_the_true_singular_values() -> None:
    w = turned_tuple([F(3, 2), F(1, 3)], [FRAME, OTHER])
    assert least_on_fibre(w, [F(3, 2), F(1, 3)]) == 3 * (F(9, 4) + F(1, 9))
    assert least_on_fibre(turned_tuple([F(2), F(0)], [FRAME]), [F(2)]) == 8
    for wrong in ([F(3, 2), F(1, 2)], [F(3, 2)], [F(3, 2), F(-1, 3)], [F(3, 2), F(1, 3), F(1)]):
        with pytest.raises(BadInput, match="roots"):
            least_on_fibre(w, wrong)
    assert characteristic([[F(2), F(1)], [F(1), F(3)]]) == [1, -5, 5]
    turn = rotation(F(1, 3))
    assert multiply(turn, transpose(turn)) == [[1, 0], [0, 1]]


@pytest.mark.parametrize(
    ("build", "word"),
    [
        (lambda: kirwan_ness_flow([[[F(1)]]]), "N >= 2"),
        (lambda: kirwan_ness_flow([[[F(1)]], [[F(1), F(2)]]]), "columns"),
        (lambda: regularising_flow(layers_of((2, 3, 2), 1)), "square"),
        (lambda: regularising_flow([FRAME, [[F(1), F(1)], [F(1), F(1)]]]), "invertible"),
        (lambda: regularising_flow([FRAME] * 5), "at most 12"),
        (lambda: exact_slopes([FRAME]), "N >= 2"),
        (
            lambda: riccati_flow([[F(1), F(2)], [F(0), F(1)]], FRAME, FRAME, (F(1), F(1))),
            "symmetric",
        ),
        (
            lambda: riccati_flow(
                *[[[F(1), F(0)], [F(0), F(1)]]] * 2, [[F(1), F(1)], [F(1), F(1)]], (F(1), F(1))
            ),
            "> 0",
        ),
        (lambda: riccati_flow(*[[[F(1), F(0)], [F(0), F(1)]]] * 3, (F(1), F(4))), "eigenvalues"),
        (lambda: regularised_flow([FRAME, FRAME], [[F(1)]], F(1)), "same size"),
        (lambda: regularised_flow([FRAME, FRAME], FRAME, 0.1), "kappa"),
        (lambda: turned_tuple([F(1), F(1)], [[[F(1), F(1)], [F(1), F(1)]]]), "singular"),
        (lambda: Decays("q", 0.5), "not exact"),
        (lambda: Decays("q", F(0)), "> 0"),
    ],
)
def test_what_does_not_fit_is_named(build, word: str) -> None:
    with pytest.raises(BadInput, match=word):
        build()


MEASURED = (
    KN_RATE,
    KN_RATE_THREE,
    KN_RATE_LARGE,
    REGFLOW_ENERGY,
    HM_RICCATI,
    HM_RICCATI_LARGE,
    HM_RICCATI_UNOBSERVABLE,
    BAH_CONVERGENCE,
)


def off_by(conclusion, part: F):
    """The same conclusion with another number."""
    field = {Decays: "rate", Grows: "exponent", Tends: "value"}[type(conclusion)]
    return replace(conclusion, **{field: getattr(conclusion, field) * (1 + part)})


@pytest.mark.parametrize("claim", MEASURED, ids=lambda c: c.id)
def test_a_wrong_number_is_never_supported(claim) -> None:
    """A twentieth off, by the experiment that the claim ships."""
    for name, conclusion in claim.concluding.items():
        wrong = off_by(conclusion, F(1, 20))
        experiment = next(e for e in claim.experiments if e.conclusion == name)
        first = dict(list(claim.setting.starts.items())[:1])
        one = replace(
            claim,
            setting=replace(claim.setting, starts=first),
            concluding={name: wrong},
            experiments=(experiment,),
        )
        report = judge(one)
        assert report.verdict is Verdict.UNDECIDED and report.exit == 4, (
            claim.id,
            name,
            report.outcomes[name].reason,
        )


def test_the_quantities_of_the_start() -> None:
    w = turned_tuple([F(1), F(1, 2)], [FRAME])
    system = regularising_flow(w, [F(1), F(1, 2)])
    at_start = {n: value(system, q, system.start, F(0)) for n, q in system.quantities.items()}
    assert ends(at_start["||G||^2"])[0] <= squared(moments(w)) <= ends(at_start["||G||^2"])[1]
    assert (
        ends(at_start["||W||^2 - min"])[0]
        <= squared(w) - F(5, 2)
        <= ends(at_start["||W||^2 - min"])[1]
    )
    for name in ("e^(4t) ||G||^2/||G(0)||^2", "e^(2t) m/m(0), m = ||W||^2 - min"):
        assert ends(at_start[name])[0] <= 1 <= ends(at_start[name])[1]
