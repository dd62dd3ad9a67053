"""Powers, logarithms of sums and arc tangents: combinations of them, and their slopes."""

from __future__ import annotations

from typing import Any

from verify.check_mirror.base import need, rational
from verify.check_mirror.rational import Fn
from verify.check_mirror.record import Record


def factor(r: Record, x: dict[str, Any]) -> Fn:
    """A coefficient, with a constant beside it."""
    found = r.number(rational(x["coefficient"]))
    if "factor" in x:
        own = r.read(x["factor"])
        exponents = (e for poly in (own.top, own.bottom) for e in poly)
        constant = all(not k or i == r.degree for e in exponents for i, k in enumerate(e))
        need(constant, "a factor that is no constant")
        found = found * own
    return found


def power(r: Record, x: dict[str, Any]) -> Fn:
    found = r.number(1)
    for i, e in zip(x["letters"], x["numbers"], strict=True):
        need(type(e) is int and abs(e) <= 99, "an exponent that is none")
        for _ in range(abs(e)):
            found = found * r.letter(i) if e > 0 else found / r.letter(i)
    return found


def whole(r: Record, terms: list[dict[str, Any]]) -> Fn:
    found = r.number(0)
    for x in terms:
        need(x["kind"] == "power", "c is no sum of powers")
        found = found + factor(r, x) * power(r, x)
    return found


def slopes_of(r: Record, terms: list[dict[str, Any]]) -> list[Fn]:
    """Of a combination of powers, logarithms of sums and arc tangents, by each parameter."""
    found = [r.number(0)] * r.n
    for x in terms:
        if x["kind"] == "power":
            own = r.derived(power(r, x))
        elif x["kind"] == "log":
            inside = r.number(0)
            for i, e in zip(x["letters"], x["numbers"], strict=True):
                need(type(e) is int, "a sum that is none")
                inside = inside + r.number(e) * r.letter(i)
            need(r.degree is not None or r.at(inside), "the logarithm of 0 at the start")
            own = [f / inside for f in r.derived(inside)]
        else:
            need(x["kind"] == "atan" and len(x["letters"]) == 1, "a function that is not known")
            y = r.letter(x["letters"][0])
            own = [f / (r.number(1) + y * y) for f in r.derived(y)]
        by = factor(r, x)
        found = [a + by * b if b.top else a for a, b in zip(found, own, strict=True)]
    return found
