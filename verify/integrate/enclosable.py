"""The door of enclosures: a system that check_enclosure.py would refuse is refused before any
work.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, fits, long
from verify.integrate.system import LOG, PLAIN, System
from verify.integrate.trace import measured
from verify.integrate.written_program import refuse_unreadable

WORD = re.compile(r"[^\W\d][\w,\[\]']*")
RESERVED = ("exp", "log", "grad", "J", "s", "t")


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
    for name in system.names:
        if not WORD.fullmatch(name) or name in RESERVED or len(name) > LIMITS["name"]:
            raise BadInput(
                f"{system.title}: a state is called {name!r}; expected a word such as x or W[1,2],"
                f" none of {RESERVED}"
            )
    for name in quantities:
        if not name.isprintable() or not 0 < len(name) <= LIMITS["label"]:
            raise BadInput(
                f"{system.title}: a quantity is called {name[:60]!r}; expected 1 to"
                f" {LIMITS['label']} printable characters"
            )
        if name in system.names and not _is_state(system, name):
            raise BadInput(
                f"{system.title}: the quantity {name!r} bears the name of a state and is another;"
                " rename one"
            )


def _is_state(system: System, name: str) -> bool:
    return measured(system, [system.quantities[name]]).values == ((system.names.index(name), 1),)
