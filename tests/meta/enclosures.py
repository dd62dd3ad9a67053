"""Certificates of enclosures for the tests: written by the engine, and written by hand from closed
forms.
"""

from __future__ import annotations

import copy
from fractions import Fraction
from functools import cache
from typing import Any

from benchmarks.problems import p5
from proofs.flows.matrix_flow import matrix_flow
from verify.integrate.system import LOG, System
from verify.integrate.validated import Validated
from verify.theories.enclosures.certificate import body_of, statement_of
from verify.theories.enclosures.facts import Fact

Json = Any
TENTH, CENT = Fraction(1, 10), Fraction(1, 100)


def logistic(x: Any, moment: Any) -> list:
    return [x[0] * (1 - x[0])]


def margins(x: Any, moment: Any) -> Any:
    """A loss: two margins of w = a b."""
    return sum((1 + (-(x[0] * x[1] * c)).exp()).log() for c in (Fraction(1), Fraction(1, 2)))


def roots(x: Any, moment: Any) -> Any:
    """A loss with a square root, a reciprocal and the clock."""
    return (
        (x[0] * x[0] + 1).power(Fraction(1, 2)) + x[0] / (x[1] + 2) + x[1] ** 2 / (moment.time + 3)
    )


def determinant(x: Any, moment: Any) -> Any:
    w = [
        [sum(x[4 + 2 * i + k] * x[2 * k + j] for k in range(2)) for j in range(2)] for i in range(2)
    ]
    return w[0][0] * w[1][1] - w[0][1] * w[1][0]


def first(x: Any, moment: Any) -> Any:
    return x[0]


COMPLETION = matrix_flow([[[TENTH, 0], [0, TENTH]]] * 2, {(0, 1): 1, (1, 0): 1, (1, 1): 0})
LOGISTIC = System("logistic", ("x",), (Fraction(1, 4),), field=logistic)
HALVES = (Fraction(1, 2), Fraction(1, 3))
#: name -> (system, horizon, facts); each is true
TRUE: dict[str, tuple[System, Fraction, list[Fact]]] = {
    "logistic": (
        LOGISTIC,
        Fraction(5),
        [Fact("x", first, "<", Fraction(1)), Fact("x", first, ">", Fraction(7, 20), Fraction(1))],
    ),
    "completion": (COMPLETION, Fraction(10), [Fact("det", determinant, ">", Fraction(0))]),
    "log clock": (
        p5(),
        Fraction(3),
        [Fact("w_1", "w_1", ">", TENTH), Fact("J", "J", ">", Fraction(0))],
    ),
    "loss": (
        System("loss", ("a", "b"), HALVES, loss=margins),
        Fraction(4),
        [Fact("a", first, ">", Fraction(1, 3))],
    ),
    "loss, log clock": (
        System("log", ("a", "b"), HALVES, loss=margins, clock=LOG),
        Fraction(4),
        [Fact("J", margins, ">", CENT / 10)],
    ),
    "roots": (
        System("roots", ("a", "b"), HALVES, loss=roots),
        Fraction(2),
        [Fact("J", roots, "<", Fraction(3, 2), Fraction(1, 7))],
    ),
}


@cache
def _written(name: str) -> Json:
    system, horizon, facts = TRUE[name]
    return body_of(
        name, [("from the start", system, Validated().run(system, horizon, 20, samples=2), facts)]
    )


def written(name: str) -> Json:
    """A fresh copy."""
    return copy.deepcopy(_written(name))


def restated(body: Json) -> Json:
    """With the statement that belongs to the parts as they are now."""
    return {**body, "statement": statement_of(body)}


def by_hand(
    slopes: list[str], nodes: list[str], x: list[str], mu: str, horizon: str = "1", **other: Json
) -> Json:
    """One link from 0 with h = 1 and 40 bits; starts 0, no facts."""
    names = ["x", "y", "z"][: len(x)]
    flow = {"kind": "field", "nodes": nodes, "outputs": slopes}
    link = {"end": horizon, "h": "1", "bits": 40, "x": x, "mu": mu}
    part = {
        "label": "by hand",
        "names": names,
        "start": ["0"] * len(x),
        "clock": "plain",
        "flow": flow,
        "horizon": horizon,
    }
    body = {
        "format": "flowlaw-enclosure",
        "version": 1,
        "claim": "by hand",
        "parts": [{**part, "links": [link], "facts": [], **other}],
    }
    return restated(body)


def fact(nodes: list[str], value: str, relation: str, bound: str, after: str = "0") -> Json:
    return {
        "name": "q",
        "words": "",
        "nodes": nodes,
        "value": value,
        "relation": relation,
        "bound": bound,
        "after": after,
    }
