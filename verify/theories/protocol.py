"""What a theory supplies, so that the one judge can decide claims of its settings. Whatever is not
here is the judge's alone.

A theory decides sentences of one fragment: sums over coordinates and layers, words of matrices,
formulas, group actions, enclosures of trajectories, samples. It proves, refutes, shows an instance
and writes the certificate. Options, dropped hypotheses, vacuity, cited theorems, disagreement,
necessity, refused certificates, timing and the report are not its business.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

from verify.claims.certified import Certified, read
from verify.claims.evidence import Checked, Measured, Needed, Outcome
from verify.claims.verdict import Verdict
from verify.theories import spoken
from verify.theories.found import Gap, Refuted, Shown

if TYPE_CHECKING:
    from verify.claims.claim import Break, Claim
    from verify.claims.evidence import Followed
    from verify.claims.hypotheses import Hypothesis
    from verify.claims.request import Request

Progress = Callable[[str], None]


class Theory(ABC):
    """One claim under one request. ``assuming`` is what is still assumed; ``dropped`` are the ids
    of the rest, each with its reason.

    Raises BadInput where it is made for a request that does not fit the claim.
    """

    reader = "check.py"  # who re-reads its certificates
    format = ""  # of these, as their reader names it
    by_steps = False  # whether the kernel alone reads them, one for each conclusion
    notes: tuple[str, ...] = ()
    followed: tuple[Followed, ...] = ()  # enclosures, for pictures
    # whether numbers are computed to the digits that were asked for, also where no experiment runs
    digits_used = False
    # of what its claims speak instead of states that could be drawn; empty where there are states
    stateless = ""
    states_are: type = object

    def __init__(self, claim: Claim, request: Request, progress: Progress) -> None:
        self.claim, self.request, self.progress = claim, request, progress
        left_out = [claim.hypothesis(name).id for name in request.without]
        self.assuming: tuple[Hypothesis, ...] = tuple(
            h for h in claim.assuming if h.id not in left_out
        )
        self.dropped: tuple[tuple[str, str], ...] = tuple(
            (name, f"asked for with --without {name}") for name in left_out
        )

    @abstractmethod
    def sentence(self, name: str, without: str = "") -> Any:
        """One conclusion with what it assumes, less the hypothesis ``without``."""

    @abstractmethod
    def prove(self, sentence: Any) -> Shown | Gap:
        """Explicit steps, or why there are none. Raises Nothing where the sentence says nothing."""

    @abstractmethod
    def refute(self, sentence: Any) -> Refuted | None:
        """A state that satisfies all hypotheses and violates the conclusion; None proves
        nothing.
        """

    def instance(self, sentence: Any) -> Any:
        """An exact state that satisfies all hypotheses and moves, for a sentence that was proved.
        Raises Nothing.
        """
        return None

    def state(self, source: Random, without: str = "") -> Any:
        """An exact state that satisfies the claim's hypotheses (less one), of what ``source``
        draws: a seeded source gives the command's, that of Hypothesis shrinks. None where this
        draw gave none.
        """
        raise NotImplementedError

    def moves(self, state: Any) -> bool:
        """Is a state of ``state`` certain not to be at rest? Always where nothing should move."""
        raise NotImplementedError

    def checked(self, sentence: Any, state: Any) -> Checked:
        """The sentence at a state, evaluated exactly: no proof is looked at."""
        raise NotImplementedError

    def cross_check(self, sentence: Any, shown: Shown, instance: Any) -> str:
        """By a second route; what it compared is added to the reason. Raises EnginesDisagree."""
        return ""

    def unsettled(self, sentence: Any, gap: Gap) -> str:
        """The reason of a sentence that was neither shown nor refuted."""
        return gap.reason

    def unmoved(self, sentence: Any) -> str:
        """The reason of a sentence that was proved, and of which no instance was found."""
        return "no instance that satisfies all hypotheses and moves was found"

    def about(self) -> str:
        """Of what alone a measurement speaks."""
        return ""

    def experiments(
        self, outcomes: Mapping[str, Outcome]
    ) -> Iterable[tuple[str, Callable[[], Iterable[Measured]]]]:
        """What is measured besides, each with what progress says of it."""
        return ()

    def only_measured(self, sentence: Any) -> bool:
        """Whether experiments are all that can speak for a sentence."""
        return not sentence.conclusion.exact

    def needed(self, h: Hypothesis, hint: Break) -> Needed | None:
        """A witness to a conclusion without the hypothesis, or "not shown". None where the run
        leaves the question out.
        """
        for name in self.claim.concluding:
            found = self.refute(self.sentence(name, h.id))
            if found is not None:
                return Needed(h.id, "point", "needed", "", found.witness)
        return Needed(h.id, "point", "not shown", "no witness found: its need is not shown")

    def less(self, h: Hypothesis) -> Claim:
        """The claim that assumes what this run does, less one hypothesis. Raises BadInput where
        that is no sentence.
        """
        rest = tuple(x for x in self.assuming if x.id != h.id)
        kept = {x.id for x in rest}
        breaks = tuple(b for b in self.claim.breaks if b.hypothesis in kept)
        return replace(self.claim, assuming=rest, breaks=breaks)

    def certify(self, outcomes: Mapping[str, Outcome]) -> dict[str, Certified]:
        """For each conclusion that was proved, enclosed or refuted the certificate that says so, as
        its reader read it: one for all that was proved, one for each refutation.
        """
        if not self.format:
            return {}
        proved = {n: o for n, o in outcomes.items() if o.verdict is Verdict.PROVED}
        found = {
            n: self._certified(Verdict.REFUTED, {n: o}, self.refuted_by(n, o))
            for n, o in outcomes.items()
            if o.verdict is Verdict.REFUTED
        }
        if proved:
            whole = self._certified(Verdict.PROVED, proved, self.proved_by(proved))
            found |= dict.fromkeys(proved, whole)
        return found

    def _certified(
        self, verdict: Verdict, outcomes: Mapping[str, Outcome], own: Mapping[str, Any]
    ) -> Certified:
        sentences: list[Any] = [o.sentence for o in outcomes.values()]
        return read(
            {
                "format": self.format,
                "version": 1,
                "claim": self.claim.id,
                "verdict": verdict.name,
                **self.spoken_of(sentences[0]),
                "conclusions": {n: o.sentence.conclusion.wire() for n, o in outcomes.items()},
                "statement": "; ".join(self.stated(s, verdict) for s in sentences),
                **own,
            }
        )

    def spoken_of(self, sentence: Any) -> dict[str, Any]:
        """Of what a certificate speaks."""
        assuming = [h.wire() for h in sentence.assuming]
        return {"setting": sentence.setting.wire(), "assuming": assuming}

    def stated(self, sentence: Any, verdict: Verdict) -> str:
        """A sentence in a certificate."""
        return sentence.conclusion.render()

    def proved_by(self, outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
        """What a certificate of proofs has besides: inputs and hints, never results."""
        raise NotImplementedError

    def refuted_by(self, name: str, outcome: Outcome) -> dict[str, Any]:
        """What the certificate of a refutation has besides: the witness."""
        raise NotImplementedError

    def statement(self, outcomes: Mapping[str, Outcome]) -> str:
        """Hypotheses that are still assumed, and all conclusions."""
        given = f"If {' and '.join(h.prose() for h in self.assuming)}: " if self.assuming else ""
        return given + "; ".join(c.render() for c in self.claim.concluding.values())

    def setting(self) -> str:
        """What moves, and what its letters mean."""
        return self.claim.setting.title()

    def parameters(self) -> dict[str, Any]:
        return {"without": list(self.request.without)}

    @staticmethod
    @abstractmethod
    def reach(claim: Claim, name: str) -> str:
        """Of what a proof or an enclosure of one conclusion speaks: sizes, values, starts and
        times. From the claim alone.
        """

    @staticmethod
    def moves_at(sentence: Any, here: Any) -> bool:
        """Whether the velocity at an instance is certainly not zero, computed there."""
        return False

    @staticmethod
    def settled(body: Mapping[str, Any], claim: Claim) -> Verdict | None:
        """What a certificate that its reader has accepted says of the claim as it stands today;
        None if it is about another.
        """
        return spoken.verdict_of(body, claim)

    @staticmethod
    def condition(sentence: Any) -> str:
        """What the scope of a sentence that was proved adds to it, in LaTeX: the zeros that its
        derivation excludes. Empty where there are none.
        """
        return ""

    @staticmethod
    def told(claim: Claim, name: str) -> list[str] | None:
        """How one conclusion is decided, in lines of text."""
        return None
