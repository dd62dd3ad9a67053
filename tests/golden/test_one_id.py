"""One id, one claim; and a conclusion that no theory of its setting decides is refused where it is
written.

The kind: of two claims with one name one is lost, or told with the other's verdict. Belonging to
it: twice in a file, in two files of a folder, in CLAIMS, as another name, in a file and in a
package that is installed. Restating the same sentence is none: so does the file that is installed.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from tests.runner import cli
from tests.small_claims import TRUE
from verify.exact.errors import BadInput

HEAD = """from verify import Claim, Source
from verify.claims.conclusions import Conserved
from verify.claims.hypotheses import Homogeneous
from verify.models import Flow
from verify.terms.expr import total, u

NORM = total("i", u["l", "i"] ** 2)
"""
CLAIM = """{name} = Claim(
    id="{id}", title="t", setting=Flow(), assuming=({assumes}),
    concluding={{"layer": Conserved(NORM)}}, source=Source.own("draft"),
    also=({also}),
)
"""


def stated(name: str, id: str, assumes: str = "Homogeneous(),", also: str = "") -> str:
    named = f"{also!r}," if also else ""
    return CLAIM.format(name=name, id=id, assumes=assumes, also=named)


WORDS = "expected|says itself|takes|measures|instead"
TAKEN = "this id is taken by an installed claim of proofs"
FILES = {
    "twice in a file": ({"a": HEAD + stated("A", "mine") + stated("B", "mine")}, "used twice"),
    "in CLAIMS, and no name of it": (
        {"a": HEAD + stated("A", "mine") + stated("B", "mine") + "CLAIMS = (A, B)\n"}, "used twice",
    ),
    "in two files": (
        {"a": HEAD + stated("A", "mine"), "b": HEAD + stated("B", "mine", "")}, "used twice",
    ),
    "of an installed claim": ({"a": HEAD + stated("A", "quasi-norm")}, TAKEN),
    "of an installed claim, one hypothesis less": (
        {"a": HEAD + stated("A", "lda-layer-norm", "")}, TAKEN,
    ),
    "as another name of an installed claim": (
        {"a": HEAD + stated("A", "mine", also="quasi-norm")}, "its other name quasi-norm is taken",
    ),
    "as another name of one beside it": (
        {"a": HEAD + stated("O", "other") + stated("A", "mine", also="other")},
        "its other name other is taken by other",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("command", ["claim", "all", "show", "list", "explain"])
def test_an_id_that_is_not_ones_own(command: str, name: str, tmp_path: Path) -> None:
    """Exit 2 at the author's line; the other claim of the folder is decided all the same."""
    files, why = FILES[name]
    for stem, text in files.items():
        (tmp_path / f"claims_{stem}.py").write_text(text)
    (tmp_path / "claims_z.py").write_text(HEAD + stated("Z", "another"))
    done = cli(tmp_path, command, "./")
    said = " ".join((done.out + done.err).split())
    assert done.code == 2 and why in said and "another" in done.out, said
    stem, text = list(files.items())[-1]
    line = 1 + text[: text.rindex(" = Claim(")].count("\n")
    assert f"claims_{stem}.py:{line}: " in said
    assert "Traceback" not in said


def test_the_same_sentence_may_be_stated_again(tmp_path: Path) -> None:
    file = Path(__file__).parents[2] / "proofs" / "balance_descent.py"
    (tmp_path / "claims_copy.py").write_text(file.read_text())
    for place in (str(file), "./claims_copy.py"):
        done = cli(tmp_path, "show", f"{place}::diag-balance-descent")
        assert done.code == 0, done.err


@pytest.mark.parametrize(("of", "other"), list(permutations(TRUE, 2)))
def test_a_conclusion_of_another_theory_is_refused(of: str, other: str) -> None:
    """Where it is written, by its claim and what was expected; hypotheses and experiments alike."""
    claim, foreign = TRUE[of], TRUE[other]
    changes = [{"concluding": foreign.concluding, "experiments": ()}]
    changes += [{"assuming": foreign.assuming}] if foreign.assuming else []
    changes += [{"experiments": foreign.experiments}] if foreign.experiments else []
    for change in changes:
        with pytest.raises(BadInput, match=rf"claim {claim.id}: .*({WORDS})"):
            replace(claim, **change)


@pytest.mark.parametrize("theory", TRUE)
def test_a_kind_of_ones_own_is_decided_by_nobody(theory: str) -> None:
    """A subclass may say anything: closed lists are closed."""
    (c,) = TRUE[theory].concluding.values()
    own = object.__new__(type("Own", (type(c),), {}))
    with pytest.raises(BadInput, match=f"claim {theory}-true: .*Own"):
        replace(TRUE[theory], concluding={"c": own})
