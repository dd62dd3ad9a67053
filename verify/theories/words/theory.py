"""The theory of matrices of every size: proofs by words, witnesses and instances exact and of
unequal sizes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import islice
from random import Random
from typing import Any

from verify.claims.claim import Claim
from verify.claims.conclusions.matrix_help import Aid
from verify.claims.conclusions.of_matrices import OfMatrices
from verify.claims.evidence import Checked, Outcome
from verify.claims.request import Request
from verify.exact.errors import BadInput, EnginesDisagree
from verify.models.matrices import Matrices
from verify.models.motions import Still
from verify.spelling.many import many
from verify.terms.matrix_words import words
from verify.terms.relation import free_indices
from verify.theories.found import Gap, Nothing, Refuted, Shown
from verify.theories.protocol import Progress, Theory
from verify.theories.words.certificate import proved, refuted
from verify.theories.words.complex_matrix import vanishes
from verify.theories.words.constants import right_constant
from verify.theories.words.frame import roles_said
from verify.theories.words.instance import Instance
from verify.theories.words.nothing import nothing_moves, says_nothing
from verify.theories.words.points import refused
from verify.theories.words.prove import MatrixProof, NoProof, prove
from verify.theories.words.roles import circular
from verify.theories.words.search import (
    MatrixSentence,
    doubtful,
    moves,
    moving_instance,
    points,
    refute,
    shown,
    values,
)
from verify.theories.words.sizes_asked import sizes_asked
from verify.theories.words.states import checked, state
from verify.theories.words.steps import lines

_CROSS_CHECKED = 4


class Words(Theory):
    """Depth and sizes of a request choose the instances; a proof is for every depth and size."""

    reader = "check_matrices.py"
    format = "flowlaw-matrices"
    states_are = Instance

    def __init__(self, claim: Claim, request: Request, progress: Progress) -> None:
        super().__init__(claim, request, progress)
        setting = claim.setting
        assert isinstance(setting, Matrices)
        self.about_matrices = setting
        slip = refused(setting)
        if slip:
            raise BadInput(f"claim {claim.id}: {slip}")
        self.sizes = sizes_asked(claim, request)

    @cache  # noqa: B019  a theory lives as long as its run
    def sentence(self, name: str, without: str = "") -> MatrixSentence:
        assuming: Any = tuple(h for h in self.assuming if h.id != without)
        conclusion: Any = self.claim.concluding[name]
        aid, depth = self.claim.hints.get(name, Aid()), self.request.depth or self.claim.depth
        setting, seed = self.about_matrices, self.request.seed
        return MatrixSentence(setting, assuming, conclusion, aid, self.sizes, seed, depth)

    def prove(self, sentence: MatrixSentence) -> Shown | Gap:
        empty = _empty(sentence)
        if empty:
            raise Nothing(empty)
        proof = prove(sentence.setting, sentence.assuming, sentence.conclusion, sentence.aid)
        if isinstance(proof, NoProof):
            return Gap(proof.reason)
        reason = (
            f"{many(len(proof.obligations), 'identity', 'identities')} of words reduced to"
            f" zero{_by(proof)}"
        )
        return Shown(
            reason, reach(sentence.setting), (*proof.rules, *proof.cited), proof.cited, proof
        )

    def refute(self, sentence: MatrixSentence) -> Refuted | None:
        witness = refute(sentence)
        if witness is None:
            return None
        return Refuted(
            witness, "an exact witness violates it" + right_constant(sentence, sentence.aid)
        )

    def unsettled(self, sentence: MatrixSentence, gap: Gap) -> str:
        where = doubtful(sentence) + _circle(sentence)
        return f"no proof ({gap.reason}) and no witness among the instances searched{where}"

    def instance(self, sentence: MatrixSentence) -> Instance | None:
        return moving_instance(sentence)

    def unmoved(self, sentence: MatrixSentence) -> str:
        doubt = sentence.lasting().doubt
        why = (f": {doubt}" if doubt else "") + _circle(sentence)
        return f"no instance that satisfies all hypotheses, lasts and moves was found{why}"

    def state(self, source: Random, without: str = "") -> Instance | None:
        return state([self.sentence(name, without) for name in self.claim.concluding], source)

    def moves(self, state: Instance) -> bool:
        sentence = self.sentence(next(iter(self.claim.concluding)))
        return moves(sentence, sentence.frame(), state)

    def checked(self, sentence: MatrixSentence, state: Instance) -> Checked:
        return checked(sentence, state)

    def cross_check(self, sentence: MatrixSentence, shown: Shown, instance: Instance) -> str:
        witness = refute(sentence)
        if witness is not None:
            raise EnginesDisagree(
                f"{sentence.conclusion.render()}: proved for every size, yet {witness.text()}"
            )
        return (
            f"; multiplied out at {many(_multiplied_out(sentence, shown.proof), 'exact instance')}"
        )

    def proved_by(self, outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
        return proved(outcomes)

    def refuted_by(self, name: str, outcome: Outcome) -> dict[str, Any]:
        return refuted(name, outcome)

    def setting(self) -> str:
        """What moves, and the meaning of the letters that the sentences use."""
        setting, sentences = (
            self.about_matrices,
            [self.sentence(name) for name in self.claim.concluding],
        )
        used = [e for s in sentences for e in s.conclusion.parts()]
        used += [x for h in sentences[0].assuming for e in h.equations for x in (e.left, e.right)]
        detail = setting.detail(*used)
        return "; ".join(
            [
                setting.title(),
                *roles_said(setting, sentences[0].assuming),
                *([detail] if detail else []),
            ]
        )

    def parameters(self) -> dict[str, Any]:
        return {"sizes": self.sizes, **super().parameters()}

    @staticmethod
    def reach(claim: Claim, name: str) -> str:
        return reach(claim.setting)  # type: ignore[arg-type]

    @staticmethod
    def moves_at(sentence: MatrixSentence, here: Instance) -> bool:
        still = isinstance(sentence.setting.motion, Still)
        return not still and moves(sentence, sentence.frame(), here)

    @staticmethod
    def told(claim: Claim, name: str) -> list[str]:
        """The proof of one conclusion, step by step."""
        setting, conclusion = claim.setting, claim.concluding[name]
        assert isinstance(setting, Matrices) and isinstance(conclusion, OfMatrices)
        proof = prove(setting, claim.assuming, conclusion, claim.hints.get(name, Aid()))  # type: ignore[arg-type]
        return [f"No proof: {proof.reason}"] if isinstance(proof, NoProof) else lines(proof)


def reach(setting: Matrices) -> str:
    """Depths and sizes of which a proof speaks."""
    size = "every square size" if setting.square else "every size"
    least = max(setting.least_depth, 1)
    return f"every depth{f' >= {least}' if least > 1 else ''}, {size}" if setting.layers else size


def _by(proof: MatrixProof) -> str:
    """How often which relations and lemmas were used."""
    steps = sum(map(len, proof.steps.values())) + sum(
        len(x.steps) + len(x.base) for x in proof.lemmas
    )
    used = sorted(
        {c.relation for steps in proof.steps.values() for c in steps}
        | {x.lemma.name for x in proof.lemmas}
    )
    return f", {many(steps, 'reduction')} by {', '.join(used)}" if used else ""


def _circle(s: MatrixSentence) -> str:
    """A clause on definitions of letters by one another: nothing can be drawn for them."""
    names = circular(e for es in s.setting.definitions.values() for e in es)
    if not names or any(s.examples()):
        return ""
    return (
        f"; definitions make {', '.join(sorted(names))} of one another, in a circle: give an"
        " Example that satisfies them"
    )


def _multiplied_out(s: MatrixSentence, proof: MatrixProof) -> int:
    """The obligations, multiplied out at exact instances of unequal sizes, must vanish. Counts the
    values that were compared.
    """
    here, count = s.frame(), 0
    for o in proof.obligations:
        for x in islice(points(s, o.given), _CROSS_CHECKED):
            count += 1
            for index, value in values(x, here, o):
                if not vanishes(value):
                    raise EnginesDisagree(
                        f"{words(o.gap)}: proved to vanish, yet it is {shown(value)} at k ="
                        f" {index}, {x.text()}"
                    )
    return count


def _empty(s: MatrixSentence) -> str | None:
    """Why the sentence says nothing here."""
    first, less = s.conclusion.place()
    parts = s.conclusion.parts()
    if s.sizes is not None and len(s.sizes) - 1 < s.setting.least_depth:
        return f"the statement is about depth >= {s.setting.least_depth}"
    if (
        s.sizes is not None
        and any("k" in free_indices(e) for e in parts)
        and len(s.sizes) - 1 - less < first
    ):
        return f"at depth {len(s.sizes) - 1} there is no k = {first}..N-{less}"
    return says_nothing(s) or nothing_moves(s)
