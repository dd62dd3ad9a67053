"""An exact instance as people read it: the depth where anything depends on it, sizes, and every
number, so that a witness can be checked by hand.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from verify.spelling.notation import name as spelt
from verify.spelling.tex import inline, number, vector
from verify.terms.matrix_words import LATEX
from verify.theories.words.complex_matrix import CMat

if TYPE_CHECKING:
    from verify.theories.words.instance import Instance

ELSEWHERE = "matrices in the certificate"
MOST = 400  # letters of the numbers on one line


def in_words(x: Instance, everything: bool = False) -> str:
    """Depth, sizes and every number, unless they are many."""
    sizes = [f"N = {x.depth}"] if _runs(x) else []
    sizes += [f"d = ({', '.join(map(str, x.dims))})"] if "W" in x.theory.letters else []
    sizes += [f"{n} = {d}" for n, d in sorted(x.sizes.items())]
    return ": ".join(part for part in (", ".join(sizes), _numbers(x, everything)) if part)


def in_latex(x: Instance) -> str:
    """The same in LaTeX."""
    sizes = [inline(f"N = {x.depth}")] if _runs(x) else []
    sizes += [f"sizes {inline(vector(x.dims))}"] if "W" in x.theory.letters else []
    sizes += [inline(f"{spelt(n)} = {d}") for n, d in sorted(x.sizes.items())]
    numbers = [inline(f"{LATEX.name(n)} = {number(c)}") for n, c in sorted(x.scalars.items())]
    numbers += [inline(f"{LATEX.name(n)}_{{{j}}} = {number(c)}") for n, j, c in _terms(x)]
    numbers += [
        inline(f"{LATEX.name(name)}{'' if j is None else f'_{{{j}}}'} = {m.latex()}")
        for name, j, m in _labelled(x)
    ]
    text = ELSEWHERE if _numbers(x) == ELSEWHERE else ", ".join(numbers)
    return "; ".join(part for part in (", ".join(sizes), text) if part)


def _numbers(x: Instance, everything: bool = False) -> str:
    """All of them, or where they are."""
    numbers = [f"{n} = {c}" for n, c in sorted(x.scalars.items())]
    numbers += [f"{n}_{j} = {c}" for n, j, c in _terms(x)]
    numbers += [f"{name}{'' if j is None else f'_{j}'} = {m.text()}" for name, j, m in _labelled(x)]
    text = ", ".join(numbers)
    return text if everything or len(text) <= MOST else ELSEWHERE


def _runs(x: Instance) -> bool:
    """Is there anything that an index runs over, or a depth that is not 1?"""
    families = any(letter.index for letter in x.theory.letters.values())
    return families or bool(x.sequences) or x.depth > 1


def _terms(x: Instance) -> list[tuple[str, int, Fraction]]:
    """The numbers of sequences, but for the ends."""
    return [(n, j, c) for n, cs in sorted(x.sequences.items()) for j, c in enumerate(cs, 1)]


def _labelled(x: Instance) -> list[tuple[str, int | None, CMat]]:
    """Every matrix with the name and the index of its letter."""
    found = []
    for name, v in sorted(x.values.items()):
        places = x.theory.letters[name].indices(x.depth)
        several = v if isinstance(v, list) else [v]
        found += [(name, j, m) for j, m in zip(places, several, strict=True)]
    return found
