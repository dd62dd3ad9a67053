"""Where the leading word of a relation stands in another word, and at which index."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from verify.terms.affine import ONE, ZERO, Affine
from verify.terms.letters import Theory
from verify.theories.words.element import (
    BOUND,
    Element,
    Word,
    turns,
)


def leading(gap: Element, left: Element) -> tuple[Word, Fraction] | None:
    """The word that is replaced: the left side where that is one word, else the longest of all;
    None for scalars and sums.
    """
    plain = {
        key: c
        for key, c in (left if len(left) == 1 else gap).items()
        if not key[0] and not key[1] and key[2]
    }
    plain = {key: c for key, c in plain.items() if not any(r[0] == BOUND for r in key[3])}
    if not plain:
        return None
    key = max(plain, key=lambda key: (sum(1 if e == ONE else 2 for *_, e in key[2]), repr(key)))
    return key[2], gap.get(key, plain[key])


def matches(
    word: Word, pattern: Word, mark: str, is_trace: bool, indexed: bool, theory: Theory
) -> Iterator[tuple]:
    """(left, index, right) with word = left * pattern * right; under a trace any rotation will
    do.
    """
    if mark == "trace":
        if is_trace and len(word) == len(pattern):
            for turn in sorted(set(turns(pattern, theory)), key=repr):
                yield from _inside(word, turn, indexed)
        return
    if not is_trace:
        yield from _inside(word, pattern, indexed)
        return
    for turn in sorted(set(turns(word, theory)), key=repr):
        for left, at, right in _inside(turn, pattern, indexed):
            if not left:
                yield left, at, right


def _inside(word: Word, pattern: Word, indexed: bool) -> Iterator[tuple]:
    for start in range(len(word) - len(pattern) + 1):
        at: Affine | None = None
        spare: list[Affine] = []
        for place, ((n, i, m, e), (pn, pi, pm, pe)) in enumerate(
            zip(word[start:], pattern, strict=False)
        ):
            if n != pn or m != pm or (i is None) != (pi is None):
                break
            if pe.coefficient("k"):
                here = _index_from(e, pe)
                if here is None or (at is not None and here != at):
                    break
                at, pe = here, e
            over = e - pe
            if over != ZERO and not (
                place in (0, len(pattern) - 1)
                and len(pattern) > 1
                and over.const > 0
                and not over.terms
            ):
                break
            if i is not None and pi is not None:
                here = i - pi.const if pi.coefficient("k") else None
                if (here is None and i != pi) or (
                    here is not None and at is not None and here != at
                ):
                    break
                at = here if at is None else at
            spare.append(over)
        else:
            if indexed == (at is not None):
                left = word[:start] + _rest(word[start], spare[0])
                yield (
                    left,
                    at,
                    _rest(word[start + len(pattern) - 1], spare[-1]) * (len(pattern) > 1)
                    + word[start + len(pattern) :],
                )


def _index_from(e: Affine, pattern: Affine) -> Affine | None:
    """The index k at which a pattern's exponent is e, where that is one variable and a number."""
    c = pattern.coefficient("k")
    found = (
        (e - pattern.put("k", ZERO))
        if c == 1
        else (pattern.put("k", ZERO) - e)
        if c == -1
        else None
    )
    if found is None or len(found.terms) > 1 or any(x != 1 for _, x in found.terms):
        return None
    return found


def _rest(x: tuple, over: Affine) -> Word:
    return ((x[0], x[1], x[2], over),) if over != ZERO else ()
