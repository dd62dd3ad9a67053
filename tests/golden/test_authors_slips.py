"""An author's slips are refused where she wrote them, with what was expected and how to mend it.

The kind: every argument of a claim, of a conclusion and of a sum, holding what it cannot hold.
Cases are generated from the fields themselves, so that a new field or conclusion is tried as well.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from fractions import Fraction

import pytest

from verify import Claim, Source
from verify.claims.conclusions import KINDS, Conserved
from verify.claims.conclusions.matrix_kinds import MATRIX
from verify.claims.hypotheses import Balanced, Homogeneous
from verify.exact.errors import BadInput
from verify.models import Flow
from verify.terms.expr import Expr, num, over_layers, total, u, w
from verify.terms.matrices import num as matrix

GOOD = {
    "id": "a-claim",
    "title": "a title",
    "setting": Flow(),
    "assuming": (Homogeneous(),),
    "concluding": {"layer": Conserved(total("i", u["l", "i"] ** 2))},
    "source": Source("2603.02622v1"),
}
STRANGE = [
    3,
    1.5,
    None,
    "text",
    b"bytes",
    object(),
    Homogeneous(),
    Conserved(u["l", "i"]),
    Flow,
    [Flow],
    {1: 2},
    [None],
    ("x", 2),
]


@pytest.mark.parametrize("name", [f.name for f in fields(Claim)])
@pytest.mark.parametrize("value", STRANGE, ids=lambda x: type(x).__name__)
def test_a_field_of_a_claim_holds_what_it_can_hold_or_is_refused_by_name(name, value):
    """Nothing but BadInput leaves a claim, and the message names the claim or the field."""
    try:
        Claim(**{**GOOD, name: value})
    except BadInput as error:
        assert "a-claim" in str(error) or name in str(error), error


MENDED = {
    "assuming": (Homogeneous(), "write assuming=(Homogeneous(...),)"),
    "assuming ": ((Homogeneous,), "write Homogeneous(...)"),
    "concluding": (Conserved(u["l", "i"]), "write concluding={'name': Conserved(...)}"),
    "setting": (Flow, "write Flow(...)"),
    "source": ("2603.02622v1", "expected Source('2603.02622v1'), or Source.own("),
    "expected": ("REFUTED", "expected a verdict, such as Verdict.REFUTED"),
}


@pytest.mark.parametrize("name", MENDED)
def test_how_to_mend_it(name):
    value, mend = MENDED[name]
    with pytest.raises(BadInput) as caught:
        Claim(**{**GOOD, name.strip(): value})
    assert mend in str(caught.value) and "a-claim" in str(caught.value)


def test_a_list_of_hypotheses_is_taken_as_a_tuple():
    assert Claim(**{**GOOD, "assuming": [Homogeneous(), Balanced()]}).assuming == (
        Homogeneous(),
        Balanced(),
    )


def in_expressions():
    """Each conclusion with each of its expressions."""
    for kind in (*KINDS, *MATRIX):
        for f in fields(kind):
            if f.type in ("Expr", "Mat"):
                yield kind, f.name, f.type


@pytest.mark.parametrize(
    ("kind", "name", "language"),
    list(in_expressions()),
    ids=lambda x: getattr(x, "__name__", str(x)),
)
def test_an_expression_is_an_expression_of_the_right_language(kind, name, language):
    sympy = pytest.importorskip("sympy")
    right, wrong = (num(1), matrix(1)) if language == "Expr" else (matrix(1), num(1))
    rest = {
        f.name: right if f.type in ("Expr", "Mat") else 1
        for f in fields(kind)
        if f.default is MISSING and f.name != name
    }
    for value, said in [
        (3, "write num(3)"),
        (Fraction(1, 2), "write num(1/2)"),
        (wrong, "expected an expr"),
        ("u", "expected an expr"),
    ]:
        with pytest.raises(BadInput, match=kind.__name__) as caught:
            kind(**{**rest, name: value})
        assert name in str(caught.value) and said in str(caught.value)
    with pytest.raises(
        BadInput,
        match="SymPy only displays" if language == "Expr" else "expected an expression in matrices",
    ):
        kind(**{**rest, name: sympy.Symbol("x") ** 2})


@pytest.mark.parametrize(
    "body", [u["l", "i"] ** 2, 3 * u["l", 1] + w["i"], total("j", u["l", "j"])]
)
def test_a_sum_over_layers_says_so(body):
    with pytest.raises(BadInput, match=r"write total\('l', ..., 'layers'\)"):
        total("l", body)
    assert isinstance(total("l", body, "layers"), Expr)
    with pytest.raises(BadInput, match=r"write total\('i', ..., 'coordinates'\)"):
        over_layers("max", "i", u["l", "i"])


@pytest.mark.parametrize("index", [0, -1, True, 1.5, Fraction(1), u["l", "i"]])
def test_an_index_is_a_name_or_counts_from_one(index):
    with pytest.raises(BadInput, match="from 1 on"):
        u["l", index]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Source("draft"),
        lambda: Source(3),
        lambda: Source.own(""),
        lambda: Source.own("a\nb"),
    ],
)
def test_a_source_is_a_paper_or_says_that_it_is_ones_own(make):
    with pytest.raises(BadInput):
        make()
    with pytest.raises(BadInput, match=r"Source\.own"):
        Source("my draft")
    own = Source.own("draft, Lemma 3")
    assert (
        own.text() == "own draft: draft, Lemma 3"
        and own.is_from("own")
        and own.is_from("draft, Lemma 3")
    )
    assert Source("math/0211159v1").is_from("math/0211159") and not own.is_from("")


def test_an_example_that_violates_a_definition_is_refused() -> None:
    """It was dropped in silence, and the claim decided as if it had not been given."""
    from verify import decide
    from verify.claims.conclusions.matrix_kinds import Identity
    from verify.models.matrices import Example, Letter, Matrices
    from verify.terms.matrices import letter
    from verify.terms.relation import Equal

    y, z = letter("Y"), letter("Z")
    for number, right in (([[2]], True), ([[3]], False)):
        setting = Matrices(
            letters=(Letter("Y", "m", "m"), Letter("Z", "m", "m")),
            definitions={"double": (Equal(y, z + z),)},
            layers=False,
            examples=(Example({"Y": number, "Z": [[1]]}, sizes={"m": 1}),),
        )
        made = Claim("a-claim", "a title", setting, (), {"c": Identity(y, z)}, Source.own("draft"))
        if right:
            assert decide(made).verdict.name == "REFUTED"
            continue
        with pytest.raises(BadInput, match="example 1 of the setting violates 'double'"):
            decide(made)
