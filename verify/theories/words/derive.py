"""Derivatives and steps, on expressions: the product rule, and what the defined letters stand
for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from verify.exact.errors import NotGeneric
from verify.models.layers import around, metric, moment, moved
from verify.terms.affine import Affine, index
from verify.terms.matrices import G, Mat, P, inner, num, total

#: what a letter becomes: a function of its index
Rates = Mapping[str, Callable[[Affine | None], Mat]]
_STEP = "q"  # the index of sums that appear here; no author's index is called so


def direction(name: str, at: Affine) -> Mat:
    """c_k of a family with vanishing ends; G_k for the moments."""
    return G(at) if name == "G" else Mat("letter", (name, at))


def unfolded(e: Mat) -> Mat:
    """What G_i, H_i(c) and (w_c)_i stand for."""
    if e.head == "G":
        (at,) = e.args
        return Mat("within", (at, 1, 1, moment(at)))
    name, at = e.args
    c = partial(direction, name)
    return moved(c, at) if e.head == "w" else Mat("within", (at, 1, 1, metric(c, at)))


def derivative(
    rates: Rates, fixed: frozenset[str], e: Mat, depth: int | None = None, least: int = 1
) -> Mat:
    """Leibniz, at one depth or at every depth from ``least`` on. Raises NotGeneric for a letter of
    which nothing says how it moves.
    """

    def d(e: Mat) -> Mat:
        if e.head in ("num", "const"):
            return num(0)
        if e.head == "+":
            dx, dy = d(e.args[0]), d(e.args[1])
            return dy if dx == num(0) else dx if dy == num(0) else dx + dy
        if e.head == "*":
            x, y = e.args
            dx, dy = d(x), d(y)
            return x * dy if dx == num(0) else dx * y if dy == num(0) else dx * y + x * dy
        if e.head in ("mark", "sum", "tr", "within"):
            inside = d(e.args[-1])
            return inside if inside == num(0) else Mat(e.head, (*e.args[:-1], inside))
        if e.head == "^":
            return _of_power(e, d, depth, least)
        if e.head in ("G", "H", "w"):
            return d(unfolded(e))
        if e.head == "D":
            return d(d(e.args[0]))
        if e.head == "loss":
            return inner(P, d(Mat("letter", ("X", None))))
        return _of_letter(rates, fixed, e)

    return d(e)


def _of_letter(rates: Rates, fixed: frozenset[str], e: Mat) -> Mat:
    name, at = e.args
    if name in rates:
        return rates[name](at)
    if name in fixed:
        return num(0)
    if name == "X" and "W" in rates:
        q = index(_STEP)
        left, right = around(q)
        return total(left * rates["W"](q) * right, over=_STEP)
    raise NotGeneric(f"nothing says how {name} moves")


def _of_power(e: Mat, d: Callable[[Mat], Mat], depth: int | None, least: int) -> Mat:
    """d(R^e) = sum_(q = 1..e) R^(q-1) R' R^(e-q) for e >= 0, and -sum_(q = 1..-e) R^(-q) R'
    R^(q-e-1) for e < 0.

    With the depth in e one of the two has to be right at every depth. What does not move has to be
    there.
    """
    base, exponent = e.args
    if depth is not None:
        exponent = exponent.put("N", Affine(depth))
    if exponent == Affine(0):
        return num(0)
    slope = d(base)
    if slope == num(0):
        return Mat("*", (num(0), e))  # 0^(-1) has no derivative: the power itself says where it is
    if not exponent.terms:
        n, found = exponent.const, num(0)
        for j in range(n):
            found = found + base**j * slope * base ** (n - 1 - j)
        for j in range(1, 1 - n):
            found = found - base**-j * slope * base ** (n - 1 + j)
        return found
    q = index(_STEP)
    if exponent.terms != (("N", 1),) or exponent.const > 0:
        raise NotGeneric(f"the derivative of a power {exponent}")
    if least + exponent.const < 0:
        raise NotGeneric(
            f"the derivative of a power {exponent}, which is negative at depth {least}: assume a"
            " larger least depth"
        )
    return total(base ** (q - 1) * slope * base ** (exponent - q), 1, exponent, over=_STEP)


def stepped(steps: Rates, fixed: frozenset[str], e: Mat) -> Mat:
    """The value after one step. Raises NotGeneric for a letter of which nothing says what it
    becomes.
    """
    if e.head in ("num", "const"):
        return e
    if e.head in ("G", "H", "w"):
        return stepped(steps, fixed, unfolded(e))
    if e.head in ("letter", "seq"):
        name, at = e.args
        if name in fixed:
            return e
        if name not in steps:
            raise NotGeneric(f"nothing says what {name} becomes after a step")
        return steps[name](at)
    if e.head in ("D", "next", "loss"):
        raise NotGeneric(f"{e.head} inside a step")
    return Mat(e.head, tuple(stepped(steps, fixed, x) if isinstance(x, Mat) else x for x in e.args))
