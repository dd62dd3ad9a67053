"""Expressions, indices and relations as the JSON of a certificate."""

from __future__ import annotations

from typing import Any

from verify.terms.affine import Affine
from verify.terms.matrices import Mat
from verify.terms.relation import Equal


def encode(e: Mat) -> list:
    """[head, argument, ..]: a number is a string, an index or exponent is {"": constant, variable:
    coefficient}, None is null.
    """
    return [e.head, *(_argument(x) for x in e.args)]


def _argument(x: Any) -> Any:
    if isinstance(x, Mat):
        return encode(x)
    if isinstance(x, Affine):
        return spot(x)
    return x if x is None or (isinstance(x, (int, str)) and not isinstance(x, bool)) else str(x)


def spot(x: Affine | None) -> dict | None:
    """An index as JSON: its constant under the empty name, then the factor of each name."""
    return None if x is None else {"": x.const, **dict(x.terms)}


def relation(e: Equal) -> dict:
    """A relation as JSON: both sides, and the layers for which it holds."""
    return {"left": encode(e.left), "right": encode(e.right), "first": e.first, "less": e.less}
