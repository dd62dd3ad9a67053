"""What moves along any path: letters whose rates are free, and what is a root of them; which
matrices are positive definite, with powers of every sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from verify.exact.errors import NotGeneric
from verify.models.matrices import Matrices
from verify.models.motions import GradientStep, Prescribed, Still
from verify.terms.matrices import Mat
from verify.terms.relation import Equal
from verify.theories.steps.matrix_terms import inverted
from verify.theories.words.roles import Roles


def roots(given: Matrices, known: Roles) -> Mapping[str, Equal]:
    """Positive definite letters, each with the relation that says of what it is a root, and a rate
    of its own. Raises NotGeneric where something else ties what moves along any path.
    """
    found = dict[str, Equal]()
    for name, e in known.residual if known.controls else ():
        own = root_of(e)
        if own is None or own in found or not _moves_freely(own, given, known):
            raise NotGeneric(f"{name} ties what moves along any path: not written yet")
        found[own] = e
    return found


def root_of(e: Equal) -> str | None:
    """R, of R^n = an expression in other letters."""
    base = e.left.args[0] if e.left.head == "^" else e.left
    plain = base.head == "letter" and base.args[1] is None and not e.indexed
    return str(base.args[0]) if plain and base.args[0] not in e.right.letters() else None


def _moves_freely(name: str, given: Matrices, known: Roles) -> bool:
    rates = given.motion.rates if isinstance(given.motion, Prescribed) else {}
    rate = rates.get(name)
    free = rate is not None and rate.letters() <= known.controls
    return free and any(x.name == name and x.form == "positive" for x in given.letters)


def definite(given: Matrices, known: Roles, every: Iterable[Mat]) -> frozenset[str]:
    """Positive letters that move, or have a power that speaks of the depth, and may be negative."""
    every = list(every)
    deep = inverted(every) - inverted(every, deep=False)
    positive = {x.name for x in given.letters if x.form == "positive" and not x.index}
    still = isinstance(given.motion, Still | GradientStep)
    moves = {*known.named} if still else positive - known.fixed
    return frozenset(positive & inverted(every) & (deep | moves))
