"""What a flow keeps by itself: a quantity that approaches its bound and never gets there.

With g the distance of the quantity from its bound, > 0 at the start, and g' = K g + R along the
flow, R >= 0: then g exp(-integral of K) does not fall, and g stays > 0 for as long as the solution
exists, however near to 0 it comes. K and R are found by division of polynomials in the states, the
clock and letters for all else that the field is made of; R is seen to be >= 0 where all its terms
are.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from verify.claims.conclusions import Throughout
from verify.exact.limits import LIMITS
from verify.integrate.system import System
from verify.integrate.tape import Node
from verify.integrate.trace import Program, measured, program


class _NotWritten(Exception):
    """A quantity that is no polynomial, or one that is too long."""


def is_kept(system: System, conclusion: Throughout) -> bool:
    """Whether the conclusion, if it holds at the start, holds for as long as the solution exists;
    and it does hold at the start.
    """
    flow = program(system)
    own = [i for i, node in enumerate(flow.nodes) if _is_letter(node)]
    space = _Space(flow.states, own)
    try:
        made = measured(system, [system.quantities[conclusion.quantity]])
        gap = _over(space, made, ())[0] - _rational(conclusion.bound)
        gap = gap if conclusion.relation == ">" else -gap
        begin = [_rational(x) for x in flow.start] + [fmpq(0)] * (1 + len(own))
        if gap.total_degree() < 1 or not gap(*begin) > 0:
            return False
        rate = gap.derivative(flow.states)
        for j, slope in enumerate(_over(space, flow, own)):
            rate = rate + _product(gap.derivative(j), slope)
        rest = _remainder(rate, gap)
    except _NotWritten:
        return False
    positive = [flow.nodes[i][0] == "exp" for i in own]
    return _is_sum_of_what_is_positive(rest, [False] * flow.states + [True, *positive])


class _Space:
    """Letters: the states, the clock, and the nodes that are no polynomials of others."""

    def __init__(self, states: int, own: list[int]) -> None:
        self.ring = fmpq_mpoly_ctx.get(("x", states + 1 + len(own)), Ordering.degrevlex)
        letters = self.ring.gens()
        self.states, self.clock = letters[:states], letters[states]
        self.own = dict(zip(own, letters[states + 1 :], strict=True))


def _over(space: _Space, made: Program, own: Any) -> list[Any]:
    """The outputs: slopes, or else values."""
    found: list[Any] = list(space.states)
    for i, node in enumerate(made.nodes[made.states :], made.states):
        found.append(_node(space, found, node, i if i in own else None))
    return [found[i] * _rational(a) for i, a in made.slopes or made.values]


def _node(space: _Space, found: list[Any], node: Node, letter: int | None) -> Any:
    if letter is not None:
        return space.own[letter]
    if _is_letter(node):
        raise _NotWritten
    match node[0]:
        case "clock":
            return space.clock
        case "mul":
            return _product(found[node[1]], found[node[2]])
        case "power":
            base = total = found[node[1]]
            for _ in range(int(node[2]) - 1):
                total = _product(total, base)
            return total
    products, (terms, constant) = (node[1] if node[0] == "dot" else ()), node[-2:]
    total = space.ring.constant(_rational(constant))
    for a, b, k in products:
        total = total + _product(found[a], found[b]) * _rational(k)
    for a, k in terms:
        total = total + found[a] * _rational(k)
    return total


def _is_letter(node: Node) -> bool:
    if node[0] == "power":
        e = Fraction(node[2])
        return e < 0 or e.denominator > 1
    return node[0] in ("exp", "log")


def _product(a: Any, b: Any) -> Any:
    """As long as the reader would write it."""
    if len(a) * len(b) > LIMITS["products"]:
        raise _NotWritten
    c = a * b
    if any(max(abs(x.p), x.q) >> LIMITS["heights"] for x in c.coeffs()):
        raise _NotWritten
    return c


def _remainder(rate: Any, gap: Any) -> Any:
    """Of the division, where a quotient of that degree has few terms."""
    letters = sum(bool(a or b) for a, b in zip(rate.degrees(), gap.degrees(), strict=True))
    degree = max(0, rate.total_degree() - gap.total_degree())
    if comb(degree + letters, letters) * len(gap) > LIMITS["products"]:
        raise _NotWritten
    return divmod(rate, gap)[1]


def _rational(x: Any) -> Any:
    x = Fraction(x)
    return fmpq(x.numerator, x.denominator)


def _is_sum_of_what_is_positive(rest: Any, positive: list[bool]) -> bool:
    """Squares of letters, and any power of one that is not negative, with factors > 0."""
    for powers, factor in rest.terms():
        odd = [e for e, fine in zip(powers, positive, strict=True) if e % 2 and not fine]
        if odd or not factor > 0:
            return False
    return True
