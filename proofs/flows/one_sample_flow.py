"""One sample x and beta_i = w_i^D, in the clock s = int -l' dt of any loss l: w_i' = D x_i
w_i^(D-1).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.integrate.system import Moment, Scalar, System


def one_sample(depth: int, sample: Sequence[Fraction], start: Sequence[Fraction]) -> System:
    """Quantities: the margin by the l1 norm of beta, all of it positive, and by its length."""

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        return [v ** (depth - 1) * (depth * a) for v, a in zip(x, sample, strict=True)]

    def parts(x: Sequence[Scalar]) -> tuple[list[Scalar], Scalar]:
        beta = [v**depth for v in x]
        return beta, _total([b * a for b, a in zip(beta, sample, strict=True)])

    def l1(x: Sequence[Scalar], moment: Moment) -> Scalar:
        beta, margin = parts(x)
        return margin / _total(beta)

    def l2(x: Sequence[Scalar], moment: Moment) -> Scalar:
        beta, margin = parts(x)
        return margin / _total([b * b for b in beta]).power(Fraction(1, 2))

    names = tuple(f"w_{i}" for i in range(1, len(sample) + 1))
    quantities = {"x.beta/|beta|_1": l1, "x.beta/|beta|_2": l2}
    title = f"one sample, powers {depth} of weights, in the clock of the loss"
    return System(title, names, tuple(start), field, quantities=quantities)


def _total(terms: Sequence) -> Scalar:
    return sum(terms[1:], terms[0])
