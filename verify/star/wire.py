"""Expressions, indices, relations and steps as the JSON of a certificate."""

from __future__ import annotations

from typing import Any

from verify.star.affine import Affine
from verify.star.expr import Mat
from verify.star.relation import Equal
from verify.star.rewrite import Cofactor


def encode(e: Mat) -> list:
    """[head, argument, ..]: a number is a string, an index or exponent is {"": constant, variable: coefficient}, None is null."""
    return [e.head, *(_argument(x) for x in e.args)]


def _argument(x: Any) -> Any:
    if isinstance(x, Mat):
        return encode(x)
    if isinstance(x, Affine):
        return spot(x)
    return x if x is None or (isinstance(x, (int, str)) and not isinstance(x, bool)) else str(x)


def spot(x: Affine | None) -> dict | None:
    return None if x is None else {"": x.const, **dict(x.terms)}


def relation(e: Equal) -> dict:
    return {"left": encode(e.left), "right": encode(e.right), "first": e.first, "less": e.less}


def step(s: Cofactor) -> dict:
    """Ranges as [variable, first, N - last]."""
    return {
        "c": str(s.c),
        "relation": s.relation,
        "part": s.part,
        "at": spot(s.at),
        "mark": s.mark,
        "left": _word(s.left),
        "right": _word(s.right),
        "scalars": [[n, spot(i), spot(e)] for (n, i), e in s.scalars],
        "trace": s.trace,
        "ranges": [[n, low + 1, high] for n, low, high, _, _ in s.ranges],
    }


def _word(w: tuple) -> list:
    return [[n, spot(i), m, spot(e)] for n, i, m, e in w]
