"""Does anything move at the instance that is shown? Computed there, so that nothing is said to move
where nothing does.
"""

from __future__ import annotations

from fractions import Fraction

from verify.claims.evidence import Outcome
from verify.exact.rings import Inexact
from verify.models.motions import Still


def moving(outcome: Outcome) -> bool:
    """Whether the velocity at the instance of an outcome is not zero, computed from the setting's
    motion.
    """
    kind, sentence, here = outcome.sentence.setting.kind, outcome.sentence, outcome.instance
    if here is None:
        return False
    if kind == "formulas":
        return any(_turns(here, rate) for rate in sentence.setting.rates.values())  # type: ignore[union-attr]
    if kind == "matrices":
        return _matrices(sentence, here)
    if kind == "action":
        return _action(sentence, here)
    from verify.theories.states.search import moves

    return moves(sentence, here)


def _turns(here, rate) -> bool:
    """Certainly not zero."""
    try:
        return bool(here.value(rate).sign())
    except Inexact:
        return False


def _matrices(sentence, here) -> bool:
    from verify.theories.words.search import moves

    return not isinstance(sentence.setting.motion, Still) and moves(
        sentence, sentence.frame(), here
    )


def _action(sentence, here) -> bool:
    """A point that the sentence itself speaks of comes without g, and then nothing is said."""
    from verify.theories.symmetries.actions import build
    from verify.theories.symmetries.finding import velocity

    case = next(c for c in map(build, sentence.setting.cases) if c.title == here.case)
    theta, g = (tuple(map(Fraction, here.numbers.get(name, ()))) for name in ("theta", "g"))
    return bool(g) and any(velocity(case, theta, g))
