"""What ``verify doctor`` asks of the engines: a closed form, an enclosure of the truth, a falsehood
that it excludes, a forgery.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from fractions import Fraction
from importlib.util import find_spec

from verify import check_enclosure
from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Throughout
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.integrate.system import Moment, Scalar, System
from verify.judge.decide import judge
from verify.models.trajectories import Trajectories

_REQUEST = Request(digits=20)


def logistic() -> System:
    """x = e^t/(3 + e^t)."""

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        return [x[0] * (1 - x[0])]

    return System(
        "x' = x (1 - x)", ("x",), (Fraction(1, 4),), field, quantities={"x": lambda x, moment: x[0]}
    )


def below(bound: Fraction) -> Claim:
    setting = Trajectories("x' = x (1 - x)", {"x = 1/4": logistic}, Fraction(3))
    return Claim(
        "planted",
        "planted",
        setting,
        (),
        {"below": Throughout("x", "<", bound)},
        Source("0000.00000v1"),
    )


def examinations() -> Iterator[tuple[str, bool]]:
    """(what was asked and answered, whether the answer is right)."""
    true, false = (judge(below(bound), _REQUEST) for bound in (Fraction(1), Fraction(1, 2)))
    yield (
        f"x' = x (1 - x) from 1/4 stays below 1/2 up to t = 3: {false.verdict.name}",
        false.verdict is Verdict.REFUTED,
    )
    yield f"the same, below 1, which is true: {true.verdict.name}", true.verdict is Verdict.ENCLOSED
    if true.certificate is None:
        yield "no certificate of an enclosure was written", False
        return
    forged = copy.deepcopy(true.certificate.body)
    forged["parts"][0]["start"] = ["26/100"]
    try:
        check_enclosure.check(forged)
    except check_enclosure.Refused as refusal:
        yield f"its certificate from another start: refused, {refusal}"[:100], True
    else:
        yield "its certificate from another start: accepted", False


def extras() -> str:
    """Which optional engines and pictures are there."""
    there = {"fast": "numba", "heyoka": "heyoka", "plot": "matplotlib", "gmpy2": "gmpy2"}
    return ", ".join(
        f"{name} {'installed' if find_spec(package) else 'not installed'}"
        for name, package in there.items()
    )
