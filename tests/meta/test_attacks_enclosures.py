"""Attacks on claims about trajectories: each test says what is right. The marked ones are limits of
what a finite window shows.
"""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import pytest

from verify import check_enclosure as reader
from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Grows, Tends, Throughout
from verify.claims.evidence import Report
from verify.claims.experiments import Contrast, Late
from verify.claims.hypotheses.start import AtStart
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.integrate.system import LOG, Clock, System, retimed
from verify.judge.decide import judge
from verify.models.trajectories import Trajectories
from verify.theories.enclosures.certificate import statement_of

QUICK = Request(digits=15)
BELOW = AtStart("below", "x", "<", F(1))


def hole(reason: str) -> Any:
    return pytest.mark.xfail(strict=True, reason=reason)


def system(field: Any, *start: Any, **options: Any) -> System:
    quantities = options.pop("quantities", {"x": lambda x, moment: x[0]})
    names = options.pop("names", tuple("xyzw"[: len(start)]))
    return System("a system", names, start, field=field, quantities=quantities, **options)


def growing(start: Any = F(1, 4)) -> System:
    return system(lambda x, moment: [x[0]], start)


def ticking(quantity: Any, name: str = "q") -> System:
    """x = 1 + t, and a quantity of it."""
    return system(lambda x, moment: [1], F(1), quantities={name: lambda x, moment: quantity(x[0])})


def judged(
    build: Any, conclusion: Any, horizon: Any = F(1), request: Request = QUICK, **options: Any
) -> Report:
    starts = options.pop("starts", {"a": build})
    setting = Trajectories(
        flow="a flow", starts=starts, horizon=horizon, contrary=options.pop("contrary", {})
    )
    expected = Verdict.ENCLOSED if isinstance(conclusion, Throughout) else Verdict.SUPPORTED
    source = Source("0000.00000v1")
    claim = Claim(
        "a-claim",
        "a title",
        setting,
        options.pop("assuming", ()),
        {"c": conclusion},
        source,
        expected=expected,
        **options,
    )
    return judge(claim, request)


def verdict_of(*arguments: Any, **options: Any) -> Verdict | None:
    """None where the claim is refused as bad input."""
    try:
        return judged(*arguments, **options).outcomes["c"].verdict
    except BadInput:
        return None


# --- a flow that depends on time, in another clock
# ---------------------------------------------------------------------------------


def test_another_clock_is_the_same_flow() -> None:
    """x' = t from 0: x = t^2/2 = (e - 1)^2/2 = 1.476 at s = 1."""
    build = lambda: retimed(system(lambda x, moment: [moment.time], F(0)), LOG)
    assert verdict_of(build, Throughout("x", "<", F(6, 5))) is not Verdict.ENCLOSED


def test_the_late_flow_is_the_flow() -> None:
    """x' = t: x = 1 + t^2/2, the exponent is 2."""
    late = (Late("c", F(3, 2), "3/2"),)
    build = lambda: system(lambda x, moment: [moment.time], F(1))
    assert verdict_of(build, Grows("x", F(1)), F(10**6), experiments=late) is not Verdict.SUPPORTED


def test_a_quantity_of_the_late_flow_is_the_quantity() -> None:
    """(1 + t)/(1 + t) = 1 does not grow like t."""
    quantities = {"q": lambda x, moment: x[0] / (1 + moment.time)}
    build = lambda: system(lambda x, moment: [1], F(1), quantities=quantities)
    assert (
        verdict_of(build, Grows("q", F(1)), F(10**6), experiments=(Late("c", F(0), "0"),))
        is not Verdict.SUPPORTED
    )


def test_a_statement_in_another_clock_says_so() -> None:
    """x = t. 'x > 3/2 from time 1 on' is false; true is: from s = 1 on, s = log(1 + t)."""
    build = lambda: retimed(system(lambda x, moment: [1], F(0)), LOG)
    report = judged(build, Throughout("x", ">", F(3, 2), after=F(1)), F(2))
    assert report.verdict is Verdict.ENCLOSED
    assert (
        "from time 1 on" not in report.statement
        and "log" in report.statement + report.outcomes["c"].scope
    )


# --- hypotheses
# --------------------------------------------------------------------------------------------------


def test_a_contrary_start_violates_its_hypothesis() -> None:
    """1/2 < 1, and e/2 > 1."""
    contrary = {"below": ("b", lambda: growing(F(1, 2)))}
    with pytest.raises(BadInput, match="below"):
        judged(growing, Throughout("x", "<", F(1)), assuming=(BELOW,), contrary=contrary)


def test_without_starts_where_the_hypothesis_fails() -> None:
    contrary = {"below": ("b", lambda: growing(F(1, 2)))}
    with pytest.raises(BadInput, match="below"):
        judged(
            growing,
            Throughout("x", "<", F(1)),
            request=replace(QUICK, without=("below",)),
            assuming=(BELOW,),
            contrary=contrary,
        )


def test_a_contrary_start_violates_no_other_hypothesis() -> None:
    contrary = {"below": ("b", lambda: growing(F(2)))}
    also = AtStart("small", "x", "<", F(3, 2))
    with pytest.raises(BadInput, match="small"):
        judged(growing, Throughout("x", "<", F(1)), assuming=(BELOW, also), contrary=contrary)


@pytest.mark.parametrize("sign", [">=", "=", "foo"])
def test_a_hypothesis_is_what_it_says(sign: str) -> None:
    """-1 >= 0 and -1 = 0 are accepted."""
    with pytest.raises(BadInput, match=sign):
        judged(
            lambda: growing(F(-1)), Throughout("x", "<", F(4)), assuming=(AtStart("h", "x", sign),)
        )


def test_hypotheses_of_measured_claims_are_checked() -> None:
    assuming, late = (AtStart("big", "x", ">", F(5)),), (Late("c", F(3, 2), "3/2"),)
    with pytest.raises(BadInput, match="big"):
        judged(
            lambda: ticking(lambda x: x, "x"),
            Grows("x", F(1)),
            F(10**6),
            assuming=assuming,
            experiments=late,
        )


def test_every_start_is_measured() -> None:
    """From b, x' = -1/(x + 3), and x falls."""
    starts = {
        "a": lambda: ticking(lambda x: x, "x"),
        "b": lambda: system(lambda x, moment: [-1 / (x[0] + 3)], F(10**9)),
    }
    late = (Late("c", F(3, 2), "3/2"),)
    report = judged(None, Grows("x", F(1)), F(10**6), starts=starts, experiments=late)
    assert (
        report.outcomes["c"].verdict is not Verdict.SUPPORTED
        or "b" not in report.parameters["starts"]
    )


# --- certificates
# --------------------------------------------------------------------------------------------------


def two_states() -> dict[str, Any]:
    """x = e^-t, y = e^-3t; x > 1/10 up to 1, where y = 0.0498."""
    report = judged(
        lambda: system(lambda x, moment: [-x[0], -3 * x[1]], F(1), F(1)),
        Throughout("x", ">", F(1, 10)),
    )
    assert report.certificate is not None
    return json.loads(report.certificate.text)


def said(body: dict[str, Any]) -> str:
    """What the reader prints; nothing where it refuses."""
    try:
        return reader.check({**body, "statement": statement_of(body)})
    except reader.Refused:
        return ""


def test_a_formula_that_is_cut_says_so() -> None:
    """1 + x + 0 x + ... + 0 x + 100 x > 10 is true, 1 + x + 0 x + ... + 0 x > 10 is not, as x
    <= 1.
    """
    body = two_states()
    terms = ["1", "1 0", *["0 0"] * 58, "100 0"]
    body["parts"][0]["facts"][0] |= {
        "nodes": ["sum " + "; ".join(terms)],
        "value": "1 2",
        "relation": ">",
        "bound": "10",
    }
    lines = [x for x in said(body).splitlines() if "> 10 for all" in x]
    assert all("(100)*x" in x or "..." in x for x in lines)


def test_a_flow_that_is_cut_says_so() -> None:
    """x' = -1 + (1 + 0 x + ... + 0 x - x), and without its last term x' = 0 is printed."""
    body = two_states()
    part = body["parts"][0]
    part["flow"]["nodes"] = ["sum " + "; ".join(["1", *["0 0"] * 58, "-1 0"]), "sum -1; 1 2"]
    part["flow"]["outputs"] = ["1 3", "-3 1"]
    lines = [x for x in said(body).splitlines() if "d/dt x" in x]
    assert lines and all("(-1)*x" in x.split(";")[0] or "..." in x.split(";")[0] for x in lines)


def test_a_fact_does_not_take_the_name_of_a_state() -> None:
    body = two_states()
    body["parts"][0]["facts"][0]["name"] = "y"
    assert not said(body), "y = 0.0498 at t = 1"


@pytest.mark.parametrize("where", ["label", "name"])
def test_a_label_is_no_statement(where: str) -> None:
    body = two_states()
    part = body["parts"][0]
    (part if where == "label" else part["facts"][0])[where] = "x > 1000 for all t; x"
    spoken = statement_of(body)
    assert not said(body) or "'x > 1000 for all t; x'" in spoken


def test_no_state_is_called_like_the_time() -> None:
    build = lambda: retimed(system(lambda x, moment: [-x[0]], F(1), names=("u",)), LOG)
    report = judged(build, Throughout("x", ">", F(0)))
    assert report.certificate is not None
    body = json.loads(report.certificate.text)
    body["parts"][0]["names"] = ["t"]
    assert not said(body)


def test_a_double_key_is_named() -> None:
    with pytest.raises(reader.Refused, match="twice"):
        reader.load(b'{"a": "1", "a": "2"}')


# --- measurements
# --------------------------------------------------------------------------------------------------


def turning(turns: int) -> tuple[Any, Tends, F]:
    """2 + sin(w log r) + 1/r, r = 1 + t, which turns so many times up to t = 10^6, is said to tend
    to 2.
    """
    from math import log1p

    turn = F(710, 113) * turns / F(round(log1p(10**6) * 2**20), 2**20)
    field = lambda x, moment: [turn * x[1] / x[2], -turn * x[0] / x[2], 1]
    build = lambda: system(
        field, F(0), F(1), F(1), quantities={"q": lambda x, moment: 2 + x[0] + 1 / x[2]}
    )
    return build, Tends("q", F(2)), F(10**6)


def test_an_oscillation_has_no_limit() -> None:
    """q = 2 + sin(w log r) + 1/r, r = 1 + t, and w log r is a multiple of 2 pi at every sample:
    2.00001 +- 5e-05 is measured.
    """
    assert (
        verdict_of(*turning(16), experiments=(Late("c", F(21, 10), "21/10"),))
        is not Verdict.SUPPORTED
    )


def test_a_near_miss_is_near() -> None:
    """log(3 + log(1 + t)) grows without bound; 2.9 +- 4 'agrees' with 0 and 'rejects' 10."""
    build = lambda: ticking(lambda x: (3 + x.log()).log())
    assert (
        verdict_of(build, Tends("q", F(0)), F(10**6), experiments=(Late("c", F(1, 10), "1/10"),))
        is not Verdict.SUPPORTED
    )


def test_a_logarithm_of_a_logarithm_is_too_uncertain() -> None:
    """1/log(3 + log(1 + t)) tends to 0, not to 1/4: no variable of the extrapolation is that slow,
    but 0.2 is no support for 1/4.
    """
    build = lambda: ticking(lambda x: 1 / (3 + x.log()).log())
    assert (
        verdict_of(build, Tends("q", F(1, 4)), F(10**6), experiments=(Late("c", F(6, 25), "6/25"),))
        is not Verdict.SUPPORTED
    )


def test_a_crossover_widens_the_uncertainty() -> None:
    """(1 + t)^(1/3) + (2 + log(1 + t))^5 has the exponent 1/3; up to t = 10^12 0.003 +- 0.2 is
    read, which tells no near miss apart.
    """
    build = lambda: ticking(lambda x: x.power(F(1, 3)) + (2 + x.log()) ** 5)
    assert (
        verdict_of(build, Grows("q", F(0)), F(10**12), experiments=(Late("c", F(1, 10), "1/10"),))
        is not Verdict.SUPPORTED
    )


def test_a_contrast_needs_an_enclosure_that_decides() -> None:
    quantities = {"x": lambda x, moment: x[0] - x[1]}
    build = lambda: system(
        lambda x, moment: [x[0], x[1]], F(1), F(1), names=("u", "v"), quantities=quantities
    )
    report = judged(build, Throughout("x", ">", F(0), after=F(1, 2)), experiments=(Contrast("c"),))
    assert report.verdict is Verdict.UNDECIDED
    assert all(m.status != "agrees" and "excludes" not in m.text for m in report.measured)


def test_a_horizon_is_obeyed_or_refused() -> None:
    request, late = replace(QUICK, horizon=F(100)), (Late("c", F(-1), "-1"),)
    build = lambda: system(lambda x, moment: [-(x[0] ** 3)], F(1))
    try:
        report = judged(build, Grows("x", F(-1, 2)), F(10**6), request, experiments=late)
    except BadInput:
        return
    assert "1000000" not in report.outcomes["c"].scope and "1000000" not in str(report.measured)


@pytest.mark.parametrize("digits", [-3, 0, "3"])
def test_the_digits_of_a_contrast_are_checked(digits: Any) -> None:
    with pytest.raises(BadInput, match="digits"):
        Contrast("c", "RK45", digits)
        judged(growing, Throughout("x", "<", F(1)), experiments=(Contrast("c", "RK45", digits),))


# --- what is printed
# --------------------------------------------------------------------------------------------------


def test_a_printed_witness_is_an_enclosure() -> None:
    """x = 1.2345 refutes x < 1.234; '[1.23, 1.23] (enclosed)' is printed and stands in the JSON."""
    report = judged(
        lambda: system(lambda x, moment: [F(1, 10**9)], F(12345, 10000)),
        Throughout("x", "<", F(1234, 1000)),
    )
    witness = report.outcomes["c"].witness
    assert witness is not None
    low, high = (F(x) for x in witness.data()["value"].strip("[]").split(", "))
    assert F(1234, 1000) <= low <= F(12345, 10000) + F(1, 10**9) and high >= F(12345, 10000)


def test_a_printed_bound_is_a_bound() -> None:
    """Least at the start; a number that stands still would say nothing."""
    quantities = {"x": lambda x, moment: x[0] / 10**12 + F(99999999, 10**8)}
    report = judged(
        lambda: system(lambda x, moment: [1], F(0), names=("u",), quantities=quantities),
        Throughout("x", ">", F(1, 2)),
    )
    shown = report.outcomes["c"].reason.split("x >= ")[1].split(",")[0]
    assert F(shown) <= F(99999999, 10**8)


def test_the_screen_says_which_flow_was_checked() -> None:
    """The words of a setting are its author's, and so are the names of quantities; the formulas are
    the reader's.
    """
    from verify.report.screen import plain_text, screen

    setting = Trajectories(
        flow="x' = -x", starts={"a": growing}, horizon=F(1)
    )  # a lie: it is x' = x
    claim = Claim(
        "a-claim",
        "a title",
        setting,
        (),
        {"c": Throughout("x", "<", F(4))},
        Source("0000.00000v1"),
        expected=Verdict.ENCLOSED,
    )
    shown = plain_text(screen(judge(claim, QUICK), [], None))
    assert "d/dt x = x" in shown and "x < 4 for all 0 <= t <= 1" in " ".join(shown.split())


def test_the_latex_of_a_conclusion_is_all_of_it() -> None:
    """razin-cohen-2x2 in LaTeX claims W_1,1 > 13 at all times; it starts at 1/100."""
    later, now = (Throughout("x", ">", F(13), after=F(t)).latex() for t in (400, 0))
    assert later != now


def test_settings_that_differ_have_different_wires() -> None:
    one, other = (
        Trajectories("f", {"a": lambda at=at: growing(at)}, F(h))
        for at, h in ((F(1), 1), (F(2), 10))
    )  # type: ignore[misc]
    assert one.wire() != other.wire()


# --- what ends, and how
# --------------------------------------------------------------------------------------------------


def test_the_pilot_run_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """(x, y) turns 10^8 times; with 40 digits the run ends after 20000 steps, in 17 s, with 50 in
    hours.
    """
    from verify.integrate import stops, validated

    class TooManyStepsError(Exception):
        pass

    seen, record = [0], validated._Walk._record

    def counting(self: Any, *arguments: Any) -> None:
        seen[0] += 1
        if seen[0] > 500:
            raise TooManyStepsError
        record(self, *arguments)

    monkeypatch.setattr(stops, "MOST_STEPS", 20)
    monkeypatch.setattr(validated._Walk, "_record", counting)
    build = lambda: system(lambda x, moment: [10**5 * x[1], -(10**5) * x[0]], F(1), F(0))
    assert (
        verdict_of(build, Throughout("x", ">", F(-2)), F(1000), Request(digits=50))
        is Verdict.UNDECIDED
    )


def test_a_clock_without_certificate_is_refused_first(monkeypatch: pytest.MonkeyPatch) -> None:
    from verify.theories.enclosures import follow

    clock = Clock("mine", "u", lambda x, s: 1 + x[0] ** 2)
    monkeypatch.setattr(
        follow, "follow_start", lambda *a, **k: pytest.fail("enclosed before it was refused")
    )
    with pytest.raises(BadInput, match="mine"):
        judged(lambda: retimed(growing(), clock), Throughout("x", "<", F(4)))


@pytest.mark.parametrize(
    "build",
    [
        lambda: system(lambda x, moment: x[0], F(1)),
        lambda: System(
            "a system",
            ("x",),
            (F(1),),
            loss=lambda x, moment: 3,
            quantities={"x": lambda x, moment: x[0]},
        ),
        lambda: System(
            "a system",
            ("x",),
            (F(1),),
            loss=lambda x, moment: [x[0]],
            quantities={"x": lambda x, moment: x[0]},
        ),
        lambda: system(lambda x, moment: [x[0].power(0.5)], F(1)),
        lambda: system(lambda x, moment: [abs(x[0])], F(1)),
        lambda: system(lambda x, moment: [x[0] if x[0] > 0 else -x[0]], F(1)),
        lambda: system(lambda x, moment: [x[0]], F(1), layout=(((5, 1),),)),
        lambda: None,
    ],
    ids=[
        "no list",
        "loss 3",
        "loss list",
        "power(0.5)",
        "abs",
        "comparison",
        "layout",
        "no system",
    ],
)
def test_systems_that_are_none_are_named(build: Any) -> None:
    with pytest.raises(BadInput):
        judged(build, Throughout("x", "<", F(4)))


def test_a_very_small_start_is_no_internal_error() -> None:
    assert (
        verdict_of(
            lambda: system(lambda x, moment: [-x[0]], F(1, 10**5000)), Throughout("x", "<", F(4))
        )
        is not Verdict.REFUTED
    )


@pytest.mark.parametrize("slip", ["names", "after", "name", "quantity"])
def test_slips_are_named_before_the_work(slip: str) -> None:
    names = {"names": ("x", "x"), "name": ("x y", "z")}.get(slip, ("x", "y"))
    called = "x\n" if slip == "quantity" else "x"
    quantities = {called: lambda x, moment: x[0]}
    build = lambda: system(
        lambda x, moment: [x[0], x[1]], F(1), F(1), names=names, quantities=quantities
    )
    with pytest.raises(BadInput):
        judged(build, Throughout(called, "<", F(4), after=F(-1) if slip == "after" else F(0)))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Grows("x", 0.1),  # type: ignore[arg-type]
        lambda: Tends("x", 0.1),  # type: ignore[arg-type]
        lambda: AtStart("h", "x", ">", 0.1),  # type: ignore[arg-type]
    ],
)
def test_numbers_of_conclusions_are_exact(make: Any) -> None:
    with pytest.raises(BadInput, match="exact"):
        make()


def test_two_outputs_are_two_files(tmp_path: Path) -> None:
    from verify.commands.cli import run

    both = str(tmp_path / "a.json")
    assert run(["claim", "razin-cohen-any-start", "--certificate", both, "--output", both]) == 2


def test_replay_accepts_what_the_reader_accepts(tmp_path: Path) -> None:
    from verify.commands.replay import reread

    path = tmp_path / "a.json"
    path.write_text(
        json.dumps(copy.deepcopy(two_states())).replace(
            "flowlaw-enclosure", "flowlaw\\u002denclosure"
        )
    )
    assert reader.main([str(path)]) == 0 == reread(path)


def test_replay_reads_a_pipe(tmp_path: Path) -> None:
    import os
    from threading import Thread

    from verify.commands.replay import reread

    path, text = tmp_path / "pipe", json.dumps(two_states())
    os.mkfifo(path)
    writer = Thread(target=lambda: path.write_text(text), daemon=True)
    writer.start()
    codes: list[int] = []
    reading = Thread(target=lambda: codes.append(reread(path)), daemon=True)
    reading.start()
    reading.join(3)
    assert codes == [0]


# --- more of clocks and of late flows
# --------------------------------------------------------------------------------------------------


def test_a_quantity_survives_another_clock() -> None:
    from verify.integrate.evaluate import value

    plain = system(lambda x, moment: [-x[0]], F(1), quantities={"sum": lambda x, moment: sum(x)})
    other = retimed(plain, Clock("mine", "u", lambda x, s: 1 + x[0] ** 2))
    assert value(other, other.quantities["sum"], (F(1), F(5)), F(0)) == 1


def test_a_clock_without_time_is_refused() -> None:
    clock = Clock("mine", "u", lambda x, s: 1 + x[0] ** 2)
    with pytest.raises(BadInput, match="mine"):
        system(lambda x, moment: [x[0]], F(1), clock=clock)


@hole(
    "samples at equal distances, 16 or 23, are all met by what turns 16 * 23 times: no fixed grid"
    " shows a limit"
)
def test_a_fast_oscillation_has_no_limit() -> None:
    """As above, with 368 turns: 2.0002 +- 0.0004 is measured of 2 + sin."""
    assert (
        verdict_of(*turning(368), experiments=(Late("c", F(21, 10), "21/10"),))
        is not Verdict.SUPPORTED
    )


def test_a_wide_uncertainty_supports_nothing() -> None:
    """log(3 + log(1 + t)) grows without bound."""
    build = lambda: ticking(lambda x: (3 + x.log()).log())
    assert (
        verdict_of(build, Tends("q", F(13, 2)), F(10**6), experiments=(Late("c", F(13), "13"),))
        is not Verdict.SUPPORTED
    )
