"""Slips of a newcomer in a file of claims: each is told at its line, says how to mend it, and the
good claim beside it is decided.

Kinds: a call without what it needs or with a word that it does not know; a measurement whose near
miss is the sentence itself, or no sentence; a name, a loss or a help that means nothing; what
Python itself would drop in silence (a key twice, a claim whose name is bound again); Python's own
complaints, where the notation of these files is what was missed.
"""

from __future__ import annotations

import builtins
from pathlib import Path

import pytest

from verify.library.addresses import choose

HEAD = """\
from verify import Claim, Source, Verdict
from verify.terms.expr import dot, num, total, u, w
from verify.claims.conclusions import Conserved, Equation, Hints, LinearLaw
from verify.claims.experiments import Drift
from verify.claims.hypotheses import Homogeneous
from verify.claims.claim import Break, Remark
from verify.models import Flow
NORM = total("i", u["l", "i"] ** 2)
SRC = Source.own("draft")
GOOD = Claim("good", "t", Flow(), (Homogeneous(),), {"layer": Conserved(NORM)}, SRC)
"""
FIELDS = {
    "id": '"mine"',
    "title": '"t"',
    "setting": "Flow()",
    "assuming": "(Homogeneous(),)",
    "concluding": '{"layer": Conserved(NORM)}',
    "source": "SRC",
}


def bad(**changed: str) -> str:
    """A claim with a field left out (empty), changed or added; each field on a line of its own, and
    the slip in the last one.
    """
    fields = {k: v for k, v in (FIELDS | changed).items() if v and k not in changed} | {
        k: v for k, v in changed.items() if v
    }
    return "BAD = Claim(\n" + "".join(f"    {k}={v},\n" for k, v in fields.items()) + ")\n"


def near(miss: str) -> str:
    return bad(experiments=f'(Drift("layer", {miss}, named="n"),)')


SLIPS = {
    "no source": (bad(source=""), "Claim(): missing source"),
    "no id": (bad(id=""), "Claim(): missing id"),
    "misspelt argument": (
        bad(concluding="", conclusions='{"layer": Conserved(NORM)}'),
        "did you mean concluding?",
    ),
    "unknown argument": (
        bad(hypotheses="()"),
        "its arguments: id, title, setting, assuming, concluding, source",
    ),
    "too many": (bad(concluding='{"layer": Conserved(NORM, 0)}'), "its arguments: quantity"),
    "no name of a near miss": (
        bad(experiments='(Drift("layer", Conserved(NORM + 1)),)'),
        "Drift(): missing named",
    ),
    "near miss is the claim": (near("Conserved(NORM)"), "is the conclusion itself"),
    "near miss is a multiple": (near("Conserved(2 * NORM)"), "says the same as the conclusion"),
    "near miss is another value of it": (
        near("Conserved(1 - NORM / 3)"),
        "says the same as the conclusion",
    ),
    "near miss is its derivative": (
        near("Equation(dot(NORM) * 5, 0 * NORM)"),
        "says the same as the conclusion",
    ),
    "near miss is the law of rate 0": (
        near("LinearLaw(NORM, num(0))"),
        "says the same as the conclusion",
    ),
    "near miss is it, multiplied out": (
        near('Conserved(total("i", (u["l", "i"] + 1) * u["l", "i"] - u["l", "i"]))'),
        "says the same",
    ),
    "corrects nothing": (
        bad(corrects='"qasi-norm"'),
        "names no claim of this file and none that is installed: did you mean quasi-norm?",
    ),
    "printed nowhere": (
        bad(as_printed='"goot"'),
        "names no claim of this file and none that is installed: did you mean good?",
    ),
    "a remark on nothing": (
        bad(remarks='(Remark("nowhere-at-all"),)'),
        "names no claim of this file and none that is installed",
    ),
    "near miss is an expression": (near("NORM"), "write Conserved(...)"),
    "near miss is of another kind": (near("Conserved"), "expected a conclusion"),
    "near miss is text": (near('"exponent 3"'), "expected a conclusion"),
    "near miss without words": (
        bad(experiments='(Drift("layer", Conserved(NORM + 1), named=""),)'),
        "named",
    ),
    "experiment on nothing": (
        bad(experiments='(Drift("leyer", Conserved(NORM + 1), named="n"),)'),
        "'leyer': did you mean layer?",
    ),
    "experiment on an object": (
        bad(experiments='(Drift(Conserved(NORM), Conserved(NORM + 1), named="n"),)'),
        "its key in concluding",
    ),
    "help of the wrong kind": (bad(hints='{"layer": "use euler"}'), "expected one of: Hints"),
    "unknown loss": (bad(loss='"fischer"'), "did you mean fisher?"),
    "unknown loss of a break": (
        bad(breaks='(Break("euler", loss="fischer"),)'),
        "did you mean fisher?",
    ),
    "a key twice": (
        bad(concluding='{"layer": Conserved(NORM), "layer": Conserved(2 * NORM)}'),
        "'layer' stands twice",
    ),
    "indices in parentheses": (
        bad(concluding='{"layer": Conserved(total("i", u("l", "i") ** 2))}'),
        "u['l', 'i']",
    ),
    "indices without quotes": (
        bad(concluding='{"layer": Conserved(total("i", u[l, "i"] ** 2))}'),
        "in quotes: 'l'",
    ),
    "a product without its sign": (
        bad(concluding='{"layer": Conserved(NORM(2))}'),
        "a product is written with *",
    ),
    "a sum the wrong way round": (
        bad(concluding='{"layer": Conserved(total(u["l", "i"] ** 2, "i"))}'),
        "the index first",
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_it_is_told_where_it_was_written(name: str, tmp_path: Path) -> None:
    text, said = SLIPS[name]
    (tmp_path / "claims_a.py").write_text(HEAD + text)
    chosen = choose(str(tmp_path / "claims_a.py"))
    assert [f.claim.id for f in chosen.found] == ["good"]
    (slip,) = chosen.slips
    first, last = HEAD.count("\n") + 1, (HEAD + text).count("\n")
    assert first <= slip.line <= last and said in slip.why, slip.text()
    assert "mine" in (*slip.ids, slip.why) or "BAD" in slip.names


@pytest.mark.parametrize("after", ["", "OTHER = 1\n"])
def test_a_claim_whose_name_is_bound_again_is_not_lost_in_silence(
    after: str, tmp_path: Path
) -> None:
    (tmp_path / "claims_a.py").write_text(HEAD + bad() + bad(id='"mine-too"') + after)
    chosen = choose(str(tmp_path / "claims_a.py"))
    assert [f.claim.id for f in chosen.found] == ["good", "mine-too"]
    (slip,) = chosen.slips
    assert (
        slip.line == HEAD.count("\n") + 1
        and slip.ids == ["mine"]
        and "BAD is bound again at line 19" in slip.why
    ), slip.text()


def test_what_is_bound_again_on_purpose_is_no_slip(tmp_path: Path) -> None:
    """The same claim made anew, one that has another name as well, and a list that says which
    claims are meant.
    """
    again = "from dataclasses import replace\nGOOD = replace(GOOD, title='better')\n"
    for text in (
        again,
        bad() + "KEPT = BAD\nBAD = None\n",
        bad() + bad(id='"mine-too"') + "CLAIMS = (GOOD, BAD)\n",
    ):
        (tmp_path / "claims_a.py").write_text(HEAD + text)
        assert choose(str(tmp_path / "claims_a.py")).slips == ()


@pytest.mark.parametrize("more", ["(*CLAIMS, NEW)", "[*CLAIMS, NEW]", "CLAIMS + (NEW,)"])
def test_a_list_that_is_made_of_what_it_was_keeps_all(more: str, tmp_path: Path) -> None:
    new = "from dataclasses import replace\nNEW = replace(GOOD, id='new')\n"
    (tmp_path / "claims_a.py").write_text(HEAD + f"CLAIMS = (GOOD,)\n{new}CLAIMS = {more}\n")
    chosen = choose(str(tmp_path / "claims_a.py"))
    assert [f.claim.id for f in chosen.found] == ["good", "new"] and not chosen.slips


def test_a_dictionary_that_says_the_same_twice_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "claims_a.py").write_text(HEAD + "SIZES = {'a': 1, 'b': 2, **{'a': 3}}\n")
    assert choose(str(tmp_path / "claims_a.py")).slips == ()


ERRORS = {
    "a text without end": "class E(Exception): pass\nraise E('x' * 10**6)\n",
    "no text": "class E(Exception):\n    def __str__(self): raise self\nraise E()\n",
    "a text that ends the program": (
        "class E(BaseException):\n    def __str__(self): raise SystemExit(0)\nraise E()\n"
    ),
    "a text that is none": "class E(Exception):\n    def __str__(self): return 3\nraise E()\n",
}


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_that_cannot_be_told_does_not_take_the_others_along(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / "claims_a.py").write_text(HEAD + ERRORS[name])
    chosen = choose(str(tmp_path / "claims_a.py"))
    assert [f.claim.id for f in chosen.found] == ["good"]
    (slip,) = chosen.slips
    assert (
        slip.line == (HEAD + ERRORS[name]).count("\n")
        and slip.why.startswith("E")
        and len(slip.text()) < 1000
    )


BREAKING = {
    "a function": "builtins.len = None",
    "a type": "builtins.isinstance = lambda *of: False",
    "what imports": "builtins.__import__ = lambda *of, **more: 1 / 0",
    "an error": "builtins.BaseException = ValueError",
    "what is deleted": "del builtins.print",
    "several": "vars(builtins).update(str=int, repr=len, sorted=sum)",
    "and fails": "exec('builtins.list = builtins.dict = None; raise KeyError(3)')",
    "by a function": "(lambda: setattr(builtins, 'tuple', 7))()",
}


@pytest.mark.parametrize("name", BREAKING)
def test_a_file_that_breaks_builtins_is_told_at_its_line(name: str, tmp_path: Path) -> None:
    before = dict(vars(builtins))
    (tmp_path / "claims_a.py").write_text(
        HEAD + f"import builtins\n{BREAKING[name]}\nAFTER = len([print, list, tuple, isinstance(3,"
        " int)])\n"
    )
    chosen = choose(str(tmp_path / "claims_a.py"))
    changed = [n for n, x in before.items() if vars(builtins).get(n) is not x]
    vars(builtins).update(before)
    assert not changed and [f.claim.id for f in chosen.found] == ["good"]
    (slip,) = chosen.slips
    assert slip.line == HEAD.count("\n") + 2 and "of Python's builtins" in slip.why, slip.text()


def test_a_name_added_to_builtins_is_left_alone(tmp_path: Path) -> None:
    """As gettext.install does."""
    (tmp_path / "claims_a.py").write_text(HEAD + "import builtins\nbuiltins._said = 3\n")
    try:
        assert choose(str(tmp_path / "claims_a.py")).slips == ()
    finally:
        vars(builtins).pop("_said", None)
