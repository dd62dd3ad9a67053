"""The gradient of a real function of a family of matrices, from its first variation: df(V) = sum_k
<grad_k, V_k>, for every V.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from verify.exact.errors import NotGeneric
from verify.terms.affine import ONE, Affine, index
from verify.terms.letters import RUNS, Letter, Theory
from verify.terms.matrices import Mat, const, dot, num
from verify.theories.words.element import BOUND, Element, turns
from verify.theories.words.expand import Expander

VARIATION = "~V"  # no author's letter


def gradient(objective: Mat, family: str, theory: Theory, fixed: frozenset[str]) -> Mat:
    """As an expression in the index k. Raises NotGeneric where the variation is not a sum over
    layers that covers the family.
    """
    spec = theory.letters[family]
    wide = replace(
        theory,
        letters={**theory.letters, VARIATION: Letter(VARIATION, spec.rows, spec.cols, spec.index)},
    )
    moving = Expander(wide, rates={family: lambda i: Mat("letter", (VARIATION, i))}, fixed=fixed)
    return _coefficient(moving.normal(dot(objective), {}), VARIATION, wide)


def coefficient(variation: Mat, family: str, moving: Expander) -> Mat:
    """m with variation = sum_k <m_k, x_k> for the family x, an expression in k."""
    return _coefficient(moving.normal(variation, {}), family, moving.theory)


def _coefficient(x: Element, family: str, theory: Theory) -> Mat:
    first, less = RUNS[theory.letters[family].index]
    found = num(0)
    for (scalars, is_trace, word, ranges), c in sorted(x.items(), key=repr):
        if not is_trace or len(ranges) != 1 or ranges[0][0] != BOUND:
            raise NotGeneric(
                f"the first variation has a term that is no sum over the layers of <., {family}_k>"
            )
        rest, offset = _turned(word, family, theory)
        low, high = (
            ranges[0][1] + offset,
            ranges[0][2] - offset,
        )  # of the index of the family's letter
        body = _expression(rest, -offset).H
        for (name, i), e in scalars:
            atom = (
                const(name) if i is None else Mat("seq", (name, i.put(BOUND, index("k") - offset)))
            )
            body = atom**e * body
        found = found + num(Fraction(c)) * (
            body
            if (low, high) == (first - 1, less)
            else Mat("within", (index("k"), 1 + low, high, body))
        )
    return found


def _turned(word: tuple, family: str, theory: Theory) -> tuple[tuple, int]:
    """The word without the family's letter, which is turned to its end; Re Tr(u x) = <u*, x>."""
    for turn in sorted(set(turns(word, theory)), key=repr):
        name, i, mark, e = turn[-1]
        if (
            name == family
            and mark == ""
            and e == ONE
            and not any(x[0] == family for x in turn[:-1])
        ):
            assert i is not None
            return turn[:-1], i.const
    raise NotGeneric(f"the variation is not linear in {family}")


def _expression(word: tuple, shift: int) -> Mat:
    found: Mat = num(1)
    for name, i, mark, e in word:
        at: Affine | None = None if i is None else i.put(BOUND, index("k") + shift)
        x = Mat("letter", (name, at))
        x = x if e == ONE else x ** e.put(BOUND, index("k") + shift)
        found = found * (Mat("mark", (mark, x)) if mark else x)
    return found
