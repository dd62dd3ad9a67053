"""What is asked of a state, in whichever language the state speaks; and answers for each value of
a free index.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.exact.errors import BadInput
from verify.models.losses.base import Loss
from verify.values.record import Value
from verify.values.state import State

DIGITS = 20


@dataclass(frozen=True)
class Question:
    """``wanted`` at ``state``, moving as ``setting`` says; ``asked`` digits, or None for as many
    as there are without asking.
    """

    wanted: Any
    state: Any
    setting: Any
    loss: str | Loss | None
    derivative: bool
    time: Fraction | None
    asked: int | None
    place: tuple[int, int] = (1, 0)

    @property
    def digits(self) -> int:
        return DIGITS if self.asked is None else self.asked


def _family(parts: list[tuple[str, Value]]) -> Value:
    """One record of a value for each index; a single one is itself."""
    if len(parts) == 1:
        return parts[0][1]
    first = parts[0][1]
    text = "; ".join(f"{name}: {v.text}" for name, v in parts)
    return Value(first.of.partition(" [")[0], first.at, text, None, None, tuple(parts))


def each(scopes: list[dict[str, int]], answer: Callable[[dict[str, int]], Value]) -> Value:
    """The answer for each value of the free indices. Raises BadInput where there is none."""
    if not scopes:
        raise BadInput(
            "the expression has an index that nothing in the state can stand for: fewer layers than"
            " it needs"
        )
    return _family(
        [(", ".join(f"{n} = {x}" for n, x in scope.items()), answer(scope)) for scope in scopes]
    )


def numbers(state: State) -> dict[str, Fraction]:
    """The values of a state. Raises BadInput for what is no number."""
    for name, x in state.values.items():
        if not isinstance(x, Fraction):
            raise BadInput(
                f"{name}: a network's state has rows of weights and numbers; expected a number for"
                f" {name}"
            )
    return dict(state.values)
