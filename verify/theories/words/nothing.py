"""Sentences about matrices that say nothing: both sides are the same as they stand, or the quantity
moves along no motion, or the motion moves nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from verify.claims.conclusions.matrix_kinds import NonNegative, Unchanged
from verify.exact.alike import SAME, STILL, plain
from verify.models.motions import GradientFlow, GradientStep
from verify.terms.affine import k
from verify.terms.letters import RUNS
from verify.terms.matrices import Mat
from verify.terms.matrix_words import words
from verify.terms.relation import free_indices
from verify.terms.shapes import shape
from verify.theories.words.element import NotGeneric
from verify.theories.words.expand import Expander
from verify.theories.words.search import MatrixSentence


def says_nothing(s: MatrixSentence) -> str | None:
    """Why, or None. No hypothesis and no definition is used, but for what is constant."""
    try:
        here = s.frame()
        gaps = [o.gap for o, _ in s.conclusion.doubtful(s.setting)]
    except NotGeneric:
        return None
    names = {*s.setting.theory().letters, *s.setting.theory().sequences}

    def still(e: Mat) -> bool:
        return e.letters() & names <= here.expander.fixed

    def scalar(e: Mat) -> bool:
        return shape(e, here.expander.theory) is None

    if isinstance(s.conclusion, Unchanged) and _rests(s, s.conclusion.quantity):
        return STILL
    forms = [plain(gap, scalar, still) for gap in gaps]
    if isinstance(s.conclusion, NonNegative):
        return SAME if all(set(x) <= {()} and x.get((), 0) >= 0 for x in forms) else None
    return SAME if forms and not any(forms) else None


def nothing_moves(s: MatrixSentence) -> str | None:
    """Why no letter moves, at any depth and size: what each moves by is zero as words. Or None."""
    motion = s.setting.motion
    try:
        here = s.frame().expander
        moved = [*here.rates.items(), *((n, _by(n, step)) for n, step in here.steps.items())]
        if not moved or not all(_zero(here, name, by) for name, by in moved):
            return None
    except NotGeneric:
        return None
    if isinstance(motion, GradientFlow | GradientStep):
        return f"nothing moves: the gradient of {words(motion.objective)} is 0"
    return f"nothing moves: {', '.join(f'{name} by 0' for name, _ in moved)}"


def _by(name: str, step: Callable[[Any], Mat]) -> Callable[[Any], Mat]:
    return lambda i: step(i) - Mat("letter", (name, i))


def _zero(here: Expander, name: str, by: Callable[[Any], Mat]) -> bool:
    index = here.theory.letters[name].index
    e = by(k if index else None)
    return not here.normal(e, {n: RUNS[index] for n in free_indices(e)})


def _rests(s: MatrixSentence, quantity: Mat) -> bool:
    """Nothing of it could move: its normal form is made of what is constant."""
    here = s.frame()
    first, less = s.conclusion.place()
    try:
        return all(
            map(
                here.constant,
                here.expander.normal(quantity, {n: (first, less) for n in free_indices(quantity)}),
            )
        )
    except NotGeneric:
        return False
