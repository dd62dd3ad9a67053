"""How matrices move, and relations between them, in words and in LaTeX."""

from __future__ import annotations

from verify.models.motions import (
    FibreFlow,
    GradientFlow,
    GradientStep,
    Motion,
    Prescribed,
    Still,
)
from verify.spelling import tex
from verify.spelling.tex import inline
from verify.terms.affine import k
from verify.terms.letters import RUNS, Letter
from verify.terms.matrices import Mat
from verify.terms.matrix_words import latex, words
from verify.terms.relation import Equal, free_indices


def _rate(x: Letter, e: Mat) -> str:
    """Of a family, for every index at which it moves."""
    first, less = RUNS[x.index] if x.index else (1, 1)
    return stated(
        Equal(Mat("letter", (f"{x.name}{'_k' if x.index else ''}'", None)), e, first, less)
    ) + (span(first, less) if x.index and "k" not in free_indices(e) else "")


def moves(motion: Motion, letters: tuple[Letter, ...]) -> str:
    """The motion as a clause; gradients stay what they are gradients of."""
    if isinstance(motion, Still) or motion == Prescribed():
        return "matrices at rest"
    if isinstance(motion, GradientFlow):
        return f"gradient flow of {words(motion.objective)}"
    if isinstance(motion, GradientStep):
        return f"one step W - eta gradient of {words(motion.objective)}"
    if isinstance(motion, FibreFlow):
        return (
            f"gradient flow of {words(motion.objective)} on the group's orbit in the fibre of X:"
            f" W_k' = -(w_{motion.family})_k"
        )
    if isinstance(motion, Prescribed):
        return "; ".join(
            _rate(x, motion.rates[x.name])
            for x in sorted(letters, key=lambda x: x.name)
            if x.name in motion.rates
        )
    return f"W_k' = {words(Mat('w', (motion.family, k)))}"


def stated(e: Equal) -> str:
    """A relation in words."""
    text = f"{words(e.left)} = {words(e.right)}"
    return text + span(e.first, e.less) if e.indexed else text


def stated_latex(e: Equal) -> str:
    """A relation in LaTeX."""
    text = inline(f"{latex(e.left)} = {latex(e.right)}")
    return text + tex.span(e.first, e.less) if e.indexed else text


def span(first: int, less: int) -> str:
    """For which k."""
    last = "N" if not less else f"N-{less}" if less > 0 else f"N+{-less}"
    return f" for k = {first}..{last}"
