"""SUPPORTED has to be earned: independent losses and starts, near misses that are near, enough
samples, options that have an effect.

The kinds: (C1) nothing is SUPPORTED without a near miss that the same run rejected; (C2) a sentence
about every loss and start is not supported by one of them; (C3) a near miss far away, and two
samples, are accepted; (C4) an option changes nothing and is taken all the same. To them belong
every kind of experiment (slope, limit, compare at samples, late), both directions of a near miss,
losses that are one loss under two names, starts that are one start twice, and seeds and digits that
are not used.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest

from proofs import CLAIMS
from proofs.sources import DERIVED
from verify.claims.claim import Claim
from verify.claims.conclusions import Order
from verify.claims.experiments import Late, Slope
from verify.claims.hypotheses import Homogeneous
from verify.claims.request import Request
from verify.claims.sentence import Sentence
from verify.claims.verdict import Verdict
from verify.exact.rings import Real
from verify.judge.decide import judge
from verify.models import Step
from verify.models.losses import family
from verify.terms.expr import total, u, w
from verify.theories.measure.independent import LOSSES, STARTS, independent
from verify.theories.measure.limit import _sine as off
from verify.theories.measure.rates import Rate, is_near, judged
from verify.theories.measure.slope import at

F = Fraction
BY_ID = {c.id: c for c in CLAIMS}
NORM = total("i", u["l", "i"] ** 2)
SIZE = total("i", w["i"] ** 2)


def stated(conclusion, assuming=(), **options) -> Claim:
    return Claim(
        "a-claim",
        "a title",
        Step(),
        assuming,
        {"c": conclusion},
        DERIVED,
        experiments=(Slope("c"),),
        **options,
    )


@cache
def order(exponent: F, *assuming, loss: str | None = None, seed: int = 0, digits: int = 30):
    return judge(
        stated(Order(NORM, exponent), assuming),
        Request(loss=loss, seed=seed, digits=digits, depth=2),
    )


def test_one_loss_does_not_support_all() -> None:
    """Without scale invariance the flow itself changes the norm: order 0, which only other losses
    than the default show.
    """
    report = order(F(1))
    assert report.verdict is Verdict.UNDECIDED
    assert {m.status for m in report.measured} >= {"contradicts"} or {
        m.status for m in report.measured
    } >= {"inconclusive"}


def test_several_losses_and_starts_are_named() -> None:
    outcome = order(F(1), Homogeneous()).outcomes["c"]
    assert outcome.verdict is Verdict.SUPPORTED and not outcome.about
    assert f"{LOSSES} losses (" in outcome.scope and f"{STARTS} starts of each" in outcome.scope
    shown = [m.text.split(";")[0] for m in order(F(1), Homogeneous()).measured]
    assert len(shown) == LOSSES * STARTS and len(set(shown)) == LOSSES
    assert all(text in outcome.scope for text in shown), "which losses these are"


@pytest.mark.parametrize("exponent", [F(9, 10), F(2)])
def test_other_orders_are_not_supported(exponent: F) -> None:
    assert order(exponent, Homogeneous()).verdict is Verdict.UNDECIDED


def test_a_named_loss_belongs_to_the_sentence() -> None:
    report = order(F(1), Homogeneous(), loss="fraction")
    outcome = report.outcomes["c"]
    assert outcome.verdict is Verdict.SUPPORTED and "1 loss (" in outcome.scope
    assert (
        outcome.about == "for J = w_1/(w_1 + w_2)"
        and outcome.about in outcome.stated
        and outcome.about in report.statement
    )


def test_losses_and_starts_differ() -> None:
    """The same loss under two names is one loss, and a start counts once; every start satisfies
    what is assumed.
    """
    sentence = Sentence(Step(), (Homogeneous(),), "c", Order(NORM, F(1)))
    for seed in range(4):
        found = independent(sentence, (2, 2), Request(seed=seed), [])
        assert (
            not found.missing
            and len({(p.loss.text, p.start) for p in found.points}) == LOSSES * STARTS
        )
        assert (
            sum(
                "w_1/(w_1 + w_2)" in t or "w_1^1/(w_1 + w_2)" in t
                for t in {p.loss.text for p in found.points}
            )
            <= 1
        )
        assert all(
            sentence.violated(replace(p, constants={"eta": F(1)})) is None for p in found.points
        )
    given = family("fraction").build(2, lambda: F(1))
    assert (
        len(
            {
                p.start
                for p in independent(sentence, (2, 2), Request(loss="fraction"), [given]).points
            }
        )
        == LOSSES
    )


def test_a_given_start_is_the_only_one_and_said() -> None:
    start = ((F(1), F(2)), (F(3, 2), F(1)))
    report = judge(stated(Order(NORM, F(1)), (Homogeneous(),)), Request(start=start, digits=30))
    assert "from the start u_1 = (1, 2), u_2 = (3/2, 1)" in report.outcomes["c"].about
    assert all("u_1 = (1, 2), u_2 = (3/2, 1)" in m.text for m in report.measured)


def test_seed_and_digits_have_an_effect() -> None:
    sentence = Sentence(Step(), (Homogeneous(),), "c", Order(NORM, F(1)))
    drawn = [independent(sentence, (2, 2), Request(seed=seed), []).points for seed in (0, 1)]
    assert not {p.start for p in drawn[0]} & {p.start for p in drawn[1]}
    (few,), (many,) = (
        at(Slope("c"), sentence.conclusion, drawn[0][:1], digits) for digits in (12, 30)
    )
    assert "12 digits" in few.text and float(few.numbers["floor"]) > 1e6 * float(
        many.numbers["floor"]
    )


RATE = Rate(1.0, 1e-6, 1e-20, 20, (1.0, 10.0), 5.0)


@pytest.mark.parametrize("expected", [F(1), F(-2), F(1, 3), F(0), F(40)])
@pytest.mark.parametrize("unit", [F(0), F(1), F(1, 100)])
def test_near_is_within_a_tenth(expected: F, unit: F) -> None:
    """Of the number itself, or of the unit where that is larger: exponents 1, values what moved,
    rates of decay nothing else.
    """
    size = max(abs(expected), unit) / 10
    for sign in (1, -1):
        assert is_near(expected, expected + sign * size, unit) and not is_near(
            expected, expected + sign * size * F(101, 100) + sign * F(1, 10**9), unit
        )


@pytest.mark.parametrize("miss", [F(21, 20), F(11, 10), F(9, 10), F(6, 5), F(2), F(1, 2)])
def test_only_a_near_miss_that_is_near_supports(miss: F) -> None:
    found = judged(RATE, F(1), miss, what="a rate", named="another", conclusion="c")
    assert found.status == ("agrees" if abs(miss - 1) <= F(1, 10) else "inconclusive")
    assert ("is not near" in found.text) is (found.status != "agrees")


LATE = [(c, e) for c in CLAIMS for e in c.experiments if isinstance(e, Late)]


@pytest.mark.parametrize(("claim", "late"), LATE, ids=[f"{c.id}-{e.conclusion}" for c, e in LATE])
def test_the_shipped_near_misses_are_near(claim, late) -> None:
    """Of values that tend to 0 the scale is known in the run alone; the verdict of the claim shows
    it.
    """
    conclusion = claim.concluding[late.conclusion]
    stated_number = next(
        getattr(conclusion, n) for n in ("exponent", "rate", "value") if hasattr(conclusion, n)
    )
    unit = {"grows": 1, "decays": 0, "tends": 0}[conclusion.kind]
    assert is_near(stated_number, late.near_miss, unit) or (
        conclusion.kind == "tends" and stated_number == 0
    )


@pytest.mark.parametrize("side", [1, -1])
def test_the_limit_direction_has_a_side(side: int) -> None:
    """The angle to a line was measured: w close to -v passed for v. Refused, and v passes."""
    real = Real(20)
    v = [real.number(F(x)) for x in (1, 2, -3)]
    w = [real.number(F(side * x)) for x in (1, 2, -3)]
    assert (off(w, v) < real.number(F(1, 10**9))) is (side == 1)
    assert (off(w, v) > real.number(F(1))) is (side == -1)
