"""The theory of declared letters: a search writes steps down, the kernel alone proves and refutes.

Nothing that the search says is believed: PROVED and REFUTED are what the kernel says of a
certificate that was read from its bytes, and only where the sentence in it is the claim's.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property, partial
from itertools import chain, islice
from random import Random
from typing import Any

from verify.claims.certified import Certified
from verify.claims.claim import Claim
from verify.claims.evidence import Checked, Measured, Outcome
from verify.claims.hypotheses.related import spoken_of
from verify.claims.verdict import Verdict
from verify.kernel.facts import Fact
from verify.kernel.limits import Refused, Work
from verify.kernel.points import Point
from verify.spelling.called import in_quotes
from verify.theories.declared import told
from verify.theories.declared.elaborate import Elaborated, begun, body, concluded, elaborate
from verify.theories.declared.kept import Kept
from verify.theories.declared.sentence import DeclaredSentence, sentence_of
from verify.theories.declared.state import (
    State,
    certainly_moves,
    failure,
    says_nothing,
    sizes_of,
    state,
    unfit,
    value_of,
)
from verify.theories.declared.states import Draw
from verify.theories.found import Gap, Nothing, Refuted, Shown
from verify.theories.protocol import Theory

TRIES = 60
FITTING = 2  # states that seem to fit all sentences, and are asked of the kernel
RULES = {
    "conserved": ("ZERO_DERIVATIVE_IS_CONSTANT",),
    "linear-law": ("LINEAR_DECAY",),
}


class Declaring(Theory):
    """Sums over indices, products, roots, powers with symbolic exponents and words of matrices, for
    all sizes and values that are declared.
    """

    reader = "verify/kernel"
    format = "flowlaw-certificate"
    states_are = State
    refusal = ""  # the kernel's, at the last state that was tried for an instance

    def sentence(self, name: str, without: str = "") -> DeclaredSentence:
        return sentence_of(self.claim, name, (*self.request.without, without))

    def prove(self, sentence: DeclaredSentence) -> Shown | Gap:
        found = self._elaborated(sentence)
        if isinstance(found, Gap):
            return found
        kept = any(s["rule"] == "keep" for s in found.steps)
        rules: tuple[str, ...] = RULES.get(sentence.conclusion.kind, ())
        rules += ("IDEAL_IS_INVARIANT",) * kept + ("SUM_OF_SQUARES",) * bool(told.squares(found))
        return Shown(told.reason(found), sentence.reach(), rules, proof=found)

    def instance(self, sentence: DeclaredSentence) -> State | None:
        """The first state at which the kernel accepts the certificate of this sentence."""
        found = self._elaborated(sentence)
        if isinstance(found, Gap):
            return None
        made, self.refusal = body(sentence, [found], [sentence.name]), ""
        blank = set[str]()
        for here in self._states(sentence, blank):
            lacking = unfit(found.proof, found.found, here)
            if lacking and says_nothing(found.proof, found.found, here):
                blank.add(sizes_of(here.point))
            refusal = lacking or self.kept.read({**made, "instance": here.point}).refusal
            if not refusal:
                self.refusal = ""
                return here
            self.refusal = refusal if not lacking else self.refusal or refusal  # of steps, if any
        return None

    def refute(self, sentence: DeclaredSentence) -> Refuted | None:
        """The first state that the kernel accepts as a witness."""
        try:
            proof = self.kept.begun(sentence)
            Work.begin()
            found = concluded(proof, sentence)
        except (Refused, Nothing):
            return None
        made = _witnessed(sentence)
        for here in self._states(sentence):
            try:
                failed = value_of(found, Point(here.point, proof))
            except Refused:  # a value that is not rational
                continue
            if failed is None:
                continue
            if not self.kept.read({**made, "witness": here.point}).refusal:
                said = [failure(sentence, *failed, tex) for tex in (False, True)]
                return Refuted(state(here.point, sentence.conclusion.render(), *said))
        return None

    def _states(self, sentence: DeclaredSentence, blank: Container[str] = ()) -> Iterator[State]:
        source = Random(self.request.seed)
        for k in range(TRIES):
            most = 1 + k * 3 // TRIES
            data = Draw(self.kept.begun(sentence), source, k % 10 == 9, most, blank).drawn()
            if data is not None:
                yield state(data)

    def state(self, source: Random, without: str = "") -> State | None:
        first = self.kept.begun(self.sentence(next(iter(self.claim.concluding)), without))
        data = Draw(first, source, source.random() < 0.1, source.randint(1, 3)).drawn()
        return None if data is None else state(data)

    @cached_property
    def kept(self) -> Kept:
        """A theory lives as long as its run."""
        return Kept()

    @cache  # noqa: B019
    def _elaborated(self, sentence: DeclaredSentence) -> Elaborated | Gap:
        return elaborate(sentence, self.kept.begin)

    def moves(self, state: State) -> bool:
        return certainly_moves(
            self.kept.begun(self.sentence(next(iter(self.claim.concluding)))), state
        )

    @cache  # noqa: B019
    def _concluded(self, sentence: DeclaredSentence) -> Fact | str:
        """What is stated, or why there is nothing: the same at every state."""
        try:
            proof = self.kept.begun(sentence)
            Work.begin()
            return concluded(proof, sentence)
        except (Refused, Nothing) as why:
            return str(why)

    def checked(self, sentence: DeclaredSentence, state: State) -> Checked:
        found = self._concluded(sentence)
        if isinstance(found, str):
            return Checked(None, found)
        Work.begin()
        try:
            failed = value_of(found, Point(state.point, self.kept.begun(sentence)))
        except Refused as why:
            return Checked(None, str(why))
        said = failure(sentence, *failed) if failed else "it holds there (exact)"
        return Checked(failed is None, said)

    def experiments(
        self, outcomes: Mapping[str, Outcome]
    ) -> Iterable[tuple[str, Callable[[], Iterable[Measured]]]]:
        """Near misses, each of which an exact state has to refute."""
        for e in self.claim.experiments:
            yield f"near miss {in_quotes(e.named)}", partial(self._near, e)  # type: ignore[attr-defined]

    def _near(self, e: Any) -> list[Measured]:
        near, named = (
            replace(self.sentence(e.conclusion), conclusion=e.near_miss),
            in_quotes(e.named),
        )
        found = self.refute(near)
        if found is None:
            return [Measured(e.kind, e.conclusion, "inconclusive", f"{named}: no witness found")]
        said = f"{named} is refuted: {found.witness.text()}"
        return [Measured(e.kind, e.conclusion, "agrees", said, {"near_miss": e.named})]

    def setting(self) -> str:
        return self.claim.setting.title(*spoken_of(self.claim))

    def unmoved(self, sentence: DeclaredSentence) -> str:
        said = "no exact state was found at which the hypotheses hold and the kernel sees it move"
        more = f"; at one of them {self.reader} does not accept: {self.refusal}"
        return said + more if self.refusal else said

    def certify(self, outcomes: Mapping[str, Outcome]) -> dict[str, Certified]:
        """One certificate of all that was proved, at the first instance that serves all; one of
        each refutation.
        """
        found: dict[str, Certified] = {}
        for n, o in outcomes.items():
            if o.verdict is Verdict.REFUTED:
                sentence: Any = o.sentence
                made = {**_witnessed(sentence), "witness": o.witness.point}  # type: ignore[union-attr]
                found[n] = self.kept.read(made)
        proved = {n: o for n, o in outcomes.items() if o.verdict is Verdict.PROVED}
        return found | dict.fromkeys(proved, self._whole(proved)) if proved else found

    def _whole(self, proved: Mapping[str, Outcome]) -> Certified:
        """At the instance of one of the sentences, else at a further state that fits all."""
        first: Any = next(iter(proved.values())).sentence
        found: list[Any] = [o.proof for o in proved.values()]
        made = body(first, found, list(proved))
        refused: list[Certified] = []
        own = (o.instance for o in proved.values())
        more = (x for x in self._states(first)
                if not any(unfit(f.proof, f.found, x) for f in found))  # fmt: skip
        for here in chain(own, islice(more, FITTING)):
            read = self.kept.read({**made, "instance": here.point})  # type: ignore[union-attr]
            if not read.refusal:
                return read
            refused.append(read)
        return refused[0]

    @staticmethod
    def reach(claim: Claim, name: str) -> str:
        return sentence_of(claim, name).reach()

    @staticmethod
    def moves_at(sentence: DeclaredSentence, here: State) -> bool:
        proof = begun(sentence)
        return bool(proof.rates) and certainly_moves(proof, here)

    @staticmethod
    def settled(body: Mapping[str, Any], claim: Claim) -> Verdict | None:
        """By what stands in the certificate: setting, hypotheses and conclusions of the claim."""
        wanted = {n: sentence_of(claim, n) for n in claim.concluding}
        first = next(iter(wanted.values()))
        if body.get("setting") != first.given() or body.get("assume") != first.assume():
            return None
        stated = body.get("conclude", {})
        for n, x in stated.items():
            own = {k: v for k, v in x.items() if k != "by"}
            if n not in wanted or own != wanted[n].stated():
                return None
        if "instance" in body:
            return Verdict.PROVED if stated.keys() == wanted.keys() else None
        return Verdict.REFUTED if stated else None

    @staticmethod
    def told(claim: Claim, name: str) -> list[str] | None:
        return told.steps(sentence_of(claim, name))


def _witnessed(sentence: DeclaredSentence) -> dict[str, Any]:
    """The certificate of a refutation but its point."""
    made = body(sentence, [], [])
    return {**made, "conclude": {sentence.name: sentence.stated()}}
