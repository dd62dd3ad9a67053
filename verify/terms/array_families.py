"""Products, sums and stacks over the index of a family of arrays, and what stands inside an array.

W = Letter("W", ("d", p), ("d", p - 1), "p", "N")
product(W)                         W_N ... W_1
over("j", "h", a["j"] * b["j"])    sum over j = 1..h
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verify.terms.affine import Affine, affine, index
from verify.terms.arrays import ZERO, Array, Letter


def product(of: Letter, low: Affine | int = 1, high: Affine | str = "") -> Array:
    """x_high ... x_low, the highest index on the left; by default over the whole range."""
    return _run("chain", of, low, high)


def entrywise(of: Letter) -> Array:
    """x_1 * ... * x_count."""
    return _run("each", of, 1, "")


def others(of: Letter, at: Affine) -> Array:
    """The entrywise product of all but one."""
    return Array("others", (of, at))


def _run(head: str, of: Letter, low: Affine | int, high: Affine | str) -> Array:
    top = of.last if high == "" else high
    return Array(head, (of, affine(low), top if isinstance(top, Affine) else index(top)))


def over(at: str, high: Affine | str, body: Array, low: Affine | int = 1) -> Array:
    """The sum of ``body`` over ``at`` = low..high."""
    top = index(high) if isinstance(high, str) else high
    return ZERO if body == ZERO else Array("sum", (at, affine(low), top, body))


def stacked(at: str, low: Affine | int, high: Affine, body: Array) -> Array:
    """Outputs one beside the other, one for each value of the index."""
    return Array("stack", (at, affine(low), high, body))


def put(x: Any, name: str, value: Affine) -> Any:
    """The same with ``value`` for an index."""
    if isinstance(x, Affine):
        return x.put(name, value)
    if isinstance(x, tuple):
        return tuple(put(y, name, value) for y in x)
    if not isinstance(x, Array) or (x.head in ("sum", "stack") and x.args[0] == name):
        return x
    return Array(x.head, tuple(put(y, name, value) for y in x.args))


def walk(x: Any) -> Iterator[Array]:
    """Every expression within x, x first, through tuples of arguments."""
    if isinstance(x, Array):
        yield x
        for y in x.args:
            yield from walk(y)
    elif isinstance(x, tuple):
        for y in x:
            yield from walk(y)
