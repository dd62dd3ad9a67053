"""A function of a flow is recorded once; whatever asks its symbols for more than arithmetic, or
answers anew, is refused by name.

What belongs to the kind: every question that Python answers by a default (equality, truth, hash,
order, conversion, length, iteration), asked directly or through a library (math, NumPy, the
standard library), in a field, a loss, a quantity or a clock, of states, of the time, of the rate
and of what was made from them, also where the author catches the error; a symbol kept from an
earlier run; and a function or a builder whose answers differ.
"""

from __future__ import annotations

import cmath
import copy
import itertools
import math
import operator
import pickle
import random
import statistics
from collections import Counter
from collections.abc import Callable
from fractions import Fraction as F
from functools import lru_cache, partial
from typing import Any

import numpy as np
import pytest

from verify.exact.errors import BadInput
from verify.integrate.system import LOG, Clock, System, retimed
from verify.models.trajectories import Trajectories

MATH = ("sqrt", "exp", "log", "sin", "floor", "ceil", "trunc", "isnan", "tanh", "gcd")
NUMPY = ("abs", "sign", "floor", "sin", "cos", "arctan", "isfinite", "rint", "fabs")
PAIRS = ("maximum", "minimum", "heaviside", "hypot", "fmax")


def _called(function: Callable, count: int, a: Any, b: Any) -> Any:
    return function(*(a, b)[:count])


#: each takes two symbols and answers with a number, a symbol or a truth value; the mathematical
# answer depends on the state
QUESTIONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": lambda a, b: a if a == 1 else -a,
    "!=": lambda a, b: a if a != b else -a,
    "== on the right": lambda a, b: a if F(1) == a else -a,
    "is true": lambda a, b: a if a else b,
    "not": lambda a, b: a if not a - 1 else b,
    "and": lambda a, b: a and b,
    "or": lambda a, b: a or b,
    "while": lambda a, b: next(x for x in (a, b) if x),
    "any": lambda a, b: a if any([a - 1, b]) else b,
    "all": lambda a, b: a if all([a - 1, b]) else b,
    "filter": lambda a, b: sum(filter(None, [a - 1, b])),
    "in": lambda a, b: a if a in (1, 2) else b,
    "not in": lambda a, b: a if 1 not in [a, b] else b,
    "index": lambda a, b: [b, 1].index(a),
    "count": lambda a, b: [1, 1].count(a),
    "remove": lambda a, b: [1].remove(a),
    "tuples": lambda a, b: a if (a, 1) == (1, 1) else b,
    "dictionaries": lambda a, b: a if {"x": a} == {"x": 1} else b,
    "match": lambda a, b: _matched(a),
    "key": lambda a, b: {a: 1}.get(b, 2),
    "get": lambda a, b: {1: 2}.get(a, 3),
    "set": lambda a, b: len({a, b}),
    "hash": lambda a, b: hash(a) % 2,
    "Counter": lambda a, b: Counter([a, b])[a],
    "cache": lambda a, b: lru_cache(lambda x: x)(a),
    "groupby": lambda a, b: len(list(itertools.groupby([a, b]))),
    "<": lambda a, b: a if a < b else b,
    ">=": lambda a, b: a if a >= 0 else b,
    "reflected >": lambda a, b: a if 0 > a else b,
    "sorted": lambda a, b: sorted([a, b])[0],
    "min": lambda a, b: min(a, b),
    "max": lambda a, b: max(a, 0),
    "max by key": lambda a, b: max([a, b], key=lambda x: x * x),
    "operator.lt": lambda a, b: a if operator.lt(a, b) else b,
    "range": lambda a, b: sum(range(a)),
    "position": lambda a, b: [1, 2, 3][a],
    "slice": lambda a, b: len([1, 2, 3][:a]),
    "repeat": lambda a, b: [1] * a,
    "round": lambda a, b: round(a),
    "floor division": lambda a, b: a // 1,
    "reflected floor division": lambda a, b: 1 // a,
    "remainder": lambda a, b: a % 2,
    "reflected remainder": lambda a, b: 2 % a,
    "divmod": lambda a, b: divmod(a, 1)[0],
    "abs": lambda a, b: abs(a),
    "invert": lambda a, b: ~a,
    "xor": lambda a, b: a ^ 1,
    "bit and": lambda a, b: a & b,
    "len": lambda a, b: len(a),
    "iteration": lambda a, b: sum(a),
    "unpacking": lambda a, b: (lambda first, *rest: first)(*a),
    "membership": lambda a, b: 1 in a,
    "format": lambda a, b: float(f"{a:.3f}"),
    "format()": lambda a, b: float(format(a, "f")),
    "from text": lambda a, b: float(str(a)),
    "int": lambda a, b: int(a),
    "float": lambda a, b: float(a),
    "complex": lambda a, b: complex(a).real,
    "Fraction": lambda a, b: F(a),
    "index of": lambda a, b: operator.index(a),
    "hex": lambda a, b: int(hex(a), 16),
    "symbol as power": lambda a, b: a**b,
    "base 0": lambda a, b: 0**a,
    "negative base": lambda a, b: (-2) ** a,
    "float factor": lambda a, b: 0.5 * a,
    "float power": lambda a, b: a**0.5,
    "numpy float": lambda a, b: np.float64(2) * a,
    "numpy float32": lambda a, b: np.float32(2) * a,
    "true": lambda a, b: a * True,
    "numpy true": lambda a, b: a * np.True_,
    "None": lambda a, b: a * None,
    "text": lambda a, b: a * "2",
    "pickle": lambda a, b: pickle.loads(pickle.dumps(a)),
    "statistics": lambda a, b: statistics.mean([a, b]),
    "math.fsum": lambda a, b: math.fsum([a, b]),
    "math.hypot": lambda a, b: math.hypot(a, b),
    "cmath": lambda a, b: cmath.sqrt(a).real,
    **{f"math.{n}": partial(_called, getattr(math, n), 1) for n in MATH},
    **{f"np.{n}": partial(_called, getattr(np, n), 1) for n in NUMPY},
    **{f"np.{n} of two": partial(_called, getattr(np, n), 2) for n in PAIRS},
    "np.where": lambda a, b: np.where(a, a, b).item(),
    "np.where >": lambda a, b: np.where(np.array([a, b]) > 0, 1, 2)[0],
    "np array ==": lambda a, b: np.where(np.array([a, b]) == 1, 1, 2)[0],
    "np.sort": lambda a, b: np.sort(np.array([a, b]))[0],
    "np.argmax": lambda a, b: int(np.argmax(np.array([a, b]))),
    "np.max": lambda a, b: np.max(np.array([a, b])),
    "np.any": lambda a, b: 1 if np.any(np.array([a, b])) else 2,
    "np.all": lambda a, b: 1 if np.all(np.array([a - 1, b])) else 2,
    "np.count_nonzero": lambda a, b: int(np.count_nonzero(np.array([a, b]))),
    "np.nonzero": lambda a, b: len(np.nonzero(np.array([a, b]))[0]),
    "np.unique": lambda a, b: len(np.unique(np.array([a, b]))),
    "np.clip": lambda a, b: np.clip(a, 0, 1),
    "np.allclose": lambda a, b: 1 if np.allclose(np.array([a, b], dtype=object), 1) else 2,
    "np.isclose": lambda a, b: 1 if np.isclose(a, 1) else 2,
    "np.asarray float": lambda a, b: np.asarray([a, b], dtype=float)[0],
    "np.linalg.det": lambda a, b: np.linalg.det(np.array([[a, b], [b, a]])),
    "np.zeros": lambda a, b: _stored(a),
    "np.float64": lambda a, b: np.float64(a),
    "caught": lambda a, b: _caught(a),
    "caught, a hash": lambda a, b: _hashed(a),
    "caught, a number": lambda a, b: _tried(a),
}
assert len(QUESTIONS) > 100


def _matched(a: Any) -> Any:
    match a:
        case 1:
            return a
    return -a


def _caught(a: Any) -> Any:
    try:
        return a if a > 0 else -a
    except Exception:
        return a


def _hashed(a: Any) -> Any:
    try:
        hash(a)
    except BadInput:
        return a
    return -a


def _tried(a: Any) -> Any:
    try:
        return F(float(a))
    except BaseException:
        return a


def _stored(a: Any) -> Any:
    found = np.zeros(2)
    found[0] = a
    return found[0]


def field_of(ask: Callable) -> System:
    return System(
        "a field", ("x", "y"), (F(1), F(1)), field=lambda x, m: [ask(x[0], x[1]), 0 * x[0]]
    )


def loss_of(ask: Callable) -> System:
    return System("a loss", ("x", "y"), (F(1), F(1)), loss=lambda x, m: ask(x[0], x[1]) * x[0])


def quantity_of(ask: Callable) -> System:
    return System(
        "a flow",
        ("x", "y"),
        (F(1), F(1)),
        lambda x, m: [x[0], x[1]],
        quantities={"q": lambda x, m: ask(x[0] * x[1], x[1])},
    )


def moment_of(ask: Callable) -> System:
    return System(
        "a field",
        ("x", "y"),
        (F(1), F(1)),
        field=lambda x, m: [ask(m.time, x[1]), m.rate * x[0]],
        clock=LOG,
    )


def clock_of(ask: Callable) -> System:
    odd = Clock("odd", "s", lambda x, s: 1 + 0 * s + ask(x[0], s), None, "odd")
    return retimed(
        System("a field", ("x", "y"), (F(1), F(1)), field=lambda x, m: [x[0], x[1]]), odd
    )


@pytest.mark.parametrize(
    "place", [field_of, loss_of, quantity_of, moment_of, clock_of], ids=lambda f: f.__name__
)
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_refused_with_its_line(question: str, place: Callable) -> None:
    with pytest.raises(BadInput, match=r"test_attacks_symbols\.py, line \d+"):
        place(QUESTIONS[question])


@pytest.mark.parametrize(
    "constant", [lambda x, m: m.rate, lambda x, m: m.number(F(1)), lambda x, m: x[0] - x[0]]
)
def test_a_symbol_that_is_a_number_is_asked_in_vain_too(constant: Callable) -> None:
    """Otherwise the branch would depend on the clock."""
    with pytest.raises(BadInput, match="compares symbols with =="):
        System(
            "a field", ("x",), (F(1),), field=lambda x, m: [x[0] if constant(x, m) == 1 else -x[0]]
        )


def test_the_message_names_operation_line_and_remedy() -> None:
    with pytest.raises(BadInput) as refusal:
        field_of(lambda a, b: a if a == 1 else -a)
    for part in (
        "a field",
        "the field",
        "compares symbols with ==",
        "a if a == 1 else -a",
        "write one formula",
    ):
        assert part in str(refusal.value)


def _counter() -> Callable:
    calls = itertools.count()
    return lambda x, m: x[0] * (next(calls) + 1)


def _random() -> Callable:
    return lambda x, m: x[0] * random.randrange(10**9)


def _growing() -> Callable:
    kept: list[int] = []
    return lambda x, m: x[0] * F(kept.append(1) or len(kept))


def _flag() -> Callable:
    state = {"asked": False}

    def answer(x: Any, m: Any) -> Any:
        before, state["asked"] = state["asked"], True
        return -x[0] if before else x[0]

    return answer


def _generator() -> Callable:
    numbers = iter([F(1), F(2), F(3), F(4)])
    return lambda x, m: x[0] + next(numbers)


def _kept_symbol() -> Callable:
    kept: list[Any] = []
    return lambda x, m: (kept or kept.append(x[0]) or kept)[0]


@pytest.mark.parametrize("fickle", [_counter, _random, _growing, _flag, _generator, _kept_symbol])
@pytest.mark.parametrize("place", ["field", "loss", "quantity"])
def test_a_function_that_answers_anew_is_refused(fickle: Callable, place: str) -> None:
    f = fickle()
    plain: dict[str, Any] = {"field": lambda x, m: [x[0]]}
    built = {
        "field": {"field": lambda x, m: [f(x, m)]},
        "loss": {"loss": f},
        "quantity": {**plain, "quantities": {"q": f}},
    }[place]
    with pytest.raises(BadInput, match=r"another one when it is asked again|symbol of another run"):
        System("a flow", ("x",), (F(1),), **built)


def test_every_function_is_run_when_the_system_is_made_and_never_again() -> None:
    """A closure that changes later changes nothing: engines, quantities and certificates use the
    record.
    """
    from verify.integrate.evaluate import value
    from verify.integrate.taylor import Taylor
    from verify.integrate.trace import program

    rate = [F(1)]
    system = System(
        "a flow",
        ("x",),
        (F(1),),
        lambda x, m: [x[0] * rate[0]],
        quantities={"q": lambda x, m: x[0] + rate[0]},
    )
    before = program(system)
    rate[0] = F(-1)
    assert program(system) == before
    assert value(system, system.quantities["q"], (F(2),), F(0)).contains(3)
    assert Taylor().run(system, F(1), 20, samples=1).states[-1].exact()[0][0] > 2


@pytest.mark.parametrize(
    "allowed",
    {
        "sums of a list": lambda a, b: sum([a, b]),
        "+a": lambda a, b: +a,
        "2**x": lambda a, b: 2**a,
        "9**x": lambda a, b: np.int64(9) ** a,
        "np.int64": lambda a, b: a * np.int64(2) + np.int64(3) - a / np.int8(5),
        "np.int64 left": lambda a, b: np.int64(2) * a,
        "power np.int64": lambda a, b: a ** np.int64(2),
        "copies": lambda a, b: copy.copy(a) + copy.deepcopy([b])[0],
        "math.prod": lambda a, b: math.prod([a, b]),
        "np.dot": lambda a, b: np.dot(np.array([a, b]), np.array([b, a])),
        "matrices": lambda a, b: (np.array([[a, b], [b, a]]) @ np.array([a, b]))[0],
        "np.sum": lambda a, b: np.sum(np.array([a, b]) ** 2),
        "array times symbol": lambda a, b: (a * np.array([1, 2]))[1] + (np.array([b, a]) * b)[0],
        "einsum": lambda a, b: np.einsum("i,i->", np.array([a, b]), np.array([a, b])),
        "np.trace": lambda a, b: np.trace(np.array([[a, b], [b, a]])),
    }.items(),
    ids=lambda item: item[0],
)
def test_arithmetic_is_recorded(allowed: tuple[str, Callable]) -> None:
    assert field_of(allowed[1]).recorder.flow.slopes


def _raised(kind: type[BaseException]) -> Any:
    raise kind("no")


LEAVES = (SystemExit, GeneratorExit, StopIteration, RecursionError, MemoryError)


@pytest.mark.parametrize("kind", LEAVES)
@pytest.mark.parametrize("place", [field_of, loss_of, quantity_of], ids=lambda f: f.__name__)
def test_a_function_that_leaves_is_refused_by_name(place: Callable, kind: type) -> None:
    """exit(0) in a field ended the whole run, without a verdict."""
    with pytest.raises(BadInput, match=f"raises {kind.__name__}: no"):
        place(lambda a, b: _raised(kind))


@pytest.mark.parametrize("kind", LEAVES)
def test_a_builder_that_leaves_is_refused_by_name(kind: type) -> None:
    with pytest.raises(BadInput, match=f"its builder raises {kind.__name__}: no"):
        Trajectories("flow", {"s": lambda: _raised(kind)}, F(1)).starts["s"]()
