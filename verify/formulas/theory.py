"""The theory of formulas: normal forms prove, rational places refute, the independent reader has the last word."""

from __future__ import annotations

from collections.abc import Mapping

from verify.claim import Claim
from verify.conclusions.exponential_decay import ExponentialDecay
from verify.evidence import Certified, Outcome
from verify.formulas import domain
from verify.formulas.certificate import certify
from verify.formulas.decide import instance, prove, refute
from verify.formulas.domain import Condition, scope
from verify.formulas.place import Spot
from verify.formulas.sentence import FormulaSentence
from verify.found import Gap, Refuted, Shown
from verify.settings.formulas import Formulas
from verify.theory import Theory
from verify.verdict import Verdict


class Towers(Theory):
    """Formulas in letters with roots, powers and exponentials, for all values that are declared."""

    reader = "check_formulas.py"

    def sentence(self, name: str, without: str = "") -> FormulaSentence:
        return _sentence(self.claim, name, (*self.request.without, without))

    def prove(self, sentence: FormulaSentence) -> Shown | Gap:
        return prove(sentence)

    def refute(self, sentence: FormulaSentence) -> Refuted | None:
        return refute(sentence, self.claim.hints.get(sentence.name))

    def instance(self, sentence: FormulaSentence) -> Spot | None:
        return instance(sentence)

    def unmoved(self, sentence: FormulaSentence) -> str:
        return "no rational instance that satisfies all hypotheses and is not degenerate was found"

    def certify(self, outcomes: Mapping[str, Outcome]) -> dict[str, Certified]:
        return certify(self.claim, self.request.without, outcomes)

    @staticmethod
    def reach(claim: Claim, name: str) -> str:
        return domain.reach(_sentence(claim, name, ()))

    @staticmethod
    def condition(claim: Claim, name: str) -> str:
        """One that is only refuted stands as it is."""
        if isinstance(claim.concluding[name], ExponentialDecay) or claim.expected is Verdict.REFUTED:
            return ""
        return scope(_sentence(claim, name, ()), Condition.latex)


def _sentence(claim: Claim, name: str, without: tuple[str, ...]) -> FormulaSentence:
    assert isinstance(claim.setting, Formulas)
    assuming = tuple(h for h in claim.assuming if h.id not in without)
    return FormulaSentence(claim.setting, assuming, name, claim.concluding[name])  # type: ignore[arg-type]
