"""Certificates of sentences about matrices: of a proof its steps, of a refutation a witness, where
what is said to hold always is seen to last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from verify.claims.certified import Certified
from verify.claims.conclusions.matrix_kinds import Identity
from verify.claims.evidence import Outcome
from verify.exact.errors import NotGeneric
from verify.kernel.conclusions import hypothesis
from verify.kernel.limits import Refused
from verify.models.motions import GradientStep
from verify.theories.steps import asked
from verify.theories.steps.deep_linear import Layers
from verify.theories.steps.matrix_points import heres
from verify.theories.steps.minimum import instance
from verify.theories.steps.relations import Relations, relations
from verify.theories.steps.shown import standing
from verify.theories.steps.stated import Stated
from verify.theories.words.search import MatrixSentence, MatrixWitness


def certified(name: str, outcome: Outcome) -> Certified:
    """The proof or witness of a conclusion as the kernel reads it. Raises NotGeneric where no steps
    are found.
    """
    sentence = standing(outcome.sentence)  # type: ignore[arg-type]
    every = _worded(name, sentence, outcome.witness is not None)
    return asked.first(partial(_certified, outcome, sentence, found) for found in every)


def _certified(outcome: Outcome, sentence: MatrixSentence, found: Relations) -> Certified:
    witness = outcome.witness
    state: Any = witness.instance if isinstance(witness, MatrixWitness) else outcome.instance
    if isinstance(witness, MatrixWitness) == (witness is None):
        raise NotGeneric("a witness that is no instance")
    state = state if witness else instance(sentence, state)
    states = heres(found.stated.setting, sentence, state)
    if witness is not None:
        return asked.refuted(found.stated, states)
    return asked.proved(found.stated, lambda: Layers(sentence, found).written(), states)


def wordings(name: str, sentence: MatrixSentence, refuting: bool) -> Iterator[Stated]:
    """What a certificate may state of a conclusion: as it is, or, so that an identity says
    something, with a name for its first side. Raises NotGeneric.
    """
    yield from (x.stated for x in _worded(name, standing(sentence), refuting))


def _worded(name: str, sentence: MatrixSentence, refuting: bool) -> Iterator[Relations]:
    """A witness to be is one state: what is said to hold always has to last from wherever it
    holds.
    """
    found = relations(sentence, name)
    if refuting and found.lasting:
        Lasting(sentence, found).all(found.lasting)
    yield found
    if isinstance(sentence.conclusion, Identity) and not refuting:
        yield relations(sentence, name, apart=True)


class Lasting(Layers):
    """What is said to hold always, of a state that satisfies it."""

    def all(self, names: Sequence[str]) -> None:
        """The kernel has steps that these hypotheses are kept, by the flow or by a step. Raises
        NotGeneric.
        """
        try:
            for name, given in self.stated.assume.items():
                self.proof.add(hypothesis(self.proof, name, given))
            for name in names:
                if isinstance(self.sentence.setting.motion, GradientStep):
                    self._after(name)
                elif self.proof.facts[name].time == "start":
                    self.assumed(name)
                else:
                    raise NotGeneric(f"it is not shown that {name} lasts")
        except Refused as refused:
            raise NotGeneric(f"the kernel refuses: {refused}") from None

    def _after(self, name: str) -> None:
        """What is supposed of a state holds after the step."""
        given = self.stated.assume[name]
        stated = {x: y for x, y in given.items() if x == "for"}
        stated["eq"] = [["next", x] for x in given["eq"]]
        indices, p = self._goal(stated)
        by = self.closed(p, indices, self.finders())
        self.step(rule="lin", name=self._fresh(name + "After"), **stated, by=by)
