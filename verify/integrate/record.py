"""What the functions of a system do, recorded: each is run here and nowhere else, and its record is
used everywhere.

Engines, certificates, pictures and printed equations are made from the records, so that none of
them can follow another flow than the others. A function is run a second time, on fresh symbols: one
that answers differently is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.exact.errors import BadInput
from verify.exact.numbers import rational
from verify.integrate.adjoint import gradient
from verify.integrate.refusals import here, where
from verify.integrate.tape import Node, Tape
from verify.integrate.traced import ONE, Traced, constant

MOST_TWICE = 40_000  # nodes: a longer record is not made a second time
Output = tuple[int, Fraction]


class Moment:
    """What a field or quantity may use besides the state: the ``time`` t, whatever the clock, and
    the ``rate`` dt/dclock (1 for plain time).

    A field returns dx/dt, and the tracer multiplies it by the rate. A field that reads ``rate``
    returns dx/dclock instead: a gradient flow multiplies the derivative of its loss by the rate
    before anything else, so that exp(clock) exp(-margin) becomes one exponential of a difference of
    size O(1).
    """

    def __init__(self, time: Any, rate: Any, number: Callable[[Fraction], Any]) -> None:
        self.time, self._rate, self.number, self.rate_was_read = time, rate, number, False

    @property
    def rate(self) -> Any:
        self.rate_was_read = True
        return self._rate


@dataclass(frozen=True, slots=True)
class Record:
    """The tape of one function: its outputs, and the slopes of the states where it is a field or a
    loss.
    """

    nodes: tuple[Node, ...]
    outputs: tuple[Output, ...]
    slopes: tuple[Output, ...] = ()


class Recorder:
    """The records of one system, each made when the system is. ``system`` has names, start, clock,
    title, field, loss, quantities.
    """

    def __init__(self, system: Any) -> None:
        self.system = system
        self._known: dict[int, tuple[Callable, Record]] = {}
        self.flow = self._twice("the loss" if system.loss is not None else "the field", self._flow)
        if system.loss is not None:
            self._known[id(system.loss)] = system.loss, self.flow
        for name, quantity in system.quantities.items():
            self.quantity(quantity, f"the quantity {name!r}")

    def quantity(self, function: Callable, name: str = "a quantity") -> Record:
        """The record of a function of the state; it is run once for every system."""
        if id(function) not in self._known:
            self._known[id(function)] = (
                function,
                self._twice(name, lambda tape: self._value(tape, name, function)),
            )
        return self._known[id(function)][1]

    def _twice(self, name: str, record: Callable[[Tape], Record]) -> Record:
        first = record(Tape(len(self.system.start)))
        if len(first.nodes) <= MOST_TWICE:
            check_same(f"{self.system.title}: {name}", first, record(Tape(len(self.system.start))))
        return first

    def _flow(self, tape: Tape) -> Record:
        if self.system.loss is None:
            return self._field(tape)
        x, moment = self._begin(tape)
        value = self._run(tape, "the loss", self.system.loss, x, moment)
        if not isinstance(value, Traced):
            raise BadInput(
                f"{self.system.title}: the loss is {value!r}; expected one number that depends on"
                " the state"
            )
        output = _output(tape, value)
        slopes = gradient(tape, value, moment.rate, len(x))
        found = tuple(_output(tape, -d) for d in slopes)
        return Record(tuple(tape.nodes), (output,), found)

    def _field(self, tape: Tape) -> Record:
        x, moment = self._begin(tape)
        found = self._run(tape, "the field", self.system.field, x, moment)
        found = (
            found.tolist()
            if hasattr(found, "tolist") and hasattr(found, "__array_ufunc__")
            else found
        )
        if not isinstance(found, (list, tuple)):
            kind = type(found).__name__
            raise BadInput(
                f"{self.system.title}: the field returns a {kind}; expected a list with a slope for"
                " each state"
            )
        if len(found) != len(x):
            raise BadInput(
                f"{self.system.title}: the field returns {len(found)} slopes for {len(x)} states"
            )
        slopes = (
            list(found)
            if moment.rate_was_read
            else self._lifted("the field", lambda: [moment.rate * d for d in found])
        )
        outputs = tuple(self._outputs(tape, "the field", slopes))
        return Record(tuple(tape.nodes), (), outputs)

    def _value(self, tape: Tape, name: str, function: Callable) -> Record:
        x, moment = self._begin(tape)
        found = self._run(tape, name, function, x, moment)
        outputs = tuple(self._outputs(tape, name, [found]))
        return Record(tuple(tape.nodes), outputs)

    def _outputs(self, tape: Tape, name: str, found: Sequence[Any]) -> list[Output]:
        return self._lifted(name, lambda: [_output(tape, d) for d in found])

    def _lifted(self, name: str, act: Callable[[], list]) -> list:
        try:
            return act()
        except BadInput as problem:
            raise BadInput(
                f"{self.system.title}: {name}: {problem}; expected one number for each output"
            ) from None

    def _begin(self, tape: Tape) -> tuple[list[Traced], Moment]:
        x, clock, kind = (
            [Traced(tape, j, ONE) for j in range(len(self.system.start))],
            Traced(tape, tape.place(("clock",)), ONE),
            self.system.clock,
        )
        rate = (
            constant(tape, ONE)
            if kind.rate is None
            else self._run(tape, "the rate of the clock", kind.rate, x, clock)
        )
        time = (
            x[-1]
            if kind.time is None
            else self._guarded(tape, "the time of the clock", lambda: kind.time(clock))
        )
        return x, Moment(time, rate, lambda q: self._number(tape, q))

    def _number(self, tape: Tape, x: Any) -> Traced:
        """Of ``moment.number``."""
        value = rational(x)
        if value is None:
            said = (
                f"it calls moment.number({x!r}){here()}, which is not exact; expected an int or"
                " Fraction: write Fraction(1, 10)"
            )
            raise tape.noted(BadInput(said))
        return constant(tape, value)

    def _run(
        self, tape: Tape, name: str, function: Callable, x: list[Traced], other: Moment | Traced
    ) -> Any:
        """The author's function, on a list of its own."""
        return self._guarded(tape, name, lambda: function(list(x), other))

    def _guarded(self, tape: Tape, name: str, act: Callable[[], Any]) -> Any:
        """Raises BadInput for whatever goes wrong in an author's function, naming the line."""
        whose = f"{self.system.title}: {name}"
        try:
            found = act()
        except BadInput as problem:
            raise BadInput(f"{whose}: {tape.refused or problem}") from None
        except (Exception, SystemExit, GeneratorExit) as problem:
            if tape.refused is not None:
                raise BadInput(f"{whose}: {tape.refused}") from None
            said = f"{type(problem).__name__}: {problem}{where(problem)}"
            mend = "it is run once, on symbols, with + - * / ** exp log sqrt tanh"
            raise BadInput(f"{whose} raises {said}; {mend}") from problem
        if tape.refused is not None:
            raise BadInput(
                f"{whose}: {tape.refused} (the function went on, as if it had an answer)"
            )
        return found


def check_same(whose: str, first: Record, second: Record) -> None:
    """Raises BadInput where two runs of one function left two records."""
    if (first.nodes, first.outputs, first.slopes) != (second.nodes, second.outputs, second.slopes):
        expected = "expected the same formula each time: no random numbers, no counter"
        raise BadInput(f"{whose} is another one when it is asked again; {expected}")


def _output(tape: Tape, x: Any) -> Output:
    x = (constant(tape, ONE - ONE) + x).settled()
    return (x.index, x.factor) if x.index >= 0 else (x.node(), ONE)
