"""The constant that would be right where both sides of a false equation are proportional
everywhere, tried in a proof.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import islice

from flint import fmpq

from verify.claims.conclusions.matrix_help import Aid
from verify.claims.conclusions.of_matrices import Decays, Identity, Obligation, OfMatrices
from verify.terms.matrices import Mat, dot, num
from verify.terms.matrix_words import words
from verify.theories.words.complex_matrix import Value, flat, vanishes
from verify.theories.words.prove import NoProof, prove
from verify.theories.words.search import MatrixSentence, points, values

_COMPARED = 4


def right_constant(s: MatrixSentence, aid: Aid) -> str:
    """A clause for the verdict, or nothing."""
    sides = _sides(s.conclusion)
    factor = None if sides is None else _proportion(s, *sides)
    if factor is None:
        return ""
    better, old, new = _mended(s.conclusion, factor)
    if isinstance(prove(s.setting, s.assuming, better, aid), NoProof):
        return ""
    return f"; with {words(new)} in place of {words(old)} it reduces to zero"


def _sides(c: OfMatrices) -> tuple[Mat, Mat] | None:
    if isinstance(c, Identity):
        return c.left, c.right
    return (dot(c.quantity), c.factor * c.quantity) if isinstance(c, Decays) else None


def _proportion(s: MatrixSentence, left: Mat, right: Mat) -> Fraction | None:
    """The one number c with left = c right at every instance compared, if there is one and it is
    not 0.
    """
    here, place, found = s.frame(), s.conclusion.place(), set()
    for x in islice(points(s, {}), _COMPARED):
        both = zip(
            *(values(x, here, Obligation("", e, *place)) for e in (left, right)), strict=False
        )
        found |= {str(ratio(a, b)) for (_, a), (_, b) in both if not (vanishes(a) and vanishes(b))}
    return Fraction(found.pop()) if len(found) == 1 and not found & {"None", "0"} else None


def _mended(c: OfMatrices, factor: Fraction) -> tuple[OfMatrices, Mat, Mat]:
    """The sentence with its constant times ``factor``, the old constant and the new one."""
    assert isinstance(c, (Identity, Decays))
    e = c.right if isinstance(c, Identity) else c.factor
    old, rest = (
        (e.args[0].args[0], e.args[1])
        if e.head == "*" and e.args[0].head == "num"
        else (Fraction(1), e)
    )
    if e.head == "num":
        old, rest = e.args[0], num(1)
    new = num(factor * old) * rest if rest != num(1) else num(factor * old)
    return (
        (replace(c, right=new) if isinstance(c, Identity) else replace(c, factor=new)),
        num(old),
        num(factor * old),
    )


def ratio(x: Value, y: Value) -> fmpq | None:
    """The number c with x = c y, if there is one and y is not zero."""
    pairs = list(zip(flat(x), flat(y), strict=False))
    base = next(((a, b) for a, b in pairs if b), None)
    if base is None or len(flat(x)) != len(flat(y)):
        return None
    c = base[0] / base[1]
    return c if all(a == c * b for a, b in pairs) else None
