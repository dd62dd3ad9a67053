"""A reader asked to refute what is true refuses, whatever the sentence counts or bounds; the same
sentence with another number is refuted, with the number that is right.

The kind: a branch of a reader that decides by a number of its own. What it must not do is accept
the stated number as refuted, or say another one. Cases are generated from every shipped proof that
states a count or a dimension; neighbours are the equations between words, at a point where they
hold, and an order between matrices at a state where it holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from verify import Claim, Source
from verify.check import Refused
from verify.check_actions import AC_HINTS
from verify.check_actions import check as check_actions
from verify.check_matrices import check as check_matrices
from verify.claims.conclusions.matrix_kinds import NonNegative
from verify.claims.evidence import Report
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.judge.decide import judge
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow
from verify.terms.matrices import LOSS, Mat, W, norm2, tr

SHIPPED = Path(__file__).resolve().parents[2] / "proofs" / "certificates"
#: what a kind states of one case, beside its words
COUNTS = {
    "law-count": ("forms", "independent"),
    "algebra-count": ("algebra", "symmetric"),
    "balanced-dimension": ("dimensions",),
    "leaf-dimension": ("dimensions",),
}


@cache
def proofs() -> dict[str, dict]:
    read = (json.loads(p.read_text(encoding="utf-8")) for p in sorted(SHIPPED.glob("*.json")))
    return {
        d["claim"]: d for d in read if (d["format"], d["verdict"]) == ("flowlaw-action", "PROVED")
    }


def stated(kinds: tuple[str, ...]) -> Iterator[tuple[str, str, int]]:
    """Claim, conclusion and number of a case of every proof of these kinds."""
    for claim, data in proofs().items():
        for name, conclusion in data["conclusions"].items():
            if conclusion["kind"] in kinds:
                yield from ((claim, name, n) for n in range(len(data["cases"])))


def refuted(claim: str, name: str, n: int, witness: dict, **other: int) -> dict:
    """The proved conclusion for one case as a refutation, with other numbers where given."""
    data = proofs()[claim]
    whole = data["conclusions"][name]
    part = {k: v if k in ("kind", "words") else v[n : n + 1] for k, v in whole.items()}
    part |= {k: [v] for k, v in other.items()}
    return {
        **{k: data[k] for k in ("format", "version", "claim", "found", "statement")},
        "verdict": "REFUTED",
        "cases": data["cases"][n : n + 1],
        "conclusions": {name: part},
        "witness": witness,
    }


def shown(claim: str, name: str, n: int) -> dict:
    """What the proof shows of the case is what a refutation has to show."""
    kind = proofs()[claim]["conclusions"][name]["kind"]
    proof = proofs()[claim]["proof"][name][n]
    return proof if kind in AC_HINTS else {"dimension": 0} if "dimension" in kind else {}


@pytest.mark.parametrize(("claim", "name", "n"), [*stated(tuple(COUNTS))])
def test_a_count_that_is_right_is_not_refuted(claim: str, name: str, n: int) -> None:
    witness = shown(claim, name, n)
    with pytest.raises(Refused, match="stated"):
        check_actions(refuted(claim, name, n, witness))
    conclusion = proofs()[claim]["conclusions"][name]
    for count in COUNTS[conclusion["kind"]]:
        right = conclusion[count][n]
        says = check_actions(refuted(claim, name, n, witness, **{count: right + 1}))
        assert says.startswith("REFUTED") and str(right) in says.rpartition(":")[2]


@pytest.mark.parametrize(("claim", "name", "n"), [*stated(("lie-algebra",))])
def test_a_closed_algebra_is_not_refuted(claim: str, name: str, n: int) -> None:
    with pytest.raises(Refused, match="closed"):
        check_actions(refuted(claim, name, n, {}))


@pytest.mark.parametrize(("claim", "name", "n"), [*stated(("moment-is", "first-variation"))])
def test_an_equation_that_holds_is_not_refuted_at_a_point(claim: str, name: str, n: int) -> None:
    data = refuted(claim, name, n, {})
    (case,) = data["cases"]
    theta = [str(1 + k % 3) for k in range(len(case["names"]))]
    for xi in case["algebra"]:
        data["witness"] = {"xi": xi, "theta": theta}
        with pytest.raises(Refused, match="evaluates to 0"):
            check_actions(data)
        twice = [[i, j, str(2 * Fraction(x))] for i, j, x in xi]  # in the span, and not stated
        data["witness"] = {"xi": twice, "theta": theta}
        with pytest.raises(Refused, match="none of the given ones"):
            check_actions(data)


FALSE_ORDERS = {
    "below 0": -norm2(W[1]),
    "not above 1": norm2(W[1]) - 1,
    "trace": tr(W[1] * W[1].H) - 2,
}


@pytest.mark.parametrize("name", FALSE_ORDERS)
def test_an_order_is_refuted_where_it_fails_and_not_where_it_holds(name: str) -> None:
    """Of matrices: the judge's witness is accepted; against the opposite sentence it is refused."""

    def said(quantity: Mat) -> Report:
        claim = Claim(
            "planted",
            "planted",
            Matrices(GradientFlow(LOSS)),
            (),
            {"c": NonNegative(quantity)},
            Source("2511.01137v2"),
        )
        return judge(claim, Request(numeric=False))

    report = said(FALSE_ORDERS[name])
    assert report.verdict is Verdict.REFUTED and report.certificate is not None
    data = json.loads(report.certificate.text)
    assert "REFUTED" in check_matrices(data)
    (conclusion,) = data["conclusions"].values()
    conclusion["quantity"] = ["*", ["num", "-1"], conclusion["quantity"]]
    with pytest.raises(Refused, match="does not refute"):
        check_matrices(data)
