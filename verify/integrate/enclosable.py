"""The door of enclosures: a system that check_enclosure.py would refuse is refused before any
work.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, SPOKEN, fits, long, up_to
from verify.exact.names import refuse_alike
from verify.integrate.system import LOG, PLAIN, Quantity, System
from verify.integrate.trace import measured
from verify.integrate.written_program import refuse_unreadable

WORD = re.compile(r"([A-Za-z][A-Za-z0-9_]*)(_[0-9]+(,[0-9]+)+|\[[0-9]+(,[0-9]+)*\])?")
TIMES = {"t", "s", "e", "d", "pi", "inf"}  # of the time, and of numbers
RESERVED = SPOKEN | {"grad", "J", "s", "t", "e", "d"}


def certifiable(system: System, quantities: Collection[str]) -> None:
    """Raises BadInput, before any work, for a start, a clock, a name or a program that the reader
    would refuse.
    """
    for name, x in zip(system.names, system.start, strict=True):
        if not fits(x):  # engines take longer ones, no certificate does
            raise BadInput(
                f"{system.title}: the start {name}: {long(x)}; expected shorter numbers: rescale"
                " the state"
            )
    refuse_unreadable(system, quantities)
    if system.clock not in (PLAIN, LOG):
        raise BadInput(
            f"{system.title}: the clock {system.clock.name!r} has no certificate; expected plain or"
            " log: use one of these"
        )
    _states(system)
    for name in quantities:
        _title(system, name)


def _states(system: System) -> None:
    for name in system.names:
        word = WORD.fullmatch(name)
        if not word or word[1].split("_")[0] in RESERVED or len(name) > LIMITS["name"]:
            raise BadInput(
                f"{system.title}: a state is called {name!r:.80}; expected a word of letters a to z"
                f" and digits such as x or W_1[1,2], {up_to('name')}, and none that sentences are"
                " written with, such as t, e or exp"
            )
    refuse_alike(system.names, system.title)


def _title(system: System, name: str) -> None:
    """What a quantity is called is a line that reads as no state and as no inequality."""
    fits = name.isprintable() and name.isascii() and name == name.strip()
    if not fits or re.search("[<>]", name) or not 0 < len(name) <= LIMITS["label"]:
        raise BadInput(
            f"{system.title}: a quantity is called {name[:60]!r}; expected"
            f" {up_to('label', 'printable characters')}, letters a to z, no < and >"
        )
    if re.sub(r"[\s()\[\]{}'_]", "", name) in TIMES:
        raise BadInput(
            f"{system.title}: a quantity is called {name!r}, like the time or a number; expected a"
            " name of its own: rename it"
        )
    meant(system, name)
    refuse_alike(system.quantities, system.title)


def meant(system: System, name: str) -> Quantity:
    """The quantity of that name. One that reads as a state is that state, else no sentence would
    say which is meant. Raises BadInput.
    """
    bare = re.sub(r"[\s()\[\]{}'_]", "", name)
    states = {re.sub(r"[\[\]_]", "", x) for x in system.names}
    if bare in states and not (name in system.names and _is_state(system, name)):
        raise BadInput(
            f"{system.title}: the quantity {name!r} bears the name of a state and is another;"
            " expected a name of its own: rename one"
        )
    return system.quantities[name]


def _is_state(system: System, name: str) -> bool:
    return measured(system, [system.quantities[name]]).values == ((system.names.index(name), 1),)


def rests(system: System, name: str) -> bool:
    """Is the quantity a number, made of no state and not of the time? Its bounds say nothing."""
    program = measured(system, [system.quantities[name]])
    ((output, _),) = program.values
    used = [x for node in program.nodes for x in _numbers(node[1:])]
    clock = any(node[0] == "clock" for node in program.nodes)
    return not clock and not any(x < program.states for x in (output, *used))


def _numbers(parts: Iterable[object]) -> Iterator[int]:
    for x in parts:
        if type(x) is int:
            yield x
        elif isinstance(x, tuple):
            yield from _numbers(x)
