"""How matrices move, and what the letters of the layers mean, with the mathematics in LaTeX."""

from __future__ import annotations

from verify.models.layers import meanings
from verify.models.motions import (
    ActionFlow,
    FibreFlow,
    GradientFlow,
    GradientStep,
    Motion,
    Prescribed,
    Still,
)
from verify.spelling.tex import inline, span
from verify.terms.affine import k
from verify.terms.array_words import LATEX as ARRAYS
from verify.terms.letters import RUNS, Letter
from verify.terms.matrices import Mat
from verify.terms.matrix_words import LATEX, latex
from verify.terms.relation import free_indices

_TEX = {name: inline(text) for name, text in meanings(ARRAYS).items()}
MEANINGS = {
    **_TEX,
    "G": _TEX["G"] + r", \(G_0 = G_N = 0\)",
    "w": _TEX["w"] + r", \(c_0 = c_N = 0\)",
    "H": _TEX["H"] + r", \(H_0(c) = H_N(c) = 0\)",
    "loss": r"\(E\) any \(C^{1}\) function, \(P = E'(X)\)",
}


def moves_latex(motion: Motion, letters: tuple[Letter, ...]) -> str:
    """The motion as a clause; gradients stay what they are gradients of."""
    if isinstance(motion, Still) or motion == Prescribed():
        return "matrices at rest"
    if isinstance(motion, GradientFlow):
        return f"the gradient flow of {inline(latex(motion.objective))}"
    if isinstance(motion, GradientStep):
        step = inline("W_k^{+} = W_k - \\eta \\nabla_{W_k} F")
        step += ", written " + inline("\\mathrm{step}\\,W_k")
        return f"one step {step}, of {inline(f'F = {latex(motion.objective)}')}"
    if isinstance(motion, FibreFlow):
        slope = inline(f"\\dot W_k = -(w_{{{LATEX.name(motion.family)}}})_k")
        objective = inline(latex(motion.objective))
        return (
            f"the gradient flow of {objective} on the group's orbit in the fibre of \\(X\\):"
            f" {slope}"
        )
    if isinstance(motion, Prescribed):
        moving = [x for x in sorted(letters, key=lambda x: x.name) if x.name in motion.rates]
        return "; ".join(_rate(x, motion.rates[x.name]) for x in moving)
    return (
        inline(f"\\dot W_k = {latex(Mat('w', (motion.family, k)))}")
        if isinstance(motion, ActionFlow)
        else ""
    )


def _rate(x: Letter, rate: Mat) -> str:
    """Of a family, for every index at which it moves."""
    name = f"\\dot{{{LATEX.name(x.name)}}}" + ("_{k}" if x.index else "")
    run = span(*RUNS[x.index]) if x.index or "k" in free_indices(rate) else ""
    return inline(f"{name} = {latex(rate)}") + run
