"""Help of proofs about matrices is refused where it is written, field by field (E7).

The kind: whatever an author writes beside a sentence (steps, lemmas, squares, switches of a
setting) reached a loop of the prover as it was, and ended in an AttributeError, a KeyError or a
TypeError of an encoder. Every field is given every strange thing; what it admits is listed.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from verify.claims.claim import Claim, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Lemma, Square, Use
from verify.exact.errors import BadInput
from verify.models.matrices import Matrices
from verify.terms.affine import k
from verify.terms.expr import const as scalar
from verify.terms.matrices import W, X
from verify.terms.relation import Equal

EQUAL = Equal(X, X)
THINGS = {
    "None": None, "True": True, "-1": -1, "0": 0, "2": 2, "1/2": Fraction(1, 2), "1.5": 1.5,
    "nan": float("nan"), "''": "", "'H'": "H", "'x'": "x", "b'x'": b"x", "()": (), "[]": [],
    "{}": {}, "(0, 0)": (0, 0), "(0, 99)": (0, 99), "(0,)": (0,), "('a', 'b')": ("a", "b"),
    "(1/2,)": (Fraction(1, 2),), "k": k, "W_k": W[k], "x of formulas": scalar("x"), "int": int,
    "object": object(), "Equal": EQUAL, "Use": Use("a"), "(Use,)": (Use("a"),),
    "Square": Square(Fraction(1), X), "{'a': 3}": {"a": 3}, "{3: ()}": {3: ()},
    "{'a': Use}": {"a": Use("a")},
}  # fmt: skip
#: each field with what it admits among these
FIELDS: dict[str, tuple[Callable, set[str]]] = {
    "Use: relation": (lambda v: Use(v), {"''", "'H'", "'x'"}),
    "Use: at": (lambda v: Use("a", v), {"None", "k"}),
    "Use: left": (lambda v: Use("a", left=v), {"W_k"}),
    "Use: right": (lambda v: Use("a", right=v), {"W_k"}),
    "Use: part": (lambda v: Use("a", part=v), {"0", "2"}),
    "Use: mark": (lambda v: Use("a", mark=v), {"''", "'H'"}),
    "Use: trace": (lambda v: Use("a", trace=v), {"True"}),
    "Use: over": (lambda v: Use("a", over=v), {"None", "(0, 0)"}),
    "Lemma: name": (lambda v: Lemma(v, EQUAL), {"'H'", "'x'"}),
    "Lemma: equation": (lambda v: Lemma("a", v), {"Equal"}),
    "Lemma: by": (lambda v: Lemma("a", EQUAL, v), {"''"}),
    "Lemma: uses": (lambda v: Lemma("a", EQUAL, "", v), {"()", "[]", "(Use,)"}),
    "Square: weight": (lambda v: Square(v, X), {"2", "1/2"}),
    "Square: x": (lambda v: Square(Fraction(1), v), {"W_k"}),
    "Square: over": (lambda v: Square(Fraction(1), X, v), {"None", "(0, 0)"}),
    "Aid: lemmas": (lambda v: Aid(lemmas=v), {"()", "[]"}),
    "Aid: squares": (lambda v: Aid(squares=v), {"()", "[]"}),
    "Aid: uses": (lambda v: Aid(uses=v), {"{}"}),
    "Aid: factor": (lambda v: Aid(factor=v), {"-1", "0", "2", "1/2"}),
    "Matrices: square": (lambda v: Matrices(square=v), {"True"}),
    "Matrices: layers": (lambda v: Matrices(layers=v), {"True"}),
}


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("thing", THINGS)
def test_every_field_of_help_takes_what_it_is_for_and_refuses_the_rest(
    field: str, thing: str
) -> None:
    make, admits = FIELDS[field]
    if thing in admits:
        make(THINGS[thing])
        return
    with pytest.raises(BadInput, match="expected") as said:
        make(THINGS[thing])
    assert field.split(":")[0] in str(said.value)


def test_help_that_is_no_help_is_refused_with_the_claim() -> None:
    with pytest.raises(BadInput, match="hint"):
        Claim("slip", "t", Matrices(), (), {"c": Identity(X, X * 1)}, hints={"c": 3},
              source=Source("2511.01137v2"))  # fmt: skip
