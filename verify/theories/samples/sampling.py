"""The theory of samples: two numbers, computed in two ways at seeded exact instances, in balls or
exactly.

A comparison supports and never proves. One instance at which the numbers provably differ, or lie
the wrong way round, refutes. Where balls are too wide to tell, the conclusion stays undecided, as
it does where its near miss is not rejected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from random import Random
from typing import TYPE_CHECKING, Any

from verify.claims.applies import digits_of
from verify.claims.conclusions.tends_at_order import TendsAtOrder
from verify.claims.evidence import Measured, Outcome
from verify.claims.sentence import Sentence
from verify.claims.verdict import Verdict
from verify.exact.precision import precision
from verify.models.samples import Instance, Samples, Wide
from verify.theories.found import Gap, Refuted, Shown
from verify.theories.protocol import Progress, Theory
from verify.theories.samples.comparing import Found, at_order, compared

if TYPE_CHECKING:
    from verify.claims.claim import Claim
    from verify.claims.request import Request

SPARE_BITS = 64


class Sampled(Theory):
    """Nothing here is certified: whatever it finds is computed again by whoever asks again."""

    digits_used = True
    stateless = "numbers at samples that its family draws"

    def __init__(self, claim: Claim, request: Request, progress: Progress) -> None:
        super().__init__(claim, request, progress)
        assert isinstance(claim.setting, Samples)
        self.family = claim.setting
        self.instances = _instances(claim, claim.setting, request.seed)
        self.compared = cache(self._compare)

    def sentence(self, name: str, without: str = "") -> Sentence:
        return Sentence(self.claim.setting, (), name, self.claim.concluding[name])  # type: ignore[arg-type]

    def _compare(self, name: str) -> Found:
        digits = self.request.digits_or()
        self.progress(f"{self.claim.id}: {name} at {digits} digits")
        experiments: Any = self.claim.experiments
        near_miss = next((e.near_miss for e in experiments if e.conclusion == name), None)
        with precision(int(digits * 3.33) + SPARE_BITS):
            try:
                return _compared(self.sentence(name), self.instances, near_miss, digits)
            except Wide as trouble:
                return Found("inconclusive", str(trouble))

    def prove(self, sentence: Sentence) -> Shown | Gap:
        if not self.request.numeric:
            return Gap("decided by numbers, which --no-numeric leaves out")
        found = self.compared(sentence.name)
        reason = f"{found.text}; {found.miss}" if found.miss.startswith("near miss") else found.text
        if found.status != "agrees" or found.witness is not None:
            return Gap(reason)
        return Shown(reason, found.scope, verdict=Verdict.SUPPORTED)

    def refute(self, sentence: Sentence) -> Refuted | None:
        found = self.compared(sentence.name) if self.request.numeric else None
        return (
            None if found is None or found.witness is None else Refuted(found.witness, found.text)
        )

    def only_measured(self, sentence: Sentence) -> bool:
        return False

    def experiments(
        self, outcomes: Mapping[str, Outcome]
    ) -> Iterator[tuple[str, Callable[[], Iterable[Measured]]]]:
        """The comparisons themselves, with what became of their near misses."""
        for name in outcomes:
            found = self.compared(name)
            if found.miss:
                yield (
                    f"{name}: its near miss",
                    partial(tuple, [Measured("compare", name, found.status, found.miss)]),
                )

    def setting(self) -> str:
        return f"{self.family.title()}; {self.family.detail()}"

    def parameters(self) -> dict[str, Any]:
        digits = digits_of(self.claim, self.request)
        family = self.family.family.name
        return {"family": family, "instances": len(self.instances), "digits": digits}

    @staticmethod
    def reach(claim: Claim, name: str) -> str:
        raise LookupError(f"{claim.id}: what is sampled says of what it speaks when it has run")

    @staticmethod
    def told(claim: Claim, name: str) -> list[str]:
        """How both sides are computed, in the family's words."""
        conclusion = claim.concluding[name]
        sides = (conclusion.quantity, conclusion.other)  # type: ignore[attr-defined]
        return [
            "This kind is compared at seeded instances; it has no exact proof here.",
            *(f"{q}: {q.how}" for q in sides),
        ]


def _instances(claim: Claim, setting: Samples, seed: int) -> list[Instance]:
    """The same seed draws the same instances, whatever the digits. Each is drawn for itself."""
    return [
        setting.family.drawn(size, Random(f"{seed} {claim.id} {size} {turn}"))
        for size in setting.sizes
        for turn in range(setting.each)
    ]


def _compared(sentence: Sentence, instances: list[Instance], near_miss: Any, digits: int) -> Found:
    ordered = isinstance(sentence.conclusion, TendsAtOrder)
    return (at_order if ordered else compared)(sentence, instances, near_miss, digits)
