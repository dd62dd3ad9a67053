"""``value(expression, at=state)``: one question for all languages; the state says which one is
spoken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from verify.claims.conclusions.base import Conclusion
from verify.exact.errors import BadInput
from verify.integrate.system import System
from verify.models.flow import Flow
from verify.models.formulas import Formulas, Letter
from verify.models.losses.base import Loss
from verify.models.matrices import Matrices
from verify.models.point import Point
from verify.terms import matrices as star
from verify.terms.expr import Expr, dot
from verify.theories.towers.place import Spot
from verify.theories.words.frame import frame
from verify.theories.words.instance import Instance
from verify.values.formulas import Letters
from verify.values.lower import scalar
from verify.values.lower_words import word
from verify.values.matrices import Layers, layers
from verify.values.network import NO_LOSS, Networks, loss_of
from verify.values.record import Value
from verify.values.state import State, given, is_matrix, time_of
from verify.values.trajectory import Quantities, formula_system, later, network_later

MOST_DIGITS, DIGITS = 1000, 20


def value(
    expression: Any,
    at: Any = None,
    *,
    setting: Any = None,
    loss: str | Loss | None = None,
    derivative: bool = False,
    time: int | Fraction | str | None = None,
    digits: int | None = None,
) -> Value:
    """The value of an expression at an exact state: exact where it is (fractions, roots), else
    enclosed to ``digits`` (20).

    ``expression``  an expression of any language, its text as the toolkit prints it, a conclusion
    (its quantity), or the name
                    of a quantity of a System (or a function like those)
    ``at``          rows of exact numbers (a network's layers), a mapping of names to numbers or
    matrices, a Point, an Instance, a
                    System, the name of a file, or text such as "x=1/2, y=3"
    ``setting``     how the state moves, where the expression or ``derivative`` needs it: Flow,
    Formulas with rates, Matrices, System
    ``loss``        of a network: a name, an expression such as "-B/W", or a Loss
    ``derivative``  its derivative along the flow instead
    ``time``        of the trajectory from the state: the value there, enclosed

    >>> from verify.terms.expr import q, total
    >>> value(total("i", q["i"]), at=[[1, 2], [1, 1], [2, 1]]).text[:9]  # w = (2, 2), L = 3
    '2 4^(1/3)'

    Raises BadInput for an expression or state that is not well formed; NoValue where there is no
    value, or none that
    could be enclosed: a division by zero, a derivative that does not exist, a flow that ends before
    the time.
    """
    try:
        return _asked(expression, at, setting, loss, derivative, time, digits)
    except RecursionError:
        raise BadInput(
            "the expression is nested too deeply; write sums flat, or split it"
        ) from None


def _asked(
    expression: Any,
    at: Any,
    setting: Any,
    loss: str | Loss | None,
    derivative: bool,
    time: Any,
    asked: int | None,
) -> Value:
    """The language is that of the state."""
    digits = DIGITS if asked is None else asked
    if type(digits) is not int or not 1 <= digits <= MOST_DIGITS:
        raise BadInput(f"digits {digits!r}: expected a whole number from 1 to {MOST_DIGITS}")
    moment = (None if time is None else time_of(time)) or None  # at time 0 it is the state itself
    place = getattr(expression, "place", lambda: (1, 0))()
    if isinstance(expression, Conclusion):
        expression = quantity_of(expression)
    system = at if isinstance(at, System) else setting if isinstance(setting, System) else None
    if system is not None:
        if loss is not None:
            raise BadInput(
                f"loss {loss!r:.60}: only a network takes a loss; {system.title} is a System, which"
                " has its own flow"
            )
        return _of_system(
            expression, system, None if system is at else at, moment, derivative, digits
        )
    point = at if isinstance(at, Point) else None
    if isinstance(at, Spot):
        setting, at = setting or at.setting, dict(at.letters)
    instance = at if isinstance(at, Instance) else None
    state = State() if point or instance or at is None else given(at)
    if point or state.rows or isinstance(setting, Flow):
        return _of_network(expression, point, state, setting, loss, derivative, moment, digits)
    if loss is not None:
        raise BadInput(
            f"loss {loss!r:.60}: only a network has a loss; the state has no rows of weights"
        )
    if (
        instance
        or isinstance(expression, star.Mat)
        or isinstance(setting, Matrices)
        or any(map(is_matrix, state.values.values()))
    ):
        if asked is not None:
            raise BadInput(
                f"digits {asked}: the value of an expression in matrices is exact, nothing is"
                " enclosed; leave it out"
            )
        return _of_matrices(expression, instance or state, setting, derivative, moment, place)
    return _of_formulas(expression, state, setting, derivative, moment, digits)


def quantity_of(conclusion: Conclusion) -> Any:
    """What a conclusion speaks of: its quantity, or the difference of its sides. Raises BadInput
    where it has neither.
    """
    names = [n for n in ("quantity", "root", "term") if hasattr(conclusion, n)]
    if names:
        return getattr(conclusion, names[0])
    if hasattr(conclusion, "left") and hasattr(conclusion, "right"):
        return conclusion.left - conclusion.right
    raise BadInput(
        f"a conclusion of kind {conclusion.kind!r} speaks of no quantity that has a value at a"
        " state: give an expression"
    )


def _of_system(
    wanted: Any, system: System, at: Any, time: Fraction | None, derivative: bool, digits: int
) -> Value:
    if at is not None:
        values = given(at).values
        unknown = {*values} ^ {*system.names}
        if unknown:
            raise BadInput(
                f"the state names {', '.join(values)}; expected a number for each of"
                f" {', '.join(system.names)}"
            )
        system = replace(system, start=tuple(values[n] for n in system.names))
    if not isinstance(wanted, str) and not callable(wanted):
        raise BadInput(
            f"{wanted!r:.60}; expected the name of a quantity of {system.title}, or an expression"
            " in its states as text"
        )
    return Quantities(system).value(wanted, time, derivative, digits)


def _family(parts: list[tuple[str, Value]]) -> Value:
    """One record of a value for each index; a single one is itself."""
    if len(parts) == 1:
        return parts[0][1]
    first = parts[0][1]
    text = "; ".join(f"{name}: {v.text}" for name, v in parts)
    return Value(first.of.partition(" [")[0], first.at, text, None, None, tuple(parts))


def _each(scopes: list[dict[str, int]], answer: Callable[[dict[str, int]], Value]) -> Value:
    if not scopes:
        raise BadInput(
            "the expression has an index that nothing in the state can stand for: fewer layers than"
            " it needs"
        )
    return _family(
        [(", ".join(f"{n} = {x}" for n, x in scope.items()), answer(scope)) for scope in scopes]
    )


def _of_network(
    wanted: Any,
    point: Point | None,
    state: State,
    setting: Any,
    loss: Any,
    derivative: bool,
    time: Fraction | None,
    digits: int,
) -> Value:
    if point is None:
        rows = state.rows
        if not rows:
            raise BadInput("a network needs a state: L lines of n numbers, one line for each layer")
        point = Point(rows, loss_of(loss, len(rows[0])), _numbers(state))
    elif loss is not None:
        point = replace(point, loss=loss_of(loss, point.width))
    here = Networks(point, getattr(setting, "decay", None))
    indices = {n: int(x) for n, x in point.constants.items() if x.denominator == 1}
    e = scalar(wanted, None, tuple(point.constants)) if isinstance(wanted, str) else wanted
    if not isinstance(e, Expr):
        raise BadInput(
            f"{wanted!r:.60}; expected an expression of a network (verify.terms.expr), or its text"
        )
    if getattr(setting, "kind", "flow") == "step" and (derivative or time is not None):
        raise BadInput("a descent step has no derivative and no time: 'next' is the value after it")
    e = dot(e) if derivative else e
    here.checked(e)
    free = here.scopes(e, indices)
    kept = {n: x for n, x in point.constants.items() if n not in e.free_indices()}
    here = replace(here, point=replace(point, constants=kept))
    if time is None:
        return _each(free, lambda scope: here.value(e, scope, digits))
    if point.loss is NO_LOSS:
        raise BadInput(
            "a time needs a flow, and a network flows by a loss: add --loss, or loss=..."
        )
    return _each(free, lambda scope: network_later(here, e, scope, time, digits))


def _numbers(state: State) -> dict[str, Fraction]:
    for name, x in state.values.items():
        if not isinstance(x, Fraction):
            raise BadInput(
                f"{name}: a network's state has rows of weights and numbers; expected a number for"
                f" {name}"
            )
    return dict(state.values)


def _of_matrices(
    wanted: Any,
    state: State | Instance,
    setting: Any,
    derivative: bool,
    time: Fraction | None,
    place: tuple[int, int],
) -> Value:
    if time is not None:
        raise BadInput(
            "a time does not apply to matrices of every size, whose loss is abstract: use a System"
        )
    if setting is not None and not isinstance(setting, Matrices):
        raise BadInput(
            f"setting {type(setting).__name__}: the state has matrices; expected Matrices(...)"
        )
    known = dict(state.values) if isinstance(state, State) else {}
    indices = {n: int(known.pop(n)) for n in ("k", "p") if isinstance(known.get(n), Fraction)}
    if isinstance(state, Instance):
        setting = setting or Matrices(layers="W" in state.values)
        here = Layers(setting, frame(setting, ()), state)
    else:
        here = layers(setting, known)
    scalars = tuple(here.instance.scalars)
    e = (
        word(wanted, here.letters(), here.setting.sequences, scalars)
        if isinstance(wanted, str)
        else wanted
    )
    if not isinstance(e, star.Mat):
        raise BadInput(
            f"{wanted!r:.60}; expected an expression in matrices (verify.terms.matrices), or its"
            " text"
        )
    if derivative:
        if here.setting.motion.kind == "still":
            raise BadInput(
                "a derivative needs a motion: give P = E'(X) for the gradient flow of E(X), or a"
                " setting that moves"
            )
        e = star.dot(e)
    scopes = here.scopes(e, indices, place)
    if len(scopes) > 1:
        scopes = [s for s in scopes if here.exists(e, s)] or scopes[:1]
    return _each(scopes, lambda scope: here.value(e, scope))


def _of_formulas(
    wanted: Any, state: State, setting: Any, derivative: bool, time: Fraction | None, digits: int
) -> Value:
    letters = _numbers(state)
    if setting is None:
        setting = Formulas("letters", tuple(Letter(n) for n in letters))
    if not isinstance(setting, Formulas):
        raise BadInput(
            f"setting {type(setting).__name__}; the state gives names: expected Formulas(...) or a"
            " System"
        )
    if wrong := {*letters} ^ {x.name for x in setting.letters}:
        names = ", ".join(x.name for x in setting.letters)
        raise BadInput(
            f"the state gives {', '.join(letters) or 'nothing'}; expected a number for each of"
            f" {names} ({', '.join(sorted(wrong))})"
        )
    for x in setting.letters:
        if (x.sign == ">" and letters[x.name] <= 0) or (x.sign == "!=" and not letters[x.name]):
            raise BadInput(f"the state has {x.name} = {letters[x.name]}; expected {x.text()}")
    e = scalar(wanted, setting.names()) if isinstance(wanted, str) else wanted
    if not isinstance(e, Expr):
        raise BadInput(
            f"{wanted!r:.60}; expected an expression in the names of the state, or its text"
        )
    if unknown := e.constants() - {*setting.names()}:
        raise BadInput(
            f"{', '.join(sorted(unknown))} has no value; the state and the setting give"
            f" {', '.join(setting.names())}"
        )
    if (derivative or e.has("D")) and not setting.rates:
        raise BadInput(
            "a derivative along the flow needs rates: give a setting with rates,"
            " setting=Formulas(..., rates={...})"
        )
    e = dot(e) if derivative else e
    here = Letters(setting, letters)
    if time is None:
        return here.value(e, digits)
    system = formula_system(setting, letters)

    def answer(rows: tuple) -> Value:
        moved = {**letters, **dict(zip(system.names, rows[0], strict=True))}
        found = here.value(e, digits, lambda bits: moved)
        return replace(found, at=f"{found.at}, t = {time}")

    return later(system, time, digits, answer)
