"""One sample x and beta_i = w_i^D, in the clock s = int -l' dt of any loss l: there the force at
beta is x.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from proofs.flows.powers import Powers
from proofs.flows.samples import dot, total
from verify.integrate.system import Moment, Scalar, System


def one_sample(depth: int, sample: Sequence[Fraction], start: Sequence[Fraction]) -> System:
    """Quantities: the margin by the l1 norm of beta, all of it positive, and by its length."""
    model = Powers(depth, len(sample))

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        return model.moved(x, sample, moment.number)

    def l1(x: Sequence[Scalar], moment: Moment) -> Scalar:
        beta = model.output(x, moment.number)
        return dot(sample, beta) / total(beta)

    def l2(x: Sequence[Scalar], moment: Moment) -> Scalar:
        beta = model.output(x, moment.number)
        return dot(sample, beta) / total([b * b for b in beta]).power(Fraction(1, 2))

    names = tuple(f"w_{i}" for i in range(1, len(sample) + 1))
    quantities = {"x.beta/|beta|_1": l1, "x.beta/|beta|_2": l2}
    title = f"one sample, powers {depth} of weights, in the clock of the loss"
    return System(title, names, tuple(start), field, quantities=quantities)
