"""A program as its certificate writes it, one line for each node; what check_enclosure.py would
refuse is refused before any work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, digits, up_to
from verify.integrate.tape import children
from verify.integrate.trace import Program, measured, program

if TYPE_CHECKING:
    from verify.integrate.system import System

STEEP = ("clock", "power", "exp", "log")  # ten levels each, a sum or product one


def nodes_of(found: Program) -> list[str]:
    """One line for each node after the states."""
    return [node_line(node) for node in found.nodes[found.states :]]


def node_line(node: tuple) -> str:
    """One node of a program as one line of text: its kind and what it is made from."""
    match node[0]:
        case "lin":
            return _sum((), node[1], node[2])
        case "dot":
            return _sum(*node[1:])
    return " ".join(map(str, node))


def _sum(products: Sequence, terms: Sequence, constant: Any) -> str:
    parts = [
        str(constant),
        *(f"{c} {a}" for a, c in terms),
        *(f"{c} {a} {b}" for a, b, c in products),
    ]
    return "sum " + "; ".join(parts)


def outputs_of(pairs: Sequence[tuple[int, Fraction]]) -> list[str]:
    """A linear combination of nodes, one text "factor node" for each term."""
    return [f"{factor} {node}" for node, factor in pairs]


def flow_program(system: System) -> Program:
    """A loss stays a loss: who reads it differentiates it."""
    return program(system) if system.loss is None else measured(system, [system.loss])


def refuse_unreadable(system: System, quantities: Collection[str]) -> None:
    """Raises BadInput for a system whose program or quantities its reader would refuse: too many
    states, operations or levels of them, and numbers that grew too long while the author's
    functions ran.
    """
    count = len(system.start)
    if count > LIMITS["states"]:
        raise BadInput(
            f"{system.title}: {count} states; an enclosure has {up_to('states')}: enclose"
            " a smaller system"
        )
    _check(
        f"{system.title}: the {'field' if system.loss is None else 'loss'}", flow_program(system)
    )
    for name in quantities:
        _check(
            f"{system.title}: the quantity {name!r}", measured(system, [system.quantities[name]])
        )


def _check(whose: str, found: Program) -> None:
    many, deep = len(found.nodes) - found.states, levels(found)
    for size, what, limit in (
        (many, "operations", "operations"),
        (deep, "levels of operations", "levels"),
    ):
        if size > LIMITS[limit]:
            raise BadInput(
                f"{whose} takes {size} {what}; its certificate has {up_to(limit)}:"
                " write it shorter, or split it"
            )
    for x in (*_numbers(found), *(factor for _, factor in found.slopes + found.values)):
        if digits(x) > LIMITS["constant"]:
            raise BadInput(
                f"{whose} has a number of {digits(x)} digits; {up_to('constant')} are read"
                " back: rescale"
            )
    for node in found.nodes:
        if (
            node[0] == "power"
            and max(abs(node[2].numerator), node[2].denominator) > LIMITS["exponent"]
        ):
            raise BadInput(
                f"{whose} has the exponent {node[2]}; expected p/q with p and q {up_to('exponent')}"
            )
        if node[0] in ("lin", "dot") and len(node_line(node)) > LIMITS["letters"]:
            raise BadInput(f"{whose} has a long sum: {up_to('letters', 'letters')}; split it")


def levels(found: Program) -> int:
    """As the reader counts them."""
    level = [0] * len(found.nodes)
    for i, node in enumerate(found.nodes[found.states :], found.states):
        level[i] = max((level[j] for j in children(node)), default=0) + (
            10 if node[0] in STEEP else 1
        )
    return max(level)


def _numbers(found: Program) -> Iterator[Fraction]:
    for node in found.nodes:
        if node[0] in ("lin", "dot"):
            yield Fraction(node[-1])
            yield from (Fraction(term[-1]) for part in node[1:-1] for term in part)
