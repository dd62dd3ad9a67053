"""What holds always holds after a step of descent too: a state that leaves a hypothesis or a
definition by the step is none of the sentence.

A relation that only names a letter holds after the step, for the letter follows; where that letter
has a form, what it names has to have it then. Finite steps cross what is open, so positive and
invertible count where nothing moves.
"""

from __future__ import annotations

from verify.terms.affine import Affine
from verify.terms.letters import RUNS
from verify.terms.matrices import Mat, W, after
from verify.theories.words.complex_matrix import vanishes
from verify.theories.words.evaluator import Evaluator
from verify.theories.words.frame import Frame
from verify.theories.words.instance import Instance


def doubt(here: Frame) -> str:
    """What each state has to show by itself; empty for nothing."""
    names = [f"relation {name!r}" for name, _ in here.roles.residual]
    names += [f"the form of {name}" for name in _formed(here)]
    return (
        f"{names[0]} holds before the step, and whether it holds after it is not known"
        if names
        else ""
    )


def keeps(x: Instance, here: Frame) -> bool:
    """Do relations and forms hold after the step from here? Raises NotGeneric for what becomes one
    knows not what.
    """
    at = Evaluator(x, here.expander)
    layers = [W[Affine(j)] for j in range(1, x.depth + 1)]
    if all(vanishes(at(after(y) - y)) for y in layers):
        return True
    return all(
        vanishes(at(after(e.left - e.right), place))
        for _, e in here.roles.residual
        for place in e.places(x.depth)
    ) and all(_upright(x, here, at, name) for name in _formed(here))


def _formed(here: Frame) -> list[str]:
    """Letters with a form that a relation names."""
    letters = here.expander.theory.letters
    return [n for n in here.roles.named if letters[n].form != "free"]


def _upright(x: Instance, here: Frame, at: Evaluator, name: str) -> bool:
    spec, e = here.expander.theory.letters[name], here.roles.named[name]
    first, less = RUNS[spec.index] if spec.index else (0, x.depth)
    return spec.form == "hermitian" and all(
        vanishes(at(after(_skew(e)), {"k": j})) for j in range(first, x.depth - less + 1)
    )


def _skew(e: Mat) -> Mat:
    return e - e.H
