"""Is a loss constant wherever it is defined? Decided by identities of rational functions, never by
samples.

grad J = 0 where every derivative by a leaf is zero, the leaves (w'S w, m'w, w_i) taken as
independent; else with the data put in, derivative by derivative in w_1, .., w_n. A point at which
the gradient is certainly not zero settles the other answer, and cheaply.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from verify.exact.errors import BadInput
from verify.exact.jets import Jet
from verify.exact.precision import precision
from verify.exact.rings import Ball, Inexact
from verify.models.losses.base import Loss, partial
from verify.models.losses.calculus import loss_gradient
from verify.models.losses.letters import TooLarge
from verify.models.losses.matrices import dense
from verify.models.losses.merged import Merged
from verify.terms.expr import Expr, num, substitute, w

_POINTS = 4


def why_constant(loss: Loss, width: int) -> str:
    """Why J never changes, or is defined nowhere, in words; empty where neither is shown.

    Raises BadInput for a formula that divides by what is zero for all data.
    """
    if not loss.partials:
        return "this loss does not depend on w"
    if _moves(loss, width):
        return ""
    if _all_zero(derivative for _, derivative in loss.partials):
        return "J is constant: each of its derivatives is zero"
    formula = _with_data(loss, width)
    try:
        Merged(formula).pair(formula)
        if _all_zero(partial(formula, w[i]) for i in range(1, width + 1)):
            return "J is constant for these data: each of its derivatives is zero"
    except BadInput:
        return "J is defined nowhere for these data: it divides by what is zero for every w"
    except TooLarge:
        pass
    return ""


def _all_zero(derivatives: Iterable[Expr]) -> bool:
    try:
        return all(e == num(0) or _zero(e) for e in derivatives)
    except TooLarge:
        return False


def _zero(derivative: Expr) -> bool:
    letters = Merged(derivative)
    return letters.vanishes(letters.pair(derivative)[0])


def _moves(loss: Loss, width: int) -> bool:
    """A point at which the gradient is certainly not zero."""
    with precision(256):
        ring = Ball()
        lift = lambda x: Jet.constant(ring, x, 1)
        for turn in range(_POINTS):
            signs = [(-1) ** i if turn > 1 else 1 for i in range(width)]
            point = [
                s * Fraction((7 * i + 3 * turn) % 11 + 1, turn + 2) for i, s in enumerate(signs)
            ]
            try:
                slopes = loss_gradient(loss, [lift(x) for x in point], lift)
            except (ZeroDivisionError, Inexact):
                continue
            if any(ring.sign(s.c[0]) for s in slopes):
                return True
    return False


def _with_data(loss: Loss, width: int) -> Expr:
    """The formula in w_1, .., w_n alone."""
    letters = [w[i] for i in range(1, width + 1)]

    def put_in(node: Expr) -> Expr:
        match node:
            case Expr("form", ("quad", name)):
                rows = dense(loss.data[name])  # type: ignore[arg-type]
                return _sum(
                    [
                        num(a) * x * y
                        for row, x in zip(rows, letters, strict=True)
                        for a, y in zip(row, letters, strict=True)
                        if a
                    ]
                )
            case Expr("form", (_, name)):
                return _sum(
                    [num(a) * x for a, x in zip(loss.data[name], letters, strict=True) if a]  # type: ignore[arg-type]
                )
            case Expr("const", (name,)) if isinstance(loss.data.get(name), Fraction):
                return num(loss.data[name])  # type: ignore[arg-type]
        return node

    return substitute(loss.expr, put_in)


def _sum(terms: list[Expr]) -> Expr:
    return Expr("+", tuple(terms)) if len(terms) > 1 else terms[0] if terms else num(0)
