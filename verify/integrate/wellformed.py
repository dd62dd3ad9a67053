"""What a ``System`` may be made of, each thing refused by name: BadInput says what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from verify.exact.errors import BadInput
from verify.exact.limits import digits, is_short, up_to
from verify.exact.numbers import exactly, rational
from verify.integrate.clock import Clock
from verify.spelling.called import called

if TYPE_CHECKING:
    from verify.integrate.system import System


def check_kinds(system: System) -> None:
    """Raises BadInput for an argument of another kind than the one that belongs there."""
    title = system.title
    if not isinstance(title, str):
        raise BadInput(
            f"a System titled {title!r}; expected its title first, then names, start, and"
            " field= or loss="
        )
    for what, row in (("names", system.names), ("start", system.start)):
        if not isinstance(row, (list, tuple)):
            raise BadInput(
                f"{title}: {what} = {row!r}; expected a tuple with one entry for each"
                " state, such as (x,)"
            )
    if wrong := [n for n in system.names if not isinstance(n, str) or not n or called(n) != n]:
        mend = "expected a word or a formula in quotes, such as x, w_1 or W[1,2]"
        raise BadInput(f"{title}: a state is called {wrong[0]!r}; {mend}")
    if not isinstance(system.clock, Clock):
        raise BadInput(f"{title}: clock = {system.clock!r}; expected PLAIN, LOG or a Clock")
    _functions(system)


def _functions(system: System) -> None:
    title = system.title
    if (system.field is None) == (system.loss is None):
        both = "neither" if system.field is None else "both"
        raise BadInput(f"{title}: expected either a field or a loss, got {both}")
    if not isinstance(system.quantities, Mapping):
        raise BadInput(
            f"{title}: quantities = {system.quantities!r}; expected a dictionary from names"
            " to functions"
        )
    functions = {"field": system.field, "loss": system.loss}
    functions |= {f"quantity {name!r}": q for name, q in system.quantities.items()}
    for what, f in functions.items():
        if not callable(f) and not (f is None and what in ("field", "loss")):
            expected = "a function of (x, moment), such as lambda x, moment: x[0] ** 2"
            raise BadInput(
                f"{title}: its {what} is {f!r}, a {type(f).__name__}; expected {expected}"
            )
    for name in system.quantities:
        if not isinstance(name, str):
            raise BadInput(f"{title}: a quantity is called {name!r}; expected its name in quotes")


def check_states(system: System) -> None:
    """Raises BadInput for names and starts that do not belong together or are not exact, and for a
    layout of other states.
    """
    title, names, start = system.title, system.names, system.start
    if len(names) != len(start) or not start:
        raise BadInput(
            f"{title}: {len(names)} names for {len(start)} start values;"
            " expected one name each, at least one"
        )
    for name, x in zip(names, start, strict=True):
        if rational(x) is None:
            raise BadInput(
                f"{title}: the start {name} = {x!r} is not exact; expected an int or"
                " Fraction: write Fraction(1, 10) for 0.1"
            )
    if len(set(names)) != len(names):
        raise BadInput(
            f"{title}: the names {', '.join(map(str, names))} are not different; give"
            " each state its own"
        )
    pairs = [pair for row in system.layout for pair in row]
    if {j for j, _ in pairs} - set(range(len(start))) or {s for _, s in pairs} - {1, -1}:
        raise BadInput(
            f"{title}: layout {system.layout!r}; expected rows of (j, 1) or (j, -1), j a state"
        )
    if system.clock.time is None and names[-1] != "t":
        raise BadInput(
            f"{title}: the clock {system.clock.name!r} does not give t; expected a state t:"
            " use retimed(system, clock)"
        )
    for name, x in zip(names, map(exactly, start), strict=True):
        if not is_short(x):
            expected = (
                f"expected {up_to('coefficient')} bits above and below the line"
                " together: rescale the state"
            )
            raise BadInput(f"{title}: the start {name} has {digits(x)} digits; {expected}")
