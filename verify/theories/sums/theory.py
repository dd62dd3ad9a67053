"""The theory of diagonal networks of every size: normal forms prove, states of small networks
refute, experiments measure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import islice
from random import Random
from typing import Any

from verify.claims.applies import digits_of
from verify.claims.claim import Break, Claim
from verify.claims.conclusions.base import Hints
from verify.claims.evidence import Checked, Measured, Needed, Outcome, Proof
from verify.claims.hypotheses import DepthAtLeast, Hypothesis
from verify.claims.request import Request
from verify.claims.rules import CITED
from verify.claims.sentence import Sentence, conditions, conditions_latex, reach
from verify.claims.verdict import Verdict
from verify.exact.alike import SAME, STILL
from verify.exact.errors import EnginesDisagree
from verify.models.point import Point
from verify.spelling.many import many
from verify.terms.words import words
from verify.theories.found import Gap, Nothing, Refuted, Shown
from verify.theories.measure.run import run
from verify.theories.protocol import Progress, Theory
from verify.theories.states.sampler import drawn_point
from verify.theories.states.search import (
    checked,
    fails_at,
    moves,
    moving_instance,
    refute,
    trapped,
)
from verify.theories.sums.certificate import proved, refuted
from verify.theories.sums.drops import plan
from verify.theories.sums.necessity import deepest, needed
from verify.theories.sums.prove import prove
from verify.theories.sums.steps import lines

_CROSS_CHECKED = 4
_LARGEST = 3  # depth and width of a state that is drawn, where nobody asks


class Networks(Theory):
    """Sizes, losses, data and starts of a request choose the states; a proof is for every size."""

    format = "flowlaw-certificate"
    states_are = Point

    def __init__(self, claim: Claim, request: Request, progress: Progress) -> None:
        super().__init__(claim, request, progress)
        self.work = plan(claim, request)
        self.assuming, self.dropped, self.notes = (
            self.work.assuming,
            self.work.dropped,
            self.work.notes,
        )

    def sentence(self, name: str, without: str = "") -> Sentence:
        s = self.work.sentence(self.claim, name)
        setting = self.work.setting
        for h in s.assuming:
            setting = h.setting_without(setting) if h.id == without else setting
        return replace(s, setting=setting, assuming=tuple(h for h in s.assuming if h.id != without))

    def prove(self, sentence: Sentence) -> Shown | Gap:
        if not sentence.conclusion.exact:
            self._about_something(sentence)
            return Gap("this kind of conclusion is measured, and no experiment has run")
        proof = prove(sentence, self.claim.hints.get(sentence.name, Hints()))
        self._about_something(sentence)
        if not isinstance(proof, Proof):
            if proof.reason == SAME or (
                proof.reason == STILL and sentence.conclusion.kind == "conserved"
            ):
                raise Nothing(proof.reason)
            return proof
        cited = tuple(r for r in proof.rules if r in CITED)
        steps = len(proof.steps)
        reason = (
            f"{many(steps, 'identity', 'identities')} reduced to zero exactly{_multipliers(proof)}"
        )
        return Shown(reason, reach(sentence, self.work.only_depth), proof.rules, cited, proof)

    def _about_something(self, sentence: Sentence) -> None:
        if self.work.still:
            raise Nothing(self.work.still)
        if self.work.depth < sentence.least_depth:
            raise Nothing(f"the statement is about depth >= {sentence.least_depth}")

    def refute(self, sentence: Sentence) -> Refuted | None:
        if not sentence.conclusion.exact:
            start = trapped(sentence, self.work.points(sentence))
            return (
                None
                if start is None
                else Refuted(start, "an exact start is trapped", (start.rule,))
            )
        witness = refute(sentence, self.work.points(sentence))
        return None if witness is None else Refuted(witness)

    def unsettled(self, sentence: Sentence, gap: Gap) -> str:
        if gap.reason == STILL:  # and no number is wrong in it
            raise Nothing(STILL)
        return (
            f"no proof ({gap.reason}) and no witness among the points searched"
            if sentence.conclusion.exact
            else gap.reason
        )

    def instance(self, sentence: Sentence) -> Point | None:
        return moving_instance(sentence, self.work.points(sentence))

    def state(self, source: Random, without: str = "") -> Point | None:
        """Small sizes, unless some were asked for."""
        sentence = self.sentence(source.choice(list(self.claim.concluding)), without)
        asked, exact = (self.request.depth, self.request.width), self.work.exact
        least = (max(sentence.least_depth, *sentence.numbered("layers"), 1), sentence.least_width)
        depth, width = (
            source.randint(low, max(low, _LARGEST)) if size is None else here
            for size, here, low in zip(asked, exact, least, strict=True)
        )
        return drawn_point(sentence, depth, width, source)

    def moves(self, state: Point) -> bool:
        return moves(self.sentence(next(iter(self.claim.concluding))), state)

    def checked(self, sentence: Sentence, state: Point) -> Checked:
        return checked(sentence, state)

    def cross_check(self, sentence: Sentence, shown: Shown, instance: Point) -> str:
        """The entrywise route must not contradict the size-free proof."""
        for point in [instance, *islice(self.work.points(sentence), _CROSS_CHECKED)]:
            witness = fails_at(sentence, point)
            if witness is not None:
                raise EnginesDisagree(
                    f"{sentence.conclusion.render()}: proved for every size, yet"
                    f" {witness.failure.what} = {witness.failure.value} at {point.start}"
                )
        return ""

    def about(self) -> str:
        return self.work.about()

    def experiments(
        self, outcomes: Mapping[str, Outcome]
    ) -> Iterator[tuple[str, Callable[[], Iterable[Measured]]]]:
        """One for the claim as it stands does not run where something is dropped: its starts obey
        what was dropped.
        """
        for e in self.claim.experiments:
            if not self.work.dropped or outcomes[e.conclusion].sentence.conclusion.exact:
                yield (
                    f"{e.kind} at {self.request.digits_or()} digits",
                    partial(self._run, e, outcomes),
                )

    def _run(self, experiment, outcomes: Mapping[str, Outcome]) -> Iterable[Measured]:
        return run(
            experiment, outcomes, self.work.numeric_points(self.claim, self.request), self.request
        )

    def needed(self, h: Hypothesis, hint: Break) -> Needed:
        return needed(self.claim, h, hint, self.work, self.request)

    def less(self, h: Hypothesis) -> Claim:
        """A hypothesis may belong to what moves; of a depth there remains what layers that are
        called by number imply.
        """
        setting = h.setting_without(self.work.setting)
        if isinstance(h, DepthAtLeast):
            least = max(setting.least_depth, deepest(self.claim))
            setting = replace(setting, least_depth=least)
        return replace(super().less(h), setting=setting)

    def stated(self, sentence: Sentence, verdict: Verdict) -> str:
        more = conditions(sentence) if verdict is Verdict.PROVED else ""
        return " ".join(x for x in (sentence.conclusion.render(), more) if x)

    @staticmethod
    def condition(sentence: Sentence) -> str:
        return conditions_latex(sentence)

    def proved_by(self, outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
        return proved(outcomes)

    def refuted_by(self, name: str, outcome: Outcome) -> dict[str, Any]:
        return refuted(name, outcome.witness, [x for x, _ in self.work.dropped])

    def statement(self, outcomes: Mapping[str, Outcome]) -> str:
        return "; ".join(o.stated for o in outcomes.values())

    def parameters(self) -> dict[str, Any]:
        request = self.request
        return {
            "depth": self.work.depth,
            "width": self.work.width,
            "loss": request.loss,
            "data": request.scatter.name if request.scatter else None,
            "start": [[str(x) for x in row] for row in request.start] if request.start else None,
            "digits": digits_of(self.claim, request),
            "without": list(request.without),
        }

    @staticmethod
    def reach(claim: Claim, name: str) -> str:
        return reach(_as_it_stands(claim, name))

    @staticmethod
    def moves_at(sentence: Sentence, here: Point) -> bool:
        return moves(sentence, here)

    @staticmethod
    def told(claim: Claim, name: str) -> list[str]:
        sentence = _as_it_stands(claim, name)
        if not sentence.conclusion.exact:
            return ["This kind is measured by experiment; it has no exact proof here."]
        proof = prove(sentence, claim.hints.get(name, Hints()))
        return lines(sentence, proof) if isinstance(proof, Proof) else [f"No proof: {proof.reason}"]


def _as_it_stands(claim: Claim, name: str) -> Sentence:
    return Sentence(claim.flow, claim.assuming, name, claim.concluding[name])


def _multipliers(proof: Proof) -> str:
    """The cofactors, where hypotheses were used."""
    used = {f"{words(c)} times {h}" for step in proof.steps for h, c in step.cofactors.items()}
    return f" (cofactor {', '.join(sorted(used))})" if used else ""
