"""What ``verify candidates`` asks is read by the kernel alone where steps are found: as the judge
says it, with both readers, of every model of the catalogue.

What else belongs to the kind: steps that the kernel refuses, a sentence for which none are found,
sizes at which a law says nothing, which are passed over when states are drawn.
"""

from __future__ import annotations

from typing import Any

import pytest

from verify.claims.claim import Claim
from verify.claims.evidence import Outcome
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.judge import decide, every_size
from verify.judge.found import told
from verify.library.registry import claims
from verify.models.catalogue import MODELS, model
from verify.theories.declared import theory
from verify.theories.steps.stated import Stated
from verify.theories.symmetries.candidates import candidates

OTHERS = {"layers": 3, "completion": 2, "diagonal": 3, "adapter": 2}  # sentences with steps


def asks(name: str) -> dict[str, Any]:
    m = model(name)
    return told(candidates(m, m.defaults()), [f.claim for f in claims().values()], None)


@pytest.mark.parametrize("name", sorted(m.name for m in MODELS))
def test_both_readers_say_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stepped, said = [], decide.said

    def both(claim: Claim) -> dict[str, Outcome]:
        found, judged = said(claim), decide.settle(claim, Request())
        for n, o in found.items():
            wanted = judged.outcomes[n]
            assert (o.verdict, o.scope, o.rules) == (wanted.verdict, wanted.scope, wanted.rules)
            assert (o.steps and o.steps.text) == (wanted.steps and wanted.steps.text)
            assert wanted.verdict is not Verdict.PROVED or judged.certificate is not None
            stepped.extend([n] * (o.steps is not None))
        return found

    monkeypatch.setattr(every_size, "said", both)
    asks(name)
    assert len(stepped) == OTHERS.get(name, 0)


def test_what_the_kernel_refuses_is_not_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [x["every_size"]["verdict"] for x in asks("layers")["laws"]] == ["PROVED"]
    monkeypatch.setattr(Stated, "is_stated_by", lambda self, body: False)
    assert [x["every_size"]["verdict"] for x in asks("layers")["laws"]] == ["UNDECIDED"]


@pytest.mark.parametrize("name", sorted(m.name for m in MODELS))
def test_states_are_those_that_all_draws_give(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def instances() -> list[str]:
        found, said = [], decide.said

        def noted(claim: Claim) -> dict[str, Outcome]:
            outcomes = said(claim)
            found.extend(o.instance.text() if o.instance else "" for o in outcomes.values())
            return outcomes

        with monkeypatch.context() as m:
            m.setattr(every_size, "said", noted)
            asks(name)
        return found

    passing = instances()
    monkeypatch.setattr(theory, "says_nothing", lambda proof, found, here: False)
    assert instances() == passing
