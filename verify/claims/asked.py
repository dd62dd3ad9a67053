"""The options of a run as values of Python, each checked and named."""

from __future__ import annotations

from dataclasses import fields
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.exact.kinds import FORMULA, flag, words


def request_of(options: dict[str, Any]) -> Request:
    """The options of a run. Raises BadInput naming the option, its value and what was expected."""
    given = dict(options)
    if "sizes" in given:
        given["dims"] = given.pop("sizes")
    names = sorted({f.name for f in fields(Request)} - {"dims"} | {"sizes"})
    for name in given:
        if name not in names and name != "dims":
            near = get_close_matches(name, names, 1)
            raise BadInput(
                f"option {name!r}:"
                f" {f'did you mean {near[0]}?' if near else 'the options are: ' + ', '.join(names)}"
            )
    given = {name: value for name, value in given.items() if value is not None}
    for name, value in given.items():
        given[name] = _read(name, value)
    return Request(**given)


def _read(name: str, value: Any) -> Any:
    if name in ("depth", "width", "digits", "seed"):
        if type(value) is not int or value < (name != "seed"):
            raise BadInput(
                f"{name}={value!r}: expected a whole number from {int(name != 'seed')} on"
            )
    if name in ("cited", "numeric"):
        return flag(name, value)
    if name == "loss":
        return words(name, value, FORMULA)
    if name == "scatter" and not hasattr(value, "constant_columns"):
        expected = "expected what verify.models.data.read_scatter returns"
        raise BadInput(f"scatter={value!r:.60}: {expected}")
    if name == "without":
        return _names(value)
    if name in ("expect", "at_least"):
        return _verdict(name, value)
    if name == "horizon":
        if isinstance(value, (bool, float)) or not isinstance(value, (int, Fraction)) or value <= 0:
            raise BadInput(f"horizon={value!r}: expected an exact time > 0, an int or a Fraction")
        return Fraction(value)
    if name == "dims" and (
        not isinstance(value, (tuple, list))
        or any(type(d) is not int or d < 1 for d in value)
        or len(value) < 2
    ):
        raise BadInput(
            f"sizes={value!r}: expected (d_0, d_1, ..., d_N), two or more whole numbers from 1 on"
        )
    if name == "start":
        return _start(value)
    return tuple(value) if name == "dims" else value


def _names(value: Any) -> tuple[str, ...]:
    found = (value,) if isinstance(value, str) else value
    if not isinstance(found, (tuple, list)) or not all(isinstance(x, str) for x in found):
        raise BadInput(f"without={value!r:.60}: expected ids of hypotheses in quotes")
    return tuple(found)


def _verdict(name: str, value: Any) -> Verdict:
    known = {v.name: v for v in Verdict if v is not Verdict.UNDECIDED}
    wanted = value.name if isinstance(value, Verdict) else str(value).upper()
    if wanted not in known:
        raise BadInput(f"{name}={value!r}: expected one of {', '.join(known)}")
    return known[wanted]


def _start(value: Any) -> tuple[tuple[Fraction, ...], ...]:
    exact = isinstance(value, (tuple, list)) and all(
        isinstance(row, (tuple, list)) for row in value
    )
    if (
        not exact
        or not value
        or any(
            isinstance(x, (bool, float)) or not isinstance(x, (int, Fraction))
            for row in value
            for x in row
        )
    ):
        raise BadInput(
            f"start={value!r:.60}: expected a row of ints or Fractions for each layer, such as [[1,"
            " 2], [3, 4]]"
        )
    if len({len(row) for row in value}) > 1 or not value[0]:
        raise BadInput(f"start={value!r:.60}: each layer needs the same width")
    return tuple(tuple(map(Fraction, row)) for row in value)
