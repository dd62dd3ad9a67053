"""A least sum of squares is that of the balanced layers, of which there are such of each product:
the group along which that is found is the kernel's.
"""

from __future__ import annotations

from dataclasses import replace

from verify.claims.conclusions.matrix_kinds import FibreMinimum
from verify.claims.hypotheses.matrices import BALANCE, Holds
from verify.exact.errors import NotGeneric
from verify.models.motions import ActionFlow, Still
from verify.theories.words.instance import Instance
from verify.theories.words.search import MatrixSentence, points


def on_balance(sentence: MatrixSentence) -> MatrixSentence:
    """The sentence of balanced layers, where nothing moves. Raises NotGeneric where more is
    supposed.
    """
    given = sentence.setting
    if not isinstance(sentence.conclusion, FibreMinimum):
        return sentence
    if sentence.assuming or not isinstance(given.motion, ActionFlow):
        raise NotGeneric("a minimum under hypotheses: not written yet")
    own = tuple(x for x in given.letters if x.name != given.motion.family)
    still = replace(given, motion=Still(), letters=own)
    return replace(sentence, setting=still, assuming=(Holds("balance", "balanced", BALANCE),))


def instance(sentence: MatrixSentence, found: Instance) -> Instance:
    """An exact state, of a minimum one that has it."""
    if not isinstance(sentence.conclusion, FibreMinimum):
        return found
    every = points(sentence, {"balance": BALANCE})
    return next(x for x in every if max(x.dims) > 1)
