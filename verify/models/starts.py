"""Starts of trajectories: builders of systems, asked once, and what is said of the systems."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import FunctionType
from typing import Any
from weakref import WeakKeyDictionary, ref

from verify.exact.errors import BadInput
from verify.integrate.system import System
from verify.integrate.written import Written, flow_of, quantity_of
from verify.spelling.called import called, in_quotes

MOST_QUANTITY = 120  # letters of a quantity's formula on one line


class Built:
    """A start: its builder is asked when the system is first needed, and all later uses get the
    same system.

    It is asked a second time at once, to refuse one that answers differently. Raises BadInput for
    that, for a builder that fails, and for one that builds something else than a System.
    """

    def __init__(self, label: str, build: Callable[[], Any]) -> None:
        self.label, self._build = label, build
        self._system: System | None = None

    def __call__(self) -> System:
        if self._system is None:
            first, second = self._answer(), self._answer()
            check_alike(self.label, first, second)
            self._system = first
        return self._system

    def _answer(self) -> System:
        try:
            system = self._build()
        except BadInput:
            raise
        except (Exception, SystemExit, GeneratorExit) as problem:
            raise BadInput(
                f"the start {self.label}: its builder raises {type(problem).__name__}: {problem}"
            ) from problem
        if not isinstance(system, System):
            raise BadInput(f"the start {self.label} builds {system!r}; expected a System")
        return system


_SHARED: WeakKeyDictionary[FunctionType, tuple[str, Callable[[], Built | None]]] = (
    WeakKeyDictionary()
)


def shared(label: str, build: Callable) -> Built:
    """Claims that start alike, from one function under one label, share its system: it is recorded
    once for all of them.
    """
    if not isinstance(build, FunctionType):
        return Built(label, build)
    known, found = _SHARED.get(build, ("", lambda: None))
    built = found() if known == label else None
    if built is None:
        built = Built(label, build)
        _SHARED[build] = label, ref(built)
    return built


def check_alike(label: str, first: System, second: System) -> None:
    """Raises BadInput where two answers of one builder differ."""
    for what, a, b in zip(
        ("title", "names", "start", "clock", "layout", "functions"),
        _marks(first),
        _marks(second),
        strict=True,
    ):
        if a != b:
            expected = "expected the same system each time: no random numbers, no counter"
            raise BadInput(
                f"the start {label} builds another {what} when it is asked again; {expected}"
            )


def _marks(s: System) -> tuple:
    records = {name: s.recorder.quantity(q) for name, q in s.quantities.items()}
    return (
        s.title,
        s.names,
        s.start,
        (s.clock.name, s.clock.symbol, s.clock.text),
        s.layout,
        (s.recorder.flow, records),
    )


def equations(starts: Mapping[str, Callable[[], System]]) -> str:
    """The flow from the starts, in brief; where it is not the same from all, from each."""
    return _each({label: flow_of(build()) for label, build in starts.items()}, Written.brief)


def quantities(starts: Mapping[str, Callable[[], System]], names: Sequence[str]) -> str:
    """The formulas of named quantities as a part of a sentence, "where q = ...; "; those that are
    states are left out.
    """
    found = []
    for name in dict.fromkeys(names):
        written = {
            label: quantity_of(build(), name)
            for label, build in starts.items()
            if name in build().quantities
        }
        text = _each(written, partial(_quantity, name))
        said = all(
            set(w.equations) <= set(flow_of(starts[label]()).equations)
            for label, w in written.items()
        )
        found += [] if said or text == f"{name} = {name}" else [text]
    return f"where {'; '.join(found)}; " if found else ""


def _quantity(name: str, w: Written) -> str:
    """Its formula, behind its name, which may need quotes."""
    text = w.brief(MOST_QUANTITY)
    return called(name) + text.removeprefix(name) if text.startswith(f"{name} =") else text


def spoken(*of: Any) -> list[str]:
    """The quantities that hypotheses and conclusions about trajectories name."""
    return [x.quantity for x in of]


def _each(written: Mapping[str, Written], brief: Callable[[Written], str]) -> str:
    kinds: dict[str, list[str]] = {}
    for label, one in written.items():
        kinds.setdefault(one.full(), []).append(label)
    texts = {full: brief(next(w for w in written.values() if w.full() == full)) for full in kinds}
    if len(kinds) == 1:
        return next(iter(texts.values()))
    return "; ".join(
        f"from {', '.join(map(in_quotes, labels))}: {texts[full]}" for full, labels in kinds.items()
    )


def start(system: System, most: int = 8) -> str:
    """The first states with their values, and how many more there are."""
    pairs = [f"{n} = {x}" for n, x in zip(system.names, system.start, strict=True)]
    return ", ".join(pairs[:most]) + (
        f", and {len(pairs) - most} more" if len(pairs) > most else ""
    )
