"""Constants that have no value, or the value 0, modulo a prime of the counts: refused by name, as
what they multiply is not seen there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from verify.exact.errors import BadInput
from verify.trace.graph import Graph
from verify.trace.prime import PRIMES


def constants(graph: Graph) -> Iterator[Fraction]:
    """Of the model, of its losses and of their symmetries."""
    losses = graph.losses
    nodes = [*graph.nodes, *(losses.slopes.nodes if losses else ())]
    yield from (Fraction(x) for n in nodes if n.op == "const" for x in n.data)
    yield from (x for m in (losses.generators if losses else ()) for row in m for x in row)


def seen_modulo_primes(
    whose: str, numbers: Iterable[Fraction], primes: tuple[int, int] = PRIMES
) -> None:
    """Raises BadInput where one is a multiple of a prime, or has it in its denominator."""
    for x in numbers:
        for p in dict.fromkeys((*primes, *PRIMES)):
            if x and (x.numerator % p == 0 or x.denominator % p == 0):
                what = "has no value" if x.denominator % p == 0 else "is 0"
                raise BadInput(
                    f"{whose}: the constant {x} {what} modulo {p}, a prime of the counts;"
                    " expected one without this factor"
                )
