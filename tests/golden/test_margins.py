"""Margins as the reader of a screen meets them: the README's screen, the paper of a document's
sentences, and lists by source.

The kind: a loose sentence that stands without a verdict, and a right form that its screen does not
name.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from proofs import CLAIMS
from tests.runner import cli
from verify.claims.verdict import HOLDS, Verdict
from verify.library.paper_file import read_paper

ROOT = Path(__file__).resolve().parents[2]
BY_ID = {c.id: c for c in CLAIMS}
#: what the document says loosely, by how its statement begins
LOOSE = (
    "For logistic loss, gradient descent converges to max-margin separator regardless",
    "regardless of initialization, while for squared loss",
    "Logistic loss creates a margin condition",
    "small initialization scales induce sparsity",
)
RIGHT = ("If the data is not linearly separable", "If the step size is too large")


def test_the_screen_of_the_readme(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    begin = text.split("(seconds differ, at the end)")[1]
    shown = begin[: begin.index("    REFUTED    exit 0")]
    out = cli(tmp_path, "claim", "max-margin-whatever-start", cwd=ROOT).out
    lines = [line.removeprefix("    ").rstrip() for line in shown.splitlines() if line.strip()]
    assert lines == [x.rstrip() for x in out.splitlines() if x.strip()][:-1]


def test_every_loose_sentence_about_margins_is_refuted_with_its_right_form() -> None:
    paper = read_paper(ROOT / "proofs" / "papers" / "margins.toml")
    for begins in LOOSE:
        (found,) = [s for s in paper.statements if s.says.startswith(begins)]
        claim = BY_ID[found.printed]
        assert claim.expected is Verdict.REFUTED and BY_ID[claim.corrects].expected in HOLDS
        assert found.corrected == claim.corrects or any(
            x in BY_ID and BY_ID[x].expected in HOLDS for x in found.note.replace(",", "").split()
        )
    for begins in RIGHT:
        (found,) = [s for s in paper.statements if s.says.startswith(begins)]
        assert BY_ID[found.printed].expected is Verdict.PROVED


@pytest.mark.parametrize(
    ("paper", "claim"),
    [
        ("1710.10345", "soudry-main"),
        ("1906.05890", "lyu-li"),
        ("1806.00468", "lin-nets"),
        ("2007.06738", "exp-crossover"),
        ("1905.07325", "nacson-lexicographic"),
        ("1802.08246", "opt-geometry"),
    ],
)
def test_a_source_lists_its_claims(tmp_path: Path, paper: str, claim: str) -> None:
    ran = cli(tmp_path, "list", "--source", paper)
    assert ran.code == 0 and claim in ran.out.split()


def test_the_right_form_is_named_where_a_loose_one_is_refuted(tmp_path: Path) -> None:
    for name in ("logistic-max-margin-length", "soudry-tail-same", "exp-crossover-better"):
        ran = cli(tmp_path, "show", name)
        assert ran.code == 0 and f"Corrected by {BY_ID[name].corrects}" in " ".join(ran.out.split())
