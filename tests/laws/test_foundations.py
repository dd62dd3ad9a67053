"""What the theory of implicit bias rests on: each question of its readers leads to a claim, the
rates are met by a quadratic, and a loose sentence is refuted beside the right one.

The kind: a constant that is off (2 for 1, L for mu), a hypothesis that was left out, a bound that
nothing meets. Steps are run here on quadratics with eigenvalues between mu and L, and nothing is
taken from the claims.
"""

from __future__ import annotations

from fractions import Fraction as F
from random import Random

import pytest

from proofs import CLAIMS
from proofs.foundations import CLAIMS as OWN
from proofs.samples import complexity
from verify.claims.verdict import Verdict
from verify.exact.precision import precision
from verify.exact.rings import ball

BY_ID = {c.id: c for c in CLAIMS}
#: what a reader is asked, and the claims that answer
QUESTIONS = {
    "rate of gradient flow, strongly convex": (
        "strongly-convex-gradient", "strongly-convex-distance", "gradient-flow-rates",
        "gradient-flow-values",
    ),
    "is it met, and is strong convexity needed": ("quadratic-flow", "convex-flow-exponential"),
    "rate of gradient descent": ("descent-gap", "descent-distance", "descent-quadratic"),
    "steps that are too long": ("descent-too-long", "descent-any-step"),
    "mirror descent and natural gradient": ("mirror-natural-cubes", "mirror-natural-order"),
    "Rademacher complexity of balls": ("rademacher-balls",),
    "which divergence selects which interpolator": ("bregman-selects", "bregman-fourth-power"),
}  # fmt: skip
FALSE = {
    "gradient-flow-values-any": "gradient-flow-values",
    "convex-flow-exponential": "strongly-convex-gradient",
    "descent-gap-met": "descent-quadratic",
    "descent-any-step": "descent-too-long",
    "bregman-any-potential": "bregman-fourth-power",
    "mirror-natural-equal": "mirror-natural-cubes",
    "rademacher-no-logarithm": "rademacher-balls",
}


def test_questions_and_what_is_false_beside_the_answers() -> None:
    assert {x for names in QUESTIONS.values() for x in names} <= BY_ID.keys()
    assert {c.id: c.corrects for c in OWN if c.expected is Verdict.REFUTED} == FALSE


@pytest.mark.parametrize("seed", range(20))
def test_quadratics_obey_and_the_extreme_ones_meet(seed: int) -> None:
    source = Random(seed)
    mu = F(source.randint(1, 4), 4)
    top = mu + F(source.randint(0, 8), 4)
    eta = F(2) / (mu + top) * F(source.randint(1, 6), 6)
    inside = [mu + (top - mu) * F(source.randint(0, 6), 6) for _ in range(3)]
    for eigen in ([mu] * 3, inside):
        x = [F(source.choice((-3, -1, 1, 2))) for _ in eigen]
        after = [v - eta * e * v for v, e in zip(x, eigen, strict=True)]
        square = sum(v * v for v in x)
        moved = sum(v * v for v in after)
        assert moved <= (1 - eta * mu) ** 2 * square
        assert (moved == (1 - eta * mu) ** 2 * square) or eigen is inside
        gap, left = (sum(e * v * v for v, e in zip(p, eigen, strict=True)) / 2 for p in (x, after))
        assert eta * top > 1 or left <= (1 - eta * mu) * gap
        gradient = sum((e * v) ** 2 for v, e in zip(x, eigen, strict=True))
        assert gradient >= 2 * mu * gap and (eigen is inside or gradient == 2 * mu * gap)


def test_massarts_bound_at_samples() -> None:
    """It is met by none, so that no claim rests on it. Where all columns are signs the complexity
    is theirs, and the bound sqrt(2 log 2) = 1.177... times of it.
    """
    met = 0
    with precision(200):
        for seed in range(12):
            drawn = complexity.SAMPLE.drawn((), Random(seed)).values
            value, bound = drawn[complexity.L1](), drawn[complexity.MASSART]()
            assert bound > ball(value)
            signs = Random(seed).randrange(3) == 1
            met += signs
            assert not signs or abs(bound / ball(value) - (2 * ball(2).log()).sqrt()) < ball(
                F(1, 99)
            )
    assert met >= 3
