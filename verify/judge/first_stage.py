"""The first stage of ``verify discover``: what linear symmetries of the traced model give, solved
for by the function that ``verify candidates`` asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from verify.discover.flows import GRADIENT, Flow
from verify.discover.laws.atoms import Atom, Law, Log, Power
from verify.discover.records import FirstStage
from verify.exact.errors import NoValue
from verify.theories.symmetries.of_graph import case_of_graph
from verify.theories.symmetries.solved import Solved, solve
from verify.trace.graph import Graph


def first_stage(graph: Graph, seed: int = 0, flow: Flow = GRADIENT) -> FirstStage:
    """For plain gradient flow, where all operations are polynomial and the coordinates few; else
    the note says why there is none. Raises EnginesDisagree.
    """
    if flow is not GRADIENT:
        return FirstStage(note=f"solved for under gradient flow, not under {flow.text}")
    try:
        solved = solve(case_of_graph(graph), seed)
    except NoValue as why:
        return FirstStage(note=str(why))
    return FirstStage(
        len(solved.symmetries),
        solved.at_most,
        solved.symmetric,
        sum(any(e != 1 for _, e, _ in law) for law in solved.powers),
        tuple(_laws(solved)),
    )


def _laws(solved: Solved) -> Iterator[Law]:
    for s in solved.counted.laws:
        terms: dict[tuple[tuple[int, int], ...], Fraction] = {}
        for (i, j), x in s.items():
            key = ((i, 2),) if i == j else ((min(i, j), 1), (max(i, j), 1))
            terms[key] = terms.get(key, Fraction(0)) + x
        yield Law(tuple((x, Power(key)) for key, x in sorted(terms.items()) if x))
    for law in solved.powers:
        yield Law(tuple((x, _atom(i, e)) for i, e, x in law))


def _atom(i: int, e: int) -> Atom:
    return Power(((i, e),)) if e else Log(Power(((i, 1),)))
