"""Classification with beta = w_+^2 - w_-^2 from w_+ = w_- = alpha under exponential loss, in the
clock log(N/E), E = sum_n exp(-x_n.beta) over N samples: 0 at the start.

(log w)' is linear in the force X^T f at beta and in nothing else: with nu_n' = 4 f_n, f_n =
exp(-x_n.beta), weights are alpha exp of what is linear in nu; beta = 2 alpha^2 sinh(X^T nu). With
p = f/E the square of their speed is the rate of log(1/E), as int E dt is the time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from proofs.flows.samples import Row, dot, margins, pulled, relative, total
from verify.integrate.system import Moment, Quantity, Scalar, System
from verify.models.driven import Driven


def at_accuracy(rows: Sequence[Row], scale: Fraction, largest: Fraction) -> System:
    """Quantities: the margin of each sample in the l1 norm, as a part of the ``largest``, and
    each coordinate by the margin of the first sample. ``scale``: alpha^2.
    """
    width = len(rows[0])
    model = Driven.of("signed-power", 2, width)
    logarithms = [margins(rows, row) for row in model.logarithmic()]

    def weights(x: Sequence[Scalar]) -> list[Scalar]:
        """By alpha, from nu."""
        return [(dot(row, x) * Fraction(1, 4)).exp() for row in logarithms]

    def output(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        return [b * scale for b in model.output(weights(x), moment.number)]

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        terms = relative(rows, output(x, moment), moment)
        whole = total(terms)
        p = [t / whole for t in terms]
        moved = model.moved(weights(x), pulled(rows, p), moment.number)
        clock = total([v * v for v in moved]) * scale
        return [v * 4 / clock for v in p]

    quantities = {
        **{
            f"x_{n}.beta/(|beta|_1 gamma)": _part(output, row, largest)
            for n, row in enumerate(rows, 1)
        },
        **{f"beta_{i}/x_1.beta": _entry(output, i - 1, rows[0]) for i in range(1, width + 1)},
    }
    title = "classification in the clock of the accuracy"
    names = tuple(f"nu_{n}" for n in range(1, len(rows) + 1))
    return System(title, names, (Fraction(0),) * len(rows), field, quantities=quantities)


Output = Callable[[Sequence[Scalar], Moment], list[Scalar]]


def _part(output: Output, row: Row, largest: Fraction) -> Quantity:
    def own(x: Sequence[Scalar], moment: Moment) -> Scalar:
        beta = output(x, moment)
        length = total([(b * b).power(Fraction(1, 2)) for b in beta])
        return dot(row, beta) / length / largest

    return own


def _entry(output: Output, i: int, row: Row) -> Quantity:
    def own(x: Sequence[Scalar], moment: Moment) -> Scalar:
        beta = output(x, moment)
        return beta[i] / dot(row, beta)

    return own
