"""``verify value``: what is asked for, the state, and the answer on the screen or as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

from verify.claims.request import Request
from verify.commands.claim import read_data
from verify.commands.options import positive
from verify.exact.errors import BadInput, NoValue
from verify.library.registry import leave_out
from verify.process.channel import emit, part, tell
from verify.process.exits import UNSETTLED
from verify.values.asked import asked
from verify.values.evaluate import MOST_DIGITS, value
from verify.values.record import Value


def tell_value(left_out: dict[str, str], expression: str, form: str, **o: Any) -> int:
    """Exit code 0 with an answer, 4 where there is none, with the reason. Raises BadInput."""
    leave_out(left_out)
    digits = None if o["digits"] is None else positive("--digits", o["digits"], MOST_DIGITS)
    part(f"{expression:.60} and its state are read")
    question = asked(expression, o["at"])
    loss = _loss(o["loss"], o["data"], o["label"], tuple(o["drop"]))
    part(f"the value of {expression:.60}")
    given = partial(
        value, question.expression, question.at, setting=question.setting, digits=digits
    )
    try:
        found = given(loss=loss, derivative=o["derivative"], time=o["time"])
        if loss is not None and not o["derivative"] and o["time"] is None:
            _depends(found, given, "--loss" if o["data"] is None else "--data")
    except NoValue as why:
        tell(f"verify: no value: {why}")
        return UNSETTLED
    if digits is not None and all(
        isinstance(v.exact, Fraction) for v in ([v for _, v in found.parts] or [found])
    ):
        tell(f"verify: --digits {digits} had no effect: the value is exact")
    found = replace(found, at=f"{found.at}{question.note}")
    emit(_json(data(found)) if form == "json" else screen(found))
    return 0


def _loss(loss: str | None, data: str | None, label: str | None, drop: tuple[str, ...]) -> Any:
    scatter = read_data(data, label, drop)
    if scatter is None:
        return loss

    return Request(loss=loss, scatter=scatter).losses(len(scatter.columns), "ratio")[0]


def _depends(found: Value, given: Callable[[], Value], option: str) -> None:
    """Raises BadInput where the value at a state is the same without a loss: the option says
    nothing about it.
    """
    try:
        without = given()
    except (BadInput, NoValue):
        return
    if [v.text for _, v in without.parts] == [
        v.text for _, v in found.parts
    ] and without.text == found.text:
        raise BadInput(
            f"{option} has no effect: {found.of} at a state does not depend on it; ask for"
            " --derivative or --time, or leave it out"
        )


def screen(found: Value) -> str:
    """A few lines of text."""
    lines = [f"{found.of} = {found.text}"]
    if found.parts:
        width = max(len(name) for name, _ in found.parts)
        lines = [found.of, *(f"  {name:{width}}    {v.text}" for name, v in found.parts)]
    return "\n".join([*lines, f"  at  {found.at}"]) + "\n"


def data(found: Value) -> dict[str, Any]:
    """As JSON: exact numbers as text, the enclosure by midpoint and radius."""
    own = {"exact": _exact(found.exact), "enclosure": _enclosure(found), "text": found.text}
    if found.parts:
        own = {"values": [{"index": _index(name), **_bare(v)} for name, v in found.parts]}
    return {"expression": found.of, "at": found.at, **own}


def _bare(found: Value) -> dict[str, Any]:
    return {"exact": _exact(found.exact), "enclosure": _enclosure(found), "text": found.text}


def _index(text: str) -> dict[str, int]:
    return {name: int(number) for name, number in re.findall(r"(\S+) = ([0-9]+)", text)}


def _enclosure(found: Value) -> dict[str, str] | None:
    return (
        None
        if found.enclosure is None
        else dict(zip(("midpoint", "radius"), map(str, found.enclosure), strict=True))
    )


def _exact(x: Any) -> Any:
    """A number as text; a matrix as rows, complex entries as [real, imaginary]."""
    if x is None or isinstance(x, (list, tuple)):
        return None if x is None else [_exact(y) for y in x]
    return str(x)


def _json(body: dict[str, Any]) -> str:
    return json.dumps(body, indent=1, ensure_ascii=True, allow_nan=False) + "\n"
