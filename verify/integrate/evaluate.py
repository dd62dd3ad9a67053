"""A quantity at one state, in ball arithmetic: the value of a straight-line program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.exact.precision import precision
from verify.exact.rings import as_fraction, ball
from verify.integrate.trace import Program, measured

if TYPE_CHECKING:
    from verify.integrate.system import Quantity, System


def value(
    system: System, quantity: Quantity, x: Sequence[Fraction], clock: Fraction, bits: int = 256
) -> Any:
    """A python-flint ball that contains the quantity at exact states; not finite where it is not
    defined there.
    """
    return values(measured(system, [quantity]), x, clock, bits)[0]


def values(program: Program, x: Sequence[Fraction], clock: Any, bits: int) -> list[Any]:
    """Balls of all outputs."""
    with precision(bits):
        found: list[Any] = []
        for i, node in enumerate(program.nodes):
            found.append(ball(x[i]) if node[0] == "state" else _node(node, found, clock))
        return [found[i] * ball(a) for i, a in program.values]


def _node(node: tuple, found: list[Any], clock: Any) -> Any:
    match node[0]:
        case "clock":
            return ball(clock) if isinstance(clock, (int, Fraction)) else clock
        case "lin":
            return sum((found[a] * ball(k) for a, k in node[1]), ball(node[2]))
        case "dot":
            products = (found[a] * found[b] * ball(k) for a, b, k in node[1])
            return sum(products, sum((found[a] * ball(k) for a, k in node[2]), ball(node[3])))
        case "mul":
            return found[node[1]] * found[node[2]]
        case "power":
            e = node[2]
            return found[node[1]] ** (int(e) if e.denominator == 1 else ball(e))
        case "exp":
            return found[node[1]].exp()
    return found[node[1]].log()


def slopes(program: Program, x: Sequence[Fraction], clock: Any, bits: int) -> list[Any]:
    """Balls of all slopes; the clock may be a ball."""
    return values(replace(program, values=program.slopes), x, clock, bits)


def ends(x: Any) -> tuple[Fraction, Fraction]:
    """Exact ends of a finite ball."""
    middle, radius = as_fraction(x.mid()), as_fraction(x.rad())
    return middle - radius, middle + radius
