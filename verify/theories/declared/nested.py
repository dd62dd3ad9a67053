"""Numbers in the nested lists in which a point gives the values of a letter."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.kernel.exact import Number, Value

Places = list[tuple[int, ...]]


def leaves(data: Any, path: tuple[int, ...] = ()) -> Places:
    """Where the numbers of nested lists stand."""
    if isinstance(data, list):
        return [p for k, x in enumerate(data) for p in leaves(x, (*path, k))]
    return [path]


def at(data: Any, path: tuple[int, ...]) -> Fraction:
    """The number at a place."""
    for k in path:
        data = data[k]
    return Fraction(data)


def put(values: dict[str, Any], name: str, new: dict[tuple[int, ...], Fraction]) -> None:
    """Replace all numbers of a letter; places of a root count from 1."""
    base = 1 if new and min(min(p, default=0) for p in new) == 1 else 0

    def rebuilt(data: Any, path: tuple[int, ...]) -> Any:
        if isinstance(data, list):
            return [rebuilt(x, (*path, k + base)) for k, x in enumerate(data)]
        return str(new[path])

    values[name] = rebuilt(values[name], ())


def entries(x: Value) -> list[Number]:
    """A number, or the entries of a matrix."""
    return [y for row in x for y in row] if isinstance(x, tuple) else [x]
