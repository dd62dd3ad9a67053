"""The table of what claims once said less, or more, than their catalogues: that it is whole, the
numbers in it by the catalogue's formulas, and how near an inequality comes to equality.

What else belongs to the kind of the last: every claim that states an inequality with an experiment;
one whose sides are equal at the start, or for a part of the time only; a slack that is not smallest
at a sampled end.
"""

from __future__ import annotations

import re
from fractions import Fraction as F
from math import prod
from pathlib import Path

import mpmath
import pytest

from proofs import CLAIMS
from tests.laws.faithful import EXPECTED, OPEN, ROWS
from tests.laws.test_catalogue import DEEP_LDA, DEEP_LINEAR, ERRORS
from tests.laws.test_catalogue import OPEN as AMBIGUOUS
from tests.reports import BY_ID
from tests.runner import cli
from verify.claims.conclusions import Inequality
from verify.claims.experiments.drift import Drift
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.integrate.taylor import Taylor
from verify.judge.decide import judge
from verify.models.diagonal_flow import diagonal_flow
from verify.report.pages.told import told_of
from verify.report.screen import plain_text, screen
from verify.report.stated import said_by, whole
from verify.theories.sums.drops import plan

OWNERS = {name: c for c in CLAIMS for name in (c.id, *c.also)}


def test_every_name_of_the_catalogues_is_expected() -> None:
    assert sorted(EXPECTED) == sorted([*DEEP_LDA, *DEEP_LINEAR, *ERRORS, *AMBIGUOUS])


def test_what_is_open_is_a_row() -> None:
    """It only shrinks."""
    assert set(OPEN) <= set(ROWS) and len(OPEN) <= 9
    assert {OWNERS[x].id for x in OPEN} == {c.id for c in CLAIMS if c.unstated}
    assert {name for row in ROWS.values() for name, *_ in row} <= set(BY_ID)


@pytest.mark.parametrize("name", OPEN)
def test_what_no_claim_states_is_told_with_the_reason(name: str, tmp_path: Path) -> None:
    """Wherever the claim is read: its screen at any width, its page, what ``show`` says of it."""
    from verify.library.registry import claims

    claim, known = OWNERS[name], claims()
    wanted, said = f"stated by no claim, author's words: {claim.unstated!r}", said_by(claim, known)
    assert said.endswith(wanted) and wanted in cli(tmp_path, "show", name).flat
    report = judge(claim, Request(numeric=False))
    for columns in (80, 118):
        page = screen(report, [], None, said=said, columns=columns)
        assert wanted in " ".join(plain_text(page, columns=columns).split())
    rows = [x.text for _, section in told_of(claim, report, "", said).sections for x in section]
    assert any(wanted in x for x in rows)


RATES = {"kn-rate": (2, F(1, 4)), "kn-rate-large": (3, F(8)), "kn-rate-four": (4, F(1))}


@pytest.mark.parametrize("name", RATES)
def test_rates_are_those_of_the_formula(name: str) -> None:
    """8 sigma_min^(2/N) (1 - cos(pi/N)), times what the clock is multiplied by."""
    depth, least = RATES[name]
    stated = int(re.search(r"at the rate (\d+)", whole(BY_ID[name]))[1])
    clock = (2 + mpmath.sqrt(2)) / 2 if "(2 + sqrt 2)/2" in whole(BY_ID[name]) else 1
    sigma = mpmath.mpf(least.numerator) / least.denominator
    by_formula = 8 * sigma ** (mpmath.mpf(2) / depth) * (1 - mpmath.cos(mpmath.pi / depth))
    assert abs(clock * by_formula - stated) < 1e-12


def test_dimensions_are_those_of_the_formula() -> None:
    """d^2 + (N-1) d (d-1)/2 and r + (N+1) (r d - r (r+1)/2), at the sizes that are printed."""
    text = whole(BY_ID["dln-dim"])
    shown = re.search(r"of dimension ([\d, ]+)", text)[1].strip(", ").split(", ")
    sizes = [x.split(", ") for x in re.findall(r"\((\d(?:, \d)+)\)", text)]
    wanted = [int(s[0]) ** 2 + (len(s) - 2) * int(s[0]) * (int(s[0]) - 1) // 2 for s in sizes]
    assert list(map(int, shown)) == wanted and len(wanted) == 6
    text = whole(BY_ID["dln-dim-leaf"])
    shown = re.search(r"of dimension ([\d, ]+) \(r = ([\d, ]+)\)", text).groups()
    sizes = [x.split(", ") for x in re.findall(r"\((\d(?:, \d)+)\)", text)]
    counts, ranks = ([int(x) for x in row.split(", ")] for row in shown)
    for s, r, count in zip(sizes, ranks, counts, strict=True):
        d, n = int(s[0]), len(s) - 1
        assert count == r + (n + 1) * (2 * r * d - r * (r + 1)) // 2


BOUNDS = [
    (c.id, e.conclusion)
    for c in CLAIMS
    for e in c.experiments
    if isinstance(e, Drift) and isinstance(c.concluding[e.conclusion], Inequality)
]


@pytest.mark.parametrize(("name", "conclusion"), BOUNDS)
def test_the_slack_of_a_bound_is_told(name: str, conclusion: str) -> None:
    """Where an inequality holds nothing deviates: what is measured is how near it comes."""
    (measured,) = [m for m in judge(BY_ID[name], Request()).measured if m.kind == "drift"]
    shown, when = re.search(r"smallest slack (\S+), at t = (\S+);", measured.text).groups()
    assert measured.numbers["slack"] == shown
    wanted = by_hand(name)
    assert len(wanted) > 2
    least = min(wanted.values())
    assert abs(least - mpmath.mpf(shown)) < 0.005 * max(1, abs(least))
    at = min(wanted, key=lambda time: abs(time - float(when)))
    assert abs(wanted[at] - least) < 1e-20  # it may come as near at several times


def by_hand(name: str) -> dict[float, mpmath.mpf]:
    """The relative slack at the sampled times, from the states alone."""
    claim, request = BY_ID[name], Request()
    (point,) = plan(claim, request).numeric_points(claim, request)
    run = Taylor().run(diagonal_flow(point, F(0), share=False), F(10), 30, samples=8)
    rows = [[[abs(x) for x in layer] for layer in s.mpf()] for s in run.states]
    q = lambda u: sum(prod(col) ** (mpmath.mpf(2) / len(u)) for col in zip(*u, strict=True))
    norms = prod(sum(x**2 for x in layer) for layer in rows[0])
    uneven = sum(max(c) ** 2 - min(c) ** 2 for c in zip(*rows[0], strict=True))
    found = {}
    for time, u in zip(run.times, rows, strict=True):
        left, right = (
            (q(u) ** len(u), norms)
            if name == "quasi-norm-bound"
            else (abs(q(u) - q(rows[0])), uneven)
        )
        found[float(time)] = (right - left) / max(1, left, right)
    return found


REFUTED = [c for c in CLAIMS if c.expected is Verdict.REFUTED]


@pytest.mark.parametrize("claim", REFUTED, ids=lambda c: c.id)
def test_what_is_false_says_whose_it_is_and_what_is_true(claim) -> None:
    """A misreading is not headed by its paper alone; printed errors are the paper's."""
    from verify.library.registry import claims

    said = said_by(claim, claims())
    printed = claim.title.startswith("as printed")
    assert said.startswith("as printed in arXiv:" if printed else "a misreading, not in arXiv:")
    assert f"what is true: verify claim {claim.corrects}" in said
    assert BY_ID[claim.corrects].expected is not Verdict.REFUTED
