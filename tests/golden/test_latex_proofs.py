"""Proofs in LaTeX that a mathematician can follow: an argument for each kind of conclusion, with
the numbers that were computed, and no experiment on the way.

The kind: a proof that only says where to look for one, a step that was lost because another
conclusion says the same, numbers of another model, a field that is not the group's, a text that
waits for what it does not say. Belonging to it: every kind of conclusion that can be proved, every
model, several conclusions, starts and models, claims that are only measured.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest

from proofs import CLAIMS
from tests.reports import BY_ID, judged, settled_theorem
from verify import Claim, Source
from verify.claims.conclusions.of_actions import (
    OF_ACTIONS,
    AlgebraCount,
    Factor,
    LawCount,
    MomentConserved,
    MomentIs,
    Preserves,
    SkewEmpty,
)
from verify.claims.conclusions.of_dimensions import OF_DIMENSIONS
from verify.claims.request import Request
from verify.judge.decide import judge
from verify.models.action import Action, DeepLinear, Diagonal, Explicit, LinearSystem, Units
from verify.report.latex import theorem
from verify.spelling.tex import roman
from verify.terms.expr import const
from verify.theories.measure import run
from verify.theories.symmetries.actions import Case, build
from verify.theories.symmetries.fields import rates
from verify.theories.symmetries.proof_latex import _ARGUMENTS

PROVED_ACTIONS = [
    c.id for c in CLAIMS if c.setting.kind == "action" and c.expected.name == "PROVED"
]
MEASURED = [c.id for c in CLAIMS if not all(x.exact for x in c.concluding.values())]
ONLY_REFUTED = {  # misreadings, of which no rule proves any
    "integrates", "finite-moment", "one-orbit", "leaf-by-rank", "orthogonal-foliations",
    "one-rotation",
}  # fmt: skip

NAMES = {x for text in _ARGUMENTS.values() for x in re.findall(r"[^a-z]\{([a-z]{3,})\}", text)}


def proof_of(text: str) -> str:
    return text.partition("\\begin{proof}")[2]


def test_every_kind_that_can_be_proved_has_an_argument() -> None:
    kinds = {c.kind for c in (*OF_ACTIONS, *OF_DIMENSIONS)}
    assert _ARGUMENTS.keys() == kinds - ONLY_REFUTED


@pytest.mark.parametrize("name", PROVED_ACTIONS)
def test_a_proof_about_an_action_has_its_steps(name: str) -> None:
    claim, text = BY_ID[name], proof_of(theorem(BY_ID[name], judged(name)))
    assert "\\mathfrak g" in text and "the certificate has" not in text
    assert [x for x in NAMES if f"{{{x}}}" in text] == []
    labels = [f"({roman(n)})" for n in range(1, len(claim.concluding) + 1)]
    several = len(labels) > 1
    found = [line for line in text.splitlines() if re.fullmatch(r"\([ivx]+\)", line)]
    assert found == (labels if several else [])
    for label, after in pairwise(found):
        assert text.partition(label)[2].partition(after)[0].strip(), f"{label} has no step"


MODELS = (
    DeepLinear((2, 3, 1, 2)), DeepLinear((1, 1, 1)), DeepLinear((3, 2, 2, 1)), Diagonal(2, 3),
    Diagonal(4, 1), Units(2, 2), Units(3, 1), LinearSystem(2, 1, 1),
    LinearSystem(1), LinearSystem(3),
)  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda m: str(m))
def test_the_printed_field_is_the_groups(model) -> None:
    """By matrices here, by sparse generators there, at random a and theta."""
    case, draw = build(model), Random(7)
    printed = rates([case])
    assert printed
    theta = [Fraction(draw.randint(-5, 5)) for _ in case.names]
    for group in {g.group for g in case.generators}:
        size = 1 + max(x for g in case.generators if g.group == group for x in g.at)
        a = [[Fraction(draw.randint(-5, 5)) for _ in range(size)] for _ in range(size)]
        moved = [Fraction(0)] * case.size
        for g in (g for g in case.generators if g.group == group):
            for (i, j), x in g.xi.items():
                moved[i] += a[g.at[0]][g.at[1]] * x * theta[j]
        assert moved == _by_matrices(case, printed, group, a, theta)


def _by_matrices(case: Case, printed, group, a, theta) -> list[Fraction]:
    found = [Fraction(0)] * case.size
    for letter, shift, p, q in printed:
        block = case.blocks[letter, tuple(n + s for n, s in zip(group, shift, strict=True))]
        x = [[theta[i] for i in row] for row in block]
        left = product(a, x) if p else None
        right = product(x, a) if q else None
        for r, row in enumerate(block):
            for c, i in enumerate(row):
                found[i] += (p * left[r][c] if left else 0) + (q * right[r][c] if right else 0)
    return found


def product(a, b):
    assert len(a[0]) == len(b)
    return [
        [sum(x * y for x, y in zip(row, c, strict=True)) for c in zip(*b, strict=True)] for row in a
    ]


def test_of_printed_matrices_there_is_no_such_field() -> None:
    x, y = const("x"), const("y")
    turn = Explicit(("x", "y"), (x**2 + y**2,), (((0, -1), (1, 0)),))
    assert rates([build(turn)]) == ()
    assert rates([build(DeepLinear((2, 2, 2))), build(Diagonal(2, 2))]) == ()


MU = (
    (1, (Factor("W", (0,)), Factor("W", (0,), True))),
    (-1, (Factor("W", (1,), True), Factor("W", (1,)))),
)
OWN = {
    "two models": (
        Action((DeepLinear((1, 2, 1)), DeepLinear((2, 1, 2)))),
        {"a": AlgebraCount((4, 1), (3, 1)), "m": MomentIs(MU), "p": Preserves()},
        ("4, 1", "3, 1", "\\dot{W}_{k} = a\\,W_{k}"),
    ),
    "a rotation, printed": (
        Action((Explicit(("x", "y"), (const("x") ** 2 + const("y") ** 2,), (((0, -1), (1, 0)),)),)),
        {"skew": SkewEmpty()},
        ("printed matrices", "are a space of dimension 1."),
    ),
    "an algebra that is found": (
        Action((Explicit(("x", "y"), (const("x"),)),), found=True),
        {"laws": LawCount((1,), (1,)), "kept": MomentConserved()},
        ("what solves the linear equations", "(number 2) 1 remain"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_ones_own_actions(name: str) -> None:
    setting, concluding, wanted = OWN[name]
    claim = Claim("mine", "an action", setting, (), concluding, Source.own("draft"))
    text = proof_of(settled_theorem(claim))
    assert all(x in text for x in wanted), text


def test_no_step_is_lost_where_conclusions_share_one() -> None:
    """``holds by the definitions alone`` stood once for several displays."""
    for name in ("dln-first-variation", "moment-map-layers", "ach-depth-two"):
        text = proof_of(theorem(BY_ID[name], judged(name)))
        steps = len(re.findall(r"^\\\[", text, re.M)) or len(BY_ID[name].concluding)
        endings = ("holds", "have a sign", "Along the flow", "\nHence ")  # the last of the kernel
        assert sum(map(text.count, endings)) >= steps


@pytest.mark.parametrize("name", MEASURED)
def test_no_experiment_runs_for_a_text(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args, **options):
        raise AssertionError("an experiment ran")

    if BY_ID[name].setting.kind == "samples":
        pytest.skip("comparing is how such a sentence is decided")
    monkeypatch.setattr(run, "alone", refuse)
    for module in ("sums.theory.run", "enclosures.follow.along"):
        monkeypatch.setattr(f"verify.theories.{module}", refuse)
    text = settled_theorem(BY_ID[name])
    assert all(c.latex() in text for c in BY_ID[name].concluding.values())
    assert ("No experiment was run" in text) == ("\\begin{conjecture}" in text)


def test_what_was_measured_says_so() -> None:
    claim = BY_ID["kn-rate"]
    text = theorem(claim, judge(claim, Request()))
    assert "supported by experiments" in text and "No experiment" not in text


@pytest.mark.parametrize(
    ("number", "text"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (29, "xxix")]
)
def test_numerals(number: int, text: str) -> None:
    assert roman(number) == text
