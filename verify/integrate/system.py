"""One description of a flow x' = f(t, x), from which every engine is generated.

The field is an ordinary Python function on scalars that know + - * / ** and ``power(Fraction)``,
``exp()``, ``log()``. It is run once, on symbols that record what is done to them; no engine ever
sees a formula that was expanded or differentiated.

    pendulum = System("logistic", ("x",), (Fraction(1, 4),), field=lambda x, flow: [x[0] * (1 -
    x[0])])
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from verify.exact.errors import BadInput
from verify.exact.numbers import rational
from verify.integrate.clock import LOG, PLAIN, Clock
from verify.integrate.evaluate import slopes, values
from verify.integrate.record import Moment, Recorder
from verify.integrate.trace import measured, program
from verify.integrate.wellformed import check_kinds, check_states

__all__ = [
    "LOG",
    "PLAIN",
    "Clock",
    "Field",
    "Layout",
    "Loss",
    "Moment",
    "Quantity",
    "Scalar",
    "System",
    "retimed",
]

Scalar = Any
Layout = tuple[tuple[tuple[int, int], ...], ...]
Field = Callable[[Sequence[Scalar], Moment], Sequence[Scalar]]
Loss = Callable[[Sequence[Scalar], Moment], Scalar]
Quantity = Callable[[Sequence[Scalar], Moment], Scalar]


@dataclass(frozen=True)
class System:
    """A flow from an exact start.

    ``names``       one for each state
    ``field``       (x, moment) -> dx/dt, see ``Moment``; or None where ``loss`` is given
    ``loss``        (x, moment) -> J: then the flow is x' = -rate * grad J, differentiated backwards
    along the program
    ``layout``      how results are arranged: rows of pairs (j, sign) that stand for sign * x_j; by
    default one row ``quantities``  named functions of the state, for conclusions and pictures

    Every function is run when the system is made, and its record is what engines, certificates and
    printed equations are made from (``recorder``). Raises BadInput where a start is not exact,
    names and start differ in number, both or neither of field and loss are given, a quantity is not
    a function, or a function asks its symbols for more than arithmetic or answers differently each
    time. What it asks by ``is``, ``type`` or ``isinstance`` no symbol sees: the branch that a
    symbol takes is recorded, followed and printed.
    """

    title: str
    names: tuple[str, ...]
    start: tuple[Fraction, ...]
    field: Field | None = None
    loss: Loss | None = None
    layout: Layout = ()
    clock: Clock = PLAIN
    quantities: Mapping[str, Quantity] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        check_kinds(self)
        check_states(self)
        object.__setattr__(self, "names", tuple(self.names))
        object.__setattr__(self, "start", tuple(rational(x) for x in self.start))
        if not self.layout:
            object.__setattr__(self, "layout", (tuple((j, 1) for j in range(len(self.start))),))
        object.__setattr__(self, "quantities", dict(self.quantities))
        object.__setattr__(self, "_recorder", Recorder(self))

    @property
    def recorder(self) -> Recorder:
        """What its functions did when it was made."""
        return self._recorder  # type: ignore[attr-defined, no-any-return]


def retimed(system: System, clock: Clock) -> System:
    """The same flow in another clock; where t(s) has no closed form, t becomes the last state.

    Raises BadInput for a second change, and where the functions, which are run again, answer
    otherwise than for the plain flow.
    """
    found = _retimed(system, clock)
    _check_unchanged(system, found)
    return found


def _check_unchanged(plain: System, other: System) -> None:
    """In balls, at the start and away from it: slopes are the plain ones times the rate, quantities
    are the plain ones.
    """
    size, bits, names = len(plain.start), 128, list(plain.quantities)
    about = measured(other, [lambda x, moment: moment.time, lambda x, moment: moment.rate])
    asked = [measured(s, [s.quantities[n] for n in names]) for s in (plain, other)] if names else []
    for shift in (Fraction(0), Fraction(1, 7)):
        x = [a + shift / (j + 1) for j, a in enumerate(other.start)]
        time, rate = values(about, x, shift, bits)
        before, after = (
            slopes(program(plain), x[:size], time, bits),
            slopes(program(other), x, shift, bits),
        )
        pairs = [
            (rate * a, b, "the field" if plain.loss is None else "the loss")
            for a, b in zip(before, after, strict=False)
        ]
        if names:
            first, second = values(asked[0], x[:size], time, bits), values(asked[1], x, shift, bits)
            pairs += [
                (a, b, f"the quantity {n!r}") for a, b, n in zip(first, second, names, strict=True)
            ]
        for a, b, what in pairs:
            if a.is_finite() and b.is_finite() and not a.overlaps(b):
                expected = "expected the same formula each time: no random numbers, no counter"
                raise BadInput(
                    f"{plain.title}: {what} is another one when it is asked again, in"
                    f" {other.clock.name} time; {expected}"
                )


def _retimed(system: System, clock: Clock) -> System:
    if system.clock is not PLAIN:
        raise BadInput(
            f"{system.title}: its clock is {system.clock.name} already; change the time of the"
            " plain flow"
        )
    if clock.time is not None:
        return replace(system, clock=clock)
    if system.field is None:
        raise BadInput(
            f"{system.title}: a clock without closed form needs a flow that is given by its field,"
            " not by a loss"
        )
    inner, size = system.field, len(system.start)

    def with_time(x: Sequence[Scalar], moment: Moment) -> Sequence[Scalar]:
        slopes = list(inner(x[:size], moment))
        if moment.rate_was_read:
            return [*slopes, moment.rate]
        return [*slopes, moment.number(Fraction(1))]

    def own(quantity: Quantity) -> Quantity:
        return lambda x, moment: quantity(x[:size], moment)

    rate = clock.rate
    assert rate is not None
    return replace(
        system,
        names=(*system.names, "t"),
        start=(*system.start, Fraction(0)),
        field=with_time,
        layout=(*system.layout, ((size, 1),)),
        clock=replace(clock, rate=lambda x, s: rate(x[:size], s)),
        quantities={name: own(quantity) for name, quantity in system.quantities.items()},
    )
