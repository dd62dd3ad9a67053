"""How many laws there can be of one model: what its draws have to respect, the bound from above
modulo the primes, and the one near a state.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from verify.discover.closure import closure
from verify.discover.draws import Sampler
from verify.discover.flows import Flow
from verify.discover.in_doubles import states
from verify.discover.laws.search import LARGE
from verify.discover.one_root import with_free_roots
from verify.discover.patterns import Cell
from verify.discover.records import Discovery, Near
from verify.discover.relations import settled, unrelated
from verify.exact.errors import BadInput, NoValue
from verify.trace.prime import PRIMES

BYTES = 110  #: for each entry of a D x D matrix, with the lists that flint takes
BASE, EACH = 200, 6e-4  #: MiB, and for each parameter, of the search for laws
SECONDS_EACH = 3e-5  #: of the same
CELL = 1000  #: parameters, of the bound near one state
SECONDS = 0.35  #: for D = 1000, growing as D^2.8: at least, of level 0 alone
SLOWER = 11  #: times that, of several levels and with roots


def settle(made: Discovery, memory: float, seconds: float) -> None:
    """What draws have to respect; not where the bound from above is left out. Of too many
    parameters there is no search for laws either.
    """
    d = made.size
    mib, time = BASE + EACH * d, SECONDS_EACH * d
    if d > LARGE and (mib > memory or time > seconds):
        made.searched = False
        made.notes.append(
            f"no search for laws: {d} parameters would take about {mib:.0f} MiB and {time:.0f} s:"
            " raise --memory and --seconds, or ask for a block at a time, or for the same model at"
            " smaller sizes"
        )
    mib, time = BYTES * d * d / 2**20, SECONDS * (d / 1000) ** 2.8
    if mib > memory or time > seconds:
        made.notes.append(
            f"not bounded from above: {d} parameters would take about {mib:.0f} MiB and from"
            f" {time:.0f} to {SLOWER * time:.0f} s: raise --memory and --seconds, or ask for a"
            " block at a time"
        )
        return
    try:
        made.settled = settled(made.graph, made.primes[0], made.seed)
    except NoValue as why:
        made.notes.append(f"not bounded from above: {why}")


def searching(made: Discovery, flow: Flow) -> Sampler:
    """Draws among which laws are sought, modulo the first of all primes, that of the search: where
    that has not the roots of numbers that are needed these are free.
    """
    if made.primes[0] == PRIMES[0]:
        rules = made.settled.rules if made.settled else unrelated(made.graph)[0]
        return Sampler(made.graph, rules, PRIMES[0], made.seed + 2, flow)
    graph = with_free_roots(made.graph)
    rules = unrelated(graph)[0]
    with suppress(NoValue):
        rules = settled(graph, PRIMES[0], made.seed).rules
    return Sampler(graph, rules, PRIMES[0], made.seed + 2, flow)


def bounded(made: Discovery, known: int) -> None:
    """As far as laws that seem to be there leave room."""
    if made.settled is None:
        return
    try:
        sampler = Sampler(made.graph, made.settled.rules, made.primes[0], made.seed, made.flow)
        found = closure(sampler, known)
    except NoValue as why:
        made.notes.append(f"not bounded from above: {why}")
        return
    if not found.dimension:
        _still(made)
    made.closed.append(found)


def _still(made: Discovery) -> None:
    """Raises BadInput: the second prime says whether it is so modulo the first one alone; not where
    states at ties were left out and something moves at others.
    """
    assert made.settled is not None
    patterns = made.settled.patterns
    if patterns is not None and patterns.tied and states(made.graph, ties=True)[1].any():
        return
    with suppress(NoValue):
        rules = made.settled.rules
        if closure(
            Sampler(made.graph, rules, made.primes[1], made.seed, made.flow), 0, False
        ).dimension:
            raise BadInput(
                f"{made.graph.name}: nothing moves modulo {made.primes[0]}, a prime of the counts:"
                " expected constants without this factor"
            )
    raise BadInput(
        f"{made.graph.name}: nothing moves: at random tensors and inputs no output depends on a"
        " tensor; expected a model that is not constant"
    )


def with_ties(made: Discovery) -> bool:
    """Whether states are drawn from now on at which a number is 0 in its whole piece; without them
    laws may seem to hold, and mix with those that do.
    """
    patterns = made.settled.patterns if made.settled else None
    if patterns is None or not patterns.tied or patterns.ties:
        return False
    patterns.ties = True
    return True


def again(made: Discovery) -> None:
    """With a second prime and point."""
    assert made.settled is not None
    try:
        rules = made.settled.rules
        made.closed.append(
            closure(Sampler(made.graph, rules, made.primes[1], made.seed + 1, made.flow))
        )
    except NoValue as why:
        made.notes.append(f"no second prime: {why}")


def in_a_cell(made: Discovery) -> None:
    """The bound from above near one state of the tensors, with the patterns that occur there."""
    if made.settled is None or made.settled.patterns is None or made.settled.rules.branches:
        return
    if made.size > CELL:
        made.notes.append(f"not counted near one state: more than {CELL} parameters")
        return
    there = Cell(made.graph, seed=made.seed)
    rules = replace(made.settled.rules, patterns=there)
    try:
        found = closure(
            Sampler(made.graph, rules, made.primes[0], made.seed + 4, made.flow), made.lower
        )
    except NoValue as why:
        made.notes.append(f"not counted near one state: {why}")
        return
    made.cell = Near(found.upper, len(there.seen), there.exact)
