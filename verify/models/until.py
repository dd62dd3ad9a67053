"""How long a flow is followed, where no time is given: until a quantity is above or below a bound
for the first time, or until all rates are small.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from verify.exact.errors import BadInput
from verify.exact.limits import fits, long
from verify.exact.numbers import rational
from verify.integrate.system import PLAIN, System
from verify.integrate.trace import program
from verify.spelling.called import called
from verify.spelling.notation import name as spelt
from verify.spelling.tex import inline, number

SPEED = "squared speed"  # the sum of the squares of all rates


@dataclass(frozen=True)
class Until:
    """The first time at which quantity > bound (or <): the horizon of a setting, which has to come
    before the time that the setting gives. The quantity is one of the systems', or SPEED. Raises
    BadInput for another relation, or a bound that is not exact.
    """

    quantity: str
    relation: str
    bound: Fraction

    def __post_init__(self) -> None:
        if not isinstance(self.quantity, str):
            raise BadInput(f"Until({self.quantity!r}): expected the name of a quantity in quotes")
        if self.relation not in ("<", ">"):
            raise BadInput(
                f"Until({self.quantity}): relation {self.relation!r}; expected > or <: an enclosure"
                " decides no equality"
            )
        bound = rational(self.bound)
        if bound is None:
            raise BadInput(
                f"Until({self.quantity}): bound {self.bound!r} is not exact; expected an int or"
                " Fraction: write Fraction(1, 10) for 0.1"
            )
        if not fits(bound):
            raise BadInput(f"Until({self.quantity}): bound: {long(bound)}; rescale the quantity")
        object.__setattr__(self, "bound", bound)

    def prose(self) -> str:
        return f"{called(self.quantity)} {self.relation} {self.bound}"

    def span(self, latest: Fraction) -> str:
        """The times that are meant, as a part of a sentence."""
        return f"[0, T], the horizon T the first time at which {self.prose()}, at most {latest}"

    def latex(self, latest: Fraction) -> str:
        event = inline(f"{spelt(self.quantity)} {self.relation} {number(self.bound)}")
        most = inline(f"T \\le {number(latest)}")
        return f"the horizon, the first time at which {event}, where {most}"

    def wire(self) -> dict[str, str]:
        return {"quantity": self.quantity, "relation": self.relation, "bound": str(self.bound)}


def all_rates_below(bound: Fraction | int) -> Until:
    """Until the Euclidean length of dx/dt is below a bound > 0, and hence every rate."""
    found = rational(bound)
    if found is None or found <= 0:
        raise BadInput(f"all_rates_below({bound!r}): expected an exact number > 0")
    return Until(SPEED, "<", found * found)


def with_speed(build: Callable[[], System]) -> Callable[[], System]:
    """The same start, with the square of its speed among its quantities."""

    def built() -> System:
        system = build()
        if not isinstance(system, System):
            return system
        if system.clock is not PLAIN:
            raise BadInput(
                f"{system.title}: its clock is {system.clock.name}; expected plain, where a horizon"
                " is the time at which all rates are small"
            )
        if SPEED in system.quantities:
            raise BadInput(f"{system.title}: {SPEED!r} is a quantity already: rename it")
        return replace(system, quantities={**system.quantities, SPEED: _squared_speed(system)})

    return built


def _squared_speed(system: System) -> Callable[[Sequence[Any], Any], Any]:
    """The field is run on symbols, node by node; a loss has been differentiated in it."""
    flow = program(system)

    def speed(x: Sequence[Any], moment: Any) -> Any:
        found: list[Any] = list(x)
        for node in flow.nodes[flow.states :]:
            found.append(_node(node, found, moment))
        rates = [found[i] * a for i, a in flow.slopes]
        return sum((r * r for r in rates[1:]), rates[0] * rates[0])

    return speed


def _node(node: tuple, found: list[Any], moment: Any) -> Any:
    match node[0]:
        case "clock":
            return moment.time
        case "lin":
            return sum((found[a] * k for a, k in node[1]), moment.number(node[2]))
        case "dot":
            singles = sum((found[a] * k for a, k in node[2]), moment.number(node[3]))
            return sum((found[a] * found[b] * k for a, b, k in node[1]), singles)
        case "mul":
            return found[node[1]] * found[node[2]]
        case "exp":
            return found[node[1]].exp()
        case "log":
            return found[node[1]].log()
    return found[node[1]].power(node[2])
