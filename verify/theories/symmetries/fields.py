"""How an element a of a group's algebra moves the blocks of a model, read off its generators:
W_k' = a W_k, W_(k+1)' = -W_(k+1) a.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from verify.claims.conclusions.of_actions import Factor
from verify.theories.symmetries.actions import Block, Case, Generator, Matrix

_MULTIPLES = (0, 1, -1, 2, -2)
Rate = tuple[str, tuple[int, ...], int, int]  # letter, shift; multiples of a X and of X a


def rates(cases: Sequence[Case]) -> tuple[Rate, ...]:
    """What every generator E_ij of every group of every case does, and nothing else; empty where
    there is no such form, as for matrices that are printed.
    """
    found = next((r for c in sorted(cases, key=lambda c: -c.size) if (r := _read(c))), ())
    return found if all(_fits(case, found) for case in cases) else ()


def _fits(case: Case, found: tuple[Rate, ...]) -> bool:
    for g in case.generators:
        made: Matrix = {}
        for letter, shift, p, q in found:
            if len(shift) != len(g.group):
                return False
            index = tuple(n + s for n, s in zip(g.group, shift, strict=True))
            block = case.blocks.get((letter, index))
            if (
                block is None
                or (p and len(block) <= max(g.at))
                or (q and len(block[0]) <= max(g.at))
            ):
                return False
            made |= _moved(block, g.at, p, q)
        if made != g.xi:
            return False
    return True


def _read(case: Case) -> tuple[Rate, ...] | None:
    found: dict[tuple[str, tuple[int, ...]], tuple[int, int]] = {}
    for group in dict.fromkeys(g.group for g in case.generators):
        mine = [g for g in case.generators if g.group == group]
        left = [dict(g.xi) for g in mine]
        for (letter, index), block in case.blocks.items():
            if len(index) != len(group):
                return None
            multiples = _multiples(block, mine)
            if multiples is None:
                return None
            shift = tuple(i - g for i, g in zip(index, group, strict=True))
            if multiples != (0, 0) and found.setdefault((letter, shift), multiples) != multiples:
                return None
            left = [_less(xi, block) for xi in left]
        if any(left):
            return None
    return tuple((*key, *multiples) for key, multiples in found.items()) if found else None


def _multiples(block: Block, generators: list[Generator]) -> tuple[int, int] | None:
    """p, q with X' = p a X + q X a for each a = E_ij; the first that fit, so that scalars stand on
    the left.
    """
    size = 1 + max(x for g in generators for x in g.at)
    fits_left, fits_right = size == len(block), size == len(block[0])
    inside = {i for row in block for i in row}
    parts = [{place: x for place, x in g.xi.items() if place[0] in inside} for g in generators]
    for q, p in product(_MULTIPLES if fits_right else (0,), _MULTIPLES if fits_left else (0,)):
        made = (_moved(block, g.at, p, q) for g in generators)
        if all(a == b for a, b in zip(parts, made, strict=True)):
            return p, q
    return None


def _moved(block: Block, at: tuple[int, int], p: int, q: int) -> Matrix:
    """p E_ij X + q X E_ij."""
    i, j = at
    found: Matrix = {}
    for to, of in zip(block[i], block[j], strict=True) if p else ():
        found[to, of] = found.get((to, of), Fraction(0)) + p
    for row in block if q else ():
        found[row[j], row[i]] = found.get((row[j], row[i]), Fraction(0)) + q
    return {place: x for place, x in found.items() if x}


def _less(xi: Matrix, block: Block) -> Matrix:
    inside = {i for row in block for i in row}
    return {place: x for place, x in xi.items() if place[0] not in inside}


def latex(found: tuple[Rate, ...]) -> str:
    """One equation for each block that moves."""
    return ", ".join(_one(*rate) for rate in found)


def _one(letter: str, shift: tuple[int, ...], p: int, q: int) -> str:
    base, _, index = Factor(letter, shift).text(tex=True).partition("_")
    name, rate = (x + (f"_{index}" if index else "") for x in (base, f"\\dot{{{base}}}"))
    terms = [(p, f"a\\,{name}"), (q, f"{name}\\,a")]
    text = " ".join(
        ("-" if c < 0 else "+") + (f"{abs(c)}\\," if abs(c) != 1 else " ") + word
        for c, word in terms
        if c
    )
    return f"{rate} = {text.removeprefix('+').strip()}"
