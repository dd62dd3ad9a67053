"""Holes that a hostile review found, each as a test: a soundness bug is a bug of the suite
first.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from tests.runner import cli
from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Conserved, Equation, LimitDirection, Order
from verify.claims.experiments import Limit, Slope
from verify.claims.hypotheses import Balanced, DepthAtLeast, Homogeneous
from verify.claims.hypotheses.direction import FisherRatio, SameSigns
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models import Flow, Step
from verify.terms.expr import L, const, q, total, u, w

HERE = Source("0000.00000v1")
NORM = total("i", u["l", "i"] ** 2)


def claim(setting, assuming, conclusions, experiments=()) -> Claim:
    return Claim("attack", "", setting, assuming, conclusions, HERE, experiments=experiments)


@dataclass(frozen=True, slots=True)
class Lie(Conserved):
    """Says one thing and proves another."""

    def obligations(self, hints):
        return ()

    def render(self) -> str:
        return "every w_i is constant"


@dataclass(frozen=True, slots=True)
class AnyLoss(Homogeneous):
    def prose(self) -> str:
        return "J is any loss"


@dataclass(frozen=True, slots=True)
class Momentum(Flow):
    def title(self) -> str:
        return "gradient descent with momentum"


REFUSED = {
    "a conclusion of one's own": lambda: claim(Flow(), (), {"x": Lie(w[1])}),
    "a hypothesis of one's own": lambda: claim(Flow(), (AnyLoss(),), {"x": Conserved(NORM)}),
    "a setting of one's own": lambda: claim(Momentum(), (), {"x": Conserved(NORM)}),
    "a constant named like a weight": lambda: claim(
        Flow(), (), {"x": Equation(const("w") ** 2, const("q") ** L)}
    ),
    "a constant that reads like a coordinate": lambda: claim(
        Flow(), (), {"x": Conserved(const("w_1") * NORM)}
    ),
    "an index that reads like a bound one": lambda: claim(Flow(), (), {"x": Conserved(w["i_0"])}),
    "an experiment for another kind": lambda: claim(
        Flow(), (), {"x": Order(NORM, Fraction(7))}, (Limit("x"),)
    ),
    "an order measured on a limit": lambda: claim(
        Flow(), (), {"x": LimitDirection()}, (Slope("x"),)
    ),
    "a limit from one start": lambda: Limit("x", starts=1),
    "a degree that is a size": lambda: claim(
        Flow(), (Homogeneous(degree=L),), {"x": Conserved(NORM)}
    ),
    "a depth of zero": lambda: claim(Flow(), (DepthAtLeast(bound=0),), {"x": Conserved(NORM)}),
    "decay by another name": lambda: claim(Flow(decay="rho"), (), {"x": Conserved(NORM)}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_claims_that_could_say_what_they_do_not_prove_are_refused(name: str) -> None:
    with pytest.raises(BadInput):
        REFUSED[name]()


def test_the_kind_of_a_setting_cannot_be_set() -> None:
    with pytest.raises(TypeError):
        Step(kind="flow")  # type: ignore[call-arg]


def test_every_conclusion_is_read_by_the_checker_also_beside_a_refuted_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from verify import check

    read = []
    real = check.check
    monkeypatch.setattr(
        check, "check", lambda body: (read.append(set(body["conclusions"])), real(body))[1]
    )
    mixed = {"good": Conserved(NORM), "bad": Conserved(w[1]), "worse": Conserved(w["i"])}
    report = judge(claim(Flow(), (Homogeneous(),), mixed), Request(numeric=False))
    assert read == [{"bad"}, {"worse"}, {"good"}]
    assert [o.verdict for o in report.outcomes.values()] == [
        Verdict.PROVED,
        Verdict.REFUTED,
        Verdict.REFUTED,
    ]


def test_a_trap_needs_a_balanced_start_and_no_hypothesis_of_balance() -> None:
    weak = claim(
        Flow(), (FisherRatio(), SameSigns(), DepthAtLeast()), {"x": LimitDirection()}, (Limit("x"),)
    )
    strong = claim(
        Flow(),
        (FisherRatio(), SameSigns(), DepthAtLeast(), Balanced()),
        {"x": LimitDirection()},
        (Limit("x"),),
    )
    assert judge(weak).verdict is judge(strong).verdict is Verdict.REFUTED


def test_an_order_is_measured_for_every_index() -> None:
    other = NORM + u["m", "i"] ** 2 - u["m", 1] ** 2  # for i = 1 the norm, for i = 2 not
    found = judge(claim(Step(), (Homogeneous(),), {"x": Order(other, Fraction(1))}, (Slope("x"),)))
    assert found.verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("lda-direction", "--without", "half-space", "--without", "balance"), 1),
        (("lda-gd-order", "--without", "euler"), 4),
        (("lda-direction", "--without", "ratio"), 4),
        (("lda-direction", "--loss", "squared"), 4),
    ],
)
def test_a_dropped_hypothesis_never_ends_in_supported(
    arguments: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    run = cli(tmp_path, "claim", *arguments)
    assert run.code == code and "Traceback" not in run.err


def test_quasi_norm_is_still_proved() -> None:
    assert (
        judge(
            claim(Flow(), (Homogeneous(), Balanced()), {"x": Conserved(total("i", q["i"]))})
        ).verdict
        is Verdict.PROVED
    )
