"""500 seeded mutants of the built-in claims: the judge and an oracle that shares no code with it
must agree.

False: none may be PROVED, and of the algebraic ones 99% must be REFUTED with a witness. Still true,
as far as the
oracle sees: none may be REFUTED; those not PROVED are listed. Conclusion by conclusion; -s prints
both counts.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from proofs import CLAIMS
from tests.meta import mutants, oracle
from tests.meta import oracle_series as series
from verify.claims.conclusions import Conserved, Equation, Inequality, KeepsSign
from verify.claims.hypotheses import Balanced, Homogeneous
from verify.claims.request import Request
from verify.claims.verdict import HOLDS, Verdict
from verify.judge.decide import judge
from verify.models import Flow
from verify.terms.expr import J, dot, g, num, q, total, u, w

HERE = Path(__file__).parent

COUNT, SEED = 500, 0
NETWORKS = tuple(
    c for c in CLAIMS if c.setting.kind in ("flow", "step")
)  # matrices have mutants of their own
EXACT = [
    (c, name) for c in NETWORKS for name, conclusion in c.concluding.items() if conclusion.exact
]
EXACT_TRUE = [(c, name) for c, name in EXACT if c.expected is Verdict.PROVED]


@dataclass(frozen=True)
class Case:
    """One conclusion of one mutant, as the oracle and the judge see it."""

    mutant: Any
    name: str
    status: str
    verdict: Verdict | None  # None: the judge raised
    witness: bool
    text: str

    @property
    def algebraic(self) -> bool:
        return self.mutant.claim.concluding[self.name].kind != "inequality"

    def line(self) -> str:
        verdict = self.verdict.name if self.verdict else "ERROR"
        return (
            f"  {self.status:9} {verdict:9} {self.mutant.origin} [{self.mutant.kind}] {self.name}:"
            f" {self.text}"
        )


def cases(mutant: Any) -> Iterator[Case]:
    """The conclusion that was changed, or all of them where a hypothesis was."""
    names = [mutant.conclusion] if mutant.conclusion else list(mutant.claim.concluding)
    try:
        outcomes, error = judge(mutant.claim, Request(numeric=False)).outcomes, ""
    except (
        Exception
    ) as raised:  # every error is reported together with its mutant, and fails the test
        outcomes, error = {}, f" {raised!r:.200}"
    for name in names:
        conclusion = mutant.claim.concluding[name]
        finding = oracle.examine(mutant.claim.setting, mutant.claim.assuming, conclusion)
        outcome = outcomes.get(name)
        seen = outcome is not None and outcome.witness is not None
        assumed = ", ".join(h.prose().split(";")[0] for h in mutant.claim.assuming) or "nothing"
        text = f"{conclusion.render()} (assuming {assumed}) {finding.where}{error}"
        yield Case(mutant, name, finding.status, outcome.verdict if outcome else None, seen, text)


@pytest.fixture(scope="module")
def judged(tail: Fraction) -> list[Case]:
    """Every mutant, or of each round over the claims a fixed fraction."""
    drawn = mutants.mutants(NETWORKS, COUNT, SEED)
    return [case for mutant in drawn[:: round(1 / tail)] for case in cases(mutant)]


def listed(title: str, found: list[Case]) -> str:
    return "\n".join([f"{title}: {len(found)}", *(case.line() for case in found)])


def test_counts_and_lists(judged: list[Case], tail: Fraction) -> None:
    """Prints both counts and every disagreement that is allowed; the counts must add up."""
    count = Counter(
        (case.status, case.verdict.name if case.verdict else "ERROR") for case in judged
    )
    print(f"\n{COUNT} mutants of seed {SEED}, {len(judged)} conclusions")
    print("by kind:", dict(Counter(case.mutant.kind for case in judged)))
    for (status, verdict), size in sorted(count.items()):
        print(f"  {status:9} {verdict:9} {size}")
    for status, settled in (
        ("true", Verdict.PROVED),
        ("false", Verdict.REFUTED),
        ("undefined", None),
    ):
        found = [c for c in judged if c.status == status and c.verdict is not settled]
        print(listed(f"{status}, not {settled.name if settled else 'settled'}", found))
    assert len({id(case.mutant) for case in judged}) == len(range(0, COUNT, round(1 / tail)))
    assert min(Counter(case.status for case in judged).get(x, 0) for x in ("true", "false")) > 0


def test_judge_never_raises(judged: list[Case]) -> None:
    bad = [c for c in judged if c.verdict is None]
    assert not bad, listed("the judge raised", bad)


def test_no_false_mutant_is_proved(judged: list[Case]) -> None:
    bad = [c for c in judged if c.status == "false" and c.verdict in HOLDS]
    assert not bad, listed("FALSE, YET PROVED", bad)


def test_false_algebraic_mutants_are_refuted_with_a_witness(judged: list[Case]) -> None:
    false = [c for c in judged if c.status == "false" and c.algebraic]
    missed = [c for c in false if not (c.verdict is Verdict.REFUTED and c.witness)]
    assert 100 * len(missed) <= len(false), listed(f"false, not refuted, of {len(false)}", missed)


def test_no_true_mutant_is_refuted(judged: list[Case]) -> None:
    bad = [c for c in judged if c.status == "true" and c.verdict is Verdict.REFUTED]
    assert not bad, listed("no violation seen by the oracle, yet refuted", bad)


def test_mutants_cover_every_exact_claim_and_kind() -> None:
    made = mutants.mutants(NETWORKS, COUNT, SEED)
    assert {m.kind for m in made} == set(mutants.KINDS)
    assert {m.origin for m in made} == {
        c.id for c in NETWORKS if all(k.exact for k in c.concluding.values())
    }
    assert max(Counter(m.origin for m in made).values()) <= 2 * min(
        Counter(m.origin for m in made).values()
    )


def test_generator_ignores_the_hash_seed() -> None:
    networks = "[c for c in CLAIMS if c.setting.kind in ('flow', 'step')]"
    code = (
        "from tests.meta.mutants import mutants; from proofs import CLAIMS; print([repr(m) for m in"
        f" mutants({networks}, 60, 3)])"
    )
    printed = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE.parents[1])}
        printed.add(
            subprocess.run(
                [sys.executable, "-c", code], env=env, capture_output=True, check=True
            ).stdout
        )
    assert len(printed) == 1
    assert [repr(m) for m in mutants.mutants(NETWORKS, 60, 3)] != [
        repr(m) for m in mutants.mutants(NETWORKS, 60, 4)
    ]


@pytest.mark.parametrize("name", ["oracle.py", "oracle_series.py"])
def test_oracle_shares_no_code_with_the_judge(name: str) -> None:
    nodes = list(ast.walk(ast.parse((HERE / name).read_text())))
    used = {n.module for n in nodes if isinstance(n, ast.ImportFrom)}
    used |= {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
    outside = {m for m in used if m and m.split(".")[0] not in sys.stdlib_module_names}
    assert outside <= {"tests.meta.oracle_series", "verify.terms.expr"}


@pytest.mark.parametrize(("claim", "name"), EXACT_TRUE, ids=[f"{c.id}-{x}" for c, x in EXACT_TRUE])
def test_oracle_accepts_what_is_proved(claim: Any, name: str) -> None:
    found = oracle.examine(claim.setting, claim.assuming, claim.concluding[name])
    assert found.status == "true", found.where
    assert found.seen >= 40


@pytest.mark.parametrize(
    "claim", [c for c, _ in EXACT if c.expected is Verdict.REFUTED], ids=lambda c: c.id
)
def test_oracle_rejects_what_is_refuted(claim: Any) -> None:
    found = [
        oracle.examine(claim.setting, claim.assuming, k)
        for k in claim.concluding.values()
        if k.exact
    ]
    assert any(f.status == "false" for f in found)


LENGTH = total("i", u["l", "i"] ** 2)
CHAIN = total("i", g["i"] * dot(w["i"]))
BY_HAND = {
    "chain rule: the gradients by hand are those of J": (Equation(dot(J), CHAIN), (), "true"),
    "chain rule, off by 10^-40": (
        Equation(dot(J), CHAIN + num(Fraction(1, 10**40)) * J),
        (),
        "false",
    ),
    "10^-40 w_i is not conserved": (
        Conserved(LENGTH + num(Fraction(1, 10**40)) * w["i"]),
        (Homogeneous(),),
        "false",
    ),
    "descent of J": (Inequality(dot(J), num(0)), (), "true"),
    "ascent of J": (Inequality(num(0), dot(J)), (), "false"),
    "signs need depth >= 2": (KeepsSign(w["i"], q["i"]), (Balanced(),), "false"),
    "w^2 = q^L fails at one depth only: 2": (
        Equation(w["i"] ** 2, q["i"] ** 3),
        (Balanced(),),
        "false",
    ),
    "a root of a sum of squares": (
        Inequality(total("i", q["i"]) ** Fraction(1, 2), total("i", q["i"])),
        (),
        "false",
    ),
    "never defined": (Conserved((num(-1) * w["i"] ** 2) ** Fraction(1, 2)), (), "undefined"),
}


@pytest.mark.parametrize("title", BY_HAND)
def test_oracle_on_sentences_known_by_hand(title: str) -> None:
    conclusion, assuming, expected = BY_HAND[title]
    assert oracle.examine(Flow(), assuming, conclusion).status == expected


def test_series_known_by_hand() -> None:
    one = Fraction(1)
    assert series.Series([one, one, 0 * one]).power(Fraction(-1)).c == [1, -1, 1]
    assert series.Series([4 * one, 4 * one, 0 * one]).power(Fraction(1, 2)).c == [
        2,
        1,
        Fraction(-1, 4),
    ]
    assert series.Series([one, one, 0 * one]).log().c == [None, 1, Fraction(-1, 2)]
    with pytest.raises(series.NoValue):
        series.root(Fraction(2), 2)
