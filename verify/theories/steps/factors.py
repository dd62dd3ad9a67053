"""What a fact is multiplied by in a step, all of it together."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.kernel.affine import Index
from verify.kernel.ring import Poly, unit
from verify.kernel.terms import Term
from verify.theories.steps.spelled import Script

#: on the left, as written and as a polynomial; on the right; indices of a sum
Factors = tuple[Term | None, Poly, str, list[Index]]
UNIT = unit(None)


def once(own: str, whence: str, how: str, times: str | None) -> str:
    """A fact with whence it is and how it is used; nothing where its factors are 0."""
    if times is None:
        return ""
    more = ", ".join(x for x in (whence, times, how) if x)
    return f"{own} ({more})" if more else own


def multiplied(by: Sequence[Factors], script: Script) -> str | None:
    """Factors with the same one on the right are added up; None where they are 0."""
    sums: dict[tuple[object, str], list[Factors]] = {}
    for x in by:
        sums.setdefault((x[1].shape, x[2]), []).append(x)
    said = []
    for (_, right), every in sums.items():
        (left, p, *_), *more = every
        p = sum((x[1] for x in more), p)
        if p.terms:
            plain = not p.shape and p.terms in (UNIT.terms, UNIT.times(Fraction(-1)).terms)
            text = script.term(left) if left and not more else script.poly(p)
            said.append(("" if plain and len(sums) == 1 else text, right))
    if not said:
        return None
    found = [f"{x} and {y} on the right" if x and y else f"{y} on the right" if y else x
             for x, y in said]  # fmt: skip
    return ", and ".join(f"times {x}" for x in found if x)
