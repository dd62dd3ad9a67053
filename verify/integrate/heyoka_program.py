"""A program as heyoka's expressions: its shape, which is compiled, apart from its numbers, which
are parameters.

Nodes that several others use are expressions that these share.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.exact.errors import BadInput
from verify.integrate.rows import parts
from verify.integrate.trace import Program

Shape = tuple[tuple, ...]


def installed() -> Any:
    """The package. Raises BadInput where it is missing."""
    try:
        import heyoka
    except ImportError:
        raise BadInput(
            "engine is heyoka, and the package heyoka is not installed; expected the extra heyoka:"
            " pip install 'flowlaw[heyoka]' (wheels for Linux on x86-64 only), or use the engine"
            " taylor"
        ) from None
    return heyoka


def shape_and_data(p: Program) -> tuple[Shape, list[Fraction]]:
    """The program with indices of parameters in the place of numbers (-1 for the number 1), its
    slopes last; and those numbers.
    """
    data: list[Fraction] = []

    def place(a: Fraction) -> int:
        if a == 1:
            return -1
        data.append(Fraction(a))
        return len(data) - 1

    nodes: list[tuple] = []
    for node in p.nodes:
        if node[0] in ("mul", "lin", "dot"):
            products, terms, constant = parts(node)
            shape = (
                tuple((a, b, place(c)) for a, b, c in products),
                tuple((i, place(c)) for i, c in terms),
            )
            nodes.append(
                ("sum", *shape, place(constant) if constant or not (products or terms) else None)
            )
        else:
            nodes.append(node)
    return (*nodes, *(("slope", d, place(a)) for d, a in p.slopes)), data


def equations(shape: Shape, number: Any) -> list[tuple[Any, Any]]:
    """Pairs (x_j, dx_j/dclock); ``number`` makes exponents."""
    hy = installed()
    values: list[Any] = []
    slopes = []
    for node in shape:
        match node:
            case ("state",):
                values.append(hy.expression(f"x{len(values)}"))
            case ("clock",):
                values.append(hy.time)
            case ("exp" | "log" as name, x):
                values.append(getattr(hy, name)(values[x]))
            case ("power", x, e):
                values.append(values[x] ** hy.expression(number(e)))
            case ("sum", products, terms, constant):
                values.append(_sum(hy, values, products, terms, constant))
            case ("slope", d, a):
                slopes.append(values[d] if a < 0 else hy.par[a] * values[d])
    return list(zip(values, slopes, strict=False))


def _sum(hy: Any, values: list[Any], products: tuple, terms: tuple, constant: int | None) -> Any:
    found = [(values[a] * values[b], c) for a, b, c in products] + [
        (values[i], c) for i, c in terms
    ]
    pieces = [x if c < 0 else hy.par[c] * x for x, c in found]
    if constant is not None:
        pieces.append(hy.expression(1.0) if constant < 0 else hy.par[constant])
    return hy.sum(pieces) if len(pieces) > 1 else pieces[0]
