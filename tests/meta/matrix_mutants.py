"""Small changes of sentences about matrices: a factor transposed or moved, an index shifted, a
constant or a mark changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

from verify.claims.conclusions.of_matrices import OfMatrices
from verify.models.matrices import Matrices
from verify.terms.affine import Affine
from verify.terms.matrices import Mat

_INDEXED = ("letter", "seq", "G", "H", "w")
_MARKS = {"H": ("T", "C"), "T": ("H", "C"), "C": ("H", "T")}


def changed(e: Mat) -> Iterator[tuple[str, Mat]]:
    """Every expression that differs from ``e`` in one node."""
    yield from _here(e)
    for n, x in enumerate(e.args):
        if isinstance(x, Mat):
            for what, y in changed(x):
                yield what, Mat(e.head, (*e.args[:n], y, *e.args[n + 1 :]))


def _here(e: Mat) -> Iterator[tuple[str, Mat]]:
    if e.head == "num" and e.args[0]:
        yield from (
            ("constant", Mat("num", (c,)))
            for c in (e.args[0] + 1, -e.args[0], e.args[0] * Fraction(1, 2))
        )
    if e.head == "*":
        yield "swap", Mat("*", e.args[::-1])
    if e.head == "+":
        yield "sign", Mat("+", (e.args[0], Mat("*", (Mat("num", (Fraction(-1),)), e.args[1]))))
    if e.head == "mark":
        yield from (
            ("conjugate" if m == "T" else "mark", Mat("mark", (m, e.args[1])))
            for m in _MARKS[e.args[0]]
        )
        yield "star dropped", e.args[1]
    if e.head in _INDEXED and isinstance(e.args[-1], Affine):
        yield from (("index", Mat(e.head, (*e.args[:-1], e.args[-1] + by))) for by in (1, -1))
    if e.head in ("letter", "G", "H", "w"):
        yield "transposed", Mat("mark", ("T", e))
    if e.head == "^":
        yield "exponent", Mat("^", (e.args[0], e.args[1] + 1))
    if e.head == "sum":
        over, first, last, body = e.args
        yield "first", Mat("sum", (over, first + 1, last, body))
        yield "last", Mat("sum", (over, first, last - 1, body))
    if e.head in ("H", "w") and e.args[0] in ("a", "b"):
        yield "family", Mat(e.head, ({"a": "b", "b": "a"}[e.args[0]], e.args[1]))


def conclusions(c: OfMatrices) -> Iterator[tuple[str, OfMatrices]]:
    """The same kind of sentence with one expression changed, or its first or last layer."""
    spec: Any = c
    for f in fields(spec):
        old = getattr(c, f.name)
        if isinstance(old, Mat):
            for what, new in changed(old):
                yield what, replace(spec, **{f.name: new})
        elif f.name in ("first", "less"):
            yield "range", replace(spec, **{f.name: old + 1})


def settings(s: Matrices) -> Iterator[tuple[str, Matrices]]:
    """The same motion with another objective."""
    motion: Any = s.motion
    if hasattr(motion, "objective"):
        for what, new in changed(motion.objective):
            yield f"objective: {what}", replace(s, motion=replace(motion, objective=new))
