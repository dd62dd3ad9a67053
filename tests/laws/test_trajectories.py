"""Claims about trajectories: what an enclosure decides, what it does not, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F

import pytest

from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Conserved, Grows, Tends, Throughout
from verify.claims.experiments import Contrast, Drift, Late
from verify.claims.hypotheses import Balanced
from verify.claims.hypotheses.start import AtStart
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput, EnginesDisagree
from verify.integrate.system import System
from verify.judge.decide import judge
from verify.models.flow import Flow
from verify.models.trajectories import Trajectories
from verify.terms.expr import num
from verify.theories.enclosures.enclosing import follow_start

QUICK = Request(digits=15)


def logistic(start: F = F(1, 4)) -> System:
    quantities = {
        "x": lambda x, moment: x[0],
        "1 - x": lambda x, moment: 1 - x[0],
        "pole": lambda x, moment: 1 / (x[0] - F(1, 2)),
    }
    return System(
        "logistic",
        ("x",),
        (start,),
        field=lambda x, moment: [x[0] * (1 - x[0])],
        quantities=quantities,
    )


def blowing_up() -> System:
    return System(
        "x' = x^2",
        ("x",),
        (F(1),),
        field=lambda x, moment: [x[0] ** 2],
        quantities={"x": lambda x, moment: x[0]},
    )


def claim(concluding: dict, **options) -> Claim:
    setting = options.pop("setting", None) or Trajectories(
        flow="x' = x (1 - x)",
        starts=options.pop("starts", {"x = 1/4": logistic}),
        horizon=options.pop("horizon", F(3)),
        contrary=options.pop("contrary", {}),
    )
    source = Source("0000.00000v1")
    return Claim(
        "a-claim", "a title", setting, options.pop("assuming", ()), concluding, source, **options
    )


def verdict_of(conclusion: Throughout, request: Request = QUICK, **options):
    report = judge(claim({"c": conclusion}, expected=Verdict.ENCLOSED, **options), request)
    return report.outcomes["c"].verdict, report


@pytest.mark.parametrize(
    ("conclusion", "expected"),
    [
        (Throughout("x", ">", F(6, 25)), Verdict.ENCLOSED),
        (Throughout("x", "<", F(1)), Verdict.ENCLOSED),
        (Throughout("x", ">", F(3, 10)), Verdict.REFUTED),  # fails at the start
        (Throughout("x", ">", F(3, 10), after=F(1)), Verdict.ENCLOSED),
        (Throughout("x", "<", F(1, 2)), Verdict.REFUTED),  # fails later
        (Throughout("1 - x", "<", F(3, 4)), Verdict.REFUTED),  # equal at the start, in fractions
    ],
)
def test_verdicts_are_those_of_the_closed_form(conclusion: Throughout, expected: Verdict) -> None:
    """x(t) = e^t/(3 + e^t): 1/4 at 0, increasing, 0.87 at 3."""
    assert verdict_of(conclusion)[0] is expected


@pytest.mark.parametrize(
    "beyond", ["for every start and at all times", "always", "x = 1", " ", "\u2200 x"]
)
def test_a_sentence_about_more_than_the_starts_is_not_accepted(beyond: str) -> None:
    """Words can't be enclosed: x' = -x from 1 stays above 1/100 up to 3, and not for ever."""
    with pytest.raises(BadInput, match="nothing beyond the listed starts"):
        Throughout("x", ">", F(1, 100), beyond=beyond)


@pytest.mark.parametrize("end", [F(5), F(50)])
@pytest.mark.parametrize(("sign", "relation"), [(1, "<"), (-1, ">")])
def test_an_attractor_is_approached_and_not_reached(end: F, sign: int, relation: str) -> None:
    """x' = 1 - x from 0 stays below 1, by e^-50 at the end: bounded locally, and printed as
    strictly as it is decided.
    """

    def relaxing() -> System:
        return System(
            "x' = 1 - x",
            ("x",),
            (F(0),),
            lambda x, m: [sign - x[0]],
            quantities={"x": lambda x, m: x[0]},
        )

    verdict, report = verdict_of(
        Throughout("x", relation, F(sign)),
        Request(digits=30),
        starts={"x = 0": relaxing},
        horizon=end,
    )
    reason = report.outcomes["c"].reason
    assert (
        verdict is Verdict.ENCLOSED and f"x {relation}= {sign}," not in reason and "0.99" in reason
    )
    assert (
        report.certificate is not None
        and f"{relation} {sign} for all" in report.certificate.statement
    )


def test_the_message_quotes_what_does_not_decide() -> None:
    """x(1) = e/(3 + e) to 40 digits: no enclosure at ten digits decides it, and the one that is
    quoted does not.
    """
    from mpmath import exp, mp

    with mp.workdps(60):
        bound = F(int(exp(3) / (3 + exp(3)) * 10**55), 10**55)
    found = follow_start("x = 1/4", logistic, F(3), {"c": Throughout("x", "<", bound)}, 10)
    reason = found.decided["c"].reason
    low, high = (F(x) for x in reason.split("the enclosure [")[1].split("]")[0].split(", "))
    assert found.decided["c"].holds is None and low < bound <= high


def test_exit_codes_and_certificates() -> None:
    good, bad = (verdict_of(Throughout("x", "<", bound))[1] for bound in (F(1), F(1, 2)))
    assert (good.exit, bad.exit) == (0, 1)
    for report in (good, bad):
        assert report.certificate is not None and not report.certificate.refusal
        assert "d/dt x = x*(1 + (-1)*x)" in report.certificate.statement
    refuted = claim({"c": Throughout("x", "<", F(1))}, expected=Verdict.REFUTED)
    assert judge(refuted, QUICK).exit == 1, "enclosed, though a refutation was expected"


def test_a_blow_up_is_undecided_and_says_when() -> None:
    verdict, report = verdict_of(
        Throughout("x", ">", F(0)), starts={"x = 1": blowing_up}, horizon=F(2)
    )
    assert verdict is Verdict.UNDECIDED and report.exit == 4
    assert "t = 1" in report.outcomes["c"].reason or "t = 0.99" in report.outcomes["c"].reason


def test_a_pole_of_the_quantity_is_undecided() -> None:
    verdict, report = verdict_of(Throughout("pole", "<", F(100)))
    assert verdict is Verdict.UNDECIDED and "pole" in report.outcomes["c"].reason


def test_precision_is_raised_until_it_decides() -> None:
    """Three digits cannot tell x(3) = e^3/(3 + e^3) from a bound 10^-15 above it."""
    from mpmath import exp, mp

    with mp.workdps(40):
        x = exp(3) / (3 + exp(3))
        bound = F(int((x + mp.mpf(10) ** -15) * 10**30), 10**30)
    found = follow_start("x = 1/4", logistic, F(3), {"c": Throughout("x", "<", bound)}, 3)
    assert found.decided["c"].holds and found.enclosure is not None and found.enclosure.digits > 3
    assert "plain balls agree" in found.checked


def test_two_enclosures_that_do_not_meet_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from verify.integrate import balls

    true_run = balls.PlainBalls.run

    def shifted(self, *arguments, **options):
        run = true_run(self, *arguments, **options)
        return replace(
            run, centres=tuple(tuple(x + F(1, 1000) for x in row) for row in run.centres)
        )

    monkeypatch.setattr(balls.PlainBalls, "run", shifted)
    with pytest.raises(EnginesDisagree, match="without a common point"):
        verdict_of(Throughout("x", "<", F(1)))


def test_needs_are_shown_by_enclosures() -> None:
    above = ("x = 2", lambda: logistic(F(2)))
    below_one = AtStart("below", "x", "<", F(1))
    report = judge(
        claim(
            {"c": Throughout("x", "<", F(1))},
            assuming=(below_one,),
            contrary={"below": above},
            expected=Verdict.ENCLOSED,
        ),
        QUICK,
    )
    assert [n.verdict for n in report.needed] == ["needed"] and report.verdict is Verdict.ENCLOSED
    without = judge(
        claim(
            {"c": Throughout("x", "<", F(1))},
            assuming=(below_one,),
            contrary={"below": above},
            expected=Verdict.ENCLOSED,
        ),
        replace(QUICK, without=("below",)),
    )
    assert without.verdict is Verdict.REFUTED and without.exit == 1 and without.dropped


def test_a_start_that_breaks_its_hypothesis_is_refused() -> None:
    with pytest.raises(BadInput, match="does not satisfy below"):
        judge(
            claim(
                {"c": Throughout("x", "<", F(3))}, assuming=(AtStart("below", "x", "<", F(1, 5)),)
            ),
            QUICK,
        )


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: Throughout("x", "="), "no equality"),
        (lambda: Throughout("x", ">", 0.5), "not exact"),  # type: ignore[arg-type]
        (lambda: claim({"c": Conserved(num(1))}), "conclusion"),  # type: ignore[arg-type]
        (lambda: claim({"c": Throughout("x", ">")}, assuming=(Balanced(),)), "hypothesis"),
        (lambda: claim({"c": Throughout("x", ">")}, setting=Flow()), "conclusion"),
        (lambda: claim({"c": Throughout("x", ">")}, horizon=F(0)), "time > 0"),
        (lambda: claim({"c": Throughout("x", ">")}, starts={}), "lists no starts"),
        (lambda: claim({"c": Throughout("x", ">")}, contrary={"ghost": ("a", logistic)}), "ghost"),
        (
            lambda: claim({"c": Throughout("x", ">")}, experiments=(Late("c", F(1), "one"),)),
            "measures",
        ),
        (lambda: claim({"c": Grows("x", F(1))}, experiments=(Contrast("c"),)), "measures"),
        (
            lambda: claim(
                {"c": Tends("x", F(1))}, experiments=(Drift("c", Conserved(num(1)), "x"),)
            ),
            "experiment",
        ),  # type: ignore[arg-type]
        (lambda: Contrast("c", "Euler"), "Euler"),
    ],
)
def test_what_is_not_well_formed_is_named(make, word: str) -> None:
    with pytest.raises(BadInput, match=word):
        make()


@pytest.mark.parametrize(
    ("request_", "word"),
    [
        (Request(depth=3), "--depth"),
        (Request(width=3), "--width"),
        (Request(loss="squared"), "--loss"),
        (Request(without=("ghost",)), "ghost"),
    ],
)
def test_options_of_networks_do_not_apply(request_: Request, word: str) -> None:
    with pytest.raises(BadInput, match=word):
        judge(claim({"c": Throughout("x", ">")}), request_)


def test_an_unknown_quantity_lists_the_known() -> None:
    with pytest.raises(BadInput, match="1 - x, pole, x"):
        judge(claim({"c": Throughout("y", ">")}), QUICK)


def test_without_numbers_nothing_is_decided() -> None:
    report = judge(
        claim({"c": Throughout("x", ">")}, expected=Verdict.ENCLOSED), Request(numeric=False)
    )
    assert report.verdict is Verdict.UNDECIDED and report.exit == 4


@pytest.mark.parametrize(
    ("exponent", "miss", "verdict"),
    [(F(-1, 2), F(-2, 5), Verdict.SUPPORTED), (F(-1, 4), F(-2, 5), Verdict.UNDECIDED)],
)
def test_rates_need_the_truth_inside_and_the_near_miss_outside(
    exponent: F, miss: F, verdict: Verdict
) -> None:
    def cubic() -> System:
        return System(
            "x' = -x^3",
            ("x",),
            (F(1),),
            field=lambda x, moment: [-(x[0] ** 3)],
            quantities={"x": lambda x, moment: x[0]},
        )

    made = claim(
        {"c": Grows("x", exponent)},
        starts={"x = 1": cubic},
        horizon=F(10**6),
        experiments=(Late("c", miss, "another"),),
        expected=Verdict.SUPPORTED,
    )
    assert judge(made, QUICK).verdict is verdict


@pytest.mark.parametrize(
    ("start", "end", "why"),
    ((F(1), F(3), "'s' nothing moves"), (F(1, 4), F(1, 10**199), "'s' nothing is seen to move")),
)
def test_a_flow_that_stands_still_is_vacuous(start: F, end: F, why: str) -> None:
    below, starts = Throughout("x", "<", F(2)), {"s": lambda: logistic(start)}
    verdict, report = verdict_of(below, starts=starts, horizon=end)
    assert verdict is Verdict.VACUOUS and report.exit == 4
    assert why in report.outcomes["c"].reason


def test_the_certificate_says_all_that_is_printed() -> None:
    """One conclusion refuted, one enclosed: both are facts, and what the reader refuses counts for
    neither.
    """
    both = claim(
        {"low": Throughout("x", "<", F(1, 2)), "high": Throughout("x", "<", F(1))},
        expected=Verdict.REFUTED,
    )
    report = judge(both, QUICK)
    assert [o.verdict for o in report.outcomes.values()] == [Verdict.REFUTED, Verdict.ENCLOSED]
    assert report.certificate is not None
    assert (
        "> 1/2" in report.certificate.statement
        and "< 1 for all 0 <= t <= 3" in report.certificate.statement
    )


def test_what_the_reader_refuses_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    from verify import check_enclosure

    def refuse(body):
        raise check_enclosure.Refused("for a test")

    monkeypatch.setattr(check_enclosure, "check", refuse)
    for conclusion in (Throughout("x", "<", F(1)), Throughout("x", "<", F(1, 2))):
        verdict, report = verdict_of(conclusion)
        assert (
            verdict is Verdict.UNDECIDED
            and "for a test" in report.outcomes["c"].reason
            and report.certificate is None
        )


@pytest.mark.parametrize(
    ("asked", "used"), [(12, "12 digits"), (18, "18 digits"), (50, "50 digits")]
)
def test_digits_that_are_asked_for_are_those_of_the_measurement(asked: int, used: str) -> None:
    late = (Late("c", F(9, 10), "nine tenths"),)
    made = claim(
        {"c": Tends("x", F(1))}, horizon=F(20), experiments=late, expected=Verdict.SUPPORTED
    )
    report = judge(made, Request(digits=asked))
    assert used in report.measured[0].text and report.parameters["digits"] == asked
