"""Sentences about formulas that are decided have steps, or a witness, that the kernel accepts, also
where their letters have no sign.

The kind: a sentence that is decided and that the kernel is never asked about. Belonging to it:
inverse and broken powers of a letter without a sign, roots of what may be negative, exponentials
that are not 1, a rate that moves or is 0, a derivative that divides or is 0; and what is drawn.
"""

from __future__ import annotations

import pytest

from attack import languages
from attack.examine import built
from verify import Claim, Source
from verify.claims.conclusions.base import Conclusion
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.conclusions.sign import Sign
from verify.claims.request import Request
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.judge.stepped import NO_STEPS
from verify.models.formulas import Exp, Formulas, Letter, Power, Root
from verify.terms.expr import const, dot, num

X, Y, R, Q = (const(x) for x in "xyrq")
PLAIN = (Letter("x"), Letter("y"))
TURN = Formulas("a turn", PLAIN, (), {"x": Y, "y": -X})
UP = Formulas("x rises", PLAIN, (Exp("q", X), Root("r", X * X + 1)), {"x": num(1)})
ROOT = Formulas("a root", PLAIN, (Root("r", X + Y),), {"x": num(1), "y": -num(1)})
POWER = Formulas("a power", PLAIN, (Power("r", X, num(1) / 2),), {"x": X})
#: setting, conclusion, verdict: each true or false by hand
DECIDED: dict[str, tuple[Formulas, Conclusion, str]] = {
    "the inverse of a letter": (TURN, Equals(dot(1 / X), -Y / X**2), "PROVED"),
    "the inverse of a letter, false": (TURN, Equals(dot(1 / X), Y / X**2), "REFUTED"),
    "a broken power": (POWER, Equals(dot(R), R / 2), "PROVED"),
    "a broken power, false": (POWER, Equals(dot(R), R), "REFUTED"),
    "a root of what may be negative, false": (ROOT, Equals(R, X), "REFUTED"),
    "a rate that moves, false": (TURN, RateLaw(X, X), "REFUTED"),
    "a rate that is 0": (TURN, RateLaw(X**2 + Y**2, X - X), "PROVED"),
    "a derivative divides": (TURN, Equals(dot(Y) / dot(X), -X / Y), "PROVED"),
    "a derivative of a sum is 0": (TURN, Equals(dot(X**2 + Y**2), num(0)), "PROVED"),
    "an exponential": (UP, Equals(dot(X * Q), (X + 1) * Q), "PROVED"),
    "an exponential, false": (UP, Constant(Q / R), "REFUTED"),
    "an exponential has a sign": (UP, Sign(dot(Q + Q**2), ">"), "PROVED"),
}


@pytest.mark.parametrize("name", DECIDED)
def test_it_has_steps(name: str) -> None:
    setting, conclusion, verdict = DECIDED[name]
    claim = Claim("drawn", "drawn", setting, (), {"c": conclusion}, Source.own("draft"))
    (found,) = judge(claim, Request(numeric=False)).outcomes.values()
    assert found.verdict.name == verdict, found.reason
    assert found.steps is not None
    assert ("witness" in found.steps.body) == (verdict == "REFUTED")
    assert found.steps.statement.startswith("refuted" if verdict == "REFUTED" else "accepted")


def test_most_of_what_is_drawn_has_steps() -> None:
    """Of 200 draws more than 85 of 100 that have a normal form that is 0, or a place at which they
    fail; the campaign draws at the borders of what is defined, which is where the others lie.
    """
    kind, have, shown = languages.of("towers"), 0, 0
    for k in range(200):
        try:
            draw = kind.draw(languages.seeded("towers", 0, k))
            (found,) = kind.judged(built(draw.source)).outcomes.values()
        except BadInput:
            continue
        settled = found.verdict.name in ("PROVED", "REFUTED")
        assert settled == (found.steps is not None)
        have, shown = have + settled, shown + (settled or NO_STEPS in found.reason)
    print(f"{have} of {shown}")
    assert shown > 100 and have > 0.85 * shown
