"""The mirror map of a monomial m = c prod_j u_j^(k_j) whose letters occur in no other term.

    h = -(1/(2 c)) int_0^oo f ds,  f = prod_j (u_j^2 + k_j s)^(-k_j/2),  sum_j k_j >= 3.

Along X = grad m, (u_j^2)' = 2 k_j m, so that X moves s by 2 m, and X h = c prod_j u_j^(k_j)/m = 1.
f falls and is convex: on an interval its integral lies between the midpoint rule and the trapezoid
rule, and beyond the last one between those of powers of s.
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import exp, log
from typing import Any

from verify.check_mirror.base import need, rational
from verify.check_mirror.record import Record

PARTS, SLACK = 6000, 1e-9  # intervals; rounding of doubles, relative
FAR = 10**60  # letters beyond it are not read
BALL = r"\[?(-?[0-9.]+(?:e[+-]?[0-9]+)?)(?: \+/- ([0-9.]+(?:e[+-]?[0-9]+)?))?\]?"


def integral_said(r: Record, members: list[int], b: dict[str, Any]) -> str:
    """What was checked of the integral; empty where there is none."""
    if b["integral"] is None:
        return ""
    x = b["integral"]
    letters, powers, c = x["letters"], x["exponents"], rational(x["coefficient"])
    need(len(members) == 1 and r.degree is None, "an integral for more than one output")
    f = r.outputs[members[0]]
    need(list(f.bottom) == [r.zero], "an integral for what is no polynomial")
    need(
        len(letters) == len(powers) == len(set(letters))
        and all(type(i) is int and 0 <= i < r.n for i in letters)
        and all(type(k) is int and k >= 1 for k in powers) and sum(powers) >= 3,
        "a monomial that is none",
    )  # fmt: skip
    own = tuple(dict(zip(letters, powers, strict=True)).get(i, 0) for i in range(r.count))
    need(f.top.get(own) == c * f.bottom[r.zero], "a monomial that the output has not")
    need(not any(e[i] for e in f.top if e != own for i in letters), "a letter that is shared")
    need(all(i not in g for g in r.rates[r.n :] for i in letters), "a letter that is shared")
    need(all(r.weights[i] == 1 for i in letters), "a metric that is not 1")
    start = [r.start[i] for i in letters]
    need(all(u is not None and u > 0 for u in start), "a letter that is not positive at the start")
    near = all(u is None or 1 < u * FAR < FAR**2 for u in start)
    need(near, "an integral whose letters are too large or too small to be read")
    low, high = bounds([float(u * u) for u in start if u], powers)
    low, high = sorted(-v / (2 * float(c)) for v in (low, high))
    found = re.fullmatch(BALL, x["at_start"]) if isinstance(x["at_start"], str) else None
    need(found, "a value that is no ball")
    assert found is not None
    middle, radius = float(found[1]), float(found[2] or 0)
    need(low <= middle <= high and radius <= abs(middle) / 10**6, "another value at the start")
    return f"h an integral with value {middle:.4g} at the start"


def bounds(squares: list[float], powers: list[int]) -> tuple[float, float]:
    """Of the integral from below and above."""

    def at(s: float) -> float:
        return exp(-sum(k * log(u + k * s) for u, k in zip(squares, powers, strict=True)) / 2)

    whole = sum(powers) / 2 - 1
    first, last = min(squares) / max(powers) * 1e-5, 1e5 * max(squares)
    ratio = log(last / first) / PARTS
    ends = [0.0, *(first * exp(i * ratio) for i in range(PARTS)), last]
    low = high = 0.0
    for a, b in pairwise(ends):
        low += (b - a) * at((a + b) / 2)
        high += (b - a) * (at(a) + at(b)) / 2
    scale = exp(-sum(k * log(k) for k in powers) / 2)
    most = max(u / k for u, k in zip(squares, powers, strict=True))
    low += scale * (last + most) ** -whole / whole
    high += scale * last**-whole / whole
    return low * (1 - SLACK), high * (1 + SLACK)
