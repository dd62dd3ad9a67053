"""Features x theories: what the judge owns works in the language of each theory, or is refused by
name. One small claim of each, true, false and about nothing (``tests/small_claims.py``).

Where a feature cannot apply, the table CANNOT says what answers instead: nobody may be given
silence for an option. The kind: a feature that was made for the theory of its day, a copy of it
that lags behind, an option that is taken and does nothing.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.clocked import clock
from tests.runner import SECONDS, cli, environment
from tests.small_claims import FALSE, NOTHING, TRUE
from verify import check, check_enclosure
from verify.claims import certified
from verify.claims.evidence import Report
from verify.claims.experiments import Drift, Nearby
from verify.claims.hypotheses import Homogeneous
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.commands.steps import steps
from verify.exact.errors import BadInput, EnginesDisagree
from verify.judge.decide import judge
from verify.judge.parts import theory_of
from verify.judge.resume import remember, remembered
from verify.kernel import limits
from verify.report.latex import theorem
from verify.theories.found import Gap, Refuted, Shown
from verify.theories.steps import asked

FILE = Path(__file__).parents[1] / "small_claims.py"
THEORIES = tuple(TRUE)
HOLDS = (Verdict.PROVED, Verdict.ENCLOSED, Verdict.SUPPORTED)
#: what answers where a feature cannot apply, and why
CANNOT = {
    ("without", "symmetries"): "--without does not apply",
    ("without", "samples"): "--without does not apply",
    ("necessity", "symmetries"): "takes neither hypotheses",
    ("necessity", "samples"): "a family says itself what its instances satisfy",
    ("vacuity", "samples"): "with itself",
    ("experiments", "words"): "experiments of a claim about matrices",
    ("experiments", "towers"): "expected no experiments",
    ("experiments", "symmetries"): "takes neither hypotheses nor experiments",
    ("certificate", "samples"): "has no certificate",
}


def refused(feature: str, theory: str) -> str:
    return CANNOT.get((feature, theory), "")


@cache
def judged(theory: str, true: bool = True) -> Report:
    return judge((TRUE if true else FALSE)[theory])


def test_the_table_is_about_every_theory() -> None:
    kinds = {theory: theory_of(claim) for theory, claim in TRUE.items()}
    assert len(set(kinds.values())) == len(THEORIES) == 7 == len(FALSE)
    assert all(theory_of(FALSE[t]) is kind for t, kind in kinds.items())
    assert {t for _, t in CANNOT} <= set(THEORIES)


@pytest.mark.parametrize("theory", THEORIES)
def test_what_is_true_holds_and_what_is_false_is_refuted(theory: str) -> None:
    true, false = judged(theory), judged(theory, False)
    assert true.verdict in HOLDS and true.exit == 0, true.outcomes
    assert false.verdict is Verdict.REFUTED and false.exit == 0
    assert all(o.witness is not None for o in false.outcomes.values())


@pytest.mark.parametrize("theory", THEORIES)
def test_without(theory: str) -> None:
    claim = TRUE[theory]
    if why := refused("without", theory):
        with pytest.raises(BadInput, match=why):
            judge(claim, Request(without=("euler",)))
        return
    (h,) = claim.assuming
    report = judge(claim, Request(without=(h.id,)))
    assert report.verdict is Verdict.REFUTED and report.exit == 1
    assert [name for name, _ in report.dropped] == [h.id] and report.needed == ()
    assert all(h not in getattr(o.sentence, "assuming", ()) for o in report.outcomes.values())
    with pytest.raises(BadInput, match=r"no hypothesis 'nowhere'"):
        judge(claim, Request(without=("nowhere",)))


@pytest.mark.parametrize("theory", THEORIES)
def test_necessity(theory: str) -> None:
    if why := refused("necessity", theory):
        with pytest.raises(BadInput, match=why):
            replace(TRUE[theory], assuming=(Homogeneous(),))
        return
    (found,) = judged(theory).needed
    assert found.verdict == "needed" and found.witness is not None


@pytest.mark.parametrize("theory", THEORIES)
def test_vacuity(theory: str) -> None:
    if why := refused("vacuity", theory):
        c: Any = TRUE[theory].concluding["c"]
        with pytest.raises(BadInput, match=why):
            replace(TRUE[theory], concluding={"c": type(c)(c.quantity, c.quantity)})
        return
    report = judge(NOTHING[theory])
    assert report.verdict is Verdict.VACUOUS and report.exit == 4 and report.certificate is None
    assert all(o.reason for o in report.outcomes.values())


@pytest.mark.parametrize("theory", THEORIES)
def test_no_cited(theory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A promise that every claim can be given; a proof that cites is none then, whoever found it,
    also where it is asked whether a hypothesis is needed.
    """
    assert judge(TRUE[theory], Request(cited=False)).verdict is judged(theory).verdict
    prove = theory_of(TRUE[theory]).prove

    def citing(self: Any, sentence: Any) -> Shown | Gap:
        found = prove(self, sentence)
        return replace(found, given=("LOJASIEWICZ",)) if isinstance(found, Shown) else found

    monkeypatch.setattr(theory_of(TRUE[theory]), "prove", citing)
    report = judge(TRUE[theory], Request(cited=False))
    assert report.verdict is Verdict.UNDECIDED and report.exit == 4
    assert all("--no-cited" in o.reason for o in report.outcomes.values())
    assert not any(n.verdict == "not needed" for n in report.needed)


@pytest.mark.parametrize("theory", THEORIES)
def test_no_numeric(theory: str) -> None:
    report = judge(TRUE[theory], Request(numeric=False))
    assert report.measured == ()
    if theory in ("enclosures", "samples"):
        assert report.verdict is Verdict.UNDECIDED
        assert all("--no-numeric" in o.reason for o in report.outcomes.values())
    else:
        assert report.verdict is Verdict.PROVED


@pytest.mark.parametrize("theory", THEORIES)
def test_a_broken_prover_proves_nothing_false(theory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof of the true claim is handed out for the false one: the second route or the reader
    of certificates says no. A comparison at samples has neither, and so it is never exact.
    """
    kind, true = theory_of(FALSE[theory]), TRUE[theory]
    made = kind(true, Request(), lambda text: None)
    proof = made.prove(made.sentence("c"))
    assert isinstance(proof, Shown)
    if theory == "declared":  # whose steps are asked for again where an instance is looked for
        monkeypatch.setattr(kind, "_elaborated", lambda self, sentence: proof.proof)
    else:
        monkeypatch.setattr(kind, "prove", lambda self, sentence: proof)
    try:
        report = judge(FALSE[theory])
    except EnginesDisagree:
        return
    if theory == "samples":
        assert report.verdict is Verdict.SUPPORTED and report.certificate is None
        return
    assert report.verdict is Verdict.UNDECIDED and report.certificate is None
    assert all(
        "does not accept" in o.reason or "no steps" in o.reason for o in report.outcomes.values()
    )


@pytest.mark.parametrize("theory", THEORIES)
def test_a_refused_certificate(theory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = {"declared": certified, "towers": asked}  # which alone reads these
    of = check_enclosure if theory == "enclosures" else limits if theory in kernel else check

    def refuse(*_: Any, **__: Any) -> str:
        raise of.Refused("it is refused here")

    if theory in kernel:
        monkeypatch.setattr(kernel[theory], "verified", refuse)
    else:
        monkeypatch.setattr(of, "check", refuse)
    for claim in (TRUE[theory], FALSE[theory]):
        report = judge(claim)
        assert report.certificate is None
        if refused("certificate", theory):
            assert report.verdict in (Verdict.SUPPORTED, Verdict.REFUTED)
        else:
            assert report.verdict is Verdict.UNDECIDED
            unasked = theory == "declared" and claim is FALSE[theory]  # a state that is none
            said = all("it is refused here" in o.reason for o in report.outcomes.values())
            assert said is not unasked


@pytest.mark.parametrize("theory", THEORIES)
def test_experiments_and_their_near_misses(theory: str) -> None:
    """Where nothing is measured an experiment is refused; where it is, one that would accept
    anything supports nothing.
    """
    claim = TRUE[theory]
    if why := refused("experiments", theory):
        with pytest.raises(BadInput, match=why):
            replace(claim, experiments=TRUE["sums"].experiments)
    elif theory == "sums":
        (drift,) = judged(theory).measured
        assert drift.status == "agrees" and "rejected" in drift.text
        with pytest.raises(BadInput):
            replace(claim, experiments=(Drift("c", claim.concluding["c"], named="itself"),))
    elif theory == "declared":
        (near,) = judged(theory).measured
        assert near.status == "agrees" and "refuted" in near.text
        itself = (Nearby("c", claim.concluding["c"], named="itself"),)
        with pytest.raises(BadInput):
            replace(claim, experiments=itself)
    elif theory == "samples":
        report = judge(replace(claim, experiments=()))
        assert report.verdict is Verdict.UNDECIDED and "near miss" in str(report.outcomes)
    else:  # an enclosure decides, and needs no near miss
        assert judged(theory).measured == () and judged(theory).verdict is Verdict.ENCLOSED


@pytest.mark.parametrize("theory", THEORIES)
def test_timing_and_progress(theory: str) -> None:
    said: list[str] = []
    report = judge(TRUE[theory], Request(numeric=theory != "sums"), said.append)
    assert set(report.timing) == {"proof", "numeric", "necessity"}
    assert all(x >= 0 for x in report.timing.values()) and sum(report.timing.values()) > 0
    head = TRUE[theory].id
    assert f"{head}: c" in said and all(x.startswith(f"{head}: ") for x in said)
    wanted = ("is every hypothesis needed?", "the certificate is checked")
    assert all(f"{head}: {x}" in said for x in wanted)


@pytest.mark.parametrize("theory", THEORIES)
def test_resumption(theory: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the certificate, read again, for another claim never."""
    monkeypatch.setenv("FLOWLAW_CACHE", str(tmp_path))
    for true, claims in ((True, TRUE), (False, FALSE)):
        claim, report = claims[theory], judged(theory, true)
        assert remembered(claim, 0) is None
        remember(claim, report)
        row = remembered(claim, 0)
        if refused("certificate", theory):
            assert row is None
            continue
        assert row is not None and row["verdict"] == report.verdict.name and row["exit"] == 0
        assert remembered(claim, 1) is None
        other = {"other": claim.concluding["c"]}
        assert remembered(replace(claim, concluding=other, experiments=()), 0) is None


@pytest.mark.parametrize("theory", THEORIES)
def test_explain_and_latex(theory: str) -> None:
    for true, claims in ((True, TRUE), (False, FALSE)):
        claim, report = claims[theory], judged(theory, true)
        told = steps(claim)
        at = told.index(f"Conclusion c: {claim.concluding['c'].render()}")
        assert len([x for x in told[at + 1 :] if x.strip()]) >= 1
        text = theorem(claim, report)
        proved = report.verdict in (Verdict.PROVED, Verdict.ENCLOSED)
        assert claim.concluding["c"].latex() in text
        assert ("\\begin{proof}" in text) is proved
        assert ("Counterexample: " in text) is (report.verdict is Verdict.REFUTED)


@pytest.mark.parametrize("theory", THEORIES)
def test_the_command_and_its_limits(theory: str, tmp_path: Path) -> None:
    """Certificate and replay; the option that does not apply; a limit of time."""
    place, address = tmp_path / "it.json", f"{FILE}::{theory}-true"
    done = cli(tmp_path, "claim", address, "--certificate", str(place))
    assert done.code == 0, done.err
    if why := refused("certificate", theory):
        assert not place.exists() and why in done.err
    else:
        assert cli(tmp_path, "replay", str(place)).code == 0
    assert cli(tmp_path, "claim", f"{FILE}::{theory}-false").code == 0
    other = cli(tmp_path, "claim", address, "--without", "nowhere")
    assert other.code == 2 and ("--without" in other.err or "no hypothesis" in other.err)
    assert "Traceback" not in other.err


#: runs the command where the theory of its claim takes for ever
LATE = """
import sys, time
from tests.small_claims import TRUE
from verify.commands.cli import run
from verify.judge.parts import theory_of
late = theory_of(TRUE[sys.argv.pop(1)])
late.prove = late.sentence = lambda *_: time.sleep(3600)
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize("theory", THEORIES)
def test_a_theory_that_takes_too_long(theory: str, tmp_path: Path) -> None:
    """In the process that forks, so that the child is as slow: the parent ends it and says so."""
    words = [sys.executable, "-c", LATE, theory, "claim", f"{FILE}::{theory}-true"]
    ran = subprocess.run(
        [*words, "--seconds", "7"],
        env=environment(tmp_path, clock(tmp_path)),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert ran.returncode == 4 and "UNDECIDED" in ran.stdout + ran.stderr
    assert "within 7 s" in ran.stdout + ran.stderr


def test_refuted_is_what_refutes() -> None:
    """What the table of witnesses rests on: no theory refutes what it proves."""
    for theory, claim in TRUE.items():
        made = theory_of(claim)(claim, Request(), lambda text: None)
        assert not isinstance(made.refute(made.sentence("c")), Refuted), theory
