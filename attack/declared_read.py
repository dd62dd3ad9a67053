"""Declared letters: what a certificate of the kernel states, at exact states of ours; it has to be
what was drawn, and as it is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

from attack.claims import Draw
from attack.declared_values import Beyond, State, drawn, fails, flowing, gap, indices


def admits(draw: Draw, scope: str, stated: str, checked: str) -> list[str]:
    return [draw.why]


def misprints(draw: Draw, report: Any, rng: Random) -> Iterator[str]:
    """The certificate has the values of what was drawn, and its sentence is the one on the screen:
    each letter with its indices, each weight, each sum.
    """
    setting, own = draw.said["setting"], draw.said["stated"]
    text = report.outcomes["c"].sentence.conclusion.render()
    for x, y in setting["letters"].items():
        if x in repr(own) and y["role"] == "parameter":
            at = ",".join(y["for"])
            name = f"{x}_{at}" if len(at) == 1 else f"{x}_({at})"
            if name not in text:
                yield f"{text!r}: {name} is missing"
    if text.count("sum_") != repr(own).count("'sum'"):
        yield f"{text!r}: another number of sums"
    if report.certificate is None:
        return
    (found,) = report.certificate.body["conclude"].values()
    if found["kind"] != own["kind"]:
        yield f"{found['kind']}, and not {own['kind']}"
        return
    for _ in range(2):
        here = drawn(setting, rng)
        for env in indices(own["for"], here.sets):
            if gap(found, env, here) != gap(own, env, here):
                yield f"the certificate has another value than what was drawn at {env}"
                return


def wrong(draw: Draw, body: dict, statement: str, rng: Random) -> str:
    """Why an accepted certificate is false; "" where that is not seen, or not read here."""
    try:
        setting = body["setting"]
        if body["assume"] or setting["integers"] or setting["families"]:
            return ""
        for stated in body["conclude"].values():
            if "witness" not in body:
                if why := fails(setting, stated, rng, 2):
                    return f"accepted, and false: {why}"
            elif not _violated(setting, stated, body["witness"]):
                return "a witness at which it holds"
    except Beyond:
        return ""
    return ""


def _violated(setting: Any, stated: Any, point: Any) -> bool:
    sets = point["sets"]
    here = State(sets, {})
    for x, v in point["values"].items():
        _spread(x, (), v, here)
    here = flowing(setting, here)
    return any(gap(stated, env, here) for env in indices(stated.get("for", {}), sets))


def _spread(x: str, at: tuple[int, ...], v: Any, here: State) -> None:
    if isinstance(v, list):
        for k, y in enumerate(v):
            _spread(x, (*at, k), y, here)
    else:
        here.values[x, at] = Fraction(v)
