"""The state at which a value is taken, read from a file or from ``x=1/2, y=3``; text is never
evaluated.

rows of numbers, one line for each layer           a network; further lines ``eta = 1/10``, ``l =
2`` give constants and indices
name = number                                      letters of formulas, states of a system
W_1 = 1 2; 3 4    or    W_1 = [1 2; 3 4]           matrices, rows parted by ``;``; a complex entry
is 1/2-3i {"W": [[["1", "2"], ["3", "4"]]], "kappa": "1/2"}  the same as JSON
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from os.path import lexists
from typing import Any

from verify.claims.request import LINE_END
from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, shorten, up_to
from verify.exact.numbers import UNSIGNED, number
from verify.models.data.cells import read_text

_NAME = r"[A-Za-z][A-Za-z0-9_]*"
_ASSIGNED = re.compile(rf"\s*({_NAME})\s*=\s*(.*)", re.DOTALL)
_NEXT = re.compile(rf",(?=\s*{_NAME}\s*=)")
_PART = rf"(?:[0-9]+/[0-9]+|{UNSIGNED})"
_COMPLEX = re.compile(rf"(?P<re>[+-]?{_PART})?(?P<im>[+-]?{_PART}|[+-])?i")


@dataclass(frozen=True)
class State:
    """``rows`` of a network, or none; ``values`` by name: Fractions, matrices as rows, lists of
    matrices.
    """

    rows: tuple[tuple[Fraction, ...], ...] = ()
    values: dict[str, Any] = field(default_factory=dict)


def state_of(text: str) -> State:
    """From the name of a file, or from text with ``=``. Raises BadInput with line and cell."""
    if not text.strip():
        raise BadInput(f"--at {text!r} is empty; expected a file, or text such as 'x=1/2, y=3'")
    if "=" in text and not lexists(text):
        return _lines(text, "--at")
    body = read_text(text)
    if body.lstrip()[:1] == "{":
        return _json(body, f"--at {text}")
    return _lines(body, f"--at {text}")


def _lines(text: str, where: str) -> State:
    rows: list[tuple[Fraction, ...]] = []
    values: dict[str, Any] = {}
    for at, line in enumerate(LINE_END.split(text), 1):
        place = where if where == "--at" else f"{where}, line {at}"
        line = line.split("#")[0]
        if not line.strip():
            continue
        if "=" not in line:
            rows.append(tuple(x for x in _row(line, place)))  # type: ignore[misc]
            continue
        for part in _NEXT.split(line):
            match = _ASSIGNED.fullmatch(part)
            if not match:
                raise BadInput(
                    f"{place}: {shorten(part.strip())}; expected name = number, or name = matrix"
                    " such as 1 2; 3 4"
                )
            if match[1] in values:
                raise BadInput(f"{place}: {match[1]} has two values; give it one")
            values[match[1]] = _entry_or_matrix(match[2], f"{place}, {match[1]}")
    if len({len(row) for row in rows}) > 1:
        raise BadInput(
            f"{where}: lines have {sorted({len(r) for r in rows})} numbers; each layer needs the"
            " same width"
        )
    if any(isinstance(x, tuple) for row in rows for x in row):
        raise BadInput(
            f"{where}: a complex number in a row of a network; expected rational numbers"
        )
    if not rows and not values:
        raise BadInput(
            f"{where}: no numbers found; expected L lines of n rationals, or name = number"
        )
    if len(rows) * len(rows[0] if rows else ()) > LIMITS["weights"]:
        raise BadInput(
            f"{where}: {len(rows)} x {len(rows[0])} weights; an exact state has {up_to('weights')}"
        )
    return State(tuple(rows), values)


def _entry_or_matrix(text: str, place: str) -> Any:
    text = text.strip()
    bracket = text.startswith("[") and text.endswith("]")
    inner = text[1:-1] if bracket else text
    if not bracket and ";" not in text and not re.search(r"[\s,]", text):
        found = entry(text, place)
        return ((found,),) if isinstance(found, tuple) else found
    rows = tuple(_row(row, place) for row in inner.split(";"))
    if len({len(row) for row in rows}) > 1:
        raise BadInput(
            f"{place}: rows of {sorted({len(row) for row in rows})} entries; expected rows of one"
            " length"
        )
    return rows


def _row(text: str, place: str) -> tuple[Any, ...]:
    cells = [cell for cell in re.split(r"[ \t\f\v,]+", text) if cell]
    if not cells:
        raise BadInput(f"{place}: an empty row; expected numbers")
    return tuple(entry(cell, f"{place}, cell {j}") for j, cell in enumerate(cells, 1))


def is_matrix(x: Any) -> bool:
    """Whether x is a list of lists or tuples, none of them empty; rows may differ in length."""
    return (
        isinstance(x, (list, tuple))
        and bool(x)
        and all(isinstance(row, (list, tuple)) and row for row in x)
    )


def entry(text: str, place: str) -> Any:
    """A rational number, or a pair for 1/2-3i. Raises BadInput."""
    match = _COMPLEX.fullmatch(text)
    if not match:
        return number(text, place)
    real, imaginary = match["re"], match["im"]
    if imaginary is None and real is not None:
        real, imaginary = None, real
    imaginary = {"": "1", "+": "1", "-": "-1", None: "1"}.get(imaginary, imaginary)
    return (number(real, place) if real else Fraction(0), number(imaginary, place))


def _json(text: str, where: str) -> State:
    def pairs(items: list) -> dict:
        names = [k for k, _ in items]
        twice = next((n for n in names if names.count(n) > 1), None)
        if twice is not None:
            raise BadInput(f"{where}: {shorten(twice)} has two values; give it one")
        return dict(items)

    exact = lambda digits: number(digits, where)
    try:
        data = json.loads(
            text, object_pairs_hook=pairs, parse_float=exact, parse_int=exact, parse_constant=exact
        )
    except RecursionError:
        raise BadInput(
            f"{where}: nested too deeply; expected an object of names with numbers and matrices"
        ) from None
    except ValueError as problem:
        raise BadInput(
            f"{where}: not JSON: {problem}; expected an object of names with numbers and matrices"
        ) from None
    values = {name: _value(x, f"{where}, {name}") for name, x in data.items()}
    for name in values:
        if not re.fullmatch(_NAME, name):
            raise BadInput(
                f"{where}: the name {shorten(name)}; expected a letter, then letters, digits or _"
            )
    rows = values.pop("u", ())
    return State(rows, values)


def _value(x: Any, place: str, depth: int = 0) -> Any:
    """Numbers, and lists of them up to three deep: matrices and families of matrices."""
    if isinstance(x, Fraction):
        return x
    if isinstance(x, str):
        return entry(x, place)
    if not isinstance(x, list) or not x or depth > 3:
        raise BadInput(
            f"{place}: {shorten(json.dumps(x, default=str))}; expected a number, a matrix as rows,"
            " or a list of matrices"
        )
    return tuple(_value(y, f"{place}[{j}]", depth + 1) for j, y in enumerate(x, 1))


def time_of(time: Any) -> Fraction:
    """An exact time >= 0, also from text. Raises BadInput for a float, a bool, below 0."""
    found = number(time, "time") if isinstance(time, str) else time
    if isinstance(found, bool) or not isinstance(found, (int, Fraction)) or found < 0:
        raise BadInput(
            f"time {time!r}: expected an exact time >= 0, an int or a Fraction: write Fraction(1,"
            " 10) for 0.1"
        )
    return Fraction(found)


def given(at: Any) -> State:
    """Raises BadInput for numbers that are not exact."""
    if isinstance(at, State):
        return at
    if isinstance(at, str):
        return state_of(at)
    if isinstance(at, Mapping):
        values = {name: exact(x, str(name)) for name, x in at.items()}
        rows = values.pop("u", ())
        return State(rows, values)
    if isinstance(at, Sequence):
        rows = exact(at, "the state")
        if is_matrix(rows) and len({len(row) for row in rows}) == 1:
            return State(rows)
    raise BadInput(
        f"the state {at!r:.80}; expected rows of numbers, one for each layer, a mapping of names, a"
        " System, or a file"
    )


def exact(x: Any, place: str) -> Any:
    """Numbers from text, integers and fractions, and lists of these as tuples. Raises BadInput,
    with the place, for what is not exact.
    """
    if isinstance(x, str):
        return number(x, place)
    if isinstance(x, bool) or not isinstance(x, (int, Fraction, list, tuple)):
        raise BadInput(
            f"{place} = {x!r:.60} is not exact; expected an int, a Fraction or text: write"
            " Fraction(1, 10) for 0.1"
        )
    if isinstance(x, (list, tuple)):
        return tuple(exact(y, place) for y in x)
    return Fraction(x)
