"""A quantity at one state, in ball arithmetic: the value of a straight-line program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.exact.precision import precision
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
    from flint import arb, fmpq

    with precision(bits):
        number = lambda q: arb(fmpq(Fraction(q).numerator, Fraction(q).denominator))
        found: list[Any] = []
        for i, node in enumerate(program.nodes):
            found.append(number(x[i]) if node[0] == "state" else _node(node, found, clock, number))
        return [found[i] * number(a) for i, a in program.values]


def _node(node: tuple, found: list[Any], clock: Any, number: Any) -> Any:
    match node[0]:
        case "clock":
            return number(clock) if isinstance(clock, (int, Fraction)) else clock
        case "lin":
            return sum((found[a] * number(k) for a, k in node[1]), number(node[2]))
        case "dot":
            products = (found[a] * found[b] * number(k) for a, b, k in node[1])
            return sum(products, sum((found[a] * number(k) for a, k in node[2]), number(node[3])))
        case "mul":
            return found[node[1]] * found[node[2]]
        case "power":
            e = node[2]
            return found[node[1]] ** (int(e) if e.denominator == 1 else number(e))
        case "exp":
            return found[node[1]].exp()
    return found[node[1]].log()


def slopes(program: Program, x: Sequence[Fraction], clock: Any, bits: int) -> list[Any]:
    """Balls of all slopes; the clock may be a ball."""
    return values(replace(program, values=program.slopes), x, clock, bits)


def ends(ball: Any) -> tuple[Fraction, Fraction]:
    """Exact ends of a finite ball."""
    middle, radius = (_exact(x) for x in (ball.mid(), ball.rad()))
    return middle - radius, middle + radius


def _exact(x: Any) -> Fraction:
    mantissa, exponent = x.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
