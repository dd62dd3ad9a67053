"""The point that all sentences share remembers no letter of another sentence: what is judged does
not depend on what was before.
"""

from __future__ import annotations

import pytest

from verify.claims.claim import Claim, Source
from verify.claims.conclusions.matrix_kinds import Identity
from verify.claims.verdict import Verdict
from verify.judge.decide import judge
from verify.models.matrices import Matrices
from verify.models.motions import Prescribed
from verify.terms.letters import Letter
from verify.terms.matrices import dot, letter
from verify.theories.words.gate_points import Drawn

Z, Y = letter("Z"), letter("Y")


def verdict(rows: str, cols: str, form: str = "free") -> Verdict:
    """(Z* Z)' along Z' = Y, for Z of one size or another."""
    setting = Matrices(
        Prescribed({"Z": Y}),
        (Letter("Z", rows, cols, form=form), Letter("Y", rows, cols)),
        layers=False,
    )
    found = Identity(dot(Z.H * Z), Y.H * Z + Z.H * Y)
    return judge(Claim("drawn", "drawn", setting, (), {"c": found}, Source("2511.01137v2"))).verdict


@pytest.mark.parametrize("first", [("n", "n"), ("n", "m"), ("inputs", "n"), ("n", "outputs")])
def test_a_letter_of_another_size_was_there_before(first: tuple[str, str]) -> None:
    for rows, cols in (first, ("n", "n"), ("n", "inputs"), first):
        assert verdict(rows, cols) is Verdict.PROVED


def test_a_drawn_letter_has_the_size_that_is_asked_for() -> None:
    here = Drawn((3, 4, 2))
    for rows, cols in ((2, 3), (3, 3), (2, 3), (3, 2)):
        x, star = here.pair("Z", None, rows, cols, None, False)
        assert (x.nrows(), x.ncols(), star.nrows(), star.ncols()) == (rows, cols, cols, rows)
