"""The theory of formulas: normal forms prove, rational places refute, and the kernel has the last
word.
"""

from __future__ import annotations

from functools import cache
from random import Random

from verify.claims.claim import Claim
from verify.claims.evidence import Checked
from verify.exact.errors import BadInput
from verify.exact.rings import Inexact
from verify.models.formulas import Formulas, Solution
from verify.terms.expr import Expr
from verify.theories.found import Gap, Refuted, Shown
from verify.theories.protocol import Theory
from verify.theories.towers import domain
from verify.theories.towers.decide import instance, prove
from verify.theories.towers.domain import Condition, scope
from verify.theories.towers.place import Place, Spot
from verify.theories.towers.quotients import Quotient, TooLarge
from verify.theories.towers.refute import refute
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.towers.states import asked, checked, moves, simple, state, tower_of
from verify.theories.towers.tower import Tower


class Towers(Theory):
    """Formulas in letters with roots, powers and exponentials, for all values that are declared."""

    reader = "verify/kernel"
    by_steps = True
    states_are = Spot

    def sentence(self, name: str, without: str = "") -> FormulaSentence:
        return _sentence(self.claim, name, (*self.request.without, without))

    def prove(self, sentence: FormulaSentence) -> Shown | Gap:
        return prove(sentence)

    def refute(self, sentence: FormulaSentence) -> Refuted | None:
        return refute(sentence)

    def instance(self, sentence: FormulaSentence) -> Spot | None:
        return instance(sentence)

    @cache  # noqa: B019  a theory lives as long as its run
    def _tower(self, without: str = "") -> Tower:
        try:
            return tower_of([self.sentence(n, without) for n in self.claim.concluding])
        except TooLarge as limit:
            why = f"claim {self.claim.id} has no states: a polynomial grew too large: {limit}"
            raise BadInput(f"{why}; state it with shorter formulas") from None

    def state(self, source: Random, without: str = "") -> Spot | None:
        first = self.sentence(next(iter(self.claim.concluding)), without)
        return state(first, self._tower(without), source, lambda: self._simple(without))

    @cache  # noqa: B019
    def _simple(self, without: str) -> list[Place]:
        first = self.sentence(next(iter(self.claim.concluding)), without)
        return simple(first, self._tower(without))

    @cache  # noqa: B019
    def _asked(self, name: str) -> tuple[Expr, Quotient] | None:
        return asked(self.sentence(name), self._tower())

    def moves(self, state: Spot) -> bool:
        return moves(self._tower(), state)

    def checked(self, sentence: FormulaSentence, state: Spot) -> Checked:
        return checked(sentence.conclusion, self._tower(), self._asked(sentence.name), state)

    def unmoved(self, sentence: FormulaSentence) -> str:
        return "no rational instance that satisfies all hypotheses and is not degenerate was found"

    @staticmethod
    def reach(claim: Claim, name: str) -> str:
        return domain.reach(_sentence(claim, name, ()))

    @staticmethod
    def moves_at(sentence: FormulaSentence, here: Spot) -> bool:
        return any(_turns(here, rate) for rate in sentence.setting.rates.values())

    @staticmethod
    def condition(sentence: FormulaSentence) -> str:
        return scope(sentence, Condition.latex)


def _turns(here: Spot, rate: Expr) -> bool:
    """Certainly not zero."""
    try:
        return bool(here.value(rate).sign())
    except Inexact:
        return False


def _sentence(claim: Claim, name: str, without: tuple[str, ...]) -> FormulaSentence:
    assert isinstance(claim.setting, Formulas)
    assuming = tuple(h for h in claim.assuming if h.id not in without)
    hint = claim.hints.get(name)
    solution = hint if isinstance(hint, Solution) else None
    return FormulaSentence(claim.setting, assuming, name, claim.concluding[name], solution)  # type: ignore[arg-type]
