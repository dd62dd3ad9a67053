"""Is one number compared with itself? Where both sides of a comparison come from one computation,
they agree whatever is claimed, and nothing is supported.

Three ways to notice it: both functions do the same to the same things; both give the very same
object; both call one function with the same arguments, and what that returns is the number.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import count
from types import CodeType, FunctionType
from typing import Any

from flint import arb

from verify.models.samples import Instance, Quantity
from verify.theories.samples.differences import sign

PLAIN = (int, str, bool, type(None))
BY_ITSELF = "a number is compared with itself; compute one of the two in another way"


def one_computation(instance: Instance, a: Quantity, b: Quantity, *arguments: int) -> str:
    """Why two quantities of an instance are one number, or nothing. Both are computed."""
    f, g = instance.values[a], instance.values[b]
    if same(f, g):
        return f"one function computes both {a} and {b}: {BY_ITSELF}"
    (x, calls), (y, others) = _watched(f, arguments), _watched(g, arguments)
    if x is y:
        return f"{a} and {b} are one object, computed once: {BY_ITSELF}"
    for key in calls.keys() & others.keys():
        both = calls[key].value, others[key].value
        if _gives(both, x) and _gives(both, y) and _beside(calls, key) == _beside(others, key):
            return f"{key[0].co_name} computes both {a} and {b} from the same: {BY_ITSELF}"
    return ""


def same(f: Any, g: Any) -> bool:
    """Two functions that do the same to the same things, as far as their making shows."""
    if isinstance(f, partial) and isinstance(g, partial):
        return (
            same(f.func, g.func) and _held(f.args, g.args) and _held_by_name(f.keywords, g.keywords)
        )
    if not (isinstance(f, FunctionType) and isinstance(g, FunctionType)):
        return bool(f == g)
    return f is g or (
        _does(f.__code__) == _does(g.__code__)
        and f.__globals__ is g.__globals__
        and _held(_cells(f), _cells(g))
        and _held(f.__defaults__ or (), g.__defaults__ or ())
        and _held_by_name(f.__kwdefaults__ or {}, g.__kwdefaults__ or {})
    )


def _does(code: CodeType) -> tuple:
    return code.co_code, code.co_names, tuple(map(_constant, code.co_consts))


def _constant(x: Any) -> Any:
    return _does(x) if isinstance(x, CodeType) else (type(x), x)


def _cells(f: FunctionType) -> tuple:
    return tuple(cell.cell_contents for cell in f.__closure__ or ())


def _held(xs: tuple, ys: tuple) -> bool:
    """The very same things, or functions that do the same."""
    return len(xs) == len(ys) and all(
        _plain(x) == _plain(y) or (callable(x) and callable(y) and same(x, y))
        for x, y in zip(xs, ys, strict=True)
    )


def _held_by_name(xs: dict, ys: dict) -> bool:
    return xs.keys() == ys.keys() and _held((*xs.values(),), tuple(ys[k] for k in xs))


def _plain(x: Any) -> Any:
    """What tells one thing from another. Fractions by themselves: equal ones may have been found in
    two ways.
    """
    return (type(x), x) if type(x) in PLAIN else (object, id(x))


def _gives(returned: tuple[Any, Any], x: Any) -> bool:
    """One of the two is the number, or not told from it."""
    return any(z is x or (_number(z) and _number(x) and not sign(z, x)) for z in returned)


def _number(x: Any) -> bool:
    return type(x) in (Fraction, arb) and (type(x) is Fraction or x.is_finite())


@dataclass
class Call:
    """When a function was called and when it returned, with what, and what it gave."""

    given: dict[str, Any]  # kept, lest another thing take the place of one that is gone
    start: int
    end: int = 0
    value: Any = None


def _of_theirs(names: dict[str, Any], given: dict[str, Any]) -> bool:
    """A function of the author that is given a thing, or nothing: not an operation of a library,
    not what only turns a number that was found into another form.
    """
    root = str(names.get("__name__")).partition(".")[0]
    things = not given or any(type(v) not in PLAIN for v in given.values())
    return things and root != "verify" and root not in sys.stdlib_module_names


def _beside(calls: dict[tuple, Call], key: tuple) -> set[tuple]:
    """What else was called than what a call is part of, and what is part of it."""
    at = calls[key]
    return {k for k, c in calls.items() if c.end < at.start or at.end < c.start}


def _watched(f: Callable[..., Any], arguments: tuple[int, ...]) -> tuple[Any, dict[tuple, Call]]:
    """What a function gives, and the functions that it calls, by their code and arguments."""
    found: dict[tuple, Call] = {}
    running: list[Call] = []
    turn = count()

    def watch(frame: Any, event: str, value: Any) -> None:
        if event == "call":
            given = dict(frame.f_locals)
            running.append(Call(given, next(turn)))
            key = (frame.f_code, *((k, _plain(v)) for k, v in sorted(given.items())))
            if _of_theirs(frame.f_globals, given):
                found.setdefault(key, running[-1])
        elif event == "return" and running:
            call = running.pop()
            call.end, call.value = next(turn), value

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        result = f(*arguments)
    finally:
        sys.setprofile(before)
    return result, found
