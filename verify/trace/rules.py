"""How the recorder writes NumPy's elementwise functions in the closed list of operations."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from verify.trace.inverses import (
    adds_logs,
    factor,
    few_factors,
    logistic,
    moved,
    moves,
    not_negative,
)
from verify.trace.record import UFUNCS, Recorder, Refused, Traced, refuse

MOST_POWER = 64


def lifted(recorder: Recorder, value: Any) -> Traced:
    """A recorded array as it is; a constant array with -inf where a score is masked."""
    if isinstance(value, Traced):
        return value
    array = np.asarray(value)
    if array.dtype.kind == "f" and np.any(np.isneginf(array)):
        made = recorder.constant(np.where(np.isneginf(array), 0.0, array))
        return Traced(recorder, made.place, ~np.isneginf(array))
    return recorder.constant(array)


def plain(x: Traced, what: str) -> Traced:
    """Raises Refused for scores of minus infinity, which only exp takes."""
    if x.masked is not None:
        raise Refused(f"{what} of scores that are -inf in places: only exp and softmax take them")
    return x


def _mask(a: Traced, b: Traced, shape: tuple[int, ...]) -> Any:
    masks = [np.broadcast_to(x.masked, shape) for x in (a, b) if x.masked is not None]
    return np.logical_and.reduce(masks) if masks else None


def _broadcast(a: Traced, b: Traced, what: str) -> tuple[int, ...]:
    try:
        return np.broadcast_shapes(a.shape, b.shape)
    except ValueError as error:
        raise Refused(f"{what} of shapes {a.shape} and {b.shape}: they do not fit") from error


def entries(x: Traced) -> tuple[Fraction, ...] | None:
    """Of a constant."""
    return x.node.data if x.node.op == "const" else None


def both(op: str) -> Callable[..., Traced]:
    """add, sub, mul: constants are computed at once, and 0 adds nothing, 1 times is as before."""

    def rule(r: Recorder, left: Any, right: Any) -> Traced:
        a, b = lifted(r, left), lifted(r, right)
        shape = _broadcast(a, b, op)
        mask = _mask(a, b, shape)
        if mask is not None and op == "sub" and b.masked is not None:
            plain(b, "subtraction")
        if mask is not None and op == "mul":
            factors = entries(b if a.masked is not None else a)
            if factors is None or min(factors) <= 0:
                plain(a if a.masked is not None else b, "a product")
        made = _computed(r, op, a, b)
        made = r.push(op, (a.place, b.place), shape) if made is None else made
        return made if mask is None else Traced(r, made.place, mask)

    return rule


def _computed(r: Recorder, op: str, a: Traced, b: Traced) -> Traced | None:
    """None where it is a node of its own."""
    x, y = entries(a), entries(b)
    if x is None or y is None:
        other, known = (a, y) if x is None else (b, x)
        neutral = set(known or ()) == {int(op == "mul")} and (op != "sub" or other is a)
        whole = other.shape == np.broadcast_shapes(a.shape, b.shape)
        return other if neutral and whole else _cancelled(r, op, a, b)
    left = np.array([*x, None], dtype=object)[:-1].reshape(a.shape)
    right = np.array([*y, None], dtype=object)[:-1].reshape(b.shape)
    made = {"add": np.add, "sub": np.subtract, "mul": np.multiply}[op](left, right)
    return r.constant(np.asarray(made, dtype=object))


def _cancelled(r: Recorder, op: str, a: Traced, b: Traced) -> Traced | None:
    """a - a, a - (a - z), (a - z) - a, (a - z) + z and z + (a - z), with - (-z) for + z."""
    if op == "mul" or a.shape != b.shape:
        return None
    if op == "sub" and a.place == b.place:
        return r.constant(np.zeros(a.shape, dtype=int))
    if b.node.op == "neg":
        return (sub if op == "add" else add)(r, a, Traced(r, *b.node.args))
    if a.node.op == "neg":
        opposite = Traced(r, *a.node.args)
        if op == "add":
            return sub(r, b, opposite)
        made = _cancelled(r, "add", opposite, b)
        return made if made is None else neg(r, made)
    for one, other in ((b, a), (a, b)):
        if one.node.op == "sub":
            first, second = (Traced(r, i) for i in one.node.args)
            left, right = (first, second) if op == "sub" else (second, first)
            if left.place == other.place and right.shape == one.shape:
                return right if op == "add" or one is b else neg(r, right)
    return None


add, sub, mul = both("add"), both("sub"), both("mul")


def neg(r: Recorder, value: Any) -> Traced:
    x = plain(lifted(r, value), "neg")
    if x.node.op == "sub" and x.shape == r.nodes[x.node.args[0]].shape:  # b - a for -(a - b)
        return sub(r, *(Traced(r, i) for i in reversed(x.node.args)))
    return Traced(r, *x.node.args) if x.node.op == "neg" else r.push("neg", (x.place,), x.shape)


def sqrt(r: Recorder, value: Any) -> Traced:
    x = plain(lifted(r, value), "sqrt")
    return r.push("sqrt", (x.place,), x.shape)


def inverse(r: Recorder, value: Any) -> Traced:
    x = plain(lifted(r, value), "1/x")
    known = entries(x)
    if known is not None:
        if 0 in known:
            raise Refused("division by a constant that is 0")
        made = np.array([*(1 / c for c in known), None], dtype=object)[:-1]
        return r.constant(made.reshape(x.shape))
    return r.push("inv", (x.place,), x.shape)


def divide(r: Recorder, left: Any, right: Any) -> Traced:
    return mul(r, left, inverse(r, right))


def exp(r: Recorder, value: Any) -> Traced:
    x = lifted(r, value)
    made = _exp(r, Traced(r, x.place))
    return made if x.masked is None else mul(r, made, x.masked.astype(int))


def _exp(r: Recorder, x: Traced) -> Traced:
    """Of a sum with logarithms the product, of 0 the number 1."""
    if entries(x) and not any(entries(x) or ()):
        return r.constant(np.ones(x.shape, dtype=int))
    if not adds_logs(r, x.place):
        return r.push("exp", (x.place,), x.shape)
    op, parts, found = x.node.op, [Traced(r, a) for a in x.node.args], factor(r, x.place)
    if op == "log":
        return parts[0]
    if found is not None:
        return power(r, _exp(r, Traced(r, found[0])), found[1])
    made = [_exp(r, a) for a in parts]
    if op in ("add", "sub"):
        return (mul if op == "add" else divide)(r, *made)
    return inverse(r, made[0]) if op == "neg" else moved(r, x.place, made[0])


def log(r: Recorder, value: Any) -> Traced:
    return _log(r, plain(lifted(r, value), "log"))


def _log(r: Recorder, x: Traced) -> Traced:
    """Of a product the sum, where a factor is seen not to be negative; log(1 + e^-y) and
    log(1 - 1/(1 + e^y)) by log(1 + e^y).
    """
    op, parts = x.node.op, [Traced(r, a) for a in x.node.args]
    place = logistic(r, x.place)
    if place is not None:
        t = Traced(r, place)
        if op == "sub":
            return sub(r, t, _log(r, add(r, 1, _exp(r, t))))
        if t.node.op == "neg":
            return sub(r, _log(r, add(r, 1, _exp(r, neg(r, t)))), neg(r, t))
    if op == "exp":
        return parts[0]
    if op == "inv":
        return neg(r, _log(r, parts[0]))
    if op == "sqrt":
        return mul(r, Fraction(1, 2), _log(r, parts[0]))
    if op == "mul" and not any(map(entries, parts)) and few_factors(r, x.place):
        if any(not_negative(r, a.place) for a in parts):
            return add(r, *(_log(r, a) for a in parts))
    if moves(r, x.place):
        made = _log(r, parts[0])
        if made.node.op != "log":
            return moved(r, x.place, made)
    return r.push("log", (x.place,), x.shape)


def power(r: Recorder, base: Any, exponent: Any) -> Traced:
    if isinstance(exponent, Traced):
        refuse("a power whose exponent is recorded")
    given = np.unique(np.asarray(exponent))
    e = given.item() if given.size == 1 and given.dtype.kind in "iuf" else None
    if e is None or 2 * e != int(2 * e) or abs(e) > MOST_POWER:
        refuse(f"the power ** {exponent!r:.40} (whole and half ones are)")
    x = plain(lifted(r, base), "a power")
    whole, half = int(abs(e)), 2 * e != 2 * int(e)
    made: Traced | None = sqrt(r, x) if half else None
    square = x
    while whole:
        if whole & 1:
            made = square if made is None else mul(r, made, square)
        whole >>= 1
        square = mul(r, square, square) if whole else square
    if made is None:
        return r.constant(np.ones(x.shape, dtype=int))
    return inverse(r, made) if e < 0 else made


def sigmoid(r: Recorder, value: Any) -> Traced:
    """1/(1 + e^-z)."""
    return inverse(r, add(r, 1, exp(r, neg(r, value))))


def tanh(r: Recorder, value: Any) -> Traced:
    """1 - 2/(1 + e^(2 z))."""
    return sub(r, 1, mul(r, 2, inverse(r, add(r, 1, exp(r, mul(r, 2, value))))))


def erf(r: Recorder, value: Any) -> Traced:
    x = plain(lifted(r, value), "erf")
    constant = r.push("free", (), (), "2/sqrt(pi)")
    density = mul(r, constant, exp(r, neg(r, mul(r, x, x))))
    return r.push("erf", (x.place, density.place), x.shape)


UFUNCS.update(
    add=add, subtract=sub, multiply=mul, divide=divide, true_divide=divide, negative=neg,
    positive=lambda r, x: x, power=power, float_power=power, reciprocal=inverse, exp=exp, log=log,
    sqrt=sqrt, tanh=tanh, expit=sigmoid, erf=erf, square=lambda r, x: mul(r, x, x),
    log1p=lambda r, x: log(r, add(r, 1, x)),
    expm1=lambda r, x: sub(r, exp(r, x), 1),
    logaddexp=lambda r, a, b: log(r, add(r, exp(r, a), exp(r, b))),
)  # fmt: skip
