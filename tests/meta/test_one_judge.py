"""What the judge owns works for every theory alike: its laws are tried on a theory made for it, and
on shipped claims of each.

Kinds that belong here: an option or a verdict that only some theories know, a report put together
in a second place, a hypothesis whose need is looked for in some theories only, a proof that stands
beside a witness, a conclusion that keeps its verdict although the reader refused what certifies it.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import verify
from verify.claims.claim import Claim
from verify.claims.evidence import Certified, Measured, Report
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput, EnginesDisagree
from verify.judge import decide as judge_module
from verify.judge.decide import judge
from verify.judge.parts import theory_of
from verify.library.registry import claims
from verify.theories.found import Gap, Nothing, Refuted, Shown
from verify.theories.protocol import Theory

ROOT = Path(verify.__file__).parent
THEORIES = ("Declaring", "Enclosures", "Networks", "Sampled", "Symmetries", "Towers", "Words")
SHOWN, WITNESS = Shown("it reduces to zero", "every size", ("A_RULE",)), Refuted("a state")


@cache
def found() -> dict[str, Claim]:
    return {name: f.claim for name, f in claims().items()}


class Made(Theory):
    """Two hypotheses, two conclusions; what it finds is told from outside."""

    finds: Any = SHOWN
    refutes: Any = None
    without: Any = Gap(
        "it does not follow"
    )  # what is found where a hypothesis is left out, and what refutes it then
    refutes_without: Any = None
    shows: Any = "an instance"
    refusal = ""
    measures: tuple[Measured, ...] = ()

    def sentence(self, name: str, without: str = "") -> Any:
        s = theory_of(self.claim)(self.claim, self.request, self.progress).sentence(name, without)
        whole = found()["ach-depth-two"].assuming
        object.__setattr__(s, "left_out", without or len(self.claim.assuming) < len(whole))
        return s

    def prove(self, sentence: Any) -> Shown | Gap:
        result = self.without if sentence.left_out else self.finds
        if isinstance(result, Nothing):
            raise result
        return result

    def refute(self, sentence: Any) -> Refuted | None:
        return self.refutes_without if sentence.left_out else self.refutes

    def instance(self, sentence: Any) -> Any:
        return self.shows

    def cross_check(self, sentence: Any, shown: Shown, instance: Any) -> str:
        if self.refutes is not None:
            raise EnginesDisagree("proved, yet refuted")
        return ""

    def experiments(self, outcomes):
        return [("measuring", lambda: self.measures)]

    def certify(self, outcomes):
        settled = [n for n, o in outcomes.items() if o.verdict in (Verdict.PROVED, Verdict.REFUTED)]
        return {
            n: Certified({}, n, refusal=self.refusal if n == "depth-two" else "") for n in settled
        }

    @staticmethod
    def reach(claim: Claim, name: str) -> str:
        return ""


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch):
    """Decides the claim ach-depth-two (two hypotheses, two conclusions) by Made, with its fields as
    given.
    """
    claim = found()["ach-depth-two"]
    assert len(claim.concluding) == len(claim.assuming) == 2 and "depth-two" not in claim.concluding

    def run(request: Request | None = None, **fields: Any) -> Report:
        theory = type("Own", (Made,), fields)
        monkeypatch.setattr(judge_module, "theory_of", lambda claim: theory)
        # what is told from outside has no steps, and its points no values
        monkeypatch.setattr("verify.judge.stepped.steps_of", lambda sentence: None)
        return judge(claim, request)

    return run


def test_a_gap_without_a_witness_is_undecided_for_its_reason(made) -> None:
    report = made(finds=Gap("a term is left over"))
    assert report.verdict is Verdict.UNDECIDED and report.exit == 4 and report.certificate is None
    assert {o.reason for o in report.outcomes.values()} == {"a term is left over"}


def test_a_gap_with_a_witness_is_refuted_and_no_need_is_looked_for(made) -> None:
    report = made(finds=Gap("a term is left over"), refutes=WITNESS, refutes_without=WITNESS)
    assert (
        report.verdict is Verdict.REFUTED and report.needed == () and report.certificate is not None
    )
    assert {o.witness for o in report.outcomes.values()} == {"a state"}


def test_a_proof_beside_a_witness_reports_nothing(made) -> None:
    with pytest.raises(EnginesDisagree):
        made(refutes=WITNESS)


def test_a_proof_beside_a_measurement_that_contradicts_reports_nothing(made) -> None:
    name = next(iter(found()["ach-depth-two"].concluding))
    with pytest.raises(EnginesDisagree, match="drift"):
        made(measures=(Measured("drift", name, "contradicts", "it moved"),))


def test_a_proof_about_nothing_that_moves_is_none(made) -> None:
    assert made(shows=None).verdict is Verdict.UNDECIDED
    report = made(finds=Nothing("phi is constant"))
    assert report.verdict is Verdict.VACUOUS and {o.reason for o in report.outcomes.values()} == {
        "phi is constant"
    }


def test_cited_theorems_are_refused_by_no_cited_and_by_nothing_else(made) -> None:
    cites = Shown("by a theorem", given=("LOJASIEWICZ",))
    assert made(finds=cites).verdict is Verdict.PROVED
    report = made(Request(cited=False), finds=cites)
    assert report.verdict is Verdict.UNDECIDED
    assert all(
        "LOJASIEWICZ" in o.reason and "--no-cited" in o.reason for o in report.outcomes.values()
    )


def test_the_need_of_every_hypothesis_is_looked_for(made) -> None:
    ids = [h.id for h in found()["ach-depth-two"].assuming]
    said = {
        "needed": {"refutes_without": WITNESS},
        "not needed": {"without": SHOWN},
        "not shown": {},
    }
    for verdict, fields in said.items():
        assert [(n.hypothesis, n.verdict) for n in made(**fields).needed] == [
            (h, verdict) for h in ids
        ]


def test_a_hypothesis_that_is_left_out_is_told_and_assumed_nowhere(made) -> None:
    first, second = (h.id for h in found()["ach-depth-two"].assuming)
    report = made(Request(without=(first,)), refutes_without=WITNESS)
    assert report.dropped == ((first, f"asked for with --without {first}"),)
    assert [n.hypothesis for n in report.needed] == [second]
    assert all(first not in [h.id for h in o.sentence.assuming] for o in report.outcomes.values())


def test_what_the_reader_refuses_settles_nothing_and_stands_nowhere(made) -> None:
    class Refusing(Made):
        def certify(self, outcomes):
            return {
                n: Certified({}, n, refusal="" if k else "a step is missing")
                for k, n in enumerate(outcomes)
            }

    report = made(certify=Refusing.certify)
    first, second = report.outcomes.values()
    assert (
        first.verdict is Verdict.UNDECIDED
        and "a step is missing" in first.reason
        and first.proof is first.instance is None
    )
    assert (
        second.verdict is Verdict.PROVED
        and report.certificate is not None
        and report.certificate.refusal == ""
    )
    assert report.verdict is Verdict.UNDECIDED and report.exit == 4


def test_a_proof_that_nothing_certifies_is_none(made) -> None:
    """A theory that forgets a certificate gets no verdict that rests on one."""
    report = made(certify=lambda self, outcomes: {})
    assert report.verdict is Verdict.UNDECIDED and report.exit == 4
    assert all("there is none" in o.reason for o in report.outcomes.values())


@pytest.mark.parametrize("name", THEORIES)
def test_every_theory_has_claims_and_refuses_a_hypothesis_that_they_do_not_have(name: str) -> None:
    mine = [c for c in found().values() if theory_of(c).__name__ == name]
    assert mine
    for claim in mine[:3]:
        with pytest.raises(BadInput, match=r"nowhere|--without does not apply"):
            judge(claim, Request(without=("nowhere",)))


def test_there_is_one_judge() -> None:
    """One place makes a report of a run, and a theory adds to it by what it supplies."""
    makes = [path.name for path in sorted(ROOT.rglob("*.py")) if _calls(path, "Report")]
    assert sorted(makes) == [
        "notebook.py",
        "reporting.py",
    ]  # the first is what ``verify.decide`` gives, made from that of the judge
    assert {theory_of(c).__name__ for c in found().values()} == set(THEORIES)


def _calls(path: Path, name: str) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(
        isinstance(n, ast.Call) and getattr(n.func, "id", "") == name for n in ast.walk(tree)
    )
