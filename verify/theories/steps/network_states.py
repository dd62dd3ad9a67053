"""Exact states of diagonal networks, as a certificate gives them, with what a claim's expressions
are worth there.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from verify.claims.conclusions.inequality import shape_of
from verify.claims.sentence import Sentence
from verify.exact.errors import NotGeneric
from verify.exact.rings import Exact, Inexact
from verify.models.jets import Motion
from verify.models.point import Point
from verify.terms.expr import Expr, after, dot, q, u
from verify.theories.steps import asked
from verify.theories.steps.forms import Data, Forms, data
from verify.theories.steps.networks import conclusion, uses_root


def _values(sentence: Sentence, point: Point, forms: Forms) -> dict[str, Data]:
    here = Motion(point, Exact(), 0, decay=sentence.setting.decay, balanced=sentence.balanced)
    values: dict[str, Data] = {
        "u": [[str(x) for x in row] for row in point.start],
        "J": str(here.loss().c[0]),
        "g": [str(x.c[0]) for x in here.g],
        **_stepped(forms, here),
    }
    if uses_root(sentence):
        values["q"] = [str(here.root(i).c[0]) for i in range(point.width)]
    return values


def _stepped(forms: Forms, here: Motion) -> dict[str, Data]:
    """What is given of the state after a step."""
    point, found = here.point, dict[str, Data]()
    layers, places = range(1, point.depth + 1), range(1, point.width + 1)

    def value(x: Expr, at: Mapping[str, int]) -> str:
        return str(here.value(after(x), at).c[0])

    if forms.after:
        found["v"] = [[value(u["l", "i"], {"l": l, "i": i}) for i in places] for l in layers]
    if "p" in forms.after:
        found["p"] = [value(q["i"], {"i": i}) for i in places]
    return found


def _bounds(rule: str, point: Point) -> dict[str, Data]:
    """The squares of the layers: largest and smallest, or their sums."""
    squares = [[x * x for x in row] for row in point.start]
    if rule == "HOLDER":
        return {"norm": [str(sum(x)) for x in squares]}
    columns = [*zip(*squares, strict=True)]
    return {name: [str(of(x)) for x in columns] for name, of in (("hi", max), ("lo", min))}


def instance(sentence: Sentence, point: Point) -> dict[str, Data]:
    """An exact state, with the value and gradient that the loss has there. Raises NotGeneric where
    one of them is no fraction, or is not defined.
    """
    forms, bound = Forms(), shape_of(sentence.conclusion)
    if bound is None:
        conclusion(sentence, forms)
    try:
        values = _values(sentence, point, forms)
    except (Inexact, ZeroDivisionError) as error:
        raise NotGeneric(f"no point in fractions: {error}") from None
    values |= _bounds(bound[0], point) if bound else {}
    values |= data(forms, point)
    for c in sentence.declared():
        if c not in ("L", "n"):
            values[c] = str(point.constants[c])
    return {
        "integers": {"L": point.depth},
        "sets": {"coord": point.width},
        "families": {},
        "values": values,
    }


def here(sentence: Sentence, point: Point) -> asked.Here:
    """An exact state with what the claim's expressions are worth there, by a Taylor jet. Raises
    NotGeneric.
    """
    own, e = sentence.setting, sentence.conclusion.expressions()
    kind = sentence.conclusion.kind
    stated = [e[0], dot(e[0]), *e[1:]]
    if kind in ("equation", "inequality"):
        stated = [*e] if kind == "equation" else [*e[::-1]]  # the larger side comes first
    try:
        motion = Motion(point, Exact(), 2, decay=own.decay, balanced=sentence.balanced)
    except (Inexact, ZeroDivisionError, OverflowError) as why:  # the loss has no value there
        raise NotGeneric(str(why)) from None

    def values(at: Mapping[str, int]) -> list[Fraction | None]:
        try:
            return [motion.value(x, at).c[0] for x in stated]
        except (Inexact, ZeroDivisionError, OverflowError):
            return [None] * len(stated)

    return asked.Here(instance(sentence, point), values)
