"""Rules that hold over every ring: the value of a loss expression and of its gradient, given ``+ -
*`` and ``power``.

A scalar is anything with ``+ - *`` and methods ``power(Fraction)``, ``exp()``, ``log()`` (jets,
traced variables, series).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from verify.models.losses.base import Loss
from verify.terms.expr import Expr

Scalar = Any
Lift = Callable[[Fraction], Scalar]


def loss_value(loss: Loss, w: Sequence[Scalar], lift: Lift) -> Scalar:
    """J(w)."""
    return value(loss.expr, leaf_values(loss, w, lift), lift)


def loss_gradient(
    loss: Loss, w: Sequence[Scalar], lift: Lift, rate: Scalar | None = None
) -> list[Scalar]:
    """grad J(w): sum over leaves of dF/dleaf times the leaf's own gradient (2 S w, m, or a unit
    vector).

    ``rate`` multiplies each dF/dleaf, where there is one: first of all, so that exponentials in
    both meet before they are summed.
    """
    leaves = leaf_values(loss, w, lift)
    zero = lift(Fraction(0))
    gradient = [zero for _ in w]
    for leaf, derivative in loss.partials:
        outer = value(derivative, leaves, lift)
        outer = outer if rate is None else outer * rate
        match leaf:
            case Expr("form", ("quad", name)):
                inner = loss.matvec(name, w, lift)
                twice = outer * lift(Fraction(2))
                gradient = [a + twice * b for a, b in zip(gradient, inner, strict=True)]
            case Expr("form", ("lin", name)):
                vector: Any = loss.data[name]
                pairs = zip(gradient, vector, strict=True)
                gradient = [a + outer * lift(b) if b else a for a, b in pairs]
            case Expr("at", ("w", int(i))):
                gradient[i - 1] = gradient[i - 1] + outer
    return gradient


def euler_value(loss: Loss, w: Sequence[Scalar], lift: Lift) -> Scalar:
    """sum_i w_i dJ/dw_i, where J itself is defined: log(-x^2) has slopes everywhere."""
    loss_value(loss, w, lift)
    slopes = loss_gradient(loss, w, lift)
    return _sum([a * b for a, b in zip(w, slopes, strict=True)])


def leaf_values(loss: Loss, w: Sequence[Scalar], lift: Lift) -> Mapping[Expr, Scalar]:
    """Value at w of each leaf of a loss (a form, a coordinate), numbers made by ``lift``. Raises
    ValueError for a leaf that no loss has.
    """
    found: dict[Expr, Scalar] = {}
    for leaf, _ in loss.partials:
        match leaf:
            case Expr("form", ("quad", name)):
                found[leaf] = _inner(w, loss.matvec(name, w, lift))
            case Expr("form", ("lin", name)):
                vector = loss.data[name]
                terms = [lift(a) * x for a, x in zip(vector, w, strict=True) if a]  # type: ignore[arg-type]
                found[leaf] = _sum(terms) if terms else lift(Fraction(0))
            case Expr("at", ("w", int(i))) if i <= len(w):
                found[leaf] = w[i - 1]
            case _:
                raise ValueError(
                    f"the loss {loss.name} uses {leaf.args} which width {len(w)} does not have"
                )
    for name, number in loss.data.items():
        if isinstance(number, Fraction):
            found[Expr("const", (name,))] = lift(number)
    return found


def _inner(x: Sequence[Scalar], y: Sequence[Scalar]) -> Scalar:
    return _sum([a * b for a, b in zip(x, y, strict=True)])


def _sum(terms: Sequence[Scalar]) -> Scalar:
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def value(node: Expr, leaves: Mapping[Expr, Scalar], lift: Lift) -> Scalar:
    """An expression in leaves, numbers, + * ^ log exp. Raises KeyError for a leaf without a
    value.
    """
    if node in leaves:
        return leaves[node]
    match node:
        case Expr("num", (number,)):
            return lift(number)
        case Expr("+", args):
            return _sum([value(a, leaves, lift) for a in args])
        case Expr("*", args):
            result = value(args[0], leaves, lift)
            for a in args[1:]:
                result = result * value(a, leaves, lift)
            return result
        case Expr("^", (base, Expr("num", (e,)))):
            return value(base, leaves, lift).power(e)
        case Expr("log", (body,)):
            return value(body, leaves, lift).log()
        case Expr("exp", (body,)):
            return value(body, leaves, lift).exp()
    raise KeyError(f"no value for {node.head} {node.args!r}")
