"""The setting in which claims speak of a model, for every size.

Nothing here knows which setting that is: a setting is a model's where it moves the same letters by
the same equations, as normal forms; where all letters are single matrices it is made from the
model's equations.
"""

from __future__ import annotations

from fractions import Fraction

from verify.algebra.generic import Algebra
from verify.exact.errors import NotGeneric
from verify.models.catalogue.base import Model
from verify.models.derived import motion
from verify.models.diagonal import DiagonalTheory
from verify.models.flow import Flow
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow, Prescribed
from verify.terms.affine import k
from verify.terms.array_translations import to_expr, to_mat
from verify.terms.arrays import Array, Letter
from verify.terms.letters import Letter as Word
from verify.terms.matrices import LOSS, Mat, P, W, X, dot, inner, letter
from verify.theories.words.frame import frame

Setting = Flow | Matrices
GRADIENT, SLOPE = "g", "h"  # of the loss, and how that moves: any path


def setting_of(model: Model) -> Setting | None:
    """The setting whose motion is the model's, for every size, or None."""
    if len(model.letters) > 1:
        return _prescribed(model)
    rates = motion(model).rates
    (of,) = model.letters
    ours = to_expr(rates[of], "i")
    if ours is not None:
        theory = DiagonalTheory()
        try:
            theirs = theory.derivative(of.name, (of.index, "i"))
        except NotGeneric:
            return None
        return None if Algebra(theory).normal(ours - theirs) else Flow()
    flow = Matrices(GradientFlow(LOSS))
    gap = to_mat(rates[of], of.index)
    if gap is None:
        return None
    same = frame(flow, ()).expander.normal(dot(W[k]) - gap, {"k": (1, 0)})
    return None if same else flow


def slope_of(model: Model, speed: Fraction) -> Mat | None:
    """-speed <phi, g> in the words of the model's setting: how a norm moves that a scale-invariant
    loss keeps.
    """
    if len(model.letters) == 1:
        return -speed * inner(X, P)
    phi = _word(model, model.phi)
    return None if phi is None else -speed * inner(phi, letter(GRADIENT))


def _prescribed(model: Model) -> Matrices | None:
    """Of single matrices: each moves as the model says, the gradient by any path."""
    single = all(_matrix(x) for x in (*model.letters, model.gradient))
    rates = {x.name: _word(model, e) for x, e in motion(model).rates.items()}
    if not single or GRADIENT in rates or SLOPE in rates:
        return None
    found = {name: rate for name, rate in rates.items() if rate is not None}
    if len(found) < len(rates):
        return None
    sizes = str(model.gradient.rows), str(model.gradient.columns)
    letters = [Word(x.name, str(x.rows), str(x.columns)) for x in model.letters]
    letters += [Word(GRADIENT, *sizes), Word(SLOPE, *sizes)]
    moving = Prescribed({**found, GRADIENT: letter(SLOPE)})
    return Matrices(moving, letters=tuple(letters), layers=False)


def _matrix(x: Letter) -> bool:
    """One matrix, whose sizes have names."""
    return (
        not x.index and not x.symmetric and isinstance(x.rows, str) and isinstance(x.columns, str)
    )


def _word(model: Model, x: Array) -> Mat | None:
    word = to_mat(x, "")
    return None if word is None else _called(word, model.gradient.name)


def _called(x: Mat, name: str) -> Mat:
    """With the gradient called g: its own name may be that of a letter of the layers."""
    if x == letter(name):
        return letter(GRADIENT)
    return Mat(x.head, tuple(_called(y, name) if isinstance(y, Mat) else y for y in x.args))
